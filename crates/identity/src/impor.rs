//! Imports: OPD, posts and people come in from a spreadsheet, all of it or nothing.
//!
//! A file is read and checked in the background and its rows are staged; what is wrong is listed by row and column. Only a file
//! without problems can be applied, in one short write.

pub(crate) mod baca;
pub(crate) mod jabatan;
pub(crate) mod kerja;
pub(crate) mod kolom;
pub(crate) mod opd;
pub(crate) mod pages;
pub(crate) mod pegawai;
pub(crate) mod rencana;
pub(crate) mod store;
pub(crate) mod templat;
pub(crate) mod tercatat;

use praja_kernel::{Id, Moment, Permission, Refuse};
pub use praja_web::lembar::Masalah;
use praja_web::lembar::{Reading, Unreadable};

use crate::rights::{MANAGE_ALL_OPD, MANAGE_PEOPLE};

/// A file may be this large, in bytes.
pub const MAX_BYTES: u64 = 20 << 20;
/// A file may hold this many rows.
pub const MAX_ROWS: usize = 20_000;
/// A template has this sheet; a file without it is read from its first one.
pub const SHEET: &str = "Data";
/// How its rows are read.
pub(crate) const READING: Reading<'static> = Reading::template(SHEET, MAX_ROWS);
/// So many problems are kept for reading; the rest is only counted.
pub const MAX_PROBLEMS: usize = 1_000;
/// Rows written in one step while staging.
pub const CHUNK: usize = 500;

praja_kernel::words! {
    /// What a file holds.
    pub enum Jenis ("jenis impor") {
        /// Offices.
        Opd => "opd", "OPD";
        /// Posts.
        Jabatan => "jabatan", "Jabatan";
        /// People, with the posts they hold.
        Pegawai => "pegawai", "Pegawai";
    }
}

impl Jenis {
    /// Who may import it.
    pub const fn permission(self) -> Permission {
        match self {
            // A new office belongs to nobody's own OPD.
            Self::Opd => MANAGE_ALL_OPD,
            Self::Jabatan | Self::Pegawai => MANAGE_PEOPLE,
        }
    }
}

praja_kernel::words! {
    /// Where an import stands.
    pub enum Status ("status impor") {
        /// The file is stored and waits to be read.
        Menunggu => "menunggu", "Menunggu diperiksa";
        /// It is being read and checked.
        Memeriksa => "memeriksa", "Sedang diperiksa";
        /// Something in it must be corrected first.
        Bermasalah => "bermasalah", "Perlu diperbaiki";
        /// Everything in it can be taken over.
        Siap => "siap", "Siap diterapkan";
        /// Somebody said so, and it is being done.
        Menerapkan => "menerapkan", "Sedang diterapkan";
        /// Done.
        Selesai => "selesai", "Selesai";
        /// Given up by whoever brought it.
        Dibatalkan => "dibatalkan", "Dibatalkan";
    }
}

/// What happens to an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The background begins to read it; again after it was stopped in the middle, or because the data have changed.
    Check,
    /// It was read, and something is wrong.
    FindProblems,
    /// It was read, and nothing is wrong.
    FindNothing,
    /// Somebody wants it applied.
    Apply,
    /// The rows are in.
    Finish,
    /// Somebody gives it up.
    Cancel,
}

impl Status {
    /// The state after an act.
    ///
    /// # Errors
    /// [`Refusal`] when the import is not in a state for it.
    pub fn after(self, act: Act) -> Result<Self, Refusal> {
        match (self, act) {
            (Self::Menunggu | Self::Memeriksa | Self::Menerapkan, Act::Check) => Ok(Self::Memeriksa),
            (Self::Memeriksa, Act::FindProblems) => Ok(Self::Bermasalah),
            (Self::Memeriksa, Act::FindNothing) => Ok(Self::Siap),
            (Self::Siap, Act::Apply) => Ok(Self::Menerapkan),
            (Self::Menerapkan, Act::Finish) => Ok(Self::Selesai),
            (Self::Menunggu | Self::Memeriksa | Self::Bermasalah | Self::Siap, Act::Cancel) => Ok(Self::Dibatalkan),
            (Self::Selesai, Act::Apply | Act::Finish) => Err(Refusal::AlreadyApplied),
            (Self::Bermasalah, Act::Apply) => Err(Refusal::HasProblems),
            (Self::Menunggu | Self::Memeriksa, Act::Apply) => Err(Refusal::NotYetChecked),
            (Self::Menerapkan, Act::Apply | Act::Cancel) => Err(Refusal::BeingApplied),
            (Self::Dibatalkan, _) => Err(Refusal::Cancelled),
            _ => Err(Refusal::Elsewhere { status: self.label() }),
        }
    }

    /// Is the background at work on it?
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Menunggu | Self::Memeriksa | Self::Menerapkan)
    }
}

praja_kernel::words! {
    /// What becomes of a row.
    pub enum Tindakan ("tindakan impor") {
        /// Added.
        Baru => "baru", "Ditambahkan";
        /// Something of it changes.
        Ubah => "ubah", "Diubah";
        /// Is already recorded so.
        Sama => "sama", "Sudah tercatat";
    }
}

/// An import as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impor {
    /// Identity.
    pub id: Id,
    /// What the file holds.
    pub jenis: Jenis,
    /// Where it stands.
    pub status: Status,
    /// The OPD whose officer brought it.
    pub opd: Id,
    /// Was it brought by somebody who manages every OPD?
    pub semua: bool,
    /// Name of the file.
    pub berkas: String,
    /// SHA-256 of the file.
    pub sidik: String,
    /// Where the file is stored.
    pub alamat: String,
    /// Who brought it.
    pub oleh: String,
    /// When.
    pub dibuat: Moment,
    /// When its state last changed.
    pub diubah: Moment,
    /// Steps done of the present work, and of how many.
    pub maju: (i64, i64),
    /// Rows read.
    pub baris: i64,
    /// Rows that are added, changed, recorded already.
    pub hitungan: (i64, i64, i64),
    /// Problems found, also those that are not kept.
    pub masalah: i64,
    /// Why the file as a whole was refused, or what happened to it.
    pub catatan: Option<String>,
    /// Raised with every change.
    pub versi: i64,
}

/// Why an import is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is done already.
    #[error("Impor ini sudah diterapkan.")]
    AlreadyApplied,
    /// Something must be corrected first.
    #[error("Impor ini belum dapat diterapkan karena masih ada isian yang perlu diperbaiki.")]
    HasProblems,
    /// It is still being read.
    #[error("Berkas ini belum selesai diperiksa.")]
    NotYetChecked,
    /// It is being applied.
    #[error("Impor ini sedang diterapkan.")]
    BeingApplied,
    /// It was given up.
    #[error("Impor ini sudah dibatalkan.")]
    Cancelled,
    /// Any other act out of turn.
    #[error("Impor ini berstatus {status}.")]
    Elsewhere {
        /// Where it stands.
        status: &'static str,
    },
    /// No file was chosen.
    #[error("Pilih berkas yang akan diimpor.")]
    NoFile,
    /// The file is no spreadsheet we read.
    #[error("{0}")]
    File(#[from] Unreadable),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyApplied => "identity.impor.already-applied",
            Self::HasProblems => "identity.impor.has-problems",
            Self::NotYetChecked => "identity.impor.not-yet-checked",
            Self::BeingApplied => "identity.impor.being-applied",
            Self::Cancelled => "identity.impor.cancelled",
            Self::Elsewhere { .. } => "identity.impor.elsewhere",
            Self::NoFile => "identity.impor.no-file",
            Self::File(_) => "identity.impor.unreadable-file",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::HasProblems => "Perbaiki berkasnya menurut daftar masalah, lalu unggah lagi.".into(),
            Self::NotYetChecked | Self::BeingApplied => "Tunggu sampai selesai; halaman impor menunjukkan kemajuannya.".into(),
            Self::Cancelled => "Unggah berkasnya lagi bila tetap diperlukan.".into(),
            _ => String::new(),
        }
    }

    fn fields(&self) -> Vec<praja_kernel::FieldProblem> {
        match self {
            Self::NoFile | Self::File(_) => vec![praja_kernel::FieldProblem::new("berkas", self.to_string())],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
