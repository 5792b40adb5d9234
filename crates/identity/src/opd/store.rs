use praja_kernel::{Id, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Jenis, Opd};

/// The columns [`read`] reads.
pub(crate) const COLUMNS: &str = "SELECT id, kode, nama, singkatan, jenis, induk, berlaku_dari, berlaku_sampai";

/// The name of an OPD, also of one that has ended.
pub fn name(tx: &mut Tx<'_>, opd: Id) -> Result<Option<String>> {
    tx.opt("SELECT nama FROM identity_opd WHERE id = ?1", params![opd], |row| row.get(0))
}

/// An OPD, also one that has ended.
pub fn get(tx: &mut Tx<'_>, opd: Id) -> Result<Option<Opd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("FROM identity_opd").filter("id = ?").bind(opd);
    sql.opt(tx, read)
}

/// Every OPD without an end date, in the order of the regency's own list.
pub fn list_active(tx: &mut Tx<'_>) -> Result<Vec<Opd>> {
    tx.list(
        "SELECT id, kode, nama, singkatan, jenis, induk, berlaku_dari, berlaku_sampai FROM identity_opd
         WHERE berlaku_sampai IS NULL ORDER BY urut, id",
        &[],
        read,
    )
}

/// Posts and current penugasan of an OPD without an end date.
pub(crate) fn counts(tx: &mut Tx<'_>, opd: Id, today: praja_kernel::Date) -> Result<(i64, i64)> {
    tx.one(
        "SELECT (SELECT COUNT(*) FROM identity_jabatan j WHERE j.opd = ?1 AND j.berlaku_sampai IS NULL),
                (SELECT COUNT(*) FROM identity_jabatan j JOIN identity_penugasan p ON p.jabatan = j.id
                 WHERE j.opd = ?1 AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2))",
        params![opd, today],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The units directly below these, also ended ones.
pub(crate) fn children(tx: &mut Tx<'_>, parents: &[Id]) -> Result<Vec<Id>> {
    let mut sql = Sql::new("SELECT id FROM identity_opd");
    sql.filter_in("induk", parents.iter().copied());
    sql.list(tx, |row| row.get(0))
}

/// Saves a new OPD at place `urut` of the regency's list.
pub(crate) fn insert(tx: &mut Tx<'_>, opd: &Opd, urut: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_opd (id, kode, nama, singkatan, fold, jenis, induk, urut, berlaku_dari, berlaku_sampai)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            opd.id,
            &opd.kode,
            &opd.nama,
            &opd.singkatan,
            fold(&format!("{} {}", opd.nama, opd.singkatan)),
            opd.jenis.as_str(),
            opd.induk,
            urut,
            opd.berlaku_dari,
            opd.berlaku_sampai
        ],
    )?;
    Ok(())
}

/// Names `pendahulu`, and everything that it had absorbed, as what `opd` continues.
pub(crate) fn insert_predecessor(tx: &mut Tx<'_>, opd: Id, pendahulu: Id) -> Result<()> {
    let mut all: Vec<Id> =
        tx.list("SELECT pendahulu FROM identity_opd_pendahulu WHERE opd = ?1", params![pendahulu], |row| row.get(0))?;
    all.push(pendahulu);
    for one in all {
        tx.exec(
            "INSERT INTO identity_opd_pendahulu (opd, pendahulu) VALUES (?1, ?2) ON CONFLICT (opd, pendahulu) DO NOTHING",
            params![opd, one],
        )?;
    }
    Ok(())
}

/// Is there any OPD at all?
pub(crate) fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM identity_opd WHERE berlaku_sampai IS NULL LIMIT 1", &[], |row| row.get::<Id>(0))?.is_some())
}

pub(crate) fn read(row: &Row<'_>) -> Result<Opd> {
    let jenis: String = row.get(4)?;
    Ok(Opd {
        id: row.get(0)?,
        kode: row.get(1)?,
        nama: row.get(2)?,
        singkatan: row.get(3)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis OPD", &jenis))?,
        induk: row.get(5)?,
        berlaku_dari: row.get(6)?,
        berlaku_sampai: row.get(7)?,
    })
}
