use praja_kernel::{Id, Moment};
use praja_store::{Result, Tx, params};

use super::{ABSOLUTE_MS, Life};

/// A session with its holder.
pub(crate) struct Sesi {
    pub(crate) id: Id,
    pub(crate) orang: Id,
    pub(crate) nama: String,
    /// The post chosen to act for.
    pub(crate) penugasan: Option<Id>,
    pub(crate) wajib_ganti: bool,
    pub(crate) life: Life,
}

/// A session in the list of its holder.
pub(crate) struct Own {
    pub(crate) id: Id,
    pub(crate) dibuat: Moment,
    pub(crate) alamat: String,
    pub(crate) life: Life,
}

/// The session under a key, unless it was revoked or its account closed. Whether it is too old is for the caller to say.
pub(crate) fn find(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<Sesi>> {
    tx.opt(
        "SELECT s.id, o.id, o.nama_lengkap, s.penugasan, a.wajib_ganti, s.terakhir, s.kedaluwarsa
         FROM identity_sesi s JOIN identity_akun a ON a.id = s.akun JOIN identity_orang o ON o.id = a.orang
         WHERE s.kunci = ?1 AND s.dicabut IS NULL AND a.nonaktif = FALSE",
        params![kunci],
        |row| {
            Ok(Sesi {
                id: row.get(0)?,
                orang: row.get(1)?,
                nama: row.get(2)?,
                penugasan: row.get(3)?,
                wajib_ganti: row.get(4)?,
                life: Life { terakhir: row.get(5)?, kedaluwarsa: row.get(6)? },
            })
        },
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, kunci: &str, akun: Id, alamat: &str) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_sesi (kunci, id, akun, dibuat, terakhir, kedaluwarsa, alamat) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
        params![kunci, id, akun, now, now.plus_ms(ABSOLUTE_MS), alamat],
    )?;
    Ok(id)
}

pub(crate) fn touch(tx: &mut Tx<'_>, kunci: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET terakhir = ?2 WHERE kunci = ?1 AND terakhir < ?2", params![kunci, now])?;
    Ok(())
}

/// Chooses the post to act for.
pub(crate) fn choose(tx: &mut Tx<'_>, sesi: Id, penugasan: Id) -> Result<()> {
    tx.exec("UPDATE identity_sesi SET penugasan = ?2 WHERE id = ?1", params![sesi, penugasan])?;
    Ok(())
}

/// Ends the session under a key. Gives whether there was one to end.
pub(crate) fn revoke_key(tx: &mut Tx<'_>, kunci: &str) -> Result<bool> {
    let now = tx.now()?;
    Ok(tx.exec("UPDATE identity_sesi SET dicabut = ?2 WHERE kunci = ?1 AND dicabut IS NULL", params![kunci, now])? > 0)
}

/// Ends one session of a person. Gives whether it was theirs and open.
pub(crate) fn revoke_own(tx: &mut Tx<'_>, sesi: Id, orang: Id) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE identity_sesi SET dicabut = ?3 WHERE id = ?1 AND dicabut IS NULL
         AND akun IN (SELECT a.id FROM identity_akun a WHERE a.orang = ?2)",
        params![sesi, orang, now],
    )?;
    Ok(changed > 0)
}

/// Ends every session of an account but one.
pub(crate) fn revoke_others(tx: &mut Tx<'_>, akun: Id, keep: Id) -> Result<u64> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET dicabut = ?3 WHERE akun = ?1 AND id <> ?2 AND dicabut IS NULL", params![akun, keep, now])
}

/// The newest open sessions of a person, newest first; some may be too old.
pub(crate) fn of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Own>> {
    tx.list(
        "SELECT s.id, s.dibuat, s.terakhir, s.kedaluwarsa, s.alamat FROM identity_akun a JOIN identity_sesi s ON s.akun = a.id
         WHERE a.orang = ?1 AND s.dicabut IS NULL ORDER BY s.dibuat DESC, s.id DESC LIMIT 50",
        params![orang],
        |row| {
            Ok(Own {
                id: row.get(0)?,
                dibuat: row.get(1)?,
                life: Life { terakhir: row.get(2)?, kedaluwarsa: row.get(3)? },
                alamat: row.get(4)?,
            })
        },
    )
}
