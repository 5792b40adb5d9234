//! One POST to another machine of the regency's choice: over a checked line, without redirects, bounded in time and in what is read back.

pub(crate) mod guard;

use std::time::Duration;

use praja_module::{Outgoing, Outside};
use ureq::Error;

pub use self::guard::may_call;
use self::guard::{NOWHERE, guarded};

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
        Err(Error::HostNotFound) => Err(NOWHERE.into()),
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
        let agent = guarded(config, letter.own_machine);
        let sent = agent
            .post(letter.url)
            .header("Content-Type", "application/json")
            .header("X-Praja-Id", letter.id.to_string())
            .header("X-Praja-Waktu", letter.at.to_string())
            .header("X-Praja-Tanda", signature(letter.secret, letter.at, &letter.id.to_string(), letter.body))
            .send(letter.body);
        match sent {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(Error::HostNotFound) => Err(NOWHERE.into()),
            Err(e) => Err(format!("Tidak dapat dihubungi: {}", chain(&e))),
        }
    }
}
