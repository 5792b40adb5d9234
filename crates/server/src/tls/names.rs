//! Names a certificate is for, and the part of the world an own authority may speak about.

use std::{net::IpAddr, str::FromStr};

use rcgen::{CidrSubnet, GeneralSubtree};
use x509_parser::prelude::GeneralName;

/// The host of an address such as `https://praja.belitungtimurkab.go.id:8443`, without brackets and port.
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match place.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => place.rsplit_once(':').map_or(place, |(name, _)| name),
    }
}

/// A name of a certificate as people write it.
pub(super) fn shown(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_ascii_lowercase()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|four| IpAddr::from(four).to_string()),
            16 => <[u8; 16]>::try_from(*bytes).ok().map(|sixteen| IpAddr::from(sixteen).to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Addresses that only machines of one house reach, whichever house it is.
const PRIVATE: [&str; 6] = ["10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

/// The part of the world an own authority may vouch for, as words that are kept beside it: the domain of the regency and addresses of
/// private networks, never the whole world. A stolen authority is then of no use against a bank.
pub(super) fn realm(names: &[String]) -> Vec<String> {
    let own = names.iter().map(|name| match name.parse::<IpAddr>() {
        Err(_) => domain(name),
        Ok(IpAddr::V4(four)) => format!("{four}/32"),
        Ok(IpAddr::V6(six)) => format!("{six}/128"),
    });
    let mut realm: Vec<String> = own.chain(PRIVATE.map(str::to_owned)).chain(["localhost".to_owned()]).collect();
    realm.sort();
    realm.dedup();
    realm
}

/// The same for the certificate of the authority.
pub(super) fn subtrees(realm: &[String]) -> Vec<GeneralSubtree> {
    let part = |word: &String| match CidrSubnet::from_str(word) {
        Ok(net) => GeneralSubtree::IpAddress(net),
        Err(()) => GeneralSubtree::DnsName(word.clone()),
    };
    realm.iter().map(part).collect()
}

/// The part of a name that belongs to one owner: `belitungtimurkab.go.id` of `praja.belitungtimurkab.go.id`; the whole name where
/// it cannot be told.
fn domain(name: &str) -> String {
    let labels: Vec<&str> = name.split('.').collect();
    let own = match labels.as_slice() {
        [.., second, "id"] if ["go", "desa", "or", "ac", "sch", "co", "web", "my", "net"].contains(second) => 3,
        _ => return name.to_ascii_lowercase(),
    };
    labels[labels.len().saturating_sub(own)..].join(".").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_what_stands_between_scheme_and_port() {
        for (url, host) in [
            ("https://praja.batangkab.go.id", "praja.batangkab.go.id"),
            ("https://praja.lokal:8443/masuk?x=1", "praja.lokal"),
            ("http://127.0.0.1:7321", "127.0.0.1"),
            ("https://[fd00::1]:443", "fd00::1"),
            ("https://[::1]", "::1"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }

    #[test]
    fn a_regency_owns_its_domain_and_nobody_owns_go_id() {
        assert_eq!(domain("praja.belitungtimurkab.go.id"), "belitungtimurkab.go.id");
        assert_eq!(domain("belitungtimurkab.go.id"), "belitungtimurkab.go.id");
        assert_eq!(domain("praja.lokal"), "praja.lokal");
        assert_eq!(domain("Praja"), "praja");
    }
}
