use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{ConfigOptions, ReportOptions};

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Buat cadangan sambil tetap melayani
    Create(BackupCreateOptions),
    /// Daftar cadangan di kedua tempat: umur, ukuran, dan hasil pemeriksaannya
    List(ReportOptions),
    /// Latihan pulih: pulihkan cadangan terbaru ke folder sementara, periksa isinya, lalu hapus
    Drill(ReportOptions),
    /// Pulihkan cadangan ke folder yang masih kosong, dengan basis data tertanam atau PostgreSQL
    Restore(BackupRestoreOptions),
    /// Periksa cadangan tanpa memulihkannya
    Verify(BackupVerifyOptions),
}

#[derive(Debug, Args)]
pub(crate) struct BackupCreateOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Berkas cadangan (bawaan: nama bertanggal di folder ini)
    #[arg(long, value_name = "BERKAS")]
    pub(crate) output: Option<PathBuf>,
    /// Buat bila sudah waktunya, salin ke tempat kedua, dan hapus yang terlama, menurut pengaturan cadangan
    #[arg(long, conflicts_with = "output")]
    pub(crate) scheduled: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BackupRestoreOptions {
    /// Berkas cadangan
    #[arg(value_name = "BERKAS")]
    pub(crate) file: PathBuf,
    /// Folder tujuan, yang belum berisi apa pun
    #[arg(long, value_name = "FOLDER")]
    pub(crate) root: PathBuf,
    /// Berkas berisi kunci dari lembar pemulihan
    #[arg(long, value_name = "BERKAS")]
    pub(crate) recovery: Option<PathBuf>,
    /// Pulihkan ke basis data kosong pada peladen PostgreSQL ini, bukan basis data tertanam
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Berkas pengaturan yang menjadi praja.local.yaml pemasangan baru, misalnya dengan blob pada S3
    #[arg(long, value_name = "BERKAS")]
    pub(crate) settings: Option<PathBuf>,
    /// Tulis hasil sebagai JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BackupVerifyOptions {
    /// Berkas cadangan
    #[arg(value_name = "BERKAS")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) at: ConfigOptions,
    /// Berkas berisi kunci dari lembar pemulihan, bila pemasangannya sudah tidak ada
    #[arg(long, value_name = "BERKAS")]
    pub(crate) recovery: Option<PathBuf>,
    /// Tulis hasil sebagai JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RecoverySheetOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Buat lembar baru, karena yang lama hilang atau terlihat orang lain
    #[arg(long)]
    pub(crate) new: bool,
    /// Jawab ya untuk setiap pertanyaan
    #[arg(long)]
    pub(crate) yes: bool,
}
