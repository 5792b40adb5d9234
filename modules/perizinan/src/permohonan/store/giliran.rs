//! Whose turn it is, who may not have it, and who stands before whom.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Sql, Tx, params};

use crate::{alur::Meja, permohonan::Permohonan};

/// When each officer of a desk was last given work.
pub(in crate::permohonan) fn turns(tx: &mut Tx<'_>, meja: Meja, opd: Id) -> Result<Vec<(Id, Moment)>> {
    tx.list("SELECT petugas, terakhir FROM perizinan_giliran WHERE meja = ?1 AND opd = ?2", params![meja.as_str(), opd], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(in crate::permohonan) fn take_turn(tx: &mut Tx<'_>, meja: Meja, opd: Id, petugas: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO perizinan_giliran (meja, opd, petugas, terakhir) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (meja, opd, petugas) DO UPDATE SET terakhir = excluded.terakhir",
        params![meja.as_str(), opd, petugas, now],
    )?;
    Ok(())
}

/// Who declared a conflict of interest about an application.
pub(crate) fn conflicts(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<(Id, String)>> {
    tx.list("SELECT petugas, alasan FROM perizinan_konflik WHERE permohonan = ?1 ORDER BY petugas", params![permohonan], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn add_conflict(tx: &mut Tx<'_>, permohonan: Id, petugas: Id, alasan: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_konflik (id, permohonan, petugas, alasan, pada) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (permohonan, petugas) DO NOTHING",
        params![id, permohonan, petugas, alasan, now],
    )?;
    Ok(())
}

/// The oldest application of the same type that waits on the same desk of the same officer, other than this one.
pub(crate) fn first_in_line(tx: &mut Tx<'_>, one: &Permohonan) -> Result<Option<(Id, String)>> {
    Ok(ahead_in_line(tx, one, 1)?.into_iter().next())
}

/// Who came earlier to the same desk for the same service and waits in the same state for the same officer, at most so many.
pub(crate) fn ahead_in_line(tx: &mut Tx<'_>, one: &Permohonan, limit: usize) -> Result<Vec<(Id, String)>> {
    let mut sql = Sql::new("SELECT id, nomor FROM perizinan_permohonan");
    sql.filter("meja = ?").bind(one.meja.as_str().to_owned());
    sql.filter("jenis = ?").bind(one.jenis);
    match one.petugas {
        Some(petugas) => sql.filter("petugas = ?").bind(petugas),
        None => sql.filter("petugas IS NULL"),
    };
    sql.filter("status = ?").bind(one.status.as_str().to_owned());
    sql.filter("(sejak, id) < (?, ?)").bind(one.sejak).bind(one.id);
    sql.push("ORDER BY sejak, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok((row.get::<Id>(0)?, row.get::<Option<String>>(1)?.unwrap_or_default())))
}

/// How many wait before this one: same type, same desk, earlier.
pub(crate) fn place_in_line(tx: &mut Tx<'_>, one: &Permohonan) -> Result<i64> {
    let before: i64 = tx.one(
        "SELECT COUNT(*) FROM perizinan_permohonan WHERE meja = ?1 AND jenis = ?2 AND (sejak < ?3 OR (sejak = ?3 AND id < ?4))",
        params![one.meja.as_str(), one.jenis, one.sejak, one.id],
        |row| row.get(0),
    )?;
    Ok(before + 1)
}
