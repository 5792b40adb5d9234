//! The only SQL about satisfaction.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Sql, StoreError, Tx, params};

use super::{
    About, Answers, Sums,
    laporan::{Masa, Rencana},
    rules::elements,
};

pub(super) fn is_answered(tx: &mut Tx<'_>, kunci: &str) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM desk_kepuasan WHERE kunci = ?1", params![kunci], |_| Ok(()))?.is_some())
}

pub(super) fn insert(tx: &mut Tx<'_>, about: &About, answers: &Answers, kunci: &str, bulan: &str) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let jawaban: String = answers.nilai.iter().map(|nilai| nilai.map_or('-', |nilai| char::from(b'0' + nilai))).collect();
    tx.exec(
        "INSERT INTO desk_kepuasan (id, kunci, objek, layanan, opd, bulan, jawaban, kelamin, pendidikan, pekerjaan, saran, pada,
           usia)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            id,
            kunci,
            &about.objek,
            &about.layanan,
            about.opd,
            bulan,
            jawaban,
            &answers.kelamin,
            &answers.pendidikan,
            &answers.pekerjaan,
            &answers.saran,
            now,
            &answers.usia
        ],
    )?;
    Ok(id)
}

/// Counts an answer to one element; the empty element counts people.
pub(super) fn count(tx: &mut Tx<'_>, about: &About, bulan: &str, unsur: &str, nilai: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_kepuasan_hitung (opd, layanan, bulan, unsur, banyak, jumlah) VALUES (?1, ?2, ?3, ?4, 1, ?5)
         ON CONFLICT (opd, layanan, bulan, unsur) DO UPDATE SET banyak = desk_kepuasan_hitung.banyak + 1,
           jumlah = desk_kepuasan_hitung.jumlah + excluded.jumlah",
        params![about.opd, &about.layanan, bulan, unsur, nilai],
    )?;
    Ok(())
}

pub(super) fn sums(tx: &mut Tx<'_>, opd: Id, layanan: Option<&str>, dari: &str, sampai: &str) -> Result<Sums> {
    let mut sql = Sql::new("SELECT bulan, unsur, banyak, jumlah FROM desk_kepuasan_hitung");
    sql.filter("opd = ?").bind(opd);
    if let Some(layanan) = layanan {
        sql.filter("layanan = ?").bind(layanan);
    }
    let mut sums = Sums { responden: 0, unsur: vec![(0, 0); elements().len()] };
    let rows = sql.list(tx, |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?)))?;
    // A few rows per service and month: counted here, so that one index answers every question.
    for (bulan, unsur, banyak, jumlah) in rows {
        if bulan.as_str() < dari || bulan.as_str() > sampai {
            continue;
        }
        match elements().iter().position(|one| one.kode == unsur) {
            Some(at) => {
                sums.unsur[at].0 += banyak;
                sums.unsur[at].1 += jumlah;
            }
            None => sums.responden += banyak,
        }
    }
    Ok(sums)
}

/// The services of an OPD that were ever judged.
pub(super) fn services(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<String>> {
    let mut all: Vec<String> =
        tx.list("SELECT layanan FROM desk_kepuasan_hitung WHERE opd = ?1 AND unsur = ''", params![opd], |row| row.get(0))?;
    all.sort();
    all.dedup();
    Ok(all)
}

/// What people remarked in a month's span, the latest first.
pub(super) fn remarks(tx: &mut Tx<'_>, opd: Id, dari: &str, sampai: &str, limit: i64) -> Result<Vec<(String, String, Moment)>> {
    tx.list(
        "SELECT layanan, saran, pada, bulan FROM desk_kepuasan
         WHERE opd = ?1 AND bulan >= ?2 AND bulan <= ?3 AND saran <> '' ORDER BY bulan DESC, layanan DESC, id DESC LIMIT ?4",
        params![opd, dari, sampai, limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Who answered in a span of months: sex, age group, education, work. Nothing else stands beside them.
pub(super) fn profile(tx: &mut Tx<'_>, opd: Id, dari: &str, sampai: &str) -> Result<Vec<[String; 4]>> {
    let text = "SELECT kelamin, usia, pendidikan, pekerjaan FROM desk_kepuasan WHERE opd = ?1 AND bulan >= ?2 AND bulan <= ?3";
    tx.list(text, params![opd, dari, sampai], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
}

/// A kept plan with its row, whether it is done, and its version.
pub(super) type Tersimpan = (Id, Rencana, bool, i64);

pub(super) fn plans(tx: &mut Tx<'_>, opd: Id, tahun: i16, masa: Masa) -> Result<Vec<Tersimpan>> {
    tx.list(
        "SELECT id, unsur, tindakan, pemilik, tenggat, selesai, versi FROM desk_kepuasan_rencana
         WHERE opd = ?1 AND tahun = ?2 AND masa = ?3 ORDER BY tenggat, id",
        params![opd, i64::from(tahun), masa.as_str()],
        |row| {
            let plan = Rencana { unsur: row.get(1)?, tindakan: row.get(2)?, pemilik: row.get(3)?, tenggat: row.get::<Date>(4)? };
            Ok((row.get(0)?, plan, row.get(5)?, row.get(6)?))
        },
    )
}

pub(super) fn insert_plan(tx: &mut Tx<'_>, opd: Id, tahun: i16, masa: Masa, one: &Rencana) -> Result<Id> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO desk_kepuasan_rencana (id, opd, tahun, masa, unsur, tindakan, pemilik, tenggat, selesai, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, FALSE, 1)",
        params![id, opd, i64::from(tahun), masa.as_str(), &one.unsur, &one.tindakan, &one.pemilik, one.tenggat],
    )?;
    Ok(id)
}

/// Marks a plan of this OPD done.
pub(super) fn finish_plan(tx: &mut Tx<'_>, id: Id, opd: Id) -> Result<bool> {
    let text =
        "UPDATE desk_kepuasan_rencana SET selesai = TRUE, versi = versi + 1 WHERE id = ?1 AND opd = ?2 AND selesai = FALSE";
    Ok(tx.exec(text, params![id, opd])? == 1)
}

pub(super) fn publish(tx: &mut Tx<'_>, opd: Id, tahun: i16, masa: Masa, oleh_nama: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_kepuasan_terbit (tahun, masa, opd, pada, oleh_nama) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (tahun, masa, opd) DO UPDATE SET pada = excluded.pada, oleh_nama = excluded.oleh_nama",
        params![i64::from(tahun), masa.as_str(), opd, now, oleh_nama],
    )?;
    Ok(())
}

/// What was published since a year, the latest first.
pub(super) fn published(tx: &mut Tx<'_>, sejak: i16, limit: i64) -> Result<Vec<(i64, Masa, Id, Moment)>> {
    let text = "SELECT tahun, masa, opd, pada FROM desk_kepuasan_terbit WHERE tahun >= ?1 ORDER BY tahun DESC, masa DESC, opd DESC LIMIT ?2";
    tx.list(text, params![i64::from(sejak), limit], |row| {
        let masa: String = row.get(1)?;
        Ok((
            row.get(0)?,
            Masa::parse(&masa).map_err(|_| StoreError::unknown_word("masa survei", &masa))?,
            row.get(2)?,
            row.get(3)?,
        ))
    })
}
