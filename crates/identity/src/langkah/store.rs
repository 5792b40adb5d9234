use praja_kernel::Moment;
use praja_store::{Result, StoreError, Tx, params};

use super::{Jenis, Langkah};

/// The step under a key.
pub(crate) fn get(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<Langkah>> {
    tx.opt(
        "SELECT kunci, jenis, akun, muatan, kode, tujuan, gagal, kiriman, dikirim, kedaluwarsa FROM identity_langkah WHERE kunci = ?1",
        params![kunci],
        |row| {
            let jenis: String = row.get(1)?;
            Ok(Langkah {
                kunci: row.get(0)?,
                jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis langkah", &jenis))?,
                akun: row.get(2)?,
                muatan: row.get(3)?,
                kode: row.get(4)?,
                tujuan: row.get(5)?,
                gagal: row.get(6)?,
                kiriman: row.get(7)?,
                dikirim: row.get(8)?,
                kedaluwarsa: row.get(9)?,
            })
        },
    )
}

/// Saves a new step, or a step to which another code was sent.
pub(crate) fn save(tx: &mut Tx<'_>, step: &Langkah) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_langkah (kunci, jenis, akun, muatan, kode, tujuan, gagal, kiriman, dikirim, kedaluwarsa)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (kunci) DO UPDATE SET kode = excluded.kode, gagal = excluded.gagal, kiriman = excluded.kiriman,
             dikirim = excluded.dikirim",
        params![
            &step.kunci,
            step.jenis.as_str(),
            step.akun,
            step.muatan.clone(),
            step.kode.clone(),
            &step.tujuan,
            step.gagal,
            step.kiriman,
            step.dikirim,
            step.kedaluwarsa
        ],
    )?;
    Ok(())
}

/// Counts one more wrong code.
pub(crate) fn add_failure(tx: &mut Tx<'_>, kunci: &str) -> Result<()> {
    tx.exec("UPDATE identity_langkah SET gagal = gagal + 1 WHERE kunci = ?1", params![kunci])?;
    Ok(())
}

/// Forgets a step. Gives whether it was still there: of two browsers that send the same code, one comes first.
pub(crate) fn forget(tx: &mut Tx<'_>, kunci: &str) -> Result<bool> {
    Ok(tx.exec("DELETE FROM identity_langkah WHERE kunci = ?1", params![kunci])? > 0)
}

/// Forgets steps that are over.
pub(crate) fn sweep(tx: &mut Tx<'_>, now: Moment) -> Result<()> {
    tx.exec("DELETE FROM identity_langkah WHERE kedaluwarsa < ?1", params![now])?;
    Ok(())
}
