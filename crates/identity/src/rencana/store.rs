use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Perubahan, Rencana, Status};

const COLUMNS: &str = "SELECT id, isi, berlaku, status, catatan, pembuat, versi FROM identity_rencana";

/// Saves a plan for a later day.
pub(crate) fn insert(tx: &mut Tx<'_>, perubahan: &Perubahan, berlaku: Date) -> Result<Id> {
    let (id, now, by) = (tx.new_id()?, tx.now()?, tx.by()?.actor.nama().to_owned());
    let isi = serde_json::to_string(perubahan).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    tx.exec(
        "INSERT INTO identity_rencana (id, jenis, objek, isi, berlaku, status, pembuat, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, perubahan.word(), perubahan.objek(), isi, berlaku, Status::Menunggu.as_str(), by, now],
    )?;
    Ok(id)
}

/// One plan.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Rencana>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// Plans whose day has come.
pub(crate) fn due(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Rencana>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("status = ?").bind(Status::Menunggu.as_str()).filter("berlaku <= ?").bind(today);
    sql.push("ORDER BY berlaku, id");
    sql.list(tx, read)
}

/// Every plan that waits or is held up, the next day first.
pub(crate) fn open(tx: &mut Tx<'_>) -> Result<Vec<Rencana>> {
    let mut all = Vec::new();
    for status in [Status::Tertahan, Status::Menunggu] {
        let mut sql = Sql::new(COLUMNS);
        sql.filter("status = ?").bind(status.as_str()).push("ORDER BY berlaku, id LIMIT 200");
        all.extend(sql.list(tx, read)?);
    }
    Ok(all)
}

/// Plans about one thing that wait or are held up, also those by which it ends together with others.
pub(crate) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Rencana>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("objek = ?").bind(objek).filter_in("status", [Status::Menunggu, Status::Tertahan].map(Status::as_str));
    let mut all = sql.list(tx, read)?;
    let with_others =
        |plan: &Rencana| plan.perubahan.objek() != objek && plan.perubahan.semua_objek().iter().any(|one| one == objek);
    all.extend(open(tx)?.into_iter().filter(with_others));
    Ok(all)
}

/// Saves how far a plan has come; `false` when somebody was first.
pub(crate) fn set_status(tx: &mut Tx<'_>, id: Id, versi: i64, status: Status, catatan: Option<&str>) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE identity_rencana SET status = ?3, catatan = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![id, versi, status.as_str(), catatan],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Rencana> {
    let (isi, status): (String, String) = (row.get(1)?, row.get(3)?);
    let perubahan: Perubahan = serde_json::from_str(&isi).map_err(|e| StoreError::Corrupt(format!("a planned change: {e}")))?;
    Ok(Rencana {
        id: row.get(0)?,
        perubahan,
        berlaku: row.get(2)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan rencana", &status))?,
        catatan: row.get(4)?,
        pembuat: row.get(5)?,
        versi: row.get(6)?,
    })
}
