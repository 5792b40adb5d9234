use praja_kernel::{Date, FieldProblem, Id, Refuse, tanggal_pendek};

use super::{Status, alur::Langkah, nomor_agenda};

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
    /// A letter that nobody can read on screen is not sent to a desk.
    #[error("Surat belum dipindai, sehingga belum dapat diarahkan.")]
    NotScanned,
    /// The step does not fit the state.
    #[error("Surat tidak dapat {} karena sudah berstatus {}.", langkah.label(), status.label())]
    NotNow {
        /// What was asked.
        langkah: Langkah,
        /// How it stands.
        status: Status,
    },
    /// Something chosen or typed on the way of a letter is missing or wrong.
    #[error("Surat belum diubah karena ada isian yang perlu diperbaiki.")]
    Step(Vec<FieldProblem>),
    /// The letter does not lie on this desk.
    #[error("Surat ini tidak berada pada jabatan yang sedang Anda jalankan.")]
    NotYours,
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
            Self::NotScanned => "eoffice.surat-masuk.not-scanned",
            Self::NotNow { .. } => "eoffice.surat-masuk.not-now",
            Self::Step(_) => "eoffice.surat-masuk.step",
            Self::NotYours => "eoffice.surat-masuk.not-yours",
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
            Self::Closed(_) | Self::NotNow { .. } => "Lihat riwayat surat untuk mengetahui siapa yang menyelesaikannya.".into(),
            Self::NotScanned => "Tambahkan pindaiannya dahulu, lalu arahkan.".into(),
            Self::Step(_) => "Perbaiki isian yang ditandai, lalu kirim kembali.".into(),
            Self::NotYours => "Pilih jabatan yang sesuai pada \"Bertindak sebagai\" di bagian atas halaman.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) | Self::Step(problems) => problems.clone(),
            Self::ScanOfTopSecret | Self::NoScan => {
                vec![FieldProblem::new("pindaian", format!("{self} {}", self.next_step()))]
            }
            Self::Kembar { .. } | Self::NoOpd | Self::Closed(_) | Self::NotScanned | Self::NotNow { .. } | Self::NotYours => {
                Vec::new()
            }
        }
    }
}
