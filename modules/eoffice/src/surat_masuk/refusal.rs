use praja_kernel::{Date, FieldProblem, Id, Refuse, tanggal_pendek};

use super::nomor_agenda;

/// Why a letter is not registered or not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Surat belum dicatat karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The same sender, number and date stand in the agenda.
    #[error("Surat dengan pengirim, nomor dan tanggal yang sama sudah dicatat dengan nomor agenda {}.", nomor_agenda(*.agenda, *.tahun))]
    Kembar {
        /// The earlier letter.
        id: Id,
        /// Its agenda number.
        agenda: i64,
        /// Its agenda year.
        tahun: i64,
        /// When it was received.
        diterima: Date,
    },
    /// Whoever acts holds no post in an OPD.
    #[error("Anda sedang tidak bertindak untuk suatu OPD, sehingga surat tidak dapat dicatat dalam buku agenda.")]
    NoOpd,
    /// A scan of a letter of which none is kept.
    #[error("Pindaian naskah sangat rahasia tidak disimpan.")]
    ScanOfTopSecret,
    /// No file was chosen.
    #[error("Belum ada berkas pindaian yang dipilih.")]
    NoScan,
    /// The letter is finished; its label says how.
    #[error("Pindaian tidak dapat ditambahkan karena surat sudah berstatus {0}.")]
    Closed(&'static str),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "eoffice.surat-masuk.fields",
            Self::Kembar { .. } => "eoffice.surat-masuk.already-registered",
            Self::NoOpd => "eoffice.surat-masuk.no-opd",
            Self::ScanOfTopSecret => "eoffice.surat-masuk.scan-of-top-secret",
            Self::NoScan => "eoffice.surat-masuk.no-scan",
            Self::Closed(_) => "eoffice.surat-masuk.closed",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu catat kembali.".into(),
            Self::Kembar { diterima, .. } => format!(
                "Surat itu diterima pada {}. Buka surat itu, atau catat sekali lagi bila memang dua surat yang berbeda.",
                tanggal_pendek(*diterima)
            ),
            Self::NoOpd => "Pilih jabatan Anda pada \"Bertindak sebagai\" di bagian atas halaman.".into(),
            Self::ScanOfTopSecret => "Simpan naskah aslinya dan isi tempat penyimpanannya saja.".into(),
            Self::NoScan => "Pilih berkas PDF, JPG atau PNG, lalu simpan kembali.".into(),
            Self::Closed(_) => "Lihat riwayat surat untuk mengetahui siapa yang menyelesaikannya.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::ScanOfTopSecret | Self::NoScan => {
                vec![FieldProblem::new("pindaian", format!("{self} {}", self.next_step()))]
            }
            Self::Kembar { .. } | Self::NoOpd | Self::Closed(_) => Vec::new(),
        }
    }
}
