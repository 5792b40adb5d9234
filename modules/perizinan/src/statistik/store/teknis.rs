//! What technical OPD were asked, each with the days it was given and the days it took.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Sql, Tx, params};

use super::corrupt;
use crate::{alur::Status, statistik::teknis::Permintaan};

/// Every OPD that was ever asked. The index of requests is walked from one OPD to the next: there are few of them, and many requests.
pub(in crate::statistik) fn asked(tx: &mut Tx<'_>) -> Result<Vec<Id>> {
    let (mut all, mut last) = (Vec::new(), String::new());
    loop {
        let next =
            tx.opt("SELECT opd FROM perizinan_rekomendasi WHERE opd > ?1 ORDER BY opd LIMIT 1", params![last.as_str()], |row| {
                row.get::<Id>(0)
            })?;
        let Some(opd) = next else { return Ok(all) };
        last = opd.to_string();
        all.push(opd);
    }
}

/// What an OPD was asked from a moment on and before another.
pub(in crate::statistik) fn requests(
    tx: &mut Tx<'_>,
    opd: Id,
    (from, before): (Moment, Moment),
    jenis: Option<Id>,
) -> Result<Vec<Permintaan>> {
    let mut sql = Sql::new(
        "SELECT r.jatah, r.hari_pakai, r.hari_diminta, p.status, p.perlu_rekomendasi
         FROM perizinan_rekomendasi r JOIN perizinan_permohonan p ON p.id = r.permohonan",
    );
    sql.filter("r.opd = ?").bind(opd).filter("r.diminta >= ?").bind(from).filter("r.diminta < ?").bind(before);
    if let Some(jenis) = jenis {
        sql.filter("p.jenis = ?").bind(jenis);
    }
    sql.push("ORDER BY r.diminta, r.id LIMIT 20000");
    sql.list(tx, |row| {
        let diminta: Date = row.get(2)?;
        Ok(Permintaan {
            jatah: row.get(0)?,
            pakai: row.get(1)?,
            diminta,
            menunggu: Status::parse(&row.get::<String>(3)?).map_err(corrupt)? == Status::MintaRekomendasi,
            perlu: row.get(4)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use praja_store::PlanLog;

    use super::*;
    use crate::testing;

    #[test]
    fn requests_are_walked_by_their_index_and_nothing_is_sorted() {
        let plans = PlanLog::default();
        let db = testing::db(Some(plans.clone()));
        let id: Id = "0192a7b0-0000-7000-8000-000000000001".parse().unwrap();
        for jenis in [None, Some(id)] {
            let found = db.read(|tx| {
                assert_eq!(asked(tx)?, []);
                requests(tx, id, (Moment(0), Moment(1)), jenis)
            });
            assert_eq!(found.unwrap(), []);
        }
        for plan in plans.plans() {
            assert!(plan.offences().is_empty(), "{} {:?}", plan.sql, plan.lines);
        }
    }
}
