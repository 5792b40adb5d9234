//! The only SQL about distribution lists.

use praja_kernel::{Id, fold};
use praja_store::{Result, Row, Tx, params};

use super::{Baru, Daftar, MOST_LISTS};

fn owner(opd: Option<Id>) -> String {
    opd.map(|opd| opd.to_string()).unwrap_or_default()
}

/// The lists of one owner, by name.
pub(crate) fn of(tx: &mut Tx<'_>, opd: Option<Id>) -> Result<Vec<Daftar>> {
    let most = i64::try_from(MOST_LISTS).unwrap_or(i64::MAX);
    tx.list(
        "SELECT id, opd, nama, anggota, aktif, versi FROM eoffice_daftar_kirim WHERE opd = ?1 ORDER BY nama_fold LIMIT ?2",
        params![owner(opd), most],
        read,
    )
}

/// The lists that naskah of an OPD may use: its own first, then those of the regency.
pub(crate) fn for_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Daftar>> {
    let mut all = of(tx, Some(opd))?;
    all.extend(of(tx, None)?);
    Ok(all)
}

/// One list, whoever asks.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Daftar>> {
    tx.opt("SELECT id, opd, nama, anggota, aktif, versi FROM eoffice_daftar_kirim WHERE id = ?1", params![id], read)
}

/// Is there another list of this owner with the name?
pub(crate) fn is_taken(tx: &mut Tx<'_>, opd: Option<Id>, nama: &str, but: Option<Id>) -> Result<bool> {
    let found: Option<Id> = tx.opt(
        "SELECT id FROM eoffice_daftar_kirim WHERE opd = ?1 AND nama_fold = ?2",
        params![owner(opd), fold(nama)],
        |row| row.get(0),
    )?;
    Ok(found.is_some() && found != but)
}

pub(crate) fn insert(tx: &mut Tx<'_>, opd: Option<Id>, baru: &Baru) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_daftar_kirim (id, opd, nama, nama_fold, anggota, aktif, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
        params![id, owner(opd), &baru.nama, fold(&baru.nama), baru.anggota.join("\n"), true, now],
    )?;
    Ok(id)
}

/// Saves a list; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, list: &Daftar) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_daftar_kirim SET nama = ?3, nama_fold = ?4, anggota = ?5, aktif = ?6, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![list.id, list.versi, &list.nama, fold(&list.nama), list.anggota.join("\n"), list.aktif],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Daftar> {
    let anggota: String = row.get(3)?;
    Ok(Daftar {
        id: row.get(0)?,
        opd: row.get::<String>(1)?.parse().ok(),
        nama: row.get(2)?,
        anggota: anggota.lines().map(ToOwned::to_owned).collect(),
        aktif: row.get(4)?,
        versi: row.get(5)?,
    })
}
