use praja_kernel::{Date, Id, fold};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Jabatan, Jenis};
use crate::penugasan::Jenis as Cara;

/// A post, also one that was abolished.
pub fn get(tx: &mut Tx<'_>, jabatan: Id) -> Result<Option<Jabatan>> {
    tx.opt("SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE id = ?1", params![jabatan], read)
}

/// The posts of an OPD that were not abolished, highest first.
pub fn list_of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Jabatan>> {
    tx.list(
        "SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE opd = ?1 AND berlaku_sampai IS NULL ORDER BY urut, id",
        params![opd],
        read,
    )
}

/// The post that leads an OPD: the first of its list.
pub fn head_of(tx: &mut Tx<'_>, opd: Id) -> Result<Option<Jabatan>> {
    tx.opt(
        "SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE opd = ?1 AND berlaku_sampai IS NULL
         ORDER BY urut, id LIMIT 1",
        params![opd],
        read,
    )
}

/// Who holds a post without a known end: (person, full name). A Plt. or Plh. with an end date needs [`holders_on`].
pub fn holders(tx: &mut Tx<'_>, jabatan: Id) -> Result<Vec<(Id, String)>> {
    tx.list(
        "SELECT o.id, o.nama_lengkap FROM identity_penugasan p JOIN identity_orang o ON o.id = p.orang
         WHERE p.jabatan = ?1 AND p.sampai IS NULL ORDER BY p.mulai, p.id",
        params![jabatan],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Who holds a post on a day: (person, full name), longest first.
pub fn holders_on(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Vec<(Id, String)>> {
    let list = holders_with_kind(tx, jabatan, day)?;
    Ok(list.into_iter().map(|(orang, nama, _)| (orang, nama)).collect())
}

/// Who holds a post on a day and how.
pub(crate) fn holders_with_kind(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Vec<(Id, String, Cara)>> {
    tx.list(
        "SELECT o.id, o.nama_lengkap, p.jenis FROM identity_penugasan p JOIN identity_orang o ON o.id = p.orang
         WHERE p.jabatan = ?1 AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2) ORDER BY p.mulai, p.id",
        params![jabatan, day],
        |row| Ok((row.get(0)?, row.get(1)?, crate::penugasan::store::kind(&row.get::<String>(2)?)?)),
    )
}

/// Saves a new post at place `urut` of its OPD.
pub(crate) fn insert(tx: &mut Tx<'_>, jabatan: &Jabatan, urut: i64, dari: Date) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_jabatan (id, opd, nama, fold, jenis, induk, urut, berlaku_dari)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![jabatan.id, jabatan.opd, &jabatan.nama, fold(&jabatan.nama), jabatan.jenis.as_str(), jabatan.induk, urut, dari],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Jabatan> {
    let jenis: String = row.get(3)?;
    Ok(Jabatan {
        id: row.get(0)?,
        opd: row.get(1)?,
        nama: row.get(2)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis jabatan", &jenis))?,
        induk: row.get(4)?,
    })
}
