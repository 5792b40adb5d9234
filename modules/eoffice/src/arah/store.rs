//! The only SQL about routing rules.

use praja_kernel::Id;
use praja_store::{Result, Row, Tx, params};

use super::{Aturan, Baru};

/// The rules of an OPD, in the order in which they are asked.
pub(crate) fn of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Aturan>> {
    tx.list(
        "SELECT id, opd, urut, kata, klasifikasi, tujuan, aktif, versi FROM eoffice_aturan_arah WHERE opd = ?1 ORDER BY urut, id",
        params![opd],
        read,
    )
}

/// One rule of an OPD.
pub(crate) fn find(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<Aturan>> {
    tx.opt(
        "SELECT id, opd, urut, kata, klasifikasi, tujuan, aktif, versi FROM eoffice_aturan_arah WHERE id = ?1 AND opd = ?2",
        params![id, opd],
        read,
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, opd: Id, baru: &Baru) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let (urut, kata, klasifikasi, tujuan) = baru;
    tx.exec(
        "INSERT INTO eoffice_aturan_arah (id, opd, urut, kata, klasifikasi, tujuan, aktif, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, TRUE, ?7, 1)",
        params![id, opd, *urut, kata.join(","), klasifikasi.join(","), *tujuan, now],
    )?;
    Ok(id)
}

/// Saves a rule; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, rule: &Aturan) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_aturan_arah SET urut = ?3, kata = ?4, klasifikasi = ?5, tujuan = ?6, aktif = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![rule.id, rule.versi, rule.urut, rule.kata.join(","), rule.klasifikasi.join(","), rule.tujuan, rule.aktif],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Aturan> {
    let list = |text: String| text.split(',').filter(|one| !one.is_empty()).map(ToOwned::to_owned).collect();
    Ok(Aturan {
        id: row.get(0)?,
        opd: row.get(1)?,
        urut: row.get(2)?,
        kata: list(row.get(3)?),
        klasifikasi: list(row.get(4)?),
        tujuan: row.get(5)?,
        aktif: row.get(6)?,
        versi: row.get(7)?,
    })
}
