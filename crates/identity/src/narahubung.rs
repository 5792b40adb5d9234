//! How a person can be reached outside Praja: what the messenger asks before it sends.

mod store;

use praja_kernel::Id;
use praja_store::{Result, Tx};

/// Name and addresses of an account's holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kontak {
    /// Full name.
    pub nama: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number in international form.
    pub telepon: Option<String>,
}

/// The holder of an actor key (`pegawai:…`, `warga:…`, `badan:…`). Numbers that are none of this country are left out.
pub fn of(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<Kontak>> {
    let Some((jenis, id)) = kunci.split_once(':') else { return Ok(None) };
    let Ok(id) = id.parse::<Id>() else { return Ok(None) };
    let found = match jenis {
        "pegawai" => store::pegawai(tx, id)?,
        "warga" => store::warga(tx, id)?,
        "badan" => store::badan(tx, id)?,
        _ => None,
    };
    Ok(found.map(|kontak| Kontak { telepon: kontak.telepon.as_deref().and_then(crate::telepon::parse), ..kontak }))
}

/// The NIK of a citizen's account (`warga:…`), and whether an officer once compared it with the KTP.
///
/// # Errors
/// When the database fails.
pub fn nik(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<(String, bool)>> {
    match kunci.strip_prefix("warga:").and_then(|id| id.parse::<Id>().ok()) {
        Some(akun) => store::nik(tx, akun),
        None => Ok(None),
    }
}
