//! The only SQL about attempts to sign electronically.

use praja_kernel::Id;
use praja_store::{Result, Row, Tx, params};

use crate::{
    naskah::tte::{Hasil, Percobaan},
    surat_masuk::store::word,
};

/// Writes down what became of one naskah of an act.
pub(crate) fn insert(tx: &mut Tx<'_>, kelompok: Id, urut: usize, naskah: Id, hasil: Hasil, pesan: Option<&str>) -> Result<()> {
    let (id, now, oleh) = (tx.new_id()?, tx.now()?, tx.by()?.actor.key());
    tx.exec(
        "INSERT INTO eoffice_tte (id, kelompok, urut, naskah, oleh, hasil, pesan, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, kelompok, i64::try_from(urut).unwrap_or(i64::MAX), naskah, oleh, hasil.as_str(), pesan, now],
    )?;
    Ok(())
}

/// Everything of one act, for whoever did it.
pub(crate) fn of_act(tx: &mut Tx<'_>, kelompok: Id, oleh: &str) -> Result<Vec<Percobaan>> {
    tx.list(
        "SELECT naskah, hasil, pesan, pada FROM eoffice_tte WHERE kelompok = ?1 AND oleh = ?2 ORDER BY urut",
        params![kelompok, oleh],
        read,
    )
}

/// The last attempt at a naskah.
pub(crate) fn last(tx: &mut Tx<'_>, naskah: Id) -> Result<Option<Percobaan>> {
    tx.opt("SELECT naskah, hasil, pesan, pada FROM eoffice_tte WHERE naskah = ?1 ORDER BY id DESC LIMIT 1", params![naskah], read)
}

fn read(row: &Row<'_>) -> Result<Percobaan> {
    Ok(Percobaan { naskah: row.get(0)?, hasil: word(row, 1)?, pesan: row.get(2)?, pada: row.get(3)? })
}
