//! What one transaction may rely on.

use std::sync::{
    Arc, Barrier,
    atomic::{AtomicBool, AtomicUsize, Ordering},
    mpsc,
};

use praja_store::{Key, Keys, Sql, StoreError, Value, audit::Entry, params};

use crate::support::{Outcome, beds, note, notes, postgres};

/// What a module's closure answers with.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("ditolak")]
    Rule,
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[test]
fn a_panic_a_refusal_and_a_kept_refusal_touch_nobody_else_in_the_group() {
    for bed in beds() {
        // Somebody holds the writer until all others have queued up behind, so that they share one commit on SQLite.
        let (queued, wait) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(13)));
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let (hold, by) = (queued.clone(), bed.by(Some(1)));
            let db = &bed.db;
            let first = AtomicBool::new(true);
            scope.spawn(move || {
                db.write(&by, Keys::unaudited(), move |_| {
                    if first.swap(false, Ordering::SeqCst) {
                        hold.wait();
                    }
                    Outcome::Ok(())
                })
            });
            let others: Vec<_> = (0..12)
                .map(|n| {
                    let (wait, bed) = (wait.clone(), &bed);
                    scope.spawn(move || {
                        wait.wait();
                        bed.db.write(&bed.by(Some(1)), Keys::unaudited(), move |tx| {
                            note(tx, &format!("{n:02}"))?;
                            match n % 4 {
                                0 => panic!("caller {n} falls"),
                                1 => Err(Refused::Rule),
                                2 => tx.commit_and_refuse(Refused::Rule),
                                _ => Ok(n),
                            }
                        })
                    })
                })
                .collect();
            wait.wait();
            std::thread::sleep(std::time::Duration::from_millis(50));
            queued.wait();
            others.into_iter().map(|other| other.join().unwrap()).collect()
        });
        for (n, outcome) in outcomes.iter().enumerate() {
            match n % 4 {
                0 => assert!(matches!(outcome, Err(Refused::Store(StoreError::Panicked(_)))), "{n}: {outcome:?}"),
                1 | 2 => assert!(matches!(outcome, Err(Refused::Rule)), "{n}: {outcome:?}"),
                _ => assert!(matches!(outcome, Ok(m) if *m == n), "{n}: {outcome:?}"),
            }
        }
        assert_eq!(notes(&bed.db), ["02", "03", "06", "07", "10", "11"], "{}", bed.name());
    }
}

#[test]
fn a_panic_after_a_kept_refusal_keeps_nothing() {
    for bed in beds() {
        let outcome = bed.db.write(&bed.by(None), Keys::unaudited(), |tx| {
            note(tx, "x")?;
            let _: Result<(), Refused> = tx.commit_and_refuse(Refused::Rule);
            if tx.now().is_ok() {
                panic!("after all");
            }
            Err::<(), _>(Refused::Rule)
        });
        assert!(matches!(outcome, Err(Refused::Store(StoreError::Panicked(_)))));
        assert!(notes(&bed.db).is_empty());
    }
}

#[test]
fn a_failed_statement_that_the_closure_swallowed_never_counts_as_saved() {
    for bed in beds() {
        let outcome: Outcome = bed.db.write(&bed.by(None), Keys::unaudited(), |tx| {
            note(tx, "before")?;
            let failed = tx.exec("INSERT INTO uji_register (id, terakhir) VALUES ('x', NULL)", &[]);
            assert!(matches!(failed, Err(StoreError::Constraint(_))));
            Ok(())
        });
        assert!(outcome.is_err(), "{}", bed.name());
        assert!(notes(&bed.db).is_empty());
        bed.db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                note(tx, "before")?;
                let failed = tx.savepoint(|tx| {
                    note(tx, "inside")?;
                    tx.exec("INSERT INTO uji_register (id, terakhir) VALUES ('x', NULL)", &[])
                });
                assert!(matches!(failed, Err(StoreError::Constraint(_))));
                note(tx, "after")
            })
            .unwrap();
        assert_eq!(notes(&bed.db), ["after", "before"]);
    }
}

#[test]
fn a_row_that_cannot_be_read_does_not_spoil_the_transaction() {
    for bed in beds() {
        bed.db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                note(tx, "bukan angka")?;
                let read = tx.scalar::<i64>("SELECT isi FROM uji_catatan", &[]);
                assert!(matches!(read, Err(StoreError::Statement(_))));
                note(tx, "sesudah")
            })
            .unwrap();
        assert_eq!(notes(&bed.db).len(), 2);
    }
}

#[test]
fn two_writes_that_each_read_what_the_other_writes_cannot_both_hold() {
    let Some(bed) = postgres("transactions::two_writes_that_each_read_what_the_other_writes_cannot_both_hold") else { return };
    // Two doctors on call; each may go home only while the other stays.
    bed.db.write(&bed.by(None), Keys::unaudited(), |tx| note(tx, "a").and_then(|_| note(tx, "b")).map(|_| ())).unwrap();
    let (both, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicUsize::new(0)));
    let outcomes: Vec<Result<(), Refused>> = std::thread::scope(|scope| {
        let go_home = |mine: &'static str| {
            let (both, runs, bed) = (both.clone(), runs.clone(), &bed);
            let first = AtomicBool::new(true);
            scope.spawn(move || {
                bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    let on_call: i64 = tx.scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM uji_catatan", &[])?;
                    if first.swap(false, Ordering::SeqCst) {
                        // Both have read before either writes.
                        both.wait();
                    }
                    if on_call < 2 {
                        return Err(Refused::Rule);
                    }
                    tx.exec("DELETE FROM uji_catatan WHERE isi = ?1", params![mine])?;
                    Ok(())
                })
            })
        };
        let (a, b) = (go_home("a"), go_home("b"));
        vec![a.join().unwrap(), b.join().unwrap()]
    });
    assert_eq!(notes(&bed.db).len(), 1, "one stayed");
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert!(
        outcomes.iter().any(|outcome| matches!(outcome, Err(Refused::Rule))),
        "the other saw the first's row and was refused"
    );
    assert!(runs.load(Ordering::SeqCst) >= 3, "one of them ran again");
}

#[test]
fn whoever_was_answered_is_seen_by_every_other_connection() {
    for bed in beds() {
        let other = bed.again();
        for n in 0..100 {
            let isi = format!("{n:03}");
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| note(tx, &isi)).unwrap();
            assert_eq!(notes(&other).len(), n + 1);
        }
    }
}

#[test]
fn a_reader_sees_one_moment_while_others_write() {
    for bed in beds() {
        let (begun, go_on) = (mpsc::channel(), mpsc::channel());
        std::thread::scope(|scope| {
            let db = &bed.db;
            let reader = scope.spawn(move || {
                db.read(|tx| {
                    let before: i64 = tx.scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM uji_catatan", &[])?;
                    begun.0.send(()).unwrap();
                    go_on.1.recv().unwrap();
                    let after: i64 = tx.scalar("SELECT CAST(COUNT(*) AS BIGINT) FROM uji_catatan", &[])?;
                    Outcome::Ok((before, after))
                })
            });
            begun.1.recv().unwrap();
            bed.db.write(&bed.by(None), Keys::unaudited(), |tx| note(tx, "baru")).unwrap();
            go_on.0.send(()).unwrap();
            assert_eq!(reader.join().unwrap().unwrap(), (0, 0));
        });
        assert_eq!(notes(&bed.db).len(), 1);
    }
}

#[test]
fn a_read_changes_nothing_and_has_nobody() {
    for bed in beds() {
        assert!(bed.db.read(|tx| tx.exec("INSERT INTO uji_catatan (id, isi) VALUES ('1', 'x')", &[])).is_err());
        assert!(bed.db.read(|tx| tx.audit(&Entry::new("uji.x", "uji_catatan", 1))).is_err());
        assert!(notes(&bed.db).is_empty());
        assert!(bed.db.read(|tx| tx.now()).is_err());
    }
}

#[test]
fn an_audit_row_without_the_chains_key_is_refused_on_both_engines() {
    for bed in beds() {
        let audited = |keys| bed.db.write(&bed.by(Some(1)), keys, |tx| tx.audit(&Entry::new("uji.x", "uji_catatan", 1)));
        assert!(matches!(audited(Keys::unaudited()), Err(StoreError::Statement(_))));
        audited(Keys::none()).unwrap();
        let needs = |keys| bed.db.write(&bed.by(None), keys, |tx| tx.require_key(&Key::new("uji_register", 7)));
        assert!(needs(Keys::none()).is_err());
        needs(Keys::of([Key::new("uji_register", 7)])).unwrap();
    }
}

#[test]
fn a_write_inside_a_write_is_refused_instead_of_waiting_for_itself() {
    for bed in beds() {
        let (db, by) = (bed.db.clone(), bed.by(None));
        let outcome: Outcome = bed
            .db
            .write(&bed.by(None), Keys::unaudited(), move |_| db.write(&by, Keys::unaudited(), |tx| note(tx, "x")).map(|_| ()));
        assert!(matches!(outcome, Err(StoreError::Statement(_))));
        bed.db.write(&bed.by(None), Keys::unaudited(), |tx| note(tx, "y")).unwrap();
    }
}

#[test]
fn a_closure_may_hold_the_last_handle_of_its_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("praja.db");
    let db = praja_store::Db::open_sqlite(&path, &crate::support::quick()).unwrap();
    let by = crate::support::by(&crate::support::ids(), None);
    db.migrate(&crate::support::sets(), &by).unwrap();
    for _ in 0..50 {
        let (held, opened) = (db.clone(), praja_store::Db::open_sqlite(&path, &crate::support::quick()).unwrap());
        let inner = opened.clone();
        opened
            .write(&by, Keys::unaudited(), move |_| {
                let _kept_alive = (&held, &inner);
                Outcome::Ok(())
            })
            .unwrap();
        drop(opened);
    }
    db.write(&by, Keys::unaudited(), |tx| note(tx, "still here")).unwrap();
}

#[test]
fn a_statement_is_refused_when_marks_and_values_differ() {
    for bed in beds() {
        let mut few = Sql::new("SELECT isi FROM uji_catatan");
        few.filter("isi = ?").filter("id = ?").bind("x");
        let read = bed.db.read(|tx| few.list(tx, |row| row.get::<String>(0)));
        assert!(matches!(read, Err(StoreError::Statement(_))));
    }
}

#[test]
fn an_empty_list_matches_nothing_and_percent_signs_are_letters() {
    for bed in beds() {
        for isi in ["100%", "1000", "50_a", "50xa"] {
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| note(tx, isi)).unwrap();
        }
        let find = |build: &dyn Fn(&mut Sql) -> &mut Sql| {
            let mut sql = Sql::new("SELECT isi FROM uji_catatan");
            build(&mut sql);
            sql.push("ORDER BY isi");
            bed.db.read(|tx| sql.list(tx, |row| row.get::<String>(0))).unwrap()
        };
        assert!(find(&|sql| sql.filter_in("isi", Vec::<Value>::new())).is_empty());
        assert_eq!(find(&|sql| sql.filter_in("isi", ["1000", "50xa", "?"])), ["1000", "50xa"]);
        let like = |wanted: &str| {
            let pattern = format!("{}%", praja_kernel::escape_like(wanted));
            find(&|sql| sql.filter("isi LIKE ? ESCAPE '!'").bind(pattern.as_str()))
        };
        assert_eq!(like("100%"), ["100%"]);
        assert_eq!(like("50_"), ["50_a"]);
    }
}

#[test]
fn every_kind_of_value_comes_back_as_it_went_in() {
    for bed in beds() {
        let set = praja_store::MigrationSet {
            owner: "nilai",
            files: vec![praja_store::Migration {
                name: "0001-nilai.sql",
                sql: "CREATE TABLE nilai_semua (id BIGINT PRIMARY KEY, i BIGINT, r DOUBLE PRECISION, t TEXT, b BYTEA, ok BOOLEAN)",
            }],
        };
        bed.db.migrate(&[crate::support::sets(), vec![set]].concat(), &bed.by(None)).unwrap();
        bed.db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                tx.exec(
                    "INSERT INTO nilai_semua (id, i, r, t, b, ok) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                    params![i64::MIN, 0.1, "Ngada — ‘Bajawa’", vec![0_u8, 255], true],
                )?;
                let nothing = || Value::Null;
                tx.exec(
                    "INSERT INTO nilai_semua (id, i, r, t, b, ok) VALUES (2, ?1, ?2, ?3, ?4, ?5)",
                    params![nothing(), nothing(), nothing(), nothing(), nothing()],
                )
            })
            .unwrap();
        let rows = bed.db.read(|tx| {
            tx.list("SELECT i, r, t, b, ok FROM nilai_semua ORDER BY id", &[], |row| {
                Ok((
                    row.get::<Option<i64>>(0)?,
                    row.get::<Option<f64>>(1)?,
                    row.get::<Option<String>>(2)?,
                    row.get::<Option<Vec<u8>>>(3)?,
                    row.get::<Option<bool>>(4)?,
                ))
            })
        });
        let full = (Some(i64::MIN), Some(0.1), Some("Ngada — ‘Bajawa’".to_owned()), Some(vec![0, 255]), Some(true));
        assert_eq!(rows.unwrap(), [full, (None, None, None, None, None)]);
    }
}
