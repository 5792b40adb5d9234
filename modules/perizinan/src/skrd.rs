//! Bills for retribusi (SKRD): what is owed, by which code it is paid, until when, and what is added when it is late. Pure rules.
//!
//! UU 1/2022: a fee needs a Perda, so a service without one never makes a bill. A bill is paid by a matched credit of the bank or by an STS that
//! two people confirm; there is no other way, and no cash.

pub(crate) mod demo;
mod denda;
mod kode;
mod qris;
mod refusal;
mod tarif;

pub(crate) mod pages;
pub(crate) mod sambung;
pub(crate) mod store;
pub(crate) mod write;

#[cfg(test)]
mod tests;

pub(crate) use denda::{Aturan, Denda};
pub(crate) use kode::KodeBayar;
use praja_kernel::{Date, Id, Moment, Rupiah, words};
pub(crate) use qris::{QrisError, check as check_qris};
pub(crate) use refusal::Refusal;
use serde::{Deserialize, Serialize};
pub(crate) use tarif::{Tarif, TarifError, compute};

words! {
    /// What became of a bill.
    pub(crate) enum Status ("keadaan SKRD") {
        /// It is to be paid.
        Terbit => "terbit", "Menunggu pembayaran";
        /// Paid.
        Lunas => "lunas", "Lunas";
        /// Not owed any more: the application ended, or the bill was wrong.
        Batal => "batal", "Dibatalkan";
    }
}

/// One line of what is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Komponen {
    /// Its name.
    pub(crate) nama: String,
    /// Whole rupiah.
    pub(crate) jumlah: Rupiah,
}

/// A bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skrd {
    pub(crate) id: Id,
    pub(crate) permohonan: Id,
    pub(crate) permohonan_nomor: String,
    pub(crate) opd: Id,
    pub(crate) nomor: String,
    pub(crate) kode: KodeBayar,
    pub(crate) tanggal: Date,
    pub(crate) jatuh_tempo: Date,
    pub(crate) nama: String,
    pub(crate) nik: String,
    pub(crate) npwp: String,
    pub(crate) alamat: String,
    pub(crate) layanan: String,
    pub(crate) dasar: String,
    pub(crate) komponen: Vec<Komponen>,
    pub(crate) jumlah: Rupiah,
    pub(crate) bunga_persen_e2: i64,
    pub(crate) bunga_bulan_maks: i64,
    pub(crate) qris: String,
    pub(crate) status: Status,
    pub(crate) lunas_tanggal: Option<Date>,
    pub(crate) alasan_batal: String,
    pub(crate) oleh_nama: String,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

impl Skrd {
    /// What is added when it is paid on this day.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub(crate) fn late(&self, dibayar: Date) -> Result<Denda, Refusal> {
        denda::late(self.jumlah, self.jatuh_tempo, dibayar, self.bunga_persen_e2, self.bunga_bulan_maks)
    }

    /// What is to be paid on this day, late interest included.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`].
    pub(crate) fn owed(&self, dibayar: Date) -> Result<Rupiah, Refusal> {
        self.jumlah.checked_add(self.late(dibayar)?.jumlah).map_err(|_| Refusal::TooLarge)
    }

    /// Is it open and past its day?
    pub(crate) fn is_late(&self, today: Date) -> bool {
        self.status == Status::Terbit && today > self.jatuh_tempo
    }
}
