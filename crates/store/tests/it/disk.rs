//! A full disk.

use std::{path::Path, process::Command};

use praja_store::{Db, Keys, StoreError, audit::Entry};

use crate::support::{Outcome, by, durable, ids, note, notes, sets, skip};

/// A small file system in memory; unmounted when the test ends, however it ends.
struct Small(tempfile::TempDir);

impl Small {
    fn mount() -> Option<Self> {
        let small = Self(tempfile::tempdir().ok()?);
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs"]).arg(small.0.path()).output();
        mounted.is_ok_and(|output| output.status.success()).then_some(small)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.0.path()).output());
    }
}

#[test]
fn a_full_disk_fails_the_whole_group_and_service_resumes_when_space_returns() {
    let name = "disk::a_full_disk_fails_the_whole_group_and_service_resumes_when_space_returns";
    let Some(small) = Small::mount() else { return skip(name, "a small file system cannot be mounted here (not root)") };
    // Ballast leaves little room, and is what somebody deletes in the end.
    let ballast = small.path().join("ballast");
    std::fs::write(&ballast, vec![1_u8; 3 << 20]).unwrap();
    let db = Db::open_sqlite(&small.path().join("praja.db"), &durable()).unwrap();
    let by = by(&ids(), Some(1));
    db.migrate(&sets(), &by).unwrap();

    let (mut saved, mut failed) = (0, 0);
    for round in 0..400 {
        let group: Vec<Outcome> = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..8)
                .map(|caller| {
                    let (db, by) = (&db, &by);
                    scope.spawn(move || {
                        db.write(by, Keys::none(), move |tx| {
                            note(tx, &format!("{round:04}/{caller} {}", "x".repeat(4000)))?;
                            tx.audit(&Entry::new("uji.note", "uji_catatan", format_args!("{round}/{caller}")))
                        })
                    })
                })
                .collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).collect()
        });
        for outcome in &group {
            match outcome {
                Ok(()) => saved += 1,
                Err(StoreError::Full(_) | StoreError::Unavailable(_)) => failed += 1,
                Err(other) => panic!("a full disk was reported as {other:?}"),
            }
        }
        if failed > 40 {
            break;
        }
    }
    assert!(saved > 0 && failed > 40, "{saved} saved, {failed} failed: the disk never filled");
    assert_eq!(notes(&db).len(), saved, "what was answered is there, and nothing else");
    let report = db.verify_audit(&[], |_| String::new()).unwrap();
    assert_eq!((report.problems.len(), report.rows), (0, saved as i64), "audit and rows were saved together or not at all");

    std::fs::remove_file(&ballast).unwrap();
    for n in 0..10 {
        db.write(&by, Keys::none(), move |tx| {
            note(tx, &format!("later {n}"))?;
            tx.audit(&Entry::new("uji.note", "uji_catatan", format_args!("later {n}")))
        })
        .unwrap();
    }
    assert_eq!(notes(&db).len(), saved + 10);
    assert_eq!(db.verify_audit(&[], |_| String::new()).unwrap().problems, []);
    drop(db);
    let db = Db::open_sqlite(&small.path().join("praja.db"), &durable()).unwrap();
    assert_eq!(notes(&db).len(), saved + 10, "also after the next start");
}

#[test]
fn one_closure_too_large_for_the_disk_takes_nothing_of_itself_along() {
    let name = "disk::one_closure_too_large_for_the_disk_takes_nothing_of_itself_along";
    let Some(small) = Small::mount() else { return skip(name, "a small file system cannot be mounted here (not root)") };
    let db = Db::open_sqlite(&small.path().join("praja.db"), &durable()).unwrap();
    let by = by(&ids(), Some(1));
    db.migrate(&sets(), &by).unwrap();
    // It swallows every error and goes on, as a careless closure would; the engine has long ended the transaction.
    let outcome: Outcome = db.write(&by, Keys::unaudited(), |tx| {
        for n in 0..4000 {
            let _ = note(tx, &format!("{n} {}", "x".repeat(8000)));
            let _ = tx.savepoint(|tx| note(tx, "small"));
        }
        Ok(())
    });
    assert!(matches!(outcome, Err(StoreError::Full(_) | StoreError::Unavailable(_))), "{outcome:?}");
    assert!(notes(&db).is_empty());
    db.write(&by, Keys::unaudited(), |tx| note(tx, "small")).unwrap();
    assert_eq!(notes(&db), ["small"]);
}
