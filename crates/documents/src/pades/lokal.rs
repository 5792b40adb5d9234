//! Signing with an authority of the regency's own: for training, and until certificates of BSrE are there. Never certified, and says so.
//!
//! The authority's key is sealed by a passphrase. Each signer gets a fresh key whose certificate the authority issues; the key is
//! forgotten after the act, so there is none to steal.

use aead::{Aead, Payload};
use argon2::Argon2;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead};
use praja_kernel::Moment;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{Mark, PadesError, cms, pdf};

/// What everybody reads in the certificate and in the programs that show it.
const NOTICE: &str = "TIDAK TERSERTIFIKASI (uji dan pelatihan)";
const YEAR_S: i64 = 365 * 24 * 3600;
/// Clocks of readers may be behind ours.
const EARLY_S: i64 = 24 * 3600;
const YEARS: i64 = 10;
const SALT: usize = 16;
const NONCE: usize = 24;

/// An authority as it is stored: its certificate for all, its key for nobody without the passphrase.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sealed {
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// Salt, nonce and the sealed key.
    key: Vec<u8>,
}

/// An authority whose key is open; forgotten when it is dropped.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Vec<u8>,
}

/// Somebody who signs now, perhaps several documents.
pub struct Signer {
    key: KeyPair,
    certificate: Vec<u8>,
    issuer: Vec<u8>,
}

impl Sealed {
    /// A new authority of this regency.
    ///
    /// # Errors
    /// [`PadesError::BadKey`] when no key or no randomness is to be had.
    pub fn create(regency: &str, passphrase: &str, now: Moment) -> Result<Self, PadesError> {
        let key = new_key()?;
        let mut params = params(&format!("Otoritas uji {regency}"), None, now)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let certificate = params.self_signed(&key).map_err(bad)?.der().to_vec();
        Self::seal(certificate, &Zeroizing::new(key.serialize_der()), passphrase)
    }

    fn seal(certificate: Vec<u8>, secret: &[u8], passphrase: &str) -> Result<Self, PadesError> {
        let mut head = [0_u8; SALT + NONCE];
        getrandom::fill(&mut head).map_err(|_| PadesError::BadKey)?;
        let (cipher, nonce) = cipher(passphrase, &head)?;
        let sealed = cipher.encrypt(&nonce, Payload { msg: secret, aad: &certificate }).map_err(|_| PadesError::BadKey)?;
        Ok(Self { certificate, key: [head.as_slice(), &sealed].concat() })
    }

    fn secret(&self, passphrase: &str) -> Result<Zeroizing<Vec<u8>>, PadesError> {
        let (head, sealed) = self.key.split_at_checked(SALT + NONCE).ok_or(PadesError::WrongPassphrase)?;
        let (cipher, nonce) = cipher(passphrase, head)?;
        let opened = cipher.decrypt(&nonce, Payload { msg: sealed, aad: &self.certificate });
        Ok(Zeroizing::new(opened.map_err(|_| PadesError::WrongPassphrase)?))
    }

    /// The same authority under another passphrase.
    ///
    /// # Errors
    /// [`PadesError::WrongPassphrase`].
    pub fn reseal(&self, old: &str, new: &str) -> Result<Self, PadesError> {
        Self::seal(self.certificate.clone(), &self.secret(old)?, new)
    }

    /// Opens the key; takes tens of milliseconds, so that guessing is slow.
    ///
    /// # Errors
    /// [`PadesError::WrongPassphrase`], also when the stored bytes were changed.
    pub fn open(&self, passphrase: &str) -> Result<Authority, PadesError> {
        let secret = self.secret(passphrase)?;
        let key = KeyPair::try_from(secret.as_slice()).map_err(bad)?;
        let certificate = self.certificate.clone();
        let issuer = Issuer::from_ca_cert_der(&certificate.as_slice().into(), key).map_err(bad)?;
        Ok(Authority { issuer, certificate })
    }
}

fn cipher(passphrase: &str, head: &[u8]) -> Result<(XChaCha20Poly1305, XNonce), PadesError> {
    let (salt, nonce) = head.split_at(SALT);
    let mut key = Zeroizing::new([0_u8; 32]);
    Argon2::default().hash_password_into(passphrase.as_bytes(), salt, key.as_mut()).map_err(|_| PadesError::WrongPassphrase)?;
    let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| PadesError::WrongPassphrase)?;
    Ok((XChaCha20Poly1305::new((&*key).into()), XNonce::from(nonce)))
}

impl Authority {
    /// Somebody who may sign now, with the post.
    ///
    /// # Errors
    /// [`PadesError::BadKey`].
    pub fn signer(&self, name: &str, post: &str, now: Moment) -> Result<Signer, PadesError> {
        let key = new_key()?;
        let mut params = params(name, Some(post), now)?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &self.issuer).map_err(bad)?.der().to_vec();
        Ok(Signer { key, certificate, issuer: self.certificate.clone() })
    }
}

impl Signer {
    /// The document with a signature over all of it.
    ///
    /// # Errors
    /// [`PadesError`] when it is no PDF, or one behind a password.
    pub fn sign(&self, document: &[u8], mark: &Mark) -> Result<Vec<u8>, PadesError> {
        let prepared = pdf::prepare(document, mark)?;
        let signature = cms::sign(&prepared.digest(), &self.certificate, &self.issuer, &self.key).ok_or(PadesError::BadKey)?;
        prepared.finish(&signature)
    }
}

fn new_key() -> Result<KeyPair, PadesError> {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(bad)
}

fn params(name: &str, post: Option<&str>, now: Moment) -> Result<CertificateParams, PadesError> {
    let seconds = now.ms().div_euclid(1000);
    let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| PadesError::BadKey);
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    // X.520 allows 64 letters in each.
    let mut push = |kind, text: &str| params.distinguished_name.push(kind, text.chars().take(64).collect::<String>());
    push(DnType::CountryName, "ID");
    push(DnType::OrganizationName, NOTICE);
    if let Some(post) = post {
        push(DnType::OrganizationalUnitName, post);
    }
    push(DnType::CommonName, name);
    (params.not_before, params.not_after) = (at(seconds - EARLY_S)?, at(seconds + YEARS * YEAR_S)?);
    Ok(params)
}

fn bad(_: rcgen::Error) -> PadesError {
    PadesError::BadKey
}
