use praja_kernel::{FieldProblem, Refuse};

/// Why a distribution list is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Daftar kirim belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Another list of the same owner has the name.
    #[error("Nama \"{0}\" sudah dipakai daftar lain.")]
    Exists(String),
    /// As many as one owner may keep.
    #[error("Sudah ada {0} daftar kirim.")]
    Many(usize),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.daftar-kirim.fields",
            Self::Exists(_) => "eoffice.daftar-kirim.exists",
            Self::Many(_) => "eoffice.daftar-kirim.many",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::Exists(_) => "Pakai nama lain, atau ubah daftar yang sudah ada.",
            Self::Many(_) => "Ubah salah satu yang tidak dipakai lagi.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Exists(_) => vec![FieldProblem::new("nama", format!("{self} {}", self.next_step()))],
            Self::Many(_) => Vec::new(),
        }
    }
}
