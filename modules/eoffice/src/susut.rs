//! Disposal of an OPD's archive (penyusutan): files are moved to the records unit, destroyed, or handed to the archives institution. Pure
//! rules.
//!
//! UU 43/2009 and PP 28/2012; whose approval a destruction needs is said by code 000.5.6.2 of the classification.

pub(crate) mod erase;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
mod surat;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_desk::klasifikasi::Nasib;
use praja_kernel::{Date, Id, Moment};

pub(crate) use refusal::Refusal;
pub(crate) use surat::{Bidang, Surat, asks, read};

use crate::arsip::{Berkas, Persetujuan, Tahap};

/// At most so many files stand in one list: what its last step changes is one transaction.
pub(crate) const MOST: usize = 200;

praja_kernel::words! {
    /// What becomes of the files of a list.
    pub enum Jenis ("jenis penyusutan") {
        /// From the unit that works to the records unit.
        Pindah => "pindah", "Pemindahan arsip inaktif";
        /// Destroyed.
        Musnah => "musnah", "Pemusnahan arsip";
        /// Handed to the archives institution for ever.
        Serah => "serah", "Penyerahan arsip statis";
    }
}

praja_kernel::words! {
    /// How far a list is.
    pub enum Status ("status penyusutan") {
        /// Files are still chosen.
        Disusun => "disusun", "Sedang disusun";
        /// The panel has judged each file.
        Dinilai => "dinilai", "Sudah dinilai";
        /// Approved.
        Disetujui => "disetujui", "Sudah disetujui";
        /// Decided by decree.
        Ditetapkan => "ditetapkan", "Sudah ditetapkan";
        /// Done, by berita acara.
        Selesai => "selesai", "Selesai";
        /// Given up.
        Batal => "batal", "Dibatalkan";
    }
}

praja_kernel::words! {
    /// What is noted about a list.
    pub enum Langkah ("langkah penyusutan") {
        /// The panel has judged.
        Nilai => "nilai", "Catat penilaian panitia";
        /// The approval has come.
        Setujui => "setujui", "Catat persetujuan";
        /// It was decided.
        Tetapkan => "tetapkan", "Catat penetapan";
        /// It was done, and the berita acara is signed.
        BeritaAcara => "berita-acara", "Catat berita acara";
        /// It is given up.
        Batalkan => "batalkan", "Batalkan daftar ini";
    }
}

praja_kernel::words! {
    /// What the panel decided about a file that was proposed for destruction.
    pub enum Keputusan ("keputusan panitia") {
        /// It may go.
        Musnah => "musnah", "Dimusnahkan";
        /// It is kept for ever.
        Permanen => "permanen", "Menjadi arsip statis";
        /// It stays where it is.
        Tetap => "tetap", "Tetap disimpan";
    }
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Susut {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) jenis: Jenis,
    pub(crate) nomor: i64,
    pub(crate) persetujuan: Option<Persetujuan>,
    pub(crate) status: Status,
    pub(crate) jumlah: i64,
    pub(crate) oleh_nama: String,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

/// A file of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) urut: i64,
    pub(crate) berkas: Berkas,
    pub(crate) keputusan: Option<Keputusan>,
    pub(crate) alasan: Option<String>,
    pub(crate) terhapus_pada: Option<Moment>,
}

impl Baris {
    /// What happens to it when nobody says otherwise: the schedule's word. A file that is to be judged has none.
    pub(crate) fn decided(&self) -> Option<Keputusan> {
        self.keputusan.or((self.berkas.masa.nasib == Nasib::Musnah).then_some(Keputusan::Musnah))
    }
}

impl Susut {
    /// The step that comes next, besides giving it up.
    pub(crate) fn next(&self) -> Option<Langkah> {
        [Langkah::Nilai, Langkah::Setujui, Langkah::Tetapkan, Langkah::BeritaAcara]
            .into_iter()
            .find(|step| go(self.jenis, self.status, *step).is_ok())
    }

    /// May files still be put in and taken out?
    pub(crate) fn is_open(&self) -> bool {
        self.status == Status::Disusun
    }

    /// May this file stand in this list? It is past its time, and its fate is this.
    ///
    /// # Errors
    /// [`Refusal::NotFit`].
    pub(crate) fn fits(&self, berkas: &Berkas, today: Date) -> Result<(), Refusal> {
        let no = |why: &str| Err(Refusal::NotFit { nama: berkas.nama.clone(), sebab: why.to_owned() });
        if berkas.opd != self.opd {
            return no("milik OPD lain");
        }
        if berkas.susut.is_some_and(|other| other != self.id) {
            return no("sudah ada dalam daftar lain yang belum selesai");
        }
        let (tahap, fates) = fate(self.jenis);
        if berkas.tahap != tahap {
            return no("berada pada tahap lain");
        }
        if !berkas.is_due(today) {
            return no("masa simpannya belum berakhir");
        }
        if !fates.contains(&berkas.masa.nasib) {
            return no("nasib akhirnya lain");
        }
        if self.persetujuan.is_some_and(|whose| whose != berkas.masa.persetujuan()) {
            return no("pemusnahannya memerlukan persetujuan pejabat lain");
        }
        Ok(())
    }
}

/// From which stage a kind takes files, and with which fates.
pub(crate) fn fate(jenis: Jenis) -> (Tahap, &'static [Nasib]) {
    match jenis {
        Jenis::Pindah => (Tahap::Aktif, &[Nasib::Musnah, Nasib::Permanen, Nasib::DinilaiKembali]),
        Jenis::Musnah => (Tahap::Inaktif, &[Nasib::Musnah, Nasib::DinilaiKembali]),
        Jenis::Serah => (Tahap::Inaktif, &[Nasib::Permanen]),
    }
}

/// Where a step leads. A destruction is judged by a panel, approved, decided, and only then done; each by a paper of its own.
///
/// # Errors
/// [`Refusal::NotNow`].
pub(crate) fn go(jenis: Jenis, status: Status, langkah: Langkah) -> Result<Status, Refusal> {
    match (jenis, status, langkah) {
        (Jenis::Musnah, Status::Disusun, Langkah::Nilai) => Ok(Status::Dinilai),
        (Jenis::Musnah, Status::Dinilai, Langkah::Setujui) | (Jenis::Serah, Status::Disusun, Langkah::Setujui) => {
            Ok(Status::Disetujui)
        }
        (Jenis::Musnah, Status::Disetujui, Langkah::Tetapkan) => Ok(Status::Ditetapkan),
        (Jenis::Pindah, Status::Disusun, Langkah::BeritaAcara)
        | (Jenis::Musnah, Status::Ditetapkan, Langkah::BeritaAcara)
        | (Jenis::Serah, Status::Disetujui, Langkah::BeritaAcara) => Ok(Status::Selesai),
        (_, Status::Selesai | Status::Batal, _) => Err(Refusal::NotNow { langkah, status }),
        (_, _, Langkah::Batalkan) => Ok(Status::Batal),
        _ => Err(Refusal::NotNow { langkah, status }),
    }
}
