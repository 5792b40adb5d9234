//! The only SQL that serves other programs alone: files they left, steps since one of them.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use crate::{
    alur::{Langkah, Meja, Status},
    jenis::Permintaan,
    permohonan::Asal,
};

/// A file that a program left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Titipan {
    pub(crate) id: Id,
    pub(crate) token: Id,
    /// SHA-256 of what was sent.
    pub(crate) sidik: String,
    pub(crate) dibuat: Moment,
}

/// Keeps that a program left a file.
pub(super) fn insert(tx: &mut Tx<'_>, one: &Titipan, opd: Id) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_titipan (id, token, opd, sidik, dibuat) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![one.id, one.token, opd, &one.sidik, one.dibuat],
    )?;
    Ok(())
}

/// One.
pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Titipan>> {
    tx.opt("SELECT id, token, sidik, dibuat FROM perizinan_titipan WHERE id = ?1", params![id], |row| {
        Ok(Titipan { id: row.get(0)?, token: row.get(1)?, sidik: row.get(2)?, dibuat: row.get(3)? })
    })
}

/// How many a token left since a moment, counted to a limit.
pub(super) fn left_since(tx: &mut Tx<'_>, token: Id, since: Moment, most: i64) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM (SELECT id FROM perizinan_titipan WHERE token = ?1 AND dibuat >= ?2 LIMIT ?3) t",
        params![token, since, most],
        |row| row.get(0),
    )
}

/// Those left before a moment.
pub(crate) fn old(tx: &mut Tx<'_>, before: Moment, limit: i64) -> Result<Vec<Id>> {
    tx.list("SELECT id FROM perizinan_titipan WHERE dibuat < ?1 ORDER BY dibuat, id LIMIT ?2", params![before, limit], |row| {
        row.get(0)
    })
}

/// Forgets one; its file was destroyed.
pub(crate) fn remove(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("DELETE FROM perizinan_titipan WHERE id = ?1", params![id])?;
    Ok(())
}

/// A step of an application, with what a warehouse keeps of the application now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Perubahan {
    pub(super) id: Id,
    pub(super) pada: Moment,
    pub(super) nomor: String,
    pub(super) layanan: String,
    pub(super) permintaan: Permintaan,
    pub(super) asal: Asal,
    pub(super) langkah: Langkah,
    pub(super) dari: Status,
    pub(super) ke: Status,
    pub(super) meja: Meja,
    pub(super) kode: String,
    pub(super) diajukan: Option<Moment>,
    pub(super) tenggat: Option<Date>,
    pub(super) selesai: Option<Date>,
    pub(super) hari_pakai: Option<i64>,
    pub(super) biaya: i64,
    pub(super) opd: Id,
    /// Where it stands now, and its day 0.
    pub(super) kini: Status,
    pub(super) mulai: Option<Date>,
}

/// Steps after one of them and before a moment, the oldest first, whoever's.
pub(super) fn changes(tx: &mut Tx<'_>, after: Option<(Moment, Id)>, before: Moment, limit: i64) -> Result<Vec<Perubahan>> {
    let mut sql = Sql::new(
        "SELECT r.id, r.pada, p.nomor, j.kode, p.permintaan, p.asal, r.langkah, r.dari, r.ke, r.meja, r.kode, p.diajukan, p.tenggat,
            p.selesai, p.hari_pakai, p.biaya, p.opd, p.status, p.mulai
         FROM perizinan_riwayat r JOIN perizinan_permohonan p ON p.id = r.permohonan JOIN perizinan_jenis j ON j.id = p.jenis",
    );
    sql.filter("r.pada < ?").bind(before);
    if let Some((at, id)) = after {
        sql.filter("(r.pada, r.id) > (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY r.pada, r.id LIMIT ?").bind(limit).list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Perubahan> {
    let word = |at| row.get::<String>(at);
    let corrupt = |e: praja_kernel::UnknownWord| StoreError::Corrupt(e.to_string());
    Ok(Perubahan {
        id: row.get(0)?,
        pada: row.get(1)?,
        nomor: row.get::<Option<String>>(2)?.unwrap_or_default(),
        layanan: word(3)?,
        permintaan: Permintaan::parse(&word(4)?).map_err(corrupt)?,
        asal: Asal::parse(&word(5)?).map_err(corrupt)?,
        langkah: Langkah::parse(&word(6)?).map_err(corrupt)?,
        dari: Status::parse(&word(7)?).map_err(corrupt)?,
        ke: Status::parse(&word(8)?).map_err(corrupt)?,
        meja: Meja::parse(&word(9)?).map_err(corrupt)?,
        kode: word(10)?,
        diajukan: row.get(11)?,
        tenggat: row.get(12)?,
        selesai: row.get(13)?,
        hari_pakai: row.get(14)?,
        biaya: row.get(15)?,
        opd: row.get(16)?,
        kini: Status::parse(&word(17)?).map_err(corrupt)?,
        mulai: row.get(18)?,
    })
}
