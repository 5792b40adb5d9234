use std::path::PathBuf;

use clap::Args;
use praja_deploy::Again;

#[derive(Debug, Args)]
pub(crate) struct TryOptions {
    /// Folder pemasangan (bawaan: ./praja-box)
    #[arg(long, value_name = "FOLDER", default_value = "./praja-box", hide_default_value = true)]
    pub(crate) root: PathBuf,
    /// Porta yang dilayani (bawaan: 7321)
    #[arg(long, value_name = "PORTA", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// Banyaknya data contoh, 1 sampai 10000 (bawaan: 1)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) scale: Option<u32>,
    /// Daerah contoh: kode atau nama kabupaten atau kota (bawaan: 19.06)
    #[arg(long, value_name = "KODE")]
    pub(crate) region: Option<String>,
    /// Banyaknya kartu akun peserta pelatihan, 0 sampai 400 (bawaan: 20)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=400))]
    pub(crate) kartu: Option<u16>,
    /// Layani juga perangkat lain di jaringan ini (bertanya dahulu)
    #[arg(long)]
    pub(crate) lan: bool,
    /// Pakai peladen PostgreSQL ini, bukan basis data tertanam
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Kembalikan data contoh seperti saat pertama dipasang
    #[arg(long)]
    pub(crate) reset: bool,
    /// Jawab ya untuk setiap pertanyaan
    #[arg(long)]
    pub(crate) yes: bool,
    /// Tampilkan penilaian dan rencana saja, tanpa mengubah apa pun
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Tulis penilaian dan rencana sebagai JSON; faktanya dapat dinilai lagi dengan --facts
    #[arg(long, requires = "dry_run")]
    pub(crate) json: bool,
    /// Nilai mesin lain dari berkas fakta JSON, bukan mesin ini
    #[arg(long, value_name = "BERKAS", requires = "dry_run")]
    pub(crate) facts: Option<PathBuf>,
}

impl TryOptions {
    /// What has to be typed to ask for the same again.
    pub(crate) fn again(&self) -> Again {
        Again {
            root: self.root.clone(),
            region: self.region.clone(),
            scale: self.scale,
            database: self.database.clone(),
            lan: self.lan,
            port: self.port,
            host: None,
            install: None,
        }
    }
}
