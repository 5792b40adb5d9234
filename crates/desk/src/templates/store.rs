//! The only SQL about the regency's own texts of messages.

use praja_kernel::Moment;
use praja_store::{Result, Tx, params};

/// A text that the regency changed; an empty one means that the release's is used again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Own {
    pub(crate) isi: String,
    pub(crate) oleh: String,
    pub(crate) diubah: Moment,
    pub(crate) versi: i64,
}

pub(crate) fn get(tx: &mut Tx<'_>, nama: &str) -> Result<Option<Own>> {
    tx.opt("SELECT isi, oleh_nama, diubah, versi FROM desk_templat_kabar WHERE nama = ?1", params![nama], |row| {
        Ok(Own { isi: row.get(0)?, oleh: row.get(1)?, diubah: row.get(2)?, versi: row.get(3)? })
    })
}

/// Gives false when somebody was first. `versi` is 0 for a text that was never changed.
pub(crate) fn put(tx: &mut Tx<'_>, nama: &str, isi: &str, versi: i64) -> Result<bool> {
    let by = tx.by()?;
    let changed = tx.exec(
        "INSERT INTO desk_templat_kabar (nama, isi, oleh_nama, diubah) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (nama) DO UPDATE SET isi = excluded.isi, oleh_nama = excluded.oleh_nama, diubah = excluded.diubah,
           versi = desk_templat_kabar.versi + 1
         WHERE desk_templat_kabar.versi = ?5",
        params![nama, isi, by.actor.nama(), by.at, versi],
    )?;
    Ok(changed == 1)
}
