use praja_kernel::{FieldProblem, Refuse};

use super::{Langkah, MOST, Status};

/// Why something about a list of disposal is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Langkah ini belum dicatat karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Not in this state.
    #[error("Daftar ini berstatus {}, sehingga belum dapat: {}.", .status.label().to_lowercase(), .langkah.label().to_lowercase())]
    NotNow {
        /// What was asked.
        langkah: Langkah,
        /// Where it stands.
        status: Status,
    },
    /// Chosen files are fixed.
    #[error("Berkas dalam daftar ini tidak dapat diubah lagi.")]
    Fixed,
    /// A file that has no place in the list.
    #[error("Berkas \"{nama}\" tidak dapat masuk daftar ini: {sebab}.")]
    NotFit {
        /// Its name.
        nama: String,
        /// Why.
        sebab: String,
    },
    /// Nothing in it.
    #[error("Daftar ini belum memuat berkas.")]
    Empty,
    /// Nothing was chosen.
    #[error("Belum ada berkas yang dipilih.")]
    Nothing,
    /// Too long.
    #[error("Satu daftar memuat paling banyak {MOST} berkas.")]
    Full,
    /// A file the schedule does not decide about.
    #[error("Berkas \"{0}\" belum diputuskan panitia.")]
    Undecided(String),
    /// The panel spared everything.
    #[error("Tidak ada berkas yang diputuskan musnah.")]
    NoneGoes,
    /// The berita acara itself is missing.
    #[error("Pindaian berita acara yang sudah ditandatangani belum diunggah.")]
    NoPaper,
    /// No typesetter, or it could not.
    #[error("{0}")]
    Pdf(String),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.susut.fields",
            Self::NotNow { .. } => "eoffice.susut.not-now",
            Self::Fixed => "eoffice.susut.fixed",
            Self::NotFit { .. } => "eoffice.susut.not-fit",
            Self::Empty => "eoffice.susut.empty",
            Self::Nothing => "eoffice.susut.nothing",
            Self::Full => "eoffice.susut.full",
            Self::Undecided(_) => "eoffice.susut.undecided",
            Self::NoneGoes => "eoffice.susut.none-goes",
            Self::NoPaper => "eoffice.susut.no-paper",
            Self::Pdf(_) => "eoffice.susut.pdf",
        }
    }

    fn message(&self) -> String {
        self.to_string()
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan lagi.",
            Self::NotNow { .. } => "Buka halaman daftar ini untuk melihat langkah berikutnya.",
            Self::Fixed => "Batalkan daftar ini dan susun daftar baru bila isinya keliru.",
            Self::NotFit { .. } => "Muat ulang halaman pilihan berkas, lalu pilih lagi.",
            Self::Empty => "Tambahkan berkas lebih dahulu, atau batalkan daftar ini.",
            Self::Nothing => "Beri tanda pada berkasnya, lalu pilih lagi.",
            Self::Full => "Susun sisanya dalam daftar lain.",
            Self::Undecided(_) => "Catat keputusan panitia atas berkas itu pada halaman daftar ini.",
            Self::NoneGoes => "Batalkan daftar ini; keputusan panitia atas tiap berkas dicatat sebagai alasannya.",
            Self::NoPaper => "Cetak berita acara, tandatangani bersama para saksi, pindai, lalu unggah di sini.",
            Self::Pdf(_) => "Cetak halaman daftar ini dari peramban.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(fields) => fields.clone(),
            Self::NoPaper => vec![FieldProblem::new("pindaian", format!("{self} {}", self.next_step()))],
            _ => Vec::new(),
        }
    }
}
