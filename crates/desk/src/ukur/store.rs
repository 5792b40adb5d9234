//! The only SQL about measured lines.

use praja_kernel::{CaraKerja, Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Angka, Dengan, Ukur};

/// What the list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filter {
    /// One office.
    pub(super) opd: Option<Id>,
    /// One way of working.
    pub(super) cara: Option<CaraKerja>,
    /// Not before.
    pub(super) dari: Option<Moment>,
    /// Before.
    pub(super) sampai: Option<Moment>,
    /// Older than this row.
    pub(super) sebelum: Option<(Moment, Id)>,
}

pub(super) fn insert(tx: &mut Tx<'_>, opd: Id, angka: &Angka, dengan: Dengan, cara: CaraKerja) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    let whole = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    tx.exec(
        "INSERT INTO desk_ukur (id, opd, oleh, oleh_nama, pada, p50_us, p95_us, goyah_us, unduh_kbit, unggah_kbit, dengan, cara)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            id,
            opd,
            by.actor.key(),
            by.actor.nama(),
            by.at,
            whole(angka.p50_us),
            whole(angka.p95_us),
            whole(angka.goyah_us),
            angka.unduh_kbit.map(whole),
            angka.unggah_kbit.map(whole),
            dengan.as_str(),
            cara.as_str()
        ],
    )?;
    Ok(id)
}

/// The newest measurements of an office.
pub(super) fn latest(tx: &mut Tx<'_>, opd: Id, limit: i64) -> Result<Vec<Ukur>> {
    list(tx, &Filter { opd: Some(opd), ..Filter::default() }, limit)
}

/// The newest that the filter lets through; each combination walks its own index.
pub(super) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Ukur>> {
    let mut sql = Sql::new(
        "SELECT id, opd, oleh_nama, pada, p50_us, p95_us, goyah_us, unduh_kbit, unggah_kbit, dengan, cara FROM desk_ukur",
    );
    if let Some(opd) = filter.opd {
        sql.filter("opd = ?").bind(opd);
    }
    if let Some(cara) = filter.cara {
        sql.filter("cara = ?").bind(cara.as_str());
    }
    // Always there, so that the whole list walks its index, too.
    sql.filter("pada >= ?").bind(filter.dari.unwrap_or(Moment(0)));
    if let Some(sampai) = filter.sampai {
        sql.filter("pada < ?").bind(sampai);
    }
    if let Some((pada, id)) = filter.sebelum {
        sql.filter("(pada, id) < (?, ?)").bind(pada).bind(id);
    }
    sql.push("ORDER BY pada DESC, id DESC LIMIT ?").bind(limit);
    sql.list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Ukur> {
    let whole = |value: i64| u64::try_from(value).unwrap_or_default();
    let (dengan, cara) = (row.get::<String>(9)?, row.get::<String>(10)?);
    Ok(Ukur {
        id: row.get(0)?,
        opd: row.get(1)?,
        oleh_nama: row.get(2)?,
        pada: row.get(3)?,
        angka: Angka {
            p50_us: whole(row.get(4)?),
            p95_us: whole(row.get(5)?),
            goyah_us: whole(row.get(6)?),
            unduh_kbit: row.get::<Option<i64>>(7)?.map(whole),
            unggah_kbit: row.get::<Option<i64>>(8)?.map(whole),
        },
        dengan: Dengan::parse(&dengan).map_err(|_| StoreError::unknown_word("cara mengukur", &dengan))?,
        cara: CaraKerja::parse(&cara).map_err(|_| StoreError::unknown_word("cara kerja", &cara))?,
    })
}
