use praja_kernel::{FieldProblem, Refuse};
use praja_module::signing::{PadesError, SignError};

use super::Bukti;

/// Why nothing was signed, or settings of signing were not kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Pengaturan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The program was built without signatures.
    #[error("Program ini dibangun tanpa tanda tangan elektronik.")]
    Absent,
    /// There is no authority of the regency's own.
    #[error("Otoritas uji daerah belum dibuat.")]
    NoAuthority,
    /// There is one already.
    #[error("Otoritas uji daerah sudah ada.")]
    HasAuthority,
    /// The e-sign server is not set up.
    #[error("Sambungan BSrE belum diatur.")]
    NoBsre,
    /// This regency signs on paper.
    #[error("Daerah Anda sedang menandatangani naskah di kertas.")]
    OnPaper,
    /// A contoh Instance.
    #[error("Ruang latihan tidak menandatangani dengan sertifikat BSrE.")]
    Training,
    /// No passphrase or code was typed.
    #[error("{} belum diketik.", .0.label())]
    NoSecret(Bukti),
    /// The e-sign server would not know the signer.
    #[error("Data pegawai Anda belum memuat alamat surel, padahal server tanda tangan mengenali Anda dari alamat itu.")]
    NoAddress,
    /// The passphrase is wrong, or the provider refuses for another reason of the signer's.
    #[error("{why} Sisa {left} percobaan sebelum penandatanganan dijeda lima menit.")]
    Wrong {
        /// What the provider said.
        why: String,
        /// How many tries are left.
        left: i64,
        /// What was typed.
        bukti: Bukti,
    },
    /// The same for the third time.
    #[error("{why} Ini percobaan ketiga, jadi penandatanganan dijeda sampai {until}.")]
    WrongAndPaused {
        /// What the provider said.
        why: String,
        /// Until when, in words.
        until: String,
    },
    /// During the pause.
    #[error("Frasa sandi atau kode tiga kali tidak cocok, jadi penandatanganan dijeda sampai {0}.")]
    Paused(String),
    /// The old passphrase does not open the authority.
    #[error("Frasa sandi yang lama tidak cocok.")]
    OldWrong,
    /// The e-sign server does not accept the regency's own name.
    #[error("Server tanda tangan menolak nama atau sandi layanan daerah ini.")]
    Credentials,
    /// The e-sign server does not answer.
    #[error("Server tanda tangan tidak menjawab ({0}).")]
    Away(String),
    /// The e-sign server answers something else.
    #[error("Jawaban server tanda tangan tidak dapat dipakai ({0}).")]
    Nonsense(String),
    /// The document cannot be signed.
    #[error("{0}")]
    Document(String),
}

impl Refusal {
    /// A provider's trouble by its name. The passphrase is struck out of whatever the other side says.
    pub(crate) fn of(error: &SignError, passphrase: &str) -> Self {
        match error {
            SignError::Credentials => Self::Credentials,
            SignError::Unreachable(why) => Self::Away(hidden(why, passphrase)),
            SignError::Nonsense(why) => Self::Nonsense(hidden(why, passphrase)),
            SignError::Refused(_) => Self::Document(wrong(error, passphrase)),
            SignError::NotOffered(_) | SignError::Pades(_) => Self::Document(error.to_string()),
        }
    }
}

/// What is said of a passphrase that was refused.
pub(crate) fn wrong(error: &SignError, passphrase: &str) -> String {
    match error {
        SignError::Pades(PadesError::WrongPassphrase) => "Frasa sandi tidak cocok.".to_owned(),
        other => {
            let words = hidden(&other.to_string(), passphrase);
            format!("{}.", words.trim_end_matches('.'))
        }
    }
}

fn hidden(words: &str, passphrase: &str) -> String {
    if passphrase.is_empty() { words.to_owned() } else { words.replace(passphrase, "…") }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.tte.fields",
            Self::Absent => "desk.tte.absent",
            Self::NoAuthority => "desk.tte.no-authority",
            Self::HasAuthority => "desk.tte.has-authority",
            Self::NoBsre => "desk.tte.no-bsre",
            Self::OnPaper => "desk.tte.on-paper",
            Self::Training => "desk.tte.training",
            Self::NoSecret(_) => "desk.tte.no-secret",
            Self::NoAddress => "desk.tte.no-address",
            Self::Wrong { .. } => "desk.tte.wrong",
            Self::WrongAndPaused { .. } | Self::Paused(_) => "desk.tte.paused",
            Self::OldWrong => "desk.tte.old-wrong",
            Self::Credentials => "desk.tte.credentials",
            Self::Away(_) => "desk.tte.away",
            Self::Nonsense(_) => "desk.tte.nonsense",
            Self::Document(_) => "desk.tte.document",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::Absent => "Pakailah rilis resmi Praja, atau bangun program dengan fitur documents.",
            Self::NoAuthority => "Buat otoritasnya dahulu, lalu pilih cara ini kembali.",
            Self::HasAuthority => "Ganti frasa sandinya bila perlu.",
            Self::NoBsre => "Isi sambungan BSrE dahulu, lalu pilih cara ini kembali.",
            Self::OnPaper => "Beri nomor, cetak, tanda tangani, lalu unggah pindaiannya.",
            Self::Training => "Pakai otoritas uji daerah untuk berlatih.",
            Self::NoSecret(Bukti::Frasa) => "Ketik frasa sandi Anda, lalu ulangi.",
            Self::NoSecret(Bukti::Kode) => "Ketik kode dari surel Anda, lalu ulangi.",
            Self::NoAddress => "Minta admin OPD melengkapi data pegawai Anda.",
            Self::Wrong { bukti: Bukti::Kode, .. } => {
                "Setiap kode berlaku sekali: minta kode baru. Nomor yang sudah dipesan tetap milik naskahnya."
            }
            Self::Wrong { .. } => "Periksa huruf besar dan kecilnya. Nomor yang sudah dipesan tetap milik naskahnya.",
            Self::WrongAndPaused { .. } | Self::Paused(_) => {
                "Pastikan frasa sandi atau kodenya, lalu coba kembali sesudah jeda. Nomor yang sudah dipesan tetap milik naskahnya."
            }
            Self::OldWrong => "Periksa huruf besar dan kecilnya. Frasa sandi yang hilang tidak dapat dipulihkan siapa pun.",
            Self::Credentials => "Minta pengelola meja kerja memeriksa sambungan BSrE.",
            Self::Away(_) | Self::Nonsense(_) => {
                "Naskah tetap bernomor dan menunggu TTE. Coba kembali beberapa saat lagi; nomornya tidak berubah."
            }
            Self::Document(_) => "Periksa naskahnya, lalu coba kembali.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            // How many tries are left stands above the form.
            Self::Wrong { why, .. } => vec![FieldProblem::new("rahasia", why)],
            Self::NoSecret(_) => vec![FieldProblem::new("rahasia", format!("{self} {}", self.next_step()))],
            Self::OldWrong => vec![FieldProblem::new("rahasia_lama", format!("{self} {}", self.next_step()))],
            _ => Vec::new(),
        }
    }
}
