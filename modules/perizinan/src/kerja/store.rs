//! The only SQL about what happens without anybody.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Sql, Tx, params};

use crate::alur::Meja;

/// Applications at a desk, after one of them: every desk but the end is walked in turn.
pub(super) fn at_desk(tx: &mut Tx<'_>, meja: Meja, after: Option<Id>, limit: usize) -> Result<Vec<Id>> {
    let mut sql = Sql::new("SELECT id FROM perizinan_permohonan");
    sql.filter("meja = ?").bind(meja.as_str());
    if let Some(after) = after {
        sql.filter("id > ?").bind(after);
    }
    sql.push("ORDER BY id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| row.get(0))
}

/// Drafts begun before a moment.
pub(super) fn old_drafts(tx: &mut Tx<'_>, before: Moment, limit: i64) -> Result<Vec<Id>> {
    tx.list(
        "SELECT id FROM perizinan_permohonan WHERE status = 'draf' AND created_at < ?1 ORDER BY created_at, id LIMIT ?2",
        params![before, limit],
        |row| row.get(0),
    )
}

/// Removes a draft that was never sent.
pub(super) fn remove_draft(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("DELETE FROM perizinan_berkas WHERE permohonan = ?1", params![id])?;
    tx.exec("DELETE FROM perizinan_permohonan WHERE id = ?1 AND status = 'draf'", params![id])?;
    Ok(())
}

/// Forgets wrong guesses made before a moment.
pub(super) fn forget_guesses(tx: &mut Tx<'_>, before: Moment) -> Result<()> {
    tx.exec("DELETE FROM perizinan_gagal_lacak WHERE pada < ?1", params![before])?;
    Ok(())
}
