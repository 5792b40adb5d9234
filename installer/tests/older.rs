//! A program that takes the place of an older one.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::fs;

use common::{box_at_work, free_port, get, praja, run, serving, stop};
use praja_kernel::{IdSource, Moment};
use praja_module::{SystemClock, SystemIds};
use praja_store::{By, Db, Keys, Options, StoreError};

/// The database as the release before left it: without the newest way through the audit trail.
fn make_older(db: &std::path::Path) {
    let db = Db::open_sqlite(db, &Options::default()).unwrap();
    let ids: std::sync::Arc<dyn IdSource> = std::sync::Arc::new(SystemIds::new(std::sync::Arc::new(SystemClock)));
    let by = By::system("uji", Moment(1), ids);
    db.write(&by, Keys::unaudited(), |tx| {
        for sql in ["DROP INDEX store_audit_pada", "DROP INDEX store_audit_pelaku", "DROP INDEX store_audit_tindakan"] {
            tx.exec(sql, &[])?;
        }
        tx.exec("DELETE FROM store_migrasi WHERE nama = '0003-audit-cari.sql'", &[])?;
        tx.record_fact("uji.tersimpan", "ya")?;
        Ok::<_, StoreError>(())
    })
    .unwrap();
}

fn asked(db: &std::path::Path, sql: &'static str) -> i64 {
    Db::open_sqlite(db, &Options::default()).unwrap().read(|tx| tx.scalar(sql, &[])).unwrap()
}

#[test]
fn the_database_of_an_older_program_is_brought_up_to_date_once_and_keeps_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let port = free_port();
    let config = box_at_work(folder.path(), port);
    let db = folder.path().join("praja-box/data/praja.db");
    make_older(&db);
    let mut first = praja(folder.path(), &["serve", "--config", &config]).spawn().unwrap();
    let said = serving(&mut first);
    assert!(said.contains("Basis data disesuaikan dengan versi") && said.contains("1 perubahan tabel"), "{said}");
    assert!(get(port, "/masuk").starts_with("HTTP/1.1 200"));
    stop(first);
    assert_eq!(asked(&db, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'store_audit_pelaku'"), 1);
    assert_eq!(asked(&db, "SELECT COUNT(*) FROM store_fakta WHERE nama = 'uji.tersimpan'"), 1);
    let mut second = praja(folder.path(), &["serve", "--config", &config]).spawn().unwrap();
    let said = serving(&mut second);
    assert!(!said.contains("Basis data disesuaikan"), "{said}");
    stop(second);
}

#[test]
fn a_database_that_is_gone_is_not_made_anew_by_serving() {
    let folder = tempfile::tempdir().unwrap();
    let config = box_at_work(folder.path(), free_port());
    let db = folder.path().join("praja-box/data/praja.db");
    for file in fs::read_dir(db.parent().unwrap()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            fs::remove_file(path).unwrap();
        }
    }
    let (output, text) = run(folder.path(), &["serve", "--config", &config]);
    assert!(!output.status.success(), "{text}");
    let tables = if db.exists() { asked(&db, "SELECT COUNT(*) FROM sqlite_schema") } else { 0 };
    assert_eq!(tables, 0, "{text}");
}
