//! What modules tell each other afterwards: versioned structs, saved with what happened and delivered at least once.

use praja_kernel::{Date, Id};
use praja_store::Event;
use serde::{Deserialize, Serialize};

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
