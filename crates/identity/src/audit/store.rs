//! The only SQL about checks and anchors. The trail itself is the store's.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Jangkar, Periksa, Status, Temuan};

/// Saves a check that waits; `jangkar` are the anchors to check against.
pub(crate) fn insert(tx: &mut Tx<'_>, id: Id, jangkar: &[String]) -> Result<()> {
    let by = tx.by()?;
    tx.exec(
        "INSERT INTO identity_audit_periksa (id, status, oleh_nama, dibuat, jangkar, hasil) VALUES (?1, 'menunggu', ?2, ?3, ?4, '[]')",
        params![id, by.actor.nama(), by.at, json(&jangkar)?],
    )?;
    Ok(())
}

/// A check.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Periksa>> {
    tx.opt(
        "SELECT id, status, oleh_nama, dibuat, selesai, rantai, dari, baris, terhapus, jangkar, hasil
         FROM identity_audit_periksa WHERE id = ?1",
        params![id],
        read,
    )
}

/// The newest checks.
pub(crate) fn newest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Periksa>> {
    tx.list(
        "SELECT id, status, oleh_nama, dibuat, selesai, rantai, dari, baris, terhapus, jangkar, hasil
         FROM identity_audit_periksa WHERE dibuat > 0 ORDER BY dibuat DESC, id DESC LIMIT ?1",
        params![limit],
        read,
    )
}

/// Notes how far a check is.
pub(crate) fn progress(tx: &mut Tx<'_>, id: Id, rantai: i64, dari: i64, baris: i64) -> Result<()> {
    tx.exec(
        "UPDATE identity_audit_periksa SET status = 'berjalan', rantai = ?2, dari = ?3, baris = ?4 WHERE id = ?1",
        params![id, rantai, dari, baris],
    )?;
    Ok(())
}

/// Ends a check.
pub(crate) fn finish(tx: &mut Tx<'_>, id: Id, chains: i64, rows: i64, erased: i64, found: &[Temuan]) -> Result<()> {
    let now = tx.now()?;
    let status = if found.is_empty() { Status::Utuh } else { Status::Bermasalah };
    tx.exec(
        "UPDATE identity_audit_periksa SET status = ?2, selesai = ?3, rantai = ?4, dari = ?4, baris = ?5, terhapus = ?6, hasil = ?7
         WHERE id = ?1",
        params![id, status.as_str(), now, chains, rows, erased, json(&found)?],
    )?;
    Ok(())
}

/// Saves an anchor.
pub(crate) fn insert_anchor(tx: &mut Tx<'_>, id: Id, rantai: i64, teks: &str, ringkas: &str) -> Result<()> {
    let by = tx.by()?;
    tx.exec(
        "INSERT INTO identity_audit_jangkar (id, pada, oleh_nama, rantai, teks, ringkas) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, by.at, by.actor.nama(), rantai, teks, ringkas],
    )?;
    Ok(())
}

/// The newest anchors.
pub(crate) fn anchors(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Jangkar>> {
    tx.list(
        "SELECT id, pada, oleh_nama, rantai, teks, ringkas FROM identity_audit_jangkar WHERE pada > 0 ORDER BY pada DESC, id DESC LIMIT ?1",
        params![limit],
        read_anchor,
    )
}

/// An anchor.
pub(crate) fn last_anchor(tx: &mut Tx<'_>) -> Result<Option<Moment>> {
    tx.opt("SELECT pada FROM identity_audit_jangkar ORDER BY pada DESC, id DESC LIMIT 1", &[], |row| row.get(0))
}

pub(crate) fn anchor(tx: &mut Tx<'_>, id: Id) -> Result<Option<Jangkar>> {
    tx.opt(
        "SELECT id, pada, oleh_nama, rantai, teks, ringkas FROM identity_audit_jangkar WHERE id = ?1",
        params![id],
        read_anchor,
    )
}

/// The names of all OPD, also of ended ones: who reads the trail of ten years needs them.
pub(crate) fn office_names(tx: &mut Tx<'_>) -> Result<Vec<(Id, String)>> {
    tx.list("SELECT id, nama FROM identity_opd WHERE fold > '' ORDER BY fold, id", &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn read(row: &Row<'_>) -> Result<Periksa> {
    let (status, jangkar, hasil): (String, String, String) = (row.get(1)?, row.get(9)?, row.get(10)?);
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("identity_audit_periksa: {e}"));
    Ok(Periksa {
        id: row.get(0)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("status pemeriksaan", &status))?,
        oleh: row.get(2)?,
        dibuat: row.get(3)?,
        selesai: row.get(4)?,
        rantai: (row.get(5)?, row.get(6)?),
        baris: row.get(7)?,
        terhapus: row.get(8)?,
        jangkar: serde_json::from_str(&jangkar).map_err(corrupt)?,
        hasil: serde_json::from_str(&hasil).map_err(corrupt)?,
    })
}

fn read_anchor(row: &Row<'_>) -> Result<Jangkar> {
    Ok(Jangkar {
        id: row.get(0)?,
        pada: row.get(1)?,
        oleh: row.get(2)?,
        rantai: row.get(3)?,
        teks: row.get(4)?,
        ringkas: row.get(5)?,
    })
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}
