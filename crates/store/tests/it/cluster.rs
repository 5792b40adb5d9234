//! PostgreSQL servers of a test's own, and certificates for them: what the server that is offered to all cannot show.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, SanType};

use crate::support::skip;

/// A certificate authority made by the test.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Writes its certificate.
    pub fn write(&self, path: &Path) -> PathBuf {
        std::fs::write(path, self.0.pem()).unwrap();
        path.to_owned()
    }

    /// Writes the certificate and key of a server that is called by these names.
    pub fn server(&self, certificate: &Path, key: &Path, names: &[&str]) {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.subject_alt_names = names
            .iter()
            .map(|name| match name.parse() {
                Ok(address) => SanType::IpAddress(address),
                Err(_) => SanType::DnsName((*name).try_into().unwrap()),
            })
            .collect();
        let pair = KeyPair::generate().unwrap();
        std::fs::write(certificate, params.signed_by(&pair, &self.0).unwrap().pem()).unwrap();
        std::fs::write(key, pair.serialize_pem()).unwrap();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A server; ends and disappears with this value.
pub struct Cluster {
    pub port: u16,
    folder: tempfile::TempDir,
    bin: PathBuf,
}

impl Cluster {
    /// Makes one with further settings and starts it, or reports the test `name` as skipped.
    pub fn start(name: &str, settings: &str, prepare: impl Fn(&Path)) -> Option<Self> {
        let cluster = Self::new(name)?;
        cluster
            .run("initdb", &["-D", &cluster.data(), "-U", "praja", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-sync"]);
        prepare(cluster.folder.path());
        own(cluster.folder.path());
        cluster.configure(settings);
        cluster.up();
        Some(cluster)
    }

    /// A copy of `leader` that follows it.
    pub fn follow(name: &str, leader: &Self) -> Option<Self> {
        let cluster = Self::new(name)?;
        let from = format!("host=127.0.0.1 port={} user=praja", leader.port);
        cluster.run("pg_basebackup", &["-D", &cluster.data(), "-R", "-X", "stream", "-c", "fast", "-d", &from]);
        cluster.configure("");
        cluster.up();
        Some(cluster)
    }

    fn new(name: &str) -> Option<Self> {
        if std::env::var_os("PRAJA_TEST_POSTGRES").is_none_or(|url| url.is_empty()) {
            skip(name, "PRAJA_TEST_POSTGRES is not set");
            return None;
        }
        let Some(bin) = bin() else {
            skip(name, "the programs of a PostgreSQL server are not installed here");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        own(folder.path());
        Some(Self { port: free_port(), folder, bin })
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn configure(&self, more: &str) {
        use std::io::Write;
        let path = self.folder.path().join("data/postgresql.conf");
        let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        let (port, folder) = (self.port, self.folder.path().display());
        write!(
            file,
            "\nlisten_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{folder}'\nfsync = off\n\
             max_connections = 40\nmax_wal_senders = 4\nhot_standby = on\nshared_buffers = 16MB\n{more}\n"
        )
        .unwrap();
    }

    pub fn up(&self) {
        let log = self.folder.path().join("log").display().to_string();
        self.run("pg_ctl", &["-D", &self.data(), "-l", &log, "-w", "-t", "60", "start"]);
    }

    /// As when the power fails.
    pub fn power_cut(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
    }

    /// Makes the follower the leader.
    pub fn promote(&self) {
        self.run("pg_ctl", &["-D", &self.data(), "-w", "promote"]);
    }

    pub fn url(&self, options: &str) -> String {
        format!("postgres://praja@127.0.0.1:{}/postgres{options}", self.port)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = as_postgres(&self.bin.join(program)).args(arguments).stdin(Stdio::null()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {said}");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = as_postgres(&self.bin.join("pg_ctl"));
        let _ = stop.args(["-D", &self.data(), "-m", "immediate", "-w", "stop"]).output();
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    let mut command;
    if is_root() {
        command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
    } else {
        command = Command::new(program);
    }
    // What it starts must not hold the test's own output open.
    command.current_dir("/").stdout(Stdio::null());
    command
}

fn own(folder: &Path) {
    if is_root() {
        let done = Command::new("chown").args(["-R", "postgres"]).arg(folder).status().unwrap();
        assert!(done.success());
    }
}

fn bin() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop()
}
