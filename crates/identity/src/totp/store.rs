use praja_kernel::{Id, Moment};
use praja_store::{Keyring, Result, Tx, params};

use super::{Dua, corrupt, purpose, recovery_digest};

/// The second step of an account, also one that is still being set up.
pub(crate) fn get(tx: &mut Tx<'_>, keys: &Keyring, akun: Id) -> Result<Option<Dua>> {
    let row = tx.opt("SELECT rahasia, aktif, langkah FROM identity_totp WHERE akun = ?1", params![akun], |row| {
        Ok((row.get::<Vec<u8>>(0)?, row.get(1)?, row.get(2)?))
    })?;
    let Some((sealed, aktif, langkah)) = row else { return Ok(None) };
    let rahasia = keys.open(&purpose(akun), &sealed).map_err(|_| corrupt(akun))?.to_vec();
    Ok(Some(Dua { rahasia, aktif, langkah }))
}

/// Since when the second step is asked for.
pub(crate) fn active_since(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Moment>> {
    let found = tx.opt("SELECT aktif FROM identity_totp WHERE akun = ?1", params![akun], |row| row.get(0))?;
    Ok(found.flatten())
}

/// Keeps a fresh seed that is not asked for yet. One that is in use stays.
pub(crate) fn set_up(tx: &mut Tx<'_>, akun: Id, sealed: Vec<u8>) -> Result<()> {
    let now = tx.now()?;
    tx.exec("DELETE FROM identity_totp WHERE akun = ?1 AND aktif IS NULL", params![akun])?;
    tx.exec(
        "INSERT INTO identity_totp (akun, rahasia, dibuat) VALUES (?1, ?2, ?3) ON CONFLICT (akun) DO NOTHING",
        params![akun, sealed, now],
    )?;
    Ok(())
}

/// From now on the second step is asked for. `step` is the one whose code proved that the application works.
pub(crate) fn activate(tx: &mut Tx<'_>, akun: Id, step: i64) -> Result<bool> {
    let now = tx.now()?;
    let sql = "UPDATE identity_totp SET aktif = ?2, langkah = ?3 WHERE akun = ?1 AND aktif IS NULL";
    Ok(tx.exec(sql, params![akun, now, step])? > 0)
}

/// Uses up a time step. Gives whether it was not used before.
pub(crate) fn use_step(tx: &mut Tx<'_>, akun: Id, step: i64) -> Result<bool> {
    Ok(tx.exec("UPDATE identity_totp SET langkah = ?2 WHERE akun = ?1 AND langkah < ?2", params![akun, step])? > 0)
}

/// Ends the second step of an account with its recovery codes. Gives whether there was one.
pub(crate) fn remove(tx: &mut Tx<'_>, akun: Id) -> Result<bool> {
    tx.exec("DELETE FROM identity_kode_pemulihan WHERE akun = ?1", params![akun])?;
    Ok(tx.exec("DELETE FROM identity_totp WHERE akun = ?1", params![akun])? > 0)
}

/// Replaces the recovery codes.
pub(crate) fn set_recovery(tx: &mut Tx<'_>, akun: Id, codes: &[String]) -> Result<()> {
    let now = tx.now()?;
    tx.exec("DELETE FROM identity_kode_pemulihan WHERE akun = ?1", params![akun])?;
    for code in codes {
        tx.exec(
            "INSERT INTO identity_kode_pemulihan (akun, sidik, dibuat) VALUES (?1, ?2, ?3)",
            params![akun, recovery_digest(akun, code), now],
        )?;
    }
    Ok(())
}

/// Uses up a recovery code. Gives whether there was such an unused one.
pub(crate) fn use_recovery(tx: &mut Tx<'_>, akun: Id, sidik: &str) -> Result<bool> {
    let now = tx.now()?;
    let sql = "UPDATE identity_kode_pemulihan SET dipakai = ?3 WHERE akun = ?1 AND sidik = ?2 AND dipakai IS NULL";
    Ok(tx.exec(sql, params![akun, sidik, now])? > 0)
}

/// How many recovery codes are left.
pub(crate) fn recovery_left(tx: &mut Tx<'_>, akun: Id) -> Result<i64> {
    tx.scalar("SELECT COUNT(*) FROM identity_kode_pemulihan WHERE akun = ?1 AND dipakai IS NULL", params![akun])
}
