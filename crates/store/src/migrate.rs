use praja_kernel::Moment;
use sha2::{Digest, Sha256};

use crate::{By, Db, Key, Keys, Result, StoreError, ddl, params, tx::Engine};

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
        let engine = self.engine();
        self.write(by, Keys::of([Key::new("store_migrasi", "all")]), move |tx| {
            tx.batch(LEDGER)?;
            let mut done = Vec::new();
            for set in &all {
                run_set(tx, set, engine, &mut done)?;
            }
            Ok(done)
        })
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

fn run_set(tx: &mut crate::Tx<'_>, set: &MigrationSet, engine: Engine, done: &mut Vec<String>) -> Result<()> {
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
        for statement in ddl::statements(file.sql, engine)? {
            tx.batch(&statement).map_err(|e| StoreError::Statement(format!("{}/{}: {e}", set.owner, file.name)))?;
        }
        if set.owner == "store" {
            crate::engine::extras(tx, file.name)?;
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
