use praja_kernel::Id;
use praja_store::{Result, Row, StoreError, Tx, params};

use super::lookup_name;

/// An account as log-in and password change need it.
#[derive(Debug, Clone)]
pub(crate) struct Akun {
    pub(crate) id: Id,
    /// Name of the account.
    pub(crate) nama: String,
    pub(crate) orang: Id,
    pub(crate) orang_nama: String,
    pub(crate) nip: Option<String>,
    /// The password's hash.
    pub(crate) sandi: String,
    pub(crate) wajib_ganti: bool,
    pub(crate) nonaktif: bool,
    pub(crate) versi: i64,
}

/// The account behind what was typed: its name, a NIP or an e-mail address.
pub(crate) fn find(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Akun>> {
    tx.opt(
        "SELECT a.id, a.nama, o.id, o.nama_lengkap, o.nip, a.sandi, a.wajib_ganti, a.nonaktif, a.versi
         FROM identity_nama_masuk m JOIN identity_akun a ON a.id = m.akun JOIN identity_orang o ON o.id = a.orang
         WHERE m.fold = ?1",
        params![lookup_name(typed)],
        read,
    )
}

/// The account of a person.
pub(crate) fn of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Option<Akun>> {
    tx.opt(
        "SELECT a.id, a.nama, o.id, o.nama_lengkap, o.nip, a.sandi, a.wajib_ganti, a.nonaktif, a.versi
         FROM identity_akun a JOIN identity_orang o ON o.id = a.orang WHERE a.orang = ?1",
        params![orang],
        read,
    )
}

/// Opens an account for a person, to be entered by its name, the NIP and the e-mail address.
pub(crate) fn insert(tx: &mut Tx<'_>, orang: Id, nama: &str, sandi: &str, wajib_ganti: bool) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_akun (id, jenis, orang, nama, sandi, sandi_pada, wajib_ganti, dibuat)
         VALUES (?1, 'pegawai', ?2, ?3, ?4, ?5, ?6, ?5)",
        params![id, orang, nama, sandi, now, wajib_ganti],
    )?;
    let (nip, email) = tx.one("SELECT nip, email FROM identity_orang WHERE id = ?1", params![orang], |row| {
        Ok((row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?))
    })?;
    let names = [("akun", Some(nama.to_owned())), ("nip", nip), ("email", email)];
    for (jenis, name) in names {
        let Some(name) = name else { continue };
        tx.exec(
            "INSERT INTO identity_nama_masuk (fold, akun, jenis) VALUES (?1, ?2, ?3)",
            params![lookup_name(&name), id, jenis],
        )?;
    }
    Ok(id)
}

/// Saves a new password.
///
/// # Errors
/// [`StoreError::Busy`] when the account was changed in between.
pub(crate) fn set_password(tx: &mut Tx<'_>, akun: Id, versi: i64, sandi: &str, wajib_ganti: bool) -> Result<()> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE identity_akun SET sandi = ?3, sandi_pada = ?4, wajib_ganti = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![akun, versi, sandi, now, wajib_ganti],
    )?;
    if changed == 0 { Err(StoreError::Busy) } else { Ok(()) }
}

fn read(row: &Row<'_>) -> Result<Akun> {
    Ok(Akun {
        id: row.get(0)?,
        nama: row.get(1)?,
        orang: row.get(2)?,
        orang_nama: row.get(3)?,
        nip: row.get(4)?,
        sandi: row.get(5)?,
        wajib_ganti: row.get(6)?,
        nonaktif: row.get(7)?,
        versi: row.get(8)?,
    })
}
