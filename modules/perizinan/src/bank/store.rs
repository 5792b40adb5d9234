//! The only SQL about files of banks and how they are read.

use praja_kernel::{Id, Moment, Rupiah};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Berkas, Kolom, Profil, Putusan, Temuan};
use crate::{
    bank::Baris,
    skrd::{KodeBayar, store::word},
};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;

const PROFIL: &str =
    "SELECT id, nama, pemisah, lewati, judul, kolom_kode, kolom_jumlah, kolom_tanggal, kolom_referensi, bentuk_tanggal,
    bentuk_angka, oleh_nama, versi FROM perizinan_bank_profil";

fn read_profil(row: &Row<'_>) -> Result<Profil> {
    Ok(Profil {
        id: row.get(0)?,
        nama: row.get(1)?,
        pemisah: word(row, 2)?,
        lewati: row.get(3)?,
        judul: row.get(4)?,
        kolom: Kolom { kode: row.get(5)?, jumlah: row.get(6)?, tanggal: row.get(7)?, referensi: row.get(8)? },
        bentuk_tanggal: word(row, 9)?,
        bentuk_angka: word(row, 10)?,
        oleh_nama: row.get(11)?,
        versi: row.get(12)?,
    })
}

/// The profiles of an OPD by name.
pub(crate) fn profiles(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Profil>> {
    let mut sql = Sql::new(PROFIL);
    sql.filter("opd = ?").bind(opd).push("ORDER BY nama LIMIT 100").list(tx, read_profil)
}

/// A profile of an OPD.
pub(crate) fn profil(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<Profil>> {
    let mut sql = Sql::new(PROFIL);
    sql.filter("id = ?").bind(id).filter("opd = ?").bind(opd).opt(tx, read_profil)
}

/// Keeps a new profile.
pub(crate) fn insert_profil(tx: &mut Tx<'_>, opd: Id, one: &Profil) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO perizinan_bank_profil (id, opd, nama, pemisah, lewati, judul, kolom_kode, kolom_jumlah, kolom_tanggal, kolom_referensi,
            bentuk_tanggal, bentuk_angka, oleh_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1)",
        params![
            one.id,
            opd,
            &one.nama,
            one.pemisah.as_str(),
            one.lewati,
            one.judul,
            &one.kolom.kode,
            &one.kolom.jumlah,
            &one.kolom.tanggal,
            &one.kolom.referensi,
            one.bentuk_tanggal.as_str(),
            one.bentuk_angka.as_str(),
            &one.oleh_nama,
            now
        ],
    )?;
    Ok(())
}

/// Saves a profile; `false` when somebody was first.
pub(crate) fn update_profil(tx: &mut Tx<'_>, one: &Profil) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_bank_profil SET nama = ?3, pemisah = ?4, lewati = ?5, judul = ?6, kolom_kode = ?7, kolom_jumlah = ?8,
            kolom_tanggal = ?9, kolom_referensi = ?10, bentuk_tanggal = ?11, bentuk_angka = ?12, oleh_nama = ?13, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            &one.nama,
            one.pemisah.as_str(),
            one.lewati,
            one.judul,
            &one.kolom.kode,
            &one.kolom.jumlah,
            &one.kolom.tanggal,
            &one.kolom.referensi,
            one.bentuk_tanggal.as_str(),
            one.bentuk_angka.as_str(),
            &one.oleh_nama
        ],
    )?;
    Ok(changed == 1)
}

const BERKAS: &str = "SELECT id, opd, profil_nama, nama, sidik, status, baris, cocok, nilai, oleh_nama, created_at, selesai_nama,
    selesai_pada, versi FROM perizinan_bank_berkas";

fn read_berkas(row: &Row<'_>) -> Result<Berkas> {
    Ok(Berkas {
        id: row.get(0)?,
        opd: row.get(1)?,
        profil_nama: row.get(2)?,
        nama: row.get(3)?,
        sidik: row.get(4)?,
        status: word(row, 5)?,
        baris: row.get(6)?,
        cocok: row.get(7)?,
        nilai: Rupiah(row.get(8)?),
        oleh_nama: row.get(9)?,
        created_at: row.get(10)?,
        selesai_nama: row.get(11)?,
        selesai_pada: row.get(12)?,
        versi: row.get(13)?,
    })
}

/// Keeps a new file.
pub(crate) fn insert(tx: &mut Tx<'_>, one: &Berkas) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_bank_berkas (id, opd, profil_nama, nama, sidik, status, baris, cocok, nilai, oleh_nama, created_at,
            selesai_nama, selesai_pada, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            one.id,
            one.opd,
            &one.profil_nama,
            &one.nama,
            &one.sidik,
            one.status.as_str(),
            one.baris,
            one.cocok,
            one.nilai.0,
            &one.oleh_nama,
            one.created_at,
            &one.selesai_nama,
            one.selesai_pada,
            one.versi
        ],
    )?;
    Ok(())
}

/// Saves what became of a file; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, one: &Berkas) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_bank_berkas SET status = ?3, cocok = ?4, nilai = ?5, selesai_nama = ?6, selesai_pada = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, one.status.as_str(), one.cocok, one.nilai.0, &one.selesai_nama, one.selesai_pada],
    )?;
    Ok(changed == 1)
}

/// A file of one of these OPDs.
pub(crate) fn find(tx: &mut Tx<'_>, opds: &[Id], id: Id) -> Result<Option<Berkas>> {
    let mut sql = Sql::new(BERKAS);
    Ok(sql.filter("id = ?").bind(id).opt(tx, read_berkas)?.filter(|one| opds.contains(&one.opd)))
}

/// Files of an OPD with this very content.
pub(crate) fn same(tx: &mut Tx<'_>, opd: Id, sidik: &str) -> Result<Vec<Berkas>> {
    let mut sql = Sql::new(BERKAS);
    sql.filter("opd = ?").bind(opd).filter("sidik = ?").bind(sidik).push("ORDER BY id LIMIT 50").list(tx, read_berkas)
}

/// One page of the files of an OPD, newest first.
pub(crate) fn list(tx: &mut Tx<'_>, opd: Id, before: Option<(Moment, Id)>, limit: usize) -> Result<Vec<Berkas>> {
    let mut sql = Sql::new(BERKAS);
    sql.filter("opd = ?").bind(opd);
    if let Some((at, id)) = before {
        sql.filter("(created_at, id) < (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY created_at DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_berkas)
}

/// Keeps a row with what it means, in place of what it was taken for before.
pub(crate) fn put(tx: &mut Tx<'_>, berkas: Id, one: &Temuan) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_bank_baris (berkas, nomor, kode, jumlah, tanggal, referensi, teks, putusan, pesan, skrd)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (berkas, nomor) DO UPDATE SET putusan = excluded.putusan, pesan = excluded.pesan, skrd = excluded.skrd",
        params![
            berkas,
            one.baris.nomor,
            one.baris.kode.as_ref().map(KodeBayar::as_str).unwrap_or_default(),
            one.baris.jumlah.map(|jumlah| if one.baris.keluar { -jumlah.0 } else { jumlah.0 }),
            one.baris.tanggal,
            &one.baris.referensi,
            &one.baris.teks,
            one.putusan.as_str(),
            &one.pesan,
            one.skrd
        ],
    )?;
    Ok(())
}

/// Every row of a file in its order.
pub(crate) fn rows(tx: &mut Tx<'_>, berkas: Id) -> Result<Vec<Temuan>> {
    tx.list(
        "SELECT nomor, kode, jumlah, tanggal, referensi, teks, putusan, pesan, skrd FROM perizinan_bank_baris
         WHERE berkas = ?1 ORDER BY nomor",
        params![berkas],
        |row| {
            let (kode, jumlah): (String, Option<i64>) = (row.get(1)?, row.get(2)?);
            let putusan: Putusan = word(row, 6)?;
            let pesan: String = row.get(7)?;
            Ok(Temuan {
                baris: Baris {
                    nomor: row.get(0)?,
                    kode: KodeBayar::parse(&kode),
                    jumlah: jumlah.map(|jumlah| Rupiah(jumlah.saturating_abs())),
                    tanggal: row.get(3)?,
                    referensi: row.get(4)?,
                    teks: row.get(5)?,
                    keluar: jumlah.is_some_and(|jumlah| jumlah < 0),
                    masalah: if putusan == Putusan::TidakTerbaca { pesan.clone() } else { String::new() },
                },
                putusan,
                pesan,
                skrd: row.get(8)?,
            })
        },
    )
}
