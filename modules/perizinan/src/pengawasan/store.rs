//! The only SQL about the chain of the inspectorate and what was handed out of it.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Blob, Result, Row, Sql, StoreError, Tx, params};

use super::{Status, Unduhan};

/// Is this application in the chain?
pub(super) fn is_chained(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    tx.scalar("SELECT dirantai FROM perizinan_permohonan WHERE id = ?1", params![id])
}

/// Says that it is.
pub(super) fn set_chained(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("UPDATE perizinan_permohonan SET dirantai = TRUE WHERE id = ?1", params![id])?;
    Ok(())
}

/// Applications that were sent and are not in the chain, the oldest first.
pub(super) fn unchained(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Id>> {
    tx.list(
        "SELECT id FROM perizinan_permohonan WHERE dirantai = FALSE AND diajukan >= 0 ORDER BY diajukan, id LIMIT ?1",
        params![i64::try_from(limit).unwrap_or(i64::MAX)],
        |row| row.get(0),
    )
}

const COLUMNS: &str =
    "SELECT id, status, dari, sampai, tujuan, oleh_nama, dibuat, urut, sidik, jangkar, maju, seluruh, selesai, berkas,
     ukuran, sidik_berkas FROM perizinan_ekspor";

fn read(row: &Row<'_>) -> Result<Unduhan> {
    let status: String = row.get(1)?;
    Ok(Unduhan {
        id: row.get(0)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan ekspor", &status))?,
        dari: row.get(2)?,
        sampai: row.get(3)?,
        tujuan: row.get(4)?,
        oleh_nama: row.get(5)?,
        dibuat: row.get(6)?,
        urut: row.get(7)?,
        sidik: row.get(8)?,
        jangkar: row.get(9)?,
        maju: (row.get(10)?, row.get(11)?),
        selesai: row.get(12)?,
        berkas: row.get(13)?,
        ukuran: row.get(14)?,
        sidik_berkas: row.get(15)?,
    })
}

/// One of them.
pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Unduhan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// The newest first, after a place.
pub(super) fn list(tx: &mut Tx<'_>, after: Option<(i64, Id)>, limit: usize) -> Result<Vec<Unduhan>> {
    let mut sql = Sql::new(COLUMNS);
    let (at, id) = after.map_or((i64::MAX, String::new()), |(at, id)| (at, id.to_string()));
    sql.filter("(dibuat, id) < (?, ?)").bind(at).bind(id);
    sql.push("ORDER BY dibuat DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// What is written down when it is asked for.
pub(super) struct Baru<'a> {
    pub(super) id: Id,
    pub(super) dari: Date,
    pub(super) sampai: Date,
    pub(super) tujuan: &'a str,
    pub(super) urut: i64,
    pub(super) sidik: &'a str,
    pub(super) jangkar: &'a str,
}

/// Writes down that one was asked for.
pub(super) fn insert(tx: &mut Tx<'_>, one: &Baru<'_>) -> Result<()> {
    let (now, by) = (tx.now()?, tx.by()?.actor.clone());
    tx.exec(
        "INSERT INTO perizinan_ekspor (id, status, dari, sampai, tujuan, oleh, oleh_nama, dibuat, urut, sidik, jangkar, maju, seluruh,
         ukuran, sidik_berkas) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, 0, '')",
        params![
            one.id,
            Status::Disusun.as_str(),
            one.dari,
            one.sampai,
            one.tujuan,
            by.key(),
            by.nama(),
            now,
            one.urut,
            one.sidik,
            one.jangkar,
            one.urut
        ],
    )?;
    Ok(())
}

/// How far it has come.
pub(super) fn progress(tx: &mut Tx<'_>, id: Id, done: i64, total: i64) -> Result<()> {
    tx.exec("UPDATE perizinan_ekspor SET maju = ?2, seluruh = ?3 WHERE id = ?1", params![id, done, total])?;
    Ok(())
}

/// It is ready to be taken along.
pub(super) fn finish(tx: &mut Tx<'_>, id: Id, blob: &Blob) -> Result<()> {
    let now: Moment = tx.now()?;
    tx.keep_blob(blob)?;
    tx.exec(
        "UPDATE perizinan_ekspor SET status = ?2, selesai = ?3, berkas = ?4, ukuran = ?5, sidik_berkas = ?6 WHERE id = ?1",
        params![id, Status::Siap.as_str(), now, &blob.alamat, blob.ukuran, &blob.sidik],
    )?;
    Ok(())
}
