use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::FrontServer;

/// How lines are encrypted, with what each way needs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "kebab-case", deny_unknown_fields)]
pub enum TlsAnswer {
    /// By an authority of the installation's own, which phones are taught to trust.
    Lokal,
    /// With a certificate that somebody keeps in files.
    Berkas {
        /// Certificate chain, PEM.
        sertifikat: PathBuf,
        /// Private key, PEM.
        kunci: PathBuf,
    },
    /// By a public authority, renewed without anybody's help.
    Acme {
        /// Where the authority can reach somebody.
        surel: String,
        /// Address of its directory; the usual one otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        direktori: Option<String>,
    },
    /// By a web server that already stands in front.
    Depan {
        /// Which one.
        server: FrontServer,
    },
    /// Not at all: for a laptop.
    #[default]
    Tanpa,
}

/// Said in the place of a folder: there is no second place yet. It is no path that would be taken.
pub const NO_PLACE: &str = "tidak";

/// The second place of backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cadangan {
    /// A folder on another disk, best on another machine; without it backups stay on this disk, and `praja doctor` says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tempat: Option<PathBuf>,
    /// When a backup is made each day, as `02:15` in the regency's time.
    pub jam: String,
    /// How many are kept.
    pub simpan: u32,
}

impl Default for Cadangan {
    fn default() -> Self {
        Self { tempat: None, jam: "02:15".to_owned(), simpan: 30 }
    }
}

/// A yes or no as people write it in a settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YaTidak {
    /// Yes.
    Ya,
    /// No.
    #[default]
    Tidak,
}

impl TlsAnswer {
    /// The word in settings and commands.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Lokal => "lokal",
            Self::Berkas { .. } => "berkas",
            Self::Acme { .. } => "acme",
            Self::Depan { .. } => "depan",
            Self::Tanpa => "tanpa",
        }
    }

    /// Does Praja itself speak TLS?
    pub const fn is_own(&self) -> bool {
        matches!(self, Self::Lokal | Self::Berkas { .. } | Self::Acme { .. })
    }
}

impl YaTidak {
    /// Was the answer yes?
    pub const fn is_yes(self) -> bool {
        matches!(self, Self::Ya)
    }
}

impl From<bool> for YaTidak {
    fn from(yes: bool) -> Self {
        if yes { Self::Ya } else { Self::Tidak }
    }
}
