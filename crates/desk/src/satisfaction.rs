//! Satisfaction of the public with a service (PermenPANRB 14/2017): nine elements, one answer per invitation, and the index that every
//! OPD reports. A module attaches it to its own things with [`invite`].

mod laporan;
pub(crate) mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::Id;
use praja_store::{Result, Tx, audit};

pub use pages::{invite, summary};
pub use rules::{Answers, Hasil, Mutu, Refusal, Sums, Unsur, check, index};

const TABLE: &str = "desk_kepuasan";

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The thing that was served, `<table>:<id>`; empty for a survey at the counter.
    pub objek: String,
    /// The OPD that serves.
    pub opd: Id,
    /// The service in words: results are kept per service.
    pub layanan: String,
    /// It costs nothing: the element of cost is four for everybody and is not asked.
    pub gratis: bool,
}

/// Keeps an answer and counts it. An invitation counts once: gives false when it was answered before.
///
/// # Errors
/// When the database fails.
pub fn answer(tx: &mut Tx<'_>, about: &About, answers: &Answers, kunci: &str, bulan: &str) -> Result<bool> {
    if store::is_answered(tx, kunci)? {
        return Ok(false);
    }
    let id = store::insert(tx, about, answers, kunci, bulan)?;
    for (unsur, nilai) in answers.nilai.iter().enumerate().filter_map(|(at, nilai)| Some((rules::elements().get(at)?, (*nilai)?)))
    {
        store::count(tx, about, bulan, &unsur.kode, i64::from(nilai))?;
    }
    store::count(tx, about, bulan, "", 0)?;
    tx.audit(&audit::Entry::new("desk.receive-kepuasan", TABLE, id).with("layanan", &about.layanan))?;
    Ok(true)
}

/// The sums of an OPD's service from one month to another (`2026-01`), or of all its services.
pub fn sums(tx: &mut Tx<'_>, opd: Id, layanan: Option<&str>, dari: &str, sampai: &str) -> Result<Sums> {
    store::sums(tx, opd, layanan, dari, sampai)
}
