//! The only SQL about notices and their counters.

use praja_kernel::{Derajat, Id, Sifat};
use praja_module::{Message, MessageKind, Waiting};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Filter, Kabar, Status, Told};

const COLUMNS: &str =
    "SELECT id, untuk, jenis, sifat, derajat, judul, isi, tautan, status, oleh_nama, dibuat, dibaca_nama, dibaca_pada,
    oleh
    FROM desk_kabar";

pub(super) fn insert(tx: &mut Tx<'_>, untuk: &str, message: &Message, told: &Told) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_kabar (id, untuk, jenis, sifat, derajat, judul, isi, tautan, status, oleh, oleh_nama, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            id,
            untuk,
            message.jenis.as_str(),
            message.sifat.as_str(),
            message.derajat.as_str(),
            &told.judul,
            &told.isi,
            &told.tautan,
            Status::Baru.as_str(),
            by.actor.key(),
            by.actor.nama(),
            by.at
        ],
    )?;
    Ok(id)
}

/// Is there any way out of the house that is switched on?
pub(super) fn has_way_out(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM desk_saluran WHERE aktif = TRUE ORDER BY id LIMIT 1", &[], |_| Ok(()))?.is_some())
}

/// Moves a counter, and begins it where there is none.
pub(super) fn count(tx: &mut Tx<'_>, subject: &str, by: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_hitung (subject, terbuka, kabar) VALUES (?1, 0, ?2)
         ON CONFLICT (subject) DO UPDATE SET kabar = desk_hitung.kabar + excluded.kabar",
        params![subject, by],
    )?;
    Ok(())
}

pub(super) fn waiting(tx: &mut Tx<'_>, subjects: &[String]) -> Result<Waiting> {
    let mut sql = Sql::new("SELECT terbuka, kabar FROM desk_hitung");
    sql.filter_in("subject", subjects.iter().map(String::as_str));
    let rows: Vec<(i64, i64)> = sql.list(tx, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows
        .into_iter()
        .fold(Waiting::default(), |sum, (tugas, kabar)| Waiting { tugas: sum.tugas + tugas, kabar: sum.kabar + kabar }))
}

pub(super) fn list(tx: &mut Tx<'_>, subject: &str, filter: &Filter, limit: i64) -> Result<Vec<Kabar>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("untuk = ?").bind(subject);
    if filter.baru {
        sql.filter("status = ?").bind(Status::Baru.as_str());
    }
    if let Some(before) = filter.sebelum {
        sql.filter("id < ?").bind(before);
    }
    if let Some(jenis) = filter.jenis {
        sql.filter("jenis = ?").bind(jenis.as_str());
    }
    sql.push("ORDER BY id DESC LIMIT ?").bind(limit);
    sql.list(tx, kabar)
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kabar>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id).opt(tx, kabar)
}

pub(super) fn sent_by(tx: &mut Tx<'_>, oleh: &str, before: Option<Id>, limit: i64) -> Result<Vec<Kabar>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("oleh = ?").bind(oleh);
    if let Some(before) = before {
        sql.filter("id < ?").bind(before);
    }
    sql.push("ORDER BY id DESC LIMIT ?").bind(limit).list(tx, kabar)
}

/// The text of what concerns an account goes once it is on its way.
pub(crate) fn erase_text(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("UPDATE desk_kabar SET isi = '', tautan = ?2 WHERE id = ?1", params![id, super::OWN_PAGE])?;
    Ok(())
}

/// Gives 1 when the notice was new and told to this subject.
pub(super) fn mark(tx: &mut Tx<'_>, id: Id, subject: &str) -> Result<i64> {
    let by = tx.by()?;
    let marked = tx.exec(
        "UPDATE desk_kabar SET status = ?3, dibaca_pada = ?4, dibaca_oleh = ?5, dibaca_nama = ?6
         WHERE id = ?1 AND untuk = ?2 AND status = ?7",
        params![id, subject, Status::Dibaca.as_str(), by.at, by.actor.key(), by.actor.nama(), Status::Baru.as_str()],
    )?;
    Ok(i64::try_from(marked).unwrap_or(0))
}

/// Gives 1 when the notice was read and told to this subject.
pub(super) fn unmark(tx: &mut Tx<'_>, id: Id, subject: &str) -> Result<i64> {
    let marked = tx.exec(
        "UPDATE desk_kabar SET status = ?3, dibaca_pada = NULL, dibaca_oleh = NULL, dibaca_nama = NULL
         WHERE id = ?1 AND untuk = ?2 AND status = ?4",
        params![id, subject, Status::Baru.as_str(), Status::Dibaca.as_str()],
    )?;
    Ok(i64::try_from(marked).unwrap_or(0))
}

pub(super) fn mark_up_to(tx: &mut Tx<'_>, subject: &str, latest: Id) -> Result<i64> {
    let by = tx.by()?;
    let marked = tx.exec(
        "UPDATE desk_kabar SET status = ?3, dibaca_pada = ?4, dibaca_oleh = ?5, dibaca_nama = ?6
         WHERE untuk = ?1 AND status = ?7 AND id <= ?2",
        params![subject, latest, Status::Dibaca.as_str(), by.at, by.actor.key(), by.actor.nama(), Status::Baru.as_str()],
    )?;
    Ok(i64::try_from(marked).unwrap_or(0))
}

fn kabar(row: &Row<'_>) -> Result<Kabar> {
    let (jenis, sifat, derajat, status): (String, String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(8)?);
    let (reader, at): (Option<String>, Option<praja_kernel::Moment>) = (row.get(11)?, row.get(12)?);
    Ok(Kabar {
        id: row.get(0)?,
        untuk: row.get(1)?,
        jenis: MessageKind::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis kabar", &jenis))?,
        sifat: Sifat::parse(&sifat).map_err(|_| StoreError::unknown_word("sifat", &sifat))?,
        derajat: Derajat::parse(&derajat).map_err(|_| StoreError::unknown_word("derajat", &derajat))?,
        judul: row.get(5)?,
        isi: row.get(6)?,
        tautan: row.get(7)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan kabar", &status))?,
        oleh: row.get(9)?,
        oleh_kunci: row.get(13)?,
        dibuat: row.get(10)?,
        dibaca: reader.zip(at),
    })
}
