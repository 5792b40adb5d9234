//! How days are counted: from the day a file is complete to the day something is decided, with everything that stops the count.
//!
//! Day 0 is the working day on which a file is complete, day 1 the next working day. Days are counted by the regency's working calendar, so a
//! closure by decree is a day off like any other and moves every open due date; no due date is ever edited. All of it is pure: the hour of a
//! submission, today and the calendar are passed in.

#[cfg(test)]
mod tests;

use praja_kernel::{CalendarError, Date, DateTime, Due, Time, WorkingCalendar, words};

use crate::jenis::{AkibatDiam, Diam};

/// Above this share of the days the light is yellow, in percent.
const KUNING: i64 = 60;
/// From this share on the head of section is told, in percent.
const KASI: i64 = 80;
/// Working days before its end on which an applicant is reminded to mend a file.
const INGATKAN: u32 = 3;

/// What a regency sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aturan {
    /// What is sent after this hour counts as sent on the next working day.
    pub(crate) batas_jam: Time,
    /// Working days in which the front office says whether a file is complete.
    pub(crate) periksa_hari: u32,
}

impl Default for Aturan {
    fn default() -> Self {
        Self { batas_jam: Time::constant(15, 0, 0, 0), periksa_hari: 1 }
    }
}

impl Aturan {
    /// For a type whose files nobody needs to check: complete by the system as they are sent.
    pub(crate) const fn unchecked(self, tanpa_periksa: bool) -> Self {
        if tanpa_periksa { Self { periksa_hari: 0, ..self } } else { self }
    }
}

/// A submission as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ajuan {
    /// The working day on which it counts as sent.
    pub(crate) hari: Date,
    /// Until when the front office checks. At the end of this day it is complete for the clock, with this day as day 0.
    pub(crate) batas_periksa: Due,
}

/// The day on which something sent at this local time counts as sent.
///
/// # Errors
/// [`CalendarError::BeyondHorizon`] in a year for which no dates are given.
pub(crate) fn submitted(calendar: &WorkingCalendar, at: DateTime, aturan: Aturan) -> Result<Ajuan, CalendarError> {
    let late = at.time() > aturan.batas_jam;
    let hari = calendar.add_working_days(at.date(), u32::from(late))?.date;
    Ok(Ajuan { hari, batas_periksa: calendar.add_working_days(hari, aturan.periksa_hari)? })
}

impl Ajuan {
    /// Day 0 of what was found complete on `declared`: never later than the day on which the front office had to say so, so that a
    /// desk that is late cannot hide it.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn day_zero(&self, calendar: &WorkingCalendar, declared: Date) -> Result<Date, CalendarError> {
        let declared = calendar.add_working_days(declared, 0)?.date;
        Ok(declared.max(self.hari).min(self.batas_periksa.date))
    }
}

/// The last day that a receipt or a simulation may promise for something sent at this local time: the front office takes its whole time.
///
/// # Errors
/// As [`submitted`].
pub(crate) fn promise(calendar: &WorkingCalendar, at: DateTime, aturan: Aturan, sla: i64) -> Result<Due, CalendarError> {
    let ajuan = submitted(calendar, at, aturan)?;
    let due = calendar.add_working_days(ajuan.batas_periksa.date, days(sla))?;
    Ok(Due { provisional: due.provisional || ajuan.batas_periksa.provisional, ..due })
}

/// The clock of an application, as its columns keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jam {
    /// Working days that a decision may take.
    pub(crate) sla: i64,
    /// Day 0; none before the file is complete.
    pub(crate) mulai: Option<Date>,
    /// Days used before the clock last stood.
    pub(crate) terpakai: i64,
    /// The day from which it runs; none while it stands.
    pub(crate) lanjut: Option<Date>,
}

impl Jam {
    /// A clock that has not begun.
    #[cfg(test)]
    pub(crate) const fn new(sla: i64) -> Self {
        Self { sla, mulai: None, terpakai: 0, lanjut: None }
    }

    /// Begins with this day 0. One that has begun stays as it is: a file is complete once.
    #[must_use]
    pub(crate) const fn start(self, day_zero: Date) -> Self {
        match self.mulai {
            Some(_) => self,
            None => Self { mulai: Some(day_zero), terpakai: 0, lanjut: Some(day_zero), ..self },
        }
    }

    /// Does it run?
    pub(crate) const fn is_running(&self) -> bool {
        self.lanjut.is_some()
    }

    /// Working days used up to and with `today`.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn used(&self, calendar: &WorkingCalendar, today: Date) -> Result<i64, CalendarError> {
        match self.lanjut {
            // Day 0 may lie ahead, when a file was found complete on a day off.
            Some(from) if from < today => Ok(self.terpakai + calendar.working_days_between(from, today)?),
            _ => Ok(self.terpakai),
        }
    }

    /// Stands from this day on; the day itself is used.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn stop(self, calendar: &WorkingCalendar, day: Date) -> Result<Self, CalendarError> {
        Ok(Self { terpakai: self.used(calendar, day)?, lanjut: None, ..self })
    }

    /// Goes on; the next working day is the next day used. One that runs or has not begun stays as it is.
    #[must_use]
    pub(crate) fn resume(self, day: Date) -> Self {
        match (self.mulai, self.lanjut) {
            // Not before day 0, which a stop on a day off may precede.
            (Some(mulai), None) => Self { lanjut: Some(day.max(mulai)), ..self },
            _ => self,
        }
    }

    /// The last day for a decision; none while it stands or has not begun.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn due(&self, calendar: &WorkingCalendar) -> Result<Option<Due>, CalendarError> {
        let Some(from) = self.lanjut else { return Ok(None) };
        let left = self.sla - self.terpakai;
        if left > 0 {
            return calendar.add_working_days(from, days(left)).map(Some);
        }
        // All its days were used when it stood, or more: its last day lies so many working days back, so that late is what comes after it.
        let last_working = calendar.subtract_working_days(from, 0)?;
        let due = calendar.subtract_working_days(last_working.date, days(-left))?;
        Ok(Some(Due { provisional: due.provisional || last_working.provisional, ..due }))
    }

    /// The light it shows.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn light(&self, calendar: &WorkingCalendar, today: Date) -> Result<Lampu, CalendarError> {
        let Some(due) = self.due(calendar)? else {
            return Ok(if self.mulai.is_some() { Lampu::Berhenti } else { Lampu::Belum });
        };
        let used = self.used(calendar, today)?;
        Ok(match () {
            () if today >= due.date => Lampu::Merah,
            () if used * 100 > self.sla * KUNING => Lampu::Kuning,
            () => Lampu::Hijau,
        })
    }

    /// Who must know by now, from the nearest to the highest. Nobody new is told while it stands.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn escalation(&self, calendar: &WorkingCalendar, today: Date) -> Result<&'static [Eskalasi], CalendarError> {
        if !self.is_running() {
            return Ok(&[]);
        }
        let used = self.used(calendar, today)?;
        Ok(match () {
            () if used > self.sla => Eskalasi::ALL,
            () if used == self.sla => &[Eskalasi::Kasi, Eskalasi::Kepala],
            () if used * 100 >= self.sla * KASI => &[Eskalasi::Kasi],
            () => &[],
        })
    }

    /// What silence means today: nothing until a whole working day has passed after the last one, and never while the clock stands.
    /// An effect without a legal basis is a warning.
    ///
    /// # Errors
    /// As [`submitted`].
    pub(crate) fn silence(
        &self,
        calendar: &WorkingCalendar,
        today: Date,
        diam: &AkibatDiam,
    ) -> Result<Option<Diam>, CalendarError> {
        let late = self.is_running() && self.used(calendar, today)? > self.sla;
        let akibat = if diam.dasar.trim().is_empty() { Diam::Peringatan } else { diam.akibat };
        Ok(late.then_some(akibat))
    }
}

words! {
    /// What the clock of an application shows.
    pub(crate) enum Lampu ("lampu") {
        /// Not complete yet.
        Belum => "belum", "Belum dihitung";
        /// At most 60 % of the days are used.
        Hijau => "hijau", "Sesuai waktu";
        /// More than 60 % are used.
        Kuning => "kuning", "Mendekati tenggat";
        /// Due today, or late.
        Merah => "merah", "Jatuh tempo atau terlambat";
        /// Others than the office are to act.
        Berhenti => "berhenti", "Waktu berhenti";
    }
}

words! {
    /// Whom a late application is brought before.
    pub(crate) enum Eskalasi ("eskalasi") {
        /// 80 % of the days are used.
        Kasi => "kasi", "Kepala seksi (80% waktu terpakai)";
        /// All are used: it is due today.
        Kepala => "kepala", "Kepala DPMPTSP (100% waktu terpakai)";
        /// Late by a working day: Sekda and inspectorate, with the risk that the law grants it (UU 30/2014 as amended).
        Sekda => "sekda", "Sekretaris daerah dan inspektorat (lewat tenggat; risiko fiktif positif)";
    }
}

/// The share of a technical OPD: so many days, until then. Inside the days of the application, and charged to that OPD.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jatah {
    /// Working days.
    pub(crate) hari: i64,
    /// Its last day.
    pub(crate) tenggat: Due,
}

/// How many of the days of a service are a technical OPD's: `persen` of them to the nearest whole one, at least one.
pub(crate) fn share_days(sla: i64, persen: u32) -> i64 {
    ((sla * i64::from(persen.min(100)) + 50) / 100).max(1)
}

/// The share of an OPD that is asked on this day ([`share_days`]). It ends no later than
/// the application itself, unless that is due before the OPD had a day.
///
/// # Errors
/// As [`submitted`].
pub(crate) fn share(calendar: &WorkingCalendar, jam: &Jam, asked: Date, persen: u32) -> Result<Jatah, CalendarError> {
    let hari = share_days(jam.sla, persen);
    Ok(Jatah { hari, tenggat: share_of(calendar, jam, asked, hari)? })
}

/// The last day of a share of so many days, asked on this day.
///
/// # Errors
/// As [`submitted`].
pub(crate) fn share_of(calendar: &WorkingCalendar, jam: &Jam, asked: Date, hari: i64) -> Result<Due, CalendarError> {
    let least = calendar.add_working_days(asked, 1)?;
    let own = calendar.add_working_days(asked, days(hari))?;
    Ok(match jam.due(calendar)? {
        Some(due) if due.date < own.date => {
            if due.date < least.date {
                least
            } else {
                due
            }
        }
        _ => own,
    })
}

/// The time an applicant has for mending a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Perbaikan {
    /// Its last day.
    pub(crate) batas: Due,
    /// The day on which the applicant is reminded.
    pub(crate) ingatkan: Date,
}

/// The time for mending a file that went back on this day.
///
/// # Errors
/// As [`submitted`].
pub(crate) fn mending(calendar: &WorkingCalendar, returned: Date, hari: u32) -> Result<Perbaikan, CalendarError> {
    let batas = calendar.add_working_days(returned, hari.max(1))?;
    let ingatkan = calendar.subtract_working_days(batas.date, INGATKAN)?.date.max(returned);
    Ok(Perbaikan { batas, ingatkan })
}

/// Days as the calendar counts them; a clock of more than four thousand million days does not exist.
fn days(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}
