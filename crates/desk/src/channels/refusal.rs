use praja_kernel::{FieldProblem, Refuse};

/// Why a way out is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What is wrong with which fields.
    #[error("Periksa kembali isian saluran.")]
    Fields(Vec<FieldProblem>),
    /// The name is taken.
    #[error("Sudah ada saluran bernama \"{0}\". Tulis nama lain.")]
    SameName(String),
    /// A regency has one mail server at a time: people would get everything twice.
    #[error("Saluran surel sudah ada. Ubah saluran itu, atau matikan lebih dahulu.")]
    SecondMail,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.saluran.fields",
            Self::SameName(_) => "desk.saluran.same-name",
            Self::SecondMail => "desk.saluran.second-mail",
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::SameName(_) => vec![FieldProblem::new("nama", self.to_string())],
            Self::SecondMail => Vec::new(),
        }
    }
}
