//! The only SQL about powers.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, Tx, params};

use super::Kuasa;

const COLUMNS: &str = "SELECT k.id, k.badan, b.nama, k.warga, k.nama, k.dibuat, k.dicabut, k.dicabut_oleh
    FROM identity_kuasa k JOIN identity_badan b ON b.akun = k.badan";

/// The open account of a citizen with this NIK, and the name on it.
pub(crate) fn citizen(tx: &mut Tx<'_>, nik: &str) -> Result<Option<(Id, String)>> {
    tx.opt(
        "SELECT w.akun, w.nama FROM identity_warga w JOIN identity_akun a ON a.id = w.akun WHERE w.nik = ?1 AND a.nonaktif = FALSE",
        params![nik],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, badan: Id, warga: Id, nama: &str) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_kuasa (id, badan, warga, nama, dibuat) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, badan, warga, nama, now],
    )?;
    Ok(id)
}

/// Ends a power. Gives whether it was in force.
pub(crate) fn end(tx: &mut Tx<'_>, id: Id, oleh: &str) -> Result<bool> {
    let now = tx.now()?;
    let sql = "UPDATE identity_kuasa SET dicabut = ?2, dicabut_oleh = ?3 WHERE id = ?1 AND dicabut IS NULL";
    Ok(tx.exec(sql, params![id, now, oleh])? > 0)
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kuasa>> {
    Sql::new(COLUMNS).filter("k.id = ?").bind(id).opt(tx, read)
}

/// The powers a body gave, newest first.
pub(crate) fn of_body(tx: &mut Tx<'_>, badan: Id) -> Result<Vec<Kuasa>> {
    Sql::new(COLUMNS).filter("k.badan = ?").bind(badan).push("ORDER BY k.dibuat DESC, k.id DESC LIMIT 100").list(tx, read)
}

/// The powers a citizen holds, newest first.
pub(crate) fn of_citizen(tx: &mut Tx<'_>, warga: Id) -> Result<Vec<Kuasa>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("k.warga = ?").bind(warga).filter("k.dicabut IS NULL");
    sql.push("ORDER BY k.dibuat DESC, k.id DESC LIMIT 100").list(tx, read)
}

/// The power by which a session acts.
pub(crate) fn of_session(tx: &mut Tx<'_>, sesi: Id) -> Result<Option<Kuasa>> {
    let id = tx.opt("SELECT kuasa FROM identity_sesi WHERE id = ?1", params![sesi], |row| row.get::<Option<Id>>(0))?.flatten();
    match id {
        Some(id) => get(tx, id),
        None => Ok(None),
    }
}

fn read(row: &Row<'_>) -> Result<Kuasa> {
    let ended: (Option<Moment>, Option<String>) = (row.get(6)?, row.get(7)?);
    Ok(Kuasa {
        id: row.get(0)?,
        badan: row.get(1)?,
        badan_nama: row.get(2)?,
        warga: row.get(3)?,
        nama: row.get(4)?,
        dibuat: row.get(5)?,
        dicabut: ended.0.map(|at| (at, ended.1.unwrap_or_default())),
    })
}
