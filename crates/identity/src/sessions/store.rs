use praja_kernel::{Id, Moment};
use praja_store::{Result, Tx, params};

use super::{ABSOLUTE_MS, Life, Origin};

/// A session with its holder.
pub(crate) struct Sesi {
    pub(crate) id: Id,
    pub(crate) akun: Id,
    /// The officer with the full name; none for citizens and bodies.
    pub(crate) orang: Option<(Id, String)>,
    /// The post chosen to act for.
    pub(crate) penugasan: Option<Id>,
    pub(crate) wajib_ganti: bool,
    /// When the password was last typed.
    pub(crate) dibuktikan: Moment,
    /// Name of the citizen who acts for a body by a power.
    pub(crate) kuasa: Option<String>,
    pub(crate) life: Life,
}

/// A session in the list of its holder.
pub(crate) struct Own {
    pub(crate) id: Id,
    pub(crate) dibuat: Moment,
    pub(crate) alamat: String,
    pub(crate) peramban: String,
    pub(crate) life: Life,
}

/// The session under a key, unless it was revoked or its account closed. Whether it is too old is for the caller to say.
pub(crate) fn find(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<Sesi>> {
    tx.opt(
        "SELECT s.id, a.id, o.id, o.nama_lengkap, s.penugasan, a.wajib_ganti, s.dibuktikan, s.terakhir, s.kedaluwarsa, k.nama
         FROM identity_sesi s JOIN identity_akun a ON a.id = s.akun LEFT JOIN identity_orang o ON o.id = a.orang
         LEFT JOIN identity_kuasa k ON k.id = s.kuasa LEFT JOIN identity_akun w ON w.id = k.warga
         WHERE s.kunci = ?1 AND s.dicabut IS NULL AND a.nonaktif = FALSE
           AND (s.kuasa IS NULL OR (k.dicabut IS NULL AND w.nonaktif = FALSE))",
        params![kunci],
        |row| {
            Ok(Sesi {
                id: row.get(0)?,
                akun: row.get(1)?,
                orang: row.get::<Option<Id>>(2)?.zip(row.get::<Option<String>>(3)?),
                penugasan: row.get(4)?,
                wajib_ganti: row.get(5)?,
                dibuktikan: row.get(6)?,
                kuasa: row.get(9)?,
                life: Life { terakhir: row.get(7)?, kedaluwarsa: row.get(8)? },
            })
        },
    )
}

/// Saves a new session; whoever begins one has just proved who they are.
pub(crate) fn insert(tx: &mut Tx<'_>, kunci: &str, akun: Id, origin: &Origin) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_sesi (kunci, id, akun, dibuat, terakhir, dibuktikan, kedaluwarsa, alamat, peramban)
         VALUES (?1, ?2, ?3, ?4, ?4, ?4, ?5, ?6, ?7)",
        params![kunci, id, akun, now, now.plus_ms(ABSOLUTE_MS), &origin.alamat, &origin.peramban],
    )?;
    Ok(id)
}

pub(crate) fn touch(tx: &mut Tx<'_>, kunci: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET terakhir = ?2 WHERE kunci = ?1 AND terakhir < ?2", params![kunci, now])?;
    Ok(())
}

/// Notes that the password was just typed again.
pub(crate) fn prove(tx: &mut Tx<'_>, sesi: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET dibuktikan = ?2, terakhir = ?2 WHERE id = ?1", params![sesi, now])?;
    Ok(())
}

/// Chooses the post to act for.
pub(crate) fn choose(tx: &mut Tx<'_>, sesi: Id, penugasan: Id) -> Result<()> {
    tx.exec("UPDATE identity_sesi SET penugasan = ?2 WHERE id = ?1", params![sesi, penugasan])?;
    Ok(())
}

/// Says that a session proves no password, and by which power it acts, if any.
pub(crate) fn set_unproven(tx: &mut Tx<'_>, sesi: Id, kuasa: Option<Id>) -> Result<()> {
    tx.exec("UPDATE identity_sesi SET dibuktikan = 0, kuasa = ?2 WHERE id = ?1", params![sesi, kuasa])?;
    Ok(())
}

/// Ends the session under a key. Gives whether there was one to end.
pub(crate) fn revoke_key(tx: &mut Tx<'_>, kunci: &str) -> Result<bool> {
    let now = tx.now()?;
    Ok(tx.exec("UPDATE identity_sesi SET dicabut = ?2 WHERE kunci = ?1 AND dicabut IS NULL", params![kunci, now])? > 0)
}

/// Ends one session of an account. Gives whether it was its and open.
pub(crate) fn revoke_own(tx: &mut Tx<'_>, sesi: Id, akun: Id) -> Result<bool> {
    let now = tx.now()?;
    let sql = "UPDATE identity_sesi SET dicabut = ?3 WHERE id = ?1 AND akun = ?2 AND dicabut IS NULL";
    Ok(tx.exec(sql, params![sesi, akun, now])? > 0)
}

/// Ends every session of an account.
pub(crate) fn revoke_all(tx: &mut Tx<'_>, akun: Id) -> Result<u64> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET dicabut = ?2 WHERE akun = ?1 AND dicabut IS NULL", params![akun, now])
}

/// Ends every session of an account but one.
pub(crate) fn revoke_others(tx: &mut Tx<'_>, akun: Id, keep: Id) -> Result<u64> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_sesi SET dicabut = ?3 WHERE akun = ?1 AND id <> ?2 AND dicabut IS NULL", params![akun, keep, now])
}

/// The newest open sessions of an account, newest first; some may be too old.
pub(crate) fn of_account(tx: &mut Tx<'_>, akun: Id) -> Result<Vec<Own>> {
    tx.list(
        "SELECT s.id, s.dibuat, s.terakhir, s.kedaluwarsa, s.alamat, s.peramban FROM identity_sesi s
         WHERE s.akun = ?1 AND s.dicabut IS NULL ORDER BY s.dibuat DESC, s.id DESC LIMIT 50",
        params![akun],
        |row| {
            Ok(Own {
                id: row.get(0)?,
                dibuat: row.get(1)?,
                life: Life { terakhir: row.get(2)?, kedaluwarsa: row.get(3)? },
                alamat: row.get(4)?,
                peramban: row.get(5)?,
            })
        },
    )
}
