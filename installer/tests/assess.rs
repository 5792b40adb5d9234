//! `praja assess`, as somebody types it, and with faults that are really there.

#![allow(clippy::unwrap_used)] // a test may stop at once

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

fn praja(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
    command.arg("assess").args(arguments).current_dir(folder).stdin(Stdio::null());
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The report that a quick assessment writes.
fn report(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let file = folder.join("hasil.json");
    let output = praja(folder, &[&["--quick", "--json", file.to_str().unwrap()], arguments].concat());
    serde_json::from_str(&fs::read_to_string(&file).unwrap_or_else(|_| panic!("{}", said(&output)))).unwrap()
}

fn severity(report: &serde_json::Value, id: &str) -> String {
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no finding {id}"));
    found["severity"].as_str().unwrap().to_owned()
}

#[test]
fn an_assessment_judges_advises_and_writes_it_down_and_changes_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let output = praja(folder.path(), &["--quick", "--json", "hasil.json", "--html", "laporan.html", "--ups", "tidak"]);
    let text = said(&output);
    assert!(matches!(output.status.code(), Some(0 | 10 | 20)), "{text}");
    for word in ["Keputusan", "Sanggup melayani", "Daftar belanja", "UPS", "e-Office", "Perintah berikutnya: praja try"] {
        assert!(text.contains(word), "{word} is missing: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "a line is wider than 80 columns");
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("hasil.json")).unwrap()).unwrap();
    assert!(report["findings"].as_array().unwrap().len() >= 60);
    assert!(report["recommendation"]["profil"].is_string());
    let html = fs::read_to_string(folder.path().join("laporan.html")).unwrap();
    assert!(html.contains("Yang menilai,") && html.contains("Yang menyetujui,") && html.contains("<svg"));
    assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("<script"), "nothing comes from outside");
    let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["hasil.json", "laporan.html"]);
}

#[test]
fn what_one_machine_measured_is_judged_again_on_another() {
    let folder = tempfile::tempdir().unwrap();
    let first = report(folder.path(), &["--pegawai", "10", "--ups", "tidak"]);
    assert_eq!((severity(&first, "ups").as_str(), severity(&first, "kapasitas").as_str()), ("peringatan", "info"));
    let before = fs::read_to_string(folder.path().join("hasil.json")).unwrap();
    fs::rename(folder.path().join("hasil.json"), folder.path().join("lama.json")).unwrap();
    let again = report(folder.path(), &["--facts", "lama.json", "--pegawai", "200000", "--ups", "ya"]);
    assert_eq!((severity(&again, "ups").as_str(), severity(&again, "kapasitas").as_str()), ("info", "wajib-disetujui"));
    assert_eq!(again["facts"]["facts"], serde_json::from_str::<serde_json::Value>(&before).unwrap()["facts"]["facts"]);
}

#[test]
fn a_broken_file_of_facts_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rusak.json"), "{\"facts\": 1").unwrap();
    for file in ["rusak.json", "tidak-ada.json"] {
        let output = praja(folder.path(), &["--facts", file, "--html", "laporan.html"]);
        assert!(matches!(output.status.code(), Some(1 | 30)), "{}", said(&output));
        assert!(said(&output).contains(file), "{}", said(&output));
        assert!(!folder.path().join("laporan.html").exists());
    }
    let output = praja(folder.path(), &["--ups", "mungkin"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn a_port_that_is_really_taken_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("0.0.0.0:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let with = report(folder.path(), &["--port", &port]);
    assert_eq!(severity(&with, "porta"), "blokir");
    let output = praja(folder.path(), &["--quick", "--port", &port]);
    assert_eq!(output.status.code(), Some(30));
    drop(taken);
    assert_eq!(severity(&report(folder.path(), &["--port", &port]), "porta"), "info");
}

#[test]
fn a_folder_that_is_really_a_file_or_lies_in_memory_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("berkas"), "x").unwrap();
    assert_eq!(severity(&report(folder.path(), &["--root", "berkas"]), "folder"), "blokir");
    let memory = Path::new("/dev/shm");
    let mounts = fs::read_to_string("/proc/mounts").unwrap();
    if mounts.lines().any(|line| line.split(' ').nth(1) == Some("/dev/shm") && line.split(' ').nth(2) == Some("tmpfs")) {
        assert_eq!(severity(&report(folder.path(), &["--root", memory.to_str().unwrap()]), "sistem-berkas"), "wajib-disetujui");
    }
}
