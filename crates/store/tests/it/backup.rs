//! Backup and restore, from either engine into either engine.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use praja_store::{
    BackupTrouble, Blob, Blobs, Db, KeyTrouble, Keyring, Keys, MigrationSet, RecoveryKey, StoreError,
    audit::Entry,
    backup::{self, Moved, Restore, Source},
    params,
    search::Entry as Found,
};

use crate::support::{Bed, NOW, beds, empty_beds, note, sets};

/// A house with an archive: database, files, keys and the recovery sheet.
struct House {
    folder: tempfile::TempDir,
    blobs: Blobs,
    recovery: RecoveryKey,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (keys, recovery) = Keyring::create().unwrap();
        let blobs = Blobs::local(&folder.path().join("berkas"), keys).unwrap();
        Self { folder, blobs, recovery }
    }

    fn file(&self) -> std::path::PathBuf {
        self.folder.path().join("cadangan.praja")
    }

    /// The installation's folder, where plain data may stand for a while.
    fn work(&self) -> std::path::PathBuf {
        let folder = self.folder.path().join("data");
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn verify(&self) -> Result<(Moved, praja_store::audit::Report), StoreError> {
        backup::verify(&self.file(), self.blobs.keys(), &self.work())
    }

    fn back_up(&self, bed: &Bed) -> backup::Moved {
        let sets = sets();
        let source = Source { db: &bed.db, blobs: &self.blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
        backup::create(&source, &self.file(), &self.work(), NOW, &bed.ids).unwrap()
    }

    /// Everything but the backup file and the recovery sheet burnt down.
    fn recovered(&self, into: &Path) -> Blobs {
        let keys = backup::keys_of(&self.file(), &self.recovery).unwrap();
        Blobs::local(into, keys).unwrap()
    }
}

fn restore(file: &Path, blobs: &Blobs, target: &Bed, sets: &[MigrationSet]) -> Result<Moved, StoreError> {
    let work = tempfile::tempdir().unwrap();
    let what = Restore { file, blobs, target: &target.db, sets, work: work.path(), token: "pulih-1" };
    let moved = backup::restore(&what, NOW, &target.ids);
    assert_eq!(std::fs::read_dir(work.path()).unwrap().count(), 0, "no plain data stay behind");
    moved
}

/// One act of work: a number, a row, an audit row, an index entry.
pub fn work(bed: &Bed, n: i64) {
    bed.db
        .write(&bed.by(Some(1)), Keys::none(), move |tx| {
            note(tx, &format!("surat {n}"))?;
            tx.index(&Found {
                modul: "uji",
                jenis: "surat",
                tautan: format!("/uji/{n}"),
                judul: format!("Undangan {n}"),
                nomor: format!("005/{n}"),
                akses: vec!["opd:1".into()],
                ..Found::default()
            })?;
            tx.audit(&Entry::new("uji.save-surat", "uji_surat", n).with("hal", n))
        })
        .unwrap();
}

pub fn store_file(bed: &Bed, blobs: &Blobs, plain: &[u8]) -> Blob {
    let blob = blobs.put(&mut &*plain, 1 << 24).unwrap();
    let kept = blob.clone();
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.keep_blob(&kept)).unwrap();
    blob
}

pub fn counts(db: &Db) -> (i64, i64, i64) {
    db.read(|tx| {
        Ok::<_, StoreError>((
            tx.scalar("SELECT COUNT(*) FROM uji_catatan", &[])?,
            tx.scalar("SELECT COUNT(*) FROM store_audit", &[])?,
            tx.scalar("SELECT COUNT(*) FROM store_cari", &[])?,
        ))
    })
    .unwrap()
}

#[test]
fn a_backup_taken_under_load_restores_elsewhere_with_the_recovery_sheet_alone() {
    for bed in beds() {
        let house = House::new();
        let small = store_file(&bed, &house.blobs, b"surat pindaian");
        let large = store_file(&bed, &house.blobs, &vec![7; 3 << 20]);
        (0..40).for_each(|n| work(&bed, n));
        let stop = AtomicBool::new(false);
        let moved = std::thread::scope(|scope| {
            for writer in 0..3 {
                let (bed, stop) = (&bed, &stop);
                scope.spawn(move || {
                    let mut n = 1000 * (writer + 1);
                    while !stop.load(Ordering::Relaxed) {
                        work(bed, n);
                        n += 1;
                    }
                });
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
            let moved = house.back_up(&bed);
            stop.store(true, Ordering::Relaxed);
            moved
        });
        assert_eq!((moved.blobs, moved.manifest.mesin.as_str()), (2, bed.name()));
        let (checked, report) = house.verify().unwrap();
        assert_eq!((checked.blobs, report.problems.len()), (2, 0));

        for target in empty_beds() {
            let elsewhere = tempfile::tempdir().unwrap();
            let blobs = house.recovered(elsewhere.path());
            let way = format!("{} to {}", bed.name(), target.name());
            restore(&house.file(), &blobs, &target, &sets()).unwrap();
            let after = target.db.verify_audit(&[], |_| String::new()).unwrap();
            assert_eq!((after.problems.len(), after.rows), (0, report.rows), "{way}");
            let (rows, audit, found) = counts(&target.db);
            // Each act was saved as one: as of one moment the three counts are the same.
            assert!(rows == audit && audit == found && rows >= 40, "{way}: {rows} {audit} {found}");
            for (blob, plain) in [(&small, b"surat pindaian".to_vec()), (&large, vec![7; 3 << 20])] {
                let alamat = blob.alamat.clone();
                let kept = target.db.read(|tx| tx.blob(&alamat)).unwrap().unwrap();
                let mut out = Vec::new();
                blobs.get(&kept, &mut out).unwrap();
                assert!(out == plain, "{way}");
            }
            let hits = target.db.read(|tx| tx.find(&["opd:1".into()], "undangan 7", None, 10)).unwrap();
            assert!(hits.hits.iter().any(|hit| hit.tautan == "/uji/7"), "{way}: the index came along");
            // Work goes on: new rows get new numbers.
            work(&target, 5000);
            assert_eq!(target.db.verify_audit(&[], |_| String::new()).unwrap().rows, report.rows + 1);
        }
    }
}

#[test]
fn another_sheet_or_another_instances_key_opens_nothing() {
    for bed in beds() {
        let house = House::new();
        work(&bed, 1);
        house.back_up(&bed);
        let (stranger, sheet) = Keyring::create().unwrap();
        assert!(matches!(backup::keys_of(&house.file(), &sheet), Err(StoreError::Keys(KeyTrouble::Other))));
        assert!(matches!(backup::verify(&house.file(), &stranger, &house.work()), Err(StoreError::Keys(KeyTrouble::Other))));
        let raw = std::fs::read(house.file()).unwrap();
        assert!(!raw.windows(8).any(|eight| eight == b"Undangan"), "nothing but the head is readable");
        assert_eq!(backup::manifest(&house.file()).unwrap().instansi, "53.09");
    }
}

#[test]
fn a_damaged_or_cut_backup_is_refused() {
    for bed in beds() {
        let house = House::new();
        store_file(&bed, &house.blobs, &vec![3; 200_000]);
        (0..20).for_each(|n| work(&bed, n));
        house.back_up(&bed);
        let whole = std::fs::read(house.file()).unwrap();
        let damaged = house.folder.path().join("rusak.praja");
        let verify = |bytes: &[u8]| {
            std::fs::write(&damaged, bytes).unwrap();
            backup::verify(&damaged, house.blobs.keys(), &house.work())
        };
        assert!(verify(&whole).is_ok(), "the control");
        for cut in [whole.len() - 1, whole.len() - 70_000, whole.len() / 2, 100, 10, 0] {
            assert!(verify(&whole[..cut]).is_err(), "cut to {cut}");
        }
        for flip in [5, 33, 40, 60, whole.len() / 3, whole.len() / 2, whole.len() - 3] {
            let mut bytes = whole.clone();
            bytes[flip] ^= 0x20;
            assert!(verify(&bytes).is_err(), "flipped at {flip}");
        }
        let text = String::from_utf8_lossy(&whole[..400]).into_owned();
        let at = text.find("53.09").unwrap();
        let mut renamed = whole.clone();
        renamed[at..at + 5].copy_from_slice(b"53.10");
        assert!(
            matches!(verify(&renamed), Err(StoreError::Backup(BackupTrouble::HeadChanged { .. }))),
            "the Instance's name was changed"
        );
        let target = empty_beds().remove(0);
        std::fs::write(&damaged, &whole[..whole.len() - 70_000]).unwrap();
        assert!(restore(&damaged, &house.blobs, &target, &sets()).is_err());
        // What failed was undone: the whole backup finds the place as empty as before.
        restore(&house.file(), &house.blobs, &target, &sets()).unwrap();
    }
}

#[test]
fn a_restore_over_data_is_refused() {
    for bed in beds() {
        let house = House::new();
        work(&bed, 1);
        house.back_up(&bed);
        for target in beds() {
            target.db.write(&target.by(None), Keys::unaudited(), |tx| note(tx, "sudah ada")).unwrap();
            let refused = restore(&house.file(), &house.blobs, &target, &sets());
            let Err(StoreError::Backup(BackupTrouble::TargetFilled { table })) = &refused else { panic!("{refused:?}") };
            assert_eq!(table, "uji_catatan");
            assert_eq!(counts(&target.db), (1, 0, 0));
        }
    }
}

#[test]
fn a_file_that_is_gone_stops_the_backup_instead_of_being_left_out() {
    for bed in beds() {
        let house = House::new();
        let blob = store_file(&bed, &house.blobs, b"x");
        std::fs::remove_file(house.folder.path().join("berkas").join(&blob.alamat[..2]).join(&blob.alamat)).unwrap();
        let sets = sets();
        let source = Source { db: &bed.db, blobs: &house.blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
        let refused = backup::create(&source, &house.file(), &house.work(), NOW, &bed.ids);
        assert!(matches!(&refused, Err(StoreError::BlobGone(path)) if path.contains(&blob.alamat)), "{refused:?}");
        assert!(!house.file().exists(), "no half backup lies around");
    }
}

#[test]
fn rows_that_migrations_put_in_come_back_as_people_left_them_and_children_find_their_parents() {
    const SEEDED: &str = "
        CREATE TABLE uji_opd (id TEXT PRIMARY KEY, nama TEXT NOT NULL, induk TEXT REFERENCES uji_opd (id), aktif BOOLEAN NOT NULL);
        INSERT INTO uji_opd (id, nama, aktif) VALUES ('z', 'Sekretariat', TRUE);
        INSERT INTO uji_opd (id, nama, aktif) VALUES ('y', 'Yang dihapus', TRUE);";
    let mut sets = sets();
    sets[0].files.push(praja_store::Migration { name: "0002-opd.sql", sql: SEEDED });
    let migrated = |bed: &Bed, sets: &[MigrationSet]| bed.db.migrate(sets, &bed.by(None)).unwrap();
    for bed in beds() {
        migrated(&bed, &sets);
        bed.db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                // Written before its parent is: the copy meets the child first.
                for n in 0..1200 {
                    tx.exec("INSERT INTO uji_opd (id, nama, aktif) VALUES (?1, 'x', FALSE)", params![format!("{n:04}")])?;
                }
                tx.exec("UPDATE uji_opd SET induk = '1199' WHERE id = '0000'", &[])?;
                tx.exec("UPDATE uji_opd SET induk = '0000' WHERE id = '0001'", &[])?;
                tx.exec("DELETE FROM uji_opd WHERE id = 'y'", &[])?;
                tx.exec("UPDATE uji_opd SET nama = 'Sekretariat Daerah' WHERE id = 'z'", &[])
            })
            .unwrap();
        let house = House::new();
        let source = Source { db: &bed.db, blobs: &house.blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
        backup::create(&source, &house.file(), &house.work(), NOW, &bed.ids).unwrap();
        for target in empty_beds() {
            restore(&house.file(), &house.blobs, &target, &sets).unwrap();
            let way = format!("{} to {}", bed.name(), target.name());
            assert_eq!(target.count("SELECT COUNT(*) FROM uji_opd"), 1201, "{way}");
            assert_eq!(target.count("SELECT COUNT(*) FROM uji_opd WHERE induk = '1199' AND aktif = FALSE"), 1, "{way}");
            let nama = target.db.read(|tx| tx.scalar::<String>("SELECT nama FROM uji_opd WHERE id = 'z'", &[])).unwrap();
            assert_eq!(nama, "Sekretariat Daerah", "{way}");
        }
    }
}

#[test]
fn a_backup_of_an_older_release_is_brought_up_to_this_one() {
    for bed in beds() {
        let house = House::new();
        work(&bed, 1);
        house.back_up(&bed);
        let mut newer = sets();
        newer[0].files.push(praja_store::Migration {
            name: "0002-sifat.sql",
            sql: "ALTER TABLE uji_catatan ADD COLUMN sifat TEXT NOT NULL DEFAULT 'biasa'",
        });
        for target in empty_beds() {
            restore(&house.file(), &house.blobs, &target, &newer).unwrap();
            let sifat = target.db.read(|tx| tx.scalar::<String>("SELECT sifat FROM uji_catatan", &[])).unwrap();
            assert_eq!(sifat, "biasa");
        }
    }
}
