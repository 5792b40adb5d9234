use praja_store::Keyring;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A fresh secret of 256 bits for a cookie, in hexadecimal.
///
/// # Panics
/// When the operating system has no randomness.
pub fn cookie_value() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    hex(&bytes)
}

/// What the database keeps instead of a session cookie: who reads the database cannot sign in with it.
pub fn session_key(cookie: &str) -> String {
    hex(&Sha256::digest(cookie.as_bytes()))
}

/// `value.signature` under a secret of the Instance for one purpose.
pub(crate) fn signed(keys: &Keyring, purpose: &str, value: &str) -> String {
    format!("{value}.{}", mac(keys, purpose, value))
}

/// The token that a form of the holder of `cookie` must carry.
pub(crate) fn csrf(keys: &Keyring, cookie: &str) -> String {
    mac(keys, "csrf", cookie)
}

/// Compares without telling by time where they differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// The secret goes in at both ends, so that nobody can lengthen the text and keep the digest.
fn mac(keys: &Keyring, purpose: &str, value: &str) -> String {
    let secret = keys.secret(purpose);
    let inner = Sha256::new().chain_update(&secret[..]).chain_update(value.as_bytes()).finalize();
    hex(&Sha256::new().chain_update(&secret[..]).chain_update(inner).finalize()[..16])
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
