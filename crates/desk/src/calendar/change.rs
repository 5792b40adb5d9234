//! What an administrator does to a year: days added and taken away, a list loaded, the decree's number entered. Pure rules.

use praja_kernel::{
    CalendarError, Date, DayOff, DayOffKind, Due, FieldProblem, Pekan, Refuse, WorkingCalendar, YearStatus, hari, parse_days_off,
    tanggal_panjang,
};
use praja_module::events::KalenderBerubah;

use super::Ketetapan;

/// Why a year is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Kalender belum diubah karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The day is off already.
    #[error("Tanggal {} sudah libur: {nama}.", tanggal_panjang(*.tanggal))]
    OffAlready {
        /// The day.
        tanggal: Date,
        /// Why it is off.
        nama: String,
    },
    /// One of the five holidays that are the same every year.
    #[error("{nama} ditetapkan setiap tahun dan tidak dapat dihapus.")]
    Fixed {
        /// Its name.
        nama: String,
    },
    /// A year too far away or long past.
    #[error("Tahun {0} tidak dapat diatur dari sini.")]
    Year(i16),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.kalender.fields",
            Self::OffAlready { .. } => "desk.kalender.off-already",
            Self::Fixed { .. } => "desk.kalender.fixed",
            Self::Year(_) => "desk.kalender.year",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::OffAlready { .. } => "Pilih tanggal lain; satu hari hanya libur karena satu sebab.",
            Self::Fixed { .. } => "Biarkan hari ini dalam daftar.",
            Self::Year(_) => "Pilih tahun ini sampai dua tahun ke depan.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::OffAlready { .. } => vec![FieldProblem::new("tanggal", format!("{self} {}", self.next_step()))],
            Self::Fixed { .. } | Self::Year(_) => Vec::new(),
        }
    }
}

/// A day off with the decree it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: DayOff,
    /// The decree; empty for a day of the year's own decree.
    pub dasar: String,
}

/// One year as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// The year.
    pub tahun: i16,
    /// How sure it is.
    pub status: YearStatus,
    /// Its days off in order, closures of the regency among them.
    pub days: Vec<Entry>,
}

impl Year {
    /// A year of which nothing is known but the five fixed holidays.
    pub(super) fn unknown(tahun: i16, today: Date) -> Result<Self, CalendarError> {
        let days = WorkingCalendar::new(today).days_off(tahun)?;
        let days = days.into_iter().map(|day| Entry { day, dasar: String::new() }).collect();
        Ok(Self { tahun, status: YearStatus::Sementara, days })
    }

    /// The year with one more day off.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn with_day(mut self, jenis: &str, tanggal: Result<Date, String>, nama: &str, dasar: &str) -> Result<Self, Refusal> {
        let mut problems = Vec::new();
        let tanggal = match tanggal {
            Ok(date) if date.year() == self.tahun => Some(date),
            Ok(_) => {
                problems.push(FieldProblem::new("tanggal", format!("Pilih tanggal dalam tahun {}.", self.tahun)));
                None
            }
            Err(message) => {
                problems.push(FieldProblem::new("tanggal", message));
                None
            }
        };
        let jenis = DayOffKind::parse(jenis)
            .map_err(|_| problems.push(FieldProblem::new("jenis", "Jenis hari libur belum dipilih.")))
            .ok();
        let (nama, dasar) = (nama.trim(), dasar.trim());
        if nama.is_empty() || nama.chars().count() > 120 {
            problems.push(FieldProblem::new("nama", "Tulis nama hari libur, paling panjang 120 huruf."));
        }
        // A day beyond the year's own decree stands on another one; so does whatever the regency closes.
        let is_final = matches!(self.status, YearStatus::Final { .. });
        if dasar.is_empty() && (is_final || jenis == Some(DayOffKind::PenutupanDaerah)) {
            problems.push(FieldProblem::new("dasar", "Tulis nomor keputusan yang menetapkan hari libur ini."));
        }
        let (Some(tanggal), Some(jenis), true) = (tanggal, jenis, problems.is_empty()) else {
            return Err(Refusal::Fields(problems));
        };
        if let Some(known) = self.days.iter().find(|one| one.day.tanggal == tanggal) {
            return Err(Refusal::OffAlready { tanggal, nama: known.day.nama.clone() });
        }
        self.days.push(Entry { day: DayOff { tanggal, jenis, nama: nama.to_owned() }, dasar: dasar.to_owned() });
        self.days.sort_by_key(|one| one.day.tanggal);
        Ok(self)
    }

    /// The year without a day off.
    ///
    /// # Errors
    /// [`Refusal`] without a reason, or for one of the five fixed holidays.
    pub fn without_day(mut self, tanggal: Date, alasan: &str, today: Date) -> Result<Self, Refusal> {
        if alasan.trim().is_empty() {
            let message = "Tulis nomor keputusan atau alasan hari itu tidak lagi libur.";
            return Err(Refusal::Fields(vec![FieldProblem::new("alasan", message)]));
        }
        let fixed = Self::unknown(self.tahun, today).map_err(|_| Refusal::Year(self.tahun))?;
        if let Some(one) = fixed.days.iter().find(|one| one.day.tanggal == tanggal)
            && self.days.iter().any(|own| own.day.tanggal == tanggal && own.day.jenis == DayOffKind::LiburNasional)
        {
            return Err(Refusal::Fixed { nama: one.day.nama.clone() });
        }
        self.days.retain(|one| one.day.tanggal != tanggal);
        Ok(self)
    }

    /// The year with the national days of a list in place of its own; closures of the regency stay.
    ///
    /// # Errors
    /// [`Refusal::Fields`] with the line that is wrong.
    pub fn with_list(mut self, text: &str, today: Date) -> Result<Self, Refusal> {
        let wrong = |e: CalendarError| Refusal::Fields(vec![FieldProblem::new("daftar", e.to_string())]);
        let days = parse_days_off(text).map_err(wrong)?;
        WorkingCalendar::new(today).load(self.tahun, self.status.clone(), days.clone()).map_err(wrong)?;
        self.days
            .retain(|one| one.day.jenis == DayOffKind::PenutupanDaerah && days.iter().all(|day| day.tanggal != one.day.tanggal));
        self.days.extend(days.into_iter().map(|day| Entry { day, dasar: String::new() }));
        self.days.sort_by_key(|one| one.day.tanggal);
        self.days.dedup_by_key(|one| one.day.tanggal);
        Ok(self)
    }

    /// The year, final by the number of its joint decree.
    ///
    /// # Errors
    /// [`Refusal::Fields`] without a number.
    pub fn published(mut self, dasar: &str) -> Result<Self, Refusal> {
        let dasar = dasar.split_whitespace().collect::<Vec<_>>().join(" ");
        if !dasar.chars().any(|letter| letter.is_ascii_digit()) || dasar.chars().count() > 160 {
            let message = "Tulis nomor keputusan bersama, misalnya SKB 3 Menteri 1497/2025.";
            return Err(Refusal::Fields(vec![FieldProblem::new("dasar", message)]));
        }
        self.status = YearStatus::Final { dasar: Some(dasar) };
        Ok(self)
    }

    /// What differs from `before`, for whoever must count again.
    pub(super) fn changes(&self, before: &Self, weeks: &[Ketetapan], id: String, sebab: String) -> KalenderBerubah {
        let days = |year: &Self| -> Vec<Date> {
            // A holiday on a weekend changes nothing.
            year.days.iter().map(|one| one.day.tanggal).filter(|date| is_worked(weeks, *date)).collect()
        };
        let (old, new) = (days(before), days(self));
        KalenderBerubah {
            id,
            tahun: self.tahun,
            sebab,
            menjadi_libur: new.iter().copied().filter(|date| !old.contains(date)).collect(),
            menjadi_kerja: old.iter().copied().filter(|date| !new.contains(date)).collect(),
        }
    }
}

/// Does the week of a day, whatever holidays there are, have work on it?
fn is_worked(weeks: &[Ketetapan], date: Date) -> bool {
    match hari(date) {
        "Minggu" => false,
        "Sabtu" => {
            let one = weeks.iter().filter(|one| one.berlaku_dari <= date).max_by_key(|one| one.berlaku_dari);
            one.is_some_and(|one| one.pekan == Pekan::Enam)
        }
        _ => true,
    }
}

/// Where a due date goes when the calendar changes: so many working days after `from` as before. `calendar` is the one that holds now.
/// A date that was set by hand (not provisional) only leaves a day that became off.
///
/// # Errors
/// Beyond the calendar's horizon.
pub fn recount(
    event: &KalenderBerubah,
    calendar: &WorkingCalendar,
    from: Date,
    due: Date,
    provisional: bool,
) -> Result<Due, CalendarError> {
    if !provisional || due < from {
        let moved = calendar.add_working_days(due, 0)?;
        return Ok(Due { date: moved.date, provisional: provisional && moved.provisional });
    }
    let within = |days: &[Date]| i64::try_from(days.iter().filter(|day| from < **day && **day <= due).count()).unwrap_or(0);
    let before = calendar.working_days_between(from, due)? + within(&event.menjadi_libur) - within(&event.menjadi_kerja);
    calendar.add_working_days(from, u32::try_from(before).unwrap_or(0))
}
