//! Electronic signatures through a port: modules say who signs what, and link neither certificates nor the reading of PDF.

use std::{sync::Arc, time::Duration};

use praja_kernel::{Clock, Moment, Zona};
use zeroize::Zeroizing;

/// Whom the provider knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// NIK, or nothing where the e-mail address is used.
    pub nik: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Name, for the certificate of the regency's own authority.
    pub name: String,
    /// Post, likewise.
    pub post: String,
}

/// What proves that the signer is there now. Kept in memory for the act alone, never shown, logged or stored.
pub enum Secret {
    /// The passphrase of the certificate (or of the regency's authority).
    Passphrase(Zeroizing<String>),
    /// A code that was sent to the signer; good once.
    Totp(Zeroizing<String>),
}

impl Secret {
    /// A passphrase as it was typed.
    pub fn passphrase(typed: impl Into<String>) -> Self {
        Self::Passphrase(Zeroizing::new(typed.into()))
    }

    /// A code as it was typed.
    pub fn code(typed: impl Into<String>) -> Self {
        Self::Totp(Zeroizing::new(typed.into()))
    }

    /// What was typed, for striking it out of what others say.
    pub fn typed(&self) -> &str {
        match self {
            Self::Passphrase(typed) | Self::Totp(typed) => typed,
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Can this person sign?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertStatus {
    /// Yes.
    Usable,
    /// No, and what the provider says about it.
    Unusable(String),
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Passphrase or code are wrong, or the certificate is not usable: asking again helps, trying again does not.
    #[error("Penyedia tanda tangan menolak: {0}")]
    Refused(String),
    /// The settings of this regency are not accepted.
    #[error("Server tanda tangan menolak nama atau sandi layanan daerah ini. Periksa pengaturannya.")]
    Credentials,
    /// It did not answer, or not in time.
    #[error("Server tanda tangan tidak menjawab: {0}")]
    Unreachable(String),
    /// It answered, but not with signed documents.
    #[error("Jawaban server tanda tangan tidak dapat dipakai: {0}")]
    Nonsense(String),
    /// This provider has no such thing.
    #[error("{0}")]
    NotOffered(&'static str),
    /// The document or the authority cannot be used.
    #[error(transparent)]
    Pades(#[from] PadesError),
}

/// Why a file is not signed or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PadesError {
    /// No PDF, or one that is broken.
    #[error("Berkas ini bukan PDF yang utuh.")]
    Unreadable,
    /// A PDF behind a password.
    #[error("PDF ini berkata sandi. Buka sandinya dahulu.")]
    Encrypted,
    /// The signature does not fit into its room.
    #[error("Tanda tangan lebih panjang daripada ruangnya.")]
    TooLong,
    /// The key or its certificate cannot be used.
    #[error("Kunci penandatangan tidak dapat dipakai.")]
    BadKey,
    /// The passphrase does not open the authority's key.
    #[error("Frasa sandi tidak cocok.")]
    WrongPassphrase,
}

/// What a signature says besides who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Who signs, with the post.
    pub name: String,
    /// What for: "Surat Dinas 000.8.3.3/15/Diskominfo".
    pub reason: String,
    /// Where.
    pub place: String,
    /// When, as PDF writes it.
    pub time: String,
}

impl Mark {
    /// With the moment in local time.
    pub fn new(name: impl Into<String>, reason: impl Into<String>, place: impl Into<String>, at: Moment, zona: Zona) -> Self {
        let local = zona.local(at);
        let time = format!("{}+{:02}'00'", local.strftime("D:%Y%m%d%H%M%S"), zona.hours());
        Self { name: name.into(), reason: reason.into(), place: place.into(), time }
    }
}

/// A way to sign.
pub trait SignProvider: Send + Sync {
    /// Can this person sign now?
    ///
    /// # Errors
    /// [`SignError`] when it could not be found out.
    fn status(&self, who: &Who) -> Result<CertStatus, SignError>;

    /// Has a code for `documents` documents sent to the signer.
    ///
    /// # Errors
    /// [`SignError::NotOffered`] where there are no codes.
    fn challenge(&self, who: &Who, documents: usize) -> Result<(), SignError>;

    /// Signs all of them or none, in the order given. May wait for another server: never inside a transaction.
    ///
    /// # Errors
    /// [`SignError`].
    fn sign(&self, who: &Who, secret: &Secret, documents: &[Vec<u8>], mark: &Mark) -> Result<Vec<Vec<u8>>, SignError>;

    /// Is a signature of this provider one of a certified body?
    fn is_certified(&self) -> bool;
}

/// How a regency signs, by its settings.
#[derive(Clone)]
pub enum Way {
    /// With its own authority, as [`Signing::new_authority`] made it. Not certified.
    Lokal(Vec<u8>),
    /// By its e-sign server of BSrE.
    Bsre(BsreSettings),
    /// On paper.
    Basah,
}

/// Where the e-sign server does what; public clients disagree, therefore each can be set.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BsrePaths {
    /// Signing.
    pub sign: String,
    /// Having a code sent.
    pub totp: String,
    /// Asking about a certificate.
    pub status: String,
}

impl Default for BsrePaths {
    fn default() -> Self {
        Self { sign: "/api/v2/sign/pdf".into(), totp: "/api/v2/sign/get/totp".into(), status: "/api/v2/user/check/status".into() }
    }
}

/// How the e-sign server is reached.
#[derive(Clone)]
pub struct BsreSettings {
    /// Its address, as `https://10.1.2.3`.
    pub url: String,
    /// The name BSrE gave the regency's application.
    pub user: String,
    /// Its password.
    pub password: Zeroizing<String>,
    /// The server's own certificate or that of who issued it (PEM); such servers are often known to no public authority. Without it
    /// nothing is trusted: there is no way to switch the check off.
    pub certificate: Option<String>,
    /// Where it does what.
    pub paths: BsrePaths,
    /// How long signing may take.
    pub patience: Duration,
    /// How often a server that fails is asked again with the passphrase still at hand. A code is good once and never sent twice.
    pub retries: u32,
}

/// A certificate that signatures are traced to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// Of a certified body, not the regency's own?
    pub is_certified: bool,
}

/// One signature of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name in the signer's certificate; empty when the signature does not fit.
    pub name: String,
    /// When, as the signer's program said; part of what is signed.
    pub at: Option<Moment>,
    /// Is what it covers unchanged since it was signed?
    pub intact: bool,
    /// Does it cover the whole file? Otherwise something was added after it, a second signature for example.
    pub whole: bool,
    /// Was the signer's certificate issued by one of those that were given?
    pub trusted: bool,
    /// Was that one of a certified body?
    pub certified: bool,
}

/// Makes providers, and reads what they signed.
pub trait Signing: Send + Sync {
    /// The provider of this way.
    ///
    /// # Errors
    /// [`SignError`] when its settings cannot be used. A contoh Instance never signs with certificates of BSrE.
    fn provider(&self, way: Way, clock: Arc<dyn Clock>) -> Result<Box<dyn SignProvider>, SignError>;

    /// A new authority of the regency, its key sealed by the passphrase: bytes to be kept.
    ///
    /// # Errors
    /// [`SignError::Pades`].
    fn new_authority(&self, regency: &str, passphrase: &str, now: Moment) -> Result<Vec<u8>, SignError>;

    /// The same authority under another passphrase.
    ///
    /// # Errors
    /// [`PadesError::WrongPassphrase`] when the old one does not open it.
    fn reseal(&self, authority: &[u8], old: &str, new: &str) -> Result<Vec<u8>, SignError>;

    /// The certificate of an authority (DER), by which its signatures are traced.
    ///
    /// # Errors
    /// [`PadesError::BadKey`] when these bytes are no authority.
    fn certificate(&self, authority: &[u8]) -> Result<Vec<u8>, SignError>;

    /// The signatures of a file in the order they were made; none when it was never signed.
    ///
    /// # Errors
    /// [`PadesError::Unreadable`].
    fn check(&self, pdf: &[u8], roots: &[Root]) -> Result<Vec<Signature>, SignError>;

    /// The addresses of verification codes that a PDF carries as links. Anybody can write such a link: the signature of its facts decides.
    ///
    /// # Errors
    /// [`PadesError::Unreadable`].
    fn addresses(&self, pdf: &[u8]) -> Result<Vec<String>, SignError>;
}
