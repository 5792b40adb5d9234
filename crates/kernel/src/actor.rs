use serde::{Deserialize, Serialize};

use crate::Id;

/// Who acts. The name is a snapshot: history keeps it when the person is renamed or moves on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "jenis", rename_all = "kebab-case")]
pub enum Actor {
    /// A civil servant or elected official with an account.
    Pegawai {
        /// Identity in `identity_orang`.
        id: Id,
        /// Name at the time of acting.
        nama: String,
    },
    /// A citizen, known by NIK.
    Warga {
        /// Identity of the citizen's account.
        id: Id,
        /// Name at the time of acting.
        nama: String,
    },
    /// A legal body (company, foundation, village-owned enterprise).
    Badan {
        /// Identity of the body's account.
        id: Id,
        /// Name at the time of acting.
        nama: String,
    },
    /// A program that calls the API with a token.
    Token {
        /// Identity of the token.
        id: Id,
        /// What the token was issued for.
        nama: String,
    },
    /// Praja itself: a job, the installer, an import.
    Sistem {
        /// The job that acts, as `module.verb`.
        tugas: String,
    },
}

impl Actor {
    /// The kind as stored: `pegawai`, `warga`, `badan`, `token` or `sistem`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pegawai { .. } => "pegawai",
            Self::Warga { .. } => "warga",
            Self::Badan { .. } => "badan",
            Self::Token { .. } => "token",
            Self::Sistem { .. } => "sistem",
        }
    }

    /// The task under which strangers write on public pages.
    pub const PUBLIK: &'static str = "publik";

    /// A key that names this actor and no other, as `pegawai:0198…` or `sistem:desk.remind`.
    pub fn key(&self) -> String {
        match self {
            Self::Pegawai { id, .. } | Self::Warga { id, .. } | Self::Badan { id, .. } | Self::Token { id, .. } => {
                format!("{}:{id}", self.kind())
            }
            Self::Sistem { tugas } => format!("sistem:{tugas}"),
        }
    }

    /// The name to show in a timeline.
    pub fn nama(&self) -> &str {
        match self {
            Self::Pegawai { nama, .. } | Self::Warga { nama, .. } | Self::Badan { nama, .. } | Self::Token { nama, .. } => nama,
            // Whoever has no account and writes on a public page: no machine, and nobody whose name is known.
            Self::Sistem { tugas } if tugas == Self::PUBLIK => "Pemohon atau warga (tanpa akun)",
            Self::Sistem { .. } => "Praja (otomatis)",
        }
    }

    /// The identity behind the actor; the system has none.
    pub fn id(&self) -> Option<Id> {
        match self {
            Self::Pegawai { id, .. } | Self::Warga { id, .. } | Self::Badan { id, .. } | Self::Token { id, .. } => Some(*id),
            Self::Sistem { .. } => None,
        }
    }
}
