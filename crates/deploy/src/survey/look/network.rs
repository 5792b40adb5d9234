use std::{net::Ipv4Addr, path::Path};

use super::{exists, number, system::installed, text};
use crate::{
    Host,
    survey::{Link, Network},
};

/// Web servers by the name of their program.
const WEB_SERVERS: &[(&str, &str)] = &[
    ("nginx", "nginx"),
    ("apache2", "apache2"),
    ("httpd", "apache"),
    ("caddy", "caddy"),
    ("litespeed", "litespeed"),
    ("haproxy", "haproxy"),
];
/// State of a socket that listens, in `/proc/net/tcp`.
const LISTENS: &str = "0A";

pub(crate) fn network(host: &dyn Host, wanted: Option<&str>) -> Network {
    let mut listening: Vec<u16> = ["/proc/net/tcp", "/proc/net/tcp6"].iter().flat_map(|path| listening(host, path)).collect();
    listening.sort_unstable();
    listening.dedup();
    let names = text(host, "/etc/resolv.conf").unwrap_or_default();
    let routes = text(host, "/proc/net/route").unwrap_or_default();
    let ssh = ssh(host);
    Network {
        listening,
        web_server: WEB_SERVERS.iter().find(|(program, _)| installed(host, program)).map(|(_, name)| (*name).to_owned()),
        links: links(host),
        gateway: routes.lines().skip(1).any(|line| line.split_whitespace().nth(1) == Some("00000000"))
            || text(host, "/proc/net/ipv6_route").is_some_and(|text| {
                text.lines()
                    .any(|line| line.starts_with("00000000000000000000000000000000 00 ") && !line.trim_end().ends_with(" lo"))
            }),
        name_servers: names.lines().filter_map(|line| Some(line.trim().strip_prefix("nameserver")?.trim().to_owned())).collect(),
        host_name: text(host, "/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned(),
        addresses: addresses(&text(host, "/proc/net/fib_trie").unwrap_or_default()),
        name_points_to: wanted.map(|name| host.resolve(name)).unwrap_or_default().iter().map(ToString::to_string).collect(),
        proxy: ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"].iter().find_map(|name| host.variable(name)),
        ipv6: number::<u8>(host, "/proc/sys/net/ipv6/conf/all/disable_ipv6") == Some(0),
        firewall: firewall(host),
        ssh_password: ssh,
        backlog: number(host, "/proc/sys/net/core/somaxconn"),
    }
}

/// Ports on which something listens for others than this machine.
fn listening(host: &dyn Host, path: &str) -> Vec<u16> {
    let text = text(host, path).unwrap_or_default();
    let port = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (address, port) = words.get(1)?.split_once(':')?;
        let local = address == "0100007F" || address == "00000000000000000000000001000000";
        (words.get(3) == Some(&LISTENS) && !local).then(|| u16::from_str_radix(port, 16).ok()).flatten()
    };
    text.lines().skip(1).filter_map(port).collect()
}

fn links(host: &dyn Host) -> Vec<Link> {
    let mut names = host.list(Path::new("/sys/class/net")).unwrap_or_default();
    names.retain(|name| {
        name != "lo" && !["veth", "docker", "br-", "virbr", "tun", "tap"].iter().any(|kind| name.starts_with(kind))
    });
    names.sort();
    let read = |name: &str, file: &str| text(host, &format!("/sys/class/net/{name}/{file}"));
    let count = |name: &str, file: &str| read(name, file).and_then(|text| text.trim().parse::<u64>().ok());
    names
        .into_iter()
        .map(|name| {
            let sum = |files: [&str; 2]| files.iter().filter_map(|file| count(&name, &format!("statistics/{file}"))).sum::<u64>();
            let (faults, packets) = (sum(["rx_errors", "tx_errors"]), sum(["rx_packets", "tx_packets"]));
            Link {
                up: read(&name, "operstate").is_some_and(|state| state.trim() == "up")
                    || read(&name, "carrier").is_some_and(|carrier| carrier.trim() == "1"),
                // A virtual card says -1, which is no number here.
                mbit_s: count(&name, "speed"),
                faults_ppm: faults.saturating_mul(1_000_000).checked_div(packets).unwrap_or(0),
                mtu: count(&name, "mtu"),
                name,
            }
        })
        .collect()
}

/// IPv4 addresses of this machine, from the kernel's table of routes.
fn addresses(trie: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut last = "";
    for line in trie.lines() {
        if let Some((_, address)) = line.split_once("|-- ") {
            last = address.trim();
        }
        if line.contains("/32 host LOCAL") && last.parse::<Ipv4Addr>().is_ok_and(|address| !address.is_loopback()) {
            found.push(last.to_owned());
        }
    }
    found.sort();
    found.dedup();
    found
}

fn firewall(host: &dyn Host) -> Option<String> {
    if text(host, "/etc/ufw/ufw.conf")
        .is_some_and(|text| text.lines().any(|line| line.trim().eq_ignore_ascii_case("enabled=yes")))
    {
        return Some("ufw".to_owned());
    }
    if exists(host, "/run/firewalld.pid") || exists(host, "/run/firewalld") {
        return Some("firewalld".to_owned());
    }
    let enabled = "/etc/systemd/system/sysinit.target.wants/nftables.service";
    exists(host, enabled).then(|| "nftables".to_owned())
}

/// Does SSH take passwords? `None` without an SSH server.
fn ssh(host: &dyn Host) -> Option<bool> {
    let main = text(host, "/etc/ssh/sshd_config")?;
    let mut names = host.list(Path::new("/etc/ssh/sshd_config.d")).unwrap_or_default();
    names.sort();
    let parts = names.iter().filter_map(|name| text(host, &format!("/etc/ssh/sshd_config.d/{name}")));
    // The first word on a matter is the one that holds; the folder is read before the rest.
    let all = parts.chain([main]).collect::<Vec<_>>().join("\n");
    let said = all.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        (words.next()?.eq_ignore_ascii_case("PasswordAuthentication"))
            .then(|| words.next().map(str::to_ascii_lowercase))
            .flatten()
    });
    Some(said.is_none_or(|word| word != "no"))
}
