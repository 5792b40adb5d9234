//! Backups in two places, the rehearsal of a restore, and the recovery sheet, as somebody types the commands.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, path::Path, time::Instant};

use common::{PATIENCE, become_administrator, box_at_work, cookie, free_port, get_with, praja, run, serving, stop};
use praja_store::{Keyring, RecoveryKey};

/// A box at work with a second place for its backups.
fn box_with_places(folder: &Path, more: &str) -> String {
    let config = box_at_work(folder, free_port());
    fs::create_dir(folder.join("kedua")).unwrap();
    settings(folder, more);
    config
}

fn settings(folder: &Path, more: &str) {
    let place = folder.join("kedua");
    let text = format!("cadangan: {{tempat: \"{}\"{more}}}\n", place.display());
    fs::write(folder.join("praja-box/config/praja.local.yaml"), text).unwrap();
}

/// Runs on the box; checks the exit code, gives what it said on one line.
fn said(folder: &Path, words: &[&str], config: &str, code: i32) -> String {
    let (output, text) = run(folder, &[words, &["--config", config]].concat());
    assert_eq!(output.status.code(), Some(code), "{words:?}: {text}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(folder: &Path, words: &[&str], config: &str) -> serde_json::Value {
    let (output, text) = run(folder, &[words, &["--json", "--config", config]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{words:?}: {text}"))
}

fn backups(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all: Vec<_> =
        fs::read_dir(folder).map(|entries| entries.map(|entry| entry.unwrap().path()).collect()).unwrap_or_default();
    all.retain(|path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "cadangan"));
    all.sort();
    all
}

/// As if it had been made a day earlier: its name, for the next one of this minute.
fn set_aside(file: &Path, name: &str) {
    fs::rename(file, file.with_file_name(name)).unwrap();
}

#[test]
fn a_backup_that_is_due_comes_to_both_places_once_and_is_rehearsed() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let config = box_with_places(here, "");
    let (first, second) = (here.join("praja-box/data/cadangan"), here.join("kedua"));
    assert!(said(here, &["backup", "list"], &config, 10).contains("Belum ada cadangan"));
    assert!(said(here, &["backup", "drill"], &config, 10).contains("Belum ada cadangan yang dapat dilatih"));
    // The same disk holds both places of this test: the program says so, and by its code.
    let text = said(here, &["backup", "create", "--scheduled"], &config, 10);
    assert!(text.contains("disk yang sama dengan data") && text.contains("Tempat kedua"), "{text}");
    assert_eq!((backups(&first).len(), backups(&second).len()), (1, 1));
    assert_eq!(fs::read(&backups(&first)[0]).unwrap(), fs::read(&backups(&second)[0]).unwrap());
    let text = said(here, &["backup", "create", "--scheduled"], &config, 10);
    assert!(text.contains("belum waktunya"), "{text}");
    assert_eq!((backups(&first).len(), backups(&second).len()), (1, 1));

    let listed = json(here, &["backup", "list"], &config);
    assert_eq!((listed[0]["tempat"].as_str(), listed[1]["tempat"].as_str()), (Some("pertama"), Some("kedua")));
    assert!(listed[1]["cadangan"][0]["utuh"].is_null() && listed[1]["sedisk"] == true);
    let file = backups(&second)[0].display().to_string();
    assert!(said(here, &["backup", "verify", &file], &config, 0).contains("utuh"));
    let listed = json(here, &["backup", "list"], &config);
    assert!(listed[1]["cadangan"][0]["utuh"] == true && listed[0]["cadangan"][0]["utuh"].is_null());

    let text = said(here, &["backup", "drill"], &config, 0);
    assert!(text.contains("tempat kedua") && text.contains("pulih utuh"), "{text}");
    let drill = json(here, &["backup", "drill"], &config);
    assert!(drill["kedua"] == true && drill["baris"].as_u64().unwrap() > 100, "{drill}");
    let left: Vec<_> = fs::read_dir(here.join("praja-box/data")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".praja")), "the rehearsal left {left:?}");
    // A copy that rotted on the stick is found by the rehearsal, and the list remembers.
    let mut bytes = fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    assert!(said(here, &["backup", "drill"], &config, 30).contains("tidak dapat dipulihkan"));
    assert!(said(here, &["backup", "list"], &config, 10).contains("rusak"));
}

#[test]
fn a_service_without_systemd_makes_its_backups_itself_and_rehearses_them() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let config = box_with_places(here, "");
    let mut child = praja(here, &["serve", "--config", &config]).env_remove("INVOCATION_ID").spawn().unwrap();
    serving(&mut child);
    let began = Instant::now();
    let rehearsed =
        || fs::read_to_string(here.join("praja-box/data/cadangan/keadaan.json")).unwrap_or_default().contains("\"latihan\": {");
    while !rehearsed() {
        assert!(began.elapsed() < PATIENCE, "no backup was made, or none was rehearsed");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(backups(&here.join("kedua")).len(), 1);
    stop(child);
    let by_systemd = tempfile::tempdir().unwrap();
    let config = box_with_places(by_systemd.path(), "");
    let mut child = praja(by_systemd.path(), &["serve", "--config", &config]).env("INVOCATION_ID", "x").spawn().unwrap();
    serving(&mut child);
    std::thread::sleep(std::time::Duration::from_secs(6));
    stop(child);
    assert!(backups(&by_systemd.path().join("kedua")).is_empty(), "its timers do it");
}

#[test]
fn the_page_of_the_superadmin_shows_the_same_places_and_the_rehearsal() {
    let folder = tempfile::tempdir().unwrap();
    let (here, port) = (folder.path(), free_port());
    let config = box_at_work(here, port);
    fs::create_dir(here.join("kedua")).unwrap();
    settings(here, ", jam: \"03:05\", simpan: 9");
    said(here, &["backup", "create", "--scheduled"], &config, 10);
    said(here, &["backup", "drill"], &config, 0);
    // As systemd starts it: its timers look after the backups, not the program.
    let mut child = praja(here, &["serve", "--config", &config]).env("INVOCATION_ID", "x").spawn().unwrap();
    serving(&mut child);
    let (_, text) = run(here, &["admin", "link", "--config", &config]);
    let path = &text[text.find("/pengelola-pertama/").unwrap()..];
    let session = cookie(&become_administrator(port, path.split_whitespace().next().unwrap()), "praja_sesi");
    let page = || get_with(port, "/identity/cadangan", &format!("Cookie: {session}\r\n"));
    let shown = page();
    let second = here.join("kedua").display().to_string();
    for told in [second.as_str(), "Disk yang sama dengan data", "Pulih utuh", "03.05", "9 cadangan", "Utuh", "Belum diperiksa"] {
        assert!(shown.contains(told), "{told} is not told:\n{shown}");
    }
    assert!(get_with(port, "/identity/cadangan", "").contains("/masuk"), "strangers are led to the log-in");
    // The stick is pulled out: the page says so at once, and what to do.
    fs::rename(here.join("kedua"), here.join("dicabut")).unwrap();
    let shown = page();
    assert!(shown.contains("Tidak dapat dibaca") && shown.contains("Pasang disknya"), "{shown}");
    // Settings that can no longer be read are told, and the page stands all the same.
    fs::write(here.join("praja-box/config/praja.local.yaml"), "cadangan: {jam: pagi}\n").unwrap();
    let shown = page();
    assert!(shown.contains("Keadaan cadangan tidak dapat dilihat") && shown.contains("cadangan.jam"), "{shown}");
    stop(child);
}

#[test]
fn a_second_place_that_is_not_there_is_told_and_served_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let config = box_with_places(here, "");
    fs::remove_dir(here.join("kedua")).unwrap();
    let text = said(here, &["backup", "create", "--scheduled"], &config, 10);
    assert!(text.contains("Salinan ke tempat kedua") && text.contains("gagal"), "{text}");
    assert!(!here.join("kedua").exists(), "an empty folder would be taken for the stick");
    assert_eq!(backups(&here.join("praja-box/data/cadangan")).len(), 1, "the first copy is there all the same");
    assert!(said(here, &["backup", "list"], &config, 10).contains("tidak dapat dibaca"));
    fs::create_dir(here.join("kedua")).unwrap();
    said(here, &["backup", "create", "--scheduled"], &config, 10);
    assert_eq!(backups(&here.join("kedua")).len(), 1, "what was missed is brought there, without a new backup");
}

#[test]
fn only_so_many_are_kept_and_others_backups_are_nobodys_to_remove() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let config = box_with_places(here, ", simpan: 2");
    let (first, second) = (here.join("praja-box/data/cadangan"), here.join("kedua"));
    fs::create_dir(&first).unwrap();
    for name in ["a.cadangan", "b.cadangan", "c.cadangan"] {
        for place in [&first, &second] {
            said(here, &["backup", "create", "--output", &place.join(name).display().to_string()], &config, 0);
        }
    }
    let other = tempfile::tempdir().unwrap();
    let others = box_with_places(other.path(), "");
    said(other.path(), &["backup", "create", "--output", &second.join("lain.cadangan").display().to_string()], &others, 0);
    fs::write(second.join("foto.jpg"), "bukan cadangan").unwrap();
    said(here, &["backup", "create", "--scheduled"], &config, 10);
    assert_eq!(backups(&first).len(), 2);
    let names: Vec<_> = backups(&second).iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert!(names.contains(&"lain.cadangan".to_owned()) && names.len() == 3, "{names:?}");
    assert!(second.join("foto.jpg").exists());
    // The newest is among those kept.
    set_aside(&backups(&first)[1], "z.cadangan");
    assert!(said(here, &["backup", "verify", &first.join("z.cadangan").display().to_string()], &config, 0).contains("utuh"));
}

/// As the guide says for whoever has no Praja: the program age and the sheet give the data file.
fn age_opens(here: &Path, key: &str) {
    if !common::has("age") {
        return common::skipped("copies::the_recovery_sheet", "the program age is not installed");
    }
    fs::write(here.join("kunci-age.txt"), key).unwrap();
    let pipe = "tail -n +3 baru.cadangan | age -d -i kunci-age.txt | tar -xzf - data.db";
    assert!(std::process::Command::new("sh").args(["-c", pipe]).current_dir(here).status().unwrap().success());
    assert!(fs::read(here.join("data.db")).unwrap().starts_with(b"SQLite format 3"));
}

#[test]
fn the_recovery_sheet_is_printed_while_it_lies_here_and_drawn_anew_after_that() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let config = box_with_places(here, "");
    let keys = here.join("praja-box/keys");
    let text = said(here, &["recovery-sheet"], &config, 30);
    assert!(text.contains("sudah diambil") && text.contains("praja recovery-sheet --new"), "{text}");
    // Nobody can answer here: nothing is drawn without a yes.
    let before = fs::read(keys.join("instansi.kunci")).unwrap();
    said(here, &["recovery-sheet", "--new"], &config, 20);
    assert_eq!(fs::read(keys.join("instansi.kunci")).unwrap(), before);
    said(here, &["backup", "create", "--output", "lama.cadangan"], &config, 0);
    said(here, &["recovery-sheet", "--new", "--yes"], &config, 0);
    said(here, &["backup", "create", "--output", "baru.cadangan"], &config, 0);

    let (page, plain) = (keys.join("lembar-pemulihan.html"), keys.join("lembar-pemulihan.txt"));
    let html = fs::read_to_string(&page).unwrap();
    let text = fs::read_to_string(&plain).unwrap();
    let key = text.lines().find(|line| line.parse::<RecoveryKey>().is_ok()).unwrap();
    let age = key.parse::<RecoveryKey>().unwrap().age_text();
    for paper in [&html, &text] {
        for part in [key, age.as_str(), "Kabupaten Belitung Timur", "praja backup restore", "brankas"] {
            assert!(paper.contains(part), "{part} is not on the sheet");
        }
    }
    assert!(html.contains("<svg"));
    let foreign = ["src=", "href=", "url(", "@import"].into_iter().find(|part| html.contains(part));
    assert_eq!(foreign, None, "nothing comes from elsewhere");
    let load = |name: &str| praja_store::backup::keys_of(&here.join(name), &key.parse().unwrap());
    assert_eq!(load("baru.cadangan").unwrap().id(), Keyring::load(&keys).unwrap().id());
    assert!(load("lama.cadangan").is_err(), "an older backup stays with the older sheet");
    // Each of the two files is taken for the key, as is the key alone.
    for sheet in [&page, &plain] {
        said(here, &["backup", "verify", "baru.cadangan", "--recovery", &sheet.display().to_string()], &config, 0);
    }
    age_opens(here, &age);
    // With the keys of the installation every backup opens, whichever sheet it was for.
    said(here, &["backup", "verify", "lama.cadangan"], &config, 0);
}
