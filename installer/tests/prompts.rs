//! The questions of `praja install`, answered by somebody who types.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, process::Command};

use common::{
    free_port, has, skipped,
    typed::{DOWN, ENTER, Typed},
};

/// How every prompt begins, and the last yes. The question about the firewall is asked of a service only, behind a firewall that is on.
const PROMPTS: [&str; 9] = [
    "  Wilayah: ",
    "  Yang Anda maksud (panah, lalu Enter)",
    "  Modul yang dinyalakan",
    "  Cara enkripsi (panah, lalu Enter)",
    "  Sertifikat, kunci: ",
    "  Alamat publik [",
    "  Tempat kedua cadangan: ",
    "  Firewall mesin ini menyala",
    "Lanjutkan pemasangan? (ya/tidak)",
];

#[test]
fn whoever_presses_enter_only_names_the_region_and_gets_an_installation() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("127.0.0.1:{}", free_port());
    let mut typed = Typed::start(folder.path(), &["install", "--portable", "--root", "kotak", "--alamat", &address]);
    typed.awaits("Pertanyaan").awaits("Wilayah").types("Be\r").awaits("paling sedikit tiga huruf");
    typed.types("\x15").types("kota\r").awaits("Tulis lebih lengkap");
    typed.types("\x15").types("Belitung\r").awaits("Yang Anda maksud");
    typed.awaits("Kabupaten Belitung (19.02)").awaits("Kabupaten Belitung Timur (19.06)").awaits("ketik lagi");
    typed.types(DOWN).types(ENTER).awaits("Kabupaten Belitung Timur (19.06)");
    typed.awaits("Modul yang dinyalakan").types(ENTER);
    typed.awaits("Cara enkripsi").awaits("tanpa enkripsi").types(ENTER);
    typed.awaits("Alamat publik").types(ENTER);
    typed.awaits("Tempat kedua cadangan").types("relatif\r").awaits("diawali /").types("\x15").types(ENTER);
    typed.awaits("Lanjutkan pemasangan?");
    assert!(!folder.path().join("kotak").exists(), "something was made before the yes");
    typed.types("mungkin\r").awaits("ya atau tidak").types("\x15").types("ya\r");
    typed.awaits("Lanjutkan pemasangan? (ya/tidak): ya").awaits("Praja terpasang");
    let (status, shown) = typed.ends();
    assert!(status.success(), "{shown}");
    assert!(shown.contains("lembar-pemulihan.html") && shown.contains("lembar-pemulihan.txt"), "{shown}");
    let settings = fs::read_to_string(folder.path().join("kotak/config/praja.yaml")).unwrap();
    assert!(settings.contains("19.06") && settings.contains(&address), "{settings}");
}

#[test]
fn with_every_question_asked_there_are_at_most_nine_and_a_no_changes_nothing() {
    if !has("openssl") {
        return skipped("prompts with a certificate", "openssl is not installed");
    }
    let folder = tempfile::tempdir().unwrap();
    let (pem, key) = (folder.path().join("praja.pem"), folder.path().join("praja.key"));
    let words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=praja.contoh.go.id"];
    let mut openssl = Command::new("openssl");
    openssl.args(words).args([
        "-addext",
        "subjectAltName=DNS:praja.contoh.go.id",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
    ]);
    assert!(openssl.arg("-keyout").arg(&key).arg("-out").arg(&pem).output().unwrap().status.success());
    let address = format!("127.0.0.1:{}", free_port());
    let mut typed = Typed::start(folder.path(), &["install", "--portable", "--root", "kotak", "--alamat", &address]);
    typed.awaits("Wilayah").types("Manggarai\r").awaits("Yang Anda maksud").awaits("ketik lagi").types(ENTER);
    typed.awaits("Modul yang dinyalakan").types(ENTER);
    // From the last of five, which is usual for a folder, back to the third.
    typed.awaits("Cara enkripsi").awaits("tanpa enkripsi").types("\x1b[A\x1b[A").types(ENTER);
    typed.awaits("Sertifikat, kunci").types(&format!("{}\r", pem.display())).awaits("dipisahkan koma").types("\x15");
    typed.types(&format!("{}, {}\r", pem.display(), key.display()));
    typed.awaits("Alamat publik").types("\x15").types("https://praja.contoh.go.id\r");
    typed.awaits("Tempat kedua cadangan").types(ENTER);
    typed.awaits("Lanjutkan pemasangan?").types("tidak\r").awaits("(ya/tidak): tidak");
    let (status, shown) = typed.ends();
    assert_eq!(status.code(), Some(20), "{shown}");
    assert!(shown.contains("Tidak ada yang diubah.") && !folder.path().join("kotak").exists(), "{shown}");
    let asked: Vec<_> = PROMPTS.iter().filter(|prompt| shown.contains(**prompt)).collect();
    assert_eq!(asked.len(), 8, "all but the firewall's: {asked:?}\n{shown}");
    let next = shown.lines().find_map(|line| line.strip_prefix("Perintah berikutnya: praja ")).unwrap();
    // A shell takes the quotation marks away.
    let words: Vec<&str> = next.split(' ').map(|word| word.trim_matches('\'')).collect();
    let given = |flag: &str| words.iter().position(|word| *word == flag).map(|at| words[at + 1]);
    for (flag, value) in [
        ("--root", "kotak"),
        ("--region", "53.10"),
        ("--alamat", &address),
        ("--modul", "eoffice,perizinan"),
        ("--tls", "berkas"),
        ("--sertifikat", pem.to_str().unwrap()),
        ("--kunci-tls", key.to_str().unwrap()),
        ("--url", "https://praja.contoh.go.id"),
        ("--cadangan-tempat", "tidak"),
    ] {
        assert_eq!(given(flag), Some(value), "{flag}: {next}");
    }
    // Typed again as it stands, it asks for the last yes alone.
    let mut again = Typed::start(folder.path(), &words);
    again.awaits("Lanjutkan pemasangan?").types(ENTER);
    let (status, shown) = again.ends();
    assert_eq!(status.code(), Some(20), "Enter alone is a no: {shown}");
    let asked: Vec<_> = PROMPTS.iter().filter(|prompt| shown.contains(**prompt)).collect();
    assert_eq!(asked, [PROMPTS.last().unwrap()], "{shown}");
    assert!(!shown.contains("Pertanyaan"), "{shown}");
}
