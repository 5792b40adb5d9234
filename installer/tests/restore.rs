//! `praja backup restore` between the embedded database and PostgreSQL, in every direction, and after a kill -9.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use common::{PATIENCE, free_port, get, praja, ready, run, signal, skipped, trying};
use praja_kernel::{Id, Moment};
use praja_server::Settings;
use praja_store::{Blob, By, Keyring, Keys, Options};

/// The sheet beside the key, as long as it is not taken away.
const SHEET: &str = "praja-box/keys/lembar-pemulihan.txt";

/// A database of its own on the server that is offered; dropped with this value.
struct Database {
    admin: String,
    name: String,
    url: String,
}

impl Database {
    fn new() -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let admin = std::env::var("PRAJA_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
        let name = format!("praja_pulih_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let url = format!("{}/{name}", admin.rsplit_once('/').unwrap().0);
        let database = Self { admin, name, url };
        database.tell(&format!("CREATE DATABASE {}", database.name));
        Some(database)
    }

    fn tell(&self, sql: &str) {
        postgres::Client::connect(&self.admin, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.tell(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

struct Ids;

impl praja_kernel::IdSource for Ids {
    fn next_id(&self) -> Id {
        Id::v7(1, [1; 10])
    }
}

/// An installation that rests, with attachments, and its backup.
struct House {
    folder: tempfile::TempDir,
    blob: Blob,
    _database: Option<Database>,
}

impl House {
    fn new(database: Option<Database>, attachments: u8) -> Self {
        let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
        let more: Vec<&str> = database.iter().flat_map(|database| ["--database", &database.url]).collect();
        ready(trying(folder.path(), port, &more), port).stop();
        let mut blobs: Vec<Blob> = (0..attachments).map(|n| attach(folder.path(), &vec![n; 1 << 20])).collect();
        let blob = blobs.pop().unwrap();
        let house = Self { folder, blob, _database: database };
        house.succeeds(&["backup", "create", "--output", "c.cadangan"]);
        house
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn succeeds(&self, words: &[&str]) -> String {
        let (output, text) = run(self.path(), words);
        assert!(output.status.success(), "{words:?}: {text}");
        text
    }

    /// The restored installation is whole: it serves, its audit trail holds, its attachments open.
    fn is_whole(&self, root: &str, port: u16) {
        let config = format!("{root}/config/praja.yaml");
        assert!(self.succeeds(&["audit", "verify", "--config", &config]).contains("utuh"));
        assert!(self.succeeds(&["backup", "verify", "c.cadangan", "--config", &config]).contains("utuh"));
        let settings = Settings::load(&self.path().join(&config)).unwrap();
        assert_eq!(settings.wilayah.kode, "19.06");
        let blobs = settings.blob.open(Keyring::load(&settings.kunci).unwrap()).unwrap();
        let mut plain = Vec::new();
        blobs.get(&self.blob, &mut plain).unwrap();
        assert!(plain.len() == 1 << 20 && plain.iter().all(|byte| *byte == plain[0]));
        let db = praja_server::database(&settings, &Options::default()).unwrap();
        assert!(blobs.missing(&db).unwrap().is_empty());
        assert_eq!(left_over(&self.path().join(root)), Vec::<PathBuf>::new());
        drop(db);

        let mut child = praja(self.path(), &["serve", "--config", &config]).spawn().unwrap();
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < PATIENCE && child.try_wait().unwrap().is_none(), "does not serve");
            thread::sleep(Duration::from_millis(50));
        }
        assert!(get(port, "/readyz").starts_with("HTTP/1.1 200"));
        assert!(get(port, "/masuk").contains("LATIHAN"));
        signal(&child, "TERM");
        assert!(child.wait().unwrap().success());
    }
}

fn attach(folder: &Path, plain: &[u8]) -> Blob {
    let settings = Settings::load(&folder.join("praja-box/config/praja.yaml")).unwrap();
    let blobs = settings.blob.open(Keyring::load(&settings.kunci).unwrap()).unwrap();
    let db = praja_server::database(&settings, &Options::default()).unwrap();
    let blob = blobs.put(&mut &*plain, 1 << 24).unwrap();
    let kept = blob.clone();
    let by = By::system("test", Moment(1), std::sync::Arc::new(Ids));
    db.write(&by, Keys::unaudited(), move |tx| tx.keep_blob(&kept)).unwrap();
    blob
}

/// What a restore must not leave: its mark, and plain copies.
fn left_over(root: &Path) -> Vec<PathBuf> {
    let entries = [root.to_path_buf(), root.join("data")].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let hidden = entries.map(|entry| entry.unwrap().path());
    hidden.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}

/// The plain copy of the data that stands below the folder now.
fn plain(root: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(root.join("data")).ok()?;
    entries.filter_map(|entry| Some(entry.ok()?.path().join("data.db"))).find(|data| data.exists())
}

fn settings_with_port(folder: &Path, port: u16) {
    let text = format!("alamat: \"127.0.0.1:{port}\"\nurl_publik: \"http://127.0.0.1:{port}\"\n");
    fs::write(folder.join("tambahan.yaml"), text).unwrap();
}

const RESTORE: [&str; 7] = ["backup", "restore", "c.cadangan", "--recovery", SHEET, "--settings", "tambahan.yaml"];

#[test]
fn a_backup_is_restored_from_either_engine_into_either_engine() {
    let name = "restore::a_backup_is_restored_from_either_engine_into_either_engine";
    let mut houses = vec![House::new(None, 2)];
    match Database::new() {
        Some(database) => houses.push(House::new(Some(database), 2)),
        None => skipped(name, "PRAJA_TEST_POSTGRES is not set: only from the embedded database into the embedded one"),
    }
    for house in houses {
        let port = free_port();
        settings_with_port(house.path(), port);
        house.succeeds(&[&RESTORE[..], &["--root", "tertanam"]].concat());
        house.is_whole("tertanam", port);
        let Some(database) = Database::new() else { continue };
        let port = free_port();
        settings_with_port(house.path(), port);
        house.succeeds(&[&RESTORE[..], &["--root", "peladen", "--database", &database.url]].concat());
        house.is_whole("peladen", port);
        // Never over what is there.
        let (output, text) = run(house.path(), &[&RESTORE[..], &["--root", "lain", "--database", &database.url]].concat());
        assert_eq!(output.status.code(), Some(30), "{text}");
        let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("Basis data tujuan sudah berisi data"), "{said}");
        house.is_whole("peladen", port);
        assert!(fs::read_dir(house.path().join("lain")).unwrap().next().is_none(), "the folder is empty again");
    }
}

#[test]
fn a_restore_that_was_killed_is_refused_by_serve_and_begun_anew_by_the_same_command() {
    let house = House::new(None, 24);
    let databases = [None, Database::new()];
    if databases[1].is_none() {
        let name = "restore::a_restore_that_was_killed_is_refused_by_serve_and_begun_anew_by_the_same_command";
        skipped(name, "PRAJA_TEST_POSTGRES is not set: only on the embedded database");
    }
    for (n, database) in databases.iter().enumerate().filter(|(n, database)| *n == 0 || database.is_some()) {
        let (root, port) = (format!("pulih-{n}"), free_port());
        settings_with_port(house.path(), port);
        let mut words = [&RESTORE[..], &["--root", &root]].concat();
        if let Some(database) = database {
            words.extend(["--database", &database.url]);
        }
        let mut child = praja(house.path(), &words).spawn().unwrap();
        let (began, folder) = (Instant::now(), house.path().join(&root));
        while plain(&folder).is_none() {
            assert!(began.elapsed() < PATIENCE && child.try_wait().unwrap().is_none(), "nothing to interrupt");
            thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(plain(&folder).is_some(), "the control: plain data were left");
        let (output, text) = run(house.path(), &["serve", "--config", &format!("{root}/config/praja.yaml")]);
        assert!(!output.status.success() && text.contains("belum selesai"), "{text}");
        house.succeeds(&words);
        house.is_whole(&root, port);
    }
}

#[test]
fn a_database_that_cannot_be_used_is_told_by_its_kind_and_leaves_the_folder_empty() {
    let house = House::new(None, 1);
    fs::write(house.path().join("tambahan.yaml"), "").unwrap();
    for (url, said) in [
        ("postgres://praja@127.0.0.1:1/praja", "Basis data tidak menjawab"),
        ("postgres://praja@127.0.0.1:1/praja?sslmode=apa", "Alamat basis data tidak dapat dibaca"),
        ("postgres://praja@127.0.0.1:1/praja?sslmode=verify-full&sslrootcert=/tidak/ada.pem", "Berkas sertifikat /tidak/ada.pem"),
    ] {
        let (output, text) = run(house.path(), &[&RESTORE[..], &["--root", "p", "--database", url]].concat());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(output.status.code() == Some(30) && text.contains(said) && text.contains("kembali kosong"), "{url}: {text}");
        assert!(fs::read_dir(house.path().join("p")).unwrap().next().is_none());
    }
    let twice = "basis_data: {mesin: postgres, url: \"postgres://a@b/c\"}\n";
    fs::write(house.path().join("tambahan.yaml"), twice).unwrap();
    let (output, text) =
        run(house.path(), &[&RESTORE[..], &["--root", "p", "--database", "postgres://praja@127.0.0.1:1/praja"]].concat());
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(output.status.code() == Some(30) && text.contains("disebut dua kali"), "{text}");
}
