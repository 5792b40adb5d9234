use std::{
    fmt,
    io::ErrorKind,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use praja_kernel::Moment;
use serde::{Deserialize, Serialize};

use crate::Host;

/// Where the installation would go, and what the program itself asks of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Folder of the installation, as the user typed it.
    pub root: PathBuf,
    /// Address the program would listen on.
    pub address: SocketAddr,
    /// When this program was built: a clock before that is wrong.
    pub build: Moment,
    /// Oldest C library the program runs with.
    pub glibc: Version,
}

/// Major and minor version of a C library; `2.4` is older than `2.36`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version(pub u32, pub u32);

impl Version {
    /// None is asked for: the program carries its own.
    pub const NONE: Self = Self(0, 0);
}

/// Main memory, in MiB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// What the machine (or its container) has.
    pub total_mib: u64,
    /// What programs can still take without swapping.
    pub available_mib: u64,
}

/// Space on the file system that holds (or would hold) the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Size in MiB.
    pub total_mib: u64,
    /// Free for an ordinary user, in MiB.
    pub free_mib: u64,
    /// Files that can still be made; `None` where there is no limit.
    pub free_inodes: Option<u64>,
    /// Nothing there may be executed.
    pub noexec: bool,
}

/// May the installation write where it wants to?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Folder {
    /// A test file was written in it, or in the nearest folder above it that exists.
    Writable,
    /// It was not, for the reason given in Indonesian.
    Refused {
        /// Why, half a sentence.
        reason: String,
    },
}

/// May the program listen where it wants to?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Port {
    /// Yes.
    Free,
    /// Another program listens there.
    Taken {
        /// The next port above that is free, among the hundred that follow.
        next_free: Option<u16>,
    },
    /// The system refuses: ports under 1024 belong to root, an address may not be ours.
    Refused {
        /// What the system said, half a sentence in Indonesian.
        reason: String,
    },
}

/// How long a small write took to be on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fsync {
    /// Half of the writes were faster; microseconds.
    pub p50_us: u64,
    /// All but the slowest hundredth were faster; microseconds.
    pub p99_us: u64,
    /// How many writes were timed.
    pub writes: u32,
}

/// What was measured: plain data, so that it can be saved, sent and judged elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Processors.
    pub cores: u32,
    /// Main memory; `None` when the system does not tell.
    pub memory: Option<Memory>,
    /// Space for the folder; `None` when the system does not tell.
    pub space: Option<Space>,
    /// May we write?
    pub folder: Folder,
    /// May we listen?
    pub port: Port,
    /// Time of a durable write; `None` when the folder cannot be written to.
    pub fsync: Option<Fsync>,
    /// Release of the kernel.
    pub kernel: String,
    /// C library; `None` when it is not GNU's or does not tell.
    pub glibc: Option<Version>,
    /// Name of the distribution.
    pub distribution: String,
    /// The system's clock, milliseconds UTC.
    pub clock: Moment,
    /// Name of the system's time zone, as `Asia/Jakarta`.
    pub time_zone: String,
    /// Files one process may hold open.
    pub open_files: u64,
    /// Running as root.
    pub root: bool,
}

const PROBE_LIMIT: Duration = Duration::from_millis(150);
const PORTS_TRIED: u16 = 100;

/// Measures the machine for `target`. Takes well under a second: one small write probe, one short program, files under `/proc`.
pub fn measure(host: &dyn Host, target: &Target) -> Facts {
    let (existing, is_folder) = host.existing(&target.root);
    let (folder, fsync) = probe(host, &existing, is_folder);
    Facts {
        cores: host.cores(),
        memory: memory(host),
        space: host.file_system(&existing).ok().map(|fs| Space {
            total_mib: fs.total_mib,
            free_mib: fs.free_mib,
            free_inodes: fs.free_inodes,
            noexec: fs.noexec,
        }),
        folder,
        port: port(host, target.address),
        fsync,
        kernel: host.kernel(),
        glibc: host.libc().as_deref().and_then(Version::parse),
        distribution: distribution(host),
        clock: host.now(),
        time_zone: time_zone(host),
        open_files: host.open_files(),
        root: host.is_root(),
    }
}

impl Version {
    /// The last number of the form `2.36` in what a C library says of itself; `None` for other libraries.
    pub fn parse(said: &str) -> Option<Self> {
        if !said.to_ascii_lowercase().contains("glibc") {
            return None;
        }
        said.split_whitespace().rev().find_map(|word| {
            let (major, minor) = word.split_once('.')?;
            Some(Self(major.parse().ok()?, minor.parse().ok()?))
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

fn probe(host: &dyn Host, existing: &Path, is_folder: bool) -> (Folder, Option<Fsync>) {
    if !is_folder {
        return (Folder::Refused { reason: format!("{} adalah berkas, bukan folder", existing.display()) }, None);
    }
    match host.probe_writes(existing, PROBE_LIMIT) {
        Ok(mut times) => {
            times.sort_unstable();
            (Folder::Writable, fsync(&times))
        }
        Err(error) => {
            let why = match error.kind() {
                ErrorKind::PermissionDenied => "pengguna ini tidak berhak menulis di sana",
                ErrorKind::ReadOnlyFilesystem => "sistem berkasnya hanya dapat dibaca",
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "tidak ada ruang tersisa",
                _ => "sistem menolak menulis di sana",
            };
            (Folder::Refused { reason: format!("{why} ({})", existing.display()) }, None)
        }
    }
}

fn fsync(sorted: &[Duration]) -> Option<Fsync> {
    let at = |percent: usize| {
        let place = (sorted.len() * percent).div_ceil(100).clamp(1, sorted.len()) - 1;
        u64::try_from(sorted[place].as_micros()).unwrap_or(u64::MAX)
    };
    let writes = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
    (!sorted.is_empty()).then(|| Fsync { p50_us: at(50), p99_us: at(99), writes })
}

fn port(host: &dyn Host, address: SocketAddr) -> Port {
    let Err(error) = host.bind(address) else { return Port::Free };
    match error.kind() {
        ErrorKind::AddrInUse => {
            let above = (1..=PORTS_TRIED).filter_map(|step| address.port().checked_add(step));
            let next_free = above.into_iter().find(|port| host.bind(SocketAddr::new(address.ip(), *port)).is_ok());
            Port::Taken { next_free }
        }
        ErrorKind::PermissionDenied => Port::Refused { reason: "porta di bawah 1024 hanya untuk root".to_owned() },
        ErrorKind::AddrNotAvailable => Port::Refused { reason: "alamat itu bukan milik mesin ini".to_owned() },
        _ => Port::Refused { reason: "sistem menolak membuka porta itu".to_owned() },
    }
}

/// From `/proc/meminfo`, lowered to the limit of the container where there is one.
fn memory(host: &dyn Host) -> Option<Memory> {
    let text = host.read(Path::new("/proc/meminfo")).ok()?;
    let mib = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
    };
    let total_mib = mib("MemTotal")?;
    let available_mib = mib("MemAvailable").or_else(|| mib("MemFree"))?;
    let number = |path: &str| host.read(Path::new(path)).ok()?.trim().parse::<u64>().ok();
    let limit = number("/sys/fs/cgroup/memory.max").map(|bytes| bytes / (1024 * 1024));
    let used = number("/sys/fs/cgroup/memory.current").map_or(0, |bytes| bytes / (1024 * 1024));
    Some(match limit {
        Some(limit) if limit < total_mib => {
            Memory { total_mib: limit, available_mib: available_mib.min(limit.saturating_sub(used)) }
        }
        _ => Memory { total_mib, available_mib },
    })
}

fn distribution(host: &dyn Host) -> String {
    let text = host.read(Path::new("/etc/os-release")).unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| "tidak diketahui".to_owned(), |name| name.trim_matches('"').to_owned())
}

fn time_zone(host: &dyn Host) -> String {
    let link = host.link(Path::new("/etc/localtime")).ok();
    let from_link = link.as_deref().and_then(|to| to.split_once("zoneinfo/")).map(|(_, name)| name.to_owned());
    from_link
        .or_else(|| host.read(Path::new("/etc/timezone")).ok().map(|text| text.trim().to_owned()))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "UTC".to_owned())
}
