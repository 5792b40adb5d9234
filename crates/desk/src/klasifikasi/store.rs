//! The only SQL about the codes somebody used last.

use praja_store::{Result, Tx, params};

pub(super) fn used(tx: &mut Tx<'_>, kode: &str) -> Result<()> {
    let by = tx.by()?;
    tx.exec(
        "INSERT INTO desk_klasifikasi_pakai (pemakai, kode, pada) VALUES (?1, ?2, ?3)
         ON CONFLICT (pemakai, kode) DO UPDATE SET pada = excluded.pada",
        params![by.actor.key(), kode, by.at],
    )?;
    Ok(())
}

pub(super) fn recent(tx: &mut Tx<'_>, pemakai: &str, limit: usize) -> Result<Vec<String>> {
    tx.list(
        "SELECT kode FROM desk_klasifikasi_pakai WHERE pemakai = ?1 ORDER BY pada DESC, kode DESC LIMIT ?2",
        params![pemakai, i64::try_from(limit).unwrap_or(10)],
        |row| row.get(0),
    )
}
