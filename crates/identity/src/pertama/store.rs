use praja_kernel::{Date, Id};
use praja_store::{Result, Tx, params};

/// Does somebody with an open account hold this role, in person or by a post held today?
pub(crate) fn has_administrator(tx: &mut Tx<'_>, peran: &str, today: Date) -> Result<bool> {
    let found = tx.opt(
        "SELECT a.id FROM identity_peran r
         LEFT JOIN identity_penugasan p ON p.jabatan = r.jabatan AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2)
         JOIN identity_akun a ON a.orang = COALESCE(r.orang, p.orang)
         WHERE r.peran = ?1 AND r.dicabut IS NULL AND a.nonaktif = FALSE LIMIT 1",
        params![peran, today],
        |row| row.get::<Id>(0),
    )?;
    Ok(found.is_some())
}

/// The person with this NIP.
pub(crate) fn by_nip(tx: &mut Tx<'_>, nip: &str) -> Result<Option<Id>> {
    tx.opt("SELECT id FROM identity_orang WHERE nip = ?1", params![nip], |row| row.get(0))
}
