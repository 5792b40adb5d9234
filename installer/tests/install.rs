//! `praja install` and `praja uninstall` into one folder, by the real program.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use common::{free_port, has, praja, run, skipped};

const REGION: [&str; 2] = ["--region", "manggarai barat"];

fn install(folder: &Path, port: u16, more: &[&str]) -> (Option<i32>, String) {
    let address = format!("127.0.0.1:{port}");
    let usual = ["install", "--portable", "--root", "kotak", "--alamat", &address, "--yes"];
    let (output, text) = run(folder, &[&usual[..], &REGION[..], more].concat());
    (output.status.code(), text)
}

fn files(root: &Path) -> BTreeMap<PathBuf, u32> {
    let (mut found, mut open) = (BTreeMap::new(), vec![root.to_path_buf()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let meta = fs::symlink_metadata(&path).unwrap();
            if meta.is_dir() {
                open.push(path.clone());
            }
            // The embedded database's own helpers come and go with whoever has it open.
            if path.extension().is_some_and(|end| end == "db-wal" || end == "db-shm") {
                continue;
            }
            found.insert(path.strip_prefix(root).unwrap().to_path_buf(), meta.permissions().mode() & 0o777);
        }
    }
    found
}

#[test]
fn a_folder_is_installed_served_shown_again_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let (port, root) = (free_port(), folder.path().join("kotak"));
    let (code, said) = install(folder.path(), port, &["--save-answers", "jawaban.yaml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Kabupaten Manggarai Barat (53.15)") && said.contains("halaman masuk siap"), "{said}");
    assert_eq!(said.matches("/pengelola-pertama/").count(), 1, "the link is shown once:\n{said}");
    assert_eq!(fs::metadata(root.join("keys")).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(fs::read_link(root.join("current")).unwrap(), Path::new("releases").join(env!("CARGO_PKG_VERSION")));
    let before = files(&root);
    let (code, second) = install(folder.path(), port, &[]);
    assert_eq!(code, Some(0), "{second}");
    assert!(second.contains("praja admin link"), "{second}");
    assert!(second.contains("0 perubahan") && !second.contains("/pengelola-pertama/"), "{second}");
    assert_eq!(files(&root), before);
    // The answers serve a second server, which is then the same but for its keys.
    let (output, twin) = run(folder.path(), &["install", "--portable", "--root", "kembar", "--answers", "jawaban.yaml", "--yes"]);
    assert!(output.status.success(), "{twin}");
    let relative = |files: &BTreeMap<PathBuf, u32>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(relative(&files(&folder.path().join("kembar"))), relative(&before));
    let (output, refused) = run(folder.path(), &["uninstall", "--root", "kotak"]);
    assert_eq!(output.status.code(), Some(20), "{refused}");
    assert!(refused.contains("seluruh isinya") && root.exists(), "{refused}");
    for name in ["kotak", "kembar"] {
        let (output, said) = run(folder.path(), &["uninstall", "--root", name, "--yes"]);
        assert!(output.status.success() && said.contains("Tidak ada yang tersisa"), "{said}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["jawaban.yaml"]);
}

#[test]
fn a_kill_before_and_after_every_step_resumes() {
    if !cfg!(debug_assertions) {
        return skipped("kills of an installation", "only a build with debug assertions can be killed at a step");
    }
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    for place in 1..=9 {
        for at in [format!("{place}-mulai"), place.to_string()] {
            let address = format!("127.0.0.1:{port}");
            let words = ["install", "--portable", "--root", "kotak", "--alamat", &address, "--region", "53.15", "--yes"];
            let output = praja(folder.path(), &words).env("PRAJA_UJI_PUTUS", &at).output().unwrap();
            assert_eq!(output.status.code(), None, "was not killed at {at}: {}", String::from_utf8_lossy(&output.stdout));
            // As if the power had failed between the act and the note of it.
            let journal = folder.path().join("kotak/config/journal.jsonl");
            if !at.contains('-') && place % 2 == 0 {
                let text = fs::read_to_string(&journal).unwrap();
                let lines: Vec<&str> = text.lines().collect();
                fs::write(&journal, format!("{}\n{{\"step\":\"", lines[..lines.len() - 1].join("\n"))).unwrap();
            }
        }
    }
    let (code, said) = install(folder.path(), port, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("0 perubahan"), "the ninth step was the last:\n{said}");
}

#[test]
fn nothing_is_touched_by_a_dry_run_or_without_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let words =
        ["install", "--portable", "--root", "kotak", "--region", "53.15", "--alamat", &format!("127.0.0.1:{}", free_port())];
    let (output, said) = run(folder.path(), &[&words[..], &["--dry-run"]].concat());
    assert!(output.status.code().unwrap() <= 20 && said.contains("Menaruh program"), "{said}");
    let (output, said) = run(folder.path(), &words);
    assert_eq!(output.status.code(), Some(20), "{said}");
    assert!(said.contains("--yes"), "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn each_wrong_answer_is_told_with_its_key_or_flag() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jawaban.yaml");
    for (text, more, told) in [
        ("wilayh: x\n", &[][..], "yang terdekat \"wilayah\""),
        ("wilayah: 51.10\n", &[], "tanda kutip"),
        ("wilayah: \"53.15\"\nmodul: [eofice]\n", &[], "yang terdekat \"eoffice\""),
        ("wilayah: Bandung\n", &[], "Yang terdekat"),
        ("jenis: asli\n", &[], "belum disebut"),
        ("wilayah: \"53.15\"\n", &["--tls", "lokl"], "yang terdekat \"lokal\""),
        ("wilayah: \"53.15\"\n", &["--tls", "berkas"], "--sertifikat"),
        ("wilayah: \"53.15\"\n", &["--tls", "depan", "--server-web", "ngin"], "nginx"),
        ("wilayah: \"53.15\"\n", &["--url", "praja.go.id"], "url_publik"),
        ("wilayah: \"53.15\"\n", &["--pengguna", "root"], "pengguna"),
        ("wilayah: \"53.15\"\n", &["--profil", "klaster"], "Patroni"),
        ("wilayah: \"53.15\"\n", &["--database", "mysql://x"], "basis_data"),
    ] {
        fs::write(&file, text).unwrap();
        let words = ["install", "--portable", "--root", "kotak", "--answers", "jawaban.yaml", "--yes"];
        let (output, said) = run(folder.path(), &[&words[..], more].concat());
        assert!(matches!(output.status.code(), Some(2 | 30)), "{text} {more:?}: {said}");
        assert!(said.contains(told) && said.contains("Perintah berikutnya"), "{text} {more:?}: {said}");
        assert!(!folder.path().join("kotak").exists(), "{text} {more:?}");
    }
}

#[test]
fn a_machine_that_does_not_fit_is_told_before_anything_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (code, said) = install(folder.path(), taken.local_addr().unwrap().port(), &[]);
    assert_eq!(code, Some(30), "{said}");
    assert!(said.contains("sudah dipakai program lain") && said.contains("praja install"), "{said}");
    // A folder of a newer and of an older release.
    for (version, told) in [("99.0.0", "lebih baru daripada program ini"), ("0.0.1", "tidak memutakhirkan")] {
        fs::create_dir_all(folder.path().join("kotak/config")).unwrap();
        fs::write(folder.path().join("kotak/config/terpasang.json"), format!("{{\"versi\":\"{version}\"}}")).unwrap();
        let (code, said) = install(folder.path(), free_port(), &[]);
        assert_eq!(code, Some(30), "{said}");
        assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(told), "{said}");
    }
    fs::remove_dir_all(folder.path().join("kotak")).unwrap();
    let (output, said) = run(folder.path(), &["uninstall", "--root", "kotak", "--yes"]);
    assert_eq!(output.status.code(), Some(30), "{said}");
}

#[test]
fn a_service_is_refused_to_who_is_not_root() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // The build's folder may be root's own: nobody gets a copy.
    let program = folder.path().join("praja");
    fs::copy(env!("CARGO_BIN_EXE_praja"), &program).unwrap();
    if !has("setpriv") {
        return skipped("an installation by an ordinary user", "setpriv is not installed");
    }
    let words = ["--reuid=65534", "--clear-groups", program.to_str().unwrap(), "install", "--region", "53.15", "--yes"];
    let output = Command::new("setpriv").args(words).env("PRAJA_PERINTAH", "praja").current_dir("/tmp").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(30), "{said}");
    assert!(said.contains("memerlukan hak root") && said.contains("sudo praja install --region 53.15"), "{said}");
}

#[test]
fn a_program_that_is_not_installed_yet_names_itself_by_the_path_it_was_called_by() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["install", "--portable", "--root", "kotak", "--region", "53.15", "--dry-run", "--yes"];
    let mut command = praja(folder.path(), &words);
    let output = command.env("PRAJA_PERINTAH", "").env("PATH", "/usr/bin:/bin").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let next = format!("Perintah berikutnya: {} install --root kotak", env!("CARGO_BIN_EXE_praja"));
    assert!(said.contains(&next), "{said}");
}

#[test]
fn a_full_and_a_read_only_disk_are_told() {
    let mount = |folder: &Path, options: &str| {
        Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .status()
            .is_ok_and(|status| status.success())
    };
    for (options, told) in [("size=8m", "Disk hanya tersisa"), ("ro", "tidak dapat ditulis")] {
        let folder = tempfile::tempdir().unwrap();
        if !mount(folder.path(), options) {
            return skipped("an installation on a full and on a read-only disk", "nothing can be mounted here");
        }
        let root = folder.path().join("kotak");
        let words = ["install", "--portable", "--root", root.to_str().unwrap(), "--region", "53.15", "--alamat"];
        let (output, said) = run(Path::new("/tmp"), &[&words[..], &[&format!("127.0.0.1:{}", free_port()), "--yes"]].concat());
        Command::new("umount").arg(folder.path()).status().unwrap();
        assert_eq!(output.status.code(), Some(30), "{said}");
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn a_database_server_proves_itself_by_a_commit() {
    let Ok(url) = std::env::var("PRAJA_TEST_POSTGRES") else {
        return skipped("the proof of a database server", "PRAJA_TEST_POSTGRES is not set");
    };
    praja_store::prove_postgres(&url, std::time::Duration::from_secs(10)).unwrap();
    // A server that takes the line and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://praja@127.0.0.1:{}/praja", silent.local_addr().unwrap().port());
    let began = std::time::Instant::now();
    let error = praja_store::prove_postgres(&url, std::time::Duration::from_millis(700)).unwrap_err();
    assert!(began.elapsed() < std::time::Duration::from_secs(5), "the deadline did not hold");
    assert!(matches!(error, praja_store::StoreError::Server(praja_store::ServerTrouble::Unreachable(_))), "{error}");
}
