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

/// `value` with a seal of the Instance for one purpose: what comes back in a form or an address is known to be ours, unchanged.
/// Whoever can read it can read `value`.
pub fn seal(keys: &Keyring, purpose: &str, value: &str) -> String {
    let mut sealed = hex(value.as_bytes());
    sealed.push('.');
    sealed.push_str(&mac(keys, &format!("segel/{purpose}"), value));
    sealed
}

/// The value that was sealed for this purpose; none when the seal is not ours or the text was changed.
pub fn unseal(keys: &Keyring, purpose: &str, sealed: &str) -> Option<String> {
    let (value, seal) = sealed.split_once('.')?;
    let (pairs, rest) = value.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some((digit(*high)? << 4) | digit(*low)?)).collect();
    let value = String::from_utf8(bytes.filter(|_| rest.is_empty())?).ok()?;
    same(seal, &mac(keys, &format!("segel/{purpose}"), &value)).then_some(value)
}

/// The token that a form of the holder of `cookie` must carry.
pub(crate) fn csrf(keys: &Keyring, cookie: &str) -> String {
    mac(keys, "csrf", cookie)
}

/// A name for `value` that only this Instance can give, for one purpose.
pub(crate) fn mark(keys: &Keyring, purpose: &str, value: &str) -> String {
    mac(keys, purpose, value)
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

#[cfg(test)]
mod tests {
    use super::{seal, unseal};
    use praja_store::Keyring;

    #[test]
    fn a_sealed_value_comes_back_only_whole_and_only_for_its_purpose() {
        let (keys, _) = Keyring::create().unwrap();
        let (other, _) = Keyring::create().unwrap();
        let sealed = seal(&keys, "komentar", "eoffice_surat:1\u{e9}");
        assert_eq!(unseal(&keys, "komentar", &sealed).as_deref(), Some("eoffice_surat:1\u{e9}"));
        assert_eq!(unseal(&keys, "pengaduan", &sealed), None);
        assert_eq!(unseal(&other, "komentar", &sealed), None);
        assert_eq!(unseal(&keys, "komentar", &sealed.replacen('6', "7", 1)), None);
        assert_eq!(unseal(&keys, "komentar", ""), None);
        assert_eq!(unseal(&keys, "komentar", "xyz.abc"), None);
    }
}
