use praja_kernel::{FieldProblem, Refuse};

use super::{Act, Side, Status};

/// Why an order is not given or not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something chosen or typed is missing or wrong.
    #[error("Disposisi belum dikirim karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The act does not fit the state.
    #[error("Disposisi ini tidak dapat {} karena keadaannya {}.", act.label(), status.label())]
    NotNow {
        /// What was asked.
        act: Act,
        /// How it stands.
        status: Status,
    },
    /// Taking back what was read.
    #[error("Disposisi sudah dibaca penerimanya, sehingga tidak dapat ditarik.")]
    AlreadyRead,
    /// The act belongs to the other side.
    #[error("Tindakan ini hanya dilakukan oleh {} disposisi.", match .0 { Side::Giver => "pemberi", Side::Recipient => "penerima" })]
    NotYours(Side),
    /// Those below have not finished.
    #[error("Laporan belum dapat dikirim karena {0} disposisi lanjutan belum selesai.")]
    ChildrenOpen(usize),
    /// The letter waits for nobody's order.
    #[error("Surat ini berstatus {0}, sehingga tidak dapat didisposisi.")]
    Letter(&'static str),
    /// The naskah takes no orders.
    #[error("Naskah ini berstatus {0}, sehingga tidak dapat didisposisi.")]
    Naskah(&'static str),
    /// The naskah was not sent to the post that asks.
    #[error("Naskah ini tidak ditujukan kepada jabatan yang sedang Anda jalankan.")]
    NotAddressed,
    /// A naskah was chosen that is not the reporter's.
    #[error("Naskah jawaban itu tidak ada dalam daftar naskah Anda.")]
    NotYourNaskah,
    /// The letter lies on another desk.
    #[error("Surat ini tidak diarahkan kepada jabatan yang sedang Anda jalankan.")]
    NotRouted,
    /// An act without its reason.
    #[error("{0}")]
    NoReason(&'static str),
    /// A report without words.
    #[error("Isi laporan belum ditulis.")]
    NoReport,
    /// Too long.
    #[error("Tulisan {length} huruf; paling panjang {longest} huruf.")]
    Long {
        /// The form's field.
        field: &'static str,
        /// Letters typed.
        length: usize,
        /// Letters allowed.
        longest: usize,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.disposisi.fields",
            Self::NotNow { .. } => "eoffice.disposisi.not-now",
            Self::AlreadyRead => "eoffice.disposisi.already-read",
            Self::NotYours(_) => "eoffice.disposisi.not-yours",
            Self::ChildrenOpen(_) => "eoffice.disposisi.children-open",
            Self::Letter(_) => "eoffice.disposisi.letter",
            Self::Naskah(_) => "eoffice.disposisi.naskah",
            Self::NotAddressed => "eoffice.disposisi.not-addressed",
            Self::NotYourNaskah => "eoffice.disposisi.not-your-naskah",
            Self::NotRouted => "eoffice.disposisi.not-routed",
            Self::NoReason(_) => "eoffice.disposisi.no-reason",
            Self::NoReport => "eoffice.disposisi.no-report",
            Self::Long { .. } => "eoffice.disposisi.long",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu kirim kembali.",
            Self::NotNow { .. } => "Muat ulang halaman untuk melihat keadaan terakhirnya.",
            Self::AlreadyRead => "Bebaskan penerima dari tugas ini dengan alasan, atau beri disposisi yang baru.",
            Self::NotYours(_) => "Pilih jabatan yang sesuai pada \"Bertindak sebagai\" di bagian atas halaman.",
            Self::ChildrenOpen(_) => "Setujui laporannya atau bebaskan penerimanya terlebih dahulu.",
            Self::Letter(_) => "Lihat riwayat surat untuk mengetahui siapa yang memegangnya.",
            Self::Naskah(_) => "Hanya naskah yang sudah dikirim dan tidak dicabut yang didisposisi.",
            Self::NotAddressed => "Pilih jabatan yang dituju pada \"Bertindak sebagai\". Penerima tembusan cukup membacanya.",
            Self::NotYourNaskah => "Pilih naskah lain dari daftar, atau tulis nomornya saja.",
            Self::NotRouted => {
                "Pilih jabatan yang dituju pada \"Bertindak sebagai\", atau minta tata usaha mengarahkan surat ini."
            }
            Self::NoReason(_) => "Tulis satu kalimat yang dapat dipahami penerimanya.",
            Self::NoReport => "Tulis apa yang sudah dikerjakan dan hasilnya.",
            Self::Long { .. } => "Persingkat isinya atau lampirkan berkas.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::NoReason(_) => vec![FieldProblem::new("alasan", format!("{self} {}", self.next_step()))],
            Self::NoReport => vec![FieldProblem::new("laporan", format!("{self} {}", self.next_step()))],
            Self::NotYourNaskah => vec![FieldProblem::new("jawaban", format!("{self} {}", self.next_step()))],
            Self::Long { field, .. } => vec![FieldProblem::new(*field, format!("{self} {}", self.next_step()))],
            Self::NotNow { .. }
            | Self::AlreadyRead
            | Self::NotYours(_)
            | Self::ChildrenOpen(_)
            | Self::Letter(_)
            | Self::Naskah(_)
            | Self::NotAddressed
            | Self::NotRouted => Vec::new(),
        }
    }
}
