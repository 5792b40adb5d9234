use praja_kernel::{Id, Moment};
use praja_store::{Result, StoreError, Tx, params};

use super::{Jenis, Slip};

/// Saves a new slip. Older unused ones of the same account (or, without an account, of the same kind) open nothing from now on. Gives
/// the moment until which it may be used.
pub(crate) fn insert(tx: &mut Tx<'_>, jenis: Jenis, akun: Option<Id>, sidik: &str, oleh: Option<Id>) -> Result<Moment> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    match akun {
        Some(akun) => cancel(tx, akun)?,
        None => tx.exec(
            "UPDATE identity_slip SET dibatalkan = ?2 WHERE jenis = ?1 AND berlaku_sampai > ?2 AND dipakai IS NULL AND dibatalkan IS NULL",
            params![jenis.as_str(), now],
        )?,
    };
    let until = now.plus_ms(jenis.life_ms());
    tx.exec(
        "INSERT INTO identity_slip (id, jenis, akun, sidik, oleh, dibuat, berlaku_sampai) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, jenis.as_str(), akun, sidik, oleh, now, until],
    )?;
    Ok(until)
}

/// Unused slips of an account open nothing from now on.
pub(crate) fn cancel(tx: &mut Tx<'_>, akun: Id) -> Result<u64> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE identity_slip SET dibatalkan = ?2 WHERE akun = ?1 AND dipakai IS NULL AND dibatalkan IS NULL",
        params![akun, now],
    )
}

/// The slip with this digest, if it may still be used.
pub(crate) fn find(tx: &mut Tx<'_>, sidik: &str, now: Moment) -> Result<Option<Slip>> {
    tx.opt(
        "SELECT id, jenis, akun FROM identity_slip
         WHERE sidik = ?1 AND dipakai IS NULL AND dibatalkan IS NULL AND berlaku_sampai > ?2",
        params![sidik, now],
        |row| {
            let jenis: String = row.get(1)?;
            let jenis = Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis slip", &jenis))?;
            Ok(Slip { id: row.get(0)?, jenis, akun: row.get(2)? })
        },
    )
}

/// Uses up a slip. Gives whether it was still unused.
pub(crate) fn use_up(tx: &mut Tx<'_>, slip: Id) -> Result<bool> {
    let now = tx.now()?;
    let sql =
        "UPDATE identity_slip SET dipakai = ?2 WHERE id = ?1 AND dipakai IS NULL AND dibatalkan IS NULL AND berlaku_sampai > ?2";
    Ok(tx.exec(sql, params![slip, now])? > 0)
}

/// The newest slips of an account: (kind, made, until, used, cancelled).
pub(crate) fn of_account(tx: &mut Tx<'_>, akun: Id) -> Result<Vec<Past>> {
    tx.list(
        "SELECT jenis, dibuat, berlaku_sampai, dipakai, dibatalkan FROM identity_slip WHERE akun = ?1
         ORDER BY dibuat DESC, id DESC LIMIT 10",
        params![akun],
        |row| {
            let jenis: String = row.get(0)?;
            Ok(Past {
                jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis slip", &jenis))?,
                dibuat: row.get(1)?,
                berlaku_sampai: row.get(2)?,
                dipakai: row.get(3)?,
                dibatalkan: row.get(4)?,
            })
        },
    )
}

/// A slip in the list of an account.
pub(crate) struct Past {
    pub(crate) jenis: Jenis,
    pub(crate) dibuat: Moment,
    pub(crate) berlaku_sampai: Moment,
    pub(crate) dipakai: Option<Moment>,
    pub(crate) dibatalkan: Option<Moment>,
}
