//! The rules of a naskah dinas that this regency writes: a letter that goes out, or a paper that stays inside. Pure functions.
//!
//! States and duties: `README.md` of this module; Peraturan ANRI 5/2021, Permendagri 1/2023 and the regency's own tata naskah dinas.

pub(crate) mod alur;
pub(crate) mod api;
mod blok;
pub(crate) mod cetakan;
mod draft;
pub(crate) mod giliran;
pub(crate) mod isi;
pub(crate) mod jenis;
pub(crate) mod letak;
pub(crate) mod pages;
mod pasal;
pub(crate) mod rantai;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;
pub(crate) mod tte;
pub(crate) mod tujuan;
pub(crate) mod wewenang;
pub(crate) mod write;

use std::collections::BTreeMap;

use praja_kernel::{Date, Derajat, Id, Moment, Sifat};

pub(crate) use draft::{Draft, Known, read};
pub(crate) use refusal::Refusal;
use wewenang::Wewenang;

praja_kernel::words! {
    /// How far a naskah has come.
    pub enum Status ("keadaan naskah") {
        /// Being written.
        Konsep => "konsep", "Konsep";
        /// With those who initial it, in turn.
        Paraf => "paraf", "Menunggu paraf";
        /// Sent back to its writer with notes.
        Dikoreksi => "dikoreksi", "Dikoreksi";
        /// Everybody has initialled; waits for its signer.
        SiapTte => "siap_tte", "Siap ditandatangani";
        /// Has its number and date, which it keeps until it is signed.
        Menandatangani => "menandatangani", "Bernomor, belum ditandatangani";
        /// Signed; from now on nothing in it changes.
        Tertandatangani => "tertandatangani", "Ditandatangani";
        /// On its way to everybody it is addressed to.
        Dikirim => "dikirim", "Dikirim";
        /// In a file (berkas).
        Diberkaskan => "diberkaskan", "Diberkaskan";
        /// Its signer refused it for good.
        Ditolak => "ditolak", "Ditolak";
        /// Withdrawn after signing; the verification page says so.
        Dicabut => "dicabut", "Dicabut";
    }
}

impl Status {
    /// May its words still be changed, by its writer?
    pub(crate) const fn is_draft(self) -> bool {
        matches!(self, Self::Konsep | Self::Dikoreksi)
    }
}

/// What a naskah says and to whom: everything its writer decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    /// "Hal" of a letter, "tentang" of a decision.
    pub(crate) hal: String,
    pub(crate) ringkasan: Option<String>,
    /// Archive classification (Permendagri 83/2022).
    pub(crate) klasifikasi: Option<String>,
    pub(crate) sifat: Sifat,
    pub(crate) derajat: Derajat,
    /// As it stands on the naskah: "-", "1 berkas".
    pub(crate) lampiran: String,
    /// The post that signs.
    pub(crate) penandatangan: Id,
    pub(crate) wewenang: Wewenang,
    /// The document by which the power to sign was handed on; asked for with a.n. and u.b.
    pub(crate) delegasi: Option<String>,
    /// The fields of its kind, by name.
    pub(crate) bidang: BTreeMap<String, String>,
    /// Whom it is addressed to, one per line as typed.
    pub(crate) kepada: Vec<String>,
    /// Who gets a copy, one per line as typed.
    pub(crate) tembusan: Vec<String>,
    /// The letter it answers.
    pub(crate) rujukan: Option<String>,
}

/// A naskah.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Naskah {
    pub(crate) id: Id,
    /// The OPD that issues it: that of its signer's post.
    pub(crate) opd: Id,
    /// Kind, as desk's `JenisNaskah::kode`.
    pub(crate) jenis: String,
    pub(crate) status: Status,
    pub(crate) isi: Isi,
    /// The post that writes it, with name and holder at the time.
    pub(crate) pembuat: Id,
    pub(crate) pembuat_jabatan: String,
    pub(crate) pembuat_nama: String,
    /// Which version of the words this is, from 1.
    pub(crate) versi_isi: i64,
    /// The letter that is answered, when it is one of this box.
    pub(crate) surat_masuk: Option<Id>,
    /// Number and place in the register, once they are reserved.
    pub(crate) nomor: Option<Nomor>,
    /// Whose turn it is, as shown.
    pub(crate) pemegang: String,
    pub(crate) pemegang_sejak: Moment,
    /// The signer's post and name as they stand on the naskah; kept from the moment of numbering.
    pub(crate) penandatangan_jabatan: String,
    pub(crate) penandatangan_nama: String,
    pub(crate) ditandatangani_pada: Option<Moment>,
    pub(crate) dikirim_pada: Option<Moment>,
    /// Of one that is uploaded as PDF: where number, date and signature stand on it.
    pub(crate) letak: Option<Vec<letak::Letak>>,
    /// The attachment that is the signed naskah itself.
    pub(crate) berkas: Option<Id>,
    /// Token of its verification page.
    pub(crate) token: Option<String>,
    /// Why it was refused or withdrawn.
    pub(crate) penutup: Option<String>,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

/// The number of a naskah and where it stands in its register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nomor {
    pub(crate) tanggal: Date,
    pub(crate) teks: String,
    pub(crate) urut: i64,
}

/// A version of the words, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Versi {
    pub(crate) versi: i64,
    pub(crate) hal: String,
    pub(crate) bidang: BTreeMap<String, String>,
    pub(crate) oleh_nama: String,
    pub(crate) oleh_jabatan: String,
    pub(crate) pada: Moment,
}
