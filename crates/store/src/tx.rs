use praja_kernel::{Id, Moment};

use crate::{
    By, FromValue, Key, Plan, PlanLog, Result, Row, StoreError, Value,
    db::Shared,
    engine::{pg::PgConn, sqlite},
};

/// Which engine is below. Only `store` may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// PostgreSQL or what speaks its protocol.
    Postgres,
}

pub(crate) enum Conn<'a> {
    Sqlite(&'a rusqlite::Connection),
    Pg(&'a mut PgConn),
}

/// What happened to the engine below while the closure ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A collision with another transaction: run the closure again.
    Retry,
    /// The connection or the outer transaction is gone.
    Gone,
}

/// One transaction: statements run in it, and what it changes is saved together or not at all.
pub struct Tx<'a> {
    conn: Conn<'a>,
    by: Option<&'a By>,
    keys: &'a [Key],
    shared: &'a Shared,
    pub(crate) trouble: Option<Trouble>,
    /// A statement failed and its changes were not undone by a savepoint: PostgreSQL refuses everything that follows.
    spoiled: bool,
    pub(crate) keep: bool,
    depth: u32,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: Conn<'a>, by: Option<&'a By>, keys: &'a [Key], shared: &'a Shared) -> Self {
        Self { conn, by, keys, shared, trouble: None, spoiled: false, keep: false, depth: 0 }
    }

    /// Which engine runs this transaction.
    pub(crate) fn engine(&self) -> Engine {
        match self.conn {
            Conn::Sqlite(_) => Engine::Sqlite,
            Conn::Pg(_) => Engine::Postgres,
        }
    }

    pub(crate) fn shared(&self) -> &'a Shared {
        self.shared
    }

    /// Who writes. Reads have nobody.
    ///
    /// # Errors
    /// In a read.
    pub fn by(&self) -> Result<&'a By> {
        self.by.ok_or_else(|| StoreError::Statement("this transaction only reads".into()))
    }

    /// When this write happens, by the Instance's clock.
    ///
    /// # Errors
    /// In a read.
    pub fn now(&self) -> Result<Moment> {
        Ok(self.by()?.at)
    }

    /// A new identity from the Instance's source.
    ///
    /// # Errors
    /// In a read.
    pub fn new_id(&self) -> Result<Id> {
        Ok(self.by()?.ids.next_id())
    }

    /// Does this write hold `key`? A closure that touches a contended thing without its key would pass on SQLite and collide on
    /// PostgreSQL, so it is refused on both.
    ///
    /// # Errors
    /// When the key was not given to `write`.
    pub fn require_key(&self, key: &Key) -> Result<()> {
        if self.keys.contains(key) {
            return Ok(());
        }
        Err(StoreError::Statement(format!("{key:?} must be among the keys of this write")))
    }

    /// Reads every row of a statement with `?1` marks.
    pub fn list<T>(&mut self, sql: &'static str, params: &[Value], map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        self.list_text(sql, params, map)
    }

    /// Reads the first row, if there is one.
    pub fn opt<T>(&mut self, sql: &'static str, params: &[Value], map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Option<T>> {
        Ok(self.list_text(sql, params, map)?.into_iter().next())
    }

    /// Reads the first row, which must be there.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn one<T>(&mut self, sql: &'static str, params: &[Value], map: impl FnMut(&Row<'_>) -> Result<T>) -> Result<T> {
        self.opt(sql, params, map)?.ok_or(StoreError::Missing)
    }

    /// Reads the first column of the first row, which must be there.
    pub fn scalar<T: FromValue>(&mut self, sql: &'static str, params: &[Value]) -> Result<T> {
        self.one(sql, params, |row| row.get(0))
    }

    /// Runs a statement and gives the number of rows it changed.
    pub fn exec(&mut self, sql: &'static str, params: &[Value]) -> Result<u64> {
        self.exec_text(sql, params)
    }

    /// Runs `body`; when it fails, its changes are undone and the transaction goes on. A failed statement spoils the whole
    /// transaction (PostgreSQL's rule, kept on both engines), so whatever may fail and is meant to be survived stands in here.
    pub fn savepoint<T, E: From<StoreError>>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let name = format!("sp{}", self.depth + 1);
        self.batch(&format!("SAVEPOINT {name}"))?;
        self.depth += 1;
        let outcome = body(self);
        self.depth -= 1;
        match outcome {
            Ok(value) => {
                self.batch(&format!("RELEASE SAVEPOINT {name}"))?;
                Ok(value)
            }
            Err(e) => {
                if self.trouble.is_none() {
                    self.spoiled = false;
                    self.batch(&format!("ROLLBACK TO SAVEPOINT {name}; RELEASE SAVEPOINT {name}"))?;
                }
                Err(e)
            }
        }
    }

    /// Ends a closure with a refusal whose traces must stay: a counted failed log-in, the audit row of the refusal itself.
    /// Not from inside [`Tx::savepoint`], which would undo them.
    pub fn commit_and_refuse<T, E>(&mut self, refusal: E) -> Result<T, E> {
        self.keep = true;
        Err(refusal)
    }

    pub(crate) fn list_text<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.each(sql, params, &mut |row| {
            all.push(map(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Hands every row of a statement to `take`: what stands in here is compiled once, not once for each statement of the house.
    fn each(&mut self, sql: &str, params: &[Value], take: &mut dyn FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
        self.check()?;
        if let Some(log) = &self.shared.plans {
            self.explain(&log.clone(), sql, params)?;
        }
        // A row the caller could not read is no failure of the engine.
        let mut unread = false;
        let mut row = |row: &Row<'_>| take(row).inspect_err(|_| unread = true);
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::each(conn, sql, params, &mut row),
            Conn::Pg(conn) => conn.each(sql, params, &mut row).map_err(|e| e.note(&mut self.trouble)),
        };
        if unread { outcome } else { self.noted(outcome) }
    }

    pub(crate) fn exec_text(&mut self, sql: &str, params: &[Value]) -> Result<u64> {
        self.check()?;
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::exec(conn, sql, params),
            Conn::Pg(conn) => conn.exec(sql, params).map_err(|e| e.note(&mut self.trouble)),
        };
        self.noted(outcome)
    }

    /// Runs statements without values, as they are: migrations and savepoints only.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        self.check()?;
        let outcome = match &mut self.conn {
            Conn::Sqlite(conn) => conn.execute_batch(sql).map_err(sqlite::error),
            Conn::Pg(conn) => conn.batch(sql).map_err(|e| e.note(&mut self.trouble)),
        };
        self.noted(outcome)
    }

    /// What was prepared before a column changed its type cannot be run after it, not even once more in the same transaction.
    pub(crate) fn forget_statements(&mut self) {
        if let Conn::Pg(conn) = &mut self.conn {
            conn.forget_statements();
        }
    }

    /// May what the closure did be saved, when it ends well or with [`Tx::commit_and_refuse`]?
    ///
    /// PostgreSQL answers COMMIT of a spoiled transaction with a silent ROLLBACK: the caller would be told of a success that
    /// never was. SQLite would save the rest. Both are refused alike.
    pub(crate) fn saveable(&self) -> Result<()> {
        self.check()
    }

    /// Once a statement failed nothing more may run here. After SQLite itself ended the transaction, the next statement would
    /// even be saved on its own.
    fn check(&self) -> Result<()> {
        match self.trouble {
            Some(Trouble::Retry) => Err(StoreError::Busy),
            Some(Trouble::Gone) => Err(StoreError::Unavailable("the transaction is gone".into())),
            None if self.spoiled => {
                Err(StoreError::Statement("an earlier statement of this transaction failed outside a savepoint".into()))
            }
            None => Ok(()),
        }
    }

    fn noted<T>(&mut self, outcome: Result<T>) -> Result<T> {
        if outcome.is_err() {
            self.spoiled = true;
            if let Conn::Sqlite(conn) = &self.conn
                && conn.is_autocommit()
            {
                self.trouble = Some(Trouble::Gone);
            }
        }
        outcome
    }

    fn explain(&mut self, log: &PlanLog, sql: &str, params: &[Value]) -> Result<()> {
        let reads = ["SELECT", "WITH"].iter().any(|word| sql.trim_start().starts_with(word));
        if !reads || log.knows(sql) {
            return Ok(());
        }
        let mut lines: Vec<String> = Vec::new();
        let column = if matches!(self.conn, Conn::Sqlite(_)) { 3 } else { 0 };
        let mut line = |row: &Row<'_>| {
            lines.push(row.get(column)?);
            Ok(())
        };
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::each(conn, &format!("EXPLAIN QUERY PLAN {sql}"), params, &mut line)?,
            Conn::Pg(conn) => {
                conn.each(&format!("EXPLAIN {sql}"), params, &mut line).map_err(|e| e.note(&mut self.trouble))?;
            }
        }
        log.add(Plan { sql: sql.to_owned(), lines });
        Ok(())
    }
}
