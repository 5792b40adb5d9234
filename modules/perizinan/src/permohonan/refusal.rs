use praja_kernel::{FieldProblem, Refuse};

/// Why something about an application is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Permohonan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The service cannot be applied for here.
    #[error("Layanan {0} tidak menerima permohonan di sini.")]
    Closed(String),
    /// No OPD is the PTSP yet.
    #[error("Daerah ini belum menetapkan OPD penyelenggara pelayanan terpadu satu pintu.")]
    NoOffice,
    /// Parts are missing.
    #[error("Permohonan belum dapat dikirim: {0}.")]
    Unfinished(String),
    /// It is another officer's turn.
    #[error("Permohonan ini giliran {0}.")]
    OthersTurn(String),
    /// One that came earlier waits.
    #[error("Permohonan {0} masuk lebih dahulu dan masih menunggu.")]
    OutOfOrder(String),
    /// Own or a relative's application.
    #[error("Anda menyatakan benturan kepentingan atas permohonan ini, sehingga tidak dapat menanganinya.")]
    Conflict,
    /// The applicant works on the own application.
    #[error("Permohonan atas nama Anda sendiri tidak dapat Anda tangani.")]
    Own,
    /// Somebody who looked at the place decides nothing about it.
    #[error("Anda ikut memeriksa lapangan untuk permohonan ini, sehingga tidak memutus, memaraf, atau menandatanganinya.")]
    Surveyed,
    /// A second return for what could be seen the first time.
    #[error("Kekurangan ini sudah terlihat pada pemeriksaan pertama. Pengembalian kedua kali perlu izin kepala bidang.")]
    SecondReturn,
    /// It waits for a place of which there are so many.
    #[error("Permohonan ini menunggu tempat pada kuota.")]
    WaitsForQuota,
    /// Resi and digits do not fit.
    #[error("Nomor resi dan empat angka terakhir NIK tidak cocok.")]
    NoMatch,
    /// Too many guesses.
    #[error("Terlalu banyak percobaan yang tidak cocok dari alamat jaringan ini.")]
    TooManyTries,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "perizinan.permohonan.fields",
            Self::Closed(_) => "perizinan.permohonan.closed",
            Self::NoOffice => "perizinan.permohonan.no-office",
            Self::Unfinished(_) => "perizinan.permohonan.unfinished",
            Self::OthersTurn(_) => "perizinan.permohonan.others-turn",
            Self::OutOfOrder(_) => "perizinan.permohonan.out-of-order",
            Self::Conflict => "perizinan.permohonan.conflict",
            Self::Own => "perizinan.permohonan.own",
            Self::Surveyed => "perizinan.permohonan.surveyed",
            Self::SecondReturn => "perizinan.permohonan.second-return",
            Self::WaitsForQuota => "perizinan.permohonan.waits-for-quota",
            Self::NoMatch => "perizinan.permohonan.no-match",
            Self::TooManyTries => "perizinan.permohonan.too-many-tries",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::Closed(_) => "Buka halaman layanan itu untuk melihat ke mana permohonan diajukan.",
            Self::NoOffice => "Pengelola layanan memilihnya pada halaman Pengaturan perizinan.",
            Self::Unfinished(_) => "Buka langkah yang ditandai, lengkapi, lalu kirim kembali.",
            Self::OthersTurn(_) => "Giliran dibagi oleh sistem. Buka permohonan yang menjadi giliran Anda.",
            Self::OutOfOrder(_) => {
                "Kerjakan yang lebih dahulu, atau pilih alasan mendahulukan; alasan itu tampil pada laporan publik."
            }
            Self::Conflict | Self::Own => "Sistem mengalihkannya kepada petugas lain.",
            Self::Surveyed => "Pejabat lain dengan tugas yang sama yang melanjutkannya.",
            Self::SecondReturn => "Mintakan izin kepala bidang pada halaman ini, atau lanjutkan pemeriksaan.",
            Self::WaitsForQuota => {
                "Sistem melanjutkannya menurut urutan begitu ada tempat. Daftarnya ada pada halaman Kuota tempat."
            }
            Self::NoMatch => "Periksa resi pada bukti permohonan dan empat angka terakhir NIK pemohon.",
            Self::TooManyTries => "Tunggu lima belas menit, lalu coba kembali dengan resi pada bukti permohonan.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::OutOfOrder(_) => vec![FieldProblem::new("lompat", format!("{self} {}", self.next_step()))],
            _ => Vec::new(),
        }
    }
}
