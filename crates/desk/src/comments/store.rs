//! The only SQL about comments.

use praja_kernel::Id;
use praja_store::{Result, Row, Tx, params};

use super::Komentar;

/// A page shows at most this many.
const LIMIT: i64 = 500;

pub(super) fn insert(tx: &mut Tx<'_>, objek: &str, isi: &str) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_komentar (id, objek, isi, oleh, oleh_nama, jabatan, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, objek, isi, by.actor.key(), by.actor.nama(), by.jabatan.clone(), by.at],
    )?;
    Ok(id)
}

pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Komentar>> {
    tx.list(
        "SELECT id, objek, isi, oleh, oleh_nama, jabatan, pada, dihapus FROM desk_komentar
         WHERE objek = ?1 ORDER BY pada, id LIMIT ?2",
        params![objek, LIMIT],
        read,
    )
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Komentar>> {
    tx.opt("SELECT id, objek, isi, oleh, oleh_nama, jabatan, pada, dihapus FROM desk_komentar WHERE id = ?1", params![id], read)
}

pub(super) fn empty(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec("UPDATE desk_komentar SET isi = '', dihapus = ?2, versi = versi + 1 WHERE id = ?1", params![id, now])?;
    Ok(())
}

pub(super) fn fill(tx: &mut Tx<'_>, id: Id, isi: &str) -> Result<()> {
    tx.exec("UPDATE desk_komentar SET isi = ?2, dihapus = NULL, versi = versi + 1 WHERE id = ?1", params![id, isi])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Komentar> {
    Ok(Komentar {
        id: row.get(0)?,
        objek: row.get(1)?,
        isi: row.get(2)?,
        oleh: row.get(3)?,
        oleh_nama: row.get(4)?,
        jabatan: row.get(5)?,
        pada: row.get(6)?,
        dihapus: row.get(7)?,
    })
}
