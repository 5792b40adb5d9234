//! What lies in a file: a letter or a naskah, as the list of its contents names it.

use praja_kernel::{Date, Id, Moment, Sifat};

use super::Refusal;
use crate::{
    naskah::{self, Naskah},
    surat_masuk::{self, RAHASIA, SuratMasuk},
};

praja_kernel::words! {
    /// What it is.
    pub enum Jenis ("jenis isi berkas") {
        /// A letter that came in.
        Masuk => "masuk", "Surat masuk";
        /// A naskah of this house.
        Keluar => "keluar", "Naskah";
        /// A paper of another service, filed by itself; it stays with its owner.
        Izin => "izin", "Izin dan suratnya";
    }
}

impl Jenis {
    /// Where it is shown.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Self::Masuk => surat_masuk::pages::LIST,
            Self::Keluar => naskah::write::PAGE,
            Self::Izin => super::pages::LIST,
        }
    }
}

/// A line of the list of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) jenis: Jenis,
    /// The letter or naskah.
    pub(crate) surat: Id,
    pub(crate) nomor_surat: Option<String>,
    pub(crate) tanggal: Date,
    /// Its subject; of a secret one the mask that stands for it.
    pub(crate) uraian: String,
    /// Who sent it, or whom it went to.
    pub(crate) pihak: String,
    pub(crate) sifat: Sifat,
    /// What a paper of another service is attached to; empty for letters and naskah.
    pub(crate) objek: String,
}

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) nomor: i64,
    pub(crate) isi: Isi,
    pub(crate) oleh_nama: String,
    pub(crate) pada: Moment,
}

/// A letter or naskah that is to be filed.
#[derive(Debug, Clone)]
pub(crate) enum Dokumen {
    Masuk(Box<SuratMasuk>),
    Keluar(Box<Naskah>),
}

impl Dokumen {
    pub(crate) fn opd(&self) -> Id {
        match self {
            Self::Masuk(surat) => surat.opd,
            Self::Keluar(naskah) => naskah.opd,
        }
    }

    pub(crate) fn klasifikasi(&self) -> Option<&str> {
        match self {
            Self::Masuk(surat) => surat.isi.klasifikasi.as_deref(),
            Self::Keluar(naskah) => naskah.isi.klasifikasi.as_deref(),
        }
    }

    /// May it be filed now? It is finished, and lies in no file.
    ///
    /// # Errors
    /// [`Refusal::NotFileable`] with the reason.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let fits = match self {
            Self::Masuk(surat) => surat_masuk::alur::go(surat.status, surat_masuk::alur::Langkah::Berkaskan, surat.isi.sifat)
                .map(|_| ())
                .map_err(|e| e.to_string()),
            Self::Keluar(naskah) => {
                let sent = naskah.status != naskah::Status::Tertandatangani || naskah.isi.kepada.is_empty();
                let step = naskah::alur::go(naskah.status, naskah::alur::Langkah::Berkaskan, true)
                    .map(|_| ())
                    .map_err(|e| e.to_string());
                if sent { step } else { Err("Naskah ini bertujuan dan belum dikirim.".to_owned()) }
            }
        };
        fits.map_err(Refusal::NotFileable)
    }

    /// The line of the list of contents.
    pub(crate) fn isi(&self) -> Isi {
        match self {
            Self::Masuk(surat) => Isi {
                jenis: Jenis::Masuk,
                surat: surat.id,
                nomor_surat: surat.isi.nomor_surat.clone(),
                tanggal: surat.isi.tanggal_surat,
                uraian: masked(&surat.isi.hal, surat.isi.sifat),
                pihak: surat.isi.asal.clone(),
                sifat: surat.isi.sifat,
                objek: String::new(),
            },
            Self::Keluar(naskah) => Isi {
                jenis: Jenis::Keluar,
                surat: naskah.id,
                nomor_surat: naskah.nomor.as_ref().map(|nomor| nomor.teks.clone()),
                tanggal: naskah.nomor.as_ref().map_or(Date::ZERO, |nomor| nomor.tanggal),
                uraian: masked(&naskah.isi.hal, naskah.isi.sifat),
                pihak: if naskah.isi.sifat.is_secret() { String::new() } else { naskah.isi.kepada.join("; ") },
                sifat: naskah.isi.sifat,
                objek: String::new(),
            },
        }
    }
}

fn masked(hal: &str, sifat: Sifat) -> String {
    if sifat.is_secret() { RAHASIA.to_owned() } else { hal.to_owned() }
}
