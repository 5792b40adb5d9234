use praja_kernel::{FieldProblem, Refuse};

use super::Status;

/// Why something about an event is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Acara belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// It stands in the way of others, and nobody has said yet that this is meant.
    #[error("Waktunya bertabrakan dengan acara lain.")]
    Collides(Vec<FieldProblem>),
    /// Over and done with.
    #[error("Acara ini sudah berstatus {}.", .0.label())]
    NotNow(Status),
    /// It has not begun.
    #[error("Acara ini belum dimulai.")]
    NotYet,
    /// The leader instead of the leader.
    #[error("Pimpinan tidak mewakili dirinya sendiri.")]
    Themselves,
    /// No agenda that this post keeps.
    #[error("Jabatan Anda tidak mengisi agenda pimpinan mana pun.")]
    NoAgenda,
}

impl Refusal {
    /// One field at fault.
    pub(crate) fn field(field: &'static str, message: impl Into<String>) -> Self {
        Self::Fields(vec![FieldProblem::new(field, message)])
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.acara.fields",
            Self::Collides(_) => "eoffice.acara.collides",
            Self::NotNow(_) => "eoffice.acara.not-now",
            Self::NotYet => "eoffice.acara.not-yet",
            Self::Themselves => "eoffice.acara.themselves",
            Self::NoAgenda => "eoffice.acara.no-agenda",
        }
    }

    fn message(&self) -> String {
        self.to_string()
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan lagi.",
            Self::Collides(_) => "Ubah waktunya, atau centang Tetap simpan bila keduanya memang dijadwalkan.",
            Self::NotNow(_) => "Muat ulang acaranya; mungkin orang lain baru saja mencatatnya.",
            Self::NotYet => "Catat setelah acaranya dimulai.",
            Self::Themselves => "Pilih jabatan lain sebagai wakil.",
            Self::NoAgenda => "Agenda diisi oleh pimpinan, sekretaris pimpinan, atau tata usaha OPD. Minta admin menunjuk Anda.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(fields) | Self::Collides(fields) => fields.clone(),
            Self::Themselves => vec![FieldProblem::new("wakil", self.to_string())],
            _ => Vec::new(),
        }
    }
}
