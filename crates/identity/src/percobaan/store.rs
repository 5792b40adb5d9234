use praja_kernel::Moment;
use praja_store::{Result, Tx, params};

use super::{Attempts, Throttle};

/// What is known under a key; nothing known counts as no failure.
pub(crate) fn get(tx: &mut Tx<'_>, kunci: &str) -> Result<Attempts> {
    let found = tx.opt(
        "SELECT gagal, mulai, terakhir, dikunci_sampai FROM identity_percobaan WHERE kunci = ?1",
        params![kunci],
        |row| Ok(Attempts { gagal: row.get(0)?, mulai: row.get(1)?, terakhir: row.get(2)?, dikunci_sampai: row.get(3)? }),
    )?;
    Ok(found.unwrap_or_default())
}

/// Counts one more failure under a key.
pub(crate) fn add_failure(tx: &mut Tx<'_>, kunci: &str, throttle: Throttle) -> Result<Attempts> {
    let attempts = get(tx, kunci)?.after_failure(throttle, tx.now()?);
    tx.exec(
        "INSERT INTO identity_percobaan (kunci, gagal, mulai, terakhir, dikunci_sampai) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (kunci) DO UPDATE SET gagal = excluded.gagal, mulai = excluded.mulai, terakhir = excluded.terakhir,
             dikunci_sampai = excluded.dikunci_sampai",
        params![kunci, attempts.gagal, attempts.mulai, attempts.terakhir, attempts.dikunci_sampai],
    )?;
    Ok(attempts)
}

/// Forgets the failures under a key.
pub(crate) fn forget(tx: &mut Tx<'_>, kunci: &str) -> Result<()> {
    tx.exec("DELETE FROM identity_percobaan WHERE kunci = ?1", params![kunci])?;
    Ok(())
}

/// Forgets everything older than `before`.
pub(crate) fn sweep(tx: &mut Tx<'_>, before: Moment) -> Result<()> {
    tx.exec("DELETE FROM identity_percobaan WHERE terakhir < ?1", params![before])?;
    Ok(())
}
