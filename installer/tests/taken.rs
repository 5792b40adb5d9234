//! What leaves the program and what is brought to it: a chain that was taken along and is verified elsewhere, and a region pack with a
//! classification of its own.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, path::Path};

use common::{browser::Browser, free_port, praja, ready, run, trying};

/// The chain of the regency, downloaded on the page as an auditor does.
fn take_chain(port: u16, folder: &Path) -> Vec<u8> {
    let mut auditor = Browser::log_in(port, folder, "auditor");
    let file = auditor.fill("/identity/audit/rantai", "/identity/audit/rantai/umum/unduh", &[("nilai", "ya")]);
    assert!(file.status == 200 && file.head.contains("jejak-audit-umum-"), "{}", file.head);
    file.body
}

/// On a machine that holds nothing but the files: the exit code and what is said, on one line.
fn verify(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let (output, text) = run(folder, &[&["audit", "verify"], more].concat());
    (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_chain_taken_along_is_verified_on_another_machine_and_a_changed_byte_is_named_by_its_row() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let served = ready(trying(folder.path(), port, &[]), port);
    let (output, text) = run(folder.path(), &["audit", "anchor", "--output", "jangkar.txt"]);
    assert!(output.status.success(), "{text}");
    let whole = take_chain(port, folder.path());
    served.stop();

    // Elsewhere: no installation, no database, no key.
    let elsewhere = tempfile::tempdir().unwrap();
    let here = elsewhere.path();
    fs::copy(folder.path().join("jangkar.txt"), here.join("jangkar.txt")).unwrap();
    drop(folder);
    let rows = whole.iter().filter(|byte| **byte == b'\n').count();
    assert!(rows >= 5, "{rows} rows");
    fs::write(here.join("rantai.jsonl"), &whole).unwrap();
    let (code, said) = verify(here, &["--export", "rantai.jsonl"]);
    assert!(code == Some(0) && said.contains(&format!("Baris {rows} ")) && said.contains("Hasil utuh"), "{said}");
    let (code, said) = verify(here, &["--export", "rantai.jsonl", "--json"]);
    assert!(code == Some(0) && said.contains("\"rantai\": \"umum\"") && said.contains("\"masalah\": null"), "{said}");

    // One byte of every row, somewhere else in each.
    let mut begins = 0;
    for (at, line) in whole.split_inclusive(|byte| *byte == b'\n').enumerate().take(12) {
        let mut bent = whole.clone();
        bent[begins + (at * 53 + 20) % (line.len() - 1)] ^= 1;
        fs::write(here.join("rusak.jsonl"), &bent).unwrap();
        let (code, said) = verify(here, &["--export", "rantai.jsonl", "--export", "rusak.jsonl"]);
        assert_eq!(code, Some(30), "row {}: {said}", at + 1);
        assert!(said.contains(&format!("rusak.jsonl, baris {}:", at + 1)), "row {}: {said}", at + 1);
        begins += line.len();
    }

    // What was cut off at the end only the anchor tells. Logging in and downloading came after it.
    let (code, said) = verify(here, &["--export", "rantai.jsonl", "--anchor", "jangkar.txt"]);
    assert!(code == Some(0) && said.contains("utuh dan sesuai dengan 1 jangkar"), "{said}");
    let anchor = fs::read_to_string(here.join("jangkar.txt")).unwrap();
    let head = anchor.lines().find_map(|line| line.strip_prefix("rantai umum ")).unwrap();
    let anchored: usize = head.split(' ').next().unwrap().parse().unwrap();
    let cut: Vec<u8> = whole.split_inclusive(|byte| *byte == b'\n').take(anchored - 1).flatten().copied().collect();
    fs::write(here.join("pendek.jsonl"), cut).unwrap();
    assert_eq!(verify(here, &["--export", "pendek.jsonl"]).0, Some(0), "the control");
    let (code, said) = verify(here, &["--export", "pendek.jsonl", "--anchor", "jangkar.txt"]);
    assert!(code == Some(30) && said.contains(&format!("saat dijangkar ada {anchored} baris")), "{said}");
    let (code, said) = verify(here, &["--export", "tidak-ada.jsonl"]);
    assert!(code == Some(1) && said.contains("tidak-ada.jsonl tidak dapat dibuka"), "{said}");
}

/// Three codes that no shipped list has.
const OWN: &str =
    "kode,induk,tingkat,uraian\n900,,1,KEUANGAN BELITUNG\n900.1,900,2,Anggaran timah\n900.1.7,900.1,3,Belanja perahu nelayan\n";

#[test]
fn a_region_pack_brings_its_own_classification_and_its_codes_are_found_on_the_page() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    ready(trying(folder.path(), port, &[]), port).stop();
    let region = folder.path().join("praja-box/config/region");
    let pack = fs::read_to_string(region.join("paket.yaml")).unwrap();
    assert!(!pack.contains("klasifikasi:"), "the control: {pack}");
    fs::write(region.join("paket.yaml"), format!("{pack}klasifikasi: klasifikasi-timah.csv\n")).unwrap();

    // A name without its file is refused before anybody is served.
    let serve = ["serve", "--config", "praja-box/config/praja.yaml"];
    let (output, text) = run(folder.path(), &serve);
    assert!(!output.status.success() && text.contains("klasifikasi-timah.csv"), "{text}");

    fs::create_dir_all(region.join("data")).unwrap();
    fs::write(region.join("data/klasifikasi-timah.csv"), OWN).unwrap();
    let mut child = praja(folder.path(), &serve).spawn().unwrap();
    common::serving(&mut child);
    let mut staf = Browser::log_in(port, folder.path(), "staf");
    let page = staf.get("/desk/klasifikasi").text();
    assert!(page.contains("Dari paket daerah") && page.contains("KEUANGAN BELITUNG") && !page.contains("Bawaan Praja"), "{page}");
    assert!(staf.get("/desk/klasifikasi?q=perahu+nelayan").text().contains("900.1.7"));
    assert!(staf.get("/desk/pilih/klasifikasi?q=perahu").text().contains("900.1.7"), "the field of a letter offers it");
    assert!(!staf.get("/desk/klasifikasi?q=perjalanan+dinas").text().contains("000.1.2"), "the shipped list is out of force");
    common::stop(child);
}
