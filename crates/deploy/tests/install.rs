//! An installation as a service on a machine that is played: its steps, every interruption, its second run, its removal.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use common::{Still, good, target};
use praja_deploy::{
    Admin, Again, Answers, Cadangan, Facts, Journal, Layout, LocalAdmin, LocalFiles, Making, Manifest, Obstacle, Outcome, Port,
    Profil, Removal, Step, TlsAnswer, YaTidak, held_release, install_plan, is_installed, refuse_no_service, refuse_other_release,
    run,
};
use tempfile::TempDir;

/// A machine of which only the files are real: units, users and the firewall are remembered.
#[derive(Default)]
struct Played {
    said: RefCell<Vec<String>>,
    users: RefCell<BTreeSet<String>>,
    on: RefCell<BTreeSet<String>>,
    opened: RefCell<BTreeSet<String>>,
    no_systemd: bool,
    no_useradd: bool,
}

impl Admin for Played {
    fn call(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        self.said.borrow_mut().push(format!("{program} {}", arguments.join(" ")));
        let last = arguments.last().copied().unwrap_or_default().to_owned();
        let when = |good: bool| if good { Ok(String::new()) } else { Err("tidak".to_owned()) };
        match (program, arguments) {
            ("systemctl", _) if self.no_systemd => Err("System has not been booted with systemd".to_owned()),
            ("systemctl", ["is-enabled" | "is-active", _]) => when(self.on.borrow().contains(&last)),
            ("systemctl", ["enable", "--now", units @ ..]) => {
                self.on.borrow_mut().extend(units.iter().map(ToString::to_string));
                Ok(String::new())
            }
            ("systemctl", ["disable", "--now", unit]) => {
                self.on.borrow_mut().remove(*unit);
                Ok(String::new())
            }
            ("useradd", _) if self.no_useradd => Err("useradd: cannot lock /etc/passwd".to_owned()),
            ("useradd", _) => {
                self.users.borrow_mut().insert(last);
                Ok(String::new())
            }
            ("userdel", _) => when(self.users.borrow_mut().remove(&last)),
            ("ufw", ["status"]) => {
                let lines: Vec<String> = self.opened.borrow().iter().map(|port| format!("{port} ALLOW Anywhere")).collect();
                Ok(format!("Status: active\n\n{}", lines.join("\n")))
            }
            ("ufw", ["allow", _]) => {
                self.opened.borrow_mut().insert(last);
                Ok(String::new())
            }
            ("ufw", ["delete", ..]) => when(self.opened.borrow_mut().remove(&last)),
            _ => Ok(String::new()),
        }
    }
    fn has(&self, program: &str) -> bool {
        program == "ufw"
    }
    fn user(&self, name: &str) -> Option<(u32, u32)> {
        // The one who runs the test: files can be given to nobody else.
        let own = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        self.users.borrow().contains(name).then_some(own)
    }
    fn give(&self, _: &Path, _: u32, _: u32) -> io::Result<()> {
        Ok(())
    }
    fn is_given(&self, _: &Path, _: u32, _: u32) -> io::Result<bool> {
        Ok(true)
    }
    fn group(&self, path: &Path) -> Option<u32> {
        LocalAdmin.group(path)
    }
    fn regroup(&self, path: &Path, group: u32) -> io::Result<()> {
        LocalAdmin.regroup(path, group)
    }
    fn mode(&self, path: &Path) -> Option<u32> {
        LocalAdmin.mode(path)
    }
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        LocalAdmin.set_mode(path, mode)
    }
    fn link(&self, target: &Path, at: &Path) -> io::Result<()> {
        LocalAdmin.link(target, at)
    }
    fn target(&self, at: &Path) -> Option<PathBuf> {
        LocalAdmin.target(at)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        LocalAdmin.remove(path)
    }
    fn exists(&self, path: &Path) -> bool {
        LocalAdmin.exists(path)
    }
    fn copy_program(&self, from: &Path, to: &Path) -> io::Result<()> {
        LocalAdmin.copy_program(from, to)
    }
    fn is_same(&self, left: &Path, right: &Path) -> bool {
        LocalAdmin.is_same(left, right)
    }
}

struct Bench {
    folder: TempDir,
    played: Played,
    layout: Layout,
    answers: Answers,
    facts: Facts,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["etc/systemd/system", "etc/logrotate.d", "usr/local/bin", "srv"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("program"), "praja").unwrap();
        let at = |name: &str| folder.path().join(name);
        let layout = Layout { root: at("srv/praja"), etc: at("etc"), command: at("usr/local/bin/praja"), service: true };
        let answers = Answers {
            alamat: "0.0.0.0:443".parse().unwrap(),
            url_publik: "https://praja.contoh.go.id".into(),
            tls: TlsAnswer::Lokal,
            firewall: YaTidak::Ya,
            cadangan: Cadangan { tempat: Some("/mnt/usb".into()), jam: "03:45".into(), simpan: 5 },
            ..common::answers()
        };
        Self { played: Played::default(), layout, answers, facts: Facts { root: true, ..good() }, folder }
    }

    fn steps(&self) -> Result<Vec<Step<'_>>, Obstacle> {
        let target = praja_deploy::Target { address: self.answers.alamat, ..target(&self.layout.root) };
        let program = self.folder.path().join("program");
        let guides = [("pasang.md".to_owned(), "# Pasang\n".to_owned())];
        let making = Making {
            facts: &self.facts,
            target: &target,
            answers: &self.answers,
            layout: &self.layout,
            templates: &common::shipped(),
            program: &program,
            guides: &guides,
        };
        install_plan(&making, &self.played, Vec::new(), || {})
    }

    fn install(&self) -> Result<Outcome, Obstacle> {
        run(&self.steps()?, &LocalFiles, &mut Journal::open(&self.layout.root, &Still)?, &mut |_| {})
    }

    fn tree(&self) -> Vec<PathBuf> {
        let (mut found, mut open) = (Vec::new(), vec![self.folder.path().to_path_buf()]);
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    open.push(path.clone());
                }
                found.push(path);
            }
        }
        found.sort();
        found
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.folder.path().join(name)).unwrap()
    }
}

#[test]
fn a_service_is_installed_whole_and_a_second_run_changes_nothing() {
    let bench = Bench::new();
    let first = bench.install().unwrap();
    assert!(first.changed.len() >= 12, "{first:?}");
    assert!(is_installed(&LocalFiles, &bench.layout.root));
    let root = bench.layout.root.display().to_string();
    let unit = bench.text("etc/systemd/system/praja.service");
    assert!(unit.contains(&format!("ExecStart={} serve", bench.layout.command.display())), "{unit}");
    assert!(
        unit.contains(&format!("LoadCredential=instansi.kunci:{root}/keys/instansi.kunci")) && !unit.contains("/srv/praja/srv")
    );
    assert!(bench.text("etc/systemd/system/praja.socket").contains("ListenStream=443\nListenStream=80\n"));
    assert!(bench.text("etc/logrotate.d/praja").contains(&format!("{root}/logs/*.log")));
    let settings = bench.text("srv/praja/config/praja.yaml");
    assert!(settings.contains("alamat_http: \"0.0.0.0:80\""), "{settings}");
    assert!(settings.contains("\"tempat\":\"/mnt/usb\"") && settings.contains("\"jam\":\"03:45\""), "{settings}");
    let timer = "praja-cadangan.timer".to_owned();
    assert!(bench.played.on.borrow().contains(&timer));
    assert!(bench.text("etc/systemd/system/praja-cadangan.service").contains("LoadCredential=instansi.kunci:"));
    assert_eq!(fs::read_to_string(&bench.layout.command).unwrap(), "praja", "the command leads to the program");
    assert!(bench.played.on.borrow().contains("praja.socket") && bench.played.on.borrow().contains("praja.service"));
    assert_eq!(bench.install().unwrap().changed, Vec::<String>::new());
}

#[test]
fn a_kill_after_any_step_resumes_and_an_uninstallation_leaves_nothing() {
    let count = Bench::new().steps().unwrap().len();
    for stop in 0..=count {
        let bench = Bench::new();
        let before = bench.tree();
        let steps = bench.steps().unwrap();
        run(&steps[..stop], &LocalFiles, &mut Journal::open(&bench.layout.root, &Still).unwrap(), &mut |_| {}).unwrap();
        // What is left at this place is known to the manifest: it can be taken away as well as finished.
        if stop > 0 && stop % 2 == 0 {
            Removal {
                root: bench.layout.root.clone(),
                manifest: Manifest::load(&LocalFiles, &bench.layout.root).unwrap(),
                keep_data: false,
            }
            .perform(&LocalFiles, &bench.played)
            .unwrap();
            assert_eq!(bench.tree(), before, "taken away after step {stop}");
        }
        bench.install().unwrap();
        assert_eq!(bench.install().unwrap().changed, Vec::<String>::new(), "after a kill at {stop}");
        let removal = Removal::of(&LocalFiles, &bench.played, &bench.layout.root, false).unwrap();
        removal.perform(&LocalFiles, &bench.played).unwrap();
        assert_eq!(bench.tree(), before);
        assert!(
            bench.played.users.borrow().is_empty()
                && bench.played.on.borrow().is_empty()
                && bench.played.opened.borrow().is_empty()
        );
    }
}

#[test]
fn what_was_there_before_stays() {
    let bench = Bench::new();
    bench.played.users.borrow_mut().insert("praja".into());
    fs::write(bench.folder.path().join("etc/logrotate.d/praja"), "milik lain").unwrap();
    bench.install().unwrap();
    let removal = Removal::of(&LocalFiles, &bench.played, &bench.layout.root, false).unwrap();
    assert_eq!(removal.manifest.pengguna, None);
    removal.perform(&LocalFiles, &bench.played).unwrap();
    assert!(bench.played.users.borrow().contains("praja"), "a user of others was deleted");
    assert!(bench.folder.path().join("etc/logrotate.d/praja").exists());
}

#[test]
fn data_keys_and_settings_stay_on_request_and_are_installed_over() {
    let bench = Bench::new();
    bench.install().unwrap();
    fs::write(bench.layout.root.join("data/praja.db"), "surat").unwrap();
    Removal::of(&LocalFiles, &bench.played, &bench.layout.root, true).unwrap().perform(&LocalFiles, &bench.played).unwrap();
    let left: BTreeSet<String> = fs::read_dir(&bench.layout.root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(left, ["config", "data", "keys"].map(str::to_owned).into());
    assert!(!bench.layout.command.is_symlink());
    bench.install().unwrap();
    assert_eq!(bench.text("srv/praja/data/praja.db"), "surat");
}

#[test]
fn a_plan_shows_the_commands_of_the_firewall_and_touches_nothing() {
    let bench = Bench::new();
    let before = bench.tree();
    let steps = bench.steps().unwrap();
    let firewall = steps.iter().find(|step| step.id == "firewall").unwrap();
    assert_eq!(firewall.touches, ["ufw allow 443/tcp", "ufw allow 80/tcp"]);
    assert_eq!(bench.tree(), before);
    let no = Bench { answers: Answers { firewall: YaTidak::Tidak, ..bench.answers.clone() }, ..Bench::new() };
    assert!(no.steps().unwrap().iter().all(|step| step.id != "firewall"));
}

#[test]
fn a_port_that_was_open_before_stays_open_when_all_is_taken_away() {
    let bench = Bench::new();
    bench.played.opened.borrow_mut().insert("80/tcp".into());
    let steps = bench.steps().unwrap();
    assert_eq!(steps.iter().find(|step| step.id == "firewall").unwrap().touches, ["ufw allow 443/tcp"]);
    drop(steps);
    bench.install().unwrap();
    assert_eq!(bench.played.opened.borrow().len(), 2);
    Removal::of(&LocalFiles, &bench.played, &bench.layout.root, false).unwrap().perform(&LocalFiles, &bench.played).unwrap();
    assert_eq!(bench.played.opened.borrow().iter().collect::<Vec<_>>(), ["80/tcp"]);
    // Whoever listens to this machine alone needs no door.
    let alone = Bench { answers: Answers { alamat: "127.0.0.1:443".parse().unwrap(), ..bench.answers.clone() }, ..Bench::new() };
    assert!(alone.steps().unwrap().iter().all(|step| step.id != "firewall"));
}

#[test]
fn every_hindrance_of_a_service_is_an_obstacle_with_a_command() {
    let bench = Bench::new();
    let again = Again { install: Some(vec!["--modul".into(), "eoffice".into()]), ..Again::of("/srv/praja") };
    let told = |result: Result<(), Obstacle>, code: &str, next: &str| {
        let obstacle = result.unwrap_err();
        assert_eq!((obstacle.code(), obstacle.next_command(&again).as_str()), (code, next), "{obstacle}");
    };
    told(refuse_no_service(false, &bench.layout, &bench.played), "bukan-root", "sudo praja install --modul eoffice");
    let bare = Played { no_systemd: true, ..Played::default() };
    told(
        refuse_no_service(true, &bench.layout, &bare),
        "tanpa-systemd",
        "praja install --root ./praja-box --modul eoffice --portable",
    );
    assert!(refuse_no_service(true, &bench.layout, &bench.played).is_ok());
    fs::write(&bench.layout.command, "program lain").unwrap();
    let refused = refuse_no_service(true, &bench.layout, &bench.played).unwrap_err();
    assert_eq!(refused.code(), "terhalang");
    assert!(refused.next_command(&again).starts_with("mv "));
    let root = Path::new("/srv/praja");
    told(
        refuse_other_release(Some("0.0.9".into()), "0.1.0", root),
        "rilis-lama",
        "praja backup create --config /srv/praja/config/praja.yaml",
    );
    told(refuse_other_release(Some("0.10.0".into()), "0.9.3", root), "rilis-baru", "/srv/praja/current/praja --version");
    assert!(
        refuse_other_release(Some("0.1.0".into()), "0.1.0", root).is_ok() && refuse_other_release(None, "0.1.0", root).is_ok()
    );
    let machine = Obstacle::OtherMachine { found: "aarch64".into(), built: "x86_64".into() };
    told(Err(machine), "prosesor-lain", "uname -m");
    let cluster = Bench { answers: Answers { profil: Profil::Klaster, ..bench.answers.clone() }, ..Bench::new() };
    told(cluster.steps().map(drop), "klaster-belum", "praja install --modul eoffice --profil penuh");
    let taken = Bench { facts: Facts { port: Port::Taken { next_free: Some(444) }, ..good() }, ..Bench::new() };
    told(taken.steps().map(drop), "porta-terpakai", "praja install --alamat 0.0.0.0:444 --modul eoffice");
    let early = Bench { facts: Facts { clock: praja_kernel::Moment(0), ..good() }, ..Bench::new() };
    told(early.steps().map(drop), "jam-keliru", "sudo timedatectl set-ntp true");
    let away = TlsAnswer::Berkas { sertifikat: "/etc/praja/a.pem".into(), kunci: "/root/kunci tls.pem".into() };
    let shut = Bench { answers: Answers { tls: away, ..bench.answers.clone() }, ..Bench::new() };
    told(shut.steps().map(drop), "berkas-tertutup", "sudo install -D -m 600 -t /etc/praja '/root/kunci tls.pem'");
    let failing = Bench { played: Played { no_useradd: true, ..Played::default() }, ..Bench::new() };
    let failed = failing.install().unwrap_err();
    assert_eq!(failed.code(), "perintah-gagal");
    assert!(failed.to_string().contains("cannot lock /etc/passwd"), "{failed}");
}

#[test]
fn the_release_that_is_there_is_read_from_its_mark() {
    let bench = Bench::new();
    assert_eq!(held_release(&LocalFiles, &bench.layout.root), None);
    bench.install().unwrap();
    assert_eq!(held_release(&LocalFiles, &bench.layout.root).as_deref(), Some(env!("CARGO_PKG_VERSION")));
}
