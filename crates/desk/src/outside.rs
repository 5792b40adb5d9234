//! One POST to another machine of the regency's choice: over a checked line, without redirects, bounded in time and in what is read back.

use std::time::Duration;

use crate::deliveries::{Failure, agent, chain};

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
