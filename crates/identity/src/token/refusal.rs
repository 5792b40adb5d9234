use praja_kernel::{FieldProblem, Refuse};

/// Why a token is not made or not taken back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// What is wrong with which fields.
    #[error("Token belum dibuat karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Whoever acts holds no post in an OPD.
    #[error("Anda sedang tidak bertindak untuk suatu OPD, sehingga token tidak dapat dibuat.")]
    NoOpd,
    /// There is nothing they may give.
    #[error("Tidak ada cakupan yang haknya Anda pegang pada OPD ini.")]
    Nothing,
    /// It is revoked already.
    #[error("Token ini sudah dicabut.")]
    Revoked,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.token.fields",
            Self::NoOpd => "identity.token.no-opd",
            Self::Nothing => "identity.token.nothing",
            Self::Revoked => "identity.token.revoked",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::NoOpd => "Pilih jabatan Anda pada \"Bertindak sebagai\" di bagian atas halaman.",
            Self::Nothing => "Minta yang memegang hak membaca suratnya membuat token ini.",
            Self::Revoked => "Aplikasinya tidak dapat masuk lagi dengan token ini.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::NoOpd | Self::Nothing | Self::Revoked => Vec::new(),
        }
    }
}
