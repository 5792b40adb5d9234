//! Lists of naskah: keys are walked along one index for each subject of the scope and merged; the rows of a page are read afterwards.

use std::{cmp::Reverse, collections::HashMap};

use praja_kernel::{Date, Derajat, Id, Moment, Scope, Sifat};
use praja_store::{Result, Row, Sql, Tx};

use crate::{
    naskah::Status,
    surat_masuk::{
        RAHASIA,
        store::{Cursor, PAGE, Place, word},
    },
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) jenis: String,
    pub(crate) status: Status,
    pub(crate) hal: String,
    pub(crate) sifat: Sifat,
    pub(crate) derajat: Derajat,
    pub(crate) klasifikasi: Option<String>,
    pub(crate) tanggal: Option<Date>,
    pub(crate) nomor: Option<String>,
    pub(crate) urut: i64,
    pub(crate) kepada: String,
    pub(crate) pemegang: String,
    pub(crate) penandatangan: String,
    pub(crate) created_at: Moment,
    /// Uploaded as PDF instead of written here?
    pub(crate) unggahan: bool,
}

/// One page of a list, newest first, and where its neighbours are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Baris>,
    pub(crate) newer: Option<Cursor>,
    pub(crate) older: Option<Cursor>,
}

/// A page of what the scope may see, of one state or of all.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, status: Option<Status>, place: Place, size: usize) -> Result<Page> {
    let mut keys = Vec::new();
    for subject in scope.subjects() {
        keys.extend(walk(tx, &subject, status, place, size + 1)?);
    }
    let up = matches!(place, Place::Newer(_));
    if up {
        keys.sort_unstable_by_key(|key| (key.kunci, key.id));
    } else {
        keys.sort_unstable_by_key(|key| Reverse((key.kunci, key.id)));
    }
    keys.dedup();
    let more = keys.len() > size;
    keys.truncate(size);
    if up {
        keys.reverse();
    }
    let (newer, older) = match place {
        Place::Top => (false, more),
        Place::Older(_) => (true, more),
        Place::Newer(_) => (more, true),
    };
    let (first, last) = (keys.first().copied().filter(|_| newer), keys.last().copied().filter(|_| older));
    Ok(Page { rows: rows_at(tx, &keys)?, newer: first, older: last })
}

fn walk(tx: &mut Tx<'_>, subject: &str, status: Option<Status>, place: Place, wanted: usize) -> Result<Vec<Cursor>> {
    let mut sql = Sql::new("SELECT created_at, id FROM eoffice_naskah_akses");
    sql.filter("subject = ?").bind(subject);
    if let Some(status) = status {
        sql.filter("status = ?").bind(status.as_str());
    }
    match place {
        Place::Top => {}
        Place::Older(at) => {
            sql.filter("(created_at, id) < (?, ?)").bind(at.kunci).bind(at.id);
        }
        Place::Newer(at) => {
            sql.filter("(created_at, id) > (?, ?)").bind(at.kunci).bind(at.id);
        }
    }
    sql.push(match place {
        Place::Newer(_) => "ORDER BY created_at, id LIMIT ?",
        Place::Top | Place::Older(_) => "ORDER BY created_at DESC, id DESC LIMIT ?",
    });
    sql.bind(i64::try_from(wanted).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok(Cursor { kunci: row.get(0)?, id: row.get(1)? }))
}

const BARIS: &str = "SELECT n.id, n.opd, n.jenis, n.status, n.hal, n.sifat, n.derajat, n.klasifikasi, n.tanggal, n.nomor, n.urut,
    n.kepada, n.pemegang, n.penandatangan_jabatan, n.created_at, CASE WHEN n.letak IS NULL THEN 0 ELSE 1 END FROM eoffice_naskah n";

fn rows_at(tx: &mut Tx<'_>, keys: &[Cursor]) -> Result<Vec<Baris>> {
    let mut rows: HashMap<Id, Baris> = HashMap::with_capacity(keys.len());
    for some in keys.chunks(PAGE) {
        let mut sql = Sql::new(BARIS);
        sql.filter_in("n.id", some.iter().map(|key| key.id));
        rows.extend(sql.list(tx, read)?.into_iter().map(|row| (row.id, row)));
    }
    Ok(keys.iter().filter_map(|key| rows.remove(&key.id)).collect())
}

/// Naskah by what the search found, as far as the scope may see them; newest first.
pub(crate) fn list_found(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<Vec<Baris>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(BARIS);
    sql.filter_in("n.id", ids.iter().copied());
    visible(&mut sql, scope);
    let mut rows = sql.list(tx, read)?;
    rows.sort_by_key(|row| Reverse((row.created_at, row.id)));
    Ok(rows)
}

pub(super) fn visible(sql: &mut Sql, scope: &Scope) {
    sql.filter("EXISTS (SELECT 1 FROM eoffice_naskah_akses a WHERE a.id = n.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push("))");
}

/// One page of the register of one OPD: what was numbered for a day of the period, by date and number. `after` is the last row before.
pub(crate) fn register(
    tx: &mut Tx<'_>,
    scope: &Scope,
    opd: Id,
    period: (Date, Date),
    after: Option<(Date, i64, Id)>,
    newest_first: bool,
    limit: usize,
) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(BARIS);
    let (mut from, mut to) = period;
    if let Some((day, ..)) = after {
        if newest_first { to = to.min(day) } else { from = from.max(day) }
    }
    sql.filter("n.opd = ?").bind(opd).filter("n.tanggal >= ?").bind(from).filter("n.tanggal <= ?").bind(to);
    if let Some((day, urut, id)) = after {
        let below = "(n.tanggal, n.urut, n.id) < (?, ?, ?)";
        let above = "(n.tanggal, n.urut, n.id) > (?, ?, ?)";
        sql.filter(if newest_first { below } else { above }).bind(day).bind(urut).bind(id);
    }
    visible(&mut sql, scope);
    sql.push(if newest_first {
        "ORDER BY n.tanggal DESC, n.urut DESC, n.id DESC LIMIT ?"
    } else {
        "ORDER BY n.tanggal, n.urut, n.id LIMIT ?"
    });
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Baris> {
    let sifat: Sifat = word(row, 5)?;
    let (hal, kepada): (String, String) = (row.get(4)?, row.get(11)?);
    let secret = sifat.is_secret();
    Ok(Baris {
        id: row.get(0)?,
        opd: row.get(1)?,
        jenis: row.get(2)?,
        status: word(row, 3)?,
        hal: if secret { RAHASIA.to_owned() } else { hal },
        sifat,
        derajat: word(row, 6)?,
        klasifikasi: row.get(7)?,
        tanggal: row.get(8)?,
        nomor: row.get(9)?,
        urut: row.get::<Option<i64>>(10)?.unwrap_or(0),
        kepada: if secret { String::new() } else { kepada },
        pemegang: row.get(12)?,
        penandatangan: row.get(13)?,
        created_at: row.get(14)?,
        unggahan: row.get::<i64>(15)? == 1,
    })
}

/// What waits for the signature of a post, newest first: what is numbered already and could not be signed, too, where signing is
/// `electronic`.
pub(crate) fn for_signature(tx: &mut Tx<'_>, scope: &Scope, jabatan: Id, electronic: bool, most: usize) -> Result<Vec<Baris>> {
    let subject = format!("jabatan:{jabatan}");
    let mut keys = walk(tx, &subject, Some(Status::SiapTte), Place::Top, WIDE)?;
    if electronic {
        keys.extend(walk(tx, &subject, Some(Status::Menandatangani), Place::Top, WIDE)?);
    }
    keys.sort_unstable_by_key(|key| Reverse((key.kunci, key.id)));
    let mut rows = Vec::new();
    // Others that wait for a signature may be seen from here, too: those of the post are picked out.
    for some in keys.chunks(PAGE) {
        let mut sql = Sql::new(BARIS);
        sql.filter_in("n.id", some.iter().map(|key| key.id)).filter("n.penandatangan = ?").bind(jabatan);
        visible(&mut sql, scope);
        rows.extend(sql.list(tx, read)?);
        if rows.len() >= most {
            break;
        }
    }
    rows.sort_by_key(|row| Reverse((row.created_at, row.id)));
    rows.truncate(most);
    Ok(rows)
}

/// So many naskah of a state are looked through for those of one signer.
const WIDE: usize = 400;

/// The youngest naskah that a post wrote or signs, for choosing one of them: neither refused nor withdrawn.
pub(crate) fn of_post(tx: &mut Tx<'_>, jabatan: Id, most: usize) -> Result<Vec<Baris>> {
    let mut keys = walk(tx, &format!("jabatan:{jabatan}"), None, Place::Top, WIDE)?;
    keys.sort_unstable_by_key(|key| Reverse((key.kunci, key.id)));
    let mut rows = Vec::new();
    for some in keys.chunks(PAGE) {
        let mut sql = Sql::new(BARIS);
        sql.filter_in("n.id", some.iter().map(|key| key.id));
        sql.filter("(n.pembuat = ? OR n.penandatangan = ?)").bind(jabatan).bind(jabatan);
        let found = sql.list(tx, read)?;
        rows.extend(found.into_iter().filter(|row| !matches!(row.status, Status::Ditolak | Status::Dicabut)));
        if rows.len() >= most {
            break;
        }
    }
    rows.sort_by_key(|row| Reverse((row.created_at, row.id)));
    rows.truncate(most);
    Ok(rows)
}

/// How many naskah wait for the signature of a post, at most a hundred.
pub(crate) fn waiting_for_signature(tx: &mut Tx<'_>, jabatan: Id) -> Result<usize> {
    let subject = format!("jabatan:{jabatan}");
    let keys = walk(tx, &subject, Some(Status::SiapTte), Place::Top, 100)?;
    let mut sql = Sql::new("SELECT n.id FROM eoffice_naskah n");
    sql.filter_in("n.id", keys.iter().map(|key| key.id)).filter("n.penandatangan = ?").bind(jabatan);
    Ok(if keys.is_empty() { 0 } else { sql.list(tx, |_| Ok(()))?.len() })
}
