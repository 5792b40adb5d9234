//! The machine is gone: its folder is deleted, and everything comes back elsewhere from a backup and the recovery sheet.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, path::Path};

use common::{cookie, free_port, get, get_with, hidden, post, praja, ready, run, serving, stop, trying};
use praja_server::Settings;
use praja_store::{Keyring, Options, RecoveryKey};

/// The session of an account.
fn sign_in(port: u16, account: &str, password: &str) -> String {
    let form = get(port, "/masuk");
    let body =
        format!("_csrf={}&_kunci={}&ke=%2F&akun={account}&sandi={password}", hidden(&form, "_csrf"), hidden(&form, "_kunci"));
    cookie(&post(port, "/masuk", &cookie(&form, "praja_tamu"), &body), "praja_sesi")
}

/// A secret letter as whoever may read it opens it: its content comes only after a deliberate act.
fn opens_secret(port: u16, session: &str, id: &str) -> String {
    let path = format!("/eoffice/surat-masuk/{id}");
    let page = get_with(port, &path, &format!("Cookie: {session}\r\n"));
    let Some(form) = page.split_once(&format!("action=\"{path}/buka\"")).map(|(_, form)| form) else { return page };
    let body = format!("_csrf={}&_kunci={}", hidden(form, "_csrf"), hidden(form, "_kunci"));
    post(port, &format!("{path}/buka"), session, &body)
}

/// What is in a box and must come back: a secret letter, and the photo a citizen attached to a complaint.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    letter: String,
    subject: String,
    photo: Vec<u8>,
}

fn asked(settings: &Settings, sql: &'static str) -> Vec<(String, String)> {
    let db = praja_server::database(settings, &Options::default()).unwrap();
    db.read(|tx| tx.list(sql, &[], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))).unwrap()
}

/// The bytes of an attachment, opened with the keys of the box.
fn opened(settings: &Settings, address: &str) -> Vec<u8> {
    let blobs = settings.blob.open(Keyring::load(&settings.kunci).unwrap()).unwrap();
    let db = praja_server::database(settings, &Options::default()).unwrap();
    let address = address.to_owned();
    let blob = db.read(move |tx| tx.blob(&address)).unwrap().unwrap();
    let mut plain = Vec::new();
    blobs.get(&blob, &mut plain).unwrap();
    plain
}

/// The sheet as it is typed from paper: the key alone.
fn typed_from_paper(sheet: &Path) -> String {
    let text = fs::read_to_string(sheet).unwrap();
    text.lines().find(|line| line.trim().parse::<RecoveryKey>().is_ok()).unwrap().trim().to_lowercase().replace('-', " ")
}

#[test]
fn a_destroyed_machine_comes_back_from_a_backup_and_the_sheet_and_from_nothing_less() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let here = folder.path();
    ready(trying(here, port, &[]), port).stop();
    let settings = Settings::load(&here.join("praja-box/config/praja.yaml")).unwrap();
    let accounts = fs::read_to_string(here.join("praja-box/akun-demo.csv")).unwrap();
    let leader = accounts.lines().find(|line| line.contains(",bupati,")).unwrap();
    let password = leader.rsplit(',').next().unwrap().to_owned();
    let secrets = asked(&settings, "SELECT id, hal FROM eoffice_surat_masuk WHERE sifat = 'rahasia' ORDER BY id");
    let photos = asked(
        &settings,
        "SELECT l.alamat, p.pelapor FROM desk_lampiran l JOIN desk_pengaduan p ON l.objek = 'desk_pengaduan:' || p.id
         WHERE p.pelapor LIKE 'warga:%' ORDER BY l.id",
    );
    let (address, owner) = photos.first().expect("a citizen's complaint has a photo").clone();
    let citizens = asked(&settings, "SELECT akun, nama FROM identity_warga ORDER BY akun");
    assert!(citizens.iter().any(|(account, _)| owner == format!("warga:{account}")), "{owner} is a citizen's account");

    // Which of the secret letters the leader may read, and what stands there.
    let mut child = praja(here, &["serve"]).spawn().unwrap();
    serving(&mut child);
    let session = sign_in(port, "bupati", &password);
    let readable = secrets.iter().find(|(id, hal)| opens_secret(port, &session, id).contains(hal.as_str()));
    let (letter, subject) = readable.expect("the leader may read a secret letter").clone();
    assert!(!get(port, &format!("/eoffice/surat-masuk/{letter}")).contains(&subject), "nobody else may");
    stop(child);
    let before = Kept { letter, subject, photo: opened(&settings, &address) };
    assert!(before.photo.len() > 100);

    let elsewhere = tempfile::tempdir().unwrap();
    let there = elsewhere.path();
    let (output, text) = run(here, &["backup", "create", "--output", &there.join("c.cadangan").display().to_string()]);
    assert!(output.status.success(), "{text}");
    fs::write(there.join("kunci.txt"), typed_from_paper(&here.join("praja-box/keys/lembar-pemulihan.txt"))).unwrap();
    fs::remove_dir_all(here.join("praja-box")).unwrap();

    // Neither the subject of the letter nor the photo can be read out of the backup.
    let sealed = fs::read(there.join("c.cadangan")).unwrap();
    let holds = |part: &[u8]| sealed.windows(part.len()).any(|window| window == part);
    assert!(!holds(before.subject.as_bytes()) && !holds(&before.photo[..64]));

    // Without the sheet it is refused, with the reason; with another's sheet, too.
    let restore = |more: &[&str]| {
        let (output, text) = run(there, &[&["backup", "restore", "c.cadangan", "--root", "pulih"], more].concat());
        (output.status.code(), text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let (code, said) = restore(&[]);
    assert!(code == Some(2) && said.contains("diperlukan kunci dari lembar pemulihan"), "{said}");
    fs::write(there.join("lain.txt"), Keyring::create().unwrap().1.to_string()).unwrap();
    let (code, said) = restore(&["--recovery", "lain.txt"]);
    assert!(code == Some(30) && said.contains("bukan kunci cadangan ini"), "{said}");
    assert!(!there.join("pulih/data/praja.db").exists());

    let (code, said) = restore(&["--recovery", "kunci.txt"]);
    assert_eq!(code, Some(0), "{said}");
    let new_port = free_port();
    let text = format!("alamat: \"127.0.0.1:{new_port}\"\nurl_publik: \"http://127.0.0.1:{new_port}\"\n");
    fs::write(there.join("pulih/config/praja.local.yaml"), text).unwrap();
    let restored = Settings::load(&there.join("pulih/config/praja.yaml")).unwrap();
    let mut child = praja(there, &["serve", "--config", "pulih/config/praja.yaml"]).spawn().unwrap();
    serving(&mut child);
    let session = sign_in(new_port, "bupati", &password);
    assert!(opens_secret(new_port, &session, &before.letter).contains(&before.subject), "the secret letter opens");
    assert!(!get(new_port, &format!("/eoffice/surat-masuk/{}", before.letter)).contains(&before.subject));
    stop(child);
    assert_eq!(opened(&restored, &address), before.photo, "the citizen's photo opens");
}
