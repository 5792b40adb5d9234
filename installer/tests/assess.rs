//! `praja assess`, as somebody types it, and with faults that are really there.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

fn praja(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
    command.arg("assess").args(arguments).current_dir(folder).env("PRAJA_PERINTAH", "praja").stdin(Stdio::null());
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

#[test]
fn the_example_of_an_office_file_is_taken_and_every_bad_row_of_another_is_told_before_anything_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let example = praja(folder.path(), &["--sites-contoh"]);
    assert!(praja_deploy::read_sites(&example.stdout).is_ok(), "{}", said(&example));
    fs::write(folder.path().join("kantor.csv"), "nama,alamat,pegawai\nA,10.1.2.3,5\nB,kantor:80,banyak\n").unwrap();
    let output = praja(folder.path(), &["--quick", "--sites", "kantor.csv", "--json", "hasil.json"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(30), "{text}");
    assert!(
        text.contains("Baris 2, kolom alamat (\"10.1.2.3\")") && text.contains("Baris 3, kolom pegawai (\"banyak\")"),
        "{text}"
    );
    assert!(text.contains("Perintah berikutnya: praja assess --sites-contoh"), "{text}");
    assert!(!text.contains("Keputusan") && !folder.path().join("hasil.json").exists());
    for misused in [&["--watch", "24h"][..], &["--sites", "kantor.csv", "--watch", "lama"], &["--sites-contoh", "--quick"]] {
        assert_eq!(praja(folder.path(), misused).status.code(), Some(2), "{misused:?}");
    }
    let missing = praja(folder.path(), &["--sites", "tidak-ada.csv"]);
    assert!(said(&missing).contains("tidak-ada.csv") && missing.status.code() == Some(1), "{}", said(&missing));
}

#[test]
fn offices_are_measured_and_told_in_words_in_json_and_on_paper_and_judged_again_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let open = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = open.local_addr().unwrap().port();
    let rows = format!(
        "kode,nama,alamat,jalur\n1.02,Dinas Dekat,127.0.0.1:{port},kabel\n7.01,Kantor Tak Bernama,tidak-ada.invalid:80,radio\n"
    );
    fs::write(folder.path().join("kantor.csv"), rows).unwrap();
    let first = report(folder.path(), &["--sites", "kantor.csv", "--html", "laporan.html"]);
    let ways = |report: &serde_json::Value| -> Vec<String> {
        report["offices"].as_array().unwrap().iter().map(|one| one["way"]["cara"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ways(&first), ["daring", "titip"]);
    assert_eq!(severity(&first, "kantor-terjangkau"), "peringatan");
    assert_eq!(first["offices"][0]["line"]["lost"], 0);
    let paper = fs::read_to_string(folder.path().join("laporan.html")).unwrap();
    assert!(
        paper.contains("Kantor dan cara kerjanya") && paper.contains("Kantor Tak Bernama") && paper.contains("Lewat kantor lain")
    );
    let text = said(&praja(folder.path(), &["--quick", "--sites", "kantor.csv"]));
    assert!(text.contains("- Dinas Dekat: Daring penuh") && text.contains("nama itu tidak dikenal"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "a line is wider than 80 columns");
    fs::rename(folder.path().join("hasil.json"), folder.path().join("lama.json")).unwrap();
    assert_eq!(ways(&report(folder.path(), &["--facts", "lama.json"])), ["daring", "titip"]);
}

#[test]
fn a_watch_that_is_interrupted_tells_what_it_has_and_goes_on_where_it_ended() {
    let folder = tempfile::tempdir().unwrap();
    let open = TcpListener::bind("127.0.0.1:0").unwrap();
    fs::write(folder.path().join("kantor.csv"), format!("nama,alamat\nDinas,{}\n", open.local_addr().unwrap())).unwrap();
    let diary = folder.path().join("kantor.csv.pantauan");
    let rounds = || fs::read_to_string(&diary).map_or(0, |text| text.lines().count().saturating_sub(1));
    let watch = ["assess", "--quick", "--yes", "--sites", "kantor.csv", "--watch", "10s", "--json", "hasil.json"];
    let child = common::praja(folder.path(), &watch).spawn().unwrap();
    let began = Instant::now();
    while rounds() < 3 {
        assert!(began.elapsed() < common::PATIENCE, "does not watch");
        thread::sleep(Duration::from_millis(50));
    }
    common::signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let text = said(&output);
    let before = rounds();
    assert!(before < 60 && text.contains("Pantauan terhenti") && text.contains("Penilaian dihentikan"), "{text}");
    assert!(text.contains("Perintah berikutnya: praja assess --root ./praja-box --sites kantor.csv --watch 10s"), "{text}");
    assert!(matches!(output.status.code(), Some(0 | 10 | 20)), "{text}");
    let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("hasil.json")).unwrap()).unwrap();
    assert_eq!(kept["offices"][0]["dark"]["rounds"], before);

    // The power went out while a round was written.
    let mut file = fs::OpenOptions::new().append(true).open(&diary).unwrap();
    file.write_all(b"{\"pada\":17").unwrap();
    let output = praja(folder.path(), &watch[1..]);
    let text = said(&output);
    assert!(text.contains(&format!("{before} dari 60 putaran sudah ada")), "{text}");
    assert_eq!(rounds(), 60);
    assert!(text.contains("Dipantau 60 putaran; jam tanpa jaringan: tidak ada"), "{text}");
    fs::write(&diary, "nama,alamat\n").unwrap();
    let output = praja(folder.path(), &watch[1..]);
    assert_eq!(output.status.code(), Some(30));
    assert!(said(&output).contains("bukan catatan pantauan"), "{}", said(&output));
}

#[test]
fn an_assessment_that_is_interrupted_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    // Whole: the longest part takes five seconds and hears it.
    let child = common::praja(folder.path(), &["assess", "--json", "hasil.json", "--html", "laporan.html"]).spawn().unwrap();
    thread::sleep(Duration::from_millis(1_200));
    let asked = Instant::now();
    common::signal(&child, "INT");
    let output = child.wait_with_output().unwrap();
    let text = said(&output);
    assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
    assert!(text.contains("Penilaian terputus: belum diukur:") && text.contains("disk"), "{text}");
    assert_eq!(output.status.code(), Some(20), "{text}");
    let kept: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join("hasil.json")).unwrap()).unwrap();
    assert!(kept["facts"]["unmeasured"].as_array().unwrap().iter().any(|part| part == "disk"), "{kept}");
    assert_eq!(severity(&kept, "terputus"), "wajib-disetujui");
    assert!(fs::read_to_string(folder.path().join("laporan.html")).unwrap().contains("Penilaian terputus"));
}

/// Answers the questions of an assessment on a terminal of its own; gives what stood there.
fn answered(folder: &Path, options: &str, keys: &str) -> String {
    let program = env!("CARGO_BIN_EXE_praja");
    let mut command = Command::new("script");
    command.args(["-qec", &format!("stty cols 80 rows 24; {program} assess --quick {options}"), "/dev/null"]);
    command.current_dir(folder).env("NO_COLOR", "1").env("TERM", "xterm").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let reader = thread::spawn(move || {
        let mut text = Vec::new();
        let _ = output.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    for line in keys.lines() {
        // Whoever types before the question stands there is heard, too, but nobody does.
        thread::sleep(Duration::from_millis(300));
        input.write_all(format!("{line}\r").as_bytes()).unwrap();
    }
    child.wait().unwrap();
    drop(input);
    reader.join().unwrap()
}

#[test]
fn what_only_people_know_is_asked_with_defaults_and_what_was_said_is_not_asked_again() {
    if !common::has("script") {
        common::skipped("questions", "script (util-linux) is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let text = answered(folder.path(), "--json hasil.json", "nol\n1.250\n\n\n3\ny\nmungkin\nt\npraja.contoh.go.id\n");
    for words in [
        "Tulis angka antara 1 dan 200.000.",
        "Tulis ya, tidak, atau biarkan kosong.",
        "[150]",
        "Hitung semua yang akan mempunyai akun",
    ] {
        assert!(text.contains(words), "{words} is missing: {text}");
    }
    assert!(!text.contains("error"), "{text}");
    let needs = |file: &str| {
        let all: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.path().join(file)).unwrap()).unwrap();
        all["facts"]["needs"].clone()
    };
    let said = serde_json::json!({"officers": 1250, "letters_a_day": 150, "permits_a_month": 300, "administrators": 3, "ups": true,
        "second_copy": false, "name": "praja.contoh.go.id"});
    assert_eq!(needs("hasil.json"), said, "{text}");
    let text = answered(folder.path(), "--yes --json lain.json", "");
    assert!(!text.contains("Keadaan di daerah Anda"), "{text}");
    assert_eq!(needs("lain.json")["officers"], 400);
    let most = "--pegawai 9 --surat 8 --izin 7 --pengelola 2 --ups ya --salinan-kedua ya --json tiga.json";
    let text = answered(folder.path(), most, "\n");
    assert!(!text.contains("Pegawai yang akan") && text.contains("Nama untuk membuka Praja"), "{text}");
    assert_eq!((&needs("tiga.json")["officers"], &needs("tiga.json")["name"]), (&9.into(), &serde_json::Value::Null));
}
