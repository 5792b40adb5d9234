//! The only SQL about form drafts.

use praja_kernel::Moment;
use praja_store::{Result, Tx, params};

pub(super) fn get(tx: &mut Tx<'_>, pemilik: &str, formulir: &str) -> Result<Option<(Vec<u8>, Moment)>> {
    tx.opt("SELECT isi, pada FROM desk_draf WHERE pemilik = ?1 AND formulir = ?2", params![pemilik, formulir], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// Whose drafts there are: their forms and when each was saved, at most `limit`.
pub(super) fn list(tx: &mut Tx<'_>, pemilik: &str, limit: i64) -> Result<Vec<(String, Moment)>> {
    tx.list(
        "SELECT formulir, pada FROM desk_draf WHERE pemilik = ?1 ORDER BY formulir LIMIT ?2",
        params![pemilik, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn put(tx: &mut Tx<'_>, pemilik: &str, formulir: &str, isi: &[u8]) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_draf (pemilik, formulir, isi, pada) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (pemilik, formulir) DO UPDATE SET isi = excluded.isi, pada = excluded.pada",
        params![pemilik, formulir, isi, now],
    )?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, pemilik: &str, formulir: &str) -> Result<()> {
    tx.exec("DELETE FROM desk_draf WHERE pemilik = ?1 AND formulir = ?2", params![pemilik, formulir])?;
    Ok(())
}

pub(super) fn remove_older(tx: &mut Tx<'_>, before: Moment) -> Result<u64> {
    tx.exec("DELETE FROM desk_draf WHERE pada < ?1", params![before])
}
