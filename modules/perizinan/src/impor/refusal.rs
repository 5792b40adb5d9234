use praja_kernel::{FieldProblem, Refuse};
use praja_web::lembar::Unreadable;

/// Why an import is not begun, not mapped or not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed or chosen is missing or wrong.
    #[error("Pilihan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Somebody has worked with licences of the import.
    #[error("Impor ini tidak dapat diurungkan karena {jumlah} izinnya sudah dipakai.")]
    ActedOn {
        /// How many.
        jumlah: usize,
    },
    /// An undo says why.
    #[error("Alasan mengurungkan impor belum diisi.")]
    NoReason,
    /// No file was chosen.
    #[error("Pilih berkas daftar izin yang akan diimpor.")]
    NoFile,
    /// The file is no spreadsheet we read.
    #[error("{0}")]
    File(#[from] Unreadable),
    /// Nobody said which OPD is the PTSP, or it is another one.
    #[error("Daftar izin diimpor oleh PTSP.")]
    NotHere,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "perizinan.impor.fields",
            Self::ActedOn { .. } => "perizinan.impor.acted-on",
            Self::NoReason => "perizinan.impor.no-reason",
            Self::NoFile => "perizinan.impor.no-file",
            Self::File(_) => "perizinan.impor.unreadable-file",
            Self::NotHere => "perizinan.impor.not-here",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::ActedOn { .. } => "Izin yang diimpor tetap ada; perbaiki satu per satu bila ada yang keliru.",
            Self::NoReason => "Tulis satu kalimat mengapa impor ini diurungkan.",
            Self::NotHere => "Bertindaklah sebagai jabatan di PTSP, atau tentukan OPD PTSP pada Pengaturan perizinan.",
            Self::Fields(_) | Self::NoFile | Self::File(_) => "",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::NoFile | Self::File(_) => vec![FieldProblem::new("berkas", self.to_string())],
            Self::NoReason => vec![FieldProblem::new("alasan", format!("{self} {}", self.next_step()))],
            Self::ActedOn { .. } | Self::NotHere => Vec::new(),
        }
    }
}
