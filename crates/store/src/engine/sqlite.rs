use std::{
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, mpsc},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig};

use crate::{Options, Result, Row, StoreError, Value, engine::sqlite::writer::Submit};

mod writer;
pub(crate) use writer::{Ran, WriteJob};

/// How long a connection waits for another process (a backup tool, `praja status`) that holds the file.
const BUSY: Duration = Duration::from_secs(5);

pub(crate) struct Sqlite {
    path: PathBuf,
    writer: Submit,
    readers: Readers,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, options: &Options, shared: std::sync::Arc<crate::db::Shared>) -> Result<Self> {
        make_private(path)?;
        let writing = connect(path, options, false)?;
        let readers = (0..options.readers.max(1)).map(|_| connect(path, options, true)).collect::<Result<Vec<_>>>()?;
        Ok(Self { path: path.to_owned(), writer: Submit::start(writing, shared)?, readers: Readers::new(readers) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn submit(&self, job: Box<dyn WriteJob>) -> Result<(), Box<dyn WriteJob>> {
        self.writer.send(job)
    }

    /// Lends a reader; waits while all are lent.
    pub(crate) fn read<T>(&self, body: impl FnOnce(&Connection) -> T) -> T {
        let conn = self.readers.take();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(&conn)));
        if !conn.is_autocommit() {
            // A reader that stays inside a transaction would hold an old snapshot and stop checkpoints.
            drop(conn.execute_batch("ROLLBACK"));
        }
        self.readers.give(conn);
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// A new file is readable by its owner only: it holds people's data. SQLite gives its WAL the same rights.
fn make_private(path: &Path) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let made = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path);
    made.map(|_| ()).map_err(|e| StoreError::file(path, &e))
}

struct Readers {
    idle: Mutex<Vec<Connection>>,
    back: Condvar,
}

impl Readers {
    fn new(idle: Vec<Connection>) -> Self {
        Self { idle: Mutex::new(idle), back: Condvar::new() }
    }

    fn take(&self) -> Connection {
        let mut idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        loop {
            match idle.pop() {
                Some(conn) => return conn,
                None => idle = self.back.wait(idle).unwrap_or_else(std::sync::PoisonError::into_inner),
            }
        }
    }

    fn give(&self, conn: Connection) {
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(conn);
        self.back.notify_one();
    }
}

fn connect(path: &Path, options: &Options, reading: bool) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, OpenFlags::default()).map_err(error)?;
    conn.busy_timeout(BUSY).map_err(error)?;
    conn.set_prepared_statement_cache_capacity(256);
    // Without this promise the planner looks at the values bound to LIMIT and plans every statement anew each time it is run, which
    // was a fifth of the cost of a list. With it a plan depends on the statement alone, as the tests of plans take for granted.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;
    let synchronous = if options.durable { "FULL" } else { "OFF" };
    let pragmas = format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -{}; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;",
        options.cache_kib
    );
    conn.execute_batch(&pragmas).map_err(error)?;
    if reading {
        conn.execute_batch("PRAGMA query_only = ON").map_err(error)?;
    }
    Ok(conn)
}

/// Hands every row of a statement to `row`. Not generic: hundreds of statements share this one loop.
pub(crate) fn each(conn: &Connection, sql: &str, params: &[Value], row: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut statement = conn.prepare_cached(sql).map_err(|e| explain(e, sql))?;
    let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(|e| explain(e, sql))?;
    while let Some(read) = rows.next().map_err(|e| explain(e, sql))? {
        row(&Row::Sqlite(read))?;
    }
    Ok(())
}

pub(crate) fn exec(conn: &Connection, sql: &str, params: &[Value]) -> Result<u64> {
    let mut statement = conn.prepare_cached(sql).map_err(|e| explain(e, sql))?;
    let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(|e| explain(e, sql))?;
    Ok(changed as u64)
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef as Lite};
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => Lite::Null,
            Self::Int(i) => Lite::Integer(*i),
            Self::Real(f) => Lite::Real(*f),
            Self::Text(t) => Lite::Text(t.as_bytes()),
            Self::Blob(b) => Lite::Blob(b),
            Self::Bool(b) => Lite::Integer((*b).into()),
        }))
    }
}

pub(crate) fn error(e: rusqlite::Error) -> StoreError {
    match e.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StoreError::Constraint(e.to_string()),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DiskFull) => StoreError::Full(e.to_string()),
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory
            | ErrorCode::PermissionDenied,
        ) => StoreError::Unavailable(e.to_string()),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(e.to_string()),
        _ => StoreError::Statement(e.to_string()),
    }
}

fn explain(e: rusqlite::Error, sql: &str) -> StoreError {
    match error(e) {
        StoreError::Statement(what) => StoreError::Statement(format!("{what} in: {sql}")),
        other => other,
    }
}

pub(crate) type Reply<T> = mpsc::SyncSender<T>;

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::{Options, connect};

    #[test]
    fn a_statement_is_planned_once_however_many_rows_are_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let conn = connect(&folder.path().join("uji.db"), &Options::default(), false).unwrap();
        conn.execute_batch("CREATE TABLE store_uji (id INTEGER PRIMARY KEY)").unwrap();
        let sql = "SELECT id FROM store_uji ORDER BY id LIMIT ?1";
        for limit in 1..=20_i64 {
            let mut statement = conn.prepare_cached(sql).unwrap();
            assert!(statement.query([limit]).unwrap().next().unwrap().is_none());
        }
        assert_eq!(conn.prepare_cached(sql).unwrap().get_status(StatementStatus::RePrepare), 0);
    }
}
