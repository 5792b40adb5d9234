//! Old agenda books come in: a spreadsheet in whatever shape somebody kept it, mapped column by column, checked without changing
//! anything, taken over in short steps, and taken back as a whole while nobody has worked with it.

mod baca;
mod bidang;
pub(crate) mod kerja;
mod nilai;
pub(crate) mod pages;
mod pemetaan;
mod pilah;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Id, Moment};

use pemetaan::Pemetaan;
pub(crate) use praja_desk::impor::{Act, Status};
pub(crate) use praja_web::lembar::contoh::Contoh;
pub(crate) use refusal::Refusal;

/// The table of imports, which names them in audit.
pub(crate) const TABLE: &str = "eoffice_impor";
/// A file may be this large, in bytes.
pub(crate) const MAX_BYTES: u64 = 20 << 20;
/// A sheet may hold this many rows.
pub(crate) const MAX_ROWS: usize = 50_000;
/// So many problems are kept for reading; the rest is only counted.
pub(crate) const MAX_PROBLEMS: usize = 1_000;
/// Rows staged in one write.
pub(crate) const CHUNK: usize = 500;
/// Letters taken over or taken back in one write: others wait for the writer no longer than this takes.
pub(crate) const STEP: usize = 50;

praja_kernel::words! {
    /// What becomes of a row.
    pub enum Tindakan ("tindakan impor agenda") {
        /// Added.
        Baru => "baru", "Ditambahkan";
        /// Is recorded already.
        Sama => "sama", "Sudah tercatat";
        /// Its number was given to another letter between check and taking over.
        Tertinggal => "tertinggal", "Tertinggal";
    }
}

/// An import as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Impor {
    pub(crate) id: Id,
    pub(crate) status: Status,
    /// The OPD whose book it is.
    pub(crate) opd: Id,
    /// The post of whoever brought it.
    pub(crate) jabatan: Id,
    pub(crate) berkas: String,
    pub(crate) sidik: String,
    pub(crate) alamat: String,
    pub(crate) oleh: String,
    pub(crate) dibuat: Moment,
    pub(crate) diubah: Moment,
    /// The sheet that is read, and the row of its headings; 0 until it is chosen.
    pub(crate) lembar: String,
    pub(crate) kepala: u32,
    pub(crate) pemetaan: Option<Pemetaan>,
    /// Steps of the present work that are done, and how many there are.
    pub(crate) maju: (i64, i64),
    /// Rows that are letters, added, known already, wrong, between the letters, left behind.
    pub(crate) hitungan: Hitungan,
    /// Letters by year, in words.
    pub(crate) ringkas: String,
    /// First and last day of receipt of what was added.
    pub(crate) masa: Option<(Date, Date)>,
    /// Why it was refused or taken back, or what became of it.
    pub(crate) catatan: Option<String>,
    pub(crate) versi: i64,
}

/// How many rows of each kind a book has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hitungan {
    pub(crate) baris: i64,
    pub(crate) baru: i64,
    pub(crate) sama: i64,
    pub(crate) masalah: i64,
    pub(crate) sela: i64,
    pub(crate) tertinggal: i64,
}

/// A reading kept for the next file of an OPD.
pub(crate) type Profil = praja_desk::impor::Profil<Pemetaan>;

/// Longest name of a profile.
pub(crate) const PROFIL: usize = 80;

/// Where a letter came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sumber {
    pub(crate) impor: Id,
    pub(crate) berkas: String,
    pub(crate) baris: i64,
    /// Its number in the old book, where it could not be kept.
    pub(crate) agenda_lama: Option<String>,
    pub(crate) pada: Moment,
}
