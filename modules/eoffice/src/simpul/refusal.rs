use praja_kernel::{FieldProblem, Refuse};

/// Why a node is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Simpul belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Another node has this key.
    #[error("Kunci ini sudah dipakai simpul {0}.")]
    Exists(String),
    /// The office is not there.
    #[error("OPD penerima belum dipilih.")]
    NoOffice,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.simpul.fields",
            Self::Exists(_) => "eoffice.simpul.exists",
            Self::NoOffice => "eoffice.simpul.no-office",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::Exists(_) => "Ubah simpul itu, atau periksa kuncinya sekali lagi.",
            Self::NoOffice => "Cari OPD yang mencatat surat untuk kepala daerah, lalu simpan kembali.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Exists(_) => vec![FieldProblem::new("kunci", format!("{self} {}", self.next_step()))],
            Self::NoOffice => vec![FieldProblem::new("opd", format!("{self} {}", self.next_step()))],
        }
    }
}
