//! Who is reminded when: the day before, the day itself, then the giver, then the giver's superior. Counted in working days.

use praja_kernel::{Date, WorkingCalendar};

/// A rung of the ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rung {
    /// One working day before: the recipient.
    Before,
    /// The day itself: the recipient.
    Due,
    /// One working day after: the giver.
    Late,
    /// Three working days after: the giver's superior.
    VeryLate,
}

impl Rung {
    const ALL: [Self; 4] = [Self::Before, Self::Due, Self::Late, Self::VeryLate];

    fn day(self, batas: Date, calendar: &WorkingCalendar) -> Date {
        let counted = match self {
            Self::Before => calendar.subtract_working_days(batas, 1),
            Self::Due => return batas,
            Self::Late => calendar.add_working_days(batas, 1),
            Self::VeryLate => calendar.add_working_days(batas, 3),
        };
        // Beyond the calendar's horizon nobody is forgotten: plain days.
        let plain = match self {
            Self::Before => batas.yesterday().unwrap_or(batas),
            Self::Due => batas,
            Self::Late => plus(batas, 1),
            Self::VeryLate => plus(batas, 3),
        };
        counted.map_or(plain, |due| due.date)
    }
}

fn plus(date: Date, days: i32) -> Date {
    (0..days).fold(date, |date, _| date.tomorrow().unwrap_or(date))
}

/// The first day after `day` on which somebody is reminded of `batas`; none when the ladder is climbed.
pub(crate) fn next_after(batas: Date, day: Date, calendar: &WorkingCalendar) -> Option<Date> {
    Rung::ALL.iter().map(|rung| rung.day(batas, calendar)).filter(|at| *at > day).min()
}

/// What a new order is reminded of first. Given on the day before or the day itself, the recipient is not told twice at once.
pub(crate) fn first(batas: Date, given: Date, calendar: &WorkingCalendar) -> Option<Date> {
    next_after(batas, given, calendar)
}

/// The rung of a day; where days were missed (the machine was off) the highest one that is due, so that nobody gets four letters
/// at once. `since` is the day that was planned.
pub(crate) fn rung(batas: Date, since: Date, today: Date, calendar: &WorkingCalendar) -> Option<Rung> {
    let due = |rung: &Rung| {
        let at = rung.day(batas, calendar);
        at >= since && at <= today
    };
    Rung::ALL.into_iter().filter(due).max()
}
