use praja_kernel::{FieldProblem, Refuse};

/// Why a rule or an aide is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Pengaturan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The same aide works for the same leader already.
    #[error("Jabatan itu sudah menjadi sekretaris pimpinan tersebut.")]
    Already,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.pengaturan.fields",
            Self::Already => "eoffice.pengaturan.already",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.".into(),
            Self::Already => "Akhiri penunjukan yang lama lebih dahulu bila ingin mengubahnya.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Already => Vec::new(),
        }
    }
}
