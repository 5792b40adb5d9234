//! The box as a correspondent: it signs what it sends to other boxes with the key that signs facts, and checks what they signed.
//!
//! What is signed begins with a title of its own, so that a signature for one purpose proves nothing for another.

use ed25519_dalek::{Signature, Signer as _, SigningKey};
use praja_module::Instance;
use praja_store::Keyring;

use super::{
    code::{decode, encode},
    facts::{hex, key_id, verifying},
};

/// Signs in the name of an Instance.
#[derive(Clone)]
pub struct Node {
    key: SigningKey,
    id: String,
}

impl Node {
    /// The box of this Instance.
    pub fn of(instance: &Instance) -> Self {
        Self::of_keys(instance.keys())
    }

    /// A box that does not exist, for trying: whoever knows the seed signs like it.
    pub fn of_seed(seed: &[u8; 32]) -> Self {
        Self::with(SigningKey::from_bytes(seed))
    }

    /// The box with these keys.
    pub fn of_keys(keys: &Keyring) -> Self {
        Self::with(keys.signing())
    }

    fn with(key: SigningKey) -> Self {
        let id = key_id(key.verifying_key().as_bytes());
        Self { key, id }
    }

    /// The short name of its key.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its public key, in hexadecimal: what others are given.
    pub fn public(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    /// The signature of `bytes` under a title.
    pub fn sign(&self, title: &str, bytes: &[u8]) -> String {
        encode(&self.key.sign(&titled(title, bytes)).to_bytes())
    }
}

/// The short name of a public key; none for what is no such key.
pub fn key_name(public: &str) -> Option<String> {
    verifying(public).map(|key| key_id(key.as_bytes()))
}

/// Did the holder of this public key sign these bytes under this title?
pub fn is_signed_by(public: &str, title: &str, bytes: &[u8], signature: &str) -> bool {
    let signature = decode(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
    match (verifying(public), signature) {
        (Some(key), Some(signature)) => key.verify_strict(&titled(title, bytes), &signature).is_ok(),
        _ => false,
    }
}

fn titled(title: &str, bytes: &[u8]) -> Vec<u8> {
    [title.as_bytes(), b"\n", bytes].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_key_its_title_and_its_bytes_alone() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let node = Node { id: key_id(key.verifying_key().as_bytes()), key };
        let signed = node.sign("SATU 1", b"isi");
        let public = node.public();
        assert_eq!(key_name(&public).as_deref(), Some(node.id()));
        assert!(is_signed_by(&public, "SATU 1", b"isi", &signed));
        let other = hex(SigningKey::from_bytes(&[8; 32]).verifying_key().as_bytes());
        for (public, title, bytes, signature) in [
            (public.as_str(), "DUA 1", &b"isi"[..], signed.as_str()),
            (public.as_str(), "SATU 1", b"isi.", signed.as_str()),
            (other.as_str(), "SATU 1", b"isi", signed.as_str()),
            (public.as_str(), "SATU 1", b"isi", &signed[1..]),
            ("zz", "SATU 1", b"isi", signed.as_str()),
        ] {
            assert!(!is_signed_by(public, title, bytes, signature), "{title} {signature}");
        }
    }
}
