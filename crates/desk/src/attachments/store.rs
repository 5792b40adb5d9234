//! The only SQL about attachments.

use praja_kernel::Id;
use praja_store::{Blob, Result, Row, Sql, Tx, params};

use super::{Attachment, Kind};

pub(super) fn insert(tx: &mut Tx<'_>, objek: &str, nama: &str, kind: Kind, blob: &Blob, dibatasi: bool) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    let last: Option<i64> =
        tx.opt("SELECT urut FROM desk_lampiran WHERE objek = ?1 ORDER BY urut DESC LIMIT 1", params![objek], |row| row.get(0))?;
    tx.exec(
        "INSERT INTO desk_lampiran (id, objek, urut, nama, mime, ukuran, sidik, alamat, dibatasi, oleh, oleh_nama, pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            id,
            objek,
            last.unwrap_or(0) + 1,
            nama,
            kind.as_str(),
            blob.ukuran,
            &blob.sidik,
            &blob.alamat,
            dibatasi,
            by.actor.key(),
            by.actor.nama(),
            by.at
        ],
    )?;
    Ok(id)
}

pub(super) fn grant(tx: &mut Tx<'_>, lampiran: Id, subject: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_lampiran_akses (lampiran, subject) VALUES (?1, ?2) ON CONFLICT (lampiran, subject) DO NOTHING",
        params![lampiran, subject],
    )?;
    Ok(())
}

pub(super) fn withdraw(tx: &mut Tx<'_>, lampiran: Id, subject: &str) -> Result<()> {
    tx.exec("DELETE FROM desk_lampiran_akses WHERE lampiran = ?1 AND subject = ?2", params![lampiran, subject])?;
    Ok(())
}

pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Attachment>> {
    tx.list(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi FROM desk_lampiran WHERE objek = ?1 ORDER BY urut",
        params![objek],
        read,
    )
}

/// The attachment with its object and the address of its file, when one of the subjects was given it.
pub(super) fn find(tx: &mut Tx<'_>, subjects: &[String], id: Id) -> Result<Option<(Attachment, String, String)>> {
    let mut granted = Sql::new("SELECT subject FROM desk_lampiran_akses");
    granted.filter("lampiran = ?").bind(id).filter_in("subject", subjects.iter().map(String::as_str)).push("LIMIT 1");
    if granted.opt(tx, |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    tx.opt(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, objek, alamat FROM desk_lampiran WHERE id = ?1",
        params![id],
        |row| Ok((read(row)?, row.get(8)?, row.get(9)?)),
    )
}

/// Columns: id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi.
fn read(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        nama: row.get(1)?,
        mime: row.get(2)?,
        ukuran: row.get(3)?,
        sidik: row.get(4)?,
        pada: row.get(5)?,
        oleh: row.get(6)?,
        dibatasi: row.get(7)?,
    })
}
