//! Days off that a region pack brings. Each is taken into the calendar once: what the regency removes from it does not come back.

#[cfg(test)]
mod tests;

use praja_kernel::{Date, DayOffKind};
use praja_module::{LiburDaerah, Paket};
use praja_store::{By, Db, Result, StoreError, Tx};

use super::{Refusal, keys, save, store, year};

/// What stands as the decree of a day without one, where nobody works in earnest.
const EXAMPLE: &str = "contoh, tanpa keputusan";

/// How a day of the pack stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is off, for this reason; because of the pack or of something else.
    Off(String),
    /// A regency at work takes nothing without the number of a decree.
    NoDecree,
    /// The calendar of its year is not loaded.
    YearUnknown,
    /// It was taken once and has been removed since.
    Removed,
    /// It is taken when Praja starts next.
    Waiting,
}

/// The decree a day is written down with; none where it may not be taken. `contoh`: is this a box for trying?
pub(crate) fn basis(day: &LiburDaerah, contoh: bool) -> Option<String> {
    let dasar = day.dasar.as_deref().unwrap_or_default().trim();
    match (dasar.is_empty(), contoh) {
        (false, _) => Some(dasar.to_owned()),
        (true, true) => Some(EXAMPLE.to_owned()),
        (true, false) => None,
    }
}

/// Takes the days of a pack that may be taken and were not before. Gives how many.
///
/// # Errors
/// [`StoreError::Corrupt`] for a day that no calendar takes; a pack with such a day is refused when it is read.
pub fn take(db: &Db, by: &By, paket: &Paket, contoh: bool, today: Date) -> Result<usize> {
    let days: Vec<(LiburDaerah, String)> =
        paket.libur_daerah.iter().filter_map(|day| Some((day.clone(), basis(day, contoh)?))).collect();
    // Most starts find nothing to do, and write nothing.
    let open = db.read(|tx| {
        let mut open = false;
        for (day, _) in &days {
            open |= is_open(tx, day)?;
        }
        Ok::<_, StoreError>(open)
    })?;
    if !open {
        return Ok(0);
    }
    db.write(by, keys(), move |tx| {
        let mut taken = 0;
        for (day, dasar) in &days {
            if is_open(tx, day)? && add(tx, day, dasar, today)? {
                taken += 1;
            }
        }
        Ok::<_, StoreError>(taken)
    })
}

/// Where a day of the pack stands now.
pub(crate) fn standing(tx: &mut Tx<'_>, day: &LiburDaerah, contoh: bool) -> Result<Standing> {
    if let Some(nama) = store::off_on(tx, day.tanggal)? {
        return Ok(Standing::Off(nama));
    }
    if tx.fact(&fact(day))?.is_some() {
        return Ok(Standing::Removed);
    }
    if basis(day, contoh).is_none() {
        return Ok(Standing::NoDecree);
    }
    Ok(if store::is_loaded(tx, day.tanggal.year())? { Standing::Waiting } else { Standing::YearUnknown })
}

fn is_open(tx: &mut Tx<'_>, day: &LiburDaerah) -> Result<bool> {
    Ok(store::is_loaded(tx, day.tanggal.year())? && tx.fact(&fact(day))?.is_none() && store::off_on(tx, day.tanggal)?.is_none())
}

fn add(tx: &mut Tx<'_>, day: &LiburDaerah, dasar: &str, today: Date) -> Result<bool> {
    let before = year(tx, day.tanggal.year(), today)?;
    let after = match before.clone().with_day(DayOffKind::PenutupanDaerah.as_str(), Ok(day.tanggal), &day.nama, dasar) {
        Ok(after) => after,
        Err(Refusal::OffAlready { .. }) => return Ok(false),
        Err(other) => return Err(StoreError::Corrupt(format!("hari libur daerah {}: {other}", day.tanggal))),
    };
    let sebab = format!("{} ditetapkan libur oleh paket daerah: {}.", super::pages::day_words(day.tanggal), day.nama.trim());
    save(tx, &before, &after, "desk.add-hari-libur", &sebab)?;
    tx.record_fact(&fact(day), dasar)?;
    Ok(true)
}

fn fact(day: &LiburDaerah) -> String {
    format!("desk.libur-daerah.{}", day.tanggal)
}
