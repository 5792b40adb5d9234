//! Numbers of an old book: given on paper long before this box, entered here so that none is ever given again.

use std::collections::HashSet;

use praja_kernel::{Date, Id};
use praja_store::{Result, Tx};

use super::{Asal, Cakupan, Register, Status, store};

/// A number as the old book has it.
#[derive(Debug, Clone, Copy)]
pub struct Lama<'a> {
    /// Place in the register.
    pub urut: i64,
    /// The number as it is written.
    pub nomor: &'a str,
    /// What it belongs to, `<table>:<id>`.
    pub objek: &'a str,
    /// The letter's date.
    pub tanggal: Date,
    /// What it was for.
    pub keterangan: &'a str,
}

/// Rows read in one step.
const STEP: i64 = 2_000;

/// The places of a register that hold a number which cannot be entered from an old book: all but those that an undone import gave
/// back.
pub fn taken(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<HashSet<i64>> {
    let Some(book) = store::book_of(tx, key)? else { return Ok(HashSet::new()) };
    let (mut all, mut below) = (HashSet::new(), None);
    loop {
        let some = store::numbers(tx, book.id, None, below, STEP)?;
        let Some(last) = some.last() else { return Ok(all) };
        below = Some(last.urut);
        all.extend(some.iter().filter(|one| !is_free(one.status, one.asal)).map(|one| one.urut));
    }
}

/// A number that an undone import gave back may come in again with the same book: it was that letter's on paper all along.
fn is_free(status: Status, asal: Asal) -> bool {
    status == Status::Batal && asal == Asal::DiluarSistem
}

/// A register into which an old book is entered.
#[derive(Debug, Clone, Copy)]
pub struct Buku<'a> {
    key: Register<'a>,
    id: Id,
}

impl<'a> Buku<'a> {
    /// Opens it. Only for registers that count within their OPD.
    ///
    /// # Errors
    /// Needs [`Register::lock`].
    pub fn open(tx: &mut Tx<'_>, key: Register<'a>) -> Result<Self> {
        tx.require_key(&key.lock())?;
        Ok(Self { key, id: store::ensure(tx, &key)?.id })
    }

    /// Enters a number as one from outside the system. The register goes on behind the highest one. `false`, and nothing is
    /// changed, when the place is taken. The import as a whole is audited by whoever does it.
    ///
    /// # Errors
    /// When the number collides in its text with another place of the register.
    pub fn record(&self, tx: &mut Tx<'_>, lama: &Lama<'_>) -> Result<bool> {
        let unik = self.key.unique(Cakupan::Opd, lama.nomor);
        let row = store::Row {
            urut: lama.urut,
            nomor: lama.nomor,
            unik: &unik,
            status: Status::Terpakai,
            asal: Asal::DiluarSistem,
            objek: lama.objek,
            tanggal: Some(lama.tanggal),
            jenis: "",
            keterangan: lama.keterangan,
        };
        match store::numbered(tx, self.id, lama.urut)? {
            None => store::add(tx, self.id, &row)?,
            Some(known) if is_free(known.status, known.asal) => {
                store::fill(tx, self.id, &row)?;
                store::clear_reason(tx, self.id, lama.urut)?;
            }
            Some(_) => return Ok(false),
        }
        store::raise(tx, self.id, lama.urut)?;
        Ok(true)
    }

    /// Gives back the number of what an undone import brought. It stays in the register with the reason and is never given out by
    /// it again; only the same book may bring it back.
    pub fn give_back(&self, tx: &mut Tx<'_>, urut: i64, objek: &str, alasan: &str) -> Result<()> {
        store::give_back(tx, self.id, urut, objek, alasan)
    }
}
