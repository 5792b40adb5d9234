//! The only SQL about ways out of the house.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Pengaturan, Saluran, rest_ms};

/// All ways, those that are switched on first.
pub(crate) fn list(tx: &mut Tx<'_>) -> Result<Vec<Saluran>> {
    let mut all = active(tx)?;
    all.extend(tx.list(
        "SELECT id, nama, aktif, pengaturan, rahasia, gagal, istirahat_sampai, terakhir_baik, terakhir_gagal, sebab, versi
         FROM desk_saluran WHERE aktif = FALSE ORDER BY id",
        &[],
        read,
    )?);
    Ok(all)
}

/// The ways that are switched on.
pub(crate) fn active(tx: &mut Tx<'_>) -> Result<Vec<Saluran>> {
    tx.list(
        "SELECT id, nama, aktif, pengaturan, rahasia, gagal, istirahat_sampai, terakhir_baik, terakhir_gagal, sebab, versi
         FROM desk_saluran WHERE aktif = TRUE ORDER BY id",
        &[],
        read,
    )
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Saluran>> {
    tx.opt(
        "SELECT id, nama, aktif, pengaturan, rahasia, gagal, istirahat_sampai, terakhir_baik, terakhir_gagal, sebab, versi
         FROM desk_saluran WHERE id = ?1",
        params![id],
        read,
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, nama: &str, pengaturan: &Pengaturan, rahasia: &[u8]) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO desk_saluran (id, jenis, nama, aktif, pengaturan, rahasia, dibuat) VALUES (?1, ?2, ?3, TRUE, ?4, ?5, ?6)",
        params![id, kind(pengaturan), nama, json(pengaturan)?, rahasia, now],
    )?;
    Ok(id)
}

/// Saves settings; the way begins anew, so that a mended one is tried at once. Gives false when somebody was first.
pub(super) fn update(tx: &mut Tx<'_>, id: Id, nama: &str, pengaturan: &Pengaturan, rahasia: &[u8], versi: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_saluran SET nama = ?2, pengaturan = ?3, rahasia = ?4, gagal = 0, istirahat_sampai = NULL, versi = versi + 1
         WHERE id = ?1 AND versi = ?5",
        params![id, nama, json(pengaturan)?, rahasia, versi],
    )?;
    Ok(changed == 1)
}

pub(super) fn switch(tx: &mut Tx<'_>, id: Id, aktif: bool, versi: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_saluran SET aktif = ?2, gagal = 0, istirahat_sampai = NULL, versi = versi + 1 WHERE id = ?1 AND versi = ?3",
        params![id, aktif, versi],
    )?;
    Ok(changed == 1)
}

/// It worked. Written at most once a minute, so that a rush of messages does not write it every time.
pub(crate) fn note_good(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_saluran SET gagal = 0, istirahat_sampai = NULL, terakhir_baik = ?2
         WHERE id = ?1 AND (gagal > 0 OR terakhir_baik IS NULL OR terakhir_baik < ?3)",
        params![id, now, now.plus_ms(-60_000)],
    )?;
    Ok(())
}

/// It failed: after several times in a row it rests. Gives until when.
pub(crate) fn note_bad(tx: &mut Tx<'_>, id: Id, why: &str) -> Result<Option<Moment>> {
    let now = tx.now()?;
    let failures: i64 = tx.scalar("SELECT gagal FROM desk_saluran WHERE id = ?1", params![id])?;
    let rest = rest_ms(failures + 1).map(|ms| now.plus_ms(ms));
    tx.exec(
        "UPDATE desk_saluran SET gagal = gagal + 1, istirahat_sampai = ?2, terakhir_gagal = ?3, sebab = ?4 WHERE id = ?1",
        params![id, rest, now, why],
    )?;
    Ok(rest)
}

fn kind(pengaturan: &Pengaturan) -> &'static str {
    match pengaturan {
        Pengaturan::Surel(_) => super::Jenis::Surel.as_str(),
        Pengaturan::Gerbang(_) => super::Jenis::Gerbang.as_str(),
    }
}

fn json(pengaturan: &Pengaturan) -> Result<String> {
    serde_json::to_string(pengaturan).map_err(|e| StoreError::Corrupt(e.to_string()))
}

fn read(row: &Row<'_>) -> Result<Saluran> {
    let pengaturan: String = row.get(3)?;
    Ok(Saluran {
        id: row.get(0)?,
        nama: row.get(1)?,
        aktif: row.get(2)?,
        pengaturan: serde_json::from_str(&pengaturan).map_err(|e| StoreError::Corrupt(format!("settings of a way out: {e}")))?,
        rahasia: row.get(4)?,
        gagal: row.get(5)?,
        istirahat_sampai: row.get(6)?,
        terakhir_baik: row.get(7)?,
        terakhir_gagal: row.get(8)?,
        sebab: row.get(9)?,
        versi: row.get(10)?,
    })
}
