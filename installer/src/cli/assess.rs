use std::path::PathBuf;

use clap::Args;
use praja_deploy::{Again, Span};

#[derive(Debug, Args)]
pub(crate) struct AssessOptions {
    /// Folder tempat data akan disimpan (bawaan: ./praja-box)
    #[arg(long, value_name = "FOLDER", default_value = "./praja-box", hide_default_value = true)]
    pub(crate) root: PathBuf,
    /// Porta yang akan dilayani (bawaan: 7321)
    #[arg(long, value_name = "PORTA", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// Ukur dengan singkat, beberapa detik saja
    #[arg(long)]
    pub(crate) quick: bool,
    /// Banyaknya pegawai yang akan memakai (bawaan: 400)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=200_000))]
    pub(crate) pegawai: Option<u32>,
    /// Banyaknya surat tiap hari kerja (bawaan: 150)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) surat: Option<u32>,
    /// Banyaknya permohonan izin tiap bulan (bawaan: 300)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) izin: Option<u32>,
    /// Banyaknya orang yang mengelola mesin ini (bawaan: 2)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=1_000))]
    pub(crate) pengelola: Option<u32>,
    /// Mesin ini dijaga UPS: ya atau tidak
    #[arg(long, value_name = "YA|TIDAK", hide_possible_values = true)]
    pub(crate) ups: Option<Jawab>,
    /// Salinan data akan disimpan di tempat lain: ya atau tidak
    #[arg(long, value_name = "YA|TIDAK", hide_possible_values = true)]
    pub(crate) salinan_kedua: Option<Jawab>,
    /// Nama untuk membuka Praja, misalnya praja.kabupaten.go.id
    #[arg(long, value_name = "NAMA")]
    pub(crate) nama: Option<String>,
    /// Jangan bertanya; pakai jawaban bawaan untuk yang tidak disebut
    #[arg(long)]
    pub(crate) yes: bool,
    /// Ukur juga jaringan kantor yang disebut dalam berkas CSV ini
    #[arg(long, value_name = "BERKAS")]
    pub(crate) sites: Option<PathBuf>,
    /// Cetak contoh berkas kantor
    #[arg(long, exclusive = true)]
    pub(crate) sites_contoh: bool,
    /// Pantau kantor selama ini, misalnya 24h, untuk mengetahui jam tanpa jaringan; dapat dilanjutkan
    #[arg(long, value_name = "LAMA", requires = "sites", value_parser = clap::value_parser!(Span))]
    pub(crate) watch: Option<Span>,
    /// Catatan pantauan (bawaan: nama berkas kantor ditambah .pantauan)
    #[arg(long, value_name = "BERKAS", requires = "watch")]
    pub(crate) watch_file: Option<PathBuf>,
    /// Pakai juga pengukuran dari kantor (halaman /ukur) pada pemasangan ini
    #[arg(long, value_name = "BERKAS")]
    pub(crate) config: Option<PathBuf>,
    /// Simpan hasil sebagai JSON
    #[arg(long, value_name = "BERKAS")]
    pub(crate) json: Option<PathBuf>,
    /// Simpan laporan untuk lampiran perjanjian, berkas HTML yang dapat dicetak
    #[arg(long, value_name = "BERKAS")]
    pub(crate) html: Option<PathBuf>,
    /// Simpan laporan yang sama sebagai PDF
    #[arg(long, value_name = "BERKAS")]
    pub(crate) pdf: Option<PathBuf>,
    /// Nilai lagi pengukuran dari berkas JSON, misalnya dari mesin lain
    #[arg(long, value_name = "BERKAS")]
    pub(crate) facts: Option<PathBuf>,
}

impl AssessOptions {
    /// The trial on the machine and folder that were assessed.
    pub(crate) fn again(&self) -> String {
        Again { port: self.port, ..Again::of(self.root.clone()) }.command()
    }
}

/// The answer to a question that can be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Jawab {
    Ya,
    Tidak,
}

impl From<Jawab> for bool {
    fn from(jawab: Jawab) -> Self {
        jawab == Jawab::Ya
    }
}
