//! The only SQL about places.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Pakai, leaves};
use crate::izin::Keadaan;

/// A place of which there are so many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kuota {
    pub(crate) id: Id,
    pub(crate) jenis: Id,
    pub(crate) nama: String,
    pub(crate) jumlah: i64,
    pub(crate) titik: String,
    pub(crate) aktif: bool,
    pub(crate) versi: i64,
}

const COLUMNS: &str = "SELECT id, jenis, nama, jumlah, titik, aktif, versi FROM perizinan_kuota";

fn read(row: &Row<'_>) -> Result<Kuota> {
    Ok(Kuota {
        id: row.get(0)?,
        jenis: row.get(1)?,
        nama: row.get(2)?,
        jumlah: row.get(3)?,
        titik: row.get(4)?,
        aktif: row.get(5)?,
        versi: row.get(6)?,
    })
}

fn corrupt(e: impl ToString) -> StoreError {
    StoreError::Corrupt(e.to_string())
}

/// One place.
pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kuota>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// The place of this service with this folded name.
pub(super) fn named(tx: &mut Tx<'_>, jenis: Id, kode: &str) -> Result<Option<Kuota>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("jenis = ?").bind(jenis).filter("kode = ?").bind(kode);
    sql.opt(tx, read)
}

/// Every place, service by service.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Kuota>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("jenis >= ?").bind("");
    sql.push("ORDER BY jenis, kode LIMIT 5000");
    sql.list(tx, read)
}

/// Writes a new one; `false` when the service has a place of this name.
pub(super) fn insert(tx: &mut Tx<'_>, one: &Kuota, kode: &str) -> Result<bool> {
    let now = tx.now()?;
    let added = tx.exec(
        "INSERT INTO perizinan_kuota (id, jenis, kode, nama, jumlah, titik, aktif, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1) ON CONFLICT (jenis, kode) DO NOTHING",
        params![one.id, one.jenis, kode, &one.nama, one.jumlah, &one.titik, one.aktif, now],
    )?;
    Ok(added == 1)
}

/// Changes one; `false` when somebody was first.
pub(super) fn update(tx: &mut Tx<'_>, one: &Kuota) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_kuota SET jumlah = ?3, titik = ?4, aktif = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, one.jumlah, &one.titik, one.aktif],
    )?;
    Ok(changed == 1)
}

/// What an application has to do with which place.
pub(super) fn of(tx: &mut Tx<'_>, permohonan: Id) -> Result<Option<(Id, Pakai)>> {
    tx.opt("SELECT kuota, status FROM perizinan_kuota_berkas WHERE permohonan = ?1", params![permohonan], |row| {
        Ok((row.get(0)?, Pakai::parse(&row.get::<String>(1)?).map_err(corrupt)?))
    })
}

/// Writes down what an application has to do with a place.
pub(super) fn put(tx: &mut Tx<'_>, permohonan: Id, kuota: Id, pakai: Pakai) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO perizinan_kuota_berkas (permohonan, kuota, status, sejak) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (permohonan) DO UPDATE SET kuota = excluded.kuota, status = excluded.status, sejak = excluded.sejak",
        params![permohonan, kuota, pakai.as_str(), now],
    )?;
    Ok(())
}

/// Lets go what an application holds or waits for.
pub(super) fn release(tx: &mut Tx<'_>, permohonan: Id) -> Result<()> {
    tx.exec("UPDATE perizinan_kuota_berkas SET status = 'lepas' WHERE permohonan = ?1", params![permohonan])?;
    Ok(())
}

/// What one application holds is held by another from now on, unless that one has a place of its own.
pub(super) fn pass_on(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<()> {
    if let Some((kuota, Pakai::Pegang)) = of(tx, from)? {
        release(tx, from)?;
        if of(tx, to)?.is_none_or(|(_, pakai)| pakai == Pakai::Lepas) {
            put(tx, to, kuota, Pakai::Pegang)?;
        }
    }
    Ok(())
}

/// How many hold a place and how many wait.
pub(super) fn counts(tx: &mut Tx<'_>, kuota: Id) -> Result<(i64, i64)> {
    let mut count = |pakai: Pakai| {
        tx.one(
            "SELECT COUNT(*) FROM perizinan_kuota_berkas WHERE kuota = ?1 AND status = ?2",
            params![kuota, pakai.as_str()],
            |row| row.get::<i64>(0),
        )
    };
    Ok((count(Pakai::Pegang)?, count(Pakai::Tunggu)?))
}

/// Who waits longest.
pub(super) fn first(tx: &mut Tx<'_>, kuota: Id) -> Result<Option<Id>> {
    tx.opt(
        "SELECT permohonan FROM perizinan_kuota_berkas WHERE kuota = ?1 AND status = 'tunggu' ORDER BY sejak, permohonan LIMIT 1",
        params![kuota],
        |row| row.get(0),
    )
}

/// Applications whose licence left its place.
pub(super) fn ended(tx: &mut Tx<'_>, kuota: Id, today: Date) -> Result<Vec<Id>> {
    let all = tx.list(
        "SELECT k.permohonan, i.status, i.berlaku_sampai FROM perizinan_kuota_berkas k JOIN perizinan_izin i ON i.permohonan = k.permohonan
         WHERE k.kuota = ?1 AND k.status = 'pegang' ORDER BY k.sejak, k.permohonan",
        params![kuota],
        |row| {
            let keadaan = Keadaan::parse(&row.get::<String>(1)?).map_err(corrupt)?;
            Ok((row.get::<Id>(0)?, keadaan, row.get::<Option<Date>>(2)?))
        },
    )?;
    Ok(all.into_iter().filter(|(_, keadaan, sampai)| leaves(*keadaan, *sampai, today)).map(|(id, ..)| id).collect())
}
