//! The files of applications.

use praja_kernel::{Id, Moment, Nik};
use praja_store::{Result, Row, Tx, params};

/// A file of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Berkas {
    pub(crate) id: Id,
    pub(crate) syarat: String,
    pub(crate) kepekaan: String,
    /// The attachment of desk.
    pub(crate) lampiran: Id,
    pub(crate) nama: String,
    /// SHA-256 of what was sent, before it was made smaller.
    pub(crate) sidik_asli: String,
    /// A later one stands in its place.
    pub(crate) diganti: bool,
    pub(crate) dibuat: Moment,
}

fn read_file(row: &Row<'_>) -> Result<Berkas> {
    Ok(Berkas {
        id: row.get(0)?,
        syarat: row.get(1)?,
        kepekaan: row.get(2)?,
        lampiran: row.get(3)?,
        nama: row.get(4)?,
        sidik_asli: row.get(5)?,
        diganti: row.get(6)?,
        dibuat: row.get(7)?,
    })
}

/// The files of an application, also those that were replaced, oldest first.
pub(crate) fn files(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Berkas>> {
    tx.list(
        "SELECT id, syarat, kepekaan, lampiran, nama, sidik_asli, diganti, created_at FROM perizinan_berkas
         WHERE permohonan = ?1 ORDER BY created_at, id",
        params![permohonan],
        read_file,
    )
}

/// What an applicant gave before under a name papers share: the newest of each, given since `since` from the same account. A NIK alone is
/// known to others, so it opens nobody's papers.
pub(crate) fn reusable(tx: &mut Tx<'_>, nik: &Nik, akun: Id, pakai_ulang: &str, since: Moment) -> Result<Option<(Id, Berkas)>> {
    tx.opt(
        "SELECT b.id, b.syarat, b.kepekaan, b.lampiran, b.nama, b.sidik_asli, b.diganti, b.created_at, b.permohonan
         FROM perizinan_permohonan p JOIN perizinan_berkas b ON b.permohonan = p.id
         WHERE p.nik = ?1 AND p.akun = ?4 AND b.pakai_ulang = ?2 AND b.diganti = FALSE AND b.created_at >= ?3 AND p.status <> 'draf'
         ORDER BY b.created_at DESC, b.id DESC LIMIT 1",
        params![nik.full(), pakai_ulang, since, akun],
        |row| Ok((row.get(8)?, read_file(row)?)),
    )
}

/// Puts a file in the place of those that were there for the same requirement.
pub(crate) fn put_file(
    tx: &mut Tx<'_>,
    permohonan: Id,
    syarat: &crate::jenis::Syarat,
    lampiran: Id,
    nama: &str,
    sidik: &str,
) -> Result<()> {
    remove_file(tx, permohonan, &syarat.kode)?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_berkas (id, permohonan, syarat, pakai_ulang, kepekaan, lampiran, nama, sidik_asli, diganti, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, FALSE, ?9)",
        params![id, permohonan, &syarat.kode, &syarat.pakai_ulang, syarat.kepekaan.as_str(), lampiran, nama, sidik, now],
    )?;
    Ok(())
}

/// Takes the file of a requirement out; it stays on record.
pub(crate) fn remove_file(tx: &mut Tx<'_>, permohonan: Id, syarat: &str) -> Result<()> {
    tx.exec(
        "UPDATE perizinan_berkas SET diganti = TRUE WHERE permohonan = ?1 AND syarat = ?2 AND diganti = FALSE",
        params![permohonan, syarat],
    )?;
    Ok(())
}
