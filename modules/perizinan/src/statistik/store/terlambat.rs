//! Applications past their due date: those that still run, and those that were decided after it.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, Tx};

use super::corrupt;
use crate::{
    alur::{Meja, Status},
    sla::Jam,
};

/// An application that is late, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::statistik) struct Lewat {
    pub(in crate::statistik) nomor: String,
    pub(in crate::statistik) layanan: String,
    pub(in crate::statistik) jenis_versi: Id,
    pub(in crate::statistik) status: Status,
    /// Which desk has it; of one that was decided, which had it when its last day passed.
    pub(in crate::statistik) meja: Meja,
    pub(in crate::statistik) petugas: String,
    pub(in crate::statistik) jam: Jam,
    pub(in crate::statistik) tenggat: Date,
    /// The day of the decision and the days it took; none while it runs.
    pub(in crate::statistik) selesai: Option<(Date, i64)>,
}

/// Those whose clock runs although their last day was before this one, desk by desk.
pub(in crate::statistik) fn running(tx: &mut Tx<'_>, before: Date, jenis: Option<Id>, limit: usize) -> Result<Vec<Lewat>> {
    let mut all = Vec::new();
    for meja in Meja::ALL.iter().filter(|meja| !matches!(meja, Meja::Pemohon | Meja::Selesai)) {
        let mut sql = Sql::new(
            "SELECT p.nomor, v.nama, p.jenis_versi, p.status, p.meja, p.petugas_nama, p.sla, p.mulai, p.terpakai, p.lanjut,
             p.tenggat, p.selesai, p.hari_pakai
             FROM perizinan_permohonan p JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi",
        );
        sql.filter("p.meja = ?").bind(meja.as_str()).filter("p.tenggat < ?").bind(before).filter("p.lanjut IS NOT NULL");
        narrowed(&mut sql, jenis, limit.saturating_sub(all.len()));
        all.extend(sql.list(tx, read)?);
    }
    Ok(all)
}

/// Those decided on one of these days, later than they might be. Beside each stands the desk of the first step after its last day: it had
/// the file when the time ran out. What was decided late was due before; so the walk begins at the end of the days that are asked for.
pub(in crate::statistik) fn decided(
    tx: &mut Tx<'_>,
    (first, last): (Date, Date),
    jenis: Option<Id>,
    limit: usize,
) -> Result<Vec<Lewat>> {
    let mut sql = Sql::new(
        "SELECT p.nomor, v.nama, p.jenis_versi, p.status, COALESCE(r.meja, p.meja), COALESCE(r.oleh_nama, ''), p.sla, p.mulai,
         p.terpakai, p.lanjut, p.tenggat, p.selesai, p.hari_pakai
         FROM perizinan_permohonan p JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi
         LEFT JOIN perizinan_riwayat r ON r.id = (SELECT s.id FROM perizinan_riwayat s
             WHERE s.permohonan = p.id AND s.tanggal > p.tenggat ORDER BY s.pada, s.id LIMIT 1)",
    );
    sql.filter("p.meja = ?").bind(Meja::Selesai.as_str());
    sql.filter("p.tenggat < ?").bind(last).filter("p.selesai >= ?").bind(first).filter("p.selesai <= ?").bind(last);
    sql.filter("p.hari_pakai > p.sla");
    sql.filter_in("p.status", [Status::Terbit, Status::Diserahkan, Status::Ditolak].map(Status::as_str));
    narrowed(&mut sql, jenis, limit);
    sql.list(tx, read)
}

fn narrowed(sql: &mut Sql, jenis: Option<Id>, limit: usize) {
    if let Some(jenis) = jenis {
        sql.filter("p.jenis = ?").bind(jenis);
    }
    sql.push("ORDER BY p.tenggat DESC, p.id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
}

fn read(row: &Row<'_>) -> Result<Lewat> {
    let selesai: Option<Date> = row.get(11)?;
    let hari: Option<i64> = row.get(12)?;
    Ok(Lewat {
        nomor: row.get::<Option<String>>(0)?.unwrap_or_default(),
        layanan: row.get(1)?,
        jenis_versi: row.get(2)?,
        status: Status::parse(&row.get::<String>(3)?).map_err(corrupt)?,
        meja: Meja::parse(&row.get::<String>(4)?).map_err(corrupt)?,
        petugas: row.get(5)?,
        jam: Jam { sla: row.get(6)?, mulai: row.get(7)?, terpakai: row.get(8)?, lanjut: row.get(9)? },
        tenggat: row.get(10)?,
        selesai: selesai.zip(hari),
    })
}

#[cfg(test)]
mod tests {
    use praja_store::PlanLog;

    use super::*;
    use crate::testing;

    #[test]
    fn what_is_late_is_found_by_desk_and_due_date_and_nothing_is_sorted() {
        let plans = PlanLog::default();
        let db = testing::db(Some(plans.clone()));
        let (first, last): (Date, Date) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        let jenis: Id = "0192a7b0-0000-7000-8000-000000000001".parse().unwrap();
        for chosen in [None, Some(jenis)] {
            let none = db.read(|tx| {
                let mut all = running(tx, last, chosen, 10)?;
                all.extend(decided(tx, (first, last), chosen, 10)?);
                Ok::<_, praja_store::StoreError>(all)
            });
            assert_eq!(none.unwrap(), []);
        }
        for plan in plans.plans() {
            assert!(plan.offences().is_empty(), "{} {:?}", plan.sql, plan.lines);
        }
    }
}
