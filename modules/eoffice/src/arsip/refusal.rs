use praja_kernel::{FieldProblem, Refuse};

use super::Tahap;

/// Why something about a file is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Berkas belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Closed already.
    #[error("Berkas ini sudah ditutup dan berada pada tahap {}.", .0.label())]
    NotOpen(Tahap),
    /// Not at hand in its unit.
    #[error("Berkas ini berada pada tahap {}, sehingga tidak dapat diubah di sini.", .0.label())]
    NotActive(Tahap),
    /// In a list of disposal that is not finished.
    #[error("Berkas ini ada dalam daftar penyusutan yang belum selesai.")]
    Listed,
    /// Nothing in it.
    #[error("Berkas ini masih kosong, sehingga tidak dapat ditutup.")]
    Empty,
    /// The schedule names no event.
    #[error("Retensi berkas ini dihitung sejak ditutup, bukan sejak suatu peristiwa.")]
    NoEvent,
    /// A letter or naskah that is not finished, or is filed already.
    #[error("{0}")]
    NotFileable(String),
    /// Of another office.
    #[error("Surat dan berkas harus milik OPD yang sama.")]
    OtherOpd,
    /// Filed by the system for another service.
    #[error("Izin dan suratnya diberkaskan oleh sistem, sehingga tidak dikeluarkan dari berkasnya.")]
    ByItself,
    /// Nothing was chosen.
    #[error("Belum ada surat atau naskah yang dipilih.")]
    Nothing,
}

impl Refusal {
    /// One date at fault.
    pub(crate) fn day(field: &'static str, message: &str) -> Self {
        Self::Fields(vec![FieldProblem::new(field, message)])
    }
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.arsip.fields",
            Self::NotOpen(_) => "eoffice.arsip.not-open",
            Self::NotActive(_) => "eoffice.arsip.not-active",
            Self::Listed => "eoffice.arsip.listed",
            Self::Empty => "eoffice.arsip.empty",
            Self::NoEvent => "eoffice.arsip.no-event",
            Self::NotFileable(_) => "eoffice.arsip.not-fileable",
            Self::OtherOpd => "eoffice.arsip.other-opd",
            Self::ByItself => "eoffice.arsip.by-itself",
            Self::Nothing => "eoffice.arsip.nothing",
        }
    }

    fn message(&self) -> String {
        self.to_string()
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan lagi.",
            Self::NotOpen(_) => "Pilih berkas lain yang masih terbuka, atau buka kembali berkas ini selama masih arsip aktif.",
            Self::NotActive(_) => "Perubahan tahap dicatat dengan berita acara.",
            Self::Listed => "Keluarkan berkas ini dari daftar itu, atau batalkan daftarnya, lalu ulangi.",
            Self::Empty => "Masukkan surat atau naskah lebih dahulu.",
            Self::NoEvent => "Tidak ada yang perlu dicatat.",
            Self::NotFileable(_) => "Selesaikan dahulu, atau periksa berkas yang memuatnya.",
            Self::OtherOpd => "Bertindaklah untuk jabatan pada OPD pemilik surat itu.",
            Self::ByItself => "Biarkan di berkas ini; dokumennya tetap milik layanan yang menerbitkannya.",
            Self::Nothing => "Kembali ke daftar, lalu pilih surat atau naskahnya.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(fields) => fields.clone(),
            _ => Vec::new(),
        }
    }
}
