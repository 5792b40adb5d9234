use praja_kernel::Moment;
use sha2::{Digest, Sha256};

use crate::{By, Db, Key, Keys, Result, StoreError, ddl, engine, params, tx::Engine};

/// One step of a schema: a file `0001-surat.sql` under `migrations/`. Never edited once released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// File name, whose first four digits give the order.
    pub name: &'static str,
    /// Its text, in PostgreSQL's types.
    pub sql: &'static str,
}

/// The migrations of one crate or module.
#[derive(Debug, Clone)]
pub struct MigrationSet {
    /// The owner's id, which is also the prefix of its tables.
    pub owner: &'static str,
    /// In order of name.
    pub files: Vec<Migration>,
}

impl MigrationSet {
    /// The `.sql` files of an embedded folder, in order of name.
    pub fn from_dir(owner: &'static str, dir: &'static include_dir::Dir<'static>) -> Self {
        let mut files: Vec<Migration> = dir
            .files()
            .filter_map(|file| {
                Some(Migration { name: file.path().file_name()?.to_str()?, sql: file.contents_utf8()? })
                    .filter(|migration| migration.name.ends_with(".sql"))
            })
            .collect();
        files.sort_by_key(|file| file.name);
        Self { owner, files }
    }

    /// The tables these migrations create, in order; parents come before children.
    pub fn tables(&self) -> Result<Vec<String>> {
        let mut all = Vec::new();
        for file in &self.files {
            all.extend(ddl::tables(file.sql)?);
        }
        Ok(all)
    }
}

static STORE: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/migrations");

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS store_migrasi
    (pemilik TEXT NOT NULL, nama TEXT NOT NULL, sidik TEXT NOT NULL, pada BIGINT NOT NULL, PRIMARY KEY (pemilik, nama))";

/// The store's own migrations, which come before all others.
pub(crate) fn own() -> MigrationSet {
    MigrationSet::from_dir("store", &STORE)
}

impl Db {
    /// Brings the schema up to date: the store's own migrations first, then each set in the order given. Gives the names of the
    /// migrations that were run now.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a migration that ran before was changed or is missing: such a database belongs to another
    /// release.
    pub fn migrate(&self, sets: &[MigrationSet], by: &By) -> Result<Vec<String>> {
        let mut all = vec![own()];
        all.extend(sets.iter().cloned());
        let below = self.engine();
        self.write(by, Keys::of([Key::new("store_migrasi", "all")]), move |tx| {
            engine::be_patient(tx)?;
            tx.batch(LEDGER)?;
            let mut done = Vec::new();
            for set in &all {
                run_set(tx, set, below, &mut done)?;
            }
            Ok(done)
        })
    }

    /// The migrations of this program that this database has not seen yet, the store's own among them; all of them where it is empty.
    pub fn outdated_by(&self, sets: &[MigrationSet]) -> Result<Vec<String>> {
        let ran = match self.schema() {
            // An empty database has no ledger yet.
            Err(StoreError::Statement(_)) => Vec::new(),
            other => other?,
        };
        let own = own();
        let all = std::iter::once(&own).chain(sets).flat_map(|set| set.files.iter().map(|file| (set.owner, file.name)));
        let missing = all.filter(|(owner, name)| !ran.iter().any(|(known, file, _)| known == owner && file == name));
        Ok(missing.map(|(owner, name)| format!("{owner}/{name}")).collect())
    }

    /// The name of the newest migration of each owner, for `praja status`.
    pub fn schema(&self) -> Result<Vec<(String, String, Moment)>> {
        self.read(|tx| {
            tx.list("SELECT pemilik, nama, pada FROM store_migrasi ORDER BY pemilik, nama", &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
        })
    }
}

fn run_set(tx: &mut crate::Tx<'_>, set: &MigrationSet, below: Engine, done: &mut Vec<String>) -> Result<()> {
    let before: Vec<(String, String)> =
        tx.list("SELECT nama, sidik FROM store_migrasi WHERE pemilik = ?1 ORDER BY nama", params![set.owner], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    for (name, _) in &before {
        if !set.files.iter().any(|file| file.name == name) {
            return Err(StoreError::Corrupt(format!("{}/{name} ran here before, but this release does not hold it", set.owner)));
        }
    }
    for file in &set.files {
        let print = hex(&Sha256::digest(file.sql.as_bytes()));
        match before.iter().find(|(name, _)| name == file.name) {
            Some((_, known)) if *known == print => continue,
            Some(_) => {
                return Err(StoreError::Corrupt(format!("{}/{} was changed after it had run", set.owner, file.name)));
            }
            None => {}
        }
        let named = |e: StoreError| match e {
            // A collision or a lost server is no fault of the migration.
            passing if passing.is_passing() => passing,
            other => StoreError::Statement(format!("{}/{}: {other}", set.owner, file.name)),
        };
        owns_its_tables(set, file).map_err(named)?;
        for statement in ddl::statements(file.sql, below).map_err(named)? {
            if let Some(table) = statement.strip_prefix("DROP TABLE ") {
                nobody_refers_to(tx, table).map_err(named)?;
            }
            tx.batch(&statement).map_err(named)?;
        }
        if set.owner == "store" {
            engine::extras(tx, file.name)?;
        }
        let at = tx.now()?;
        tx.exec(
            "INSERT INTO store_migrasi (pemilik, nama, sidik, pada) VALUES (?1, ?2, ?3, ?4)",
            params![set.owner, file.name, print, at],
        )?;
        done.push(format!("{}/{}", set.owner, file.name));
    }
    Ok(())
}

/// Tables carry their owner's prefix, so that nobody's table is mistaken for another's.
fn owns_its_tables(set: &MigrationSet, file: &Migration) -> Result<()> {
    let prefix = format!("{}_", set.owner.replace('-', "_"));
    match ddl::tables(file.sql)?.into_iter().find(|table| !table.starts_with(&prefix)) {
        None => Ok(()),
        Some(table) => Err(StoreError::Statement(format!("the table {table} must begin with {prefix}"))),
    }
}

/// PostgreSQL will not drop a table that others refer to. SQLite would empty it first, and take their rows along where they
/// refer to it with ON DELETE CASCADE: so it is asked before.
fn nobody_refers_to(tx: &mut crate::Tx<'_>, table: &str) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    // Columns: schema, name, type; virtual tables and their shadows are of types of their own.
    let tables = tx.list_text("PRAGMA table_list", &[], |row| Ok((row.get::<String>(1)?, row.get::<String>(2)?)))?;
    for (name, _) in tables.into_iter().filter(|(name, kind)| kind == "table" && name != table) {
        let parents = tx.list_text(&format!("PRAGMA foreign_key_list({name})"), &[], |row| row.get::<String>(2))?;
        if parents.iter().any(|parent| parent == table) {
            return Err(StoreError::Statement(format!("{table} cannot be rebuilt: {name} refers to it")));
        }
    }
    Ok(())
}

/// Lower-case hexadecimal. By table: an audit row needs half a dozen of these.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}
