//! The only SQL about saved views.

use praja_kernel::{Id, fold};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Draft, Tampilan};

pub(super) fn list(tx: &mut Tx<'_>, pemilik: &str, daftar: Option<&str>) -> Result<Vec<Tampilan>> {
    let mut sql = Sql::new("SELECT id, daftar, nama, kueri, bawaan, versi FROM desk_tampilan");
    sql.filter("pemilik = ?").bind(pemilik);
    if let Some(daftar) = daftar {
        sql.filter("daftar = ?").bind(daftar);
    }
    sql.filter("dihapus IS NULL").push("ORDER BY daftar, id").list(tx, read)
}

/// A view of this owner, also a removed one; says whether it was removed.
pub(super) fn get(tx: &mut Tx<'_>, pemilik: &str, id: Id) -> Result<Option<(Tampilan, bool)>> {
    tx.opt(
        "SELECT id, daftar, nama, kueri, bawaan, versi, dihapus FROM desk_tampilan WHERE id = ?1 AND pemilik = ?2",
        params![id, pemilik],
        |row| Ok((read(row)?, row.get::<Option<i64>>(6)?.is_some())),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, pemilik: &str, draft: &Draft) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO desk_tampilan (id, pemilik, daftar, nama, fold, kueri, bawaan, dibuat) VALUES (?1, ?2, ?3, ?4, ?5, ?6, FALSE, ?7)",
        params![id, pemilik, &draft.daftar, &draft.nama, fold(&draft.nama), &draft.kueri, now],
    )?;
    Ok(id)
}

/// Gives false when another window was first.
pub(super) fn rename(tx: &mut Tx<'_>, id: Id, nama: &str, versi: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_tampilan SET nama = ?2, fold = ?3, versi = versi + 1 WHERE id = ?1 AND versi = ?4",
        params![id, nama, fold(nama), versi],
    )?;
    Ok(changed == 1)
}

/// Makes this view the one its list begins with; none when `id` is absent.
pub(super) fn begin_with(tx: &mut Tx<'_>, pemilik: &str, daftar: &str, id: Option<Id>) -> Result<()> {
    tx.exec(
        "UPDATE desk_tampilan SET bawaan = FALSE, versi = versi + 1 WHERE pemilik = ?1 AND daftar = ?2 AND bawaan = TRUE",
        params![pemilik, daftar],
    )?;
    if let Some(id) = id {
        tx.exec("UPDATE desk_tampilan SET bawaan = TRUE, versi = versi + 1 WHERE id = ?1", params![id])?;
    }
    Ok(())
}

/// Removes a view but keeps it for undo. Its folded name is set aside, so that the name is free again.
pub(super) fn remove(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_tampilan SET dihapus = ?2, bawaan = FALSE, fold = fold || ' ' || id, versi = versi + 1
         WHERE id = ?1 AND dihapus IS NULL",
        params![id, now],
    )?;
    Ok(())
}

pub(super) fn bring_back(tx: &mut Tx<'_>, view: &Tampilan) -> Result<()> {
    tx.exec(
        "UPDATE desk_tampilan SET dihapus = NULL, fold = ?2, versi = versi + 1 WHERE id = ?1",
        params![view.id, fold(&view.nama)],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Tampilan> {
    Ok(Tampilan {
        id: row.get(0)?,
        daftar: row.get(1)?,
        nama: row.get(2)?,
        kueri: row.get(3)?,
        bawaan: row.get(4)?,
        versi: row.get(5)?,
    })
}
