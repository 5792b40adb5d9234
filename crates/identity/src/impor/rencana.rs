//! What a checked file will do, staged row by row until somebody applies it.

pub(crate) mod store;

use super::{Tindakan, jabatan, opd, pegawai};

/// Everything a checked file will do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rencana {
    /// Offices.
    pub opd: Vec<opd::Rencana>,
    /// Posts.
    pub jabatan: Vec<jabatan::Rencana>,
    /// People and their posts.
    pub pegawai: pegawai::Rencana,
}

impl Rencana {
    /// What a reader is shown of each row: its number, what becomes of it, name, words.
    pub fn shown(&self) -> Vec<(u32, Tindakan, String, String)> {
        let opd = self.opd.iter().map(|row| {
            let name = format!("{} ({})", row.opd.nama, row.opd.kode);
            (row.baris, row.tindakan, name, row.ringkas.clone())
        });
        let jabatan = self.jabatan.iter().map(|row| (row.baris, row.tindakan, row.jabatan.nama.clone(), row.ringkas.clone()));
        opd.chain(jabatan).chain(self.pegawai.baris.iter().cloned()).collect()
    }
}

/// How many rows are added, changed, recorded already.
pub fn counted(shown: &[(u32, Tindakan, String, String)]) -> (i64, i64, i64) {
    let count = |act| shown.iter().filter(|row| row.1 == act).count() as i64;
    (count(Tindakan::Baru), count(Tindakan::Ubah), count(Tindakan::Sama))
}
