//! The steps an application took, and what was to be mended.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Tx, params};

use super::corrupt;
use crate::alur::{Langkah, Meja, Status};

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Riwayat {
    pub(crate) langkah: Langkah,
    pub(crate) dari: Status,
    pub(crate) ke: Status,
    pub(crate) meja: Meja,
    pub(crate) pada: Moment,
    pub(crate) tanggal: Date,
    /// Who, as [`praja_kernel::Actor::key`].
    pub(crate) oleh: String,
    pub(crate) oleh_nama: String,
    pub(crate) kode: String,
    /// Why it was taken out of its turn, as [`super::AlasanLompat`]; empty where it was not.
    pub(crate) lompat: String,
    pub(crate) catatan: String,
    /// May the applicant read the note?
    pub(crate) umum: bool,
}

pub(crate) fn add_step(tx: &mut Tx<'_>, permohonan: Id, one: &Riwayat) -> Result<()> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO perizinan_riwayat (id, permohonan, langkah, dari, ke, meja, pada, tanggal, oleh, oleh_nama, kode, lompat,
         catatan, umum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            id,
            permohonan,
            one.langkah.as_str(),
            one.dari.as_str(),
            one.ke.as_str(),
            one.meja.as_str(),
            one.pada,
            one.tanggal,
            &one.oleh,
            &one.oleh_nama,
            &one.kode,
            &one.lompat,
            &one.catatan,
            one.umum
        ],
    )?;
    Ok(())
}

/// The steps of an application, oldest first.
pub(crate) fn steps(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Riwayat>> {
    tx.list(
        "SELECT langkah, dari, ke, meja, pada, tanggal, oleh, oleh_nama, kode, lompat, catatan, umum FROM perizinan_riwayat
         WHERE permohonan = ?1 ORDER BY pada, id LIMIT 500",
        params![permohonan],
        |row| {
            let word = |at| row.get::<String>(at);
            Ok(Riwayat {
                langkah: Langkah::parse(&word(0)?).map_err(corrupt)?,
                dari: Status::parse(&word(1)?).map_err(corrupt)?,
                ke: Status::parse(&word(2)?).map_err(corrupt)?,
                meja: Meja::parse(&word(3)?).map_err(corrupt)?,
                pada: row.get(4)?,
                tanggal: row.get(5)?,
                oleh: word(6)?,
                oleh_nama: word(7)?,
                kode: word(8)?,
                lompat: word(9)?,
                catatan: word(10)?,
                umum: row.get(11)?,
            })
        },
    )
}

/// The step with which an application was last returned.
pub(crate) fn last_return(tx: &mut Tx<'_>, permohonan: Id) -> Result<Option<Riwayat>> {
    Ok(steps(tx, permohonan)?.into_iter().rev().find(|step| step.ke == Status::Dikembalikan))
}

/// Something that is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kekurangan {
    pub(crate) putaran: i64,
    /// `syarat:ktp` or `isian:luas`.
    pub(crate) tentang: String,
    pub(crate) kode: String,
    pub(crate) pesan: String,
    pub(crate) selesai: bool,
    /// Of a field: the SHA-256 of what stood there, so that it is seen whether it was changed; empty otherwise.
    pub(crate) sidik: String,
}

/// Everything that was ever to be mended, oldest first.
pub(crate) fn defects(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Kekurangan>> {
    tx.list(
        "SELECT putaran, tentang, kode, pesan, selesai, sidik FROM perizinan_kekurangan WHERE permohonan = ?1 ORDER BY putaran, id",
        params![permohonan],
        |row| {
            Ok(Kekurangan {
                putaran: row.get(0)?,
                tentang: row.get(1)?,
                kode: row.get(2)?,
                pesan: row.get(3)?,
                selesai: row.get(4)?,
                sidik: row.get(5)?,
            })
        },
    )
}

pub(crate) fn add_defect(tx: &mut Tx<'_>, permohonan: Id, one: &Kekurangan, oleh: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_kekurangan (id, permohonan, putaran, tentang, kode, pesan, selesai, oleh, pada, sidik)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, FALSE, ?7, ?8, ?9)",
        params![id, permohonan, one.putaran, &one.tentang, &one.kode, &one.pesan, oleh, now, &one.sidik],
    )?;
    Ok(())
}

/// Marks everything of a round as mended: the applicant sent it again.
pub(crate) fn mend_all(tx: &mut Tx<'_>, permohonan: Id) -> Result<()> {
    tx.exec("UPDATE perizinan_kekurangan SET selesai = TRUE WHERE permohonan = ?1 AND selesai = FALSE", params![permohonan])?;
    Ok(())
}

/// Did the head of division allow one more return in this round?
pub(crate) fn is_return_allowed(tx: &mut Tx<'_>, permohonan: Id, putaran: i64) -> Result<bool> {
    let found = tx.opt(
        "SELECT id FROM perizinan_izin_kembali WHERE permohonan = ?1 AND putaran = ?2",
        params![permohonan, putaran],
        |row| row.get::<Id>(0),
    )?;
    Ok(found.is_some())
}

pub(crate) fn allow_return(tx: &mut Tx<'_>, permohonan: Id, putaran: i64, alasan: &str, oleh: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_izin_kembali (id, permohonan, putaran, alasan, oleh, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (permohonan, putaran) DO NOTHING",
        params![id, permohonan, putaran, alasan, oleh, now],
    )?;
    Ok(())
}
