use praja_kernel::{Actor, Id};
use praja_store::{Result, Tx, params};

/// The citizen or body an account is, as the one who acts.
pub(crate) fn actor(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Actor>> {
    tx.opt(
        "SELECT w.nama, b.nama FROM identity_akun a LEFT JOIN identity_warga w ON w.akun = a.id
         LEFT JOIN identity_badan b ON b.akun = a.id WHERE a.id = ?1",
        params![akun],
        |row| {
            let (warga, badan) = (row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?);
            Ok(warga.map(|nama| Actor::Warga { id: akun, nama }).or_else(|| badan.map(|nama| Actor::Badan { id: akun, nama })))
        },
    )
    .map(Option::flatten)
}
