use std::{io::Write, path::Path};

use praja_store::{Db, Options};

/// Names a PostgreSQL server on which tests may create databases.
const POSTGRES: &str = "PRAJA_TEST_POSTGRES";
/// Made with the rules of a language, as a service often is, so that every test sees what they would do to the order of texts.
const LANGUAGE: &str = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'id' ENCODING 'UTF8'";
/// Names a file to which a test that could not run appends a line.
const SKIPPED: &str = "PRAJA_SKIPPED";

/// Is a PostgreSQL server offered to this run?
pub fn offers_postgres() -> bool {
    std::env::var_os(POSTGRES).is_some_and(|value| !value.is_empty())
}

/// A fresh database: PostgreSQL when offered, else SQLite in memory.
///
/// # Panics
/// When it cannot be made.
pub fn database(options: &Options) -> Db {
    if !offers_postgres() {
        return Db::scratch(options).expect("a scratch database opens");
    }
    let server = std::env::var(POSTGRES).expect("checked above");
    let name = fresh_name();
    // The synchronous client must not run on an async test's thread.
    let url = std::thread::spawn(move || create(&server, &name)).join().expect("the server creates a database");
    let options = Options { readers: options.readers.max(4), ..options.clone() };
    std::thread::spawn(move || Db::open_postgres(&url, &options).expect("a fresh database opens")).join().expect("it opens")
}

/// A place for a database that outlives the process that opens it: a file in this folder, or a fresh database of the server.
pub(crate) fn address(folder: &Path) -> String {
    if !offers_postgres() {
        return folder.join("praja.db").to_string_lossy().into_owned();
    }
    let server = std::env::var(POSTGRES).expect("checked above");
    std::thread::spawn(move || create(&server, &fresh_name())).join().expect("the server creates a database")
}

/// The database at such a place, with every promise of a database at work: what was acknowledged is there after a kill.
pub(crate) fn open(address: &str) -> Db {
    let options = Options { patient: true, ..Options::default() };
    if address.starts_with('/') {
        return Db::open_sqlite(address.as_ref(), &options).expect("the file opens");
    }
    let url = address.to_owned();
    std::thread::spawn(move || Db::open_postgres(&url, &options).expect("the database opens")).join().expect("it opens")
}

/// A connection of its own to a test's PostgreSQL database. Not on an async test's thread.
pub(crate) fn client(db: &Db) -> postgres::Client {
    let server = std::env::var(POSTGRES).expect("a database of this engine is on the server that was named");
    let name: String =
        db.read(|tx| tx.scalar::<String>("SELECT CAST(current_database() AS TEXT)", &[])).expect("the database has a name");
    postgres::Client::connect(&with_database(&server, &name), postgres::NoTls).expect("the test server answers")
}

fn fresh_name() -> String {
    let mut random = [0_u8; 8];
    getrandom::fill(&mut random).expect("the system gives random bytes");
    format!("praja_uji_{:016x}", u64::from_be_bytes(random))
}

fn create(server: &str, name: &str) -> String {
    let mut client = postgres::Client::connect(server, postgres::NoTls).expect("the test server answers");
    client.batch_execute(&format!("CREATE DATABASE {name} {LANGUAGE}")).expect("the test server lets us create databases");
    with_database(server, name)
}

/// The same connection text with another database, for both forms (`postgres://…` and `host=… dbname=…`).
fn with_database(server: &str, name: &str) -> String {
    if !server.contains("://") {
        let others: Vec<&str> = server.split_whitespace().filter(|part| !part.starts_with("dbname=")).collect();
        return format!("{} dbname={name}", others.join(" "));
    }
    let (head, query) = server.split_once('?').map_or((server, ""), |(head, query)| (head, query));
    let authority = head.find("://").map_or(0, |at| at + 3);
    let end = head[authority..].find('/').map_or(head.len(), |at| authority + at);
    let query = if query.is_empty() { String::new() } else { format!("?{query}") };
    format!("{}/{name}{query}", &head[..end])
}

/// Says aloud that a test did not run, and why; `scripts/test` counts it.
#[allow(clippy::print_stderr, reason = "a test that does not run must be heard")]
pub fn skipped(test: &str, why: &str) {
    eprintln!("DILEWATI {test}: {why}");
    if let Some(path) = std::env::var_os(SKIPPED) {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let written = file.and_then(|mut file| writeln!(file, "{test}: {why}"));
        written.expect("the list of skipped tests can be written");
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn another_database_is_named_in_both_forms_of_connection_text() {
        assert_eq!(with_database("host=/tmp/x port=5 user=u dbname=a", "b"), "host=/tmp/x port=5 user=u dbname=b");
        assert_eq!(with_database("postgres://u@127.0.0.1:5/a?x=1", "b"), "postgres://u@127.0.0.1:5/b?x=1");
        assert_eq!(with_database("postgres://u@127.0.0.1:5", "b"), "postgres://u@127.0.0.1:5/b");
    }
}
