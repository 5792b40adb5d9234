use praja_kernel::Id;
use praja_store::{Result, Row, Tx, params};

use super::Kontak;

pub(super) fn pegawai(tx: &mut Tx<'_>, orang: Id) -> Result<Option<Kontak>> {
    tx.opt("SELECT nama_lengkap, email, telepon FROM identity_orang WHERE id = ?1", params![orang], read)
}

pub(super) fn warga(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Kontak>> {
    tx.opt("SELECT nama, email, telepon FROM identity_warga WHERE akun = ?1", params![akun], read)
}

pub(super) fn badan(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Kontak>> {
    tx.opt("SELECT nama, email, telepon FROM identity_badan WHERE akun = ?1", params![akun], read)
}

pub(super) fn nik(tx: &mut Tx<'_>, akun: Id) -> Result<Option<(String, bool)>> {
    let text = "SELECT nik, diperiksa FROM identity_warga WHERE akun = ?1";
    tx.opt(text, params![akun], |row| Ok((row.get(0)?, row.get::<Option<praja_kernel::Moment>>(1)?.is_some())))
}

fn read(row: &Row<'_>) -> Result<Kontak> {
    let filled = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Kontak { nama: row.get(0)?, email: filled(row.get(1)?), telepon: filled(row.get(2)?) })
}
