mod assess;
mod backup;
mod dokumen;
mod install;
mod said;
mod trial;

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, Parser, Subcommand};
use praja_deploy::{Again, DEFAULT_ROOT, typed};

pub(crate) use assess::{AssessOptions, Jawab};
pub(crate) use backup::{BackupCommand, BackupCreateOptions, BackupRestoreOptions, BackupVerifyOptions, RecoverySheetOptions};
pub(crate) use dokumen::{DokumenCommand, DokumenVerifyOptions};
pub(crate) use install::{InstallOptions, UninstallOptions};
pub(crate) use praja_deploy::root_of;
pub(crate) use said::{Stop, read};
pub(crate) use trial::TryOptions;

/// Praja: pemerintahan kabupaten dan kota dalam satu program.
#[derive(Debug, Parser)]
#[command(name = "praja", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(after_help = "Mulailah dengan: praja try")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Tampilkan bantuan ini
    #[arg(short = 'h', long, global = true, display_order = 900, action = ArgAction::Help)]
    help: Option<bool>,
    /// Tampilkan versi program
    #[arg(short = 'V', long, display_order = 901, action = ArgAction::Version)]
    version: Option<bool>,
}

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Nilai mesin ini, pasang daerah contoh dalam satu folder, lalu layani
    Try(TryOptions),
    /// Pasang untuk bekerja: sebagai layanan mesin ini, atau dalam satu folder
    Install(Box<InstallOptions>),
    /// Hapus pemasangan beserta semua yang dibuatnya
    Uninstall(UninstallOptions),
    /// Nilai mesin dan jaringan ini untuk keputusan memasang; tidak mengubah apa pun
    Assess(AssessOptions),
    /// Layani pemasangan yang sudah ada
    Serve(ConfigOptions),
    /// Tampilkan keadaan pemasangan
    Status(ReportOptions),
    /// Lihat modul
    #[command(subcommand)]
    Module(ModuleCommand),
    /// Periksa dan jangkarkan jejak audit
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Buat, pulihkan dan periksa cadangan
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Periksa keaslian naskah
    #[command(subcommand)]
    Dokumen(DokumenCommand),
    /// Periksa kesehatan pemasangan, dan betulkan yang aman dibetulkan
    Doctor(DoctorOptions),
    /// Periksa, tampilkan dan ubah pengaturan
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Kumpulkan keterangan untuk yang membantu Anda, tanpa nama, nomor, sandi dan isi surat
    SupportBundle(SupportBundleOptions),
    /// Cetak lembar pemulihan, atau buat yang baru
    RecoverySheet(RecoverySheetOptions),
    /// Buat tautan untuk administrator pertama
    #[command(subcommand)]
    Admin(AdminCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Buat tautan sekali pakai untuk menjadi administrator; berlaku 24 jam
    Link(AdminLinkOptions),
}

#[derive(Debug, Args)]
pub(crate) struct AdminLinkOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Buat juga bila administrator sudah ada, misalnya bila tidak satu pun dapat masuk
    #[arg(long)]
    pub(crate) extra: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigOptions {
    /// Berkas pengaturan (bawaan: ./praja-box, lalu layanan di /srv/praja)
    #[arg(long, value_name = "BERKAS", default_value_os_t = usual_config(), hide_default_value = true)]
    pub(crate) config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ReportOptions {
    #[command(flatten)]
    pub(crate) at: ConfigOptions,
    /// Tulis hasil sebagai JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModuleCommand {
    /// Daftar modul dalam program ini dan yang menyala
    List(ReportOptions),
    /// Daftar alamat yang dijawab program ini, hak yang diperlukan, dan kegunaannya
    Routes(RoutesOptions),
}

#[derive(Debug, Args)]
pub(crate) struct RoutesOptions {
    /// Cetak sebagai JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Periksa keutuhan jejak audit
    Verify(AuditVerifyOptions),
    /// Buat jangkar jejak audit untuk disimpan di luar mesin ini
    Anchor(AuditAnchorOptions),
}

#[derive(Debug, Args)]
pub(crate) struct AuditVerifyOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Jangkar yang disimpan sebelumnya; boleh disebut beberapa kali
    #[arg(long, value_name = "BERKAS")]
    pub(crate) anchor: Vec<PathBuf>,
    /// Periksa berkas rantai atau ekspor pengawasan (ZIP) yang diunduh, tanpa basis data; boleh disebut beberapa kali
    #[arg(long, value_name = "BERKAS")]
    pub(crate) export: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AuditAnchorOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Simpan jangkar ke berkas ini
    #[arg(long, value_name = "BERKAS")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct DoctorOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Betulkan yang aman: izin berkas, folder yang hilang, sisa pekerjaan, unit yang belum dinyalakan
    #[arg(long)]
    pub(crate) fix: bool,
    /// Lewati yang lama: jejak audit dan lampiran satu per satu
    #[arg(long)]
    pub(crate) quick: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Periksa pengaturan sebelum Praja dimulai ulang
    Check(ReportOptions),
    /// Tampilkan pengaturan yang berlaku dan asalnya; sandi tidak ditampilkan
    Show(ReportOptions),
    /// Ubah satu kunci dalam praja.local.yaml; komentar di sana tetap
    Set(ConfigSetOptions),
}

#[derive(Debug, Args)]
pub(crate) struct ConfigSetOptions {
    /// Nama kunci, misalnya cadangan.tempat
    #[arg(value_name = "KUNCI")]
    pub(crate) key: String,
    /// Nilainya; beberapa nilai dipisahkan dengan koma
    #[arg(value_name = "NILAI")]
    pub(crate) value: String,
    #[command(flatten)]
    pub(crate) report: ReportOptions,
}

#[derive(Debug, Args)]
pub(crate) struct SupportBundleOptions {
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    /// Berkas yang ditulis (bawaan: praja-bantuan.tar.gz di folder ini)
    #[arg(long, value_name = "BERKAS")]
    pub(crate) output: Option<PathBuf>,
    /// Jawab ya untuk setiap pertanyaan
    #[arg(long)]
    pub(crate) yes: bool,
}

impl Command {
    /// The trial that this command repeats, or that would make what it works on.
    pub(crate) fn again(&self) -> Again {
        match self {
            Self::Try(options) => options.again(),
            Self::Assess(options) => Again::of(options.root.clone()),
            Self::Install(options) => options.again(),
            Self::Uninstall(options) => Again { install: Some(Vec::new()), ..Again::of(options.root()) },
            Self::Serve(options) => Again::of(root_of(&options.config)),
            Self::Status(report) | Self::Module(ModuleCommand::List(report)) => Again::of(root_of(&report.at.config)),
            _ => Again::of(DEFAULT_ROOT),
        }
    }
}

impl ConfigOptions {
    /// A command on the same installation.
    pub(crate) fn command(&self, words: &str) -> String {
        if self.config == usual_config() {
            return words.to_owned();
        }
        format!("{words} --config {}", typed(&self.config))
    }
}

/// The settings meant when none are named: those of a trial in this folder, else those of the service of this machine.
fn usual_config() -> PathBuf {
    let of = |root: &str| Path::new(root).join("config/praja.yaml");
    let (here, service) = (of(DEFAULT_ROOT), of(praja_deploy::SERVICE_ROOT));
    if !here.exists() && service.exists() { service } else { here }
}
