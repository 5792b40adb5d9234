use std::{fmt, net::SocketAddr};

use praja_kernel::Date;
use serde::{Deserialize, Serialize};

use crate::Profil;

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
/// the same answers and a second server can be given them.
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
    /// How much demo data: 1 is a quiet month of one office.
    pub skala: u32,
    /// The day the demo data is built around: the day of the first start.
    #[serde(with = "day")]
    pub jangkar: Date,
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

/// A date as `2026-11-22`.
mod day {
    use praja_kernel::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("tanggal ditulis seperti 2026-11-22"))
    }
}
