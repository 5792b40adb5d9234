use praja_kernel::{FieldProblem, Refuse};

/// The form's name for an envelope or a receipt as a file.
pub(crate) const FILE: &str = "amplop";

/// Why an envelope or a receipt is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// No file was chosen.
    #[error("Berkas amplop atau tanda terima belum dipilih.")]
    NoFile,
    /// It is cut, or something else.
    #[error("Berkas ini bukan amplop atau tanda terima Praja, atau terpotong.")]
    Unreadable,
    /// A form of a later release.
    #[error("Amplop ini ditulis dalam bentuk {0}, yang belum dikenal rilis Praja di sini.")]
    Form(u32),
    /// No box that we know signed it.
    #[error("Pengirimnya (kunci {0}) belum terdaftar sebagai simpul di sini.")]
    Unknown(String),
    /// The signature does not fit.
    #[error("Tanda tangan simpul pengirim tidak cocok dengan isi amplop.")]
    BadSignature,
    /// The file is not the one that was signed.
    #[error("Berkas naskah di dalam amplop bukan yang ditandatangani pengirimnya.")]
    OtherFile,
    /// For another box.
    #[error("Amplop ini untuk daerah lain.")]
    NotForUs,
    /// A box for training and one at work do not write to each other.
    #[error("{}", if *.latihan { "Amplop ini dari ruang latihan, dan tidak diterima di sini." } else { "Amplop ini surat sungguhan, dan tidak diterima ruang latihan." })]
    Training {
        /// Does it come from a box for training?
        latihan: bool,
    },
    /// Rahasia and above do not travel so.
    #[error("Naskah rahasia tidak dikirim dalam amplop elektronik.")]
    Secret,
    /// Another letter with the same identity came before.
    #[error("Amplop lain dengan tanda pengenal yang sama sudah diterima.")]
    Different,
    /// A receipt for what we never sent to that box.
    #[error("Tanda terima ini bukan untuk amplop yang dikirim dari sini kepada simpul itu.")]
    NotOurs,
    /// The naskah has no signed file.
    #[error("Naskah ini tidak mempunyai berkas PDF bertanda tangan.")]
    NoPdf,
    /// It is where it was sent.
    #[error("Amplop ini sudah diterima.")]
    Done,
    /// Its kind of file, or its size.
    #[error("{0}")]
    File(String),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoFile => "eoffice.amplop.no-file",
            Self::Unreadable => "eoffice.amplop.unreadable",
            Self::Form(_) => "eoffice.amplop.form",
            Self::Unknown(_) => "eoffice.amplop.unknown",
            Self::BadSignature => "eoffice.amplop.bad-signature",
            Self::OtherFile => "eoffice.amplop.other-file",
            Self::NotForUs => "eoffice.amplop.not-for-us",
            Self::Training { .. } => "eoffice.amplop.training",
            Self::Secret => "eoffice.amplop.secret",
            Self::Different => "eoffice.amplop.different",
            Self::NotOurs => "eoffice.amplop.not-ours",
            Self::NoPdf => "eoffice.amplop.no-pdf",
            Self::Done => "eoffice.amplop.done",
            Self::File(_) => "eoffice.amplop.file",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::NoFile => "Pilih berkas berakhiran .amplop atau .terima dari pengirimnya.",
            Self::Unreadable | Self::OtherFile => "Minta pengirimnya mengunduh amplop itu sekali lagi.",
            Self::Form(_) => "Perbarui Praja di sini, lalu coba lagi.",
            Self::Unknown(_) => "Minta pengelola e-Office mendaftarkan simpul itu dengan kunci publiknya.",
            Self::BadSignature => "Isinya mungkin berubah di jalan. Jangan dipakai; minta pengirimnya mengirim ulang.",
            Self::NotForUs => "Kembalikan kepada pengirimnya.",
            Self::Training { .. } => "Pakai ruang yang sama jenisnya.",
            Self::Secret => "Kirim lewat ekspedisi.",
            Self::Different => "Hubungi pengirimnya; satu tanda pengenal hanya untuk satu amplop.",
            Self::NotOurs => "Periksa tanda terima milik naskah mana.",
            Self::NoPdf => "Simpan dahulu naskah yang sudah ditandatangani, atau kirim lewat ekspedisi.",
            Self::Done => "Lihat tanda terimanya pada halaman amplop.",
            Self::File(_) => "Minta pengirimnya mengirim PDF yang utuh.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        vec![FieldProblem::new(FILE, format!("{self} {}", self.next_step()))]
    }
}
