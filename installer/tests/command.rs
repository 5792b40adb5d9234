//! The real program, as somebody types it.

#![allow(clippy::unwrap_used)] // a test may stop at once

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Command, Output, Stdio},
};

const COMMANDS: &[&[&str]] = &[
    &[],
    &["try"],
    &["assess"],
    &["serve"],
    &["status"],
    &["module"],
    &["module", "list"],
    &["audit"],
    &["audit", "verify"],
    &["audit", "anchor"],
    &["backup"],
    &["backup", "create"],
    &["backup", "restore"],
    &["backup", "verify"],
];

fn praja(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_praja"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("PRAJA_PERINTAH", "praja").stdin(Stdio::null());
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn free_port() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string()
}

/// Facts of a machine that fits, for judging without measuring; `turn` changes the text.
fn facts(folder: &Path, turn: impl Fn(String) -> String) -> String {
    let text = r#"{"cores":2,"memory":{"total_mib":3900,"available_mib":3000},"space":{"total_mib":60000,"free_mib":45000,
        "free_inodes":900000,"noexec":false},"folder":{"state":"writable"},"port":{"state":"free"},"fsync":{"p50_us":900,"p99_us":4000,
        "writes":20},"kernel":"6.1.0","glibc":[2,36],"distribution":"Debian GNU/Linux 12","clock":1795312800000,
        "time_zone":"Asia/Jakarta","open_files":4096,"root":false}"#;
    fs::write(folder.join("fakta.json"), turn(text.to_owned())).unwrap();
    "fakta.json".to_owned()
}

#[test]
fn help_is_in_indonesian_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    for words in COMMANDS {
        let output = praja(folder.path(), &[*words, &["--help"]].concat());
        let text = out(&output);
        assert!(output.status.success(), "{words:?}");
        assert!(text.contains("Penggunaan:") && text.contains("Opsi:"), "{words:?}\n{text}");
        for english in [
            "Usage",
            "Options",
            "OPTIONS",
            "Commands",
            "COMMAND",
            "Arguments",
            "Print",
            "help of",
            "[default",
            "possible",
            "aliases",
        ] {
            assert!(!text.contains(english), "{words:?} says {english:?}:\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{words:?} is wider than 80:\n{text}");
    }
}

#[test]
fn wrong_commands_are_explained_in_indonesian() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["tri"], "tri tidak dikenal. Mungkin maksud Anda: try."),
        (&["try", "--prot", "1"], "--prot tidak dikenal"),
        (&["try", "--port", "nol"], "Nilai \"nol\" tidak dapat dipakai"),
        (&["try", "--port", "70000"], "Nilai \"70000\" tidak dapat dipakai"),
        (&["try", "--port"], "belum disebut"),
        (&["backup", "restore"], "belum disebut"),
        (&["try", "--facts", "x"], "--dry-run belum disebut"),
        (&[], "Penggunaan:"),
        (&["audit"], "Penggunaan:"),
    ];
    for (words, expected) in cases {
        let output = praja(folder.path(), words);
        let text = err(&output);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(text.contains(expected), "{words:?}: {text}");
        for english in ["error", "Usage", "found", "tip:", "required", "invalid"] {
            assert!(!text.contains(english), "{words:?} says {english:?}: {text}");
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let output = praja(Path::new("."), &["--version"]);
    assert_eq!(out(&output).trim(), format!("praja {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let facts = facts(folder.path(), |text| text);
    let output = praja(folder.path(), &["try", "--dry-run", "--facts", &facts]);
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}{}", err(&output));
    for expected in [
        "Penilaian mesin",
        "Rekomendasi",
        "standar",
        "Rencana",
        "Menulis pengaturan",
        "praja.yaml",
        "Perintah berikutnya: praja try",
    ] {
        assert!(text.contains(expected), "no {expected:?} in\n{text}");
    }
    assert!(!text.contains('\x1b'), "colour without a terminal");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let output = praja(folder.path(), &["try", "--dry-run", "--port", &free_port()]);
    assert!(out(&output).contains("Rencana"), "{}", err(&output));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_next_command_asks_for_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let facts = facts(folder.path(), |text| text);
    let asked = [
        "--root",
        "z",
        "--region",
        "Belitung Timur",
        "--scale",
        "2",
        "--database",
        "postgres://u:rahasia@db/x",
        "--port",
        "7460",
    ];
    let text = out(&praja(folder.path(), &[&["try", "--dry-run", "--facts", &facts], &asked[..]].concat()));
    let next = "praja try --root z --region 'Belitung Timur' --scale 2 --database postgres://u:rahasia@db/x --port 7460";
    assert!(text.contains(&format!("Perintah berikutnya: {next}")), "{text}");
    assert!(text.contains("Menyiapkan basis data: PostgreSQL db/x"), "{text}");
}

#[test]
fn data_of_nobodys_making_are_not_filled_with_a_demo() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("p/data")).unwrap();
    fs::write(folder.path().join("p/data/praja.db"), "").unwrap();
    let output = praja(folder.path(), &["try", "--yes", "--root", "p", "--port", &free_port()]);
    assert_eq!(output.status.code(), Some(30));
    assert!(err(&output).contains("Perintah berikutnya: praja try --root ./praja-box-2"), "{}", err(&output));
}

#[test]
fn a_dry_run_as_json_can_be_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = praja(folder.path(), &["try", "--dry-run", "--json", "--port", &free_port()]);
    let report: serde_json::Value = serde_json::from_slice(&first.stdout).unwrap();
    assert!(report["temuan"].as_array().unwrap().len() > 10 && report["rencana"].as_array().unwrap().len() > 5);
    fs::write(folder.path().join("fakta.json"), report["fakta"].to_string()).unwrap();
    let again = praja(folder.path(), &["try", "--dry-run", "--json", "--facts", "fakta.json"]);
    let again: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["fakta"], report["fakta"]);
    let facts = facts(folder.path(), |text| text.replace("\"free_mib\":45000", "\"free_mib\":5"));
    let blocked = praja(folder.path(), &["try", "--dry-run", "--json", "--facts", &facts]);
    assert_eq!(blocked.status.code(), Some(30));
    let blocked: serde_json::Value = serde_json::from_slice(&blocked.stdout).unwrap();
    assert_eq!(blocked["halangan"]["kode"], "ruang-disk-kurang");
}

#[test]
fn an_assessment_ends_with_the_code_of_its_gravest_finding() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [("4096,\"root\":false", "900,\"root\":false", 10), ("\"p99_us\":4000", "\"p99_us\":200000", 20)];
    for (from, to, code) in cases {
        let facts = facts(folder.path(), |text| text.replace(from, to));
        assert_eq!(praja(folder.path(), &["try", "--dry-run", "--facts", &facts]).status.code(), Some(code), "{to}");
    }
}

#[test]
fn a_machine_that_does_not_fit_is_told_both_figures_and_the_next_command() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("\"free_mib\":45000", "\"free_mib\":500", "500 MiB; diperlukan paling sedikit 1024 MiB", "df -h"),
        ("[2,36]", "[2,28]", "versi 2.28; diperlukan paling rendah versi 2.34", "cat /etc/os-release"),
        ("1795312800000", "0", "Jam mesin menunjukkan 1 Jan 1970", "sudo timedatectl set-ntp true"),
        ("\"available_mib\":3000", "\"available_mib\":60", "60 MiB; diperlukan paling sedikit 100 MiB", "free -m"),
    ];
    for (from, to, message, next) in cases {
        let facts = facts(folder.path(), |text| text.replace(from, to));
        let output = praja(folder.path(), &["try", "--dry-run", "--facts", &facts]);
        let text = err(&output).replace('\n', " ");
        assert_eq!(output.status.code(), Some(30), "{text}");
        assert!(text.contains(message) && text.contains(&format!("Perintah berikutnya: {next}")), "{text}");
        assert!(out(&output).contains("BLOKIR"));
    }
}

#[test]
fn a_taken_port_names_a_free_one() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = praja(folder.path(), &["try", "--yes", "--port", &port]);
    assert_eq!(output.status.code(), Some(30));
    assert!(err(&output).contains(&format!("Porta {port} sudah dipakai")), "{}", err(&output));
    assert!(err(&output).contains("Perintah berikutnya: praja try --port "), "{}", err(&output));
    assert!(!folder.path().join("praja-box").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("berkas"), "").unwrap();
    for root in ["berkas/praja-box", "/proc/praja-box"] {
        let output = praja(folder.path(), &["try", "--yes", "--root", root, "--port", &free_port()]);
        assert_eq!(output.status.code(), Some(30), "{root}");
        assert!(err(&output).contains("tidak dapat ditulis"), "{}", err(&output));
        assert!(err(&output).contains("praja try --root ~/praja-box"), "{}", err(&output));
    }
}

#[test]
fn an_unknown_region_names_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    let output = praja(folder.path(), &["try", "--dry-run", "--region", "19.66", "--port", &free_port()]);
    assert_eq!(output.status.code(), Some(30));
    assert!(err(&output).contains("\"19.66\" tidak dikenal"), "{}", err(&output));
    assert!(err(&output).contains("Perintah berikutnya: praja try --region 19."), "{}", err(&output));
    let output = praja(folder.path(), &["try", "--dry-run", "--region", "Belitng Timur", "--port", &free_port()]);
    assert!(err(&output).contains("19.06 Kabupaten Belitung Timur"), "{}", err(&output));
}

#[test]
fn other_devices_are_served_only_when_somebody_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let output = praja(folder.path(), &["try", "--lan", "--port", &free_port()]);
    // A machine without a network says so instead.
    assert!(matches!(output.status.code(), Some(20 | 30)), "{:?}", output.status);
    assert!(!folder.path().join("praja-box").exists());
}

#[test]
fn commands_on_a_missing_installation_say_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let commands: &[&[&str]] =
        &[&["serve"], &["status", "--json"], &["audit", "verify"], &["audit", "anchor"], &["backup", "create"]];
    for words in commands {
        let output = praja(folder.path(), words);
        assert_eq!(output.status.code(), Some(30), "{words:?}");
        assert!(err(&output).contains("Perintah berikutnya: praja try"), "{words:?}: {}", err(&output));
    }
    let listed = praja(folder.path(), &["module", "list", "--json"]);
    assert!(listed.status.success());
    assert!(out(&listed).trim_start().starts_with('['));
}
