//! The only SQL about assisted visits.

use praja_kernel::{Date, Id, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Keadaan, Keperluan, Kunjungan, rules::Isian};
use crate::jenis::Kanal;

const COLUMNS: &str =
    "SELECT id, tanggal, kanal, nama, nik, telepon, badan, nib, kbli, nomor_luar, keperluan, keadaan, keadaan_luar, catatan,
    petugas_nama, versi FROM perizinan_bantuan";

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Saringan {
    pub(super) dari: Date,
    pub(super) sampai: Date,
    pub(super) kanal: Option<Kanal>,
    pub(super) keadaan: Option<Keadaan>,
    pub(super) cari: String,
}

/// A place in a list: the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letak {
    Atas,
    /// Older than this row.
    Sesudah(Date, Id),
    /// Newer than this row.
    Sebelum(Date, Id),
}

pub(super) fn insert(tx: &mut Tx<'_>, one: &Kunjungan, petugas: &str) -> Result<()> {
    let (isi, now) = (&one.isi, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_bantuan (id, tanggal, kanal, nama, nik, telepon, badan, nib, kbli, nomor_luar, keperluan, keadaan,
           keadaan_luar, catatan, fold, petugas, petugas_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, 1)",
        params![
            one.id,
            one.tanggal,
            isi.kanal.as_str(),
            &isi.nama,
            &isi.nik,
            &isi.telepon,
            &isi.badan,
            &isi.nib,
            &isi.kbli,
            &isi.nomor_luar,
            isi.keperluan.as_str(),
            isi.keadaan.as_str(),
            &isi.keadaan_luar,
            &isi.catatan,
            isi.folded(),
            petugas,
            &one.petugas_nama,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, one: &Kunjungan) -> Result<bool> {
    let isi = &one.isi;
    let changed = tx.exec(
        "UPDATE perizinan_bantuan SET kanal = ?3, nama = ?4, nik = ?5, telepon = ?6, badan = ?7, nib = ?8, kbli = ?9, nomor_luar = ?10,
           keperluan = ?11, keadaan = ?12, keadaan_luar = ?13, catatan = ?14, fold = ?15, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            isi.kanal.as_str(),
            &isi.nama,
            &isi.nik,
            &isi.telepon,
            &isi.badan,
            &isi.nib,
            &isi.kbli,
            &isi.nomor_luar,
            isi.keperluan.as_str(),
            isi.keadaan.as_str(),
            &isi.keadaan_luar,
            &isi.catatan,
            isi.folded()
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kunjungan>> {
    Sql::new(COLUMNS).filter("id = ?").bind(id).opt(tx, read)
}

/// Visits of a span of days, the newest first; `limit` rows from a place on.
pub(super) fn list(tx: &mut Tx<'_>, one: &Saringan, at: Letak, limit: i64) -> Result<Vec<Kunjungan>> {
    let mut sql = Sql::new(COLUMNS);
    if let Some(kanal) = one.kanal {
        sql.filter("kanal = ?").bind(kanal.as_str());
    }
    sql.filter("tanggal >= ?").bind(one.dari).filter("tanggal <= ?").bind(one.sampai);
    if let Some(keadaan) = one.keadaan {
        sql.filter("keadaan = ?").bind(keadaan.as_str());
    }
    for word in fold(&one.cari).split(' ').filter(|word| !word.is_empty()) {
        sql.filter("fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(word)));
    }
    match at {
        Letak::Atas => {}
        Letak::Sesudah(tanggal, id) => drop(sql.filter("(tanggal, id) < (?, ?)").bind(tanggal).bind(id)),
        Letak::Sebelum(tanggal, id) => drop(sql.filter("(tanggal, id) > (?, ?)").bind(tanggal).bind(id)),
    }
    if matches!(at, Letak::Sebelum(..)) {
        sql.push("ORDER BY tanggal, id LIMIT ?");
        let mut rows = sql.bind(limit).list(tx, read)?;
        rows.reverse();
        return Ok(rows);
    }
    sql.push("ORDER BY tanggal DESC, id DESC LIMIT ?");
    sql.bind(limit).list(tx, read)
}

/// Channel, state and kind of business of every visit in a span of days, from the index alone.
pub(super) fn figures(tx: &mut Tx<'_>, dari: Date, sampai: Date) -> Result<Vec<(Kanal, Keadaan, String)>> {
    let text = "SELECT kanal, keadaan, kbli FROM perizinan_bantuan WHERE tanggal >= ?1 AND tanggal <= ?2";
    tx.list(text, params![dari, sampai], |row| {
        let (kanal, keadaan): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((channel(&kanal)?, state(&keadaan)?, row.get(2)?))
    })
}

fn channel(word: &str) -> Result<Kanal> {
    Kanal::parse(word).map_err(|_| StoreError::unknown_word("kanal", word))
}

fn state(word: &str) -> Result<Keadaan> {
    Keadaan::parse(word).map_err(|_| StoreError::unknown_word("keadaan di sistem nasional", word))
}

fn read(row: &Row<'_>) -> Result<Kunjungan> {
    let (kanal, keperluan, keadaan): (String, String, String) = (row.get(2)?, row.get(10)?, row.get(11)?);
    let isi = Isian {
        kanal: channel(&kanal)?,
        nama: row.get(3)?,
        nik: row.get(4)?,
        telepon: row.get(5)?,
        badan: row.get(6)?,
        nib: row.get(7)?,
        kbli: row.get(8)?,
        nomor_luar: row.get(9)?,
        keperluan: Keperluan::parse(&keperluan)
            .map_err(|_| StoreError::unknown_word("keperluan layanan berbantuan", &keperluan))?,
        keadaan: state(&keadaan)?,
        keadaan_luar: row.get(12)?,
        catatan: row.get(13)?,
    };
    Ok(Kunjungan { id: row.get(0)?, tanggal: row.get(1)?, isi, petugas_nama: row.get(14)?, versi: row.get(15)? })
}
