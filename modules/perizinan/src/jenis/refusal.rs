use praja_kernel::Refuse;

use super::Cacat;

/// Why a type of service is not saved or published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// What was published is never changed.
    #[error("Versi ini sudah terbit, sehingga tidak dapat diubah.")]
    Published,
    /// One draft at a time.
    #[error("Layanan ini sudah mempunyai draf versi berikutnya.")]
    HasDraft,
    /// Only what is offered can be taken out of the offer.
    #[error("Versi ini tidak sedang terbit.")]
    NotOffered,
    /// Something in it does not work yet.
    #[error("Layanan ini belum dapat diterbitkan: {} hal perlu diperbaiki.", .0.len())]
    Defects(Vec<Cacat>),
    /// It promises more than it may.
    #[error("{}", .0.pesan)]
    Promise(Box<Cacat>),
    /// No reason was given.
    #[error("Alasan belum ditulis.")]
    NoReason,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Published => "perizinan.jenis.published",
            Self::HasDraft => "perizinan.jenis.has-draft",
            Self::NotOffered => "perizinan.jenis.not-offered",
            Self::Defects(_) => "perizinan.jenis.defects",
            Self::Promise(_) => "perizinan.jenis.promise",
            Self::NoReason => "perizinan.jenis.no-reason",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Published => "Buat versi baru dari versi ini, lalu ubah versi baru itu.".into(),
            Self::HasDraft => "Lanjutkan draf itu, atau hapus dahulu.".into(),
            Self::NotOffered => "Buka daftar jenis layanan untuk melihat keadaannya sekarang.".into(),
            Self::Defects(all) => {
                all.iter().take(8).map(|one| format!("{} {}", one.pesan, one.saran)).collect::<Vec<_>>().join(" ")
            }
            Self::Promise(one) => one.saran.clone(),
            Self::NoReason => "Tulis alasannya dalam satu kalimat; alasan itu tercatat dalam riwayat.".into(),
        }
    }
}
