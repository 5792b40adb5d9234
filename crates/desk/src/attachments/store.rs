//! The only SQL about attachments.

use praja_kernel::Id;
use praja_store::{Blob, Result, Row, Sql, Tx, params};

use super::{Attachment, Kind};

/// One picture of an attachment of several.
pub(crate) struct Page {
    pub(crate) urut: i64,
    pub(crate) nama: String,
    pub(crate) mime: String,
    pub(crate) alamat: String,
}

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

pub(super) fn openers(tx: &mut Tx<'_>, lampiran: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM desk_lampiran_akses WHERE lampiran = ?1", params![lampiran], |row| row.get(0))
}

pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Attachment>> {
    tx.list(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar FROM desk_lampiran WHERE objek = ?1 ORDER BY urut",
        params![objek],
        read,
    )
}

pub(super) fn of_all(tx: &mut Tx<'_>, things: &[String]) -> Result<Vec<(String, Attachment)>> {
    let mut list = Sql::new(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar, objek FROM desk_lampiran",
    );
    list.filter_in("objek", things.iter().map(String::as_str)).push("ORDER BY objek, urut");
    list.list(tx, |row| Ok((row.get(11)?, read(row)?)))
}

/// The attachment of one thing with the address of its file, whoever asks.
pub(super) fn of_thing(tx: &mut Tx<'_>, objek: &str, id: Id) -> Result<Option<(Attachment, String)>> {
    tx.opt(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar, alamat FROM desk_lampiran
         WHERE id = ?1 AND objek = ?2",
        params![id, objek],
        |row| Ok((read(row)?, row.get(11)?)),
    )
}

/// One attachment with the address of its file, whoever asks.
pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<(Attachment, String)>> {
    tx.opt(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar, alamat FROM desk_lampiran WHERE id = ?1",
        params![id],
        |row| Ok((read(row)?, row.get(11)?)),
    )
}

/// The files attached to `objek`, with their names; of an attachment of several pictures the first.
pub(super) fn blobs_of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<(String, Blob)>> {
    let files: Vec<(String, String)> =
        tx.list("SELECT nama, alamat FROM desk_lampiran WHERE objek = ?1 ORDER BY urut", params![objek], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let mut all = Vec::new();
    for (nama, alamat) in files {
        if let Some(blob) = tx.blob(&alamat)? {
            all.push((nama, blob));
        }
    }
    Ok(all)
}

pub(super) fn remove(tx: &mut Tx<'_>, objek: &str) -> Result<()> {
    for id in tx.list("SELECT id FROM desk_lampiran WHERE objek = ?1", params![objek], |row| row.get::<Id>(0))? {
        remove_one(tx, id)?;
    }
    Ok(())
}

/// Takes away one attachment with its files.
pub(super) fn remove_one(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let Some(alamat) = tx.opt("SELECT alamat FROM desk_lampiran WHERE id = ?1", params![id], |row| row.get::<String>(0))? else {
        return Ok(());
    };
    for page in pages(tx, id)?.into_iter().filter(|page| page.alamat != alamat) {
        tx.forget_blob(&page.alamat)?;
    }
    tx.exec("DELETE FROM desk_lampiran_halaman WHERE lampiran = ?1", params![id])?;
    tx.exec("DELETE FROM desk_lampiran_akses WHERE lampiran = ?1", params![id])?;
    tx.exec("DELETE FROM desk_lampiran WHERE id = ?1", params![id])?;
    tx.forget_blob(&alamat)
}

/// Two attachments of a thing change places; one stands aside for a moment, because a place is held by one.
pub(super) fn swap(tx: &mut Tx<'_>, objek: &str, upper: Id, lower: Id) -> Result<()> {
    let place = "SELECT urut FROM desk_lampiran WHERE id = ?1 AND objek = ?2";
    let (high, low): (i64, i64) = (tx.scalar(place, params![upper, objek])?, tx.scalar(place, params![lower, objek])?);
    for (id, urut) in [(upper, -1), (lower, high), (upper, low)] {
        tx.exec("UPDATE desk_lampiran SET urut = ?2 WHERE id = ?1", params![id, urut])?;
    }
    Ok(())
}

/// Forgets the stored files of an attachment and keeps its row; gives their addresses.
pub(super) fn destroy(tx: &mut Tx<'_>, id: Id, dasar: &str) -> Result<Vec<String>> {
    let own: Option<String> = tx.opt("SELECT alamat FROM desk_lampiran WHERE id = ?1", params![id], |row| row.get(0))?;
    let mut gone: Vec<String> = own.into_iter().collect();
    gone.extend(pages(tx, id)?.into_iter().map(|page| page.alamat).filter(|alamat| !gone.contains(alamat)).collect::<Vec<_>>());
    gone.retain(|alamat| !alamat.is_empty());
    let now = tx.now()?;
    for alamat in &gone {
        tx.forget_blob(alamat)?;
    }
    tx.exec("UPDATE desk_lampiran_halaman SET alamat = '' WHERE lampiran = ?1", params![id])?;
    tx.exec("UPDATE desk_lampiran SET alamat = '', dimusnahkan = ?2, musnah_dasar = ?3 WHERE id = ?1", params![id, now, dasar])?;
    Ok(gone)
}

/// The attachment with its object and the address of its file, when one of the subjects was given it.
pub(super) fn find(tx: &mut Tx<'_>, subjects: &[String], id: Id) -> Result<Option<(Attachment, String, String)>> {
    let mut granted = Sql::new("SELECT subject FROM desk_lampiran_akses");
    granted.filter("lampiran = ?").bind(id).filter_in("subject", subjects.iter().map(String::as_str)).push("LIMIT 1");
    if granted.opt(tx, |_| Ok(()))?.is_none() {
        return Ok(None);
    }
    tx.opt(
        "SELECT id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar, objek, alamat FROM desk_lampiran WHERE id = ?1",
        params![id],
        |row| Ok((read(row)?, row.get(11)?, row.get(12)?)),
    )
}

/// Columns: id, nama, mime, ukuran, sidik, pada, oleh_nama, dibatasi, halaman, dimusnahkan, musnah_dasar.
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
        halaman: row.get(8)?,
        dimusnahkan: row.get::<Option<praja_kernel::Moment>>(9)?.zip(row.get(10)?),
    })
}

pub(super) fn insert_page(tx: &mut Tx<'_>, id: Id, urut: i64, nama: &str, kind: Kind, blob: &Blob) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_lampiran_halaman (lampiran, urut, nama, mime, ukuran, sidik, alamat) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, urut, nama, kind.as_str(), blob.ukuran, &blob.sidik, &blob.alamat],
    )?;
    Ok(())
}

/// Says how many pages there are, and how large they are together.
pub(super) fn set_pages(tx: &mut Tx<'_>, id: Id, halaman: i64) -> Result<()> {
    tx.exec(
        "UPDATE desk_lampiran SET halaman = ?2,
           ukuran = (SELECT CAST(SUM(h.ukuran) AS BIGINT) FROM desk_lampiran_halaman h WHERE h.lampiran = desk_lampiran.id)
         WHERE id = ?1",
        params![id, halaman],
    )?;
    Ok(())
}

pub(super) fn pages(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Page>> {
    tx.list("SELECT urut, nama, mime, alamat FROM desk_lampiran_halaman WHERE lampiran = ?1 ORDER BY urut", params![id], |row| {
        Ok(Page { urut: row.get(0)?, nama: row.get(1)?, mime: row.get(2)?, alamat: row.get(3)? })
    })
}

pub(super) fn attached_by(tx: &mut Tx<'_>, id: Id) -> Result<Option<String>> {
    tx.opt("SELECT oleh FROM desk_lampiran WHERE id = ?1", params![id], |row| row.get(0))
}

/// The two change places; one stands aside for a moment, because a place is held by one page.
pub(super) fn swap_pages(tx: &mut Tx<'_>, id: Id, upper: i64, lower: i64) -> Result<()> {
    for (from, to) in [(upper, -1), (lower, upper), (-1, lower)] {
        tx.exec("UPDATE desk_lampiran_halaman SET urut = ?3 WHERE lampiran = ?1 AND urut = ?2", params![id, from, to])?;
    }
    Ok(())
}
