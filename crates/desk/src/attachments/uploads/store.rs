//! The only SQL about uploads under way.

use praja_kernel::{Id, Moment};
use praja_store::{Blob, Result, Row, StoreError, Tx, params};

use super::Unggahan;

pub(super) fn insert(tx: &mut Tx<'_>, pemilik: &str, nama: &str, ukuran: i64) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO desk_unggahan (id, pemilik, nama, ukuran, diterima, dibuat, diubah) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5)",
        params![id, pemilik, nama, ukuran, now],
    )?;
    Ok(id)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Unggahan>> {
    tx.opt("SELECT id, pemilik, nama, ukuran, diterima FROM desk_unggahan WHERE id = ?1", params![id], read)
}

/// How many somebody has, at most `limit` counted.
pub(super) fn count(tx: &mut Tx<'_>, pemilik: &str, limit: usize) -> Result<usize> {
    let rows = tx.list(
        "SELECT id FROM desk_unggahan WHERE pemilik = ?1 ORDER BY diubah LIMIT ?2",
        params![pemilik, i64::try_from(limit).unwrap_or(i64::MAX)],
        |_| Ok(()),
    )?;
    Ok(rows.len())
}

/// Adds a piece; false when another one came first.
pub(super) fn add_piece(tx: &mut Tx<'_>, upload: &Unggahan, blob: &Blob) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE desk_unggahan SET diterima = diterima + ?3, diubah = ?4 WHERE id = ?1 AND diterima = ?2",
        params![upload.id, upload.diterima, blob.ukuran, now],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    tx.keep_blob(blob)?;
    // Pieces come in order, so that where one begins orders them.
    tx.exec(
        "INSERT INTO desk_unggahan_potongan (unggahan, urut, ukuran, alamat) VALUES (?1, ?2, ?3, ?4)",
        params![upload.id, upload.diterima, blob.ukuran, &blob.alamat],
    )?;
    Ok(true)
}

pub(super) fn pieces(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Blob>> {
    let addresses: Vec<String> =
        tx.list("SELECT alamat FROM desk_unggahan_potongan WHERE unggahan = ?1 ORDER BY urut", params![id], |row| row.get(0))?;
    let missing = |alamat: &str| StoreError::Corrupt(format!("blob {alamat} has no row"));
    addresses.iter().map(|alamat| tx.blob(alamat)?.ok_or_else(|| missing(alamat))).collect()
}

/// Forgets uploads that were not touched since a moment, at most `limit`. Gives how many.
pub(super) fn forget_older(tx: &mut Tx<'_>, before: Moment, limit: i64) -> Result<usize> {
    let old: Vec<Id> =
        tx.list("SELECT id FROM desk_unggahan WHERE diubah < ?1 ORDER BY diubah, id LIMIT ?2", params![before, limit], |row| {
            row.get(0)
        })?;
    for id in &old {
        forget(tx, *id)?;
    }
    Ok(old.len())
}

pub(super) fn forget(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let addresses: Vec<String> =
        tx.list("SELECT alamat FROM desk_unggahan_potongan WHERE unggahan = ?1", params![id], |row| row.get(0))?;
    for alamat in addresses {
        tx.forget_blob(&alamat)?;
    }
    tx.exec("DELETE FROM desk_unggahan_potongan WHERE unggahan = ?1", params![id])?;
    tx.exec("DELETE FROM desk_unggahan WHERE id = ?1", params![id])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Unggahan> {
    Ok(Unggahan { id: row.get(0)?, pemilik: row.get(1)?, nama: row.get(2)?, ukuran: row.get(3)?, diterima: row.get(4)? })
}
