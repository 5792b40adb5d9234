//! The only SQL about settings.

use praja_store::{Result, Tx, params};

/// What is set under a key.
pub(crate) fn get(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<String>> {
    tx.opt("SELECT nilai FROM perizinan_pengaturan WHERE kunci = ?1", params![kunci], |row| row.get(0))
}

/// Sets it.
pub(crate) fn set(tx: &mut Tx<'_>, kunci: &str, nilai: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_pengaturan (kunci, nilai, versi) VALUES (?1, ?2, 1)
         ON CONFLICT (kunci) DO UPDATE SET nilai = excluded.nilai, versi = perizinan_pengaturan.versi + 1",
        params![kunci, nilai],
    )?;
    Ok(())
}
