//! What modules tell each other afterwards: versioned structs, saved with what happened and delivered at least once.

mod izin;

use praja_kernel::{Date, Id, Moment};
use praja_store::Event;
use serde::{Deserialize, Serialize};

pub use izin::{BerkasIzin, IzinDitindak, IzinDitolak, IzinTerbit, IzinTerlambat};

/// Who holds a jabatan changed: the inbox and open tasks go to the successor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PenugasanChanged {
    /// The jabatan.
    pub jabatan: Id,
    /// Who held it.
    pub dari: Option<Id>,
    /// Who holds it now.
    pub kepada: Option<Id>,
    /// From when.
    pub mulai: Date,
}

impl Event for PenugasanChanged {
    const KIND: &'static str = "identity.penugasan-changed";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("identity_jabatan:{}", self.jabatan)
    }
}

/// An incoming letter was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuratMasukTercatat {
    /// The letter.
    pub surat: Id,
    /// The OPD that received it.
    pub opd: Id,
    /// Its agenda number.
    pub agenda: i64,
    /// Year of the agenda.
    pub tahun: i64,
}

impl Event for SuratMasukTercatat {
    const KIND: &'static str = "eoffice.surat-masuk-tercatat";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("eoffice_surat_masuk:{}", self.surat)
    }
}

/// The working calendar of a year changed: dates counted in working days are counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KalenderBerubah {
    /// Names this one change.
    pub id: String,
    /// The year.
    pub tahun: i16,
    /// What happened, one sentence for whoever is told: "Kalender 2027 ditetapkan dengan SKB 3 Menteri 1497/2026."
    pub sebab: String,
    /// Weekdays that were working days before and are off now.
    pub menjadi_libur: Vec<Date>,
    /// Weekdays that were off before and are working days now.
    pub menjadi_kerja: Vec<Date>,
}

impl Event for KalenderBerubah {
    const KIND: &'static str = "desk.kalender-berubah";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("desk_kalender:{}", self.tahun)
    }
}

/// A complaint about something of a module was filed, or came to another state. Nothing of who complained or of the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PengaduanBerubah {
    /// The complaint.
    pub id: Id,
    /// Its number.
    pub nomor: String,
    /// What it is about, `<table>:<id>`.
    pub objek: String,
    /// What is asked.
    pub jenis: String,
    /// Its state after it.
    pub status: String,
    /// Until when it is to be answered.
    pub tenggat: Date,
    /// When it came.
    pub dibuat: Moment,
    /// When it was answered.
    pub dijawab: Option<Moment>,
}

impl Event for PengaduanBerubah {
    const KIND: &'static str = "desk.pengaduan-berubah";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("desk_pengaduan:{}", self.id)
    }
}

/// What other programs of the regency may be told of, with what it means.
pub const KABAR: &[(&str, &str)] = &[
    (SURAT_TERCATAT, "Surat masuk dicatat"),
    (SURAT_DIDISPOSISI, "Surat masuk didisposisi"),
    (SURAT_SELESAI, "Surat masuk selesai"),
    (NASKAH_DITANDATANGANI, "Naskah ditandatangani"),
    (NASKAH_DIKIRIM, "Naskah dikirim"),
    (PERMOHONAN_BERUBAH, "Permohonan izin berubah keadaan"),
];
/// A letter that came in has its number.
pub const SURAT_TERCATAT: &str = "surat-masuk.tercatat";
/// Somebody was ordered to act on it.
pub const SURAT_DIDISPOSISI: &str = "surat-masuk.didisposisi";
/// Everybody has acted.
pub const SURAT_SELESAI: &str = "surat-masuk.selesai";
/// A naskah was signed.
pub const NASKAH_DITANDATANGANI: &str = "naskah-keluar.ditandatangani";
/// A naskah went to everybody it is addressed to.
pub const NASKAH_DIKIRIM: &str = "naskah-keluar.dikirim";

/// An application for a licence came to another state.
pub const PERMOHONAN_BERUBAH: &str = "permohonan-izin.berubah";

/// Something happened of which other programs of the regency may be told: a number and a state, and nothing of what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KabarAplikasi {
    /// One of [`KABAR`].
    pub jenis: String,
    /// The OPD it belongs to.
    pub opd: Id,
    /// The thing.
    pub id: Id,
    /// Its number, as people write it; empty where it has none.
    pub nomor: String,
    /// Its state after it.
    pub status: String,
    /// The operation that tells more, without the host.
    pub alamat: String,
}

impl Event for KabarAplikasi {
    const KIND: &'static str = "aplikasi.kabar";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("aplikasi:{}", self.id)
    }
}
