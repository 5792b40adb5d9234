use std::{
    io,
    net::{IpAddr, SocketAddr},
    path::Path,
    time::Duration,
};

use praja_kernel::Moment;

/// What the kernel says about a mounted file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSystem {
    /// Size in MiB.
    pub total_mib: u64,
    /// What an ordinary user may still write, in MiB.
    pub free_mib: u64,
    /// Files that can still be made; `None` where the file system has no such limit (btrfs).
    pub free_inodes: Option<u64>,
    /// Mounted so that nothing on it may be executed.
    pub noexec: bool,
}

/// The machine as [`measure`](crate::measure) sees it: everything outside passes here, so that a test can play any machine.
pub trait Host {
    /// Processors this process may use.
    fn cores(&self) -> u32;
    /// A small text file of the system, such as `/proc/meminfo`.
    fn read(&self, path: &Path) -> io::Result<String>;
    /// Where a symbolic link points.
    fn link(&self, path: &Path) -> io::Result<String>;
    /// The system's clock.
    fn now(&self) -> Moment;
    /// The deepest part of `path` that exists, with whether it is a folder.
    fn existing(&self, path: &Path) -> (std::path::PathBuf, bool);
    /// The file system that holds an existing path.
    fn file_system(&self, path: &Path) -> io::Result<FileSystem>;
    /// Writes and fsyncs small blocks in an existing folder for at most `limit`, and leaves nothing behind.
    ///
    /// # Errors
    /// The folder cannot be written to.
    fn probe_writes(&self, folder: &Path, limit: Duration) -> io::Result<Vec<Duration>>;
    /// Takes a port for an instant and lets it go.
    fn bind(&self, address: SocketAddr) -> io::Result<()>;
    /// Files this process may hold open.
    fn open_files(&self) -> u64;
    /// Does this process run as root?
    fn is_root(&self) -> bool;
    /// Release of the running kernel.
    fn kernel(&self) -> String;
    /// What the C library says of itself, as `glibc 2.36`; `None` when it does not say.
    fn libc(&self) -> Option<String>;
    /// Is there anything at a path?
    fn exists(&self, path: &Path) -> bool;
    /// Names in a folder of the system, such as `/sys/class/net`.
    fn list(&self, path: &Path) -> io::Result<Vec<String>>;
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<String>;
    /// Kind of processor, as `x86_64`.
    fn arch(&self) -> String;
    /// Computes for `limit` on one core; how many rounds it made in a millisecond.
    fn spin(&self, limit: Duration) -> u64;
    /// Lets time pass.
    fn wait(&self, time: Duration);
    /// Writes `mib` to a folder, durably and in one go, and leaves nothing behind; MiB in a second.
    ///
    /// # Errors
    /// The folder cannot be written to, or is full.
    fn write_rate(&self, folder: &Path, mib: u64) -> io::Result<u64>;
    /// Version of systemd as it says itself.
    fn systemd(&self) -> Option<u32>;
    /// What a name points to; empty when to nothing.
    fn resolve(&self, name: &str) -> Vec<IpAddr>;
}
