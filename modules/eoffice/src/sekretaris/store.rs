//! The only SQL about the aides of leaders.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Tx, params};

use super::Sekretaris;

/// Everybody at a leader's side, also those whose time is over, the latest first.
pub(crate) fn of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Sekretaris>> {
    tx.list(
        "SELECT id, pimpinan, sekretaris, opd, langsung, rahasia, mulai, sampai, versi FROM eoffice_sekretaris
         WHERE opd = ?1 ORDER BY mulai DESC, id DESC",
        params![opd],
        read,
    )
}

/// The aides of a leader on a day.
pub(crate) fn of_leader(tx: &mut Tx<'_>, pimpinan: Id, day: Date) -> Result<Vec<Sekretaris>> {
    let all = tx.list(
        "SELECT id, pimpinan, sekretaris, opd, langsung, rahasia, mulai, sampai, versi FROM eoffice_sekretaris
         WHERE pimpinan = ?1 ORDER BY mulai, id",
        params![pimpinan],
        read,
    )?;
    Ok(all.into_iter().filter(|one| one.is_valid_on(day)).collect())
}

/// The leaders for whom a post works on a day.
pub(crate) fn of_aide(tx: &mut Tx<'_>, sekretaris: Id, day: Date) -> Result<Vec<Sekretaris>> {
    let all = tx.list(
        "SELECT id, pimpinan, sekretaris, opd, langsung, rahasia, mulai, sampai, versi FROM eoffice_sekretaris
         WHERE sekretaris = ?1 ORDER BY mulai, id",
        params![sekretaris],
        read,
    )?;
    Ok(all.into_iter().filter(|one| one.is_valid_on(day)).collect())
}

pub(crate) fn find(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<Sekretaris>> {
    tx.opt(
        "SELECT id, pimpinan, sekretaris, opd, langsung, rahasia, mulai, sampai, versi FROM eoffice_sekretaris
         WHERE id = ?1 AND opd = ?2",
        params![id, opd],
        read,
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, one: &Sekretaris) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO eoffice_sekretaris (id, pimpinan, sekretaris, opd, langsung, rahasia, mulai, sampai, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)",
        params![one.id, one.pimpinan, one.sekretaris, one.opd, one.langsung, one.rahasia, one.mulai, one.sampai, now],
    )?;
    Ok(())
}

/// Ends it after a day; `false` when somebody was first.
pub(crate) fn end(tx: &mut Tx<'_>, one: &Sekretaris, sampai: Date) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_sekretaris SET sampai = ?3, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, sampai],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Sekretaris> {
    Ok(Sekretaris {
        id: row.get(0)?,
        pimpinan: row.get(1)?,
        sekretaris: row.get(2)?,
        opd: row.get(3)?,
        langsung: row.get(4)?,
        rahasia: row.get(5)?,
        mulai: row.get(6)?,
        sampai: row.get(7)?,
        versi: row.get(8)?,
    })
}
