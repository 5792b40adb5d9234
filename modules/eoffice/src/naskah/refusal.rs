use praja_kernel::{FieldProblem, Refuse};

use super::{Status, alur::Langkah};

/// Why a naskah is not saved or does not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Naskah belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Whoever acts holds no post in an OPD.
    #[error("Anda sedang tidak bertindak untuk suatu OPD, sehingga naskah tidak dapat dibuat.")]
    NoOpd,
    /// The step does not fit the state.
    #[error("Naskah tidak dapat {} karena berstatus {}.", langkah.label(), status.label())]
    NotNow {
        /// What was asked.
        langkah: Langkah,
        /// How it stands.
        status: Status,
    },
    /// It is not this post's turn.
    #[error("Naskah ini tidak menunggu tindakan dari jabatan yang sedang Anda jalankan.")]
    NotYours,
    /// Whoever asks does not hold the signer's post on the day of the naskah.
    #[error("Pada {tanggal} jabatan {jabatan} {siapa}, sehingga Anda tidak dapat menandatangani naskah ini.")]
    NotHolder {
        /// The day, in words.
        tanggal: String,
        /// The post.
        jabatan: String,
        /// "dijabat Ana, S.Sos." or "tidak ada pejabatnya".
        siapa: String,
    },
    /// A reason is asked for.
    #[error("{0}")]
    NoReason(&'static str),
    /// Too long a reason.
    #[error("Tulisan {length} huruf; paling panjang {longest} huruf.")]
    Long {
        /// The field.
        field: &'static str,
        /// How long it is.
        length: usize,
        /// How long it may be.
        longest: usize,
    },
    /// The kind has no number pattern, but one was asked for.
    #[error("Jenis naskah ini sedang tidak dipakai di daerah Anda.")]
    KindOff,
    /// The post may not sign naskah of a strategic kind without saying so.
    #[error("{0}")]
    Strategic(String),
    /// The day of the naskah is not possible.
    #[error("{0}")]
    Day(String),
    /// The signed file is missing.
    #[error("Belum ada berkas naskah bertanda tangan yang dipilih.")]
    NoFile,
    /// Nothing could be drawn.
    #[error("PDF naskah ini belum dapat dibuat. {0}")]
    Pdf(String),
    /// Whoever the power to sign comes from is not known any more.
    #[error("Naskah ini ditandatangani atas nama atasan, tetapi dasar pelimpahan atau jabatan atasannya tidak lengkap.")]
    NoMandate,
    /// What the signing of documents answered, in its own words.
    #[error("{message}")]
    Tte {
        /// What happened.
        message: String,
        /// What helps.
        next_step: String,
        /// The fields at fault.
        fields: Vec<FieldProblem>,
    },
    /// It cannot leave by e-mail.
    #[error("{0}")]
    NoMail(&'static str),
    /// Its lists name more than one naskah may be sent to.
    #[error("Naskah ini ditujukan kepada {count} penerima; paling banyak {most}.")]
    Many {
        /// So many.
        count: usize,
        /// So many may be.
        most: usize,
    },
    /// Its content was destroyed with the file it lay in.
    #[error("Isi naskah ini sudah dimusnahkan menurut berita acara nomor {nomor} tanggal {tanggal}.")]
    Destroyed {
        /// Of the berita acara.
        nomor: String,
        /// In words.
        tanggal: String,
    },
    /// Another act is going on.
    #[error("Versi naskah sudah berganti sejak halaman ini dibuka.")]
    OldVersion,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.naskah.fields",
            Self::NoOpd => "eoffice.naskah.no-opd",
            Self::NotNow { .. } => "eoffice.naskah.not-now",
            Self::NotYours => "eoffice.naskah.not-yours",
            Self::NotHolder { .. } => "eoffice.naskah.not-holder",
            Self::NoReason(_) => "eoffice.naskah.no-reason",
            Self::Long { .. } => "eoffice.naskah.long",
            Self::KindOff => "eoffice.naskah.kind-off",
            Self::Strategic(_) => "eoffice.naskah.strategic",
            Self::Day(_) => "eoffice.naskah.day",
            Self::NoFile => "eoffice.naskah.no-file",
            Self::Pdf(_) => "eoffice.naskah.pdf",
            Self::NoMandate => "eoffice.naskah.no-mandate",
            Self::Tte { .. } => "eoffice.naskah.tte",
            Self::NoMail(_) => "eoffice.naskah.no-mail",
            Self::Many { .. } => "eoffice.naskah.many",
            Self::Destroyed { .. } => "eoffice.naskah.destroyed",
            Self::OldVersion => "eoffice.naskah.old-version",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::NoOpd | Self::NotYours => "Pilih jabatan yang sesuai pada \"Bertindak sebagai\" di bagian atas halaman.",
            Self::NotNow { .. } => "Lihat riwayat naskah untuk mengetahui siapa yang mengubahnya.",
            Self::NotHolder { .. } => {
                "Minta pejabat yang sah pada tanggal itu menandatanganinya, atau kembalikan naskah untuk diganti tanggal atau penandatangannya."
            }
            Self::NoReason(_) => "Satu atau dua kalimat cukup; penyusun naskah membacanya.",
            Self::Long { .. } => "Persingkat tulisannya, lalu kirim kembali.",
            Self::KindOff => "Pilih jenis naskah lain, atau minta admin mengaktifkan jenis ini pada Register nomor.",
            Self::Strategic(_) => "Centang pernyataan di bawah bila pejabat definitif sudah memberi mandat tertulis, atau kembalikan naskah.",
            Self::Day(_) => "Ganti tanggal naskah, lalu ulangi.",
            Self::NoFile => "Pilih berkas PDF hasil pindai naskah yang sudah ditandatangani, lalu simpan kembali.",
            Self::NoMandate => "Kembalikan naskah kepada penyusunnya untuk dilengkapi atau diganti penandatangannya.",
            Self::Tte { next_step, .. } => next_step,
            Self::Pdf(_) => "Cetak naskah dari peramban, atau coba lagi sebentar lagi.",
            Self::NoMail(_) => "Pilih cara kirim lain bagi penerima itu.",
            Self::Many { .. } => "Kembalikan naskah, lalu bagi tujuannya menjadi beberapa naskah.",
            Self::Destroyed { .. } => "Yang tersisa hanya catatan pada halaman naskahnya.",
            Self::OldVersion => "Muat ulang halaman, baca kembali naskahnya, lalu ulangi tindakan Anda.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) | Self::Tte { fields: problems, .. } => problems.clone(),
            Self::NoReason(_) => vec![FieldProblem::new("alasan", self.to_string())],
            Self::Long { field, .. } => vec![FieldProblem::new(*field, self.to_string())],
            Self::Day(_) => vec![FieldProblem::new("tanggal", self.to_string())],
            Self::NoFile => vec![FieldProblem::new("naskah", format!("{self} {}", self.next_step()))],
            Self::Strategic(_) => vec![FieldProblem::new("mandat", self.to_string())],
            _ => Vec::new(),
        }
    }
}
