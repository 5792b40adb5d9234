use praja_kernel::Id;
use praja_store::{Result, Tx, params};

use crate::{
    naskah::rantai::{Keadaan, Paraf},
    surat_masuk::store::word,
};

/// Adds a chain; every time a naskah is handed on is a round of its own.
pub(crate) fn insert(tx: &mut Tx<'_>, naskah: Id, putaran: i64, chain: &[Paraf]) -> Result<()> {
    for one in chain {
        tx.exec(
            "INSERT INTO eoffice_naskah_paraf (id, naskah, putaran, urut, jabatan, jabatan_nama, jenis, keadaan)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![one.id, naskah, putaran, one.urut, one.jabatan, &one.jabatan_nama, one.jenis.as_str(), one.keadaan.as_str()],
        )?;
    }
    Ok(())
}

/// Saves what became of one initial; `false` when it was given already.
pub(crate) fn save(tx: &mut Tx<'_>, one: &Paraf) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_naskah_paraf SET keadaan = ?2, versi = ?3, oleh = ?4, catatan = ?5, pada = ?6
         WHERE id = ?1 AND keadaan = 'menunggu'",
        params![one.id, one.keadaan.as_str(), one.versi, one.oleh.as_deref(), one.catatan.as_deref(), one.pada],
    )?;
    Ok(changed == 1)
}

/// What was given for words that are no more stays, as history.
pub(crate) fn void(tx: &mut Tx<'_>, naskah: Id, putaran: i64) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_naskah_paraf SET keadaan = ?3 WHERE naskah = ?1 AND putaran = ?2 AND keadaan IN ('diparaf', 'menunggu')",
        params![naskah, putaran, Keadaan::Gugur.as_str()],
    )?;
    Ok(())
}

/// The last round of a naskah and its chain; 0 and nothing when it was never handed on.
pub(crate) fn last(tx: &mut Tx<'_>, naskah: Id) -> Result<(i64, Vec<Paraf>)> {
    let mut all = all(tx, naskah)?;
    let putaran = all.iter().map(|(putaran, _)| *putaran).max().unwrap_or(0);
    all.retain(|(of, _)| *of == putaran);
    Ok((putaran, all.into_iter().map(|(_, one)| one).collect()))
}

/// Every initial ever asked for, with its round.
pub(crate) fn all(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<(i64, Paraf)>> {
    tx.list(
        "SELECT id, urut, jabatan, jabatan_nama, jenis, keadaan, versi, oleh, catatan, pada, putaran FROM eoffice_naskah_paraf
         WHERE naskah = ?1 ORDER BY putaran, urut, id",
        params![naskah],
        |row| {
            let one = Paraf {
                id: row.get(0)?,
                urut: row.get(1)?,
                jabatan: row.get(2)?,
                jabatan_nama: row.get(3)?,
                jenis: word(row, 4)?,
                keadaan: word(row, 5)?,
                versi: row.get(6)?,
                oleh: row.get(7)?,
                catatan: row.get(8)?,
                pada: row.get(9)?,
            };
            Ok((row.get(10)?, one))
        },
    )
}
