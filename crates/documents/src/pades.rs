//! Signatures in PDF: PAdES level B-B, written as an update behind the document, and checked by ourselves.

mod check;
mod cms;
mod der;
pub mod lokal;
mod pdf;

pub use check::{Signature, check};

use praja_kernel::{Moment, Zona};

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
