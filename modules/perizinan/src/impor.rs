//! Licences that another program issued come in: an export in whatever shape, mapped column by column and service by service, checked
//! without changing anything, taken over in short steps, and taken back as a whole while nobody has worked with them. The way itself is
//! `praja_desk::impor`; here is what a row means and where it goes.

mod baca;
mod bidang;
pub(crate) mod kerja;
mod layanan;
pub(crate) mod pages;
mod pemetaan;
mod pilah;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Id, Moment};

pub(crate) use pages::ROUTES;
use pemetaan::Pemetaan;
pub(crate) use praja_desk::impor::{Act, Status};
pub(crate) use refusal::Refusal;

/// The table of imports, which names them in audit.
pub(crate) const TABLE: &str = "perizinan_impor";
/// A file may be this large, in bytes.
pub(crate) const MAX_BYTES: u64 = 20 << 20;
/// A sheet may hold this many rows.
pub(crate) const MAX_ROWS: usize = 50_000;
/// So many problems are kept for reading; the rest is only counted.
pub(crate) const MAX_PROBLEMS: usize = 1_000;
/// Rows staged in one write.
pub(crate) const CHUNK: usize = 500;
/// Licences taken over or taken back in one write: others wait for the writer no longer than this takes.
pub(crate) const STEP: usize = 50;
/// Names of services that a file may hold. A file with more has another column there.
pub(crate) const MAX_SERVICES: usize = 200;
/// Longest name of a profile.
pub(crate) const PROFIL: usize = 80;

praja_kernel::words! {
    /// What becomes of a row.
    pub enum Tindakan ("tindakan impor izin") {
        /// Written.
        Baru => "baru", "Ditambahkan";
        /// Replaces what an earlier import brought.
        Ubah => "ubah", "Diperbarui";
        /// Is recorded already.
        Sama => "sama", "Sudah tercatat";
        /// Something was faster between check and taking over.
        Tertinggal => "tertinggal", "Tertinggal";
    }
}

/// An import as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Impor {
    pub(crate) id: Id,
    pub(crate) status: Status,
    /// The PTSP.
    pub(crate) opd: Id,
    pub(crate) berkas: String,
    pub(crate) sidik: String,
    pub(crate) alamat: String,
    pub(crate) oleh: String,
    pub(crate) dibuat: Moment,
    /// The sheet that is read, and the row of its headings; 0 until it is chosen.
    pub(crate) lembar: String,
    pub(crate) kepala: u32,
    pub(crate) pemetaan: Option<Pemetaan>,
    /// Names of services in the file with their rows, the most first.
    pub(crate) layanan: Vec<(String, i64)>,
    /// Steps of the present work that are done, and how many there are.
    pub(crate) maju: (i64, i64),
    pub(crate) hitungan: Hitungan,
    /// Licences by service, in words.
    pub(crate) ringkas: String,
    /// Why it was refused or taken back, or what became of it.
    pub(crate) catatan: Option<String>,
    pub(crate) versi: i64,
}

impl Impor {
    /// How many licences it would write.
    pub(crate) const fn writes(&self) -> i64 {
        self.hitungan.baru + self.hitungan.ubah
    }
}

/// How many rows of each kind a file has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hitungan {
    pub(crate) baris: i64,
    pub(crate) baru: i64,
    pub(crate) ubah: i64,
    pub(crate) sama: i64,
    pub(crate) masalah: i64,
    pub(crate) sela: i64,
    pub(crate) tertinggal: i64,
}

/// A reading kept for the next file of an OPD.
pub(crate) type Profil = praja_desk::impor::Profil<Pemetaan>;
