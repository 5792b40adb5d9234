use praja_kernel::{FieldProblem, Refuse};

/// Why a webhook is not saved or not tried.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// What is wrong with which fields.
    #[error("Webhook belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Whoever acts holds no post in an OPD.
    #[error("Anda sedang tidak bertindak untuk suatu OPD, sehingga webhook tidak dapat didaftarkan.")]
    NoOpd,
    /// It is switched off.
    #[error("Webhook ini sedang dihentikan.")]
    Stopped,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.kait.fields",
            Self::NoOpd => "identity.kait.no-opd",
            Self::Stopped => "identity.kait.stopped",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::NoOpd => "Pilih jabatan Anda pada \"Bertindak sebagai\" di bagian atas halaman.",
            Self::Stopped => "Pakai lagi webhook itu, lalu ulangi.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::NoOpd | Self::Stopped => Vec::new(),
        }
    }
}
