use praja_kernel::{FieldProblem, Refuse};

use super::MOST_ROWS;

/// Why a file of a bank cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileRefusal {
    /// Nothing was sent.
    #[error("Berkas bank belum dipilih.")]
    Missing,
    /// No text.
    #[error("Berkas ini bukan CSV. Unduh dari kanal bank sebagai CSV, bukan PDF atau Excel.")]
    NotText,
    /// No rows.
    #[error("Berkas ini tidak memuat satu baris pun sesudah judulnya.")]
    Empty,
    /// Too many rows.
    #[error("Berkas ini lebih dari {MOST_ROWS} baris. Unduh dari kanal bank per hari, lalu unggah satu per satu.")]
    TooMany,
    /// A column of the profile is not there.
    #[error("Kolom \"{kolom}\" tidak ada dalam berkas ini. Kolom yang ada: {ada}.")]
    NoColumn {
        /// What the profile names.
        kolom: String,
        /// What the file has.
        ada: String,
    },
    /// The file was used.
    #[error("Berkas ini sudah diterapkan dengan nama {nama} pada {kapan} oleh {oleh}.")]
    Used {
        /// Its name then.
        nama: String,
        /// When.
        kapan: String,
        /// By whom.
        oleh: String,
    },
}

/// Why nothing changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The file.
    #[error(transparent)]
    File(#[from] FileRefusal),
    /// A field of a form.
    #[error("{pesan}")]
    Field {
        /// The field.
        bidang: &'static str,
        /// What to do.
        pesan: String,
    },
    /// It was applied or put away.
    #[error("Berkas ini sudah diputuskan.")]
    Decided,
    /// Nothing in it matches.
    #[error("Tidak ada baris yang cocok, sehingga tidak ada yang dapat diterapkan.")]
    Nothing,
}

impl Refuse for FileRefusal {
    fn code(&self) -> &'static str {
        "perizinan.bank.file"
    }

    fn next_step(&self) -> String {
        match self {
            Self::NoColumn { .. } => "Pilih profil bank lain, atau sesuaikan profilnya.".into(),
            Self::Used { .. } => "Tidak ada yang perlu dilakukan: pembayarannya sudah tercatat.".into(),
            _ => String::new(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        vec![FieldProblem::new("berkas", self.to_string())]
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "perizinan.bank.file",
            Self::Field { .. } => "perizinan.bank.field",
            Self::Decided => "perizinan.bank.decided",
            Self::Nothing => "perizinan.bank.nothing",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::File(e) => e.next_step(),
            Self::Decided => "Muat ulang halaman untuk melihat keadaannya yang terbaru.".into(),
            Self::Field { .. } | Self::Nothing => String::new(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::File(e) => e.fields(),
            Self::Field { bidang, pesan } => vec![FieldProblem::new(*bidang, pesan.clone())],
            Self::Decided | Self::Nothing => Vec::new(),
        }
    }
}
