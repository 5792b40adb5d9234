//! The rules of a surat masuk: pure functions. What they need to know is passed in.
//!
//! States and duties: `README.md` of this module; Peraturan ANRI 5/2021 (tata naskah dinas) and the regency's own Perbup.

pub(crate) mod alur;
pub(crate) mod api;
mod draft;
pub(crate) mod pages;
pub(crate) mod recount;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod write;

use praja_kernel::{Date, Derajat, Id, Moment, Sifat, Tenggat};
use serde::{Deserialize, Serialize};

pub(crate) use draft::{Draft, Known, register};
pub(crate) use refusal::Refusal;

/// What stands in place of the subject of a letter that the reader may not open.
pub(crate) const RAHASIA: &str = "[RAHASIA]";

praja_kernel::words! {
    /// How far a letter has come.
    pub enum Status ("keadaan surat masuk") {
        /// At the counter; no number yet.
        Diterima => "diterima", "Diterima";
        /// In the agenda book.
        Tercatat => "tercatat", "Tercatat";
        /// At least one page of it can be read on screen.
        Dipindai => "dipindai", "Dipindai";
        /// On the desk of an official or a unit.
        Diarahkan => "diarahkan", "Diarahkan";
        /// Given to somebody to act on.
        Didisposisi => "didisposisi", "Didisposisi";
        /// Being acted on.
        Ditindaklanjuti => "ditindaklanjuti", "Ditindaklanjuti";
        /// Everybody who had to act has reported.
        Selesai => "selesai", "Selesai";
        /// In a file (berkas) with a classification.
        Diberkaskan => "diberkaskan", "Diberkaskan";
        /// In the active archive of its unit.
        Aktif => "aktif", "Arsip aktif";
        /// Moved to the records unit.
        Inaktif => "inaktif", "Arsip inaktif";
        /// Lawfully destroyed; its entry stays.
        Musnah => "musnah", "Dimusnahkan";
        /// Handed to the archives for ever.
        Permanen => "permanen", "Arsip permanen";
        /// Not for this office.
        SalahAlamat => "salah_alamat", "Salah alamat";
        /// Sent on to the right office with a covering letter.
        Diteruskan => "diteruskan", "Diteruskan";
        /// Given back to its sender.
        Dikembalikan => "dikembalikan", "Dikembalikan";
        /// Was registered before.
        Duplikat => "duplikat", "Duplikat";
    }
}

impl Status {
    /// Does the deadline still run?
    pub(crate) const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Diterima | Self::Tercatat | Self::Dipindai | Self::Diarahkan | Self::Didisposisi | Self::Ditindaklanjuti
        )
    }
}

/// What is known about a letter from its paper and its envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Isi {
    /// Who sent it.
    pub(crate) asal: String,
    /// The sender in the regency's directory of agencies.
    pub(crate) instansi: Option<Id>,
    /// The sender's number; some letters have none.
    pub(crate) nomor_surat: Option<String>,
    /// Date on the letter.
    pub(crate) tanggal_surat: Date,
    /// Day on which it came; decides the year of the agenda.
    pub(crate) tanggal_terima: Date,
    /// Subject; may be empty for Rahasia and above.
    pub(crate) hal: String,
    /// What it says, in a few sentences.
    pub(crate) ringkasan: Option<String>,
    /// Archive classification (Permendagri 83/2022).
    pub(crate) klasifikasi: Option<String>,
    /// Security class.
    pub(crate) sifat: Sifat,
    /// Urgency.
    pub(crate) derajat: Derajat,
    /// Whom it is addressed to, as written.
    pub(crate) tujuan: Option<String>,
    /// Number of attachments named on the letter.
    pub(crate) jumlah_lampiran: i64,
    /// Where the paper lies.
    pub(crate) lokasi: Option<String>,
}

/// A letter ready to get its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    /// What the paper says.
    pub(crate) isi: Isi,
    /// Until when it must be handled.
    pub(crate) tenggat: Tenggat,
}

impl Baru {
    /// The year of the agenda book: that of receipt, so that a letter of 31 December entered on 2 January stays in the old book.
    pub(crate) fn tahun(&self) -> i64 {
        i64::from(self.isi.tanggal_terima.year())
    }
}

/// A registered letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SuratMasuk {
    /// Identity.
    pub(crate) id: Id,
    /// The OPD that received it.
    pub(crate) opd: Id,
    /// Year of the agenda.
    pub(crate) tahun: i64,
    /// Number in the agenda of that OPD and year.
    pub(crate) agenda: i64,
    /// What the paper says; subject and summary of a secret letter are left out unless it was opened.
    pub(crate) isi: Isi,
    /// How far it is.
    pub(crate) status: Status,
    /// Until when it must be handled.
    pub(crate) tenggat: Moment,
    /// The deadline may still move.
    pub(crate) tenggat_sementara: bool,
    /// Which desk holds it, as shown.
    pub(crate) pemegang: String,
    /// Since when.
    pub(crate) pemegang_sejak: Moment,
    /// When it was registered.
    pub(crate) created_at: Moment,
    /// The post that registered it; unknown for letters of the first release.
    pub(crate) pencatat: Option<Id>,
    /// The post it was directed to.
    pub(crate) penerima: Option<Id>,
    /// To whom the last order went, as the agenda book shows it.
    pub(crate) disposisi_terakhir: String,
    /// When the first order was given.
    pub(crate) disposisi_pada: Option<Moment>,
    /// When it was finished.
    pub(crate) selesai_pada: Option<Moment>,
    /// Why it was closed by hand, sent away, or marked as registered twice.
    pub(crate) penutup: Option<String>,
    /// Guards against two people saving at once.
    pub(crate) versi: i64,
}

impl SuratMasuk {
    /// Has the deadline passed?
    pub(crate) fn is_late(&self, now: Moment) -> bool {
        self.status.is_open() && self.tenggat < now
    }

    /// The letter as an order of a higher class speaks of it outside: in tasks and notices. Never saved.
    pub(crate) fn raised(&self, sifat: Sifat) -> Self {
        let mut raised = self.clone();
        raised.isi.sifat = raised.isi.sifat.max(sifat);
        raised
    }

    /// Takes away what only the addressed official may read.
    pub(crate) fn masked(mut self) -> Self {
        if self.isi.sifat.is_secret() {
            RAHASIA.clone_into(&mut self.isi.hal);
            self.isi.ringkasan = None;
        }
        self
    }
}

/// An agenda number as people write it: `12/2026`.
pub(crate) fn nomor_agenda(agenda: i64, tahun: i64) -> String {
    format!("{agenda}/{tahun}")
}

/// The state after registration: a scan that came along makes it Dipindai at once.
///
/// # Errors
/// [`Refusal::ScanOfTopSecret`] when a scan came with a Sangat rahasia letter.
pub(crate) fn first_status(sifat: Sifat, scans: usize) -> Result<Status, Refusal> {
    match (sifat.stores_scan(), scans) {
        (_, 0) => Ok(Status::Tercatat),
        (true, _) => Ok(Status::Dipindai),
        (false, _) => Err(Refusal::ScanOfTopSecret),
    }
}

/// Adds a scan to a letter that is still being worked on.
///
/// # Errors
/// [`Refusal::ScanOfTopSecret`], or [`Refusal::Closed`] when the letter is finished or was sent away.
pub(crate) fn add_scan(surat: SuratMasuk) -> Result<SuratMasuk, Refusal> {
    if !surat.isi.sifat.stores_scan() {
        return Err(Refusal::ScanOfTopSecret);
    }
    match surat.status {
        Status::Diterima | Status::Tercatat => Ok(SuratMasuk { status: Status::Dipindai, ..surat }),
        Status::Dipindai | Status::Diarahkan | Status::Didisposisi | Status::Ditindaklanjuti => Ok(surat),
        Status::Selesai
        | Status::Diberkaskan
        | Status::Aktif
        | Status::Inaktif
        | Status::Musnah
        | Status::Permanen
        | Status::SalahAlamat
        | Status::Diteruskan
        | Status::Dikembalikan
        | Status::Duplikat => Err(Refusal::Closed(surat.status.label())),
    }
}

/// The posts by which a letter that is not for everybody is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Desks {
    /// The post that registers it.
    pub(crate) tata_usaha: Id,
    /// The post that leads the OPD, to which mail is addressed; unknown in an OPD without a list of posts.
    pub(crate) pimpinan: Option<Id>,
}

/// The subjects who may see that a letter is there. Biasa: everybody of the OPD who reads its mail. Otherwise the registry and
/// the leader alone; of a secret letter the registry sees number, date and sender, never its subject.
pub(crate) fn readers(opd: Id, sifat: Sifat, desks: Desks) -> Vec<String> {
    match sifat {
        Sifat::Biasa => vec![format!("opd:{opd}")],
        Sifat::Terbatas | Sifat::Rahasia | Sifat::SangatRahasia => {
            let mut posts = vec![desks.tata_usaha];
            posts.extend(desks.pimpinan.filter(|pimpinan| *pimpinan != desks.tata_usaha));
            posts.into_iter().map(|post| format!("jabatan:{post}")).collect()
        }
    }
}

/// The subjects who may open the scan: those who see the letter, but of a secret one only the leader it is addressed to.
pub(crate) fn openers(opd: Id, sifat: Sifat, desks: Desks) -> Vec<String> {
    if sifat.is_secret() {
        desks.pimpinan.iter().map(|post| format!("jabatan:{post}")).collect()
    } else {
        readers(opd, sifat, desks)
    }
}
