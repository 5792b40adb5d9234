//! Who signs: the regency's own authority, its e-sign server of BSrE, or a hand on paper.
//!
//! Each provider takes finished documents, in which code and sentence are drawn already, and gives them back signed.

mod bsre;

pub use bsre::{Bsre, Paths, Settings};

use praja_kernel::Moment;
use zeroize::Zeroizing;

use crate::pades::{Mark, lokal::Sealed};

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
    Pades(#[from] crate::pades::PadesError),
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

    /// Signs all of them or none, in the order given.
    ///
    /// # Errors
    /// [`SignError`].
    fn sign(&self, who: &Who, secret: &Secret, documents: &[Vec<u8>], mark: &Mark) -> Result<Vec<Vec<u8>>, SignError>;

    /// Is a signature of this provider one of a certified body?
    fn is_certified(&self) -> bool;
}

/// The regency's own authority. Not certified.
pub struct Lokal {
    /// The authority.
    pub authority: Sealed,
    /// What time it is when signing.
    pub now: fn() -> Moment,
}

impl SignProvider for Lokal {
    fn status(&self, _: &Who) -> Result<CertStatus, SignError> {
        Ok(CertStatus::Usable)
    }

    fn challenge(&self, _: &Who, _: usize) -> Result<(), SignError> {
        Err(SignError::NotOffered("Otoritas uji daerah memakai frasa sandi, tanpa kode sekali pakai."))
    }

    fn sign(&self, who: &Who, secret: &Secret, documents: &[Vec<u8>], mark: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        let Secret::Passphrase(passphrase) = secret else {
            return Err(SignError::NotOffered("Otoritas uji daerah memakai frasa sandi, tanpa kode sekali pakai."));
        };
        let signer = self.authority.open(passphrase)?.signer(&who.name, &who.post, (self.now)())?;
        Ok(documents.iter().map(|one| signer.sign(one, mark)).collect::<Result<_, _>>()?)
    }

    fn is_certified(&self) -> bool {
        false
    }
}

/// Paper: the document is printed, signed by hand and scanned.
pub struct Paper;

const ON_PAPER: SignError = SignError::NotOffered("Naskah ini dicetak, ditandatangani basah, lalu dipindai kembali.");

impl SignProvider for Paper {
    fn status(&self, _: &Who) -> Result<CertStatus, SignError> {
        Err(ON_PAPER)
    }

    fn challenge(&self, _: &Who, _: usize) -> Result<(), SignError> {
        Err(ON_PAPER)
    }

    fn sign(&self, _: &Who, _: &Secret, _: &[Vec<u8>], _: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        Err(ON_PAPER)
    }

    fn is_certified(&self) -> bool {
        false
    }
}
