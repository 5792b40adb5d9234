use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use postgres::fallible_iterator::FallibleIterator;
use postgres::{
    Client, Config, Statement,
    error::SqlState,
    types::{IsNull, ToSql, Type, to_sql_checked},
};

use crate::{Options, Result, Row, ServerTrouble, StoreError, Value, trust, tx::Trouble};

mod address;
mod pool;
mod tls;
pub(crate) use pool::Pool;

/// How many prepared statements a connection keeps; past that they are all forgotten, which is rare and cheap.
const STATEMENTS: usize = 512;
/// How long a server may stay silent before it counts as gone.
const SILENCE: Duration = Duration::from_secs(20);
/// What the server says of a prepared statement whose table another process has rebuilt since.
const STALE: &str = "cached plan must not change result type";
const SESSION: &str = "SET lock_timeout = '5s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s';
    SET client_min_messages = warning; SET jit = off";

/// One connection with the statements it has prepared.
pub(crate) struct PgConn {
    client: Client,
    statements: HashMap<String, Statement>,
    /// It could not be brought back to rest: its locks go only with the connection.
    tainted: bool,
}

pub(crate) struct PgManager {
    config: Config,
    tls: tls::Tls,
    mode: address::Mode,
    plans: bool,
    /// Why the last connection could not be made: the pool itself only keeps words.
    last: Arc<Mutex<Option<StoreError>>>,
}

/// A failure with what it means for the transaction.
pub(crate) struct PgFailure {
    pub(crate) error: StoreError,
    pub(crate) trouble: Option<Trouble>,
}

impl PgFailure {
    /// Leaves the trouble on the transaction and gives the error.
    pub(crate) fn note(self, trouble: &mut Option<Trouble>) -> StoreError {
        if self.trouble.is_some() {
            *trouble = self.trouble;
        }
        self.error
    }
}

impl From<postgres::Error> for PgFailure {
    fn from(e: postgres::Error) -> Self {
        let words = e.as_db_error().map_or_else(|| e.to_string(), |db| format!("{} ({})", db.message(), db.code().code()));
        let (error, trouble) = match e.code() {
            Some(code)
                if [
                    SqlState::T_R_SERIALIZATION_FAILURE,
                    SqlState::T_R_DEADLOCK_DETECTED,
                    SqlState::LOCK_NOT_AVAILABLE,
                    // The table of predicate locks is full: a long write (an import's chunk) keeps the marks of all that
                    // committed meanwhile. They go when it ends; `max_pred_locks_per_transaction` makes room for more.
                    SqlState::OUT_OF_MEMORY,
                ]
                .contains(code) =>
            {
                (StoreError::Busy, Some(Trouble::Retry))
            }
            Some(code) if *code == SqlState::FEATURE_NOT_SUPPORTED && words.starts_with(STALE) => {
                (StoreError::Busy, Some(Trouble::Retry))
            }
            Some(code) if code.code().starts_with("23") => (StoreError::Constraint(words), None),
            Some(code) if ["53", "57", "58"].contains(&&code.code()[..2]) => {
                (StoreError::Unavailable(words), Some(Trouble::Gone))
            }
            Some(_) => (StoreError::Statement(words), None),
            None if e.is_closed() => (StoreError::Unavailable(words), Some(Trouble::Gone)),
            None => (StoreError::Statement(words), None),
        };
        Self { error, trouble }
    }
}

impl From<StoreError> for PgFailure {
    fn from(error: StoreError) -> Self {
        Self { error, trouble: None }
    }
}

impl PgManager {
    pub(crate) fn new(url: &str, options: &Options) -> Result<Self> {
        let (rest, security) = address::split(url)?;
        let mut config: Config = rest.parse().map_err(|e: postgres::Error| ServerTrouble::Address(said(&e)))?;
        config.connect_timeout(Duration::from_secs(2)).application_name("praja").ssl_mode(tls::client_mode(security.mode));
        // With several hosts this finds the leader after a fail-over.
        config.target_session_attrs(postgres::config::TargetSessionAttrs::ReadWrite);
        // A leader that lost its power says no goodbye: without these a caller would wait for it for many minutes.
        config.keepalives_idle(SILENCE / 2).keepalives_interval(SILENCE / 6).keepalives_retries(3);
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        let tls = tls::Tls::new(&security)?;
        Ok(Self { config, tls, mode: security.mode, plans: options.plans.is_some(), last: Arc::default() })
    }

    /// Where the reason of the last failed connection is kept.
    pub(crate) fn last(&self) -> Arc<Mutex<Option<StoreError>>> {
        self.last.clone()
    }

    /// Tries the way to the server once.
    pub(crate) fn probe(&self) -> Result<()> {
        self.tls.was_agreed();
        self.config.connect(self.tls.clone()).map(|_| ()).map_err(|e| self.trouble(&e).into())
    }

    /// Commits a row in a table of its own, reads it back over a second connection, and takes the table away.
    pub(crate) fn prove(&self) -> Result<()> {
        let line = |e: postgres::Error| StoreError::from(self.trouble(&e));
        let told = |e: postgres::Error| PgFailure::from(e).error;
        let mut first = r2d2::ManageConnection::connect(self).map_err(line)?;
        let mut second = r2d2::ManageConnection::connect(self).map_err(line)?;
        let table = format!("praja_uji_{}", std::process::id());
        let write = format!(
            "DROP TABLE IF EXISTS {table}; BEGIN; CREATE TABLE {table} (isi bigint); INSERT INTO {table} VALUES (7); COMMIT"
        );
        let read = format!("SELECT isi FROM {table}");
        first.client.batch_execute(&write).map_err(told)?;
        let kept: Option<i64> = second.client.query_opt(&read, &[]).map_err(told)?.map(|row| row.get(0));
        first.client.batch_execute(&format!("DROP TABLE {table}")).map_err(told)?;
        if kept == Some(7) { Ok(()) } else { Err(StoreError::Corrupt("the server forgot what it committed".to_owned())) }
    }

    /// Why a connection could not be made, by what the server or the line said.
    fn trouble(&self, e: &postgres::Error) -> ServerTrouble {
        let agreed = self.tls.was_agreed();
        if let Some(code) = e.code() {
            return match *code {
                SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => ServerTrouble::Password(said(e)),
                SqlState::INVALID_CATALOG_NAME => ServerTrouble::NoDatabase(said(e)),
                _ => ServerTrouble::Unreachable(said(e)),
            };
        }
        let cause = std::error::Error::source(e);
        if let Some(rustls::Error::InvalidCertificate(why)) = trust::tls_failure(e) {
            return ServerTrouble::Certificate(why.to_string());
        }
        match cause {
            Some(cause) if cause.is::<std::io::Error>() => ServerTrouble::Unreachable(said(e)),
            // The client gives these two as bare words: asked for a password without having one, and a server without TLS.
            Some(cause) if cause.to_string() == "password missing" => ServerTrouble::Password(said(e)),
            Some(_) if !agreed && tls::client_mode(self.mode) == postgres::config::SslMode::Require => ServerTrouble::NoTls,
            _ => ServerTrouble::Unreachable(said(e)),
        }
    }
}

/// An error with its causes, in one line.
fn said(e: &postgres::Error) -> String {
    let mut words = e.to_string();
    let mut cause = std::error::Error::source(e);
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    words
}

impl r2d2::ManageConnection for PgManager {
    type Connection = PgConn;
    type Error = postgres::Error;

    fn connect(&self) -> Result<PgConn, postgres::Error> {
        self.tls.was_agreed();
        let connected = self.config.connect(self.tls.clone());
        let why = connected.as_ref().err().map(|e| self.trouble(e).into());
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = why;
        let mut client = connected?;
        client.batch_execute(SESSION)?;
        if self.plans {
            client.batch_execute("SET enable_seqscan = off")?;
        }
        Ok(PgConn { client, statements: HashMap::new(), tainted: false })
    }

    fn is_valid(&self, conn: &mut PgConn) -> Result<(), postgres::Error> {
        conn.client.batch_execute("")
    }

    fn has_broken(&self, conn: &mut PgConn) -> bool {
        conn.tainted || conn.client.is_closed()
    }
}

impl PgConn {
    /// Begins a write with the advisory locks of `numbers` held, in one round trip.
    ///
    /// The locks come first and in a transaction of their own: a snapshot taken before the lock would be stale.
    pub(crate) fn begin(&mut self, numbers: &[i64]) -> Result<(), PgFailure> {
        use std::fmt::Write;
        let mut sql = String::new();
        if !numbers.is_empty() {
            sql.push_str("BEGIN; ");
            for number in numbers {
                let _ = write!(sql, "SELECT pg_advisory_lock({number}); ");
            }
            sql.push_str("COMMIT; ");
        }
        sql.push_str("BEGIN ISOLATION LEVEL SERIALIZABLE");
        self.batch(&sql)
    }

    pub(crate) fn begin_reading(&mut self) -> Result<(), PgFailure> {
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    /// Saves; then, in the same round trip, gives the locks back.
    pub(crate) fn commit(&mut self, locked: bool) -> Result<(), PgFailure> {
        self.batch(if locked { "COMMIT; SELECT pg_advisory_unlock_all()" } else { "COMMIT" })
    }

    /// Undoes and gives the locks back. A connection on which even this fails is not used again.
    pub(crate) fn rollback(&mut self, locked: bool) {
        let done = self.batch(if locked { "ROLLBACK; SELECT pg_advisory_unlock_all()" } else { "ROLLBACK" });
        self.tainted |= done.is_err();
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), PgFailure> {
        Ok(self.client.batch_execute(sql)?)
    }

    pub(crate) fn forget_statements(&mut self) {
        self.statements.clear();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Hands every row of a statement to `row`. Not generic: hundreds of statements share this one loop.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        params: &[Value],
        row: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<(), PgFailure> {
        let statement = self.prepare(sql)?;
        // Read as they come: a copy of a whole table must not stand in memory.
        let statements = &mut self.statements;
        let mut rows = self.client.query_raw(&statement, params).map_err(|e| failed(statements, e, sql))?;
        while let Some(read) = rows.next().map_err(|e| failed(statements, e, sql))? {
            row(&Row::Pg(&read))?;
        }
        Ok(())
    }

    pub(crate) fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, PgFailure> {
        let statement = self.prepare(sql)?;
        self.client.execute(&statement, &borrow(params)).map_err(|e| failed(&mut self.statements, e, sql))
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, PgFailure> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        let statement = self.client.prepare(&number_marks(sql)).map_err(|e| explain(e, sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn failed(statements: &mut HashMap<String, Statement>, e: postgres::Error, sql: &str) -> PgFailure {
    if e.as_db_error().is_some_and(|db| db.message().starts_with(STALE)) {
        statements.clear();
    }
    explain(e, sql)
}

fn explain(e: postgres::Error, sql: &str) -> PgFailure {
    let mut failure = PgFailure::from(e);
    if let StoreError::Statement(what) = &failure.error {
        failure.error = StoreError::Statement(format!("{what} in: {sql}"));
    }
    failure
}

fn borrow(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// Turns `?1` into `$1`, but not inside quotes.
pub(crate) fn number_marks(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut quote = None;
    for letter in sql.chars() {
        match (quote, letter) {
            (None, '?') => out.push('$'),
            (None, '\'' | '"') => {
                quote = Some(letter);
                out.push(letter);
            }
            (Some(open), same) if open == same => {
                quote = None;
                out.push(same);
            }
            (_, other) => out.push(other),
        }
    }
    out
}

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(i) if *ty == Type::INT4 => i32::try_from(*i)?.to_sql(ty, out),
            Self::Int(i) if *ty == Type::INT8 => i.to_sql(ty, out),
            Self::Real(f) if *ty == Type::FLOAT8 => f.to_sql(ty, out),
            Self::Text(t) if <&str as ToSql>::accepts(ty) => t.to_sql(ty, out),
            Self::Blob(b) if *ty == Type::BYTEA => b.to_sql(ty, out),
            Self::Bool(b) if *ty == Type::BOOL => b.to_sql(ty, out),
            other => Err(format!("a value {other:?} was bound where PostgreSQL wants {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::number_marks;

    #[test]
    fn marks_inside_quotes_stay_as_they_are() {
        assert_eq!(
            number_marks("SELECT '?1', \"a?\" FROM t WHERE a = ?1 AND b = ?12"),
            "SELECT '?1', \"a?\" FROM t WHERE a = $1 AND b = $12"
        );
    }
}
