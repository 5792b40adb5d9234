//! A file as a whole, and its tables one by one: other connections keep the file open.

use std::{path::Path, time::Duration};

use rusqlite::Connection;

fn open(path: &Path) -> Connection {
    let conn = Connection::open(path).expect("the database opens");
    conn.busy_timeout(Duration::from_secs(5)).expect("it waits");
    conn
}

pub(super) fn copy(from: &Path, to: &Path) {
    let conn = open(from);
    // Brings into the file itself what stands beside it.
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).expect("a checkpoint is made");
    assert_eq!(busy, 0, "somebody is reading or writing");
    std::fs::copy(from, to).expect("there is room for a copy");
}

/// Tables of the same shape, the one put back empty, are copied as they lie, with their indexes.
pub(super) fn put_back(from: &Path, to: &Path) {
    let conn = open(to);
    conn.execute("ATTACH ?1 AS ingat", [from.to_string_lossy()]).expect("the copy opens");
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN IMMEDIATE").expect("nobody else is writing");
    for table in tables(&conn) {
        conn.execute_batch(&format!("DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM ingat.{table}"))
            .unwrap_or_else(|e| panic!("{table} is not put back: {e}"));
    }
    conn.execute_batch("COMMIT").expect("it is as it was");
}

/// The full-text index is kept in tables of its own, which come along.
fn tables(conn: &Connection) -> Vec<String> {
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
        AND sql NOT LIKE 'CREATE VIRTUAL%'";
    let mut statement = conn.prepare(sql).expect("the schema is read");
    let names = statement.query_map([], |row| row.get(0)).expect("the schema is read");
    names.collect::<Result<_, _>>().expect("the schema is read")
}

pub(super) fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        // The folder may have gone with its database.
        drop(std::fs::remove_file(name));
    }
}
