//! The only SQL about verification.

use praja_kernel::Moment;
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Naskah, New, PublicKey, Status, TandaTangan};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    status: Status,
    token: &str,
    new: &New,
    hal: Option<&str>,
    bukti: &str,
    kunci: &str,
) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_verifikasi (token, objek, status, jenis, nomor, tanggal, hal, jabatan, penandatangan, opd_nama,
            tanda_tangan, ditandatangani, sidik, bukti, kunci, terbit)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        params![
            token,
            &new.objek,
            status.as_str(),
            &new.jenis,
            &new.nomor,
            new.tanggal,
            hal,
            &new.jabatan,
            &new.penandatangan,
            &new.opd_nama,
            new.tanda_tangan.as_str(),
            new.ditandatangani,
            new.sidik.as_deref(),
            bukti,
            kunci,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn set_sidik(tx: &mut Tx<'_>, token: &str, sidik: &str) -> Result<bool> {
    let changed = tx.exec("UPDATE desk_verifikasi SET sidik = ?2, versi = versi + 1 WHERE token = ?1", params![token, sidik])?;
    Ok(changed == 1)
}

pub(super) fn complete(tx: &mut Tx<'_>, token: &str, at: Moment, how: TandaTangan, sidik: Option<&str>) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_verifikasi SET status = ?2, ditandatangani = ?3, tanda_tangan = ?4, sidik = ?5, versi = versi + 1
         WHERE token = ?1 AND status = ?6",
        params![token, Status::Sah.as_str(), at, how.as_str(), sidik, Status::Menunggu.as_str()],
    )?;
    Ok(changed == 1)
}

pub(super) fn revoke(tx: &mut Tx<'_>, token: &str, alasan: &str, pengganti: Option<&str>) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE desk_verifikasi SET status = ?3, dicabut = ?2, alasan = ?4, pengganti = ?5, versi = versi + 1
         WHERE token = ?1 AND status <> ?3",
        params![token, now, Status::Dicabut.as_str(), alasan, pengganti],
    )?;
    Ok(changed == 1)
}

pub(super) fn freeze(tx: &mut Tx<'_>, token: &str, alasan: &str) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE desk_verifikasi SET status = ?3, dicabut = ?2, alasan = ?4, versi = versi + 1 WHERE token = ?1 AND status = ?5",
        params![token, now, Status::Dibekukan.as_str(), alasan, Status::Sah.as_str()],
    )?;
    Ok(changed == 1)
}

pub(super) fn thaw(tx: &mut Tx<'_>, token: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_verifikasi SET status = ?2, dicabut = NULL, alasan = NULL, versi = versi + 1 WHERE token = ?1 AND status = ?3",
        params![token, Status::Sah.as_str(), Status::Dibekukan.as_str()],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, token: &str) -> Result<Option<Naskah>> {
    tx.opt(
        "SELECT token, objek, status, jenis, nomor, tanggal, hal, jabatan, penandatangan, opd_nama, tanda_tangan, ditandatangani,
            sidik, bukti, dicabut, alasan, pengganti
         FROM desk_verifikasi WHERE token = ?1",
        params![token],
        read,
    )
}

pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Naskah>> {
    tx.list(
        "SELECT token, objek, status, jenis, nomor, tanggal, hal, jabatan, penandatangan, opd_nama, tanda_tangan, ditandatangani,
            sidik, bukti, dicabut, alasan, pengganti
         FROM desk_verifikasi WHERE objek = ?1 ORDER BY terbit, token",
        params![objek],
        read,
    )
}

pub(super) fn remember_key(tx: &mut Tx<'_>, id: &str, kunci: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_kunci_publik (id, kunci, pada) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
        params![id, kunci, now],
    )?;
    Ok(())
}

/// A handful of rows: a key is added when a box gets new keys, which hardly ever happens.
pub(super) fn keys(tx: &mut Tx<'_>) -> Result<Vec<PublicKey>> {
    tx.list("SELECT id, kunci FROM desk_kunci_publik WHERE id > '' ORDER BY id", &[], |row| {
        Ok(PublicKey { id: row.get(0)?, kunci: row.get(1)? })
    })
}

fn read(row: &Row<'_>) -> Result<Naskah> {
    let (status, tanda): (String, String) = (row.get(2)?, row.get(10)?);
    Ok(Naskah {
        token: row.get(0)?,
        objek: row.get(1)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan verifikasi", &status))?,
        jenis: row.get(3)?,
        nomor: row.get(4)?,
        tanggal: row.get(5)?,
        hal: row.get(6)?,
        jabatan: row.get(7)?,
        penandatangan: row.get(8)?,
        opd_nama: row.get(9)?,
        tanda_tangan: TandaTangan::parse(&tanda).map_err(|_| StoreError::unknown_word("tanda tangan", &tanda))?,
        ditandatangani: row.get(11)?,
        sidik: row.get(12)?,
        bukti: row.get(13)?,
        dicabut: row.get(14)?,
        alasan: row.get(15)?,
        pengganti: row.get(16)?,
    })
}
