//! What is told to others once it is decided (the archive, the command centre), and the figures of each month that leaders read.

pub(crate) mod pages;
pub(crate) mod store;

use praja_desk::attachments;
use praja_kernel::Date;
use praja_module::events::{BerkasIzin, IzinDitindak, IzinDitolak, IzinTerbit, IzinTerlambat};
use praja_store::{Result, StoreError, Tx};

use crate::{
    izin::{daur::Tindakan, dokumen::KLASIFIKASI, objek, store::Izin},
    jenis::{self, Jenis},
    permohonan::Permohonan,
};

/// What of a month is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hitung {
    Terbit,
    Ditolak,
    Terlambat,
}

/// `2026-11`.
pub(crate) fn bulan(day: Date) -> String {
    day.strftime("%Y-%m").to_string()
}

/// Where the papers of a service are filed.
fn klasifikasi(jenis: &Jenis) -> String {
    if jenis.dokumen.klasifikasi.is_empty() { KLASIFIKASI.to_owned() } else { jenis.dokumen.klasifikasi.clone() }
}

/// The papers attached to a thing.
fn papers(tx: &mut Tx<'_>, objek: &str, klasifikasi: &str) -> Result<Vec<BerkasIzin>> {
    let all = attachments::of(tx, objek)?.into_iter().map(|one| BerkasIzin {
        objek: objek.to_owned(),
        lampiran: one.id,
        sidik: one.sidik,
        klasifikasi: klasifikasi.to_owned(),
    });
    Ok(all.collect())
}

/// A document was signed.
pub(crate) fn issued(tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis, izin: &Izin) -> Result<()> {
    store::count(tx, one.opd, &bulan(izin.tanggal), &jenis.kode, Hitung::Terbit)?;
    let berkas = papers(tx, &objek(izin.id), &klasifikasi(jenis))?.into_iter().find(|one| Some(one.lampiran) == izin.lampiran);
    tx.emit(&IzinTerbit {
        izin: izin.id,
        permohonan: izin.permohonan,
        nomor: izin.nomor.clone(),
        jenis: jenis.kode.clone(),
        layanan: jenis.nama.clone(),
        opd: one.opd,
        diajukan: one.hari_ajukan,
        tenggat: one.tenggat,
        tanggal: izin.tanggal,
        berlaku_sampai: izin.berlaku_sampai,
        berkas,
    })
}

/// The head acted upon a licence; the minutes are attached to `papers_of`.
pub(crate) fn acted(
    tx: &mut Tx<'_>,
    izin: &Izin,
    filed: Option<&Permohonan>,
    tindakan: Tindakan,
    day: Date,
    papers_of: &str,
) -> Result<()> {
    let opd = match filed {
        Some(filed) => Some(filed.opd),
        // What was taken over without an application is the PTSP's.
        None => crate::pengaturan::ptsp(tx)?,
    };
    let Some(opd) = opd else { return Ok(()) };
    let kode = match filed {
        Some(filed) => klasifikasi(&*jenis::store::version(tx, filed.jenis_versi)?),
        None => KLASIFIKASI.to_owned(),
    };
    let berkas = papers(tx, papers_of, &kode)?;
    tx.emit(&IzinDitindak {
        izin: izin.id,
        nomor: izin.nomor.clone(),
        layanan: izin.jenis_nama.clone(),
        opd,
        tindakan: tindakan.label().to_owned(),
        tanggal: day,
        berkas,
    })
}

/// An application was refused.
pub(crate) fn refused(tx: &mut Tx<'_>, one: &Permohonan, day: Date) -> Result<()> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    store::count(tx, one.opd, &bulan(day), &jenis.kode, Hitung::Ditolak)?;
    tx.emit(&IzinDitolak {
        permohonan: one.id,
        nomor: one.sebutan().to_owned(),
        jenis: jenis.kode.clone(),
        layanan: jenis.nama.clone(),
        opd: one.opd,
        diajukan: one.hari_ajukan,
        tanggal: day,
        alasan: one.kode_tolak.clone().unwrap_or_default(),
        berkas: None,
    })
}

/// An application is past its due date.
pub(crate) fn late(tx: &mut Tx<'_>, one: &Permohonan, day: Date) -> Result<()> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    let tenggat = one.tenggat.ok_or_else(|| StoreError::Corrupt(format!("{} is late without a due date", one.id)))?;
    store::count(tx, one.opd, &bulan(day), &jenis.kode, Hitung::Terlambat)?;
    tx.emit(&IzinTerlambat {
        permohonan: one.id,
        nomor: one.sebutan().to_owned(),
        jenis: jenis.kode.clone(),
        layanan: jenis.nama.clone(),
        opd: one.opd,
        tenggat,
        meja: one.meja.label().to_owned(),
        tanggal: day,
    })
}
