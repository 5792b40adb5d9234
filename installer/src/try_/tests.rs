use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    sync::{Arc, Mutex},
};

use anyhow::bail;
use tempfile::TempDir;

use super::*;
use crate::box_::{AnchorReport, AuditReport, BackupReport, DemoRequest};

/// The rest of the program, played: remembers what exists, and can lose its power at the n-th act.
#[derive(Default)]
struct Played {
    made: RefCell<BTreeSet<&'static str>>,
    acts: Cell<usize>,
    dies_at: Cell<Option<usize>>,
    drawn: Cell<u32>,
    requests: RefCell<Vec<DemoRequest>>,
    opened: RefCell<Vec<(usize, usize)>>,
    served: Arc<Mutex<Vec<SocketAddr>>>,
}

impl Played {
    fn make(&self, what: &'static str) -> Result<()> {
        self.acts.set(self.acts.get() + 1);
        if self.dies_at.get() == Some(self.acts.get()) {
            bail!("listrik padam");
        }
        self.made.borrow_mut().insert(what);
        Ok(())
    }

    fn has(&self, what: &str) -> Result<bool> {
        Ok(self.made.borrow().contains(what))
    }
}

impl Operations for Played {
    fn keys_exist(&self) -> Result<bool> {
        self.has("kunci")
    }
    fn create_keys(&self) -> Result<()> {
        self.make("kunci")
    }
    fn is_migrated(&self) -> Result<bool> {
        self.has("tabel")
    }
    fn migrate(&self) -> Result<()> {
        self.make("tabel")
    }
    fn demo_exists(&self) -> Result<bool> {
        self.has("data")
    }
    fn load_demo(&self, request: &DemoRequest) -> Result<()> {
        self.requests.borrow_mut().push(request.clone());
        self.make("data")
    }
    fn draw_accounts(&self) -> Result<Vec<DemoAccount>> {
        self.make("akun")?;
        self.drawn.set(self.drawn.get() + 1);
        let account = |akun: &str| DemoAccount {
            nama: "Siti Aminah, S.Sos.".into(),
            jabatan: "Kepala Dinas".into(),
            opd: "Dinas Kominfo".into(),
            akun: akun.into(),
            sandi: format!("sandi-{}", self.drawn.get()),
        };
        Ok(vec![account("siti"), account("budi")])
    }
    fn open_cards(&self, first: usize, passwords: &[String]) -> Result<Vec<DemoAccount>> {
        self.opened.borrow_mut().push((first, passwords.len()));
        let card = |(at, sandi): (usize, &String)| DemoAccount {
            nama: format!("Peserta {}", first + at + 1),
            jabatan: "Staf".into(),
            opd: "Dinas Kesehatan".into(),
            akun: format!("peserta-{:02}", first + at + 1),
            sandi: sandi.clone(),
        };
        Ok(passwords.iter().enumerate().map(card).collect())
    }
    fn snapshot_exists(&self) -> Result<bool> {
        self.has("cuplikan")
    }
    fn snapshot(&self) -> Result<()> {
        self.make("cuplikan")
    }
    fn reset(&self) -> Result<()> {
        self.make("kembali")
    }
    fn serve(&self, ready: Box<dyn FnOnce(SocketAddr) + Send>) -> Result<()> {
        let address = "127.0.0.1:1".parse().unwrap();
        self.served.lock().unwrap().push(address);
        ready(address);
        Ok(())
    }
    fn audit_verify(&self, _: &[PathBuf]) -> Result<AuditReport> {
        bail!("tidak dipakai")
    }
    fn audit_anchor(&self) -> Result<AnchorReport> {
        bail!("tidak dipakai")
    }
    fn backup_create(&self, _: Option<&Path>) -> Result<BackupReport> {
        bail!("tidak dipakai")
    }
}

struct Bench {
    folder: TempDir,
    played: Played,
    port: u16,
}

impl Bench {
    fn new() -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { folder: tempfile::tempdir().unwrap(), played: Played::default(), port: free }
    }

    fn options(&self) -> TryOptions {
        TryOptions {
            database: None,
            root: self.folder.path().join("praja-box"),
            port: Some(self.port),
            scale: None,
            region: None,
            kartu: None,
            lan: false,
            reset: false,
            yes: true,
            dry_run: false,
            json: false,
            facts: None,
        }
    }

    fn run(&self, options: &TryOptions) -> Result<Code> {
        run_on(options, &Terminal::silent(), &Machine, &self.played)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("praja-box")
    }
}

fn obstacle(result: Result<Code>) -> Obstacle {
    result.unwrap_err().downcast().unwrap()
}

#[test]
fn a_first_run_installs_and_serves_and_a_second_changes_nothing() {
    let bench = Bench::new();
    assert_eq!(bench.run(&bench.options()).unwrap(), exit::OK);
    let acts = bench.played.acts.get();
    let csv = bench.root().join(ACCOUNTS);
    assert_eq!(fs::metadata(&csv).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(read_accounts(&bench.root()).len(), 2);
    assert!(is_installed(&LocalFiles, &bench.root()));
    assert_eq!(bench.run(&bench.options()).unwrap(), exit::OK);
    assert_eq!(bench.played.acts.get(), acts);
    assert_eq!(bench.played.served.lock().unwrap().len(), 2);
}

#[test]
fn a_failure_at_any_operation_is_made_good_by_the_next_run() {
    let whole = Bench::new();
    whole.run(&whole.options()).unwrap();
    for act in 1..=whole.played.acts.get() {
        let bench = Bench::new();
        bench.played.dies_at.set(Some(act));
        assert!(matches!(obstacle(bench.run(&bench.options())), Obstacle::StepFailed { .. }), "act {act}");
        assert!(!is_installed(&LocalFiles, &bench.root()));
        bench.played.dies_at.set(None);
        assert_eq!(bench.run(&bench.options()).unwrap(), exit::OK, "after act {act}");
        assert_eq!(*bench.played.made.borrow(), *whole.played.made.borrow());
        let sandi = format!("sandi-{}", bench.played.drawn.get());
        assert!(read_accounts(&bench.root()).iter().all(|account| account.sandi == sandi), "the file tells older passwords");
    }
}

#[test]
fn reset_puts_the_snapshot_back_and_keeps_the_accounts() {
    let bench = Bench::new();
    bench.run(&bench.options()).unwrap();
    let before = read_accounts(&bench.root());
    bench.run(&TryOptions { reset: true, ..bench.options() }).unwrap();
    assert!(bench.played.made.borrow().contains("kembali"));
    assert_eq!(read_accounts(&bench.root()), before);
}

#[test]
fn cards_are_drawn_once_stay_as_they_are_and_outlive_a_reset() {
    let bench = Bench::new();
    bench.run(&bench.options()).unwrap();
    let list = || fs::read_to_string(bench.root().join(kartu::LIST)).unwrap();
    let first = list();
    assert_eq!(first.lines().count(), 21, "a head and twenty cards");
    assert_eq!(fs::metadata(bench.root().join(kartu::SHEET)).unwrap().permissions().mode() & 0o777, 0o600);
    bench.run(&TryOptions { kartu: Some(20), ..bench.options() }).unwrap();
    assert_eq!(list(), first);
    bench.run(&TryOptions { kartu: Some(23), ..bench.options() }).unwrap();
    assert!(list().starts_with(&first) && list().lines().count() == 24);
    bench.run(&TryOptions { reset: true, ..bench.options() }).unwrap();
    assert_eq!(*bench.played.opened.borrow(), [(0, 20), (20, 3), (0, 23)]);
}

#[test]
fn the_region_and_the_anchor_are_those_of_the_first_start() {
    let bench = Bench::new();
    bench.played.dies_at.set(Some(3));
    drop(bench.run(&TryOptions { region: Some("53.10".into()), ..bench.options() }));
    bench.played.dies_at.set(None);
    bench.run(&bench.options()).unwrap();
    let requests = bench.played.requests.borrow();
    assert!(requests.iter().all(|request| request.wilayah.kode == "53.10" && request.jangkar == requests[0].jangkar));
    let other = obstacle(bench.run(&TryOptions { region: Some("19.06".into()), ..bench.options() }));
    assert!(matches!(other, Obstacle::OtherInstallation { .. }), "{other}");
    let other = obstacle(bench.run(&TryOptions { scale: Some(9), ..bench.options() }));
    assert!(matches!(other, Obstacle::OtherInstallation { .. }), "{other}");
}

#[test]
fn a_later_port_is_kept_for_the_next_start() {
    let bench = Bench::new();
    bench.run(&bench.options()).unwrap();
    let other = Bench::new().port;
    bench.run(&TryOptions { port: Some(other), ..bench.options() }).unwrap();
    bench.run(&TryOptions { port: None, ..bench.options() }).unwrap();
    let settings = praja_deploy::read_settings(&LocalFiles, &config_of(&bench.root())).unwrap();
    assert_eq!(settings.alamat.port(), other);
}

#[test]
fn a_folder_in_use_is_refused_before_anything_else() {
    let bench = Bench::new();
    let _held = Lock::take(&bench.root()).unwrap();
    assert!(matches!(obstacle(bench.run(&bench.options())), Obstacle::Busy { .. }));
}
