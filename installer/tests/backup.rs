//! Backups and anchors, as somebody types the commands: what is refused, and what to type next.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use common::{free_port, ready, run, trying};

const SHEET: &str = "praja-box/keys/lembar-pemulihan.txt";

/// An installation that rests, with a backup beside it.
fn backed_up() -> tempfile::TempDir {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    ready(trying(folder.path(), port, &[]), port).stop();
    let (output, text) = run(folder.path(), &["backup", "create", "--output", "c.cadangan"]);
    assert!(output.status.success() && text.contains("selesai") && !text.contains("utuh"), "{text}");
    folder
}

/// Runs; checks the exit code and that the text, on one line, holds what is expected.
fn expect(folder: &Path, words: &[&str], code: i32, expected: &[&str]) {
    let (output, text) = run(folder, words);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(output.status.code(), Some(code), "{words:?}: {text}");
    for one in expected {
        assert!(text.contains(one), "{words:?} does not say {one:?}: {text}");
    }
    for english in ["error", "No such", "unknown field", "the key", "no Praja backup"] {
        assert!(!text.contains(english), "{words:?} says {english:?}: {text}");
    }
}

#[test]
fn a_restored_box_keeps_its_passwords_and_is_served_not_tried() {
    let folder = backed_up();
    let here = folder.path();
    let next = "praja backup restore c.cadangan --root ./praja-pulih --recovery";
    expect(here, &["backup", "verify", "c.cadangan"], 0, &["utuh", &format!("{next} ./{SHEET}")]);
    fs::copy(here.join(SHEET), here.join("kunci.txt")).unwrap();
    expect(here, &["backup", "verify", "c.cadangan", "--recovery", "kunci.txt"], 0, &[&format!("{next} kunci.txt")]);
    let serve = "praja serve --config pulih/config/praja.yaml";
    expect(here, &["backup", "restore", "c.cadangan", "--root", "pulih", "--recovery", "kunci.txt"], 0, &[serve]);
    for name in ["config", "data", "data/blobs", "logs", "keys"] {
        let mode = |root: &str| fs::metadata(here.join(root).join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("pulih"), mode("praja-box"), "{name}");
    }
    let database = fs::read(here.join("pulih/data/praja.db")).unwrap();
    for more in [&[][..], &["--reset"], &["--dry-run"]] {
        expect(here, &[&["try", "--yes", "--root", "pulih"], more].concat(), 30, &["mengganti sandi", serve]);
    }
    assert_eq!(fs::read(here.join("pulih/data/praja.db")).unwrap(), database);
    expect(here, &["status", "--config", "pulih/config/praja.yaml"], 10, &[serve]);
    expect(here, &["status"], 10, &["Perintah berikutnya: praja try"]);
}

#[test]
fn a_restore_that_cannot_be_says_why_and_what_to_type() {
    let folder = backed_up();
    let here = folder.path();
    let restore = |more: &[&'static str]| [&["backup", "restore"], more].concat();
    expect(here, &restore(&["c.cadangan", "--root", "p"]), 2, &["lembar pemulihan", &format!("--recovery ./{SHEET}")]);
    expect(
        here,
        &restore(&["c.cadangan", "--root", "praja-box", "--recovery", SHEET]),
        30,
        &["sudah berisi", "--root praja-box-2"],
    );
    expect(here, &restore(&["nol", "--root", "p", "--recovery", SHEET]), 30, &["nol tidak dapat dibaca", "ls -l *.cadangan"]);
    expect(here, &restore(&[SHEET, "--root", "p", "--recovery", SHEET]), 30, &["bukan cadangan Praja", "ls -l *.cadangan"]);
    expect(here, &restore(&["c.cadangan", "--root", "p", "--recovery", "nol"]), 30, &["nol tidak dapat dibaca", "ls -l nol"]);
    let other = backed_up();
    fs::copy(other.path().join(SHEET), here.join("salah.txt")).unwrap();
    expect(
        here,
        &restore(&["c.cadangan", "--root", "p", "--recovery", "salah.txt"]),
        30,
        &["bukan kunci cadangan", "nano salah.txt"],
    );
    let whole = fs::read(here.join("c.cadangan")).unwrap();
    fs::write(here.join("rusak"), &whole[..whole.len() / 2]).unwrap();
    expect(here, &["backup", "verify", "rusak"], 30, &["gunakan cadangan lain", "Perintah berikutnya: praja backup create"]);
    expect(here, &restore(&["rusak", "--root", "p", "--recovery", SHEET]), 30, &["kembali kosong", "praja backup verify rusak"]);
    assert!(fs::read_dir(here.join("p")).map_or(true, |mut entries| entries.next().is_none()));
}

#[test]
fn an_anchor_is_never_overwritten() {
    let folder = backed_up();
    let here = folder.path();
    let dated = "praja audit anchor --output jangkar-";
    expect(here, &["audit", "verify"], 0, &[dated]);
    expect(here, &["audit", "anchor"], 0, &[dated]);
    expect(here, &["audit", "anchor", "--output", "a.txt"], 0, &["praja audit verify --anchor a.txt"]);
    let kept = fs::read(here.join("a.txt")).unwrap();
    expect(here, &["audit", "anchor", "--output", "a.txt"], 30, &["tidak ditimpa", dated]);
    assert_eq!(fs::read(here.join("a.txt")).unwrap(), kept);
    expect(here, &["audit", "verify", "--anchor", "a.txt"], 0, &["utuh"]);
}

#[test]
fn what_is_missing_or_unknown_is_named_in_indonesian() {
    let folder = backed_up();
    let here = folder.path();
    let over = here.join("praja-box/config/praja.local.yaml");
    fs::write(&over, "warna: biru\n").unwrap();
    expect(here, &["audit", "verify"], 30, &["praja.local.yaml", "kunci \"warna\" tidak dikenal"]);
    fs::remove_file(&over).unwrap();
    let pack = here.join("praja-box/config/region/paket.yaml");
    let whole = fs::read_to_string(&pack).unwrap();
    fs::write(&pack, whole.replace("ibu_kota", "ibukota")).unwrap();
    let line = whole.lines().position(|line| line.starts_with("ibu_kota")).unwrap() + 1;
    let told = format!("baris {line}: kunci \"ibukota\" tidak dikenal; yang dikenal: kode, nama");
    expect(here, &["serve"], 1, &["paket.yaml tidak dapat dipakai", &told]);
    fs::write(&pack, whole).unwrap();
    fs::rename(here.join("praja-box/keys/instansi.kunci"), here.join("k")).unwrap();
    expect(here, &["audit", "verify"], 1, &["Berkas kunci ./praja-box/keys/instansi.kunci tidak ada"]);
}
