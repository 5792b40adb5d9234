use std::{
    fs,
    net::{IpAddr, Ipv4Addr, UdpSocket},
};

/// The address under which other devices of this network reach the machine; `None` where there is no network.
pub(crate) fn address() -> Option<IpAddr> {
    routed().or_else(|| fs::read_to_string("/proc/net/fib_trie").ok().and_then(|text| listed(&text)))
}

/// The address from which the machine would leave. Connecting a datagram socket sends nothing: it only chooses the way out.
fn routed() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // 192.0.2.1 is reserved for documentation (RFC 5737): nobody lives there.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// The first private address in the kernel's list of its own, for a network without a way out.
fn listed(fib_trie: &str) -> Option<IpAddr> {
    let mut before = "";
    let mut found = Vec::new();
    for line in fib_trie.lines() {
        if line.contains("/32 host LOCAL") {
            found.extend(before.trim().trim_start_matches("|-- ").parse::<Ipv4Addr>().ok());
        }
        before = line;
    }
    let wanted = |address: &&Ipv4Addr| address.is_private() && !address.is_loopback();
    found.iter().find(wanted).copied().map(IpAddr::V4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_address_is_found_in_the_kernels_list() {
        let text = "Local:\n  +-- 0.0.0.0/0 3 0 5\n           |-- 127.0.0.1\n              /32 host LOCAL\n        |-- 192.168.1.5\n           \
                    /32 host LOCAL\n        |-- 192.168.1.255\n           /32 link BROADCAST\n";
        assert_eq!(listed(text), Some(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 5))));
        assert_eq!(listed(""), None);
    }
}
