//! The only SQL about lists of citizens and bodies, and about what officers note beside them.

use praja_kernel::{Id, Moment, escape_like, fold};
use praja_store::{Result, Sql, Tx, params};

use super::Keadaan;
use crate::{
    accounts::Jenis,
    daftar::{Arah, Cursor, Page, Place, cut, upwards},
    warga::store::RELEASED,
};

/// What the list is narrowed to.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Citizens or bodies.
    pub(crate) jenis: Jenis,
    pub(crate) keadaan: Option<Keadaan>,
    /// A part of the name, or a whole number.
    pub(crate) kata: String,
}

/// One line of the list.
#[derive(Debug, Clone)]
pub(crate) struct Baris {
    pub(crate) akun: Id,
    pub(crate) nama: String,
    pub(crate) fold: String,
    pub(crate) nomor: String,
    pub(crate) keadaan: Keadaan,
    pub(crate) dibuat: Moment,
    pub(crate) terakhir_masuk: Option<Moment>,
}

/// A page in the order of names.
pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, place: &Place, size: usize) -> Result<Page<Baris>> {
    let is_body = filter.jenis == Jenis::Badan;
    let mut sql = Sql::new(if is_body {
        "SELECT t.akun, t.nama, t.fold, t.nomor, t.diperiksa, a.nonaktif, a.dibuat, a.terakhir_masuk
         FROM identity_badan t JOIN identity_akun a ON a.id = t.akun"
    } else {
        "SELECT t.akun, t.nama, t.fold, t.nik, t.diperiksa, a.nonaktif, a.dibuat, a.terakhir_masuk
         FROM identity_warga t JOIN identity_akun a ON a.id = t.akun"
    });
    let up = upwards(Arah::Naik, place);
    match place {
        Place::Top => sql.filter("t.fold >= ''"),
        Place::After(cursor) | Place::Before(cursor) => {
            sql.filter(if up { "(t.fold, t.akun) > (?, ?)" } else { "(t.fold, t.akun) < (?, ?)" });
            sql.bind(&cursor.kunci).bind(cursor.id)
        }
    };
    let number: String = filter.kata.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        // Whole numbers only: nobody walks through all NIK by their beginnings.
        sql.filter(if is_body { "t.nomor = ?" } else { "t.nik = ?" }).bind(&number);
    } else if !filter.kata.is_empty() {
        sql.filter("t.fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(&fold(&filter.kata))));
    }
    let released = format!("{RELEASED}%");
    match filter.keadaan {
        Some(Keadaan::Belum) => {
            sql.filter("a.nonaktif = FALSE").filter("t.diperiksa IS NULL");
        }
        Some(Keadaan::Cocok) => {
            sql.filter("a.nonaktif = FALSE").filter("t.diperiksa IS NOT NULL");
        }
        Some(Keadaan::Diblokir) => {
            sql.filter("a.nonaktif = TRUE")
                .filter(if is_body { "t.nomor NOT LIKE ?" } else { "t.nik NOT LIKE ?" })
                .bind(released);
        }
        Some(Keadaan::Ditutup) => {
            sql.filter("a.nonaktif = TRUE").filter(if is_body { "t.nomor LIKE ?" } else { "t.nik LIKE ?" }).bind(released);
        }
        None => {}
    }
    sql.push(if up { "ORDER BY t.fold, t.akun LIMIT ?" } else { "ORDER BY t.fold DESC, t.akun DESC LIMIT ?" });
    sql.bind(i64::try_from(size + 1).unwrap_or(i64::MAX));
    let rows = sql.list(tx, |row| {
        let nomor: String = row.get(3)?;
        let keadaan = Keadaan::of(row.get(5)?, row.get::<Option<Moment>>(4)?.is_some(), &nomor);
        Ok(Baris {
            akun: row.get(0)?,
            nama: row.get(1)?,
            fold: row.get(2)?,
            nomor,
            keadaan,
            dibuat: row.get(6)?,
            terakhir_masuk: row.get(7)?,
        })
    })?;
    Ok(cut(rows, size, place, |one| Cursor { kunci: one.fold.clone(), id: one.akun }))
}

/// Notes that an officer compared the papers, and the name that stands on them.
pub(crate) fn set_checked(tx: &mut Tx<'_>, akun: Id, nama: &str, oleh: &str) -> Result<()> {
    let now = tx.now()?;
    for sql in [
        "UPDATE identity_warga SET diperiksa = ?2, diperiksa_oleh = ?3, nama = ?4, fold = ?5, versi = versi + 1 WHERE akun = ?1",
        "UPDATE identity_badan SET diperiksa = ?2, diperiksa_oleh = ?3, nama = ?4, fold = ?5, versi = versi + 1 WHERE akun = ?1",
    ] {
        tx.exec(sql, params![akun, now, oleh, nama, fold(nama)])?;
    }
    Ok(())
}

/// The papers do not count as compared any more.
pub(crate) fn unset_checked(tx: &mut Tx<'_>, akun: Id) -> Result<()> {
    for sql in [
        "UPDATE identity_warga SET diperiksa = NULL, diperiksa_oleh = NULL, versi = versi + 1 WHERE akun = ?1",
        "UPDATE identity_badan SET diperiksa = NULL, diperiksa_oleh = NULL, versi = versi + 1 WHERE akun = ?1",
    ] {
        tx.exec(sql, params![akun])?;
    }
    Ok(())
}
