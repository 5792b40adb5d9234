//! The only SQL about nodes, and about what a regency sets for them.

use praja_kernel::{Id, fold};
use praja_store::{Result, Row, Tx, params};

use super::{Baru, Simpul};

/// A regency exchanges letters with no more boxes than there are regencies and provinces.
const MOST: i64 = 600;

/// Every node, by name.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Simpul>> {
    tx.list(
        "SELECT id, nama, alamat, kunci, kunci_id, sertifikat, tujuan, aktif, versi FROM eoffice_simpul
         WHERE nama_fold >= ?1 ORDER BY nama_fold, id LIMIT ?2",
        params!["", MOST],
        read,
    )
}

/// The nodes that letters go to.
pub(crate) fn active(tx: &mut Tx<'_>) -> Result<Vec<Simpul>> {
    let mut found = all(tx)?;
    found.retain(|one| one.aktif);
    Ok(found)
}

/// One node.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Simpul>> {
    tx.opt(
        "SELECT id, nama, alamat, kunci, kunci_id, sertifikat, tujuan, aktif, versi FROM eoffice_simpul WHERE id = ?1",
        params![id],
        read,
    )
}

/// The node that signs with this key.
pub(crate) fn by_key(tx: &mut Tx<'_>, kunci_id: &str) -> Result<Option<Simpul>> {
    tx.opt(
        "SELECT id, nama, alamat, kunci, kunci_id, sertifikat, tujuan, aktif, versi FROM eoffice_simpul WHERE kunci_id = ?1",
        params![kunci_id],
        read,
    )
}

pub(crate) fn insert(tx: &mut Tx<'_>, baru: &Baru) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_simpul (id, nama, nama_fold, alamat, kunci, kunci_id, sertifikat, tujuan, aktif, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)",
        params![
            id,
            &baru.nama,
            fold(&baru.nama),
            baru.alamat.as_deref().unwrap_or_default(),
            &baru.kunci,
            &baru.kunci_id,
            baru.sertifikat.as_deref().unwrap_or_default(),
            baru.tujuan.join("\n"),
            true,
            now
        ],
    )?;
    Ok(id)
}

/// Saves a node; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, one: &Simpul) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_simpul SET nama = ?3, nama_fold = ?4, alamat = ?5, kunci = ?6, kunci_id = ?7, sertifikat = ?8, tujuan = ?9,
            aktif = ?10, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            &one.nama,
            fold(&one.nama),
            one.alamat.as_deref().unwrap_or_default(),
            &one.kunci,
            &one.kunci_id,
            one.sertifikat.as_deref().unwrap_or_default(),
            one.tujuan.join("\n"),
            one.aktif
        ],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Simpul> {
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    let tujuan: String = row.get(6)?;
    Ok(Simpul {
        id: row.get(0)?,
        nama: row.get(1)?,
        alamat: filled(row.get(2)?),
        kunci: row.get(3)?,
        kunci_id: row.get(4)?,
        sertifikat: filled(row.get(5)?),
        tujuan: tujuan.lines().map(ToOwned::to_owned).collect(),
        aktif: row.get(7)?,
        versi: row.get(8)?,
    })
}

/// The setting under which the office stands that enters letters for nobody else.
const OFFICE: &str = "amplop.opd";

/// The office that enters letters of other boxes whose addressee is no office of its own.
pub(crate) fn office(tx: &mut Tx<'_>) -> Result<Option<Id>> {
    let found: Option<String> = tx.opt("SELECT nilai FROM eoffice_setelan WHERE nama = ?1", params![OFFICE], |row| row.get(0))?;
    Ok(found.and_then(|text| text.parse().ok()))
}

pub(crate) fn set_office(tx: &mut Tx<'_>, opd: Id) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_setelan (nama, nilai) VALUES (?1, ?2) ON CONFLICT (nama) DO UPDATE SET nilai = excluded.nilai",
        params![OFFICE, opd.to_string()],
    )?;
    Ok(())
}
