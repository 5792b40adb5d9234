#![allow(clippy::unwrap_used)] // a test may stop at once
#![allow(dead_code)] // each test file uses its own part
//! A machine that fits, answers for it, and the templates of the product.

use std::{
    collections::BTreeMap,
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use praja_deploy::{
    Answers, Disk, Facts, FileSystem, Folder, Fsync, Host, Jenis, Link, Memory, MemoryUse, Needs, Network, Port, Processor,
    Profil, Space, Survey, System, Target, Templates, Version, Wilayah,
};
use praja_kernel::{Clock, Moment};

/// 22 November 2026, 09.00 WIB.
pub const NOW: Moment = Moment(1_795_312_800_000);

pub struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        NOW
    }
}

pub fn target(root: &Path) -> Target {
    let address = "127.0.0.1:7321".parse().unwrap();
    Target { root: root.to_path_buf(), address, build: Moment(1_793_491_200_000), glibc: Version(2, 34) }
}

pub fn good() -> Facts {
    Facts {
        cores: 2,
        memory: Some(Memory { total_mib: 3_900, available_mib: 3_000 }),
        space: Some(Space { total_mib: 60_000, free_mib: 45_000, free_inodes: Some(1_000_000), noexec: false }),
        folder: Folder::Writable,
        port: Port::Free,
        fsync: Some(Fsync { p50_us: 900, p99_us: 4_000, writes: 20 }),
        kernel: "6.1.0".into(),
        glibc: Some(Version(2, 36)),
        distribution: "Debian GNU/Linux 12 (bookworm)".into(),
        clock: NOW,
        time_zone: "Asia/Jakarta".into(),
        open_files: 1_024,
        root: false,
    }
}

/// A machine, a network and people with nothing to worry about.
pub fn fine() -> Survey {
    Survey {
        unmeasured: Vec::new(),
        facts: good(),
        processor: Processor {
            arch: "x86_64".into(),
            model: "Xeon".into(),
            rounds_per_ms: 400_000,
            steal_permille: Some(0),
            load_permille: Some(100),
            aes: Some(true),
            virtual_machine: false,
            container: false,
        },
        memory: MemoryUse {
            swap_mib: 1_024,
            swap_free_mib: 1_024,
            oom_kills: Some(0),
            limit_mib: None,
            stalled_permille: Some(0),
            strict: false,
        },
        disk: Disk {
            kind: Some("ext4".into()),
            options: vec!["rw".into(), "relatime".into()],
            write_mib_s: Some(300),
            temp_free_mib: Some(4_000),
            temp_noexec: false,
            stalled_permille: Some(3),
            rotating: Some(false),
            second: Some("/cadangan".into()),
            degraded: Vec::new(),
            faults: Some(0),
        },
        system: System {
            id: "debian".into(),
            version: "12".into(),
            systemd: Some(252),
            synchronised: true,
            clock_offset_s: Some(-2),
            restart_needed: false,
            uptime_s: Some(864_000),
            panels: Vec::new(),
            can_administer: true,
            user_praja: false,
            selinux: false,
            entropy: Some(256),
            threads_max: Some(30_000),
            automatic_updates: Some(true),
            utf8: true,
            word_processor: Some(false),
        },
        network: Network {
            listening: vec![22],
            web_server: None,
            links: vec![Link { name: "eth0".into(), up: true, mbit_s: Some(1_000), faults_ppm: 0, mtu: Some(1_500) }],
            gateway: true,
            name_servers: vec!["10.1.2.1".into()],
            host_name: "praja".into(),
            addresses: vec!["10.1.2.3".into()],
            name_points_to: vec!["10.1.2.3".into()],
            proxy: None,
            ipv6: true,
            firewall: Some("ufw".into()),
            ssh_password: Some(false),
            backlog: Some(4_096),
        },
        needs: Needs {
            officers: 400,
            letters_a_day: 20,
            permits_a_month: 20,
            administrators: 2,
            ups: Some(true),
            second_copy: Some(true),
            name: Some("praja.contoh.go.id".into()),
        },
    }
}

pub fn answers() -> Answers {
    let wilayah = Wilayah { kode: "19.06".into(), nama: "Kabupaten Belitung Timur".into() };
    Answers {
        modul: vec!["eoffice".into()],
        jangkar: Some("2026-11-22".parse().unwrap()),
        ..Answers::new(wilayah, Jenis::Contoh, Profil::Standar, "127.0.0.1:7321".parse().unwrap(), "http://127.0.0.1:7321")
    }
}

pub fn templates() -> Templates {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config-templates");
    let paths = ["mini", "standar", "penuh", "klaster"].map(|profil| format!("profil/{profil}/praja.yaml.tmpl"));
    let all = paths.into_iter().chain(["katalog.yaml".to_owned()]);
    Templates::new(all.map(|path| (path.clone(), fs::read_to_string(base.join(&path)).unwrap())))
}

/// A machine that says what a test wants it to say.
pub struct Pretend {
    pub files: BTreeMap<&'static str, String>,
    pub taken: Vec<u16>,
    pub refuses: Option<io::ErrorKind>,
    pub existing_is_folder: bool,
    pub libc: Option<String>,
    pub there: Vec<&'static str>,
    pub folders: BTreeMap<&'static str, Vec<&'static str>>,
    pub variables: BTreeMap<&'static str, &'static str>,
}

impl Default for Pretend {
    fn default() -> Self {
        let meminfo = "MemTotal:        4028416 kB\nMemFree: 100 kB\nMemAvailable:    3072000 kB\n";
        let release = "NAME=x\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
        let files = BTreeMap::from([("/proc/meminfo", meminfo.to_owned()), ("/etc/os-release", release.to_owned())]);
        Self {
            files,
            taken: Vec::new(),
            refuses: None,
            existing_is_folder: true,
            libc: Some("glibc 2.36".into()),
            there: Vec::new(),
            folders: BTreeMap::new(),
            variables: BTreeMap::new(),
        }
    }
}

impl Host for Pretend {
    fn cores(&self) -> u32 {
        2
    }
    fn read(&self, path: &Path) -> io::Result<String> {
        self.files.get(path.to_str().unwrap()).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
    fn link(&self, _: &Path) -> io::Result<String> {
        Ok("/usr/share/zoneinfo/Asia/Jakarta".into())
    }
    fn now(&self) -> Moment {
        NOW
    }
    fn existing(&self, _: &Path) -> (PathBuf, bool) {
        ("/srv".into(), self.existing_is_folder)
    }
    fn file_system(&self, _: &Path) -> io::Result<FileSystem> {
        Ok(FileSystem { total_mib: 60_000, free_mib: 45_000, free_inodes: None, noexec: false })
    }
    fn probe_writes(&self, _: &Path, limit: Duration) -> io::Result<Vec<Duration>> {
        assert!(limit < Duration::from_millis(200));
        self.refuses.map_or_else(|| Ok((1..=20).rev().map(Duration::from_millis).collect()), |kind| Err(kind.into()))
    }
    fn bind(&self, address: SocketAddr) -> io::Result<()> {
        if self.taken.contains(&address.port()) { Err(io::ErrorKind::AddrInUse.into()) } else { Ok(()) }
    }
    fn open_files(&self) -> u64 {
        1_024
    }
    fn is_root(&self) -> bool {
        false
    }
    fn kernel(&self) -> String {
        "6.1.0".into()
    }
    fn libc(&self) -> Option<String> {
        self.libc.clone()
    }
    fn exists(&self, path: &Path) -> bool {
        self.files.contains_key(path.to_str().unwrap()) || self.there.iter().any(|one| Path::new(one) == path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        let names = self.folders.get(path.to_str().unwrap()).ok_or(io::ErrorKind::NotFound)?;
        Ok(names.iter().map(ToString::to_string).collect())
    }
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).map(ToString::to_string)
    }
    fn arch(&self) -> String {
        "x86_64".into()
    }
    fn spin(&self, _: Duration) -> u64 {
        400_000
    }
    fn wait(&self, _: Duration) {}
    fn write_rate(&self, _: &Path, _: u64) -> io::Result<u64> {
        self.refuses.map_or(Ok(300), |kind| Err(kind.into()))
    }
    fn systemd(&self) -> Option<u32> {
        Some(252)
    }
    fn resolve(&self, name: &str) -> Vec<std::net::IpAddr> {
        if name == "praja.contoh.go.id" { vec!["10.1.2.3".parse().unwrap()] } else { Vec::new() }
    }
}

/// Everything that is shipped for a service, too.
pub fn shipped() -> Templates {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config-templates");
    let mut all: Vec<String> =
        ["mini", "standar", "penuh", "klaster"].map(|profil| format!("profil/{profil}/praja.yaml.tmpl")).into();
    for folder in ["systemd", "logrotate"] {
        let names =
            fs::read_dir(base.join(folder)).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        all.extend(names.map(|name| format!("{folder}/{name}")));
    }
    Templates::new(all.into_iter().map(|path| (path.clone(), fs::read_to_string(base.join(&path)).unwrap())))
}
