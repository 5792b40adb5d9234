//! `praja doctor`, `config` and `support-bundle` on a real installation, with faults that are really there.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use common::{box_at_work, free_port, praja, ready, run, serving, stop, trying};
use praja_store::{By, Db, Keys, Options};

struct House {
    folder: tempfile::TempDir,
    config: String,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = box_at_work(folder.path(), free_port());
        Self { folder, config }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.path().join("praja-box").join(name)
    }

    fn run(&self, words: &[&str]) -> (Option<i32>, String) {
        let (output, text) = run(self.path(), &[words, &["--config", &self.config]].concat());
        (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Each finding's severity and value.
    fn findings(&self, more: &[&str]) -> BTreeMap<String, (String, String)> {
        let (output, text) = run(self.path(), &[&["doctor", "--json", "--config", &self.config], more].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{text}"));
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let findings = report["findings"].as_array().unwrap().iter();
        findings.map(|one| (text(&one["id"]), (text(&one["severity"]), text(&one["value"])))).collect()
    }

    fn severity(&self, id: &str) -> String {
        self.findings(&[])[id].0.clone()
    }

    fn write(&self, sql: &'static str) {
        let db = Db::open_sqlite(&self.at("data/praja.db"), &Options::default()).unwrap();
        let ids = std::sync::Arc::new(praja_module::SystemIds::new(std::sync::Arc::new(praja_module::SystemClock)));
        let by = By::system("uji", praja_kernel::Moment(1), ids);
        db.write(&by, Keys::unaudited(), move |tx| tx.exec(sql, &[]).map(|_| ())).unwrap();
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn real_faults_are_found_and_the_exit_code_is_the_gravest() {
    let house = House::new();
    mode(&house.at("keys"), 0o700);
    mode(&house.at("config/praja.yaml"), 0o600);
    mode(&house.at("data"), 0o750);
    let (code, text) = house.run(&["doctor"]);
    // Nothing was ever backed up: that somebody must know.
    assert!(code == Some(20) && text.contains("Cadangan terbaru: belum ada"), "{text}");
    let found = house.findings(&[]);
    for id in ["kunci", "izin-berkas", "basis-data", "migrasi", "jejak-audit", "lampiran-hilang", "sisa-kerja", "pekerjaan-mati"]
    {
        assert_eq!(found[id].0, "info", "{id}: {found:?}");
    }
    assert_eq!((found["layanan"].0.as_str(), found["administrator"].0.as_str()), ("peringatan", "peringatan"));

    house.write("DELETE FROM store_migrasi WHERE nama = '0003-audit-cari.sql'");
    assert_eq!(house.severity("migrasi"), "peringatan");
    let database = fs::read(house.at("data/praja.db")).unwrap();
    fs::write(house.at("data/praja.db"), vec![7_u8; 8192]).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = fs::remove_file(house.at(&format!("data/praja.db{end}")));
    }
    assert_eq!(house.severity("basis-data"), "blokir");
    fs::remove_file(house.at("data/praja.db")).unwrap();
    assert_eq!(house.severity("basis-data"), "blokir");
    assert!(!house.at("data/praja.db").exists(), "looking makes no empty database");
    fs::write(house.at("data/praja.db"), database).unwrap();

    let key = fs::read(house.at("keys/instansi.kunci")).unwrap();
    fs::write(house.at("keys/instansi.kunci"), &key[..20]).unwrap();
    let (code, text) = house.run(&["doctor", "--quick"]);
    assert!(code == Some(30) && text.contains("Kunci pemasangan"), "{text}");
    fs::write(house.at("keys/instansi.kunci"), key).unwrap();

    fs::write(house.at("config/praja.local.yaml"), "pekrja: 2\n").unwrap();
    let (code, text) = house.run(&["doctor"]);
    assert!(code == Some(30) && text.contains("pekrja") && text.contains("praja config check"), "{text}");
}

#[test]
fn a_certificate_that_ends_soon_or_is_not_there_is_told() {
    if !common::has("openssl") {
        return common::skipped("doctor::a_certificate", "the program openssl is not installed");
    }
    let house = House::new();
    let tls = |days: &str| {
        let words =
            ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=praja.contoh"];
        let mut openssl = std::process::Command::new("openssl");
        openssl.args(words).args(["-days", days, "-keyout", "k.pem", "-out", "s.pem"]).current_dir(house.at("."));
        assert!(openssl.output().unwrap().status.success());
    };
    fs::write(
        house.at("config/praja.local.yaml"),
        "url_publik: https://praja.contoh\ntls: {mode: files, sertifikat: s.pem, kunci: k.pem}\n",
    )
    .unwrap();
    assert_eq!(house.severity("sertifikat"), "blokir");
    for (days, severity) in [("60", "info"), ("15", "peringatan"), ("3", "wajib-disetujui")] {
        tls(days);
        assert_eq!(house.severity("sertifikat"), severity, "{days} days");
    }
}

#[test]
fn what_is_safe_is_mended_and_mended_once() {
    let house = House::new();
    mode(&house.at("keys/instansi.kunci"), 0o644);
    mode(&house.at("config/praja.yaml"), 0o644);
    fs::remove_dir(house.at("logs")).unwrap();
    let left = house.at("data/.praja-kerja-0123");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("data.db"), "salinan terbuka").unwrap();
    let found = house.findings(&[]);
    for (id, severity) in [("izin-berkas", "wajib-disetujui"), ("folder-pemasangan", "peringatan"), ("sisa-kerja", "peringatan")]
    {
        assert_eq!(found[id].0, severity, "{id}: {found:?}");
    }
    assert!(left.exists(), "looking changes nothing");
    let (_, text) = house.run(&["doctor", "--fix"]);
    for said in ["folder logs dibuat", "ditutup bagi pengguna lain", "1 folder sisa pekerjaan dihapus"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let found = house.findings(&[]);
    for id in ["izin-berkas", "folder-pemasangan", "sisa-kerja"] {
        assert_eq!(found[id].0, "info", "{id}: {found:?}");
    }
    assert!(!left.exists() && house.at("logs").is_dir());
    assert_eq!(fs::metadata(house.at("keys/instansi.kunci")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!house.run(&["doctor", "--fix"]).1.contains("Diperbaiki"));
}

#[test]
fn backups_that_stay_on_the_disk_of_the_data_are_warned_of() {
    let house = House::new();
    let second = house.path().join("kedua");
    fs::create_dir(&second).unwrap();
    assert_eq!(house.severity("cadangan-terjadwal"), "peringatan");
    house.run(&["config", "set", "cadangan.tempat", &second.display().to_string()]);
    house.run(&["backup", "create", "--scheduled"]);
    house.run(&["backup", "drill"]);
    let found = house.findings(&[]);
    for id in ["cadangan-terjadwal", "cadangan-umur", "cadangan-kedua", "latihan-pulih", "cadangan-rusak"] {
        assert_eq!(found[id].0, "info", "{id}: {found:?}");
    }
    assert_eq!(found["cadangan-disk"].0, "peringatan", "both are on one disk here");
    fs::remove_dir_all(&second).unwrap();
    assert_eq!(house.severity("cadangan-kedua"), "peringatan");
    let first = fs::read_dir(house.at("data/cadangan")).unwrap().map(|entry| entry.unwrap().path());
    let copy = first.into_iter().find(|path| path.extension().is_some_and(|end| end == "cadangan")).unwrap();
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&copy, bytes).unwrap();
    house.run(&["backup", "drill"]);
    let found = house.findings(&[]);
    assert_eq!((found["latihan-pulih"].0.as_str(), found["cadangan-rusak"].0.as_str()), ("wajib-disetujui", "wajib-disetujui"));
}

#[test]
fn a_copy_on_another_disk_is_well() {
    // Memory is a disk of its own on every Linux.
    let Ok(other) = tempfile::tempdir_in("/dev/shm") else {
        return common::skipped("doctor::a_copy_on_another_disk_is_well", "/dev/shm cannot be written");
    };
    let house = House::new();
    house.run(&["config", "set", "cadangan.tempat", &other.path().display().to_string()]);
    let (code, text) = house.run(&["backup", "create", "--scheduled"]);
    assert_eq!(code, Some(0), "{text}");
    let found = house.findings(&[]);
    assert_eq!((found["cadangan-disk"].0.as_str(), found["cadangan-kedua"].0.as_str()), ("info", "info"), "{found:?}");
    assert_eq!(house.run(&["backup", "list"]).0, Some(0));
}

#[test]
fn a_setting_is_changed_in_the_overlay_alone_and_comments_stay() {
    let house = House::new();
    let over = house.at("config/praja.local.yaml");
    fs::write(&over, "# Catatan Diskominfo\npekerja: 1 # mesin lama\n").unwrap();
    let main = fs::read(house.at("config/praja.yaml")).unwrap();
    let (code, text) = house.run(&["config", "set", "pekerja", "4"]);
    assert_eq!(code, Some(0), "{text}");
    house.run(&["config", "set", "cadangan.jam", "02:15"]);
    house.run(&["config", "set", "basis_data.url", "x"]);
    assert_eq!(
        fs::read_to_string(&over).unwrap(),
        "# Catatan Diskominfo\npekerja: 4  # mesin lama\ncadangan:\n  jam: \"02:15\"\n"
    );
    assert_eq!(fs::read(house.at("config/praja.yaml")).unwrap(), main);
    let before = fs::read(&over).unwrap();
    for (key, value, code, said) in [
        ("pekrja", "4", 30, "Mungkin maksud Anda: pekerja"),
        ("cadangan.tmpat", "/mnt", 30, "cadangan.tempat"),
        ("pekerja", "banyak", 30, "bilangan"),
        ("pekerja", "900", 30, "antara 1 dan 64"),
        ("cadangan.jam", "25:00", 30, "harus berbentuk 01:30"),
        ("jenis", "contoh", 30, "tidak dapat diubah"),
        ("modul", "terbang", 30, "terbang"),
    ] {
        let (found, text) = house.run(&["config", "set", key, value]);
        assert!(found == Some(code) && text.contains(said), "{key} {value}: {text}");
        assert_eq!(fs::read(&over).unwrap(), before, "{key} {value} changed something");
    }
    let (code, text) = house.run(&["config", "show"]);
    assert!(code == Some(0) && text.contains("cadangan.jam 02:15 praja.local.yaml") && text.contains("praja.yaml"), "{text}");
    fs::write(&over, "pekerjaa: 4\n").unwrap();
    let (code, text) = house.run(&["config", "check"]);
    assert!(code == Some(30) && text.contains("Mungkin maksud Anda: pekerja"), "{text}");
    fs::write(&over, "basis_data: {mesin: postgres, url: \"postgres://praja:r4h4sia@db/praja\"}\n").unwrap();
    let (_, text) = house.run(&["config", "show"]);
    assert!(text.contains("postgres://praja:***@db/praja") && !text.contains("r4h4sia"), "{text}");
}

#[test]
fn a_bundle_for_a_helper_holds_no_person_no_secret_and_no_letter() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let here = folder.path();
    ready(trying(here, port, &[]), port).stop();
    let root = here.join("praja-box");
    let db = Db::open_sqlite(&root.join("data/praja.db"), &Options::default()).unwrap();
    let one = |sql: &'static str| -> String { db.read(|tx| tx.scalar(sql, &[])).unwrap() };
    let planted = [
        one("SELECT nama FROM identity_orang WHERE length(nama) > 8 ORDER BY id LIMIT 1"),
        one("SELECT nama FROM identity_warga WHERE length(nama) > 8 ORDER BY akun LIMIT 1"),
        one("SELECT nik FROM identity_warga ORDER BY akun LIMIT 1"),
        one("SELECT nip FROM identity_orang WHERE nip IS NOT NULL ORDER BY id LIMIT 1"),
        one("SELECT hal FROM eoffice_surat_masuk WHERE sifat = 'rahasia' ORDER BY id LIMIT 1"),
        "r4h4sia-sekali".to_owned(),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b".to_owned(),
        "081234567890".to_owned(),
        "budi@contoh.go.id".to_owned(),
        fs::read_to_string(root.join("akun-demo.csv")).unwrap().lines().nth(1).unwrap().rsplit(',').next().unwrap().to_owned(),
    ];
    drop(db);
    let mut log = String::from("2026-11-26T01:02:03.004Z  WARN praja_server::background: a job failed job=12\n");
    for secret in &planted {
        log.push_str(&format!("2026-11-26T01:02:03.004Z  WARN praja_server: the thing failed error={secret} kind=x\n"));
        log.push_str(&format!("2026-11-26T01:02:03.004Z  WARN praja_server: cannot keep \"{secret}\"\n"));
    }
    fs::write(root.join("logs/praja.log"), log).unwrap();
    // A folder may be named after somebody, and a step may have told its password.
    let journal = root.join("config/journal.jsonl");
    let line = format!("{{\"step\":\"{}\",\"event\":\"mulai\",\"at\":1764122523004}}\n", planted[0]);
    fs::write(&journal, fs::read_to_string(&journal).unwrap() + &line).unwrap();
    let over = root.join("config/praja.local.yaml");
    let old = fs::read_to_string(&over).unwrap_or_default();
    fs::write(&over, format!("{old}cadangan: {{tempat: \"/mnt/{}\"}}\n", planted[1])).unwrap();

    let (output, text) = run(here, &["support-bundle"]);
    assert!(output.status.code() == Some(20) && !here.join("praja-bantuan.tar.gz").exists(), "nobody agreed: {text}");
    assert!(text.contains("catatan/praja.log") && text.contains("ISI.txt"), "{text}");
    let (output, text) = run(here, &["support-bundle", "--yes"]);
    assert!(output.status.success(), "{text}");
    let bundle = here.join("praja-bantuan.tar.gz");
    assert_eq!(fs::metadata(&bundle).unwrap().permissions().mode() & 0o777, 0o600);
    let mut parts = BTreeMap::new();
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(fs::File::open(&bundle).unwrap())).entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().display().to_string();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        parts.insert(name, text);
    }
    for (name, text) in &parts {
        for secret in &planted {
            assert!(!text.contains(secret.as_str()), "{name} holds {secret}: {text}");
        }
    }
    // What is left helps.
    let part = |name: &str| &parts[&format!("praja-bantuan/{name}")];
    assert!(part("catatan/praja.log").contains("a job failed job=12"));
    assert!(part("mesin.txt").contains("praja 0.1.0") && part("doctor.json").contains("cadangan-umur"));
    assert!(part("tabel.csv").contains("eoffice_surat_masuk;") && part("migrasi.txt").contains("0001-"));
    assert!(part("pengaturan.txt").contains("pekerja: "));
    for name in parts.keys().filter(|name| !name.ends_with("ISI.txt")) {
        assert!(part("ISI.txt").contains(name.strip_prefix("praja-bantuan/").unwrap()), "{name} is not listed");
    }
    let (output, text) = run(here, &["support-bundle", "--yes"]);
    assert!(output.status.code() == Some(30) && text.contains("tidak ditimpa"), "{text}");
}

#[test]
fn a_service_that_runs_and_one_whose_port_is_taken_are_told_apart() {
    let house = House::new();
    let mut child = praja(house.path(), &["serve", "--config", &house.config]).spawn().unwrap();
    serving(&mut child);
    let found = house.findings(&["--quick"]);
    assert_eq!((found["layanan"].0.as_str(), found["porta-layanan"].0.as_str()), ("info", "info"), "{found:?}");
    stop(child);
    let address = found["porta-layanan"].1.clone();
    let taken = std::net::TcpListener::bind(&address).unwrap();
    let found = house.findings(&["--quick"]);
    assert_eq!((found["layanan"].0.as_str(), found["porta-layanan"].0.as_str()), ("peringatan", "blokir"), "{found:?}");
    drop(taken);
}
