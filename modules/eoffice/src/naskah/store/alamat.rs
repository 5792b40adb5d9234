use praja_kernel::Id;
use praja_store::{Result, Tx, params};

use crate::{daftar::Alamat, naskah::tujuan::Peran};

/// Keeps the addressees of a naskah as they stand on it.
pub(crate) fn insert(tx: &mut Tx<'_>, naskah: Id, peran: Peran, all: &[Alamat]) -> Result<()> {
    for (at, one) in all.iter().enumerate() {
        tx.exec(
            "INSERT INTO eoffice_naskah_alamat (naskah, peran, urut, nama, daftar) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                naskah,
                peran.as_str(),
                i64::try_from(at).unwrap_or(i64::MAX) + 1,
                &one.nama,
                one.daftar.as_deref().unwrap_or_default()
            ],
        )?;
    }
    Ok(())
}

/// Forgets them: the number was given back, and with it what stood on the paper.
pub(crate) fn remove(tx: &mut Tx<'_>, naskah: Id) -> Result<()> {
    tx.exec("DELETE FROM eoffice_naskah_alamat WHERE naskah = ?1", params![naskah])?;
    Ok(())
}

/// The addressees in one part, in order; none of a naskah without a number.
pub(crate) fn of(tx: &mut Tx<'_>, naskah: Id, peran: Peran) -> Result<Vec<Alamat>> {
    tx.list(
        "SELECT nama, daftar FROM eoffice_naskah_alamat WHERE naskah = ?1 AND peran = ?2 ORDER BY urut",
        params![naskah, peran.as_str()],
        |row| {
            let daftar: String = row.get(1)?;
            Ok(Alamat { nama: row.get(0)?, daftar: Some(daftar).filter(|name| !name.is_empty()) })
        },
    )
}
