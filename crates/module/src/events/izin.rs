//! What licensing tells: issued, acted upon, refused, late. Whoever listens (the archive, the command centre) learns number, service, office
//! and days, and nothing of the applicant: no name, NIK, telephone or address.

use praja_kernel::{Date, Id};
use praja_store::Event;
use serde::{Deserialize, Serialize};

/// A paper that goes with what happened: an attachment of its owner, which others open where their own rules let them. Nothing is copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BerkasIzin {
    /// What it is attached to, `<table>:<id>`.
    pub objek: String,
    /// The attachment.
    pub lampiran: Id,
    /// SHA-256 of the file, in hexadecimal.
    pub sidik: String,
    /// Its classification in the archive.
    pub klasifikasi: String,
}

/// A licence, or another document of a service, was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IzinTerbit {
    /// The licence.
    pub izin: Id,
    /// The application it answers; none for one that was taken over from elsewhere.
    pub permohonan: Option<Id>,
    /// Its number.
    pub nomor: String,
    /// The permanent code of its service.
    pub jenis: String,
    /// The name of its service.
    pub layanan: String,
    /// The OPD that issued it.
    pub opd: Id,
    /// When it was filed.
    pub diajukan: Option<Date>,
    /// The last day on which it should have been decided.
    pub tenggat: Option<Date>,
    /// When it was signed.
    pub tanggal: Date,
    /// Its last day; none where it has no end.
    pub berlaku_sampai: Option<Date>,
    /// The signed document.
    pub berkas: Option<BerkasIzin>,
}

impl Event for IzinTerbit {
    const KIND: &'static str = "perizinan.izin-terbit";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("perizinan_izin:{}", self.izin)
    }
}

/// Its head acted upon a licence: warned, held up, let go or took back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IzinDitindak {
    /// The licence.
    pub izin: Id,
    /// Its number.
    pub nomor: String,
    /// The name of its service.
    pub layanan: String,
    /// The OPD that issued it.
    pub opd: Id,
    /// What was done, in words: "Bekukan".
    pub tindakan: String,
    /// When.
    pub tanggal: Date,
    /// The minutes of the hearing.
    pub berkas: Vec<BerkasIzin>,
}

impl Event for IzinDitindak {
    const KIND: &'static str = "perizinan.izin-ditindak";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("perizinan_izin:{}", self.izin)
    }
}

/// An application was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IzinDitolak {
    /// The application.
    pub permohonan: Id,
    /// Its registration number.
    pub nomor: String,
    /// The permanent code of its service.
    pub jenis: String,
    /// The name of its service.
    pub layanan: String,
    /// The OPD that refused it.
    pub opd: Id,
    /// When it was filed.
    pub diajukan: Option<Date>,
    /// When it was refused.
    pub tanggal: Date,
    /// The code of the reason.
    pub alasan: String,
    /// The letter, where one was made.
    pub berkas: Option<BerkasIzin>,
}

impl Event for IzinDitolak {
    const KIND: &'static str = "perizinan.izin-ditolak";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("perizinan_permohonan:{}", self.permohonan)
    }
}

/// An application is past its due date and not decided. Told once for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IzinTerlambat {
    /// The application.
    pub permohonan: Id,
    /// Its registration number.
    pub nomor: String,
    /// The permanent code of its service.
    pub jenis: String,
    /// The name of its service.
    pub layanan: String,
    /// The OPD that is to decide.
    pub opd: Id,
    /// When it should have been decided.
    pub tenggat: Date,
    /// Where it lay when it became late.
    pub meja: String,
    /// When that was noticed.
    pub tanggal: Date,
}

impl Event for IzinTerlambat {
    const KIND: &'static str = "perizinan.izin-terlambat";
    const VERSION: i64 = 1;

    fn object(&self) -> String {
        format!("perizinan_permohonan:{}", self.permohonan)
    }
}
