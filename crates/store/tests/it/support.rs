//! Databases for tests: an SQLite file, and a database of its own on the PostgreSQL that was offered.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use praja_kernel::{Actor, Id, IdSource, Moment};
use praja_store::{By, Db, Engine, Migration, MigrationSet, Options, PlanLog, StoreError, Tx, params};

pub type Outcome<T = ()> = Result<T, StoreError>;

/// 22 November 2026, 09.00 WIB.
pub const NOW: Moment = Moment(1_795_312_800_000);
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// Tables of the tests, laid out like those of a module.
pub const SQL: &str = "
    CREATE TABLE uji_register (id TEXT PRIMARY KEY, terakhir BIGINT NOT NULL);
    CREATE TABLE uji_nomor (register TEXT NOT NULL, nomor BIGINT NOT NULL, pemanggil BIGINT NOT NULL, PRIMARY KEY (register, nomor));
    CREATE TABLE uji_catatan (id TEXT PRIMARY KEY, isi TEXT NOT NULL);";

pub fn sets() -> Vec<MigrationSet> {
    vec![MigrationSet { owner: "uji", files: vec![Migration { name: "0001-uji.sql", sql: SQL }] }]
}

/// Identities that never repeat, also between processes of one test: the high bits are drawn once.
pub struct Ids {
    random: [u8; 4],
    next: AtomicU64,
}

impl IdSource for Ids {
    fn next_id(&self) -> Id {
        let count = self.next.fetch_add(1, Ordering::Relaxed);
        let mut random = [0; 10];
        random[..4].copy_from_slice(&self.random);
        random[4..].copy_from_slice(&count.to_be_bytes()[2..]);
        Id::v7(NOW.0, random)
    }
}

pub fn ids() -> Arc<dyn IdSource> {
    let mut random = [0; 4];
    getrandom::fill(&mut random).unwrap();
    Arc::new(Ids { random, next: AtomicU64::new(1) })
}

/// Somebody of the OPD `opd` (any small number), or the system without one.
pub fn by(ids: &Arc<dyn IdSource>, opd: Option<u8>) -> By {
    let id = |n: u8| Id::v7(1, [n; 10]);
    let actor = Actor::Pegawai { id: id(opd.unwrap_or(0)), nama: format!("Pegawai {}", opd.unwrap_or(0)) };
    By { actor, jabatan: opd.map(|n| format!("Pengadministrasi Umum {n}")), opd: opd.map(id), at: NOW, ids: ids.clone() }
}

enum Place {
    File(tempfile::TempDir),
    Server(Server),
}

/// A migrated database that disappears with this value.
pub struct Bed {
    pub db: Db,
    pub ids: Arc<dyn IdSource>,
    place: Place,
}

impl Bed {
    fn new(place: Place, options: &Options) -> Self {
        let bed = Self::empty(place, options);
        bed.db.migrate(&sets(), &bed.by(None)).unwrap();
        bed
    }

    fn empty(place: Place, options: &Options) -> Self {
        Self { db: place.open(options), ids: ids(), place }
    }

    pub fn by(&self, opd: Option<u8>) -> By {
        by(&self.ids, opd)
    }

    /// Another handle to the same database, with connections of its own.
    pub fn again(&self) -> Db {
        self.place.open(&quick())
    }

    /// Another handle, with connections that collect plans. This one is done with.
    pub fn with_plans(self, log: &PlanLog) -> Self {
        let Self { db, ids, place } = self;
        drop(db);
        Self { db: place.open(&Options { plans: Some(log.clone()), ..quick() }), ids, place }
    }

    /// What a child process needs to open the same database.
    pub fn address(&self) -> String {
        match &self.place {
            Place::File(folder) => file(folder).display().to_string(),
            Place::Server(server) => server.url.clone(),
        }
    }

    pub fn name(&self) -> &'static str {
        match self.db.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }

    /// Runs a statement past the store, as an attacker with the database would.
    pub fn tamper(&self, sql: &str) {
        match &self.place {
            Place::File(folder) => {
                let conn = rusqlite::Connection::open(file(folder)).unwrap();
                conn.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
                conn.execute_batch(sql).unwrap();
            }
            Place::Server(server) => {
                postgres::Client::connect(&server.url, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
            }
        }
    }

    pub fn count(&self, sql: &'static str) -> i64 {
        self.db.read(|tx| tx.scalar::<i64>(sql, &[])).unwrap()
    }
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("praja.db")
}

impl Place {
    fn open(&self, options: &Options) -> Db {
        match self {
            Self::File(folder) => Db::open_sqlite(&file(folder), options).unwrap(),
            Self::Server(server) => Db::open_postgres(&server.url, &Options { readers: 16, ..options.clone() }).unwrap(),
        }
    }
}

/// Not durable, and patient with a slow machine.
pub fn quick() -> Options {
    Options { durable: false, patient: true, ..Options::default() }
}

pub fn durable() -> Options {
    Options { patient: true, ..Options::default() }
}

/// One bed on SQLite, and one on PostgreSQL when it is offered.
pub fn beds() -> Vec<Bed> {
    beds_with(&quick())
}

pub fn beds_with(options: &Options) -> Vec<Bed> {
    places().into_iter().map(|place| Bed::new(place, options)).collect()
}

/// The same before any migration ran.
pub fn empty_beds() -> Vec<Bed> {
    places().into_iter().map(|place| Bed::empty(place, &quick())).collect()
}

pub fn sqlite() -> Bed {
    Bed::new(Place::File(tempfile::tempdir().unwrap()), &quick())
}

pub fn sqlite_with(options: &Options) -> Bed {
    Bed::new(Place::File(tempfile::tempdir().unwrap()), options)
}

/// A bed on PostgreSQL, or the test `name` is reported as skipped.
pub fn postgres(name: &str) -> Option<Bed> {
    let bed = server().map(|server| Bed::new(Place::Server(server), &quick()));
    if bed.is_none() {
        skip(name, "PRAJA_TEST_POSTGRES is not set");
    }
    bed
}

fn places() -> Vec<Place> {
    let file = Place::File(tempfile::tempdir().unwrap());
    std::iter::once(file).chain(server().map(Place::Server)).collect()
}

/// Says aloud that a test could not run, and tells `scripts/test`.
#[allow(clippy::print_stderr, reason = "whoever runs the tests by hand is told as well")]
pub fn skip(name: &str, reason: &str) {
    eprintln!("skipped {name}: {reason}");
    if let Some(path) = std::env::var_os("PRAJA_SKIPPED") {
        use std::io::Write;
        let mut list = std::fs::OpenOptions::new().create(true).append(true).open(path).unwrap();
        list.write_all(format!("{name}: {reason}\n").as_bytes()).unwrap();
    }
}

/// A database of its own on the server that was offered; dropped with this value.
struct Server {
    admin: String,
    name: String,
    url: String,
}

/// Made with the rules of a language, as a service often is, so that every test sees what they would do to the order of texts.
const LANGUAGE: &str = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'id' ENCODING 'UTF8'";

static DATABASES: AtomicU64 = AtomicU64::new(0);

fn server() -> Option<Server> {
    let admin = std::env::var("PRAJA_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
    let name = format!("praja_uji_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
    run(&admin, &format!("CREATE DATABASE {name} {LANGUAGE}"));
    let url = match admin.rsplit_once('/') {
        Some((front, rest)) if admin.contains("://") => match rest.split_once('?') {
            Some((_, options)) => format!("{front}/{name}?{options}"),
            None => format!("{front}/{name}"),
        },
        _ => format!("{admin} dbname={name}"),
    };
    Some(Server { admin, name, url })
}

impl Drop for Server {
    fn drop(&mut self) {
        run(&self.admin, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn run(url: &str, sql: &str) {
    postgres::Client::connect(url, postgres::NoTls).unwrap().batch_execute(sql).unwrap();
}

/// Writes down `isi` under a new identity.
pub fn note(tx: &mut Tx<'_>, isi: &str) -> Outcome<Id> {
    let id = tx.new_id()?;
    tx.exec("INSERT INTO uji_catatan (id, isi) VALUES (?1, ?2)", params![id, isi])?;
    Ok(id)
}

pub fn notes(db: &Db) -> Vec<String> {
    db.read(|tx| tx.list("SELECT isi FROM uji_catatan ORDER BY isi", &[], |row| row.get(0))).unwrap()
}
