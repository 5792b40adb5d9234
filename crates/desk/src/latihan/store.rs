//! The only SQL about training.

use std::collections::BTreeMap;

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, Tx, audit::search::Wanted, params};

use super::{Percobaan, rules::Act};

/// So many acts since the beginning of an attempt are looked at.
const ACTS: i64 = 500;

/// Which attempts a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// One exercise.
    pub(super) skenario: Option<String>,
    /// Older than this one.
    pub(super) sebelum: Option<(Moment, Id)>,
}

const COLUMNS: &str = "SELECT id, orang, orang_nama, opd_nama, skenario, mulai, selesai, sudah, semua FROM desk_latihan";

pub(super) fn insert(tx: &mut Tx<'_>, skenario: &str, semua: i64, opd_nama: &str) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_latihan (id, orang, orang_nama, opd, opd_nama, skenario, mulai, selesai, sudah, semua)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, 0, ?8)",
        params![id, by.actor.key(), by.actor.nama(), by.opd, opd_nama, skenario, by.at, semua],
    )?;
    Ok(id)
}

/// Notes how far somebody is; what was finished stays finished.
pub(super) fn note(tx: &mut Tx<'_>, id: Id, sudah: i64, selesai: Option<Moment>) -> Result<u64> {
    tx.exec("UPDATE desk_latihan SET sudah = ?2, selesai = ?3 WHERE id = ?1 AND selesai IS NULL", params![id, sudah, selesai])
}

/// The last attempt of somebody at an exercise.
pub(super) fn last(tx: &mut Tx<'_>, orang: &str, skenario: &str) -> Result<Option<Percobaan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("orang = ?").bind(orang).filter("skenario = ?").bind(skenario);
    sql.push("ORDER BY orang DESC, skenario DESC, mulai DESC, id DESC LIMIT 1");
    sql.opt(tx, read)
}

/// The newest attempts.
pub(super) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Percobaan>> {
    let mut sql = Sql::new(COLUMNS);
    if let Some(skenario) = &filter.skenario {
        sql.filter("skenario = ?").bind(skenario);
    }
    let (mulai, id) = filter.sebelum.map_or((Moment(i64::MAX), String::new()), |(mulai, id)| (mulai, id.to_string()));
    sql.filter("(mulai, id) < (?, ?)").bind(mulai).bind(id);
    sql.push("ORDER BY mulai DESC, id DESC LIMIT ?").bind(limit);
    sql.list(tx, read)
}

/// What somebody did since, in the order of time.
pub(super) fn acts(tx: &mut Tx<'_>, orang: &str, dari: Moment) -> Result<Vec<Act>> {
    let wanted = Wanted { pelaku: Some(orang.to_owned()), dari: Some(dari), ..Wanted::default() };
    let mut rows = tx.find_audit(&wanted, ACTS)?;
    rows.reverse();
    let act = |row: praja_store::AuditRow| Act {
        pada: row.pada,
        tindakan: row.tindakan,
        nilai: row.nilai.into_iter().map(|one| (one.bidang, one.nilai)).collect::<BTreeMap<_, _>>(),
    };
    Ok(rows.into_iter().map(act).collect())
}

fn read(row: &Row<'_>) -> Result<Percobaan> {
    Ok(Percobaan {
        id: row.get(0)?,
        orang: row.get(1)?,
        orang_nama: row.get(2)?,
        opd_nama: row.get(3)?,
        skenario: row.get(4)?,
        mulai: row.get(5)?,
        selesai: row.get(6)?,
        sudah: row.get(7)?,
        semua: row.get(8)?,
    })
}
