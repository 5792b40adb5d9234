use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use praja_kernel::{Actor, Id, IdSource, Moment, Scope};

use crate::{
    Key, Keys, PlanLog, Result, StoreError,
    engine::{
        pg,
        sqlite::{self, Ran, Reply, Sqlite, WriteJob},
    },
    tx::{Conn, Engine, Tx},
};

/// How a database is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Read-only connections (SQLite), or the whole pool (PostgreSQL).
    pub readers: usize,
    /// Page cache of each SQLite connection, in KiB.
    pub cache_kib: usize,
    /// `false` gives up durability for speed: tests and scratch copies only.
    pub durable: bool,
    /// Collects query plans (tests).
    pub plans: Option<PlanLog>,
    /// Lets a closure hold the writer for longer than a second in a debug build: the loader of demo data and migrations.
    pub patient: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { readers: 4, cache_kib: 8192, durable: true, plans: None, patient: false }
    }
}

/// Who writes, when, and where new identities come from.
#[derive(Clone)]
pub struct By {
    /// Who acts.
    pub actor: Actor,
    /// The jabatan acted for, as shown at the time.
    pub jabatan: Option<String>,
    /// The OPD acted for; its audit chain takes the row. Without one the row goes to the chain `umum`.
    pub opd: Option<Id>,
    /// When, by the Instance's clock.
    pub at: Moment,
    /// The Instance's source of identities.
    pub ids: Arc<dyn IdSource>,
}

impl By {
    /// Praja itself acts.
    pub fn system(tugas: &str, at: Moment, ids: Arc<dyn IdSource>) -> Self {
        Self::scope(&Scope::system(tugas), at, ids)
    }

    /// Whoever the guard found acts.
    pub fn scope(scope: &Scope, at: Moment, ids: Arc<dyn IdSource>) -> Self {
        Self {
            actor: scope.actor.clone(),
            jabatan: scope.acting.as_ref().map(|acting| acting.nama.clone()),
            opd: scope.opd(),
            at,
            ids,
        }
    }

    /// The audit chain of this writer: the OPD's identity, or `umum`.
    pub fn chain(&self) -> String {
        self.opd.map_or_else(|| "umum".to_owned(), |opd| opd.to_string())
    }
}

/// What every transaction of one database shares.
pub(crate) struct Shared {
    pub(crate) plans: Option<PlanLog>,
    pub(crate) patient: bool,
    pub(crate) subscribers: std::sync::RwLock<Vec<(String, &'static str)>>,
    pub(crate) writes: std::sync::atomic::AtomicU64,
}

enum Backend {
    Sqlite(Sqlite),
    Pg(pg::Pool),
}

struct Inner {
    backend: Backend,
    shared: Arc<Shared>,
    /// A scratch folder that goes with the database.
    scratch: Option<tempfile::TempDir>,
}

/// A database, SQLite or PostgreSQL. Cloning gives another handle to the same one. All calls block: keep them off async threads.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

impl Db {
    /// Opens or creates an SQLite file.
    pub fn open_sqlite(path: &Path, options: &Options) -> Result<Self> {
        Self::sqlite_in(path, options, None)
    }

    /// A database that lives in memory (or the temporary folder) and disappears with its last handle: tests and rehearsals.
    pub fn scratch(options: &Options) -> Result<Self> {
        let shm = PathBuf::from("/dev/shm");
        let folder = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() };
        let folder = folder.map_err(|e| StoreError::Unavailable(e.to_string()))?;
        let path = folder.path().join("praja.db");
        Self::sqlite_in(&path, &Options { durable: false, ..options.clone() }, Some(folder))
    }

    /// Connects to PostgreSQL; the URL may name several hosts. Call it off the async threads.
    pub fn open_postgres(url: &str, options: &Options) -> Result<Self> {
        let pool = pg::Pool::open(url, options)?;
        Ok(Self(Arc::new(Inner { backend: Backend::Pg(pool), shared: shared(options), scratch: None })))
    }

    fn sqlite_in(path: &Path, options: &Options, scratch: Option<tempfile::TempDir>) -> Result<Self> {
        let shared = shared(options);
        let backend = Backend::Sqlite(Sqlite::open(path, options, shared.clone())?);
        Ok(Self(Arc::new(Inner { backend, shared, scratch })))
    }

    /// Which engine is below.
    pub fn engine(&self) -> Engine {
        match self.0.backend {
            Backend::Sqlite(_) => Engine::Sqlite,
            Backend::Pg(_) => Engine::Postgres,
        }
    }

    /// The SQLite file; PostgreSQL has none.
    pub fn path(&self) -> Option<&Path> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => Some(sqlite.path()),
            Backend::Pg(_) => None,
        }
    }

    /// Is this a scratch database that disappears with its last handle?
    pub fn is_scratch(&self) -> bool {
        self.0.scratch.is_some()
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// Runs `body` in one transaction with the contended `keys` held, and answers only when what it did is on disk.
    ///
    /// `body` may run several times (collisions on PostgreSQL), so it changes nothing but the database. An `Err` undoes
    /// everything it did, unless it ends with [`Tx::commit_and_refuse`]. A write inside `body` is refused.
    pub fn write<T, E>(&self, by: &By, keys: Keys, body: impl Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        if WRITING.get() {
            return Err(StoreError::Statement("a write inside a write would wait for itself".into()).into());
        }
        let kept = Arc::new(Mutex::new(None));
        let keeps = kept.clone();
        let run = move |tx: &mut Tx<'_>| {
            let outcome = body(tx);
            let good = outcome.is_ok();
            *keeps.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            good
        };
        self.write_kept(by, keys, Box::new(run))?;
        let outcome = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome.unwrap_or_else(|| Err(never_ran().into()))
    }

    /// [`Db::write`] compiled once for the whole house: the closure keeps its outcome itself and says whether it is good.
    fn write_kept(&self, by: &By, keys: Keys, run: Run) -> Result<()> {
        self.0.shared.writes.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let keys = keys.settle(&by.chain());
        match &self.0.backend {
            Backend::Sqlite(sqlite) => write_sqlite(sqlite, by, keys, run),
            Backend::Pg(pool) => pool.write(&self.0.shared, by, &keys, &*run),
        }
    }

    /// How many writes were asked for through this handle and its clones: tells a rush from a quiet hour.
    pub fn writes(&self) -> u64 {
        self.0.shared.writes.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Runs `body` on one consistent snapshot, without the right to change anything.
    pub fn read<T, E: From<StoreError>>(&self, body: impl Fn(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut outcome = None;
        self.read_kept(&mut |tx| outcome = Some(body(tx)))?;
        outcome.unwrap_or_else(|| Err(never_ran().into()))
    }

    /// [`Db::read`] compiled once for the whole house.
    fn read_kept(&self, run: &mut dyn FnMut(&mut Tx<'_>)) -> Result<()> {
        match &self.0.backend {
            Backend::Sqlite(engine) => engine.read(|conn| {
                sqlite::exec(conn, "BEGIN", &[])?;
                run(&mut Tx::new(Conn::Sqlite(conn), None, &[], &self.0.shared));
                sqlite::exec(conn, "COMMIT", &[]).map(|_| ())
            }),
            Backend::Pg(pool) => pool.read(&self.0.shared, run),
        }
    }

    /// Lends a bare SQLite reader outside a transaction, for what cannot run inside one.
    pub(crate) fn on_reader<T>(&self, body: impl FnOnce(&rusqlite::Connection) -> Result<T>) -> Result<T> {
        match &self.0.backend {
            Backend::Sqlite(sqlite) => sqlite.read(body),
            Backend::Pg(_) => Err(StoreError::Statement("only SQLite has a file to copy".into())),
        }
    }

    /// Asks the engine for a sign of life.
    pub fn ping(&self) -> Result<()> {
        self.read(|tx| tx.scalar::<i64>("SELECT CAST(1 AS BIGINT)", &[])).map(|_| ())
    }
}

fn shared(options: &Options) -> Arc<Shared> {
    Arc::new(Shared {
        plans: options.plans.clone(),
        patient: options.patient,
        subscribers: std::sync::RwLock::default(),
        writes: std::sync::atomic::AtomicU64::new(0),
    })
}

// ---- SQLite ---------------------------------------------------------------------------------------------------------------

/// The closure of a write with its types erased: runs, keeps its outcome, and says whether it is good.
type Run = Box<dyn Fn(&mut Tx<'_>) -> bool + Send>;

struct Job {
    run: Run,
    by: By,
    keys: Vec<Key>,
    /// Why what the closure answered does not hold; none once it ran and nothing is wrong.
    why: Option<StoreError>,
    reply: Reply<Result<()>>,
}

fn never_ran() -> StoreError {
    StoreError::Unavailable("the closure never ran".into())
}

fn write_sqlite(sqlite: &Sqlite, by: &By, keys: Vec<Key>, run: Run) -> Result<()> {
    let (reply, answer) = mpsc::sync_channel(1);
    let job = Job { run, by: by.clone(), keys, why: Some(never_ran()), reply };
    let stopped = || StoreError::Unavailable("the writer has stopped".into());
    if sqlite.submit(Box::new(job)).is_err() {
        return Err(stopped());
    }
    answer.recv().unwrap_or_else(|_| Err(stopped()))
}

impl WriteJob for Job {
    fn run(&mut self, conn: &rusqlite::Connection, shared: &Shared) -> Ran {
        let mut tx = shared.inside(conn, &self.by, &self.keys);
        let good = caught(|| (self.run)(&mut tx));
        // A closure that panicked keeps nothing, whatever it had promised before.
        let keep = tx.keep && good.is_ok();
        let saveable = tx.saveable();
        let (ran, why) = match (good, saveable) {
            (Err(panic), _) => (Ran::Rollback, Some(panic)),
            (Ok(good), Err(why)) if good || keep => (Ran::Rollback, Some(why)),
            (Ok(good), _) => (if good || keep { Ran::Commit } else { Ran::Rollback }, None),
        };
        self.why = why;
        ran
    }

    fn spoil(&mut self, why: StoreError) {
        self.why = Some(why);
    }

    fn settle(self: Box<Self>, saved: Result<()>) {
        let Self { why, reply, .. } = *self;
        // The caller may have gone away; what it asked for is saved all the same.
        drop(reply.send(saved.and(why.map_or(Ok(()), Err))));
    }
}

thread_local! {
    /// Does this thread run the closure of a write?
    static WRITING: Cell<bool> = const { Cell::new(false) };
}

/// Runs the closure of a write; a panic becomes [`StoreError::Panicked`].
pub(crate) fn caught<T>(body: impl FnOnce() -> T) -> Result<T> {
    WRITING.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(body));
    WRITING.set(false);
    outcome.map_err(|panic| StoreError::Panicked(words_of(&*panic)))
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without words".into())
}
