use praja_kernel::{FieldProblem, Refuse};
use praja_web::lembar::Unreadable;

/// Why an import is not begun, not taken over or not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed or chosen is missing or wrong.
    #[error("Pemetaan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Somebody has worked with letters of the import.
    #[error("Impor ini tidak dapat diurungkan karena {jumlah} suratnya sudah ditindaklanjuti.")]
    ActedOn {
        /// How many.
        jumlah: usize,
    },
    /// An undo says why.
    #[error("Alasan mengurungkan impor belum diisi.")]
    NoReason,
    /// No file was chosen.
    #[error("Pilih berkas buku agenda yang akan diimpor.")]
    NoFile,
    /// The file is no spreadsheet we read.
    #[error("{0}")]
    File(#[from] Unreadable),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.impor.fields",
            Self::ActedOn { .. } => "eoffice.impor.acted-on",
            Self::NoReason => "eoffice.impor.no-reason",
            Self::NoFile => "eoffice.impor.no-file",
            Self::File(_) => "eoffice.impor.unreadable-file",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::ActedOn { .. } => "Surat yang diimpor tetap ada; perbaiki satu per satu bila ada yang keliru.",
            Self::NoReason => "Tulis satu kalimat mengapa impor ini diurungkan.",
            Self::Fields(_) | Self::NoFile | Self::File(_) => "",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::NoFile | Self::File(_) => vec![FieldProblem::new("berkas", self.to_string())],
            Self::NoReason => vec![FieldProblem::new("alasan", format!("{self} {}", self.next_step()))],
            _ => Vec::new(),
        }
    }
}
