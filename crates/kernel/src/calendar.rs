mod rows;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

pub use rows::{parse_days_off, parse_year_statuses};

use crate::tanggal_panjang;

/// Years after the current one for which dates may be computed although no decree is loaded.
const HORIZON: i16 = 2;

/// Holidays on the same date every year (Keppres 24/2016 for 1 June; the others by older decrees).
const FIXED: [(i8, i8, &str); 5] = [
    (1, 1, "Tahun Baru Masehi"),
    (5, 1, "Hari Buruh Internasional"),
    (6, 1, "Hari Lahir Pancasila"),
    (8, 17, "Hari Kemerdekaan Republik Indonesia"),
    (12, 25, "Hari Raya Natal"),
];

crate::words! {
    /// Why a weekday is a day off.
    pub enum DayOffKind ("jenis hari libur") {
        /// A national holiday of the joint decree (SKB 3 Menteri).
        LiburNasional => "libur_nasional", "Libur nasional";
        /// Collective leave of the joint decree; civil servants are off.
        CutiBersama => "cuti_bersama", "Cuti bersama";
        /// A day on which this regency closes its offices, by its own recorded decree.
        PenutupanDaerah => "penutupan_daerah", "Penutupan daerah";
    }
}

/// One day off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub tanggal: Date,
    /// Why.
    pub jenis: DayOffKind,
    /// Its name, as "Hari Suci Nyepi".
    pub nama: String,
}

/// How sure a year's holidays are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearStatus {
    /// The joint decree is loaded.
    Final {
        /// The decree's numbers, where known.
        dasar: Option<String>,
    },
    /// Not loaded, or loaded from an announcement: dates computed with it may still move until an administrator enters the
    /// decree's number.
    Sementara,
}

impl YearStatus {
    /// The stored word: `final` or `sementara`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Final { .. } => "final",
            Self::Sementara => "sementara",
        }
    }

    /// What people read.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Final { .. } => "Final",
            Self::Sementara => "Sementara",
        }
    }
}

/// A date counted in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day; never a day off.
    pub date: Date,
    /// A year that was counted through is not final, so the day may still move.
    pub provisional: bool,
}

/// Why a calendar cannot be loaded or asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A date in a year without holidays, beyond the provisional horizon.
    #[error(
        "Kalender hari kerja tahun {year} belum tersedia. Muat hari libur tahun {year}, atau pilih tanggal sampai akhir {last}."
    )]
    BeyondHorizon {
        /// The year that was asked for.
        year: i16,
        /// The last year that can be computed now.
        last: i16,
    },
    /// A row of another year.
    #[error("Tanggal {} tidak termasuk tahun {year}.", tanggal_panjang(*.tanggal))]
    OtherYear {
        /// The row's date.
        tanggal: Date,
        /// The year being loaded.
        year: i16,
    },
    /// A year's list lacks a holiday that is the same every year: it was cut off, or belongs to another country.
    #[error("Hari libur tahun {year} belum lengkap: {nama} ({}) tidak ada dalam daftar.", tanggal_panjang(*.tanggal))]
    Incomplete {
        /// The year being loaded.
        year: i16,
        /// The missing day.
        tanggal: Date,
        /// Its name.
        nama: &'static str,
    },
    /// A line of the file cannot be read.
    #[error("Baris {line} daftar hari libur tidak dapat dibaca: {reason}")]
    Line {
        /// Counted from 1, the head included.
        line: usize,
        /// What is wrong, a sentence.
        reason: String,
    },
}

/// The days on which a regency's offices work: Monday to Friday, or to Saturday where it
/// decreed so, minus national holidays, collective leave and days the regency closes. Cuti bersama is off for civil servants (Keppres each year).
///
/// A year without a list is `Sementara`, with weekends and the five fixed holidays, up to two years after the current one; later
/// years are an error. There is never a year that silently has no holidays.
///
/// ```
/// use praja_kernel::{Date, WorkingCalendar};
///
/// let today = Date::new(2026, 11, 20).expect("a Friday");
/// let calendar = WorkingCalendar::new(today);
/// let due = calendar.add_working_days(today, 1)?;
/// assert_eq!(due.date, Date::new(2026, 11, 23).expect("the Monday after"));
/// assert!(due.provisional, "no list of 2026 was loaded");
/// # Ok::<(), praja_kernel::CalendarError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingCalendar {
    this_year: i16,
    statuses: BTreeMap<i16, YearStatus>,
    days_off: BTreeMap<Date, DayOff>,
    /// From which day on which week is worked; before the first it is five days.
    weeks: BTreeMap<Date, Pekan>,
}

crate::words! {
    /// How many days a week the offices of a regency work.
    pub enum Pekan ("pekan kerja") {
        /// Monday to Friday.
        Lima => "5", "Lima hari (Senin sampai Jumat)";
        /// Monday to Saturday.
        Enam => "6", "Enam hari (Senin sampai Sabtu)";
    }
}

impl WorkingCalendar {
    /// A calendar in which no year is loaded yet. `today` (in the regency's zone) only sets the provisional horizon.
    pub fn new(today: Date) -> Self {
        Self { this_year: today.year(), statuses: BTreeMap::new(), days_off: BTreeMap::new(), weeks: BTreeMap::new() }
    }

    /// Loads the list of one year, in place of what that year had, closures of the regency included.
    ///
    /// Refuses rows of other years and a list without the five fixed holidays: a list cut short would count days off as working.
    pub fn load(&mut self, year: i16, status: YearStatus, rows: Vec<DayOff>) -> Result<(), CalendarError> {
        if let Some(row) = rows.iter().find(|row| row.tanggal.year() != year) {
            return Err(CalendarError::OtherYear { tanggal: row.tanggal, year });
        }
        for (tanggal, nama) in fixed_days(year) {
            if !rows.iter().any(|row| row.tanggal == tanggal && row.jenis == DayOffKind::LiburNasional) {
                return Err(CalendarError::Incomplete { year, tanggal, nama });
            }
        }
        self.days_off.retain(|tanggal, _| tanggal.year() != year);
        self.statuses.insert(year, status);
        rows.into_iter().for_each(|row| self.add_day_off(row));
        Ok(())
    }

    /// Adds one day off, such as a day the regency closes; also in a year that is not loaded. Of two reasons for one day the
    /// national one stays.
    pub fn add_day_off(&mut self, row: DayOff) {
        match self.days_off.get(&row.tanggal) {
            Some(known) if known.jenis <= row.jenis => {}
            _ => {
                self.days_off.insert(row.tanggal, row);
            }
        }
    }

    /// From this day on so many days a week are worked.
    pub fn set_week(&mut self, from: Date, pekan: Pekan) {
        self.weeks.insert(from, pekan);
    }

    /// How many days are worked in the week of a day.
    pub fn week(&self, date: Date) -> Pekan {
        self.weeks.range(..=date).next_back().map_or(Pekan::Lima, |(_, pekan)| *pekan)
    }

    /// How sure a year is; [`CalendarError::BeyondHorizon`] for a year that cannot be computed.
    pub fn status(&self, year: i16) -> Result<&YearStatus, CalendarError> {
        match self.statuses.get(&year) {
            Some(status) => Ok(status),
            None if year <= self.last_provisional_year() => Ok(&YearStatus::Sementara),
            None => Err(CalendarError::BeyondHorizon { year, last: self.last_provisional_year() }),
        }
    }

    /// Is a list of this year loaded, final or not?
    pub fn is_loaded(&self, year: i16) -> bool {
        self.statuses.contains_key(&year)
    }

    /// The last year for which dates are given without a list: the current one and two more.
    pub fn last_provisional_year(&self) -> i16 {
        self.this_year.saturating_add(HORIZON)
    }

    /// The days off of a year in order, for the calendar page; weekends are not listed, the fixed holidays of a year that is not
    /// loaded are.
    pub fn days_off(&self, year: i16) -> Result<Vec<DayOff>, CalendarError> {
        self.status(year)?;
        let mut days: BTreeMap<Date, DayOff> = self
            .days_off
            .iter()
            .filter(|(tanggal, _)| tanggal.year() == year)
            .map(|(tanggal, day)| (*tanggal, day.clone()))
            .collect();
        if !self.is_loaded(year) {
            for (tanggal, nama) in fixed_days(year) {
                days.insert(tanggal, DayOff { tanggal, jenis: DayOffKind::LiburNasional, nama: nama.to_owned() });
            }
        }
        Ok(days.into_values().collect())
    }

    /// Do the offices work on this day?
    pub fn is_working(&self, date: Date) -> Result<bool, CalendarError> {
        Ok(self.reason_off(date)?.is_none())
    }

    /// Why a day is off ("Sabtu", "Hari Suci Nyepi"); none on a working day.
    pub fn reason_off(&self, date: Date) -> Result<Option<&str>, CalendarError> {
        self.status(date.year())?;
        if let Some(day) = self.days_off.get(&date) {
            return Ok(Some(&day.nama));
        }
        if let Some((_, _, nama)) = FIXED.iter().find(|(month, day, _)| (*month, *day) == (date.month(), date.day())) {
            return Ok(Some(nama));
        }
        let off = match date.weekday() {
            Weekday::Sunday => true,
            Weekday::Saturday => self.week(date) == Pekan::Lima,
            _ => false,
        };
        Ok(off.then(|| crate::hari(date)))
    }

    /// The `count`-th working day after `from`. `from` is day 0 whatever day it is, so a letter of Saturday with one day is due
    /// on Monday. With `count` 0: `from` itself, or the next working day when `from` is a day off.
    pub fn add_working_days(&self, from: Date, count: u32) -> Result<Due, CalendarError> {
        let date = self.walk(from, count, |date| date.tomorrow())?;
        Ok(Due { date, provisional: self.is_provisional(from.year(), date.year())? })
    }

    /// The `count`-th working day before `from`. With `count` 0: `from` itself, or the last working day before a day off.
    pub fn subtract_working_days(&self, from: Date, count: u32) -> Result<Due, CalendarError> {
        let date = self.walk(from, count, |date| date.yesterday())?;
        Ok(Due { date, provisional: self.is_provisional(date.year(), from.year())? })
    }

    /// Working days d with `from` < d ≤ `to`: what an act begun on `from` has consumed on `to`. Below zero when `to` is earlier:
    /// minus the working days from `to` to `from`.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, CalendarError> {
        if to < from {
            return Ok(-self.working_days_between(to, from)?);
        }
        // The far end first, so that a wrong year is refused before it is counted through.
        self.status(to.year())?;
        let (mut days, mut date) = (0, from);
        while date < to {
            date = date.tomorrow().map_err(|_| self.beyond(date.year()))?;
            days += i64::from(self.is_working(date)?);
        }
        Ok(days)
    }

    fn walk(&self, from: Date, count: u32, step: impl Fn(Date) -> Result<Date, jiff::Error>) -> Result<Date, CalendarError> {
        let (mut date, mut left) = (from, count);
        self.status(from.year())?;
        while left > 0 || !self.is_working(date)? {
            date = step(date).map_err(|_| self.beyond(date.year()))?;
            left -= u32::from(left > 0 && self.is_working(date)?);
        }
        Ok(date)
    }

    fn is_provisional(&self, first: i16, last: i16) -> Result<bool, CalendarError> {
        for year in first..=last {
            if *self.status(year)? == YearStatus::Sementara {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn beyond(&self, year: i16) -> CalendarError {
        CalendarError::BeyondHorizon { year, last: self.last_provisional_year() }
    }
}

/// The five fixed holidays of a year.
fn fixed_days(year: i16) -> impl Iterator<Item = (Date, &'static str)> {
    FIXED.into_iter().filter_map(move |(month, day, nama)| Some((Date::new(year, month, day).ok()?, nama)))
}
