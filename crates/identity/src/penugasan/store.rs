use praja_kernel::{Date, Id};
use praja_store::{Result, StoreError, Tx, params};

use super::{Jenis, Penugasan};

/// Every penugasan of a person that has begun or will begin, also ended ones, oldest first.
pub(crate) fn of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Penugasan>> {
    tx.list(
        "SELECT p.id, j.id, j.nama, p.jenis, p.mulai, p.sampai, d.id, d.nama
         FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan JOIN identity_opd d ON d.id = j.opd
         WHERE p.orang = ?1 ORDER BY p.mulai, p.id",
        params![orang],
        |row| {
            Ok(Penugasan {
                id: row.get(0)?,
                jabatan: row.get(1)?,
                jabatan_nama: row.get(2)?,
                jenis: kind(&row.get::<String>(3)?)?,
                mulai: row.get(4)?,
                sampai: row.get(5)?,
                opd: row.get(6)?,
                opd_nama: row.get(7)?,
            })
        },
    )
}

/// Saves a penugasan that others need not be told about: demo data, an import. Who was on no OPD's books is from now on those of a
/// definitive post.
pub(crate) fn insert(tx: &mut Tx<'_>, orang: Id, jabatan: Id, jenis: Jenis, mulai: Date, sampai: Option<Date>) -> Result<Id> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO identity_penugasan (id, orang, jabatan, jenis, mulai, sampai) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, orang, jabatan, jenis.as_str(), mulai, sampai],
    )?;
    if jenis == Jenis::Definitif {
        tx.exec(
            "UPDATE identity_orang SET opd = (SELECT j.opd FROM identity_jabatan j WHERE j.id = ?2) WHERE id = ?1 AND opd IS NULL",
            params![orang, jabatan],
        )?;
    }
    Ok(id)
}

/// Reads a stored kind.
pub(crate) fn kind(word: &str) -> Result<Jenis> {
    Jenis::parse(word).map_err(|_| StoreError::unknown_word("jenis penugasan", word))
}
