//! The regency's working calendar: what the joint decrees say of each year, kept in tables so that a regency can publish a year
//! without a new release.

mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{CalendarError, Date, DayOff, WorkingCalendar, YearStatus, parse_days_off, parse_year_statuses};
use praja_store::{Result, StoreError, Tx};

/// The reference data this release carries; their sources stand in `config-templates/data/SUMBER.md`.
const STATUSES: &str = include_str!("../../../config-templates/data/hari_libur_tahun.csv");
const YEARS: [(i16, &str); 3] = [
    (2025, include_str!("../../../config-templates/data/hari_libur_2025.csv")),
    (2026, include_str!("../../../config-templates/data/hari_libur_2026.csv")),
    (2027, include_str!("../../../config-templates/data/hari_libur_2027.csv")),
];

/// Loads the years this release carries. A year that is loaded already is left alone: a regency may have published it since.
///
/// # Errors
/// [`StoreError::Corrupt`] when the embedded files contradict themselves, which a test rules out.
pub fn install(tx: &mut Tx<'_>) -> Result<()> {
    let statuses = parse_year_statuses(STATUSES).map_err(corrupt)?;
    for (year, text) in YEARS {
        let status =
            statuses.iter().find(|(known, _)| *known == year).map_or(YearStatus::Sementara, |(_, status)| status.clone());
        if !store::is_loaded(tx, year)? {
            load_reference(tx, year, &status, &parse_days_off(text).map_err(corrupt)?)?;
        }
    }
    Ok(())
}

/// Loads one year, in place of what it had.
///
/// # Errors
/// [`StoreError::Corrupt`] for rows of another year, or a list without the five holidays that are the same every year.
pub fn load_reference(tx: &mut Tx<'_>, year: i16, status: &YearStatus, days: &[DayOff]) -> Result<()> {
    let first = Date::new(year, 1, 1).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    WorkingCalendar::new(first).load(year, status.clone(), days.to_vec()).map_err(corrupt)?;
    store::replace_year(tx, year, status, days)
}

/// The calendar as it stands, from last year to the horizon of two years after `today`.
///
/// # Errors
/// [`StoreError::Corrupt`] when what is stored is no calendar.
pub fn of(tx: &mut Tx<'_>, today: Date) -> Result<WorkingCalendar> {
    let mut calendar = WorkingCalendar::new(today);
    let (first, last) = (today.year().saturating_sub(1), calendar.last_provisional_year());
    let mut days = store::days(tx, first, last)?;
    for (year, status) in store::statuses(tx, first, last)? {
        let (own, others): (Vec<DayOff>, Vec<DayOff>) = days.into_iter().partition(|day| day.tanggal.year() == year);
        days = others;
        calendar.load(year, status, own).map_err(corrupt)?;
    }
    days.into_iter().for_each(|closure| calendar.add_day_off(closure));
    Ok(calendar)
}

fn corrupt(e: CalendarError) -> StoreError {
    StoreError::Corrupt(e.to_string())
}
