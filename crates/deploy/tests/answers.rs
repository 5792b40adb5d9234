//! What somebody writes for an installation, and how it is refused.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{collections::BTreeSet, fs};

use praja_deploy::{Answers, Asked, Given, LocalFiles, Obstacle, TlsAnswer, YaTidak, answers_schema, read_given, saved_answers};

fn read(text: &str) -> Result<Given, Obstacle> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("jawaban.yaml");
    fs::write(&path, text).unwrap();
    read_given(&LocalFiles, &path)
}

fn refused(text: &str) -> String {
    match read(text) {
        Err(Obstacle::WrongAnswers { reason, .. }) => reason,
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn every_key_may_be_left_out_and_each_is_read() {
    assert_eq!(read("# belum ada\n").unwrap(), Given::default());
    let all = "wilayah: Manggarai Barat\njenis: asli\nprofil: mini\nmodul: [eoffice]\nalamat: 0.0.0.0:443\n\
               url_publik: https://praja.manggaraibarat.go.id\nbasis_data: postgres://praja@db/praja\n\
               tls: {mode: berkas, sertifikat: /etc/a.pem, kunci: /etc/b.pem}\n\
               cadangan: {tempat: /mnt/usb, jam: \"01:30\", simpan: 14}\npengguna: layanan\nfirewall: ya\n";
    let given = read(all).unwrap();
    assert_eq!(given.wilayah, Some(Asked::Words("Manggarai Barat".into())));
    assert_eq!((given.firewall, given.cadangan.as_ref().unwrap().simpan), (Some(YaTidak::Ya), 14));
    assert_eq!(given.problems(&["eoffice".into()]), Vec::new());
}

#[test]
fn an_unknown_key_or_word_is_refused_with_the_nearest() {
    for (text, named) in [
        ("wilayh: x\n", "kunci \"wilayh\" tidak dikenal; yang terdekat \"wilayah\""),
        ("url: x\n", "kunci \"url\" tidak dikenal; yang terdekat"),
        ("cadangan: {tempt: /mnt}\n", "kunci \"tempt\" tidak dikenal; yang terdekat \"tempat\""),
        ("profil: sedang\n", "nilai \"sedang\" tidak dikenal; yang terdekat"),
        ("tls: {mode: lokl}\n", "nilai \"lokl\" tidak dikenal; yang terdekat \"lokal\""),
        ("tls: {mode: berkas, sertifikat: /a}\n", "kunci \"kunci\" belum ada"),
        ("firewall: yaa\n", "nilai \"yaa\" tidak dikenal; yang terdekat \"ya\""),
        ("wilayah: 51.10\n", "tanda kutip"),
        ("modul: [a\n", "tulisan di sekitar baris 1"),
        ("skala: banyak\n", "nilai pada baris 1"),
        ("jangkar: kemarin\n", "tanggal ditulis seperti"),
    ] {
        let reason = refused(text);
        assert!(reason.contains(named), "{text} -> {reason}");
        assert!(!["expected", "invalid", "unknown", "missing"].iter().any(|word| reason.contains(word)), "{text} -> {reason}");
    }
}

#[test]
fn a_value_that_cannot_be_is_told_with_its_key() {
    for (text, key) in [
        ("modul: [eofice]\n", "modul"),
        ("url_publik: praja.go.id\n", "url_publik"),
        ("url_publik: https://praja.go.id/masuk\n", "url_publik"),
        ("url_publik: https://praja.go.id:0\n", "url_publik"),
        ("basis_data: mysql://x\n", "basis_data"),
        ("pengguna: root\n", "pengguna"),
        ("pengguna: Praja Satu\n", "pengguna"),
        ("cadangan: {jam: \"25:00\"}\n", "cadangan.jam"),
        ("cadangan: {simpan: 0}\n", "cadangan.simpan"),
        ("cadangan: {tempat: usb}\n", "cadangan.tempat"),
        ("tls: {mode: acme, surel: siapa}\n", "tls.surel"),
        ("tls: {mode: acme, surel: a@b.id, direktori: http://x}\n", "tls.direktori"),
        ("skala: 0\n", "skala"),
    ] {
        let problems = read(text).unwrap().problems(&["eoffice".into()]);
        assert_eq!(problems.iter().map(|problem| problem.key).collect::<Vec<_>>(), [key], "{text}");
        assert!(!problems[0].reason.is_empty());
    }
}

#[test]
fn saved_answers_are_an_answers_file_for_the_next_server() {
    let answers = Answers { tls: TlsAnswer::Lokal, basis_data: Some("postgres://x/y".into()), ..common::answers() };
    let text = serde_yaml::to_string(&answers).unwrap();
    let given = read(&text).unwrap();
    assert_eq!(given.wilayah, Some(Asked::Whole(answers.wilayah)));
    assert_eq!((given.tls, given.basis_data, given.jangkar), (Some(TlsAnswer::Lokal), answers.basis_data, answers.jangkar));
}

#[test]
fn the_answers_of_an_older_trial_are_still_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("config")).unwrap();
    let old = "wilayah:\n  kode: '19.06'\n  nama: Kabupaten Belitung Timur\njenis: contoh\nprofil: mini\nmodul:\n- eoffice\n\
               alamat: 127.0.0.1:7321\nurl_publik: http://127.0.0.1:7321\nskala: 1\njangkar: 2026-11-22\n";
    fs::write(folder.path().join("config/jawaban.yaml"), old).unwrap();
    let answers = saved_answers(&LocalFiles, folder.path()).unwrap().unwrap();
    assert_eq!(
        (answers.pengguna.as_str(), answers.tls, answers.jangkar.unwrap().to_string()),
        ("praja", TlsAnswer::Tanpa, "2026-11-22".to_owned())
    );
}

#[test]
fn the_schema_names_exactly_the_keys_that_are_read() {
    let schema: serde_json::Value = serde_json::from_str(answers_schema()).unwrap();
    let named: BTreeSet<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let whole = Answers { basis_data: Some("postgres://x/y".into()), ..common::answers() };
    let saved = serde_json::to_value(whole).unwrap();
    assert_eq!(named, saved.as_object().unwrap().keys().map(String::as_str).collect());
    assert!(refused("lain: 1\n").contains("lain"));
}
