//! Personal data (UU 27/2022): what people may ask about theirs, failures to protect them, and the inventory of what is kept and why.
//!
//! It belongs to the regency as a whole, not to one service: whoever asks need not know which program keeps what.

pub(crate) mod demo;
mod inventaris;
pub(crate) mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_identity::peran;
use praja_kernel::{Date, Id, Moment, words};
use praja_module::{Message, MessageKind, Problem, Upload};
use praja_store::{Keys, Result, Tx, audit};
use sha2::{Digest, Sha256};

use crate::{
    PENGELOLA, attachments, notices,
    registers::{self, Register},
    tasks::{self, NewTask},
};
use rules::{Isian, Kejadian, Refusal};

const TABLE: &str = "desk_data_permintaan";
const FAILURES: &str = "desk_data_kegagalan";
const KELOMPOK: &str = "desk.permintaan";
const KELOMPOK_KEGAGALAN: &str = "desk.kegagalan";

words! {
    /// What somebody asks about their own data.
    pub(crate) enum Jenis ("jenis permintaan data pribadi") {
        /// To see it, or a copy.
        Akses => "akses", "Melihat atau mendapat salinan data saya";
        /// To have it mended.
        Perbaikan => "perbaikan", "Memperbaiki data saya";
        /// To have it erased.
        Penghapusan => "penghapusan", "Menghapus data saya";
        /// What was agreed to is agreed to no more.
        Cabut => "cabut", "Menarik persetujuan saya";
        /// Against how it is used.
        Keberatan => "keberatan", "Keberatan atas pemakaian data saya";
    }
}

words! {
    /// How far a request has come.
    pub(crate) enum Status ("keadaan permintaan data pribadi") {
        /// Its clock runs.
        Terbuka => "terbuka", "Menunggu jawaban";
        /// Done as asked.
        Dipenuhi => "dipenuhi", "Dipenuhi";
        /// Not done, with the reason and the rule.
        Ditolak => "ditolak", "Ditolak dengan alasan";
    }
}

words! {
    /// How it is known who asks.
    pub(crate) enum Bukti ("bukti pemohon") {
        /// A signed-in account with this NIK.
        Akun => "akun", "Masuk dengan akun warga";
        /// The same, and an officer once compared it with the KTP.
        AkunCocok => "akun_cocok", "Akun warga yang sudah dicocokkan dengan KTP";
        /// Came to the counter and showed the KTP.
        Ktp => "ktp", "KTP ditunjukkan di loket";
    }
}

words! {
    /// How far the handling of a failure has come.
    pub(crate) enum Penanganan ("keadaan kegagalan pelindungan data") {
        /// The subjects or the agency are not told yet.
        Terbuka => "terbuka", "Pemberitahuan belum lengkap";
        /// Subjects and agency were told.
        Diberitahukan => "diberitahukan", "Sudah diberitahukan";
        /// Nothing is left to do.
        Selesai => "selesai", "Selesai ditangani";
    }
}

words! {
    /// Who is told of a failure.
    pub(crate) enum Tujuan ("tujuan pemberitahuan") {
        /// The people whose data it is.
        Subjek => "subjek", "Pemilik data";
        /// The agency for the protection of personal data.
        Lembaga => "lembaga", "Lembaga pelindungan data pribadi";
        /// Everybody, where public services are disturbed.
        Masyarakat => "masyarakat", "Masyarakat";
    }
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permintaan {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) isi: Isian,
    pub(crate) bukti: Bukti,
    /// The account that asks, as an actor's key; empty at the counter.
    pub(crate) pemohon: String,
    pub(crate) status: Status,
    pub(crate) diterima: Moment,
    pub(crate) tenggat: Moment,
    pub(crate) jawaban: String,
    pub(crate) dasar: String,
    pub(crate) dijawab: Option<Moment>,
    pub(crate) oleh_nama: String,
    pub(crate) versi: i64,
}

/// A failure to protect personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kegagalan {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) isi: Kejadian,
    pub(crate) tenggat: Moment,
    pub(crate) status: Penanganan,
    pub(crate) oleh_nama: String,
    pub(crate) versi: i64,
}

/// Somebody who was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Surat {
    pub(crate) tujuan: Tujuan,
    pub(crate) kepada: String,
    pub(crate) nomor_surat: String,
    pub(crate) pada: Moment,
    pub(crate) oleh_nama: String,
}

fn keys(kelompok: &'static str, today: Date) -> Keys {
    Keys::of([Register::on(Register::daerah(), kelompok, today).lock()])
}

pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// Takes a request; gives its number and, at the counter, the code by which it is followed.
fn terima(tx: &mut Tx<'_>, isi: &Isian, bukti: Bukti, pemohon: &str, today: Date) -> Result<(Id, String, String)> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let key = Register::on(Register::daerah(), KELOMPOK, today);
    let nomor = registers::draw(tx, &key, &objek(id), |urut| format!("DP-{}-{urut:05}", key.tahun))?.nomor;
    let kode = if pemohon.is_empty() { crate::complaints::code()? } else { String::new() };
    let one = Permintaan {
        id,
        nomor: nomor.clone(),
        isi: isi.clone(),
        bukti,
        pemohon: pemohon.to_owned(),
        status: Status::Terbuka,
        diterima: now,
        tenggat: rules::due(now),
        jawaban: String::new(),
        dasar: String::new(),
        dijawab: None,
        oleh_nama: String::new(),
        versi: 1,
    };
    store::insert(tx, &one, &if kode.is_empty() { String::new() } else { hash(&nomor, &kode) })?;
    let entry =
        audit::Entry::new("desk.register-permintaan-data", TABLE, id).with("nomor", &nomor).with("jenis", isi.jenis.as_str());
    tx.audit(&entry.with("bukti", bukti.as_str()))?;
    for untuk in peran::holders(tx, PENGELOLA)? {
        let task = NewTask {
            untuk,
            judul: format!("Jawab permintaan data pribadi {nomor}"),
            tautan: format!("{}/{id}", pages::LIST),
            objek: objek(id),
            // The clock runs in hours; the inbox counts days, so the day before it ends is told.
            jatuh_tempo: Some(praja_kernel::days_after(today, 2).unwrap_or(today)),
            sementara: false,
        };
        tasks::open(tx, &task)?;
    }
    Ok((id, nomor, kode))
}

/// Answers: done, or refused with the reason and the rule; with the evidence of what was done.
fn jawab(tx: &mut Tx<'_>, before: &Permintaan, versi: i64, jawaban: &rules::Jawaban, files: &[Upload]) -> Result<(), Problem> {
    if before.status != Status::Terbuka {
        return Err(Problem::refused(Refusal::Answered(before.status.label())));
    }
    let (now, nama) = (tx.now()?, tx.by()?.actor.nama().to_owned());
    let after = Permintaan {
        status: jawaban.status,
        jawaban: jawaban.kata.clone(),
        dasar: jawaban.dasar.clone(),
        dijawab: Some(now),
        oleh_nama: nama,
        versi,
        ..before.clone()
    };
    if !store::answer(tx, &after)? {
        return Err(Problem::Conflict);
    }
    if !files.is_empty() {
        let readers = peran::holders(tx, PENGELOLA)?;
        attachments::attach_all(tx, &objek(before.id), &readers, files, false)?;
    }
    tasks::done(tx, &objek(before.id))?;
    let act = if after.status == Status::Ditolak { "desk.refuse-permintaan-data" } else { "desk.answer-permintaan-data" };
    let late = now > before.tenggat;
    tx.audit(
        &audit::Entry::new(act, TABLE, before.id).with("nomor", &before.nomor).with("terlambat", late).because(&jawaban.kata),
    )?;
    if !before.pemohon.is_empty() {
        let told = format!("Permintaan data pribadi {}: {}", before.nomor, after.status.label().to_lowercase());
        notices::tell(tx, &Message::new(MessageKind::Kabar, &before.pemohon, told, pages::PUBLIC))?;
    }
    Ok(())
}

/// Writes down a failure; its clock runs from when it was known.
fn catat_kegagalan(tx: &mut Tx<'_>, isi: &Kejadian, today: Date) -> Result<Id> {
    let id = tx.new_id()?;
    let key = Register::on(Register::daerah(), KELOMPOK_KEGAGALAN, today);
    let nomor = registers::draw(tx, &key, &format!("{FAILURES}:{id}"), |urut| format!("KP-{}-{urut:03}", key.tahun))?.nomor;
    let oleh_nama = tx.by()?.actor.nama().to_owned();
    let one = Kegagalan {
        id,
        nomor: nomor.clone(),
        isi: isi.clone(),
        tenggat: rules::due(isi.diketahui),
        status: Penanganan::Terbuka,
        oleh_nama,
        versi: 1,
    };
    store::insert_failure(tx, &one)?;
    tx.audit(&audit::Entry::new("desk.register-kegagalan-data", FAILURES, id).with("nomor", nomor).with("orang", isi.orang))?;
    Ok(id)
}

/// Writes down who was told; with the subjects and the agency told, the duty of notice is met.
fn catat_surat(tx: &mut Tx<'_>, one: &Kegagalan, surat: &Surat) -> Result<(), Problem> {
    store::insert_letter(tx, one.id, surat)?;
    let told = store::letters(tx, one.id)?;
    let met = rules::is_told(&told);
    if met && one.status == Penanganan::Terbuka && !store::set_failure(tx, one, &one.isi, Penanganan::Diberitahukan)? {
        return Err(Problem::Conflict);
    }
    let entry = audit::Entry::new("desk.record-pemberitahuan-data", FAILURES, one.id).with("nomor", &one.nomor);
    Ok(tx.audit(&entry.with("tujuan", surat.tujuan.as_str()).with("kepada", &surat.kepada))?)
}

/// Only this is kept: who reads the database cannot read answers in somebody's name.
fn hash(nomor: &str, kode: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(format!("praja-data-pribadi\0{nomor}\0{kode}"));
    digest.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
