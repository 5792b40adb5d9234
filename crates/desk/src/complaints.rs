//! Complaints about anything: filed by anybody without an account, answered by the OPD they are about, tracked with a number and a code.
//!
//! A module attaches them to its own things: [`invite`] on the page that citizens see, [`of`] on the page that officers see.

pub(crate) mod pages;
mod rules;
pub(crate) mod store;
pub(crate) mod tenggat;
#[cfg(test)]
mod tests;

use praja_identity::{jabatan, peran};
use praja_kernel::{Date, Id, Moment, Scope, WorkingCalendar, words};
use praja_module::{Message, MessageKind, Problem, events::PengaduanBerubah};
use praja_store::{Keys, Result, Tx, audit};
use sha2::{Digest, Sha256};

use crate::{
    PENGELOLA, PENJAWAB, attachments, notices,
    registers::{self, Register},
    tasks::{self, NewTask},
};

pub use pages::invite;
pub use rules::{Act, Draft, Refusal, check, step};
pub(crate) use rules::{code, plain_code};

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
        Masuk => "masuk", "Diterima";
        /// Somebody works on it.
        Diproses => "diproses", "Sedang ditangani";
        /// Answered; who complained may accept or object.
        Dijawab => "dijawab", "Sudah dijawab";
        /// Accepted.
        Selesai => "selesai", "Selesai";
        /// Not for this government, or cannot be followed up; with the reason.
        Ditolak => "ditolak", "Tidak dapat ditindaklanjuti";
    }
}

impl Status {
    /// Does its deadline run?
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Masuk | Self::Diproses)
    }
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
    /// The OPD that answers; none while nobody has decided.
    pub opd: Option<Id>,
    /// The words.
    pub isi: String,
    /// Where it happened.
    pub lokasi: String,
    /// Who, when signed in, as [`praja_kernel::Actor::key`].
    pub pelapor: String,
    /// The name given.
    pub nama: String,
    /// E-mail or telephone.
    pub kontak: String,
    /// The name is kept from the OPD.
    pub disembunyikan: bool,
    /// How far.
    pub status: Status,
    /// Until when it is to be answered.
    pub tenggat: Date,
    /// The deadline may still move.
    pub sementara: bool,
    /// The answer, or why it was refused.
    pub jawaban: Option<String>,
    /// When it was answered.
    pub dijawab: Option<Moment>,
    /// When it came.
    pub dibuat: Moment,
    /// Guards against two people saving at once.
    pub versi: i64,
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

const TABLE: &str = "desk_pengaduan";
const KELOMPOK: &str = "desk.pengaduan";

/// What the write of a new complaint must hold.
pub fn keys(today: Date) -> Keys {
    Keys::of([Register::on(Register::daerah(), KELOMPOK, today).lock()])
}

/// Files a complaint: number, code, deadline, and a task for whoever leads the OPD it is about (or keeps the desk of the regency).
///
/// # Errors
/// When the database fails; needs [`keys`].
pub fn file(tx: &mut Tx<'_>, draft: &Draft, calendar: &WorkingCalendar, today: Date) -> Result<Bukti> {
    let id = tx.new_id()?;
    let days = tenggat::of(tx, draft.jenis)?.hari_kerja;
    let due = calendar.add_working_days(today, days);
    let (tenggat, sementara) = due.map_or((today, true), |due| (due.date, due.provisional));
    let objek = objek(id);
    let key = Register::on(Register::daerah(), KELOMPOK, today);
    let nomor = registers::draw(tx, &key, &objek, |urut| format!("{}-{urut:05}", key.tahun))?.nomor;
    let kode = rules::code()?;
    store::insert(tx, id, &nomor, &hash(&nomor, &kode), draft, tenggat, sementara)?;
    let entry = audit::Entry::new("desk.register-pengaduan", TABLE, id).with("nomor", &nomor).with("jenis", draft.jenis.as_str());
    tx.audit(&entry)?;
    let filed = store::get(tx, id)?.ok_or(praja_store::StoreError::Missing)?;
    give_task(tx, &filed)?;
    tell_module(tx, &filed)?;
    Ok(Bukti { id, nomor, kode })
}

/// A complaint by number and code, as typed.
pub fn track(tx: &mut Tx<'_>, nomor: &str, kode: &str) -> Result<Option<Pengaduan>> {
    let nomor = nomor.trim();
    store::by_code(tx, nomor, &hash(nomor, &rules::plain_code(kode)))
}

/// What was filed about `objek`, newest first. The caller has checked that `objek` may be seen.
pub fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Pengaduan>> {
    store::of(tx, objek)
}

/// A complaint by its row.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pengaduan>> {
    store::get(tx, id)
}

/// Does an act of an officer or of who complained, and tells the other side.
///
/// # Errors
/// [`Refusal`] when the state does not allow it; [`Problem::Conflict`] when somebody was first.
pub fn act(tx: &mut Tx<'_>, before: &Pengaduan, act: &Act) -> Result<(), Problem> {
    let after = step(before, act).map_err(Problem::refused)?;
    let dijawab = match act {
        Act::Jawab(_) | Act::Tolak(_) => Some(tx.now()?),
        _ => before.dijawab,
    };
    let after = Pengaduan { dijawab, ..after };
    if !store::update(tx, &after)? {
        return Err(Problem::Conflict);
    }
    tell_module(tx, &after)?;
    let mut entry = audit::Entry::new(act.name(), TABLE, before.id).with("nomor", &before.nomor);
    if let Some(reason) = act.words() {
        entry = entry.because(reason);
    }
    tx.audit(&entry)?;
    if after.opd != before.opd {
        let readers = readers(tx, after.opd)?;
        attachments::grant(tx, &objek(before.id), &readers)?;
    }
    if !after.status.is_open() || after.opd != before.opd {
        tasks::done(tx, &objek(before.id))?;
    }
    if after.status.is_open() && (after.opd != before.opd || !before.status.is_open()) {
        give_task(tx, &after)?;
    }
    if !before.pelapor.is_empty() && after.status != before.status {
        let told = format!("Pengaduan {}: {}", before.nomor, after.status.label().to_lowercase());
        notices::tell(tx, &Message::new(MessageKind::Kabar, &before.pelapor, told, "/pengaduan"))?;
    }
    Ok(())
}

/// Lets the module whose thing it is about know.
fn tell_module(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<()> {
    if one.objek.is_empty() {
        return Ok(());
    }
    tx.emit(&PengaduanBerubah {
        id: one.id,
        nomor: one.nomor.clone(),
        objek: one.objek.clone(),
        jenis: one.jenis.as_str().into(),
        status: one.status.as_str().into(),
        tenggat: one.tenggat,
        dibuat: one.dibuat,
        dijawab: one.dijawab,
    })
}

/// Who may open what is attached to a complaint with this OPD: its leader, the posts of it that answer complaints, and whoever keeps the
/// desk of the regency. Not everybody of the OPD: a complaint is about colleagues.
///
/// # Errors
/// When the database fails.
pub fn readers(tx: &mut Tx<'_>, opd: Option<Id>) -> Result<Vec<String>> {
    let mut all = peran::holders(tx, PENGELOLA)?;
    let Some(opd) = opd else { return Ok(all) };
    all.extend(jabatan::head_of(tx, opd)?.map(|head| format!("jabatan:{}", head.id)));
    for holder in peran::holders(tx, PENJAWAB)? {
        let post = holder.strip_prefix("jabatan:").and_then(|id| id.parse::<Id>().ok());
        if let Some(post) = post
            && jabatan::get(tx, post)?.is_some_and(|post| post.opd == opd)
            && !all.contains(&holder)
        {
            all.push(holder);
        }
    }
    Ok(all)
}

/// The name of a complaint in audit and tasks.
pub fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

/// May this scope read it: the OPD's own, or all for who manages them?
pub(crate) fn may_see(scope: &Scope, one: &Pengaduan) -> bool {
    scope.may(crate::MANAGE_PENGADUAN) || one.opd.is_some_and(|opd| scope.covers_opd(opd))
}

fn give_task(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<()> {
    let head = match one.opd {
        Some(opd) => jabatan::head_of(tx, opd)?.map(|head| vec![format!("jabatan:{}", head.id)]),
        None => None,
    };
    let holders = match head {
        Some(head) => head,
        None => peran::holders(tx, PENGELOLA)?,
    };
    for untuk in holders {
        let task = NewTask {
            untuk,
            judul: format!("Jawab pengaduan {}", one.nomor),
            tautan: format!("{}/{}", pages::LIST, one.id),
            objek: objek(one.id),
            jatuh_tempo: Some(one.tenggat),
            sementara: one.sementara,
        };
        tasks::open(tx, &task)?;
    }
    Ok(())
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
