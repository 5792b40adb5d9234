//! kill -9 while a backup is read or put back: no plain data stay, and the next run begins anew.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use praja_store::{
    BackupTrouble, Blobs, Db, Keyring, Keys, StoreError,
    backup::{self, Restore, Source},
};

use crate::{
    backup::{counts, store_file, work},
    support::{NOW, beds, empty_beds, ids, quick, sets, sqlite},
};

/// What the child is to do: `verify` or `restore`, the folder, and for a restore the database.
const CHILD: &str = "PRAJA_STORE_TEST_INTERRUPTED";
const TOKEN: &str = "pulih-1";

#[test]
fn the_child_reads_or_restores_until_it_is_killed() {
    // Without the parent there is nothing to do: this test is the child's program.
    let Ok(told) = std::env::var(CHILD) else { return };
    let told: Vec<&str> = told.split('\n').collect();
    let folder = Path::new(told[1]);
    let keys = Keyring::load(folder).unwrap();
    match told[0] {
        "verify" => drop(backup::verify(&folder.join("c.cadangan"), &keys, &folder.join("data"))),
        _ => {
            let db = open(told[2]);
            let blobs = Blobs::local(&folder.join("berkas"), keys).unwrap();
            drop(restore(folder, &blobs, &db, TOKEN));
        }
    }
}

fn open(address: &str) -> Db {
    if address.starts_with('/') {
        Db::open_sqlite(address.as_ref(), &quick()).unwrap()
    } else {
        Db::open_postgres(address, &quick()).unwrap()
    }
}

fn restore(folder: &Path, blobs: &Blobs, db: &Db, token: &str) -> Result<backup::Moved, StoreError> {
    let (sets, data) = (sets(), folder.join("data"));
    let what = Restore { file: &folder.join("c.cadangan"), blobs, target: db, sets: &sets, work: &data, token };
    backup::restore(&what, NOW, &ids())
}

/// A backup with rows and with files enough that reading it takes a while.
fn backed_up() -> (tempfile::TempDir, Keyring) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    let (keys, _) = Keyring::create().unwrap();
    keys.save(folder.path()).unwrap();
    let bed = sqlite();
    let blobs = Blobs::local(&folder.path().join("asal"), keys.clone()).unwrap();
    (0..20).for_each(|n| work(&bed, n));
    (0..24).for_each(|n| {
        store_file(&bed, &blobs, &vec![n; 1 << 20]);
    });
    let sets = sets();
    let source = Source { db: &bed.db, blobs: &blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
    backup::create(&source, &folder.path().join("c.cadangan"), &folder.path().join("data"), NOW, &bed.ids).unwrap();
    (folder, keys)
}

fn child(words: &[&str]) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "interrupted::the_child_reads_or_restores_until_it_is_killed"])
        .env(CHILD, words.join("\n"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The plain copy that stands in the folder now.
fn plain(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder.join("data")).unwrap();
    entries.filter_map(|entry| Some(entry.ok()?.path().join("data.db"))).find(|data| data.exists())
}

/// Kills the child as soon as plain data are there; they are, afterwards: the control of these tests.
fn kill_at_work(mut child: Child, folder: &Path) {
    let began = Instant::now();
    while plain(folder).is_none() {
        assert!(began.elapsed() < Duration::from_secs(60) && child.try_wait().unwrap().is_none(), "nothing to interrupt");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(plain(folder).is_some(), "the child was too quick");
}

#[test]
fn a_check_that_was_killed_leaves_nothing_plain_after_the_next_run() {
    let (folder, keys) = backed_up();
    let folder = folder.path();
    kill_at_work(child(&["verify", folder.to_str().unwrap()]), folder);
    let (moved, report) = backup::verify(&folder.join("c.cadangan"), &keys, &folder.join("data")).unwrap();
    assert_eq!((moved.blobs, report.problems.len()), (24, 0));
    assert_eq!(std::fs::read_dir(folder.join("data")).unwrap().count(), 0);
}

#[test]
fn a_restore_that_was_killed_is_begun_anew_by_the_same_restore_alone() {
    for target in empty_beds() {
        let (folder, keys) = backed_up();
        let folder = folder.path();
        kill_at_work(child(&["restore", folder.to_str().unwrap(), &target.address()]), folder);
        let blobs = Blobs::local(&folder.join("berkas"), keys).unwrap();
        let under_way = target.db.restore_under_way().unwrap();
        assert_eq!(under_way.as_deref(), Some(TOKEN), "whoever opens it can tell that it is half filled");
        let other = restore(folder, &blobs, &target.db, "pulih-2");
        assert!(matches!(other, Err(StoreError::Backup(BackupTrouble::Unfinished))), "{other:?}");
        restore(folder, &blobs, &target.db, TOKEN).unwrap();
        assert_eq!(counts(&target.db), (20, 20, 20));
        assert_eq!(target.db.restore_under_way().unwrap(), None);
        assert_eq!(std::fs::read_dir(folder.join("data")).unwrap().count(), 0, "{}", target.name());
    }
}

#[test]
fn a_database_restored_halfway_through_its_rows_is_emptied_first() {
    for (source, target) in beds().into_iter().zip(beds()) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("data")).unwrap();
        let (keys, _) = Keyring::create().unwrap();
        let blobs = Blobs::local(&folder.path().join("berkas"), keys).unwrap();
        (0..30).for_each(|n| work(&source, n));
        let sets = sets();
        let from = Source { db: &source.db, blobs: &blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
        backup::create(&from, &folder.path().join("c.cadangan"), &folder.path().join("data"), NOW, &source.ids).unwrap();
        // As a power cut leaves it: some rows, and the mark.
        target
            .db
            .write(&target.by(None), Keys::unaudited(), |tx| {
                crate::support::note(tx, "separuh")?;
                tx.exec("INSERT INTO store_pemulihan (token, mulai) VALUES ('pulih-1', 1)", &[]).map(|_| ())
            })
            .unwrap();
        restore(folder.path(), &blobs, &target.db, TOKEN).unwrap();
        assert_eq!(counts(&target.db), (30, 30, 30));
    }
}
