use praja_kernel::{Actor, Id, Moment, fold};
use praja_store::{Result, Row, Tx, params};

use super::Baru;
use crate::{
    accounts::{Jenis, store as accounts},
    kirim::Alamat,
};

/// Before the number of an account that its owner closed: nobody is found by it any more.
pub(crate) const RELEASED: &str = "tutup:";

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

/// Is there an account with this number?
pub(crate) fn is_known(tx: &mut Tx<'_>, baru: &Baru) -> Result<bool> {
    let found = match baru {
        Baru::Warga { nik, .. } => {
            tx.opt("SELECT akun FROM identity_warga WHERE nik = ?1", params![nik.full()], |row| row.get::<Id>(0))?
        }
        Baru::Badan { nomor, .. } => {
            tx.opt("SELECT akun FROM identity_badan WHERE nomor = ?1", params![nomor], |row| row.get::<Id>(0))?
        }
    };
    Ok(found.is_some())
}

/// Opens the account of a citizen or a body: by an address that is proved, or without one at the counter.
pub(crate) fn insert(tx: &mut Tx<'_>, baru: &Baru, to: Option<&Alamat>, sandi: &str) -> Result<Id> {
    let (email, telepon) = to.map(Alamat::columns).unwrap_or_default();
    let akun = match baru {
        Baru::Warga { nik, nama } => {
            let akun = accounts::insert_own(tx, Jenis::Warga, &nik.masked(), sandi)?;
            tx.exec(
                "INSERT INTO identity_warga (akun, nik, nama, fold, email, telepon) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![akun, nik.full(), nama, fold(nama), email, telepon],
            )?;
            akun
        }
        Baru::Badan { jenis, nomor, nama, wakil, wakil_nik } => {
            let akun = accounts::insert_own(tx, Jenis::Badan, nama, sandi)?;
            tx.exec(
                "INSERT INTO identity_badan (akun, jenis, nomor, nama, fold, email, telepon, wakil, wakil_nik)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![akun, jenis.as_str(), nomor, nama, fold(nama), email, telepon, wakil, wakil_nik.full()],
            )?;
            akun
        }
    };
    sync_names(tx, akun)?;
    Ok(akun)
}

/// Makes what may be typed at log-in fit the number and the addresses.
pub(crate) fn sync_names(tx: &mut Tx<'_>, akun: Id) -> Result<()> {
    let Some(diri) = get(tx, akun)? else { return Ok(()) };
    let names = [("nomor", Some(diri.nomor)), ("email", diri.email), ("telepon", diri.telepon)];
    accounts::set_names(tx, akun, &names.into_iter().filter_map(|(kind, name)| Some((kind, name?))).collect::<Vec<_>>())
}

/// What a citizen or body sees about itself.
pub(crate) struct Diri {
    /// NIK, NIB or NPWP, whole.
    pub(crate) nomor: String,
    pub(crate) nama: String,
    pub(crate) email: Option<String>,
    pub(crate) telepon: Option<String>,
    /// When an officer compared the papers.
    pub(crate) diperiksa: Option<Moment>,
    /// Name of that officer.
    pub(crate) diperiksa_oleh: Option<String>,
    /// Who answers for a body.
    pub(crate) wakil: Option<String>,
    /// NIK of who answers for a body, whole.
    pub(crate) wakil_nik: Option<String>,
    pub(crate) jenis_badan: Option<String>,
}

/// A citizen or body by its account.
pub(crate) fn get(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Diri>> {
    let warga = tx.opt(
        "SELECT nik, nama, email, telepon, diperiksa, diperiksa_oleh FROM identity_warga WHERE akun = ?1",
        params![akun],
        |row| read(row, None, None, None),
    )?;
    if warga.is_some() {
        return Ok(warga);
    }
    tx.opt(
        "SELECT nomor, nama, email, telepon, diperiksa, diperiksa_oleh, wakil, wakil_nik, jenis FROM identity_badan WHERE akun = ?1",
        params![akun],
        |row| read(row, row.get(6)?, row.get(7)?, row.get(8)?),
    )
}

fn read(row: &Row<'_>, wakil: Option<String>, wakil_nik: Option<String>, jenis_badan: Option<String>) -> Result<Diri> {
    let (nomor, nama, email) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (telepon, diperiksa, diperiksa_oleh) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(Diri { nomor, nama, email, telepon, diperiksa, diperiksa_oleh, wakil, wakil_nik, jenis_badan })
}

/// Replaces the e-mail address or the telephone number, whichever this is.
pub(crate) fn set_address(tx: &mut Tx<'_>, akun: Id, to: &Alamat) -> Result<()> {
    let (email, telepon) = to.columns();
    tx.exec(
        "UPDATE identity_warga SET email = COALESCE(?2, email), telepon = COALESCE(?3, telepon), versi = versi + 1 WHERE akun = ?1",
        params![akun, email, telepon],
    )?;
    tx.exec(
        "UPDATE identity_badan SET email = COALESCE(?2, email), telepon = COALESCE(?3, telepon), versi = versi + 1 WHERE akun = ?1",
        params![akun, email, telepon],
    )?;
    sync_names(tx, akun)
}

/// The number of a closed account may be registered anew: it is kept under a name that no number has.
pub(crate) fn release(tx: &mut Tx<'_>, akun: Id) -> Result<()> {
    let kept = format!("{RELEASED}{akun}:");
    tx.exec("UPDATE identity_warga SET nik = ?2 || nik, versi = versi + 1 WHERE akun = ?1", params![akun, &kept])?;
    tx.exec("UPDATE identity_badan SET nomor = ?2 || nomor, versi = versi + 1 WHERE akun = ?1", params![akun, &kept])?;
    Ok(())
}
