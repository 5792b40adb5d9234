//! Lists of applications for desks: each walks one index, fifty rows, without counting.

use praja_kernel::{Date, Id, Moment, Scope};
use praja_store::{Result, Row, Sql, Tx};

use super::corrupt;
use crate::alur::{Meja, Status};

/// Rows of a page.
pub(crate) const PAGE: usize = 50;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) jenis: Id,
    pub(crate) jenis_nama: String,
    pub(crate) nama: String,
    pub(crate) status: Status,
    pub(crate) meja: Meja,
    pub(crate) petugas_nama: String,
    pub(crate) sejak: Moment,
    pub(crate) diajukan: Moment,
    pub(crate) sla: i64,
    pub(crate) mulai: Option<Date>,
    pub(crate) terpakai: i64,
    pub(crate) lanjut: Option<Date>,
    pub(crate) tenggat: Option<Date>,
    pub(crate) batas_langkah: Option<Date>,
    pub(crate) selesai: Option<Date>,
    pub(crate) hari_pakai: Option<i64>,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Saring {
    /// Only what is whose turn, oldest first; otherwise newest first.
    pub(crate) petugas: Option<Id>,
    pub(crate) status: Option<Status>,
    pub(crate) meja: Option<Meja>,
    pub(crate) jenis: Option<Id>,
    /// Only what is due before this day and not at its end.
    pub(crate) terlambat: Option<Date>,
    /// Only these.
    pub(crate) ids: Option<Vec<Id>>,
    /// A piece of the number's beginning or a whole resi.
    pub(crate) nomor: Option<String>,
}

/// Where a page continues: after this row.
pub(crate) type Sesudah = (i64, Id);

const BARIS: &str =
    "SELECT p.id, p.nomor, p.jenis, v.nama, p.nama, p.status, p.meja, p.petugas_nama, p.sejak, p.diajukan, p.sla, p.mulai,
     p.terpakai, p.lanjut, p.tenggat, p.batas_langkah, p.selesai, p.hari_pakai
     FROM perizinan_permohonan p JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi";

/// One page of what this scope may see, and one row more when others follow.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, saring: &Saring, after: Option<Sesudah>, limit: usize) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(BARIS);
    sql.filter("p.diajukan IS NOT NULL");
    visible(&mut sql, scope);
    if let Some(status) = saring.status {
        sql.filter("p.status = ?").bind(status.as_str());
    }
    if let Some(meja) = saring.meja {
        sql.filter("p.meja = ?").bind(meja.as_str());
    }
    if let Some(jenis) = saring.jenis {
        sql.filter("p.jenis = ?").bind(jenis);
    }
    if let Some(day) = saring.terlambat {
        sql.filter("p.tenggat < ?").bind(day).filter("p.meja <> 'selesai'").filter("p.lanjut IS NOT NULL");
    }
    if let Some(ids) = &saring.ids {
        sql.filter_in("p.id", ids.iter().copied());
    }
    if let Some(nomor) = &saring.nomor {
        sql.filter("(p.nomor = ? OR p.resi = ?)").bind(nomor.clone()).bind(nomor.clone());
    }
    match saring.petugas {
        Some(petugas) => {
            sql.filter("p.petugas = ?").bind(petugas);
            if let Some((at, id)) = after {
                sql.filter("(p.sejak, p.id) > (?, ?)").bind(at).bind(id);
            }
            sql.push("ORDER BY p.sejak, p.id LIMIT ?");
        }
        None => {
            if let Some((at, id)) = after {
                sql.filter("(p.diajukan, p.id) < (?, ?)").bind(at).bind(id);
            }
            sql.push("ORDER BY p.diajukan DESC, p.id DESC LIMIT ?");
        }
    }
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// At the PTSP everything; at a technical OPD what it is asked about, once it is complete; and what one is to look at.
pub(crate) fn visible(sql: &mut Sql, scope: &Scope) {
    sql.filter("(1 = 0");
    for opd in &scope.opd_set {
        sql.push("OR p.opd = ?").bind(*opd);
        sql.push("OR (p.opd_teknis = ? AND p.pernah_lengkap = TRUE)").bind(*opd);
    }
    sql.push(")");
}

fn read(row: &Row<'_>) -> Result<Baris> {
    let word = |at| row.get::<String>(at);
    Ok(Baris {
        id: row.get(0)?,
        nomor: row.get::<Option<String>>(1)?.unwrap_or_default(),
        jenis: row.get(2)?,
        jenis_nama: word(3)?,
        nama: word(4)?,
        status: Status::parse(&word(5)?).map_err(corrupt)?,
        meja: Meja::parse(&word(6)?).map_err(corrupt)?,
        petugas_nama: word(7)?,
        sejak: row.get(8)?,
        diajukan: row.get(9)?,
        sla: row.get(10)?,
        mulai: row.get(11)?,
        terpakai: row.get(12)?,
        lanjut: row.get(13)?,
        tenggat: row.get(14)?,
        batas_langkah: row.get(15)?,
        selesai: row.get(16)?,
        hari_pakai: row.get(17)?,
    })
}

/// Applications by the words of their applicant, as far as the index of the search knows them: at most two hundred.
pub(crate) fn named(tx: &mut Tx<'_>, scope: &Scope, words: &str) -> Result<Vec<Id>> {
    let found = tx.find_within(
        &scope.subjects(),
        words,
        praja_store::search::Narrow { modul: Some(crate::ID), jenis: Some(crate::PERMOHONAN) },
        None,
        200,
    )?;
    let id = |hit: praja_store::search::Hit| hit.tautan.rsplit('/').next().and_then(|id| id.parse().ok());
    Ok(found.hits.into_iter().filter_map(id).collect())
}
