//! What a row of the chain says: the facts about an application or a complaint that the inspectorate reads, without anything by which a
//! citizen is found. Pure.

use praja_store::AuditRow;
use serde::{Deserialize, Serialize};

use super::{EKSPOR, KEADAAN, LANGKAH, PENGADUAN};

/// The field of a row that leaves the house with it. Everything else stays behind as its commitment.
pub(crate) const FAKTA: &str = "fakta";

const fn is_none(number: &i64) -> bool {
    *number == 0
}

/// An application as it is after a step. Every row holds all of it, so that the last one tells where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Keadaan {
    /// Registration number.
    pub(crate) nomor: String,
    /// Code and name of the service.
    pub(crate) kode: String,
    pub(crate) layanan: String,
    pub(crate) permintaan: String,
    pub(crate) asal: String,
    /// The technical OPD.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) teknis: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) kuasa: bool,
    /// First six and last four digits.
    pub(crate) nik: String,
    /// Milliseconds UTC.
    pub(crate) diajukan: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) hari_ajukan: String,
    /// The step; empty where only the facts changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) langkah: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) dari: String,
    pub(crate) ke: String,
    /// The desk that acted, and the one that has it now.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) oleh_meja: String,
    pub(crate) meja: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) sebab: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) lompat: String,
    pub(crate) sla: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) mulai: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) tenggat: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) sementara: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) selesai: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hari_pakai: Option<i64>,
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) dikembalikan: i64,
    #[serde(skip_serializing_if = "is_none")]
    pub(crate) biaya: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) kode_tolak: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) dasar_tolak: String,
}

/// A complaint about an application as it is after an act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Aduan {
    pub(crate) nomor: String,
    /// The application.
    pub(crate) permohonan: String,
    pub(crate) jenis: String,
    pub(crate) status: String,
    /// Milliseconds UTC.
    pub(crate) masuk: i64,
    pub(crate) tenggat: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dijawab: Option<i64>,
}

/// The act of handing out: the last row of every export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Ekspor {
    /// First and last day on which an application was filed.
    pub(crate) dari: String,
    pub(crate) sampai: String,
    pub(crate) tujuan: String,
    /// In which zone days and hours are written.
    pub(crate) zona: String,
    /// Invented data.
    pub(crate) latihan: bool,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Isi {
    Keadaan(Box<Keadaan>),
    Aduan(Aduan),
    Ekspor(Ekspor),
}

/// Reads a row. Its facts are never personal, so that nobody may keep them back.
///
/// # Errors
/// In the reader's words.
pub(crate) fn read(row: &AuditRow) -> Result<Isi, String> {
    let kept = row.nilai.iter().find(|value| value.bidang == FAKTA);
    let text = &kept.ok_or("fakta baris ini dihilangkan")?.nilai;
    let wrong = |_| "fakta baris ini tidak terbaca; mungkin ekspor ini dibuat Praja yang lebih baru".to_owned();
    match row.tindakan.as_str() {
        LANGKAH | KEADAAN => serde_json::from_str(text).map(|one| Isi::Keadaan(Box::new(one))).map_err(wrong),
        PENGADUAN => serde_json::from_str(text).map(Isi::Aduan).map_err(wrong),
        EKSPOR => serde_json::from_str(text).map(Isi::Ekspor).map_err(wrong),
        other => Err(format!("tindakan \"{other}\" tidak dikenal dalam rantai ini")),
    }
}
