//! The only SQL about the past of demo citizens: their days lie before the day on which they are made.

use praja_kernel::{Id, Moment, fold};
use praja_store::{Result, Tx, params};

/// Is any citizen there?
pub(crate) fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT akun FROM identity_warga ORDER BY fold, akun LIMIT 1", params![], |row| row.get::<Id>(0))?.is_some())
}

/// The open account of a citizen with exactly this name.
pub(crate) fn citizen(tx: &mut Tx<'_>, nama: &str) -> Result<Option<Id>> {
    tx.opt(
        "SELECT w.akun FROM identity_warga w JOIN identity_akun a ON a.id = w.akun
         WHERE w.fold = ?1 AND a.nonaktif = FALSE ORDER BY w.fold, w.akun LIMIT 1",
        params![fold(nama)],
        |row| row.get(0),
    )
}

/// When an account was opened and last used, and its consents given.
pub(super) fn set_times(tx: &mut Tx<'_>, akun: Id, dibuat: Moment, terakhir: Moment) -> Result<()> {
    tx.exec(
        "UPDATE identity_akun SET dibuat = ?2, sandi_pada = ?2, terakhir_masuk = ?3 WHERE id = ?1",
        params![akun, dibuat, terakhir],
    )?;
    tx.exec("UPDATE identity_persetujuan SET diberikan = ?2 WHERE akun = ?1", params![akun, dibuat])?;
    Ok(())
}

/// When the papers were compared, and by whom.
pub(super) fn set_checked(tx: &mut Tx<'_>, akun: Id, pada: Moment, oleh: &str) -> Result<()> {
    for sql in [
        "UPDATE identity_warga SET diperiksa = ?2, diperiksa_oleh = ?3 WHERE akun = ?1",
        "UPDATE identity_badan SET diperiksa = ?2, diperiksa_oleh = ?3 WHERE akun = ?1",
    ] {
        tx.exec(sql, params![akun, pada, oleh])?;
    }
    Ok(())
}

/// When a power was given, and when it ended.
pub(super) fn set_power_times(tx: &mut Tx<'_>, id: Id, dibuat: Moment, dicabut: Option<Moment>) -> Result<()> {
    tx.exec("UPDATE identity_kuasa SET dibuat = ?2, dicabut = ?3 WHERE id = ?1", params![id, dibuat, dicabut])?;
    Ok(())
}
