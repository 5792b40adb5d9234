use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

use praja_kernel::Moment;
use rustix::{
    fs::{Mode, OFlags, StatVfsMountFlags},
    process::Resource,
};

use crate::{FileSystem, Host, Lines};

/// The machine we run on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

const PROBE_BLOCK: [u8; 4096] = [0x5a; 4096];
const PROBE_WRITES: usize = 20;

impl Host for Machine {
    fn cores(&self) -> u32 {
        std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(u32::MAX))
    }

    fn read(&self, path: &Path) -> io::Result<String> {
        fs::read_to_string(path)
    }

    fn link(&self, path: &Path) -> io::Result<String> {
        Ok(fs::read_link(path)?.to_string_lossy().into_owned())
    }

    fn now(&self) -> Moment {
        match SystemTime::now().duration_since(SystemTime::UNIX_EPOCH) {
            Ok(since) => Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
            Err(before) => Moment(-i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX)),
        }
    }

    fn existing(&self, path: &Path) -> (PathBuf, bool) {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        for part in whole.ancestors() {
            if let Ok(meta) = fs::metadata(part) {
                return (part.to_path_buf(), meta.is_dir());
            }
        }
        (PathBuf::from("/"), true)
    }

    fn file_system(&self, path: &Path) -> io::Result<FileSystem> {
        let stat = rustix::fs::statvfs(path)?;
        let mib = |blocks: u64| blocks.saturating_mul(stat.f_frsize) / (1024 * 1024);
        Ok(FileSystem {
            total_mib: mib(stat.f_blocks),
            free_mib: mib(stat.f_bavail),
            free_inodes: (stat.f_files > 0).then_some(stat.f_favail),
            noexec: stat.f_flag.contains(StatVfsMountFlags::NOEXEC),
        })
    }

    fn probe_writes(&self, folder: &Path, limit: Duration) -> io::Result<Vec<Duration>> {
        let (mut file, name) = probe_file(folder)?;
        let began = Instant::now();
        let mut times = Vec::with_capacity(PROBE_WRITES);
        let outcome = (|| {
            while times.len() < PROBE_WRITES && (times.is_empty() || began.elapsed() < limit) {
                let write = Instant::now();
                file.write_all(&PROBE_BLOCK)?;
                file.sync_data()?;
                times.push(write.elapsed());
            }
            Ok(())
        })();
        if let Some(name) = name {
            fs::remove_file(name)?;
        }
        outcome.map(|()| times)
    }

    fn bind(&self, address: SocketAddr) -> io::Result<()> {
        TcpListener::bind(address).map(drop)
    }

    fn open_files(&self) -> u64 {
        rustix::process::getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX)
    }

    fn is_root(&self) -> bool {
        rustix::process::geteuid().is_root()
    }

    fn kernel(&self) -> String {
        rustix::system::uname().release().to_string_lossy().into_owned()
    }

    fn libc(&self) -> Option<String> {
        said_by("getconf", &["GNU_LIBC_VERSION"]).or_else(|| said_by("ldd", &["--version"]))
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        fs::read_dir(path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn arch(&self) -> String {
        rustix::system::uname().machine().to_string_lossy().into_owned()
    }

    fn spin(&self, limit: Duration) -> u64 {
        let began = Instant::now();
        let (mut rounds, mut state) = (0_u64, 0x9e37_79b9_7f4a_7c15_u64);
        while began.elapsed() < limit {
            // A thousand rounds of mixing that no compiler can foresee.
            for _ in 0..1000 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
            }
            rounds += 1;
            state = std::hint::black_box(state);
        }
        let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        rounds * 1000 / ms
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn write_rate(&self, folder: &Path, mib: u64) -> io::Result<u64> {
        let (mut file, name) = probe_file(folder)?;
        // Not a row of zeros, which some disks do not write at all.
        let block: Vec<u8> = (0..1 << 20).map(|at: u32| at.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
        let began = Instant::now();
        let outcome = (0..mib).try_for_each(|_| file.write_all(&block)).and_then(|()| file.sync_all());
        let took = began.elapsed();
        drop(file);
        if let Some(name) = name {
            fs::remove_file(name)?;
        }
        outcome?;
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
        Ok(mib * 1000 / ms)
    }

    fn systemd(&self) -> Option<u32> {
        crate::survey::systemd_version(&said_by("systemctl", &["--version"])?)
    }

    fn resolve(&self, name: &str) -> Vec<IpAddr> {
        (name, 443_u16).to_socket_addrs().map(|found| found.map(|one| one.ip()).collect()).unwrap_or_default()
    }
}

impl Lines for Machine {
    fn addresses(&self, host: &str) -> Vec<IpAddr> {
        self.resolve(host)
    }

    fn connect(&self, to: SocketAddr, limit: Duration) -> (Duration, io::Result<()>) {
        let began = Instant::now();
        let outcome = TcpStream::connect_timeout(&to, limit);
        (began.elapsed(), outcome.map(drop))
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// A file without a name where the file system can do that (a power cut leaves nothing), else a hidden one with its path.
fn probe_file(folder: &Path) -> io::Result<(File, Option<PathBuf>)> {
    match rustix::fs::open(folder, OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC, Mode::RUSR | Mode::WUSR) {
        Ok(handle) => Ok((File::from(handle), None)),
        Err(rustix::io::Errno::OPNOTSUPP | rustix::io::Errno::ISDIR | rustix::io::Errno::INVAL | rustix::io::Errno::NOENT) => {
            let name = folder.join(format!(".praja-uji-{}", std::process::id()));
            Ok((OpenOptions::new().write(true).create_new(true).open(&name)?, Some(name)))
        }
        Err(errno) => Err(errno.into()),
    }
}

fn said_by(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let first = String::from_utf8_lossy(&output.stdout).lines().next()?.trim().to_owned();
    (output.status.success() && !first.is_empty()).then_some(first)
}
