use std::{
    error::Error,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use crate::{
    Again, DEFAULT_PORT, DEFAULT_ROOT, Version,
    again::{try_command, typed},
};

/// What keeps an installation from going on: read by whoever runs the installer. Says what was found and what is needed;
/// [`Obstacle::next_command`] says what to type next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// Another program listens on the port.
    #[error("Porta {port} sudah dipakai program lain; Praja memerlukan satu porta yang bebas.")]
    PortTaken {
        /// The port asked for.
        port: u16,
        /// A free one, when there is one nearby.
        free: Option<u16>,
    },
    /// The system does not let us listen there.
    #[error("Porta {port} tidak dapat dibuka: {reason}; gunakan porta antara 1024 dan 65535.")]
    PortRefused {
        /// The port asked for.
        port: u16,
        /// Half a sentence.
        reason: String,
    },
    /// The folder cannot be written to.
    #[error("Folder {folder} tidak dapat ditulis: {reason}; diperlukan folder yang dapat Anda tulisi.")]
    FolderNotWritable {
        /// The folder asked for.
        folder: PathBuf,
        /// Half a sentence.
        reason: String,
    },
    /// Too little space.
    #[error("Disk hanya tersisa {free_mib} MiB; diperlukan paling sedikit {needed_mib} MiB.")]
    LittleDisk {
        /// Free now.
        free_mib: u64,
        /// Needed.
        needed_mib: u64,
    },
    /// Too few files can still be made.
    #[error("Sistem berkas hanya dapat membuat {free} berkas lagi; diperlukan paling sedikit {needed}.")]
    FewInodes {
        /// Free now.
        free: u64,
        /// Needed.
        needed: u64,
    },
    /// Too little memory.
    #[error("Memori yang tersedia hanya {available_mib} MiB; diperlukan paling sedikit {needed_mib} MiB.")]
    LittleMemory {
        /// Available now.
        available_mib: u64,
        /// Needed.
        needed_mib: u64,
    },
    /// The C library is older than the one the program was built for.
    #[error("Pustaka glibc di mesin ini versi {found}; diperlukan paling rendah versi {needed}.")]
    OldGlibc {
        /// Found.
        found: Version,
        /// Needed.
        needed: Version,
    },
    /// The clock cannot be right.
    #[error("Jam mesin menunjukkan {found}; program ini dibuat pada {built}, jadi jam itu keliru.")]
    ClockWrong {
        /// Date the clock shows.
        found: String,
        /// Date the program was built.
        built: String,
    },
    /// Too few files may be open.
    #[error("Satu program hanya boleh membuka {found} berkas; diperlukan paling sedikit {needed}.")]
    FewOpenFiles {
        /// Allowed now.
        found: u64,
        /// Needed.
        needed: u64,
    },
    /// No regency has this code.
    #[error("Kode wilayah \"{asked}\" tidak dikenal; diperlukan kode kabupaten atau kota, misalnya 19.06.{}", list_near(.near))]
    UnknownRegion {
        /// What was asked for.
        asked: String,
        /// The nearest codes with their names, nearest first.
        near: Vec<(String, String)>,
    },
    /// The folder already holds another installation.
    #[error("Folder {root} sudah berisi {found}; yang diminta {asked}.")]
    OtherInstallation {
        /// The folder.
        root: PathBuf,
        /// What it holds.
        found: String,
        /// What was asked for.
        asked: String,
    },
    /// Somebody else works in the folder.
    #[error("Praja sudah berjalan di folder {root}{}; satu folder hanya untuk satu Praja.", pid.map_or(String::new(), |pid| format!(" (proses {pid})")))]
    Busy {
        /// The folder.
        root: PathBuf,
        /// The process that holds it, when known.
        pid: Option<u32>,
    },
    /// Somebody else works in the folder whose data are to be put back.
    #[error("Praja masih berjalan di folder {root}{}. Hentikan dahulu: {}; sesudah itu ulangi --reset.", pid.map_or(String::new(), |pid| format!(" (proses {pid})")), pid.map_or_else(|| "tekan Ctrl-C di terminalnya".to_owned(), |pid| format!("tekan Ctrl-C di terminalnya, atau ketik kill {pid}")))]
    StopFirst {
        /// The folder.
        root: PathBuf,
        /// The process that holds it, when known.
        pid: Option<u32>,
    },
    /// A complete installation without the file of demo accounts: a trial would draw everybody's password anew.
    #[error(
        "Folder {root} berisi pemasangan lengkap tanpa berkas akun contoh, misalnya hasil pemulihan cadangan; praja try akan \
         mengganti sandi semua akunnya. Layani pemasangan itu dengan praja serve."
    )]
    NotATrial {
        /// The folder.
        root: PathBuf,
    },
    /// Another program listens where the settings say.
    #[error(
        "Alamat {address} sudah dipakai program lain; alamat pemasangan ini ditulis di {overlay}, kunci alamat dan url_publik."
    )]
    AddressTaken {
        /// The address of the settings.
        address: SocketAddr,
        /// The file where another one may be written.
        overlay: PathBuf,
    },
    /// There is no installation in the folder.
    #[error("Folder {root} belum berisi Praja; diperlukan berkas {missing}.")]
    NotInstalled {
        /// The folder.
        root: PathBuf,
        /// The file that was looked for.
        missing: PathBuf,
    },
    /// A profile that a portable installation cannot have.
    #[error(
        "Profil {found} memerlukan pemasangan sebagai layanan; pemasangan dalam satu folder memakai mini, standar atau penuh."
    )]
    ProfileNotPortable {
        /// The profile asked for.
        found: String,
    },
    /// A cluster is advised, not installed.
    #[error(
        "Profil klaster tidak dipasang oleh perintah ini. Yang diperlukan dahulu: PostgreSQL berkelompok dengan Patroni, etcd pada tiga \
         mesin, penyeimbang beban, dan penyimpanan lampiran S3. Satu mesin memakai profil mini, standar atau penuh, juga dengan \
         PostgreSQL yang sudah ada."
    )]
    ClusterNotHere,
    /// A service needs the rights of root.
    #[error(
        "Pemasangan sebagai layanan memerlukan hak root: ia membuat pengguna, unit dan porta. Tanpa hak itu Praja dapat dipasang \
         dalam satu folder dengan --portable."
    )]
    NotRoot,
    /// There is no systemd that could run a service.
    #[error(
        "Mesin ini tidak dijalankan oleh systemd, sehingga tidak ada yang menyalakan layanan. Pasanglah dalam satu folder dengan \
         --portable, lalu nyalakan dengan praja serve."
    )]
    NoSystemd,
    /// Something of another stands where a link of ours has to be.
    #[error("{path} sudah ada dan bukan buatan pemasangan ini; pemasangan memerlukan tempat itu untuk perintah praja.")]
    InTheWay {
        /// What stands there.
        path: PathBuf,
    },
    /// An older release is installed.
    #[error("Folder {root} berisi Praja {found}; program ini {ours}. praja install tidak memutakhirkan; buat cadangan dahulu.")]
    OlderRelease {
        /// The folder.
        root: PathBuf,
        /// The release in it.
        found: String,
        /// This program.
        ours: String,
    },
    /// A newer release is installed.
    #[error(
        "Folder {root} berisi Praja {found}, lebih baru daripada program ini ({ours}); data rilis baru tidak dapat dibaca rilis lama."
    )]
    NewerRelease {
        /// The folder.
        root: PathBuf,
        /// The release in it.
        found: String,
        /// This program.
        ours: String,
    },
    /// The program is for another kind of processor.
    #[error("Program ini dibuat untuk prosesor {built}; mesin ini {found}. Ambil berkas program untuk {found}.")]
    OtherMachine {
        /// This machine.
        found: String,
        /// What the program is for.
        built: String,
    },
    /// A program of the system said no.
    #[error("Perintah \"{command}\" gagal: {said}.")]
    CommandFailed {
        /// What was run.
        command: String,
        /// What it said.
        said: String,
    },
    /// A template is missing or names something that is not known.
    #[error("Templat {path} tidak dapat diisi: {reason}.")]
    BrokenTemplate {
        /// Path below `config-templates`.
        path: String,
        /// Half a sentence.
        reason: String,
    },
    /// A settings file that cannot be read.
    #[error("Berkas pengaturan {path} tidak dapat dibaca: {reason}.")]
    BrokenSettings {
        /// The file.
        path: PathBuf,
        /// What the reader of YAML or JSON said.
        reason: String,
    },
    /// An answers file that cannot be used.
    #[error("Berkas jawaban {path} tidak dapat dipakai: {reason}.")]
    WrongAnswers {
        /// The file.
        path: PathBuf,
        /// Half a sentence, naming the key.
        reason: String,
    },
    /// A file where the service does not come to.
    #[error(
        "Layanan tidak dapat mencapai {path}: folder {folder} tertutup baginya. Salin berkas itu ke /etc/praja, lalu sebutkan yang di sana."
    )]
    ShutAway {
        /// The file.
        path: PathBuf,
        /// The folder on the way.
        folder: PathBuf,
    },
    /// A file could not be read or written.
    #[error("Berkas {path} tidak dapat {act}.")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// `dibaca`, `ditulis`, …
        act: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A step supplied from outside failed.
    #[error("Langkah \"{title}\" berhenti.")]
    StepFailed {
        /// Title of the step.
        title: String,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl Obstacle {
    /// A stable word for scripts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PortTaken { .. } => "porta-terpakai",
            Self::PortRefused { .. } => "porta-ditolak",
            Self::FolderNotWritable { .. } => "folder-tidak-dapat-ditulis",
            Self::LittleDisk { .. } => "ruang-disk-kurang",
            Self::FewInodes { .. } => "inode-kurang",
            Self::LittleMemory { .. } => "memori-kurang",
            Self::OldGlibc { .. } => "glibc-lama",
            Self::ClockWrong { .. } => "jam-keliru",
            Self::FewOpenFiles { .. } => "berkas-terbuka-kurang",
            Self::UnknownRegion { .. } => "wilayah-tidak-dikenal",
            Self::OtherInstallation { .. } => "pemasangan-lain",
            Self::Busy { .. } => "sedang-berjalan",
            Self::StopFirst { .. } => "hentikan-dahulu",
            Self::NotATrial { .. } => "bukan-percobaan",
            Self::AddressTaken { .. } => "alamat-terpakai",
            Self::NotInstalled { .. } => "belum-terpasang",
            Self::ProfileNotPortable { .. } => "profil-tidak-portabel",
            Self::ClusterNotHere => "klaster-belum",
            Self::NotRoot => "bukan-root",
            Self::NoSystemd => "tanpa-systemd",
            Self::InTheWay { .. } => "terhalang",
            Self::OlderRelease { .. } => "rilis-lama",
            Self::NewerRelease { .. } => "rilis-baru",
            Self::OtherMachine { .. } => "prosesor-lain",
            Self::CommandFailed { .. } => "perintah-gagal",
            Self::BrokenTemplate { .. } => "templat-rusak",
            Self::BrokenSettings { .. } => "pengaturan-rusak",
            Self::WrongAnswers { .. } => "jawaban-keliru",
            Self::ShutAway { .. } => "berkas-tertutup",
            Self::File { .. } => "berkas",
            Self::StepFailed { .. } => "langkah-gagal",
        }
    }

    /// The very next command to type by who gave the command that `again` repeats.
    pub fn next_command(&self, again: &Again) -> String {
        let port = |port| Again { port: Some(port), ..again.clone() }.command();
        let root = |root: &str| Again { root: root.into(), ..again.clone() }.command();
        match self {
            Self::PortTaken { free: Some(free), .. } => port(*free),
            Self::PortTaken { free: None, .. } => "ss -ltnp".to_owned(),
            Self::PortRefused { .. } => port(DEFAULT_PORT),
            Self::FolderNotWritable { .. } => root("~/praja-box"),
            Self::LittleDisk { .. } => "df -h".to_owned(),
            Self::FewInodes { .. } => "df -i".to_owned(),
            Self::LittleMemory { .. } => "free -m".to_owned(),
            Self::OldGlibc { .. } => "cat /etc/os-release".to_owned(),
            Self::ClockWrong { .. } => "sudo timedatectl set-ntp true".to_owned(),
            Self::FewOpenFiles { needed, .. } => format!("ulimit -n {needed}"),
            Self::UnknownRegion { near, .. } => {
                let region = near.first().map_or("19.06", |(code, _)| code.as_str()).to_owned();
                Again { region: Some(region), ..again.clone() }.command()
            }
            Self::OtherInstallation { root, .. } if again.install.is_some() => at_config("praja status", root),
            Self::OtherInstallation { .. } => root("./praja-box-2"),
            Self::ClusterNotHere => format!("{} --profil penuh", again.command()),
            Self::NotRoot => format!("sudo {}", again.command()),
            Self::NoSystemd => format!("{} --portable", Again { root: DEFAULT_ROOT.into(), ..again.clone() }.command()),
            Self::InTheWay { path } => format!("mv {} {}.lama", typed(path), typed(path)),
            Self::OlderRelease { root, .. } => at_config("praja backup create", root),
            Self::NewerRelease { root, .. } => format!("{} --version", typed(&root.join("current/praja"))),
            Self::OtherMachine { .. } => "uname -m".to_owned(),
            Self::CommandFailed { command, .. } => command.clone(),
            Self::NotInstalled { root, .. } if again.install.is_some() => format!("ls -la {}", typed(root)),
            Self::StopFirst { pid: Some(pid), .. } => format!("kill {pid}"),
            Self::Busy { root, .. } | Self::StopFirst { root, .. } if root == Path::new(DEFAULT_ROOT) => {
                "praja status".to_owned()
            }
            Self::Busy { root, .. } | Self::StopFirst { root, .. } => at_config("praja status", root),
            Self::NotATrial { root } => at_config("praja serve", root),
            Self::AddressTaken { overlay, .. } => format!("nano {}", typed(overlay)),
            Self::NotInstalled { root, .. } => try_command(root),
            Self::ProfileNotPortable { .. } | Self::BrokenTemplate { .. } => "praja --version".to_owned(),
            Self::BrokenSettings { path, .. } | Self::WrongAnswers { path, .. } => format!("nano {}", typed(path)),
            Self::ShutAway { path, .. } => format!("sudo install -D -m 600 -t /etc/praja {}", typed(path)),
            Self::File { path, .. } => format!("ls -ld {}", typed(path)),
            Self::StepFailed { source, .. } => {
                source.downcast_ref::<Self>().map_or_else(|| again.command(), |obstacle| obstacle.next_command(again))
            }
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>, act: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, act, source }
    }
}

fn at_config(command: &str, root: &Path) -> String {
    format!("{command} --config {}", typed(&root.join("config/praja.yaml")))
}

fn list_near(near: &[(String, String)]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let names: Vec<String> = near.iter().map(|(code, name)| format!("{code} {name}")).collect();
    format!(" Yang terdekat: {}.", names.join("; "))
}
