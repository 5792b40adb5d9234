//! The only SQL about the licences of an import: what is recorded beside them, putting them in, over each other, and out again.

use praja_kernel::{Date, Id, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::super::{
    Tindakan,
    baca::Calon,
    pilah::{Ada, Kunci, kunci},
};
use crate::izin::{Keadaan, store::Izin};

/// Rows of one statement; a short text is found again in the cache of statements.
const AT_ONCE: usize = 25;
/// Rows read in one step.
const STEP: i64 = 2_000;

/// What is recorded of a type: each licence with its key.
pub(crate) fn recorded(tx: &mut Tx<'_>, jenis: Id) -> Result<Vec<(Kunci, Ada)>> {
    let mut all: Vec<(Kunci, Ada)> = Vec::new();
    let mut after: Option<(Date, Id)> = None;
    loop {
        let mut sql = Sql::new(KNOWN);
        sql.filter("i.jenis = ?").bind(jenis);
        if let Some((day, id)) = after {
            sql.filter("(i.tanggal, i.id) > (?, ?)").bind(day).bind(id);
        }
        sql.push("ORDER BY i.tanggal, i.id LIMIT ?").bind(STEP);
        let some = sql.list(tx, known)?;
        let Some(last) = some.last() else { return Ok(all) };
        after = Some((last.1.tanggal, last.0));
        all.extend(some.into_iter().map(|(izin, calon, versi, tercatat)| {
            let key = kunci(jenis, &calon.nomor);
            let dari_impor = tercatat.is_some();
            (key, Ada { izin, dari_impor, berubah_boleh: tercatat == Some(versi), isi: dari_impor.then_some(calon) })
        }));
    }
}

const KNOWN: &str =
    "SELECT i.id, i.versi, l.tercatat, l.baris, i.jenis, i.jenis_nama, l.layanan, i.nomor, i.tanggal, i.berlaku_dari,
        i.berlaku_sampai, i.nama, i.nik, i.objek, i.lokasi, l.alamat, i.status, i.penandatangan, i.jabatan, l.telepon, l.email
     FROM perizinan_izin i LEFT JOIN perizinan_izin_lama l ON l.izin = i.id";

/// A licence with its versi, and the one it had when an import wrote it.
type Tersimpan = (Id, Calon, i64, Option<i64>);

fn known(row: &Row<'_>) -> Result<Tersimpan> {
    let word = |at| row.get::<String>(at);
    let maybe = |at| Ok::<_, StoreError>(row.get::<Option<String>>(at)?.unwrap_or_default());
    let baris = row.get::<Option<i64>>(3)?.unwrap_or_default();
    let calon = Calon {
        baris: u32::try_from(baris).unwrap_or_default(),
        jenis: row.get(4)?,
        jenis_nama: word(5)?,
        layanan: maybe(6)?,
        nomor: word(7)?,
        tanggal: row.get(8)?,
        dari: row.get(9)?,
        sampai: row.get(10)?,
        nama: word(11)?,
        nik: word(12)?,
        objek: word(13)?,
        lokasi: word(14)?,
        alamat: maybe(15)?,
        keadaan: Keadaan::parse(&word(16)?).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        penandatangan: word(17)?,
        jabatan: word(18)?,
        telepon: maybe(19)?,
        email: maybe(20)?,
        catatan: String::new(),
    };
    Ok((row.get(0)?, calon, row.get(1)?, row.get(2)?))
}

/// One that an import brought, with its versi and the one it had when an import wrote it.
pub(crate) fn one(tx: &mut Tx<'_>, izin: Id) -> Result<Option<(Calon, i64, Option<i64>)>> {
    let mut sql = Sql::new(KNOWN);
    sql.filter("i.id = ?").bind(izin);
    Ok(sql.opt(tx, known)?.map(|(_, calon, versi, tercatat)| (calon, versi, tercatat)))
}

/// Is a licence of this type and number there meanwhile? Blanks apart.
pub(crate) fn is_there(tx: &mut Tx<'_>, jenis: Id, nomor: &str) -> Result<bool> {
    let sql = "SELECT id FROM perizinan_izin WHERE nomor = ?1 AND jenis = ?2 LIMIT 1";
    Ok(tx.opt(sql, params![nomor, jenis], |row| row.get::<Id>(0))?.is_some())
}

/// Staged rows that are written, after a place: (place, act, JSON).
pub(crate) fn waiting(tx: &mut Tx<'_>, impor: Id, after: i64, limit: i64) -> Result<Vec<(i64, Tindakan, String)>> {
    tx.list(
        "SELECT urut, tindakan, isi FROM perizinan_impor_baris WHERE impor = ?1 AND urut > ?2 AND isi <> '' ORDER BY urut LIMIT ?3",
        params![impor, after, limit],
        |row| {
            let act = Tindakan::parse(&row.get::<String>(1)?).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            Ok((row.get(0)?, act, row.get(2)?))
        },
    )
}

/// Goes on from one place of the work to the next; `false` when another process was first, or the work was ended.
pub(crate) fn advance(tx: &mut Tx<'_>, impor: Id, status: &'static str, from: i64, to: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_impor SET maju = ?4 WHERE id = ?1 AND status = ?2 AND maju = ?3",
        params![impor, status, from, to],
    )?;
    Ok(changed == 1)
}

/// Empties staged rows that were written: what they hold of people stands in the register now.
pub(crate) fn empty(tx: &mut Tx<'_>, impor: Id, from: i64, to: i64) -> Result<()> {
    tx.exec("UPDATE perizinan_impor_baris SET isi = '' WHERE impor = ?1 AND urut > ?2 AND urut <= ?3", params![impor, from, to])?;
    Ok(())
}

/// Leaves a row behind, with the reason; `baru` and `ubah` count what is still written.
pub(crate) fn leave(tx: &mut Tx<'_>, impor: Id, urut: i64, was: Tindakan, why: &str) -> Result<()> {
    tx.exec(
        "UPDATE perizinan_impor_baris SET tindakan = ?3, keterangan = ?4 WHERE impor = ?1 AND urut = ?2",
        params![impor, urut, Tindakan::Tertinggal.as_str(), why],
    )?;
    let (baru, ubah) = if was == Tindakan::Ubah { (0, 1) } else { (1, 0) };
    tx.exec(
        "UPDATE perizinan_impor SET tertinggal = tertinggal + 1, baru = baru - ?2, ubah = ubah - ?3 WHERE id = ?1",
        params![impor, baru, ubah],
    )?;
    Ok(())
}

/// A licence that comes in.
#[derive(Debug, Clone)]
pub(crate) struct Masuk {
    pub(crate) izin: Izin,
    pub(crate) calon: Calon,
}

/// Saves licences with where they came from: a few statements for fifty.
pub(crate) fn insert_many(tx: &mut Tx<'_>, impor: Id, all: &[Masuk]) -> Result<()> {
    for some in all.chunks(AT_ONCE) {
        let mut sql = Sql::new(
            "INSERT INTO perizinan_izin (id, permohonan, jenis, jenis_nama, nomor, urut, tanggal, nama, nama_fold, nik, objek, lokasi,
             status, berlaku_dari, berlaku_sampai, lama, pengganti, token, lampiran, penandatangan, jabatan, peringatan, diingatkan,
             created_at, versi) VALUES",
        );
        for (at, Masuk { izin: one, .. }) in some.iter().enumerate() {
            sql.push(if at == 0 {
                "(?,NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,?,NULL,?,?,?,'',?,?)"
            } else {
                ",(?,NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL,NULL,?,NULL,?,?,?,'',?,?)"
            });
            sql.bind(one.id).bind(one.jenis).bind(&one.jenis_nama).bind(&one.nomor).bind(one.urut).bind(one.tanggal);
            sql.bind(&one.nama).bind(fold(&one.nama)).bind(&one.nik).bind(&one.objek).bind(&one.lokasi);
            sql.bind(one.keadaan.as_str()).bind(one.berlaku_dari).bind(one.berlaku_sampai).bind(one.token.as_deref());
            sql.bind(&one.penandatangan).bind(&one.jabatan).bind(one.peringatan).bind(one.created_at).bind(one.versi);
        }
        sql.exec(tx)?;
        let mut sql =
            Sql::new("INSERT INTO perizinan_izin_lama (izin, impor, baris, layanan, alamat, telepon, email, tercatat) VALUES");
        for (at, Masuk { izin, calon }) in some.iter().enumerate() {
            sql.push(if at == 0 { "(?,?,?,?,?,?,?,?)" } else { ",(?,?,?,?,?,?,?,?)" });
            sql.bind(izin.id).bind(impor).bind(i64::from(calon.baris)).bind(&calon.layanan).bind(&calon.alamat);
            sql.bind(&calon.telepon).bind(&calon.email).bind(izin.versi);
        }
        sql.exec(tx)?;
    }
    Ok(())
}

/// Writes over what an earlier import brought; `false` when somebody was faster.
pub(crate) fn overwrite(tx: &mut Tx<'_>, izin: Id, versi: i64, to: &Calon) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_izin SET jenis_nama = ?3, tanggal = ?4, nama = ?5, nama_fold = ?6, nik = ?7, objek = ?8, lokasi = ?9,
         status = ?10, berlaku_dari = ?11, berlaku_sampai = ?12, penandatangan = ?13, jabatan = ?14, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            izin,
            versi,
            &to.jenis_nama,
            to.tanggal,
            &to.nama,
            fold(&to.nama),
            &to.nik,
            &to.objek,
            &to.lokasi,
            to.keadaan.as_str(),
            to.dari,
            to.sampai,
            &to.penandatangan,
            &to.jabatan
        ],
    )?;
    tx.exec(
        "UPDATE perizinan_izin_lama SET layanan = ?2, alamat = ?3, telepon = ?4, email = ?5, tercatat = ?6 WHERE izin = ?1",
        params![izin, &to.layanan, &to.alamat, &to.telepon, &to.email, versi + 1],
    )?;
    Ok(changed == 1)
}

/// Gives a licence another page of verification.
pub(crate) fn set_token(tx: &mut Tx<'_>, izin: Id, token: &str) -> Result<()> {
    tx.exec("UPDATE perizinan_izin SET token = ?2 WHERE id = ?1", params![izin, token])?;
    Ok(())
}

/// Keeps what a licence said before an import wrote over it.
pub(crate) fn keep_before(tx: &mut Tx<'_>, impor: Id, izin: Id, before: &str) -> Result<()> {
    tx.exec("INSERT INTO perizinan_impor_ubah (impor, izin, sebelum) VALUES (?1, ?2, ?3)", params![impor, izin, before])?;
    Ok(())
}

/// What an import wrote over, after one, with what stood there before.
pub(crate) fn before(tx: &mut Tx<'_>, impor: Id, after: Option<Id>, limit: i64) -> Result<Vec<(Id, String)>> {
    let mut sql = Sql::new("SELECT izin, sebelum FROM perizinan_impor_ubah");
    sql.filter("impor = ?").bind(impor);
    if let Some(after) = after {
        sql.filter("izin > ?").bind(after);
    }
    sql.push("ORDER BY izin LIMIT ?").bind(limit).list(tx, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Forgets what stood there before: it stands there again.
pub(crate) fn forget_before(tx: &mut Tx<'_>, impor: Id, izin: Id) -> Result<()> {
    tx.exec("DELETE FROM perizinan_impor_ubah WHERE impor = ?1 AND izin = ?2", params![impor, izin])?;
    Ok(())
}

/// A licence of an import that may be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keluar {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) token: Option<String>,
    /// Has anybody warned about it, applied with it, or another import changed it?
    pub(crate) tersentuh: bool,
}

const TOUCHED: &str = "SELECT i.id, i.nomor, i.token, i.versi, l.tercatat,
        EXISTS (SELECT 1 FROM perizinan_permohonan p WHERE p.izin_lama = i.id),
        EXISTS (SELECT 1 FROM perizinan_izin_peristiwa e WHERE e.izin = i.id),
        EXISTS (SELECT 1 FROM perizinan_impor_ubah u WHERE u.izin = i.id)
     FROM perizinan_izin_lama l JOIN perizinan_izin i ON i.id = l.izin";

fn leaving(row: &Row<'_>) -> Result<Keluar> {
    let (versi, tercatat): (i64, i64) = (row.get(3)?, row.get(4)?);
    let (applied, happened, changed): (bool, bool, bool) = (row.get(5)?, row.get(6)?, row.get(7)?);
    Ok(Keluar {
        id: row.get(0)?,
        nomor: row.get(1)?,
        token: row.get(2)?,
        tersentuh: versi != tercatat || applied || happened || changed,
    })
}

/// Licences of an import after one, and whether anybody has worked with them.
pub(crate) fn licences(tx: &mut Tx<'_>, impor: Id, after: Option<Id>, limit: i64) -> Result<Vec<Keluar>> {
    let mut sql = Sql::new(TOUCHED);
    sql.filter("l.impor = ?").bind(impor);
    if let Some(after) = after {
        sql.filter("l.izin > ?").bind(after);
    }
    sql.push("ORDER BY l.izin LIMIT ?").bind(limit).list(tx, leaving)
}

/// One that an import changed: whether anybody, or a later import, has worked with it since.
pub(crate) fn changed(tx: &mut Tx<'_>, impor: Id, izin: Id) -> Result<Option<Keluar>> {
    tx.opt(
        "SELECT i.id, i.nomor, i.token, i.versi, l.tercatat,
            EXISTS (SELECT 1 FROM perizinan_permohonan p WHERE p.izin_lama = i.id),
            EXISTS (SELECT 1 FROM perizinan_izin_peristiwa e WHERE e.izin = i.id),
            EXISTS (SELECT 1 FROM perizinan_impor_ubah u WHERE u.izin = i.id AND u.impor > ?2)
         FROM perizinan_izin_lama l JOIN perizinan_izin i ON i.id = l.izin WHERE l.izin = ?1",
        params![izin, impor],
        leaving,
    )
}

/// Takes a licence out whose import is undone. The file and the act stay in the trail.
pub(crate) fn remove(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("DELETE FROM perizinan_izin_lama WHERE izin = ?1", params![id])?;
    tx.exec("DELETE FROM perizinan_izin WHERE id = ?1", params![id])?;
    Ok(())
}

/// Where a licence came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sumber {
    pub(crate) berkas: String,
    pub(crate) baris: i64,
    pub(crate) layanan: String,
    pub(crate) alamat: String,
    pub(crate) telepon: String,
    pub(crate) email: String,
}

/// Where a licence came from; nothing for one that was issued here. The caller has checked that it may be seen.
pub(crate) fn source(tx: &mut Tx<'_>, izin: Id) -> Result<Option<Sumber>> {
    tx.opt(
        "SELECT m.berkas, l.baris, l.layanan, l.alamat, l.telepon, l.email FROM perizinan_izin_lama l
         JOIN perizinan_impor m ON m.id = l.impor WHERE l.izin = ?1",
        params![izin],
        |row| {
            Ok(Sumber {
                berkas: row.get(0)?,
                baris: row.get(1)?,
                layanan: row.get(2)?,
                alamat: row.get(3)?,
                telepon: row.get(4)?,
                email: row.get(5)?,
            })
        },
    )
}
