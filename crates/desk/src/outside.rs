//! One POST to another machine of the regency's choice: over a checked line, without redirects, bounded in time and in what is read back.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use praja_module::{Outgoing, Outside};
use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::deliveries::{Failure, agent, chain, direct, signature};

/// So long may a letter of fifteen MiB take on a thin line.
const PATIENCE: Duration = Duration::from_secs(120);
/// So much of an answer is read.
const ANSWER: u64 = 64 * 1024;

/// Sends `body` and gives the status and the text of the answer. `pem` is the certificate of who vouches for the other side, where that is no
/// public authority.
///
/// # Errors
/// In words, when nobody answered.
pub fn post(url: &str, pem: Option<&str>, kind: &str, body: &[u8]) -> Result<(u16, String), String> {
    let agent = agent(pem, PATIENCE).map_err(|failure| match failure {
        Failure::Address(why) | Failure::Way(why) => why,
    })?;
    match agent.post(url).header("Content-Type", kind).send(body) {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            let words = answer.body_mut().with_config().limit(ANSWER).read_to_string().unwrap_or_default();
            Ok((status, words))
        }
        Err(e) => Err(format!("Tidak dapat dihubungi: {}", chain(&e))),
    }
}

/// A program that has not answered by then is not there.
const PROGRAM: Duration = Duration::from_secs(15);

/// Tells other programs of the regency.
pub(crate) struct House;

impl Outside for House {
    fn post(&self, letter: &Outgoing<'_>) -> Result<u16, String> {
        let plain = |failure| match failure {
            Failure::Address(why) | Failure::Way(why) => why,
        };
        // A proxy would look the name up itself, and knock where we would not.
        let config = direct(letter.certificate, PROGRAM).map_err(plain)?;
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded { own: letter.own_machine });
        let sent = agent
            .post(letter.url)
            .header("Content-Type", "application/json")
            .header("X-Praja-Id", letter.id.to_string())
            .header("X-Praja-Waktu", letter.at.to_string())
            .header("X-Praja-Tanda", signature(letter.secret, letter.at, &letter.id.to_string(), letter.body))
            .send(letter.body);
        match sent {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(Error::HostNotFound) => {
                Err("Alamatnya tidak ditemukan, atau menunjuk ke tempat yang tidak boleh dihubungi.".into())
            }
            Err(e) => Err(format!("Tidak dapat dihubungi: {}", chain(&e))),
        }
    }
}

/// Looks names up, and knows nothing of addresses that no other program of the regency can have: this machine itself, and what is only on
/// the same wire, where clouds keep their secrets. What a name leads to is looked at when it is called, not when it is written down.
#[derive(Debug)]
struct Guarded {
    /// Praja itself is reached on this machine only: so are the others.
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
    use super::may_call;

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
}
