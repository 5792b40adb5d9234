//! Lists of surat masuk: they walk one index for each subject of the scope and are merged here. One statement with UNION ALL would be
//! merged by SQLite as well, but PostgreSQL reads and sorts every row of every subject for it.
//!
//! Only keys are walked and merged; the rows of a page are read afterwards, by their identities. So a page costs the same for
//! somebody who sees letters by five subjects, of which most rows would be thrown away.

use std::collections::HashMap;

use praja_kernel::{Date, Derajat, Id, Moment, Scope, Sifat};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{
    super::{RAHASIA, Status},
    word,
};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;
/// A count stops here.
pub(crate) const COUNT_CAP: i64 = 1000;

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Everything, newest first.
    All,
    /// One state, newest first.
    Status(Status),
    /// Open letters whose deadline passed before this moment, latest deadline first.
    Late(Moment),
}

/// A place between two rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// When the row was registered; for late letters their deadline.
    pub(crate) kunci: i64,
    /// The row.
    pub(crate) id: Id,
}

/// Which neighbouring page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The newest rows.
    Top,
    /// Below a row.
    Older(Cursor),
    /// Above a row.
    Newer(Cursor),
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) kunci: i64,
    pub(crate) id: Id,
    pub(crate) agenda: i64,
    pub(crate) tahun: i64,
    pub(crate) tanggal_terima: Date,
    pub(crate) asal: String,
    pub(crate) nomor_surat: Option<String>,
    pub(crate) tanggal_surat: Date,
    pub(crate) hal: String,
    pub(crate) sifat: Sifat,
    pub(crate) derajat: Derajat,
    pub(crate) status: Status,
    pub(crate) tenggat: Moment,
    pub(crate) created_at: Moment,
    pub(crate) klasifikasi: Option<String>,
    pub(crate) tujuan: Option<String>,
    pub(crate) disposisi_terakhir: String,
    /// Whose agenda book the number is in.
    pub(crate) opd: Id,
    /// It came from an old book, and was not registered here.
    pub(crate) impor: bool,
}

impl Baris {
    fn place(&self) -> (i64, Id) {
        (self.kunci, self.id)
    }
}

/// One page of a list, newest first, and where its neighbours are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Baris>,
    pub(crate) newer: Option<Cursor>,
    pub(crate) older: Option<Cursor>,
}

/// A page of what the scope may see.
pub(crate) fn list_many(tx: &mut Tx<'_>, scope: &Scope, filter: Filter, place: Place, size: usize) -> Result<Page> {
    page(tx, &scope.subjects(), filter, place, size)
}

fn page(tx: &mut Tx<'_>, subjects: &[String], filter: Filter, place: Place, size: usize) -> Result<Page> {
    let mut keys = walk(tx, subjects, filter, place, size + 1)?;
    let more = keys.len() > size;
    keys.truncate(size);
    let (newer, older) = match place {
        Place::Top => (false, more),
        Place::Older(_) => (true, more),
        Place::Newer(_) => (more, true),
    };
    if matches!(place, Place::Newer(_)) {
        keys.reverse();
    }
    let newer = keys.first().copied().filter(|_| newer);
    let older = keys.last().copied().filter(|_| older);
    Ok(Page { rows: rows_at(tx, &keys)?, newer, older })
}

/// Reads `wanted` keys in the direction of `place`: so many of each subject, merged. A letter that reaches the scope by two
/// subjects comes once.
fn walk(tx: &mut Tx<'_>, subjects: &[String], filter: Filter, place: Place, wanted: usize) -> Result<Vec<Cursor>> {
    let mut keys = Vec::new();
    for subject in subjects {
        keys.extend(walk_one(tx, subject, filter, place, wanted)?);
    }
    match place {
        Place::Top | Place::Older(_) => keys.sort_unstable_by_key(|key| std::cmp::Reverse((key.kunci, key.id))),
        Place::Newer(_) => keys.sort_unstable_by_key(|key| (key.kunci, key.id)),
    }
    keys.dedup();
    keys.truncate(wanted);
    Ok(keys)
}

/// The keys of one subject: a walk along one index, never into the table, that stops when there are enough.
fn walk_one(tx: &mut Tx<'_>, subject: &str, filter: Filter, place: Place, wanted: usize) -> Result<Vec<Cursor>> {
    let late = matches!(filter, Filter::Late(_));
    let mut sql =
        Sql::new(if late { "SELECT tenggat, id FROM eoffice_akses" } else { "SELECT created_at, id FROM eoffice_akses" });
    sql.filter("subject = ?").bind(subject);
    match filter {
        Filter::All => {}
        Filter::Status(status) => {
            sql.filter("status = ?").bind(status.as_str());
        }
        Filter::Late(now) => {
            sql.filter("tenggat < ?").bind(now);
        }
    }
    let below = match place {
        Place::Top => None,
        Place::Older(cursor) if late => Some(("(tenggat, id) < (?, ?)", cursor)),
        Place::Older(cursor) => Some(("(created_at, id) < (?, ?)", cursor)),
        Place::Newer(cursor) if late => Some(("(tenggat, id) > (?, ?)", cursor)),
        Place::Newer(cursor) => Some(("(created_at, id) > (?, ?)", cursor)),
    };
    if let Some((predicate, cursor)) = below {
        sql.filter(predicate).bind(cursor.kunci).bind(cursor.id);
    }
    sql.push(match (place, late) {
        (Place::Newer(_), true) => "ORDER BY tenggat, id LIMIT ?",
        (Place::Newer(_), false) => "ORDER BY created_at, id LIMIT ?",
        (_, true) => "ORDER BY tenggat DESC, id DESC LIMIT ?",
        (_, false) => "ORDER BY created_at DESC, id DESC LIMIT ?",
    });
    sql.bind(i64::try_from(wanted).unwrap_or(i64::MAX));
    sql.list(tx, read_key)
}

fn read_key(row: &Row<'_>) -> Result<Cursor> {
    Ok(Cursor { kunci: row.get(0)?, id: row.get(1)? })
}

/// The rows of these keys, in the order of the keys.
fn rows_at(tx: &mut Tx<'_>, keys: &[Cursor]) -> Result<Vec<Baris>> {
    let mut rows: HashMap<Id, Baris> = HashMap::with_capacity(keys.len());
    for some in keys.chunks(PAGE) {
        let mut sql = Sql::new(BARIS);
        sql.filter_in("s.id", some.iter().map(|key| key.id));
        rows.extend(sql.list(tx, read_baris)?.into_iter().map(|row| (row.id, row)));
    }
    Ok(keys.iter().filter_map(|key| rows.remove(&key.id).map(|row| Baris { kunci: key.kunci, ..row })).collect())
}

const BARIS: &str =
    "SELECT s.created_at, s.id, s.agenda, s.tahun, s.tanggal_terima, s.asal, s.nomor_surat, s.tanggal_surat, s.hal, s.sifat,
        s.derajat, s.status, s.tenggat, s.created_at, s.klasifikasi, s.tujuan, s.disposisi_terakhir, s.opd, s.impor
     FROM eoffice_surat_masuk s";

/// Letters by what the search found, as far as the scope may see them; newest first.
pub(crate) fn list_found(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<Vec<Baris>> {
    let mut sql = found(scope);
    sql.filter_in("s.id", ids.iter().copied());
    let mut rows = sql.list(tx, read_baris)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.place()));
    Ok(rows)
}

/// Letters by agenda number, in one year or in all.
pub(crate) fn list_agenda(tx: &mut Tx<'_>, scope: &Scope, agenda: i64, tahun: &[i64]) -> Result<Vec<Baris>> {
    let mut sql = found(scope);
    sql.filter_in("s.opd", scope.opd_set.iter().copied());
    sql.filter_in("s.tahun", tahun.iter().copied());
    sql.filter("s.agenda = ?").bind(agenda);
    let mut rows = sql.list(tx, read_baris)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.place()));
    Ok(rows)
}

fn found(scope: &Scope) -> Sql {
    let mut sql = Sql::new(BARIS);
    sql.filter("EXISTS (SELECT 1 FROM eoffice_akses a WHERE a.id = s.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push("))");
    sql
}

/// The letters that a subject sees by its own name, newest first, below a place.
pub(crate) fn seen_by(tx: &mut Tx<'_>, subject: &str, below: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
    let mut sql = Sql::new("SELECT created_at, id FROM eoffice_akses");
    sql.filter("subject = ?").bind(subject);
    if let Some(Cursor { kunci, id }) = below {
        sql.filter("(created_at, id) < (?, ?)").bind(kunci).bind(id);
    }
    sql.push("ORDER BY created_at DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read_key)
}

/// Open letters past their deadline, at most [`COUNT_CAP`] + 1 for each subject: read from the index alone.
pub(crate) fn count_late(tx: &mut Tx<'_>, scope: &Scope, now: Moment) -> Result<i64> {
    count(tx, scope, "SELECT id FROM eoffice_akses WHERE subject = ?1 AND tenggat < ?2 LIMIT ?3", now)
}

/// Letters registered since a moment, at most [`COUNT_CAP`] + 1 for each subject: read from the index alone.
pub(crate) fn count_since(tx: &mut Tx<'_>, scope: &Scope, since: Moment) -> Result<i64> {
    count(tx, scope, "SELECT id FROM eoffice_akses WHERE subject = ?1 AND created_at >= ?2 LIMIT ?3", since)
}

/// Open letters of one subject past their deadline, at most [`COUNT_CAP`].
pub(crate) fn late_of(tx: &mut Tx<'_>, subject: &str, now: Moment) -> Result<usize> {
    let sql = "SELECT id FROM eoffice_akses WHERE subject = ?1 AND tenggat < ?2 LIMIT ?3";
    Ok(tx.list(sql, params![subject, now, COUNT_CAP], |_| Ok(()))?.len())
}

/// Counted here and not by the engine, whose COUNT over a limited list is a walk over that list besides.
fn count(tx: &mut Tx<'_>, scope: &Scope, sql: &'static str, moment: Moment) -> Result<i64> {
    let mut all = 0;
    for subject in scope.subjects() {
        all += tx.list(sql, params![subject, moment, COUNT_CAP + 1], |_| Ok(()))?.len();
    }
    Ok(i64::try_from(all).unwrap_or(i64::MAX))
}

/// Letters that lie on a desk and wait for an order, newest first; nothing of Sangat rahasia for the aide.
pub(crate) fn list_on_desk(tx: &mut Tx<'_>, jabatan: Id, limit: i64) -> Result<Vec<Baris>> {
    let subject = format!("jabatan:{jabatan}");
    let limit = usize::try_from(limit).unwrap_or(PAGE);
    let keys = walk_one(tx, &subject, Filter::Status(Status::Diarahkan), Place::Top, limit)?;
    rows_at(tx, &keys)
}

/// One page of the agenda book of one OPD: letters received in a period, by date and number. `after` is the last row before.
pub(crate) fn book(
    tx: &mut Tx<'_>,
    scope: &Scope,
    opd: Id,
    period: (Date, Date),
    after: Option<(Date, i64, Id)>,
    newest_first: bool,
    limit: usize,
) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT s.agenda, s.id, s.agenda, s.tahun, s.tanggal_terima, s.asal, s.nomor_surat, s.tanggal_surat, s.hal, s.sifat,
            s.derajat, s.status, s.tenggat, s.created_at, s.klasifikasi, s.tujuan, s.disposisi_terakhir, s.opd, s.impor
         FROM eoffice_surat_masuk s",
    );
    sql.filter("s.opd = ?").bind(opd);
    let (mut from, mut to) = period;
    if let Some((day, _, _)) = after {
        if newest_first { to = to.min(day) } else { from = from.max(day) }
    }
    sql.filter("s.tanggal_terima >= ?").bind(from).filter("s.tanggal_terima <= ?").bind(to);
    if let Some((day, agenda, id)) = after {
        let below = "(s.tanggal_terima, s.agenda, s.id) < (?, ?, ?)";
        let above = "(s.tanggal_terima, s.agenda, s.id) > (?, ?, ?)";
        sql.filter(if newest_first { below } else { above }).bind(day).bind(agenda).bind(id);
    }
    sql.filter("EXISTS (SELECT 1 FROM eoffice_akses a WHERE a.id = s.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push("))");
    sql.push(if newest_first {
        "ORDER BY s.tanggal_terima DESC, s.agenda DESC, s.id DESC LIMIT ?"
    } else {
        "ORDER BY s.tanggal_terima, s.agenda, s.id LIMIT ?"
    });
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_baris)
}

fn read_baris(row: &Row<'_>) -> Result<Baris> {
    let sifat: Sifat = word(row, 9)?;
    let hal = if sifat.is_secret() { RAHASIA.to_owned() } else { row.get(8)? };
    Ok(Baris {
        kunci: row.get(0)?,
        id: row.get(1)?,
        agenda: row.get(2)?,
        tahun: row.get(3)?,
        tanggal_terima: row.get(4)?,
        asal: row.get(5)?,
        nomor_surat: row.get(6)?,
        tanggal_surat: row.get(7)?,
        hal,
        sifat,
        derajat: word(row, 10)?,
        status: word(row, 11)?,
        tenggat: row.get(12)?,
        created_at: row.get(13)?,
        klasifikasi: row.get(14)?,
        tujuan: row.get(15)?,
        disposisi_terakhir: row.get(16)?,
        opd: row.get(17)?,
        impor: row.get::<Option<Id>>(18)?.is_some(),
    })
}
