//! The only SQL about numbers of citizens.

use praja_kernel::{Id, Nik};
use praja_store::{Result, Tx, params};

/// Where a NIK may stand: the table, a word for whose it is, and the statement that reads it.
struct Tempat {
    tabel: &'static str,
    siapa: &'static str,
    sql: &'static str,
}

/// Every place whose NIK can be revealed. A part that keeps another adds its line.
const TEMPAT: &[Tempat] = &[
    Tempat { tabel: "perizinan_permohonan", siapa: "pemohon", sql: "SELECT nik, nama FROM perizinan_permohonan WHERE id = ?1" },
    Tempat {
        tabel: "perizinan_permohonan",
        siapa: "kuasa",
        sql: "SELECT kuasa_nik, kuasa_nama FROM perizinan_permohonan WHERE id = ?1",
    },
    Tempat { tabel: "perizinan_bantuan", siapa: "pemohon", sql: "SELECT nik, nama FROM perizinan_bantuan WHERE id = ?1" },
    Tempat { tabel: "perizinan_izin", siapa: "pemegang", sql: "SELECT nik, nama FROM perizinan_izin WHERE id = ?1" },
];

/// The NIK of a row and the name beside it; nothing where no NIK stands.
pub(super) fn read(tx: &mut Tx<'_>, tabel: &str, siapa: &str, id: Id) -> Result<Option<(String, String)>> {
    let Some(place) = TEMPAT.iter().find(|one| one.tabel == tabel && one.siapa == siapa) else { return Ok(None) };
    tx.opt(place.sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The names under which this NIK applied, newest first.
pub(super) fn names(tx: &mut Tx<'_>, nik: &Nik, limit: i64) -> Result<Vec<String>> {
    tx.list(
        "SELECT nama FROM perizinan_permohonan WHERE nik = ?1 AND diajukan IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT ?2",
        params![nik.full(), limit],
        |row| row.get(0),
    )
}
