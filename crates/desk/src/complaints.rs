//! Complaints about anything: filed by anybody without an account, handled by the office they are about, tracked with a number and a code.
//!
//! A module attaches them to its own things: [`invite_at`] on the page that citizens see, [`answers`] beside it. Whom a complaint is about
//! never sees it; a report to the inspectorate is seen by nobody else.

mod hak;
pub(crate) mod jam;
pub(crate) mod kerja;
pub(crate) mod pages;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod write;

use praja_kernel::{Date, Id, Moment, words};
use praja_store::{Result, Tx};
use sha2::{Digest, Sha256};

#[cfg(test)]
pub(crate) use hak::may_see;
pub use hak::{readers, seen};
pub use jam::Penanganan;
pub use pages::{Perihal, TahapPerihal, answers, invite, invite_at};
pub use rules::{Act, Draft, Refusal, check, step};
pub(crate) use rules::{code, plain_code};
pub use write::{Hari, act, file, keys};

words! {
    /// What is asked. Each has its own time, which is data.
    pub enum Jenis ("jenis pengaduan") {
        /// Something was not as it should be.
        Pelayanan => "pelayanan", "Keluhan tentang pelayanan";
        /// Somebody wants to know something.
        Informasi => "informasi", "Permintaan informasi";
        /// Somebody suggests something.
        Aspirasi => "aspirasi", "Usul atau aspirasi";
        /// Somebody reports a wrong.
        Pengawasan => "pengawasan", "Dugaan penyimpangan";
    }
}

words! {
    /// How far a complaint has come.
    pub enum Status ("keadaan pengaduan") {
        /// Waits for somebody to take it up.
        Masuk => "masuk", "Masuk";
        /// Somebody looks what it is and whose.
        Verifikasi => "verifikasi", "Diverifikasi";
        /// The unit that answers has it.
        Diteruskan => "diteruskan", "Diteruskan ke unit";
        /// Answered; who complained may accept or object.
        Ditanggapi => "ditanggapi", "Ditanggapi";
        /// Who complained was not content.
        DibukaLagi => "dibuka-lagi", "Dibuka lagi";
        /// Accepted, or nobody objected in time.
        Selesai => "selesai", "Selesai";
        /// Not for this government, or cannot be followed up; with the reason.
        Ditolak => "ditolak", "Tidak dapat ditindaklanjuti";
    }
}

words! {
    /// Who may see it.
    pub enum Jalur ("jalur pengaduan") {
        /// The office it is about.
        Biasa => "biasa", "Biasa";
        /// About an officer: the superior or the inspectorate, never the officer.
        Petugas => "petugas", "Tentang petugas";
        /// A report of a wrong: the inspectorate alone.
        Wbs => "wbs", "Laporan pelanggaran (Inspektorat)";
    }
}

words! {
    /// By which way it came.
    pub enum Saluran ("saluran pengaduan") {
        /// Typed here by whoever complained.
        Aplikasi => "aplikasi", "Halaman ini";
        /// Told at a counter.
        Loket => "loket", "Loket";
        /// Sent by WhatsApp.
        Whatsapp => "whatsapp", "WhatsApp";
        /// Told on the telephone.
        Telepon => "telepon", "Telepon";
        /// Written on paper.
        Surat => "surat", "Surat atau kotak saran";
        /// Filed at SP4N-LAPOR.
        Lapor => "sp4n-lapor", "SP4N-LAPOR";
    }
}

impl Status {
    /// Does its deadline run?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Masuk | Self::Verifikasi | Self::Diteruskan | Self::DibukaLagi)
    }

    /// The states in which somebody still has to act.
    pub const OPEN: &'static [Self] = &[Self::Masuk, Self::Verifikasi, Self::Diteruskan, Self::DibukaLagi];
}

/// Somebody whom a complaint is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teradu {
    /// The person.
    pub orang: Id,
    /// The name at the time.
    pub nama: String,
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pengaduan {
    /// Identity.
    pub id: Id,
    /// What it is tracked by: `2026-00012`.
    pub nomor: String,
    /// What is asked.
    pub jenis: Jenis,
    /// What it is about, `<table>:<id>`; empty for none of ours.
    pub objek: String,
    /// The same in words.
    pub tentang: String,
    /// At which stage of that, in words.
    pub tahap: String,
    /// The OPD that answers; none while nobody has decided.
    pub opd: Option<Id>,
    /// The post it was forwarded to.
    pub kepada: Option<Id>,
    /// The words.
    pub isi: String,
    /// Where it happened.
    pub lokasi: String,
    /// Who, when signed in, as [`praja_kernel::Actor::key`]; empty for a protected reporter.
    pub pelapor: String,
    /// The name given; empty for somebody unnamed or protected.
    pub nama: String,
    /// E-mail or telephone.
    pub kontak: String,
    /// The name is kept from the OPD.
    pub disembunyikan: bool,
    /// The identity of a protected reporter, sealed.
    pub identitas: Option<Vec<u8>>,
    /// Who may see it.
    pub jalur: Jalur,
    /// The officer it is about, as typed.
    pub teradu: String,
    /// By which way it came.
    pub saluran: Saluran,
    /// What SP4N-LAPOR calls it.
    pub id_lapor: String,
    /// How it is handled.
    pub penanganan: Penanganan,
    /// Days promised, counted from [`Self::diterima`].
    pub hari: i64,
    /// The day it was received.
    pub diterima: Date,
    /// How far.
    pub status: Status,
    /// Until when somebody takes it up.
    pub batas_tanggap: Date,
    /// When somebody did.
    pub ditanggap: Option<Moment>,
    /// Until when it is to be answered.
    pub tenggat: Date,
    /// The deadline may still move.
    pub sementara: bool,
    /// The last answer, or why it was refused.
    pub jawaban: Option<String>,
    /// When it was answered.
    pub dijawab: Option<Moment>,
    /// The last day to object.
    pub buka_sampai: Option<Date>,
    /// How often it was opened again.
    pub dibuka_lagi: i64,
    /// Which reminders and escalations were told.
    pub peringatan: i64,
    /// When it came.
    pub dibuat: Moment,
    /// Guards against two people saving at once.
    pub versi: i64,
}

impl Pengaduan {
    /// Is it kept from everybody but a few?
    pub fn is_protected(&self) -> bool {
        self.jalur != Jalur::Biasa
    }
}

/// Something said to or by whoever complained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tanggapan {
    pub(crate) jenis: Suara,
    pub(crate) isi: String,
    pub(crate) pada: Moment,
}

words! {
    /// Who says it.
    pub(crate) enum Suara ("suara tanggapan") {
        /// The office.
        Jawaban => "jawaban", "Jawaban";
        /// Whoever complained.
        Keberatan => "keberatan", "Tanggapan pelapor";
        /// The office, that it cannot be followed up.
        Penolakan => "penolakan", "Alasan tidak dapat ditindaklanjuti";
    }
}

/// What somebody who complained takes home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bukti {
    /// The complaint.
    pub id: Id,
    /// Its number.
    pub nomor: String,
    /// The code that opens the answer; told once.
    pub kode: String,
}

pub(crate) const TABLE: &str = "desk_pengaduan";

/// A complaint by number and code, as typed.
pub fn track(tx: &mut Tx<'_>, nomor: &str, kode: &str) -> Result<Option<Pengaduan>> {
    let nomor = nomor.trim().to_uppercase();
    store::by_code(tx, &nomor, &hash(&nomor, &rules::plain_code(kode)))
}

/// What was filed about `objek` in the ordinary way, newest first; never what is kept from the officers of it. The caller has checked that
/// `objek` may be seen.
pub fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Pengaduan>> {
    store::of(tx, objek)
}

/// A complaint by its row.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pengaduan>> {
    store::get(tx, id)
}

/// The name of a complaint in audit and tasks.
pub fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// Only this is kept: who reads the database cannot read answers in somebody's name.
fn hash(nomor: &str, kode: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::digest(format!("praja-pengaduan\0{nomor}\0{kode}"));
    digest.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
