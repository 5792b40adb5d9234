//! The only SQL about times of outage.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Darurat, Keputusan};
use crate::registers::{Asal, Nomor, Status, store::read_nomor};

pub(super) fn insert(tx: &mut Tx<'_>, register: Id, decree: &Keputusan, last: i64) -> Result<()> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_darurat (id, register, nomor, tanggal, sampai, urut_awal, mulai, oleh_nama)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, register, &decree.nomor, decree.tanggal.to_string(), decree.sampai.to_string(), last, by.at, by.actor.nama()],
    )?;
    Ok(())
}

/// `false` when it had ended before.
pub(super) fn end(tx: &mut Tx<'_>, id: Id, last: i64) -> Result<bool> {
    let now = tx.now()?;
    let changed =
        tx.exec("UPDATE desk_darurat SET selesai = ?2, urut_akhir = ?3 WHERE id = ?1 AND selesai = 0", params![id, now, last])?;
    Ok(changed == 1)
}

/// The times of outage of a register, oldest first.
pub(super) fn of(tx: &mut Tx<'_>, register: Id) -> Result<Vec<Darurat>> {
    tx.list(
        "SELECT id, register, nomor, tanggal, sampai, urut_awal, urut_akhir, mulai, oleh_nama, selesai FROM desk_darurat
         WHERE register = ?1 ORDER BY id LIMIT 200",
        params![register],
        read,
    )
}

/// Those that last although their last day has passed.
pub(super) fn past(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Darurat>> {
    tx.list(
        "SELECT id, register, nomor, tanggal, sampai, urut_awal, urut_akhir, mulai, oleh_nama, selesai FROM desk_darurat
         WHERE selesai = 0 AND sampai < ?1 ORDER BY sampai, id LIMIT 200",
        params![today.to_string()],
        read,
    )
}

/// Used numbers of a register between two places that the national application does not know.
pub(super) fn unknown(tx: &mut Tx<'_>, register: Id, after: i64, last: i64, limit: i64) -> Result<Vec<Nomor>> {
    tx.list(
        "SELECT urut, nomor, status, objek, alasan, asal, tanggal, jenis, keterangan, oleh_nama, pada FROM desk_nomor
         WHERE register = ?1 AND urut > ?2 AND urut <= ?3 AND status = ?4 AND asal <> ?5 AND srikandi = ''
         ORDER BY urut LIMIT ?6",
        params![register, after, last, Status::Terpakai.as_str(), Asal::Srikandi.as_str(), limit],
        |row| read_nomor(row, 0),
    )
}

/// `false` for a number that is not there or was entered before.
pub(super) fn reconcile(tx: &mut Tx<'_>, register: Id, urut: i64, srikandi: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_nomor SET srikandi = ?3 WHERE register = ?1 AND urut = ?2 AND srikandi = ''",
        params![register, urut, srikandi],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Darurat> {
    let day = |text: String| text.parse().map_err(|_| StoreError::Corrupt(format!("'{text}' is no date")));
    let selesai: i64 = row.get(9)?;
    Ok(Darurat {
        id: row.get(0)?,
        register: row.get(1)?,
        nomor: row.get(2)?,
        tanggal: day(row.get(3)?)?,
        sampai: day(row.get(4)?)?,
        urut_awal: row.get(5)?,
        urut_akhir: row.get(6)?,
        mulai: row.get(7)?,
        oleh: row.get(8)?,
        selesai: (selesai > 0).then_some(Moment(selesai)),
    })
}
