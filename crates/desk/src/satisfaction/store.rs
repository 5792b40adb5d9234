//! The only SQL about satisfaction.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Sql, Tx, params};

use super::{About, Answers, Sums, rules::elements};

pub(super) fn is_answered(tx: &mut Tx<'_>, kunci: &str) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM desk_kepuasan WHERE kunci = ?1", params![kunci], |_| Ok(()))?.is_some())
}

pub(super) fn insert(tx: &mut Tx<'_>, about: &About, answers: &Answers, kunci: &str, bulan: &str) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let jawaban: String = answers.nilai.iter().map(|nilai| nilai.map_or('-', |nilai| char::from(b'0' + nilai))).collect();
    tx.exec(
        "INSERT INTO desk_kepuasan (id, kunci, objek, layanan, opd, bulan, jawaban, kelamin, pendidikan, pekerjaan, saran, pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
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
            now
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
