//! Who signs: the regency's own authority, its e-sign server of BSrE, or a hand on paper.
//!
//! Each provider takes finished documents, in which code and sentence are drawn already, and gives them back signed.

mod bsre;

pub use bsre::Bsre;

use std::sync::Arc;

use praja_kernel::Clock;
pub use praja_module::signing::{BsrePaths as Paths, BsreSettings as Settings, CertStatus, Secret, SignError, SignProvider, Who};

use crate::pades::{Mark, lokal::Sealed};

/// The regency's own authority. Not certified.
pub struct Lokal {
    /// The authority.
    pub authority: Sealed,
    /// What time it is when signing.
    pub clock: Arc<dyn Clock>,
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
        let signer = self.authority.open(passphrase)?.signer(&who.name, &who.post, self.clock.now())?;
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
