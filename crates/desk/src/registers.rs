//! Registers of numbers: one per OPD, group (kelompok) and year of the letter's date. A number leaves its register once, without
//! gaps, and stays there for ever, cancelled or not.

pub(crate) mod darurat;
mod giving;
pub mod lama;
pub mod naskah;
pub(crate) mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Id, Moment, words};
use praja_module::Problem;
use praja_store::{Key, Result, StoreError, Tx, audit::Entry};

words! {
    /// What became of a number. `Cadangan` becomes any of the others; `Dipesan` becomes `Terpakai` or `Batal`; both are final.
    pub enum Status ("status nomor") {
        /// Set aside for letters of its day that come later.
        Cadangan => "cadangan", "Cadangan";
        /// Kept for one object that is not finished, such as a letter waiting for its signature.
        Dipesan => "dipesan", "Dipesan";
        /// Belongs to its object for ever.
        Terpakai => "terpakai", "Terpakai";
        /// Given back with a reason; never given out again.
        Batal => "batal", "Batal";
    }
}

words! {
    /// How far a number of a register must be unique.
    pub enum Cakupan ("cakupan nomor") {
        /// Within the OPD and year: agenda numbers, which every OPD counts from 1.
        Opd => "opd", "Dalam satu OPD";
        /// Within the whole regency, group and year: numbers that stand on letters, which a reader could confuse.
        Daerah => "daerah", "Dalam seluruh daerah";
    }
}

words! {
    /// Where a number came from.
    pub enum Asal ("asal nomor") {
        /// The next one of the register.
        Register => "register", "Urutan register";
        /// One that was set aside for its day.
        Cadangan => "cadangan", "Nomor cadangan";
        /// Written on paper while the box was out of order, entered afterwards.
        DiluarSistem => "diluar_sistem", "Di luar sistem";
        /// Given by the national application.
        Srikandi => "srikandi", "SRIKANDI";
    }
}

words! {
    /// Who gives the numbers of a register.
    pub enum Pemilik ("pemilik register") {
        /// This box.
        Praja => "praja", "Praja";
        /// The national application; this box takes its numbers back.
        Srikandi => "srikandi", "SRIKANDI";
    }
}

/// A register whose group is known when the program is written.
pub type RegisterKey = Register<'static>;

/// Which register a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register<'a> {
    /// The OPD that keeps it; [`Register::daerah`] for one that the whole regency shares.
    pub opd: Id,
    /// What is numbered, `<module>.<noun>`, for example `eoffice.surat-masuk`. Permanent.
    pub kelompok: &'a str,
    /// The year of the letter's date.
    pub tahun: i64,
}

/// A number that was given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The register's row.
    pub register: Id,
    /// Place in the register, from 1.
    pub urut: i64,
    /// The number as it is written.
    pub nomor: String,
}

/// A number of the register, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nomor {
    /// Place in the register.
    pub urut: i64,
    /// The number as it is written.
    pub nomor: String,
    /// What became of it.
    pub status: Status,
    /// What it was given to, `<table>:<id>`; empty for a number set aside or outside the system.
    pub objek: String,
    /// Why it was cancelled.
    pub alasan: Option<String>,
    /// Where it came from.
    pub asal: Asal,
    /// The letter's date; of a number set aside the day it is kept for.
    pub tanggal: Option<Date>,
    /// Kind of naskah, as [`naskah::JenisNaskah::kode`]; empty for other numbers.
    pub jenis: String,
    /// What a number outside the system was for.
    pub keterangan: String,
    /// Who took it, at the time.
    pub oleh: String,
    /// When.
    pub pada: Moment,
}

impl<'a> Register<'a> {
    /// The register of a letter of this date. The letter's own date decides, as it is written on the letter, never the clock of
    /// a server: a letter of 31 December takes a number of the old year also when it is registered on 2 January.
    pub fn on(opd: Id, kelompok: &'a str, tanggal: Date) -> Self {
        Self { opd, kelompok, tahun: i64::from(tanggal.year()) }
    }

    /// What stands in the place of an OPD for registers that the whole regency shares: no OPD ever has this identity.
    pub fn daerah() -> Id {
        Id::v7(0, [0; 10])
    }

    /// What a write that draws from this register must hold.
    pub fn lock(&self) -> Key {
        Key::new("desk_register", format_args!("{}/{}/{}", self.opd, self.kelompok, self.tahun))
    }

    /// The number with everything within which it must be unique before it.
    fn unique(&self, cakupan: Cakupan, nomor: &str) -> String {
        let nomor = praja_kernel::fold(nomor);
        match cakupan {
            Cakupan::Opd => format!("{}/{}/{}/{nomor}", self.kelompok, self.tahun, self.opd),
            Cakupan::Daerah => format!("{}/{}//{nomor}", self.kelompok, self.tahun),
        }
    }
}

pub use darurat::{Darurat, current as current_outage, unknown_there};
pub use giving::{Ask, Keeping, draw_for, open, record_external, record_outside, reserve_for, set_aside, set_daily, set_owner};
pub use rules::{Place, Refusal, place};
pub use store::{Book, book, numbers};

/// Gives the next number to `objek`, used at once: for what is finished in the same transaction (a letter being registered).
///
/// The number follows the last one without a gap; when the transaction is undone, so is the number. The caller's own audit row
/// carries it.
///
/// # Errors
/// When the write does not hold [`RegisterKey::lock`], or `nomor_of` gives a text that another register of the same group and
/// year has given out already ([`StoreError::Constraint`]): then the patterns of the two collide.
pub fn draw(tx: &mut Tx<'_>, key: &Register<'_>, objek: &str, nomor_of: impl Fn(i64) -> String) -> Result<Drawn> {
    take(tx, key, objek, Status::Terpakai, nomor_of)
}

/// Keeps the next number for `objek`, until [`use_reserved`] or [`cancel`]: a letter needs its number before it is signed, and
/// keeps it when signing fails.
///
/// # Errors
/// As [`draw`].
pub fn reserve(tx: &mut Tx<'_>, key: &Register<'_>, objek: &str, nomor_of: impl Fn(i64) -> String) -> Result<Drawn> {
    let drawn = take(tx, key, objek, Status::Dipesan, nomor_of)?;
    tx.audit(&act("desk.reserve-nomor", objek, &drawn.nomor))?;
    Ok(drawn)
}

/// Marks a reserved number as used by what it was reserved for.
///
/// # Errors
/// [`Refusal`] when it was used or cancelled before; needs [`RegisterKey::lock`].
pub fn use_reserved(tx: &mut Tx<'_>, key: &Register<'_>, urut: i64) -> Result<(), Problem> {
    let nomor = change(tx, key, urut, Status::Terpakai, None)?;
    Ok(tx.audit(&act("desk.use-nomor", &nomor.objek, &nomor.nomor))?)
}

/// Gives a reserved number back. It stays in the register with the reason, and is never given out again.
///
/// # Errors
/// [`Refusal`] when there is no reason, or the number was used or cancelled before; needs [`RegisterKey::lock`].
pub fn cancel(tx: &mut Tx<'_>, key: &Register<'_>, urut: i64, alasan: &str) -> Result<(), Problem> {
    let alasan = alasan.trim();
    if alasan.is_empty() {
        return Err(Problem::refused(Refusal::NoReason));
    }
    let nomor = change(tx, key, urut, Status::Batal, Some(alasan))?;
    Ok(tx.audit(&act("desk.cancel-nomor", &nomor.objek, &nomor.nomor).because(alasan))?)
}

/// Who gives the numbers of a register now; this box, of one that was never opened.
pub fn owner(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<Pemilik> {
    Ok(store::book_of(tx, key)?.map_or(Pemilik::Praja, |book| book.pemilik))
}

/// Does this box number a register of the national application for a time?
pub fn in_outage(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<bool> {
    match store::book_of(tx, key)? {
        Some(book) if book.pemilik == Pemilik::Praja => Ok(darurat::current(tx, book.id)?.is_some()),
        _ => Ok(false),
    }
}

/// The number at a place of a register.
pub fn find(tx: &mut Tx<'_>, key: &Register<'_>, urut: i64) -> Result<Option<Nomor>> {
    Ok(store::find(tx, key, urut)?.map(|(_, nomor)| nomor))
}

/// The last place given out; 0 for a register nobody has drawn from.
pub fn last(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<i64> {
    store::last(tx, key)
}

/// Opens a register before its first number: the text of its pattern and how far its numbers must be unique. Without this, the
/// first [`draw`] opens it with [`Cakupan::Opd`].
///
/// # Errors
/// Needs [`RegisterKey::lock`]. Once numbers were given out only the pattern may change ([`StoreError::Statement`]).
pub fn configure(tx: &mut Tx<'_>, key: &Register<'_>, pola: &str, cakupan: Cakupan) -> Result<()> {
    tx.require_key(&key.lock())?;
    let (register, kept) = store::configure(tx, key, pola, cakupan)?;
    if kept != cakupan {
        return Err(StoreError::Statement(format!("{} has given out numbers; its scope cannot change", key.kelompok)));
    }
    let entry = Entry::new("desk.configure-register", "desk_register", register);
    tx.audit(&entry.with("kelompok", key.kelompok).with("tahun", key.tahun).with("pola", pola).with("cakupan", cakupan.as_str()))
}

fn take(tx: &mut Tx<'_>, key: &Register<'_>, objek: &str, status: Status, nomor_of: impl Fn(i64) -> String) -> Result<Drawn> {
    tx.require_key(&key.lock())?;
    let (register, urut, cakupan) = store::next(tx, key)?;
    let nomor = nomor_of(urut);
    store::insert(tx, register, urut, &nomor, &key.unique(cakupan, &nomor), status, objek)?;
    Ok(Drawn { register, urut, nomor })
}

fn change(tx: &mut Tx<'_>, key: &Register<'_>, urut: i64, to: Status, alasan: Option<&str>) -> Result<Nomor, Problem> {
    tx.require_key(&key.lock())?;
    let found = store::find(tx, key, urut)?;
    let (register, nomor) = found.ok_or_else(|| Problem::refused(Refusal::Unknown { urut }))?;
    rules::become_(&nomor, to).map_err(Problem::refused)?;
    if store::change(tx, register, urut, nomor.status, to, alasan)? == 0 {
        return Err(Problem::Conflict);
    }
    Ok(nomor)
}

/// An audit row on the object the number belongs to, so that it stands in that object's timeline.
fn act(tindakan: &'static str, objek: &str, nomor: &str) -> Entry {
    Entry { tindakan, objek: objek.to_owned(), ..Entry::default() }.with("nomor", nomor)
}
