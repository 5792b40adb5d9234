use praja_kernel::{Id, Moment};
use praja_store::{Result, Tx, params};

use super::Tujuan;

/// A consent of an account.
pub(crate) struct Persetujuan {
    pub(crate) tujuan: String,
    pub(crate) diberikan: Moment,
    pub(crate) dicabut: Option<Moment>,
}

/// Every consent of an account, newest first.
pub(crate) fn of_account(tx: &mut Tx<'_>, akun: Id) -> Result<Vec<Persetujuan>> {
    tx.list(
        "SELECT tujuan, diberikan, dicabut FROM identity_persetujuan WHERE akun = ?1 ORDER BY diberikan DESC, id DESC LIMIT 100",
        params![akun],
        |row| Ok(Persetujuan { tujuan: row.get(0)?, diberikan: row.get(1)?, dicabut: row.get(2)? }),
    )
}

/// Gives a consent; one that is in force stays as it is. Gives whether that was a change.
pub(crate) fn give(tx: &mut Tx<'_>, akun: Id, tujuan: &Tujuan) -> Result<bool> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let given = tx.exec(
        "INSERT INTO identity_persetujuan (id, akun, tujuan, teks, diberikan)
         SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS
            (SELECT 1 FROM identity_persetujuan p WHERE p.akun = ?2 AND p.tujuan = ?3 AND p.dicabut IS NULL)",
        params![id, akun, &tujuan.kunci, tujuan.teks(), now],
    )?;
    Ok(given > 0)
}

/// Withdraws a consent. Gives whether there was one.
pub(crate) fn withdraw(tx: &mut Tx<'_>, akun: Id, tujuan: &str) -> Result<bool> {
    let now = tx.now()?;
    let sql = "UPDATE identity_persetujuan SET dicabut = ?3 WHERE akun = ?1 AND tujuan = ?2 AND dicabut IS NULL";
    Ok(tx.exec(sql, params![akun, tujuan, now])? > 0)
}
