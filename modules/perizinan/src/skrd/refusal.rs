use praja_kernel::{Date, FieldProblem, Refuse, Rupiah, tanggal_panjang};

use super::QrisError;

/// Why nothing is billed, paid or confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// The service costs nothing.
    #[error("Layanan ini gratis. SKRD hanya dibuat untuk retribusi yang ditetapkan Perda.")]
    Free,
    /// There is a fee and no Perda.
    #[error("Jenis layanan ini belum menyebut Perda retribusinya, sehingga SKRD tidak dapat dibuat.")]
    NoBasis,
    /// It was billed before.
    #[error("Permohonan ini sudah memiliki SKRD {0} yang belum dibatalkan.")]
    Billed(String),
    /// The application is somewhere else.
    #[error("Permohonan ini tidak sedang menunggu penetapan retribusi.")]
    NotWaiting,
    /// The regency's code has no four digits, or the numbers of the year are used up.
    #[error("Kode bayar tidak dapat dibuat: {0}.")]
    NoCode(&'static str),
    /// The bill is no longer open.
    #[error("SKRD {nomor} {keadaan}, sehingga tidak dapat diubah lagi.")]
    Closed {
        /// Its number.
        nomor: String,
        /// What it is.
        keadaan: String,
    },
    /// The amount is not what is owed on that day.
    #[error("Yang harus disetor pada {} adalah {seharusnya}, bukan {jumlah}.", tanggal_panjang(*.tanggal))]
    Amount {
        /// The day of payment.
        tanggal: Date,
        /// What is owed.
        seharusnya: Rupiah,
        /// What was typed.
        jumlah: Rupiah,
    },
    /// A field that was not filled as it must be.
    #[error("{pesan}")]
    Field {
        /// The field.
        bidang: &'static str,
        /// What to do.
        pesan: String,
    },
    /// The STS was used.
    #[error("Nomor STS {sts} sudah dipakai untuk SKRD {skrd}.")]
    StsUsed {
        /// The number.
        sts: String,
        /// The other bill.
        skrd: String,
    },
    /// Somebody entered a payment that waits.
    #[error("Sudah ada setoran atas SKRD ini yang menunggu konfirmasi.")]
    Waiting,
    /// One may not confirm what one entered.
    #[error("Setoran ini Anda sendiri yang mencatat. Konfirmasi harus oleh petugas lain.")]
    SamePerson,
    /// Confirmed or rejected before.
    #[error("Setoran ini sudah diputuskan.")]
    Decided,
    /// What the bank gave is no QRIS for this bill.
    #[error(transparent)]
    Qris(#[from] QrisError),
    /// The paper cannot be drawn.
    #[error("PDF belum dapat dibuat. {0}")]
    Pdf(String),
    /// Beyond what fits.
    #[error("Jumlah uang terlalu besar.")]
    TooLarge,
}

impl Refusal {
    /// A field with its message.
    pub(crate) fn field(bidang: &'static str, pesan: impl Into<String>) -> Self {
        Self::Field { bidang, pesan: pesan.into() }
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Free => "perizinan.skrd.free",
            Self::NoBasis => "perizinan.skrd.no-basis",
            Self::Billed(_) => "perizinan.skrd.billed",
            Self::NotWaiting => "perizinan.skrd.not-waiting",
            Self::NoCode(_) => "perizinan.skrd.no-code",
            Self::Closed { .. } => "perizinan.skrd.closed",
            Self::Amount { .. } => "perizinan.skrd.amount",
            Self::Field { .. } => "perizinan.skrd.field",
            Self::StsUsed { .. } => "perizinan.skrd.sts-used",
            Self::Waiting => "perizinan.skrd.waiting",
            Self::SamePerson => "perizinan.skrd.same-person",
            Self::Decided => "perizinan.skrd.decided",
            Self::Qris(_) => "perizinan.skrd.qris",
            Self::Pdf(_) => "perizinan.skrd.pdf",
            Self::TooLarge => "perizinan.skrd.too-large",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::SamePerson => "Mintalah bendahara atau pembantu bendahara lain membuka halaman ini.",
            Self::NoBasis => "Mintalah pengelola layanan melengkapi dasar biaya pada jenis layanan.",
            Self::Billed(_) | Self::NotWaiting | Self::Closed { .. } | Self::Decided => {
                "Muat ulang halaman untuk melihat keadaannya yang terbaru."
            }
            Self::Waiting => "Konfirmasi atau tolak setoran itu lebih dahulu.",
            _ => "",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Field { bidang, pesan } => vec![FieldProblem::new(*bidang, pesan.clone())],
            Self::Amount { .. } => vec![FieldProblem::new("jumlah", self.to_string())],
            Self::StsUsed { .. } => vec![FieldProblem::new("sts", self.to_string())],
            Self::Qris(e) => vec![FieldProblem::new("qris", e.to_string())],
            _ => Vec::new(),
        }
    }
}
