//! What the inspectorate takes along: every application in tables that anybody makes again from a chain of hashes, and a chain that is
//! compared with what was kept on paper months before. `docs/adr/0048-ekspor-pengawasan.md` says why.

pub(crate) mod fakta;
pub(crate) mod kerja;
pub(crate) mod pages;
pub(crate) mod paket;
pub mod periksa;
pub(crate) mod rantai;
mod store;
pub(crate) mod tabel;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Id, Moment};

/// The chain of its own that holds every step of every application.
pub(crate) const RANTAI: &str = "perizinan";
/// A step was taken.
pub(crate) const LANGKAH: &str = "perizinan.chain-langkah";
/// Facts changed without a step.
pub(crate) const KEADAAN: &str = "perizinan.chain-keadaan";
/// A complaint came, or was answered.
pub(crate) const PENGADUAN: &str = "perizinan.chain-pengaduan";
/// The chain was handed out.
pub(crate) const EKSPOR: &str = "perizinan.chain-ekspor";

praja_kernel::words! {
    /// How far a file has come.
    pub(crate) enum Status ("keadaan ekspor") {
        /// The background writes it.
        Disusun => "disusun", "Sedang disusun";
        /// It can be taken along.
        Siap => "siap", "Siap diunduh";
    }
}

/// Something that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unduhan {
    pub(crate) id: Id,
    pub(crate) status: Status,
    pub(crate) dari: Date,
    pub(crate) sampai: Date,
    pub(crate) tujuan: String,
    pub(crate) oleh_nama: String,
    pub(crate) dibuat: Moment,
    /// Last row of the chain in it.
    pub(crate) urut: i64,
    pub(crate) sidik: String,
    pub(crate) jangkar: String,
    pub(crate) maju: (i64, i64),
    pub(crate) selesai: Option<Moment>,
    pub(crate) berkas: Option<String>,
    pub(crate) ukuran: i64,
    pub(crate) sidik_berkas: String,
}
