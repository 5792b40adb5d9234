//! The only SQL about messages on their way out.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Isi, Kiriman, Muatan, Status};

const COLUMNS: &str =
    "SELECT id, kabar, saluran, penerima, penerima_nama, alamat, jenis, judul, isi, oleh, status, percobaan, coba_pada,
    sebab, dibuat, selesai_pada FROM desk_kiriman";

/// What is known about a new message.
pub(crate) struct New<'a> {
    pub(crate) kabar: Option<Id>,
    pub(crate) saluran: Id,
    pub(crate) penerima: &'a str,
    pub(crate) penerima_nama: &'a str,
    pub(crate) alamat: &'a str,
    pub(crate) jenis: Isi,
    pub(crate) judul: &'a str,
    pub(crate) muatan: &'a Muatan,
    pub(crate) oleh: &'a str,
    pub(crate) status: Status,
    pub(crate) sebab: Option<&'a str>,
}

/// Messages that were given up since then.
pub(super) fn failed_since(tx: &mut Tx<'_>, since: Moment) -> Result<i64> {
    tx.scalar("SELECT COUNT(*) FROM desk_kiriman WHERE status = 'gagal' AND coba_pada >= ?1", params![since])
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let isi = serde_json::to_string(new.muatan).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    tx.exec(
        "INSERT INTO desk_kiriman (id, kabar, saluran, penerima, penerima_nama, alamat, jenis, judul, isi, oleh, status, coba_pada,
           sebab, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?12)",
        params![
            id,
            new.kabar,
            new.saluran,
            new.penerima,
            new.penerima_nama,
            new.alamat,
            new.jenis.as_str(),
            new.judul,
            isi,
            new.oleh,
            new.status.as_str(),
            now,
            new.sebab
        ],
    )?;
    Ok(id)
}

/// When the message before the last `nth - 1` ones to somebody was queued.
pub(super) fn nth_latest(tx: &mut Tx<'_>, penerima: &str, nth: i64) -> Result<Option<Moment>> {
    tx.opt(
        "SELECT dibuat FROM desk_kiriman WHERE penerima = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2",
        params![penerima, nth - 1],
        |row| row.get(0),
    )
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kiriman>> {
    Sql::new(COLUMNS).filter("id = ?").bind(id).opt(tx, read)
}

/// Every message about a notice, in order.
pub(crate) fn of_notice(tx: &mut Tx<'_>, kabar: Id) -> Result<Vec<Kiriman>> {
    Sql::new(COLUMNS).filter("kabar = ?").bind(kabar).push("ORDER BY id LIMIT 100").list(tx, read)
}

/// Was a notice spread already?
pub(super) fn is_spread(tx: &mut Tx<'_>, kabar: Id) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM desk_kiriman WHERE kabar = ?1 LIMIT 1", params![kabar], |_| Ok(()))?.is_some())
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) status: Option<Status>,
    pub(crate) saluran: Option<Id>,
    pub(crate) sebelum: Option<Id>,
}

/// Messages, newest first. Every order of filters has an index.
pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Kiriman>> {
    let mut all = Vec::new();
    let states: &[Status] = filter.status.as_ref().map_or(Status::ALL, std::slice::from_ref);
    for status in states {
        let mut sql = Sql::new(COLUMNS);
        if let Some(saluran) = filter.saluran {
            sql.filter("saluran = ?").bind(saluran);
        }
        sql.filter("status = ?").bind(status.as_str());
        if let Some(before) = filter.sebelum {
            sql.filter("id < ?").bind(before);
        }
        all.extend(sql.push("ORDER BY id DESC LIMIT ?").bind(limit).list(tx, read)?);
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.id));
    all.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(all)
}

/// Whose digest is next: the first reader and way that wait, behind `after`.
pub(super) fn next_reader(tx: &mut Tx<'_>, after: Option<(&str, Id)>) -> Result<Option<(String, Id)>> {
    let mut sql = Sql::new("SELECT penerima, saluran FROM desk_kiriman");
    sql.filter("status = ?").bind(Status::Ringkasan.as_str());
    if let Some((penerima, saluran)) = after {
        sql.filter("penerima >= ?").bind(penerima).filter("(penerima > ? OR saluran > ?)").bind(penerima).bind(saluran);
    }
    sql.push("ORDER BY penerima, saluran, id LIMIT 1").opt(tx, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// What waits for one reader's digest on one way, oldest first.
pub(super) fn for_digest(tx: &mut Tx<'_>, penerima: &str, saluran: Id) -> Result<Vec<Kiriman>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("status = ?").bind(Status::Ringkasan.as_str()).filter("penerima = ?").bind(penerima);
    sql.filter("saluran = ?").bind(saluran).push("ORDER BY id LIMIT 500").list(tx, read)
}

/// Closes a member of a digest.
pub(super) fn digested(tx: &mut Tx<'_>, id: Id, ringkasan: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_kiriman SET status = ?2, ringkasan = ?3, selesai_pada = ?4 WHERE id = ?1",
        params![id, Status::Diringkas.as_str(), ringkasan, now],
    )?;
    Ok(())
}

/// Ends a message: it left, was given up, is held or no longer needed. Texts about accounts are erased with it.
pub(super) fn end(tx: &mut Tx<'_>, kiriman: &Kiriman, status: Status, sebab: Option<&str>, failures: i64) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_kiriman SET status = ?2, sebab = ?3, percobaan = ?4, selesai_pada = ?5 WHERE id = ?1",
        params![kiriman.id, status.as_str(), sebab, failures, now],
    )?;
    if kiriman.jenis == Isi::Keamanan {
        tx.exec("UPDATE desk_kiriman SET isi = '' WHERE id = ?1", params![kiriman.id])?;
    }
    Ok(())
}

/// Puts it back for another try.
pub(super) fn postpone(tx: &mut Tx<'_>, id: Id, until: Moment, sebab: Option<&str>, failures: i64) -> Result<()> {
    tx.exec(
        "UPDATE desk_kiriman SET status = ?2, coba_pada = ?3, sebab = COALESCE(?4, sebab), percobaan = ?5, selesai_pada = NULL WHERE id = ?1",
        params![id, Status::Menunggu.as_str(), until, sebab, failures],
    )?;
    Ok(())
}

/// Columns as in [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<Kiriman> {
    let (jenis, isi, status): (String, String, String) = (row.get(6)?, row.get(8)?, row.get(10)?);
    let muatan = if isi.is_empty() {
        Muatan {
            isi: String::new(),
            tautan: "/".into(),
            derajat: praja_kernel::Derajat::Biasa,
            dari: String::new(),
            jumlah: 0,
            berkas: None,
        }
    } else {
        serde_json::from_str(&isi).map_err(|e| StoreError::Corrupt(format!("a message: {e}")))?
    };
    Ok(Kiriman {
        id: row.get(0)?,
        kabar: row.get(1)?,
        saluran: row.get(2)?,
        penerima: row.get(3)?,
        penerima_nama: row.get(4)?,
        alamat: row.get(5)?,
        jenis: Isi::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis kiriman", &jenis))?,
        judul: row.get(7)?,
        muatan,
        oleh: row.get(9)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan kiriman", &status))?,
        percobaan: row.get(11)?,
        coba_pada: row.get(12)?,
        sebab: row.get(13)?,
        dibuat: row.get(14)?,
        selesai_pada: row.get(15)?,
    })
}
