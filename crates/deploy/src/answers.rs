//! What an installation is told: whole answers, the part of them that somebody wrote, and what is wrong in it.

mod given;
mod parts;

use std::{fmt, net::SocketAddr};

use praja_kernel::Date;
use serde::{Deserialize, Serialize};

use crate::Profil;

pub use given::{Asked, Given, WrongAnswer, answers_schema, check_url, read_given};
pub use parts::{Cadangan, NO_PLACE, TlsAnswer, YaTidak};

/// A regency: its code and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wilayah {
    /// Code of the region, as `19.06` (Kepmendagri 300.2.2-2138/2025).
    pub kode: String,
    /// Name, as `Kabupaten Belitung Timur`.
    pub nama: String,
}

/// Whether an installation serves real people; decided at birth and never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Jenis {
    /// For trying and training: every page and paper says LATIHAN.
    Contoh,
    /// For work.
    Asli,
}

/// Everything an installation has to be told. Saved as `config/jawaban.yaml`, so that an interrupted installation goes on with
/// the same answers and a second server can be given them. What people may write themselves is a [`Given`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// Whose installation this is.
    pub wilayah: Wilayah,
    /// Real or for trying.
    pub jenis: Jenis,
    /// Size.
    pub profil: Profil,
    /// Modules that are on.
    pub modul: Vec<String>,
    /// Where the first start listens; later changes go to `praja.local.yaml`.
    pub alamat: SocketAddr,
    /// The address people type.
    pub url_publik: String,
    /// Connection text of a PostgreSQL server; without it the embedded database is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis_data: Option<String>,
    /// How lines are encrypted.
    #[serde(default)]
    pub tls: TlsAnswer,
    /// The second place of backups.
    #[serde(default)]
    pub cadangan: Cadangan,
    /// The user of the system that the service runs as.
    #[serde(default = "usual_user")]
    pub pengguna: String,
    /// Open the port in the machine's firewall?
    #[serde(default)]
    pub firewall: YaTidak,
    /// How much demo data: 1 is a quiet month of one office.
    #[serde(default = "one")]
    pub skala: u32,
    /// The day the demo data is built around: the day of the first start of a trial.
    #[serde(default, with = "day", skip_serializing_if = "Option::is_none")]
    pub jangkar: Option<Date>,
}

impl Answers {
    /// Answers with everything that is usually left alone as usual.
    pub fn new(wilayah: Wilayah, jenis: Jenis, profil: Profil, alamat: SocketAddr, url_publik: impl Into<String>) -> Self {
        Self {
            wilayah,
            jenis,
            profil,
            modul: Vec::new(),
            alamat,
            url_publik: url_publik.into(),
            basis_data: None,
            tls: TlsAnswer::default(),
            cadangan: Cadangan::default(),
            pengguna: usual_user(),
            firewall: YaTidak::default(),
            skala: 1,
            jangkar: None,
        }
    }
}

impl fmt::Display for Wilayah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.nama, self.kode)
    }
}

impl Jenis {
    /// The word in settings: contoh or asli.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contoh => "contoh",
            Self::Asli => "asli",
        }
    }
}

impl fmt::Display for Jenis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

pub(crate) fn usual_user() -> String {
    "praja".to_owned()
}

const fn one() -> u32 {
    1
}

/// A date as `2026-11-22`.
pub(crate) mod day {
    use praja_kernel::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.collect_str(date),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| D::Error::custom("tanggal ditulis seperti 2026-11-22"))
    }
}
