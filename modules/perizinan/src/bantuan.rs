//! Help with the national systems (OSS, SIMBG, AMDALNet, SiCANTIK, MPP Digital Nasional): a register of visits. Licences are issued there;
//! nothing here issues one.

pub(crate) mod demo;
pub(crate) mod kbli;
mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_identity::peran;
use praja_kernel::{Date, Id, words};
use praja_module::{Problem, Upload};
use praja_store::{Result, Tx, audit};

use crate::{KEPALA, LOKET, PEMERIKSA, jenis::Kanal};
pub(crate) use pages::ROUTES;
use rules::Isian;

pub(crate) const TABLE: &str = "perizinan_bantuan";

words! {
    /// What somebody was helped with.
    pub(crate) enum Keperluan ("keperluan layanan berbantuan") {
        /// An account of the national system.
        Akun => "akun", "Membuat atau memulihkan akun";
        /// A first registration: NIB, an application.
        Pendaftaran => "pendaftaran", "Mendaftar atau mengajukan";
        /// A change of what is there.
        Perubahan => "perubahan", "Mengubah data";
        /// Requirements to be met afterwards.
        Pemenuhan => "pemenuhan", "Memenuhi persyaratan";
        /// Where it stands.
        Pelacakan => "pelacakan", "Menanyakan keadaan";
        /// Periodic report of activities.
        Laporan => "laporan", "Laporan kegiatan (LKPM)";
        /// Anything else.
        Lainnya => "lainnya", "Lainnya";
    }
}

words! {
    /// How it stands in the national system.
    pub(crate) enum Keadaan ("keadaan di sistem nasional") {
        /// Not filed.
        Belum => "belum", "Belum diajukan";
        /// Filed, not decided.
        Diproses => "diproses", "Diproses";
        /// To be mended by the applicant.
        Perbaikan => "perbaikan", "Perlu diperbaiki pemohon";
        /// Issued there.
        Terbit => "terbit", "Terbit di sistem nasional";
        /// Refused there.
        Ditolak => "ditolak", "Ditolak di sistem nasional";
    }
}

/// The channels of the register, in the order in which they are offered: every one but our own.
pub(crate) fn channels() -> impl Iterator<Item = Kanal> {
    Kanal::ALL.iter().copied().filter(|kanal| *kanal != Kanal::Praja)
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kunjungan {
    pub(crate) id: Id,
    pub(crate) tanggal: Date,
    pub(crate) isi: Isian,
    pub(crate) petugas_nama: String,
    pub(crate) versi: i64,
}

/// The name of a visit in audit and attachments.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// Writes a visit down with what was brought along.
fn catat(tx: &mut Tx<'_>, tanggal: Date, isi: &Isian, files: &[Upload]) -> Result<Id, Problem> {
    let id = tx.new_id()?;
    let by = tx.by()?;
    let (petugas, nama) = (by.actor.key(), by.actor.nama().to_owned());
    let one = Kunjungan { id, tanggal, isi: isi.clone(), petugas_nama: nama, versi: 1 };
    store::insert(tx, &one, &petugas)?;
    attach(tx, id, files)?;
    tx.audit(&entry("perizinan.register-bantuan", id, isi))?;
    Ok(id)
}

/// Changes a visit, usually because the national system went on.
fn ubah(tx: &mut Tx<'_>, before: &Kunjungan, versi: i64, isi: &Isian, files: &[Upload]) -> Result<(), Problem> {
    if !store::update(tx, &Kunjungan { isi: isi.clone(), versi, ..before.clone() })? {
        return Err(Problem::Conflict);
    }
    attach(tx, before.id, files)?;
    Ok(tx.audit(&entry("perizinan.change-bantuan", before.id, isi))?)
}

fn entry(act: &'static str, id: Id, isi: &Isian) -> audit::Entry {
    audit::Entry::new(act, TABLE, id)
        .with("kanal", isi.kanal.as_str())
        .with("keperluan", isi.keperluan.as_str())
        .with("keadaan", isi.keadaan.as_str())
}

/// Whoever works at the desks that help may open what was brought.
fn attach(tx: &mut Tx<'_>, id: Id, files: &[Upload]) -> Result<(), Problem> {
    if files.is_empty() {
        return Ok(());
    }
    let mut readers = Vec::new();
    for role in [LOKET, PEMERIKSA, KEPALA] {
        for holder in peran::holders(tx, role)? {
            if !readers.contains(&holder) {
                readers.push(holder);
            }
        }
    }
    praja_desk::attachments::attach_all(tx, &objek(id), &readers, files, false)?;
    Ok(())
}
