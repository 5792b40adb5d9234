//! Putting a backup into an empty database and an empty place for files: whole, or undone, also after a power cut.

use std::{path::Path, sync::Arc};

use praja_kernel::{IdSource, Moment};

use super::{DATA, Moved, unpack};
use crate::{BackupTrouble, Blobs, By, Db, Keys, MigrationSet, Options, Result, StoreError, Work, copy, params};

/// What is restored into what.
#[derive(Clone)]
pub struct Restore<'a> {
    /// The backup.
    pub file: &'a Path,
    /// The place for the files, opened with the backup's keys.
    pub blobs: &'a Blobs,
    /// The database, empty.
    pub target: &'a Db,
    /// The migrations of every crate and module in this binary.
    pub sets: &'a [MigrationSet],
    /// A folder of the new installation, where the plain data stand meanwhile.
    pub work: &'a Path,
    /// Names this restore, so that the same one begins anew after an interruption and no other does.
    pub token: &'a str,
}

/// Restores into an empty database of either engine, already opened, and into an empty place for files. What fails is undone; what a
/// power cut left half is begun anew by the next restore with the same token.
///
/// # Errors
/// [`BackupTrouble::TargetFilled`] and [`BackupTrouble::FilesThere`] when the target already holds data: a restore never overwrites.
pub fn restore(what: &Restore<'_>, at: Moment, ids: &Arc<dyn IdSource>) -> Result<Moved> {
    let by = By::system("store.restore", at, ids.clone());
    what.target.migrate(what.sets, &by)?;
    begin(what, &by)?;
    run(what, &by).inspect_err(|_| {
        if let Err(e) = undo(what, &by) {
            tracing::warn!(error = %e, "what a failed restore left could not be removed");
        }
    })
}

fn begin(what: &Restore<'_>, by: &By) -> Result<()> {
    match what.target.restore_under_way()? {
        Some(token) if token == what.token => copy::empty(what.target, what.sets, by)?,
        Some(_) => return Err(BackupTrouble::Unfinished.into()),
        None => {
            if let Some(table) = first_filled(what.target, what.sets)? {
                return Err(BackupTrouble::TargetFilled { table }.into());
            }
        }
    }
    what.blobs.begin_restore(what.token)?;
    let token = what.token.to_owned();
    what.target.write(by, Keys::unaudited(), move |tx| {
        let now = tx.now()?;
        let insert = "INSERT INTO store_pemulihan (token, mulai) VALUES (?1, ?2) ON CONFLICT (token) DO NOTHING";
        tx.exec(insert, params![&token, now]).map(|_| ())
    })
}

fn run(what: &Restore<'_>, by: &By) -> Result<Moved> {
    let work = Work::begin(what.work)?;
    let mut moved = unpack(what.file, what.blobs.keys(), work.path(), Some(what.blobs))?;
    let source = Db::open_sqlite(&work.path().join(DATA), &Options { readers: 1, patient: true, ..Options::default() })?;
    // A backup of an older release is first brought to this release's schema.
    source.migrate(what.sets, by)?;
    moved.rows = copy::rows(&source, what.target, what.sets, by)?;
    what.target.refresh_after_copy(by)?;
    let (blobs, token) = (what.blobs.clone(), what.token.to_owned());
    // From here on it counts: the mark in the database goes last.
    what.blobs.end_restore(what.token)?;
    what.target.write(by, Keys::unaudited(), move |tx| {
        blobs.record_owner(tx, &token)?;
        tx.exec("DELETE FROM store_pemulihan", &[]).map(|_| ())
    })?;
    Ok(moved)
}

fn undo(what: &Restore<'_>, by: &By) -> Result<()> {
    let files = what.blobs.undo_restore(what.token);
    copy::empty(what.target, what.sets, by)?;
    what.target.write(by, Keys::unaudited(), |tx| tx.exec("DELETE FROM store_pemulihan", &[]).map(|_| ()))?;
    files
}

/// The first table that holds rows which somebody put there after the migrations had run.
fn first_filled(target: &Db, sets: &[MigrationSet]) -> Result<Option<String>> {
    let seeded = Db::scratch(&Options { readers: 1, patient: true, ..Options::default() })?;
    seeded.migrate(sets, &By::system("store.restore", Moment(0), Arc::new(NoIds)))?;
    for table in copy::table_names(sets)? {
        let rows = copy::count(target, &table)?;
        // None at all is what an undone restore leaves.
        if rows != 0 && rows != copy::count(&seeded, &table)? {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

/// Migrations make no identities; a scratch database has no Instance to ask for any.
struct NoIds;

impl IdSource for NoIds {
    fn next_id(&self) -> praja_kernel::Id {
        praja_kernel::Id::v7(0, [0; 10])
    }
}

impl Db {
    /// The restore that was begun into this database and is not finished: such a database is not to be served.
    pub fn restore_under_way(&self) -> Result<Option<String>> {
        self.read(|tx| tx.opt("SELECT token FROM store_pemulihan", &[], |row| row.get(0)))
    }
}

/// Replaces everything in `target` by what is in `source`: how a training database is put back. Nothing official may be in it.
pub fn replace(source: &Db, target: &Db, sets: &[MigrationSet], by: &By) -> Result<u64> {
    let owner = target.read(|tx| tx.fact(crate::blob::OWNER_FACT))?;
    copy::empty(target, sets, by)?;
    let rows = copy::rows(source, target, sets, by)?;
    target.refresh_after_copy(by)?;
    target.write(by, Keys::unaudited(), move |tx| {
        // The files stay whose they are.
        tx.exec("DELETE FROM store_fakta WHERE nama = ?1", params![crate::blob::OWNER_FACT])?;
        match &owner {
            Some(owner) => tx.record_fact(crate::blob::OWNER_FACT, owner).map(|_| ()),
            None => Ok::<_, StoreError>(()),
        }
    })?;
    Ok(rows)
}
