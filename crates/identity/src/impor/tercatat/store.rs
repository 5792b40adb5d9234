//! The only SQL that reads whole tables of people and posts: a step at a time along the key, for imports and exports.

use praja_kernel::Id;
use praja_store::{Result, StoreError, Tx, params};

use super::super::{jabatan, opd, pegawai};
use crate::{jabatan::Jenis as JenisJabatan, opd::Jenis as JenisOpd, orang::Jenis as JenisOrang};

/// Rows read in one step.
const STEP: i64 = 2_000;

/// OPD that have not ended, in the order of the regency's list.
pub(super) fn opd(tx: &mut Tx<'_>) -> Result<Vec<opd::Tercatat>> {
    tx.list(
        "SELECT id, versi, kode, nama, singkatan, jenis, induk, berlaku_dari FROM identity_opd
         WHERE berlaku_sampai IS NULL ORDER BY urut, id",
        &[],
        |row| {
            let word: String = row.get(5)?;
            Ok(opd::Tercatat {
                id: row.get(0)?,
                versi: row.get(1)?,
                kode: row.get(2)?,
                nama: row.get(3)?,
                singkatan: row.get(4)?,
                jenis: JenisOpd::parse(&word).map_err(|_| StoreError::unknown_word("jenis OPD", &word))?,
                induk: row.get(6)?,
                dari: row.get(7)?,
            })
        },
    )
}

/// Walks a table along its key.
fn walk<T>(mut step: impl FnMut(&str) -> Result<Vec<T>>, id: impl Fn(&T) -> Id) -> Result<Vec<T>> {
    let mut all: Vec<T> = Vec::new();
    loop {
        let after = all.last().map_or_else(String::new, |last| id(last).to_string());
        let rows = step(&after)?;
        if rows.is_empty() {
            return Ok(all);
        }
        all.extend(rows);
    }
}

/// Posts that were not abolished.
pub(super) fn jabatan(tx: &mut Tx<'_>) -> Result<Vec<jabatan::Tercatat>> {
    let step = |after: &str| {
        tx.list(
            "SELECT id, versi, opd, nama, jenis, induk, berlaku_dari FROM identity_jabatan
             WHERE id > ?1 AND berlaku_sampai IS NULL ORDER BY id LIMIT ?2",
            params![after, STEP],
            |row| {
                let word: String = row.get(4)?;
                Ok(jabatan::Tercatat {
                    id: row.get(0)?,
                    versi: row.get(1)?,
                    opd: row.get(2)?,
                    nama: row.get(3)?,
                    jenis: JenisJabatan::parse(&word).map_err(|_| StoreError::unknown_word("jenis jabatan", &word))?,
                    induk: row.get(5)?,
                    dari: row.get(6)?,
                })
            },
        )
    };
    walk(step, |one| one.id)
}

/// Everybody; whether they may be changed is for the caller to say.
pub(super) fn orang(tx: &mut Tx<'_>) -> Result<Vec<pegawai::Orang>> {
    let step = |after: &str| {
        tx.list(
            "SELECT o.id, o.versi, o.nama, o.gelar_depan, o.gelar_belakang, o.nip, o.email, o.telepon, o.jenis, o.opd,
                EXISTS (SELECT 1 FROM identity_akun a WHERE a.orang = o.id)
             FROM identity_orang o WHERE o.id > ?1 ORDER BY o.id LIMIT ?2",
            params![after, STEP],
            |row| {
                let word: String = row.get(8)?;
                Ok(pegawai::Orang {
                    id: row.get(0)?,
                    versi: row.get(1)?,
                    nama: row.get(2)?,
                    gelar_depan: row.get(3)?,
                    gelar_belakang: row.get(4)?,
                    nip: row.get(5)?,
                    email: row.get(6)?,
                    telepon: row.get(7)?,
                    jenis: JenisOrang::parse(&word).map_err(|_| StoreError::unknown_word("jenis pegawai", &word))?,
                    opd: row.get(9)?,
                    akun: row.get(10)?,
                    milik: true,
                })
            },
        )
    };
    walk(step, |one| one.id)
}

/// Every penugasan, also ended ones.
pub(super) fn penugasan(tx: &mut Tx<'_>) -> Result<Vec<pegawai::Penugasan>> {
    let step = |after: &str| {
        tx.list(
            "SELECT id, versi, orang, jabatan, jenis, mulai, sampai, dasar FROM identity_penugasan
             WHERE id > ?1 ORDER BY id LIMIT ?2",
            params![after, STEP],
            |row| {
                Ok(pegawai::Penugasan {
                    id: row.get(0)?,
                    versi: row.get(1)?,
                    orang: row.get(2)?,
                    jabatan: row.get(3)?,
                    jenis: crate::penugasan::store::kind(&row.get::<String>(4)?)?,
                    mulai: row.get(5)?,
                    sampai: row.get(6)?,
                    dasar: row.get(7)?,
                })
            },
        )
    };
    walk(step, |one| one.id)
}
