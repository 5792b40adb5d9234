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
