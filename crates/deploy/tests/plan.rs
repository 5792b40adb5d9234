//! The plan of a portable installation, and the power failing anywhere in it.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    cell::Cell,
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use common::{Still, answers, good, target, templates};
use praja_deploy::{
    Answers, Event, Facts, Files, Journal, LocalFiles, Lock, Obstacle, Outcome, Port, Profil, Progress, Start, Step,
    is_installed, plan, read_settings, run, saved_answers,
};

/// Fails every act after the first `left`, as a machine without power does.
struct Faltering {
    left: Cell<usize>,
    /// The act that fails leaves half of its file behind.
    torn: bool,
}

impl Faltering {
    fn act(&self) -> io::Result<()> {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        if left == 0 { Err(io::Error::other("listrik padam")) } else { Ok(()) }
    }
}

impl Files for Faltering {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        LocalFiles.read(path)
    }
    fn folder_mode(&self, path: &Path) -> io::Result<Option<u32>> {
        LocalFiles.folder_mode(path)
    }
    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        self.act()?;
        LocalFiles.make_folder(path, mode)
    }
    fn write_draft(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        if let Err(error) = self.act() {
            if self.torn {
                LocalFiles.write_draft(path, &bytes[..bytes.len() / 2], 0o600)?;
            }
            return Err(error);
        }
        LocalFiles.write_draft(path, bytes, mode)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.act()?;
        LocalFiles.rename(from, to)
    }
}

/// Two files that must be made together, as keys and a database are: the second tells that both are there.
fn pair(root: &Path) -> Step<'static> {
    let (first, second) = (root.join("keys/kunci"), root.join("data/praja.db"));
    let seen = second.clone();
    Step::new(
        "kunci",
        "Membuat kunci",
        vec![first.display().to_string()],
        move |files| Ok(files.read(&seen).unwrap().is_some()),
        move |files, _| {
            let write = |path: &PathBuf| files.write(path, b"isi", 0o600);
            write(&first)
                .and_then(|()| write(&second))
                .map_err(|source| Obstacle::StepFailed { title: "Membuat kunci".into(), source: Box::new(source) })
        },
    )
}

fn install(root: &Path, files: &dyn Files, answers: &Answers) -> Result<Outcome, Obstacle> {
    let target = target(root);
    let steps = plan(&good(), &target, answers, "http://127.0.0.1:7321", &templates(), vec![pair(root)])?;
    let mut journal = Journal::open(root, &Still)?;
    run(&steps, files, &mut journal, &mut |_| {})
}

/// Every path with its permission bits and content; the journal tells of interruptions, so it is left out.
fn picture(root: &Path) -> Vec<(String, u32, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().display().to_string();
            let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            if path.is_dir() {
                found.push((name, mode, Vec::new()));
                open.push(path);
            } else if name != "config/journal.jsonl" {
                found.push((name, mode, fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_power_may_fail_at_any_act_and_the_end_is_the_same() {
    let whole = tempfile::tempdir().unwrap();
    let root = whole.path().join("praja-box");
    let counting = Faltering { left: Cell::new(usize::MAX), torn: false };
    install(&root, &counting, &answers()).unwrap();
    let acts = usize::MAX - counting.left.get();
    let expected = picture(&root);
    assert!(acts > 12, "{acts}");
    for torn in [false, true] {
        for left in 0..acts {
            let cut = tempfile::tempdir().unwrap();
            let root = cut.path().join("praja-box");
            let failed = install(&root, &Faltering { left: Cell::new(left), torn }, &answers());
            assert!(failed.is_err(), "act {left} did not fail");
            assert!(!is_installed(&LocalFiles, &root), "act {left}: marked as finished");
            install(&root, &LocalFiles, &answers()).unwrap();
            assert_eq!(picture(&root), expected, "after a power cut at act {left}");
            assert_eq!(install(&root, &LocalFiles, &answers()).unwrap().changed, Vec::<String>::new());
        }
    }
}

#[test]
fn a_kill_between_two_steps_resumes_with_the_rest_only() {
    let ids = install(&tempfile::tempdir().unwrap().path().join("x"), &LocalFiles, &answers()).unwrap();
    let all: Vec<String> = [&ids.changed[..], &ids.unchanged[..]].concat();
    for stop in 0..all.len() {
        let folder = tempfile::tempdir().unwrap();
        let steps =
            plan(&good(), &target(folder.path()), &answers(), "http://127.0.0.1:7321", &templates(), vec![pair(folder.path())]);
        let steps = steps.unwrap();
        run(&steps[..stop], &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |_| {}).unwrap();
        let rest = run(&steps, &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |_| {}).unwrap();
        assert!(steps[..stop].iter().all(|step| rest.unchanged.contains(&step.id)), "stopped after {stop}: {rest:?}");
    }
}

#[test]
fn a_second_run_reports_no_change() {
    let folder = tempfile::tempdir().unwrap();
    assert!(install(folder.path(), &LocalFiles, &answers()).unwrap().changed.len() >= 5);
    let second = install(folder.path(), &LocalFiles, &answers()).unwrap();
    assert_eq!(second.changed, Vec::<String>::new());
}

#[test]
fn planning_alone_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("praja-box");
    let steps = plan(&good(), &target(&root), &answers(), "http://127.0.0.1:7321", &templates(), vec![pair(&root)]).unwrap();
    assert!(steps.iter().all(|step| !step.title.is_empty() && !step.touches.is_empty()));
    assert!(!root.exists());
}

#[test]
fn an_interrupted_step_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let seen = Cell::new(None);
    let step = Step::new(
        "data",
        "Mengisi data",
        vec!["data".into()],
        |_| Ok(false),
        |_, start| {
            seen.set(Some(start));
            Ok(())
        },
    );
    let steps = [step];
    Journal::open(folder.path(), &Still).unwrap().note("data", Event::Mulai).unwrap();
    run(&steps, &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |_| {}).unwrap();
    assert_eq!(seen.get(), Some(Start::Lanjutan));
    run(&steps, &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |_| {}).unwrap();
    assert_eq!(seen.get(), Some(Start::Baru));
}

#[test]
fn a_journal_line_cut_in_half_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    Journal::open(folder.path(), &Still).unwrap().note("folder", Event::Selesai).unwrap();
    let path = folder.path().join("config/journal.jsonl");
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("{\"step\":\"kunci\",\"eve");
    fs::write(&path, text).unwrap();
    let mut journal = Journal::open(folder.path(), &Still).unwrap();
    assert_eq!((journal.last("folder"), journal.last("kunci")), (Some(Event::Selesai), None));
    journal.note("kunci", Event::Mulai).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 2);
}

#[test]
fn progress_counts_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let steps = plan(&good(), &target(folder.path()), &answers(), "http://127.0.0.1:7321", &templates(), Vec::new()).unwrap();
    let mut told = Vec::new();
    run(&steps, &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |progress| {
        if let Progress::End { place, of, changed, .. } = progress {
            told.push((place, of, changed));
        }
    })
    .unwrap();
    assert_eq!(told.iter().map(|(place, ..)| *place).collect::<Vec<_>>(), (1..=steps.len()).collect::<Vec<_>>());
    assert!(told.iter().all(|(_, of, _)| *of == steps.len()));
}

#[test]
fn another_address_goes_to_the_overlay_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config/praja.yaml");
    install(folder.path(), &LocalFiles, &answers()).unwrap();
    let overlay = folder.path().join("config/praja.local.yaml");
    fs::write(&overlay, "# catatan Diskominfo\npekerja: 3\n").unwrap();
    let born = fs::read(&config).unwrap();
    let lan = praja_deploy::Target { address: "0.0.0.0:7400".parse().unwrap(), ..target(folder.path()) };
    let go = |target: &praja_deploy::Target, url: &str| {
        let steps = plan(&good(), target, &answers(), url, &templates(), Vec::new()).unwrap();
        run(&steps, &LocalFiles, &mut Journal::open(folder.path(), &Still).unwrap(), &mut |_| {}).unwrap()
    };
    assert_eq!(go(&lan, "http://192.168.1.5:7400").changed, ["alamat"]);
    let now = read_settings(&LocalFiles, &config).unwrap();
    assert_eq!((now.alamat, now.url_publik.as_str()), (lan.address, "http://192.168.1.5:7400"));
    assert!(fs::read_to_string(&overlay).unwrap().starts_with("# catatan Diskominfo\npekerja: 3\n"));
    assert_eq!(go(&target(folder.path()), "http://127.0.0.1:7321").changed, ["alamat"]);
    assert_eq!(fs::read_to_string(&overlay).unwrap(), "# catatan Diskominfo\npekerja: 3\n");
    assert_eq!(fs::read(&config).unwrap(), born);
}

#[test]
fn settings_changed_by_hand_stay() {
    let folder = tempfile::tempdir().unwrap();
    install(folder.path(), &LocalFiles, &answers()).unwrap();
    let config = folder.path().join("config/praja.yaml");
    let changed = fs::read_to_string(&config).unwrap().replace("pekerja: 2", "pekerja: 7");
    fs::write(&config, &changed).unwrap();
    install(folder.path(), &LocalFiles, &answers()).unwrap();
    assert_eq!(fs::read_to_string(&config).unwrap(), changed);
}

#[test]
fn answers_come_back_as_they_were_given() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(saved_answers(&LocalFiles, folder.path()).unwrap(), None);
    install(folder.path(), &LocalFiles, &answers()).unwrap();
    assert_eq!(saved_answers(&LocalFiles, folder.path()).unwrap(), Some(answers()));
    fs::write(folder.path().join("config/jawaban.yaml"), "lain: 1\n").unwrap();
    assert!(matches!(saved_answers(&LocalFiles, folder.path()), Err(Obstacle::BrokenSettings { .. })));
}

#[test]
fn keys_are_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    install(folder.path(), &LocalFiles, &answers()).unwrap();
    assert_eq!(LocalFiles.folder_mode(&folder.path().join("keys")).unwrap(), Some(0o700));
}

#[test]
fn each_blocking_fact_is_an_obstacle_with_both_figures_and_a_command() {
    type Turn = fn(&mut Facts);
    let cases: [(Turn, &str, &str); 6] = [
        (|facts| facts.port = Port::Taken { next_free: Some(7_322) }, "7321", "praja try --port 7322"),
        (|facts| facts.space.as_mut().unwrap().free_mib = 512, "512 MiB; diperlukan paling sedikit 1024 MiB", "df -h"),
        (|facts| facts.space.as_mut().unwrap().free_inodes = Some(3), "3 berkas lagi; diperlukan paling sedikit 1000", "df -i"),
        (|facts| facts.memory.as_mut().unwrap().available_mib = 60, "60 MiB; diperlukan paling sedikit 100 MiB", "free -m"),
        (
            |facts| facts.glibc = Some(praja_deploy::Version(2, 28)),
            "versi 2.28; diperlukan paling rendah versi 2.34",
            "cat /etc/os-release",
        ),
        (|facts| facts.open_files = 64, "64 berkas; diperlukan paling sedikit 1024", "ulimit -n 1024"),
    ];
    for (turn, message, command) in cases {
        let mut facts = good();
        turn(&mut facts);
        let root = Path::new("./praja-box");
        let obstacle = plan(&facts, &target(root), &answers(), "u", &templates(), Vec::new()).unwrap_err();
        assert!(obstacle.to_string().contains(message), "{obstacle}");
        assert_eq!(obstacle.next_command(&praja_deploy::Again::of(root)), command);
    }
}

#[test]
fn a_cluster_is_not_installed_into_a_folder() {
    let answers = Answers { profil: Profil::Klaster, ..answers() };
    let refused = plan(&good(), &target(Path::new("x")), &answers, "u", &templates(), Vec::new()).unwrap_err();
    assert!(matches!(refused, Obstacle::ProfileNotPortable { .. }));
}

#[test]
fn one_folder_serves_one_praja() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Lock::holder(folder.path()), None);
    let held = Lock::take(folder.path()).unwrap();
    assert_eq!(Lock::holder(folder.path()), Some(std::process::id()));
    assert!(matches!(Lock::take(folder.path()), Err(Obstacle::Busy { pid: Some(pid), .. }) if pid == std::process::id()));
    drop(held);
    assert_eq!(Lock::holder(folder.path()), None);
    Lock::take(folder.path()).unwrap();
}
