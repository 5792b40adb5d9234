use praja_kernel::{FieldProblem, Refuse};

/// Why something beside the national application is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The register of this kind is ours.
    #[error("Nomor naskah ini diberikan oleh Praja, bukan oleh SRIKANDI.")]
    OwnNumbers,
    /// It does not wait for the national application.
    #[error("Naskah ini tidak sedang menunggu nomor dari SRIKANDI.")]
    NotWaiting,
    /// The profile's name is in use.
    #[error("Nama profil itu sudah dipakai.")]
    Exists,
    /// Nothing to pack.
    #[error("Tidak ada naskah bertanda tangan dalam periode itu.")]
    Nothing,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.srikandi.fields",
            Self::OwnNumbers => "eoffice.srikandi.own-numbers",
            Self::NotWaiting => "eoffice.srikandi.not-waiting",
            Self::Exists => "eoffice.srikandi.exists",
            Self::Nothing => "eoffice.srikandi.nothing",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::OwnNumbers => "Setujui dan beri nomor pada halaman naskah.",
            Self::NotWaiting => "Lihat riwayat naskah untuk mengetahui keadaannya.",
            Self::Exists => "Pakai nama lain, atau ubah profil yang sudah ada.",
            Self::Nothing => "Perpanjang periodenya, lalu coba lagi.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Exists => vec![FieldProblem::new("nama", format!("{self} {}", self.next_step()))],
            Self::Nothing => vec![FieldProblem::new("dari", format!("{self} {}", self.next_step()))],
            _ => Vec::new(),
        }
    }
}
