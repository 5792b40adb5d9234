use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
};

use crate::Version;

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
            Self::NotInstalled { .. } => "belum-terpasang",
            Self::ProfileNotPortable { .. } => "profil-tidak-portabel",
            Self::BrokenTemplate { .. } => "templat-rusak",
            Self::BrokenSettings { .. } => "pengaturan-rusak",
            Self::File { .. } => "berkas",
            Self::StepFailed { .. } => "langkah-gagal",
        }
    }

    /// The very next command to type by who tries in `root`.
    pub fn next_command(&self, root: &Path) -> String {
        let again = try_command(root);
        match self {
            Self::PortTaken { free: Some(free), .. } => format!("{again} --port {free}"),
            Self::PortTaken { free: None, .. } => "ss -ltnp".to_owned(),
            Self::PortRefused { .. } => format!("{again} --port 7321"),
            Self::FolderNotWritable { .. } => "praja try --root ~/praja-box".to_owned(),
            Self::LittleDisk { .. } => "df -h".to_owned(),
            Self::FewInodes { .. } => "df -i".to_owned(),
            Self::LittleMemory { .. } => "free -m".to_owned(),
            Self::OldGlibc { .. } => "cat /etc/os-release".to_owned(),
            Self::ClockWrong { .. } => "sudo timedatectl set-ntp true".to_owned(),
            Self::FewOpenFiles { needed, .. } => format!("ulimit -n {needed}"),
            Self::UnknownRegion { near, .. } => {
                format!("{again} --region {}", near.first().map_or("19.06", |(code, _)| code.as_str()))
            }
            Self::OtherInstallation { .. } => "praja try --root ./praja-box-2".to_owned(),
            Self::Busy { root, .. } if root == Path::new(DEFAULT_ROOT) => "praja status".to_owned(),
            Self::Busy { root, .. } => format!("praja status --config {}", root.join("config/praja.yaml").display()),
            Self::NotInstalled { root, .. } => try_command(root),
            Self::ProfileNotPortable { .. } | Self::BrokenTemplate { .. } => "praja --version".to_owned(),
            Self::BrokenSettings { path, .. } => format!("nano {}", path.display()),
            Self::File { path, .. } => format!("ls -ld {}", path.display()),
            Self::StepFailed { source, .. } => {
                source.downcast_ref::<Self>().map_or(again, |obstacle| obstacle.next_command(root))
            }
        }
    }

    pub(crate) fn file(path: impl Into<PathBuf>, act: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, act, source }
    }
}

/// The folder of a trial when none is named.
pub const DEFAULT_ROOT: &str = "./praja-box";

/// The command that tries in `root`.
pub fn try_command(root: &Path) -> String {
    if root == Path::new(DEFAULT_ROOT) { "praja try".to_owned() } else { format!("praja try --root {}", typed(root)) }
}

/// A path as a shell takes it.
fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+@".contains(letter);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

fn list_near(near: &[(String, String)]) -> String {
    if near.is_empty() {
        return String::new();
    }
    let names: Vec<String> = near.iter().map(|(code, name)| format!("{code} {name}")).collect();
    format!(" Yang terdekat: {}.", names.join("; "))
}
