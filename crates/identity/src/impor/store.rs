//! The only SQL about imports themselves: the row, its problems, what is shown of its rows.

use praja_kernel::{Id, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Impor, Jenis, Masalah, Status, Tindakan};
use crate::opd::Reach;

const COLUMNS: &str =
    "SELECT id, jenis, status, opd, semua, berkas, sidik, alamat, oleh_nama, dibuat, diubah, maju, dari, baris, baru,
    ubah, sama, masalah, catatan, versi FROM identity_impor";

/// What is known when a file arrives.
pub(crate) struct New<'a> {
    pub(crate) id: Id,
    pub(crate) jenis: Jenis,
    pub(crate) opd: Id,
    /// The OPD acted for with its predecessors.
    pub(crate) opd_set: &'a [Id],
    pub(crate) semua: bool,
    pub(crate) berkas: &'a str,
    pub(crate) alamat: &'a str,
    pub(crate) sidik: &'a str,
}

/// Saves a new import that waits to be checked.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<()> {
    let by = tx.by()?;
    let set = new.opd_set.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    tx.exec(
        "INSERT INTO identity_impor (id, jenis, status, opd, opd_semua, semua, berkas, alamat, sidik, oleh, oleh_nama, dibuat, diubah)
         VALUES (?1, ?2, 'menunggu', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
        params![
            new.id,
            new.jenis.as_str(),
            new.opd,
            set,
            new.semua,
            new.berkas,
            new.alamat,
            new.sidik,
            by.actor.key(),
            by.actor.nama(),
            by.at
        ],
    )?;
    Ok(())
}

/// An import.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Impor>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// The officer who brought it.
pub(crate) fn bringer(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>> {
    let key: String = tx.scalar("SELECT oleh FROM identity_impor WHERE id = ?1", params![id])?;
    Ok(key.strip_prefix("pegawai:").and_then(|id| id.parse().ok()))
}

/// The OPD its bringer acted for, with predecessors.
pub(crate) fn opd_set(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Id>> {
    let text: String = tx.scalar("SELECT opd_semua FROM identity_impor WHERE id = ?1", params![id])?;
    text.split_whitespace().map(|one| one.parse().map_err(|_| StoreError::Corrupt("identity_impor.opd_semua".into()))).collect()
}

/// Imports within reach, newest first, one more than `limit` when others follow; `before` is the last (moment, id) seen.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    reach: &Reach,
    jenis: Option<Jenis>,
    before: Option<(i64, Id)>,
    limit: i64,
) -> Result<Vec<Impor>> {
    let mut sql = Sql::new(COLUMNS);
    // Said so that the index by time is walked from its end.
    let (at, id) = before.map_or((i64::MAX, String::new()), |(at, id)| (at, id.to_string()));
    sql.filter("(dibuat, id) < (?, ?)").bind(at).bind(id);
    if let Reach::Only(opds) = reach {
        // Written so that the index by time is walked; imports are few.
        sql.filter("semua = FALSE").filter_in("(opd || '')", opds.iter().copied());
    }
    if let Some(jenis) = jenis {
        sql.filter("jenis = ?").bind(jenis.as_str());
    }
    sql.push("ORDER BY dibuat DESC, id DESC LIMIT ?").bind(limit + 1);
    sql.list(tx, read)
}

/// Moves an import on. Nothing changes when it is not in `from` any more; says whether it was.
pub(crate) fn move_on(tx: &mut Tx<'_>, id: Id, from: Status, to: Status, catatan: Option<&str>) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE identity_impor SET status = ?3, catatan = ?4, diubah = ?5, maju = 0, dari = 0, versi = versi + 1
         WHERE id = ?1 AND status = ?2",
        params![id, from.as_str(), to.as_str(), catatan, now],
    )?;
    Ok(changed == 1)
}

/// Notes how far the work is.
pub(crate) fn progress(tx: &mut Tx<'_>, id: Id, maju: i64, dari: i64) -> Result<()> {
    tx.exec("UPDATE identity_impor SET maju = ?2, dari = ?3 WHERE id = ?1", params![id, maju, dari])?;
    Ok(())
}

/// Notes what the check found: rows, (added, changed, same), problems.
pub(crate) fn count(tx: &mut Tx<'_>, id: Id, baris: i64, acts: (i64, i64, i64), masalah: i64) -> Result<()> {
    tx.exec(
        "UPDATE identity_impor SET baris = ?2, baru = ?3, ubah = ?4, sama = ?5, masalah = ?6 WHERE id = ?1",
        params![id, baris, acts.0, acts.1, acts.2, masalah],
    )?;
    Ok(())
}

/// Keeps problems from place `from` on.
pub(crate) fn insert_problems(tx: &mut Tx<'_>, id: Id, from: usize, list: &[Masalah]) -> Result<()> {
    for (at, one) in list.iter().enumerate() {
        let urut = i64::try_from(from + at).unwrap_or(i64::MAX);
        tx.exec(
            "INSERT INTO identity_impor_masalah (impor, urut, baris, kolom, isi, pesan, saran) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, urut, i64::from(one.baris), &one.kolom, &one.isi, &one.pesan, &one.saran],
        )?;
    }
    Ok(())
}

/// Problems after place `after`, one more than `limit` when others follow, with their places.
pub(crate) fn problems(tx: &mut Tx<'_>, id: Id, after: i64, limit: i64) -> Result<Vec<(i64, Masalah)>> {
    tx.list(
        "SELECT urut, baris, kolom, isi, pesan, saran FROM identity_impor_masalah WHERE impor = ?1 AND urut > ?2 ORDER BY urut LIMIT ?3",
        params![id, after, limit + 1],
        |row| {
            let baris = u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX);
            let masalah =
                Masalah { baris, kolom: row.get(2)?, isi: row.get(3)?, pesan: row.get(4)?, saran: row.get(5)? };
            Ok((row.get(0)?, masalah))
        },
    )
}

/// A row as shown before it is applied.
pub(crate) struct Shown {
    pub(crate) urut: i64,
    pub(crate) baris: i64,
    pub(crate) tindakan: Tindakan,
    pub(crate) judul: String,
    pub(crate) ringkas: String,
}

/// Keeps what is shown of rows from place `from` on.
pub(crate) fn insert_shown(tx: &mut Tx<'_>, id: Id, from: usize, list: &[(u32, Tindakan, String, String)]) -> Result<()> {
    for (at, (baris, tindakan, judul, ringkas)) in list.iter().enumerate() {
        let urut = i64::try_from(from + at).unwrap_or(i64::MAX);
        tx.exec(
            "INSERT INTO identity_impor_baris (impor, urut, baris, tindakan, judul, ringkas) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![id, urut, i64::from(*baris), tindakan.as_str(), judul, ringkas],
        )?;
    }
    Ok(())
}

/// What is shown of rows after place `after`, of one kind of act or all, one more than `limit` when others follow.
pub(crate) fn shown(tx: &mut Tx<'_>, id: Id, act: Option<Tindakan>, words: &str, after: i64, limit: i64) -> Result<Vec<Shown>> {
    let mut sql = Sql::new("SELECT urut, baris, tindakan, judul, ringkas FROM identity_impor_baris");
    sql.filter("impor = ?").bind(id);
    if let Some(act) = act {
        sql.filter("tindakan = ?").bind(act.as_str());
    }
    if !words.is_empty() {
        sql.filter("LOWER(judul) LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(&fold(words))));
    }
    sql.filter("urut > ?").bind(after);
    sql.push("ORDER BY urut LIMIT ?").bind(limit + 1);
    sql.list(tx, |row| {
        let word: String = row.get(2)?;
        let tindakan = Tindakan::parse(&word).map_err(|_| StoreError::unknown_word("tindakan impor", &word))?;
        Ok(Shown { urut: row.get(0)?, baris: row.get(1)?, tindakan, judul: row.get(3)?, ringkas: row.get(4)? })
    })
}

/// The oldest import that rests since before `before` and whose staged rows still lie there.
pub(crate) fn to_clean(tx: &mut Tx<'_>, before: i64) -> Result<Option<Id>> {
    tx.opt(
        "SELECT id FROM identity_impor WHERE dibersihkan = FALSE AND diubah < ?1 ORDER BY diubah, id LIMIT 1",
        params![before],
        |row| row.get(0),
    )
}

/// Notes that nothing staged is left.
pub(crate) fn mark_clean(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("UPDATE identity_impor SET dibersihkan = TRUE WHERE id = ?1", params![id])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Impor> {
    let (jenis, status): (String, String) = (row.get(1)?, row.get(2)?);
    Ok(Impor {
        id: row.get(0)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis impor", &jenis))?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("status impor", &status))?,
        opd: row.get(3)?,
        semua: row.get(4)?,
        berkas: row.get(5)?,
        sidik: row.get(6)?,
        alamat: row.get(7)?,
        oleh: row.get(8)?,
        dibuat: row.get(9)?,
        diubah: row.get(10)?,
        maju: (row.get(11)?, row.get(12)?),
        baris: row.get(13)?,
        hitungan: (row.get(14)?, row.get(15)?, row.get(16)?),
        masalah: row.get(17)?,
        catatan: row.get(18)?,
        versi: row.get(19)?,
    })
}
