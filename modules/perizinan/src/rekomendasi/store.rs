//! The only SQL about recommendations.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::Hasil;

/// One recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rekomendasi {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) diminta: Moment,
    pub(crate) hari_diminta: Date,
    pub(crate) jatah: i64,
    pub(crate) tenggat: Date,
    pub(crate) hasil: Option<Hasil>,
    pub(crate) catatan: String,
    pub(crate) oleh_nama: String,
    pub(crate) dijawab: Option<Moment>,
    pub(crate) hari_pakai: Option<i64>,
    pub(crate) versi: i64,
}

const COLUMNS: &str =
    "SELECT id, opd, diminta, hari_diminta, jatah, tenggat, hasil, catatan, oleh_nama, dijawab, hari_pakai, versi
     FROM perizinan_rekomendasi";

fn read(row: &Row<'_>) -> Result<Rekomendasi> {
    let hasil: Option<String> = row.get(6)?;
    Ok(Rekomendasi {
        id: row.get(0)?,
        opd: row.get(1)?,
        diminta: row.get(2)?,
        hari_diminta: row.get(3)?,
        jatah: row.get(4)?,
        tenggat: row.get(5)?,
        hasil: hasil.map(|word| Hasil::parse(&word)).transpose().map_err(|e| StoreError::Corrupt(e.to_string()))?,
        catatan: row.get(7)?,
        oleh_nama: row.get(8)?,
        dijawab: row.get(9)?,
        hari_pakai: row.get(10)?,
        versi: row.get(11)?,
    })
}

/// Those of an application, oldest first.
pub(crate) fn of(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Rekomendasi>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("permohonan = ?").bind(permohonan);
    sql.push("ORDER BY diminta, id");
    sql.list(tx, read)
}

/// The one that waits for an answer.
pub(crate) fn open(tx: &mut Tx<'_>, permohonan: Id) -> Result<Option<Rekomendasi>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("permohonan = ?").bind(permohonan).filter("hasil IS NULL");
    sql.push("ORDER BY diminta DESC, id DESC LIMIT 1");
    sql.opt(tx, read)
}

/// Asks an OPD; it has so many days.
pub(crate) fn insert(tx: &mut Tx<'_>, permohonan: Id, opd: Id, hari: Date, jatah: i64, tenggat: Date) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_rekomendasi (id, permohonan, opd, diminta, hari_diminta, jatah, tenggat, catatan, oleh_nama, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', '', 1)",
        params![id, permohonan, opd, now, hari, jatah, tenggat],
    )?;
    Ok(id)
}

/// Gives it another last day, as the calendar asks.
pub(crate) fn move_to(tx: &mut Tx<'_>, one: &Rekomendasi, tenggat: Date) -> Result<()> {
    tx.exec(
        "UPDATE perizinan_rekomendasi SET tenggat = ?3, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, tenggat],
    )?;
    Ok(())
}

/// Writes the answer; `false` when somebody was first.
pub(crate) fn answer(tx: &mut Tx<'_>, one: &Rekomendasi, hasil: Hasil, catatan: &str, hari_pakai: i64) -> Result<bool> {
    let (now, by) = (tx.now()?, tx.by()?.actor.clone());
    let changed = tx.exec(
        "UPDATE perizinan_rekomendasi SET hasil = ?3, catatan = ?4, oleh = ?5, oleh_nama = ?6, dijawab = ?7, hari_pakai = ?8,
         versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, hasil.as_str(), catatan, by.key(), by.nama(), now, hari_pakai],
    )?;
    Ok(changed == 1)
}
