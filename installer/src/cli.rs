mod install;

use std::path::{Path, PathBuf};

use clap::{
    ArgAction, Args, Command as Clap, CommandFactory, FromArgMatches, Parser, Subcommand,
    error::{ContextKind, ContextValue, ErrorKind},
};
use praja_deploy::{Again, DEFAULT_ROOT, Span, typed};

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
    /// Nilai lagi pengukuran dari berkas JSON, misalnya dari mesin lain
    #[arg(long, value_name = "BERKAS")]
    pub(crate) facts: Option<PathBuf>,
}

pub(crate) use install::{InstallOptions, UninstallOptions};

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
    /// Periksa berkas rantai yang diunduh, tanpa basis data; boleh disebut beberapa kali
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
            install: None,
        }
    }
}

impl AssessOptions {
    /// The trial on the machine and folder that were assessed.
    pub(crate) fn again(&self) -> String {
        Again { port: self.port, ..Again::of(self.root.clone()) }.command()
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

/// Why there is no command to run.
pub(crate) enum Stop {
    /// Help or version was asked for: here it is.
    Shown(String),
    /// The command was typed wrongly: what was wrong, and what to type.
    Misused(String),
}

/// The installation's folder: the parent of `config/`.
pub(crate) fn root_of(config: &Path) -> &Path {
    match config.parent().and_then(Path::parent) {
        Some(root) if !root.as_os_str().is_empty() => root,
        _ => Path::new("."),
    }
}

/// Reads the command line.
pub(crate) fn read() -> Result<Command, Stop> {
    let matches = command().try_get_matches().map_err(|error| stop(&error))?;
    Cli::from_arg_matches(&matches).map(|cli| cli.command).map_err(|error| stop(&error))
}

/// The whole command tree, with every heading in Indonesian.
fn command() -> Clap {
    indonesian(Cli::command().max_term_width(80), "praja")
}

fn indonesian(command: Clap, path: &str) -> Clap {
    let positionals: Vec<String> = command
        .get_positionals()
        .map(|argument| format!(" <{}>", argument.get_value_names().map_or("NILAI", |names| &names[0])))
        .collect();
    let (rest, sections) = if command.has_subcommands() {
        (" <PERINTAH>".to_owned(), "Perintah:\n{subcommands}\n\nOpsi:\n{options}")
    } else if positionals.is_empty() {
        (" [OPSI]".to_owned(), "Opsi:\n{options}")
    } else {
        (format!(" [OPSI]{}", positionals.concat()), "Yang disebut:\n{positionals}\n\nOpsi:\n{options}")
    };
    let template = format!("{{about}}\n\nPenggunaan:\n  {{usage}}\n\n{sections}{{after-help}}");
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.help_template(template).override_usage(format!("{path}{rest}")).disable_help_subcommand(true);
    names.into_iter().fold(command, |command, name| {
        let below = format!("{path} {name}");
        command.mut_subcommand(name, |sub| indonesian(sub, &below))
    })
}

fn stop(error: &clap::Error) -> Stop {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return Stop::Shown(error.to_string().trim_end().to_owned()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return Stop::Misused(error.to_string().trim_end().to_owned()),
        ErrorKind::UnknownArgument => format!("Opsi {argument} tidak dikenal."),
        ErrorKind::InvalidSubcommand => format!("Perintah {} tidak dikenal.", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "Perintahnya belum disebut.".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("{argument} belum disebut."),
        ErrorKind::ArgumentConflict => format!("{argument} hanya boleh disebut sekali dan tidak bersama opsi yang bertentangan."),
        ErrorKind::InvalidValue if value.is_empty() => format!("Nilai untuk {argument} belum disebut."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("Nilai \"{value}\" tidak dapat dipakai untuk {argument}.")
        }
        ErrorKind::InvalidUtf8 => "Perintah itu memuat huruf yang bukan UTF-8.".to_owned(),
        _ => "Perintah itu tidak dapat dipahami.".to_owned(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context).concat();
    let near = if near.is_empty() { String::new() } else { format!(" Mungkin maksud Anda: {near}.") };
    Stop::Misused(format!("{message}{near}\nPerintah berikutnya: praja --help"))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
