use praja_kernel::{FieldProblem, Refuse};

/// Why a view is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No name.
    #[error("Nama tampilan belum diisi.")]
    NoName,
    /// A name that fits no chip.
    #[error("Nama tampilan paling panjang {most} huruf.")]
    LongName {
        /// So many fit.
        most: usize,
    },
    /// Filters longer than an address may be.
    #[error("Saringan ini terlalu panjang untuk disimpan. Kurangi kata pencariannya.")]
    LongQuery,
    /// The name is taken.
    #[error("Anda sudah memiliki tampilan bernama \"{nama}\" untuk daftar ini. Tulis nama lain.")]
    SameName {
        /// The one that is there.
        nama: String,
    },
    /// Too many.
    #[error("Satu daftar menyimpan paling banyak {most} tampilan. Hapus tampilan yang tidak dipakai lagi.")]
    TooMany {
        /// So many are kept.
        most: usize,
    },
    /// No list of ours, or not for these eyes.
    #[error("Daftar ini tidak dapat disimpan sebagai tampilan.")]
    NoList,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "desk.tampilan.no-name",
            Self::LongName { .. } => "desk.tampilan.long-name",
            Self::LongQuery => "desk.tampilan.long-query",
            Self::SameName { .. } => "desk.tampilan.same-name",
            Self::TooMany { .. } => "desk.tampilan.too-many",
            Self::NoList => "desk.tampilan.no-list",
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::NoName | Self::LongName { .. } | Self::SameName { .. } => vec![FieldProblem::new("nama", self.to_string())],
            Self::LongQuery | Self::TooMany { .. } | Self::NoList => Vec::new(),
        }
    }
}
