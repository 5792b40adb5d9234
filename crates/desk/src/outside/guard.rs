//! Which machines are called at all. Every call that leaves the house by a name that somebody wrote down is made by an agent from here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// What is said of an address behind which there is nothing that may be called.
pub(crate) const NOWHERE: &str = "Alamatnya tidak ditemukan, atau menunjuk ke tempat yang tidak boleh dihubungi.";

/// A caller that asks this guard where names lead. `own`: this machine may be called, too.
pub(crate) fn guarded(config: Config, own: bool) -> Agent {
    Agent::with_parts(config, DefaultConnector::default(), Guarded { own })
}

/// Does this name lead only where we may call? One that leads nowhere is left to whoever calls it. For a line that is not HTTP.
pub(crate) fn leads_where_we_may(host: &str, port: u16) -> bool {
    (host, port).to_socket_addrs().map_or(true, |mut found| found.all(|address| may_call(address.ip(), true)))
}

/// Looks names up, and knows nothing of addresses that no other program of the regency can have: this machine itself, and what is only on
/// the same wire, where clouds keep their secrets. What a name leads to is looked at when it is called, not when it is written down.
#[derive(Debug)]
struct Guarded {
    /// This machine may be called, too.
    own: bool,
}

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in found.iter().filter(|address| may_call(address.ip(), self.own)) {
            kept.push(*address);
        }
        if kept.is_empty() { Err(Error::HostNotFound) } else { Ok(kept) }
    }
}

/// May a machine at this address be called on an office's behalf?
pub fn may_call(address: IpAddr, own: bool) -> bool {
    let v4 = |one: Ipv4Addr| {
        let loopback = one.is_loopback() || one.is_unspecified();
        (own || !loopback) && !one.is_link_local() && !one.is_multicast() && !one.is_broadcast() && one.octets()[0] != 0
    };
    let v6 = |one: Ipv6Addr| match one.to_ipv4() {
        Some(inner) if one != Ipv6Addr::LOCALHOST && one != Ipv6Addr::UNSPECIFIED => v4(inner),
        _ => (own || !(one.is_loopback() || one.is_unspecified())) && !one.is_unicast_link_local() && !one.is_multicast(),
    };
    match address {
        IpAddr::V4(one) => v4(one),
        IpAddr::V6(one) => v6(one),
    }
}

#[cfg(test)]
mod tests {
    use super::{guarded, leads_where_we_may, may_call};

    #[test]
    fn this_machine_and_what_is_only_on_the_wire_are_not_called() {
        for (address, may, own) in [
            ("8.8.8.8", true, true),
            ("10.1.2.3", true, true),
            ("192.168.1.4", true, true),
            ("127.0.0.1", false, true),
            ("::1", false, true),
            ("0.0.0.0", false, false),
            ("169.254.169.254", false, false),
            ("::ffff:169.254.169.254", false, false),
            ("::ffff:127.0.0.1", false, true),
            ("fe80::1", false, false),
            ("224.0.0.1", false, false),
            ("fd00::5", true, true),
        ] {
            let address = address.parse().unwrap();
            assert_eq!((may_call(address, false), may_call(address, true)), (may, own), "{address}");
        }
    }

    #[test]
    fn a_gateway_or_a_mail_server_is_not_looked_for_where_clouds_keep_their_secrets() {
        let agent = guarded(ureq::Agent::config_builder().build(), true);
        for address in ["http://169.254.169.254/latest", "http://[fe80::1]/", "http://[::ffff:169.254.169.254]/"] {
            let called = agent.post(address).send("kabar");
            assert!(matches!(called, Err(ureq::Error::HostNotFound)), "{address}: {called:?}");
        }
        assert!(!leads_where_we_may("169.254.169.254", 25) && !leads_where_we_may("fe80::1", 587));
        assert!(leads_where_we_may("127.0.0.1", 25) && leads_where_we_may("10.0.0.4", 465));
        // Whoever calls it says that there is no such name.
        assert!(leads_where_we_may("tidak-ada.invalid", 25));
    }
}
