//! The queue at the counter: tickets of a letter and a number, each day from 1, called by officers and shown on a screen.
//!
//! A ticket knows nobody: no name, no NIK. It works without a line to the world outside.

pub(crate) mod demo;
mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Id, Moment, words};
use praja_module::Problem;
use praja_store::{Key, Keys, Result, Tx, audit};

pub(crate) use pages::ROUTES;
use rules::{Act, Refusal, Ringkasan};

const TABLE: &str = "perizinan_antrean";

words! {
    /// How far a ticket has come.
    pub(crate) enum Status ("keadaan nomor antrean") {
        /// Waits to be called.
        Menunggu => "menunggu", "Menunggu";
        /// Was called and is served.
        Dipanggil => "dipanggil", "Dipanggil";
        /// Served.
        Selesai => "selesai", "Selesai";
        /// Did not come when called; may still be called on the same day.
        Dilewati => "dilewati", "Dilewati";
    }
}

words! {
    /// Why somebody is called before the others.
    pub(crate) enum Prioritas ("kode prioritas") {
        /// Old age.
        Lansia => "lansia", "Lanjut usia";
        /// Disability.
        Disabilitas => "disabilitas", "Penyandang disabilitas";
    }
}

/// A service of the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layanan {
    /// The letter of its tickets, A to Z.
    pub(crate) huruf: String,
    pub(crate) nama: String,
    pub(crate) aktif: bool,
    pub(crate) versi: i64,
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tiket {
    pub(crate) id: Id,
    pub(crate) tanggal: Date,
    pub(crate) huruf: String,
    pub(crate) urut: i64,
    pub(crate) layanan: String,
    pub(crate) status: Status,
    pub(crate) prioritas: Option<Prioritas>,
    pub(crate) dibuat: Moment,
    /// First call; zero while it waits.
    pub(crate) dipanggil: Moment,
    /// Last call.
    pub(crate) panggilan: Moment,
    pub(crate) kali: i64,
    pub(crate) loket: i64,
    pub(crate) petugas: String,
    pub(crate) selesai: Moment,
    pub(crate) versi: i64,
}

impl Tiket {
    /// As it is shown and called: "A 012".
    pub(crate) fn nomor(&self) -> String {
        format!("{} {:03}", self.huruf, self.urut)
    }
}

/// A counter with the officer who sits there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loket {
    pub(crate) nomor: i64,
    pub(crate) petugas: String,
    pub(crate) petugas_nama: String,
}

/// What the write of a day's queue must hold: numbers are given and people called one after the other.
fn keys(tanggal: Date) -> Keys {
    Keys::of([Key::new(TABLE, tanggal)])
}

/// The services in order: those of the regency, else those that come with the program.
fn layanan(tx: &mut Tx<'_>) -> Result<Vec<Layanan>> {
    let own = store::services(tx)?;
    Ok(if own.is_empty() { rules::shipped() } else { own })
}

/// Gives the next number of a letter on a day. `prioritas` only from an officer, who sees whom it is for.
fn ambil(tx: &mut Tx<'_>, tanggal: Date, huruf: &str, prioritas: Option<Prioritas>, asal: &str) -> Result<Tiket, Problem> {
    tx.require_key(&Key::new(TABLE, tanggal))?;
    let service = layanan(tx)?.into_iter().find(|one| one.huruf == huruf && one.aktif);
    let service = service.ok_or_else(|| Problem::refused(Refusal::Service))?;
    let urut = store::last(tx, tanggal, huruf)? + 1;
    let tiket = Tiket {
        id: tx.new_id()?,
        tanggal,
        huruf: huruf.to_owned(),
        urut,
        layanan: service.nama,
        status: Status::Menunggu,
        prioritas,
        dibuat: tx.now()?,
        dipanggil: Moment(0),
        panggilan: Moment(0),
        kali: 0,
        loket: 0,
        petugas: String::new(),
        selesai: Moment(0),
        versi: 1,
    };
    store::insert(tx, &tiket, asal)?;
    let mut entry = audit::Entry::new("perizinan.issue-antrean", TABLE, tiket.id).with("nomor", tiket.nomor());
    if let Some(kode) = prioritas {
        entry = entry.with("prioritas", kode.as_str());
    }
    tx.audit(&entry)?;
    Ok(tiket)
}

/// Calls whoever is next for this counter; what it served before is done.
fn berikutnya(tx: &mut Tx<'_>, tanggal: Date, letters: &[String], loket: &Loket) -> Result<Tiket, Problem> {
    tx.require_key(&Key::new(TABLE, tanggal))?;
    for open in store::of_status(tx, tanggal, Status::Dipanggil)? {
        if open.loket == loket.nomor && open.petugas == loket.petugas {
            lakukan(tx, &open, Act::Selesai, loket)?;
        }
    }
    let waiting = store::of_status(tx, tanggal, Status::Menunggu)?;
    let next = rules::next(&waiting, letters).ok_or_else(|| Problem::refused(Refusal::Nobody))?;
    lakukan(tx, next, Act::Panggil, loket)
}

/// Does one act to one ticket.
fn lakukan(tx: &mut Tx<'_>, before: &Tiket, act: Act, loket: &Loket) -> Result<Tiket, Problem> {
    let after = rules::step(before, act, loket, tx.now()?).map_err(Problem::refused)?;
    if !store::update(tx, &after, &loket.petugas_nama)? {
        return Err(Problem::Conflict);
    }
    let mut entry = audit::Entry::new(act.name(), TABLE, before.id).with("nomor", before.nomor());
    if loket.nomor > 0 {
        entry = entry.with("loket", loket.nomor);
    }
    if let Act::Dahulukan(kode) = act {
        entry = entry.with("prioritas", kode.as_str());
    }
    tx.audit(&entry)?;
    Ok(after)
}

/// How the queue of a day stands.
fn ringkasan(tx: &mut Tx<'_>, tanggal: Date, now: Moment) -> Result<Ringkasan> {
    let waiting = store::of_status(tx, tanggal, Status::Menunggu)?;
    let served = store::served(tx, tanggal, rules::LAST_SERVED)?;
    let calls = store::calls(tx, tanggal, rules::LAST_CALLS)?;
    Ok(Ringkasan::new(waiting, &served, calls, now))
}
