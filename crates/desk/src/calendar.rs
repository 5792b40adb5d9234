//! The regency's working calendar: what the joint decrees say of each year, kept in tables so that a regency can publish a year
//! without a new release.

mod change;
pub(crate) mod pack;
pub(crate) mod pages;
mod pekan;
pub(crate) mod recount;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod watch;

use praja_kernel::{CalendarError, Date, DayOff, WorkingCalendar, YearStatus, parse_days_off, parse_year_statuses};
use praja_module::events::KalenderBerubah;
use praja_store::{Key, Keys, Result, StoreError, Tx, audit};

pub use change::{Entry, Refusal, Year, recount};
pub use pack::take as take_pack;
pub use pekan::Ketetapan;

/// The address of the calendar; everything else lies below it.
pub(crate) const LIST: &str = "/desk/kalender";

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
    store::weeks(tx)?.into_iter().for_each(|one| calendar.set_week(one.berlaku_dari, one.pekan));
    Ok(calendar)
}

/// One year with the decrees its days stand on; of a year nobody loaded the five fixed holidays.
///
/// # Errors
/// [`StoreError::Corrupt`] when what is stored is no calendar.
pub fn year(tx: &mut Tx<'_>, tahun: i16, today: Date) -> Result<Year> {
    let Some(status) = store::statuses(tx, tahun, tahun)?.pop().map(|(_, status)| status) else {
        let mut year = Year::unknown(tahun, today).map_err(corrupt)?;
        // A regency may have closed a day of a year whose decree is not out yet.
        year.days.extend(store::entries(tx, tahun)?);
        year.days.sort_by_key(|one| one.day.tanggal);
        year.days.dedup_by_key(|one| one.day.tanggal);
        return Ok(year);
    };
    Ok(Year { tahun, status, days: store::entries(tx, tahun)? })
}

/// What a write that changes the calendar must hold.
pub(crate) fn keys() -> Keys {
    Keys::of([Key::new("desk_kalender", "semua")])
}

/// The name of a year in audit, tasks and events.
pub(crate) fn objek(tahun: i16) -> String {
    format!("desk_kalender:{tahun}")
}

/// Saves a year that a rule changed, writes down `act`, tells the other modules, and has the open due dates counted again.
pub(crate) fn save(tx: &mut Tx<'_>, before: &Year, after: &Year, act: &'static str, sebab: &str) -> Result<()> {
    let tahun = after.tahun;
    store::replace_entries(tx, after)?;
    let dasar = match &after.status {
        YearStatus::Final { dasar } => dasar.clone().unwrap_or_default(),
        YearStatus::Sementara => String::new(),
    };
    let entry = audit::Entry { tindakan: act, objek: objek(tahun), ..audit::Entry::default() };
    tx.audit(&entry.with("keadaan", after.status.as_str()).with("dasar", dasar).with("hari", after.days.len()).because(sebab))?;
    let id = tx.new_id()?.to_string();
    let event = after.changes(before, &store::weeks(tx)?, id, sebab.to_owned());
    let became_final = before.status != after.status;
    if became_final {
        crate::tasks::done(tx, &objek(tahun))?;
    }
    if became_final || !event.menjadi_libur.is_empty() || !event.menjadi_kerja.is_empty() {
        announce(tx, &event)?;
    }
    Ok(())
}

/// Tells the other modules what changed, and has the open due dates counted again.
fn announce(tx: &mut Tx<'_>, event: &KalenderBerubah) -> Result<()> {
    tx.emit(event)?;
    let now = tx.now()?;
    tx.enqueue(recount::JOB, event, now, Some(&format!("{}:{}", recount::JOB, event.id)))?;
    Ok(())
}

fn corrupt(e: CalendarError) -> StoreError {
    StoreError::Corrupt(e.to_string())
}
