//! Posts (jabatan): rights and tasks belong to them, whoever holds them.

pub(crate) mod store;

use praja_kernel::Id;

pub use store::{get, head_of, holders, holders_on, list_of_opd};

praja_kernel::words! {
    /// What kind of post (UU 20/2023, Pasal 13–20; elected officials stand outside it).
    pub enum Jenis ("jenis jabatan") {
        /// Bupati, wali kota and their deputies.
        Politik => "politik", "Pejabat negara";
        /// Heads of OPD, staf ahli, asisten.
        PimpinanTinggi => "pimpinan-tinggi", "Pimpinan tinggi";
        /// Sekretaris, kepala bagian, kepala bidang, camat and below.
        Administrator => "administrator", "Administrator";
        /// Kepala subbagian, lurah, kepala UPTD.
        Pengawas => "pengawas", "Pengawas";
        /// Functional posts: arsiparis, auditor, dokter.
        Fungsional => "fungsional", "Fungsional";
        /// Everybody else.
        Pelaksana => "pelaksana", "Pelaksana";
    }
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jabatan {
    /// Identity.
    pub id: Id,
    /// The OPD it belongs to.
    pub opd: Id,
    /// Full name: "Kepala Dinas Kesehatan".
    pub nama: String,
    /// What kind of post.
    pub jenis: Jenis,
    /// The post above it, perhaps in another OPD.
    pub induk: Option<Id>,
}
