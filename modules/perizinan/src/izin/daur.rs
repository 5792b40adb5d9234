//! The life of what was issued. Pure: how it stands on a day, what may be done with it, when its holder is reminded.

use praja_kernel::{Date, Refuse, words};

use super::Keadaan;

/// A number of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hari(i32);

impl Hari {
    /// So many.
    pub(crate) const fn new(days: i32) -> Self {
        Self(days)
    }

    /// The day so many days after one; the last day there is where it would be beyond.
    pub(crate) fn checked_from(self, day: Date) -> Date {
        day.checked_add(jiff::Span::new().days(self.0)).unwrap_or(Date::MAX)
    }
}

/// Renewal opens so many days before the end where no type says otherwise.
pub(crate) const BUKA: u32 = 90;
/// Warnings before it is held up.
const PERINGATAN: i64 = 3;

words! {
    /// How a licence stands on a day, as people read it.
    pub(crate) enum Tampak ("keadaan izin pada hari ini") {
        /// In force.
        Berlaku => "berlaku", "Berlaku";
        /// In force, and ends soon.
        AkanHabis => "akan-habis", "Akan habis";
        /// Ended.
        Habis => "habis", "Habis masa berlaku";
        /// A newer one continues it.
        Diperpanjang => "diperpanjang", "Diperpanjang";
        /// A newer one stands in its place.
        Diubah => "diubah", "Diganti";
        /// Held up.
        Dibekukan => "dibekukan", "Dibekukan";
        /// Taken back.
        Dicabut => "dicabut", "Dicabut";
    }
}

/// From when until when a licence is good, and so many days before its end renewal opens by its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jangka {
    pub(crate) dari: Date,
    pub(crate) sampai: Option<Date>,
    pub(crate) buka: u32,
}

impl Jangka {
    /// Is it about to end on a day? From when renewal opens; one for a short while not before half of it is over, or it would be about
    /// to end on the day it was given.
    fn is_near(self, today: Date) -> bool {
        let Some(sampai) = self.sampai else { return false };
        let days = |from: Date| from.until(sampai).map_or(i32::MAX, |span| span.get_days());
        let half = days(self.dari).max(0) / 2;
        days(today) <= half.min(i32::try_from(self.buka).unwrap_or(i32::MAX))
    }
}

/// How a licence stands on a day.
pub(crate) fn stands(keadaan: Keadaan, jangka: Jangka, today: Date) -> Tampak {
    match keadaan {
        Keadaan::Menunggu | Keadaan::Aktif if ended(jangka.sampai, today) => Tampak::Habis,
        Keadaan::Menunggu | Keadaan::Aktif if jangka.is_near(today) => Tampak::AkanHabis,
        Keadaan::Menunggu | Keadaan::Aktif => Tampak::Berlaku,
        Keadaan::Diperpanjang => Tampak::Diperpanjang,
        Keadaan::Diubah => Tampak::Diubah,
        Keadaan::Dibekukan => Tampak::Dibekukan,
        Keadaan::Dicabut => Tampak::Dicabut,
    }
}

fn ended(sampai: Option<Date>, today: Date) -> bool {
    sampai.is_some_and(|day| day < today)
}

words! {
    /// What the head does with a licence.
    pub(crate) enum Tindakan ("tindakan atas izin") {
        /// Warns, up to three times.
        Peringatan => "peringatan", "Beri peringatan";
        /// Holds it up.
        Bekukan => "bekukan", "Bekukan";
        /// Lets it be in force again.
        Cairkan => "cairkan", "Cabut pembekuan";
        /// Takes it back.
        Cabut => "cabut", "Cabut izin";
    }
}

/// Why something is not done with a licence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// It does not belong to how the licence stands.
    #[error("Izin ini sedang \"{}\" dengan {peringatan} peringatan, sehingga belum dapat: {}.", .tampak.label(), .tindakan.label().to_lowercase())]
    NotNow {
        /// What was tried.
        tindakan: Tindakan,
        /// How it stands.
        tampak: Tampak,
        /// Warnings so far.
        peringatan: i64,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        "perizinan.izin.not-now"
    }

    fn next_step(&self) -> String {
        "Urutannya: peringatan pertama, kedua, ketiga, pembekuan, lalu pencabutan. Muat ulang halaman untuk melihat keadaan terbaru.".into()
    }
}

/// What may be done with a licence now, the gentlest first.
pub(crate) fn possible(keadaan: Keadaan, sampai: Option<Date>, peringatan: i64, today: Date) -> Vec<Tindakan> {
    Tindakan::ALL.iter().copied().filter(|one| act(*one, keadaan, sampai, peringatan, today).is_ok()).collect()
}

/// State and warnings after an act (stages: three warnings, then it is held up, then taken back).
///
/// # Errors
/// [`Refusal::NotNow`].
pub(crate) fn act(
    tindakan: Tindakan,
    keadaan: Keadaan,
    sampai: Option<Date>,
    peringatan: i64,
    today: Date,
) -> Result<(Keadaan, i64), Refusal> {
    // Whether it is about to end makes no difference here.
    let tampak = stands(keadaan, Jangka { dari: today, sampai, buka: 0 }, today);
    let in_force = keadaan == Keadaan::Aktif && !ended(sampai, today);
    match tindakan {
        Tindakan::Peringatan if in_force && peringatan < PERINGATAN => Ok((keadaan, peringatan + 1)),
        Tindakan::Bekukan if in_force && peringatan >= PERINGATAN => Ok((Keadaan::Dibekukan, peringatan)),
        Tindakan::Cairkan if tampak == Tampak::Dibekukan => Ok((Keadaan::Aktif, 0)),
        Tindakan::Cabut if tampak == Tampak::Dibekukan => Ok((Keadaan::Dicabut, peringatan)),
        _ => Err(Refusal::NotNow { tindakan, tampak, peringatan }),
    }
}

/// May a licence be renewed on a day? From so many days before its end on, and after it; one without an end never.
pub(crate) fn renews(sampai: Option<Date>, hari: u32, today: Date) -> bool {
    let hari = i32::try_from(hari).unwrap_or(i32::MAX);
    sampai.is_some_and(|sampai| Hari(hari).checked_from(today) >= sampai)
}

/// Days before the end on which the holder is reminded, where renewal opens so many days before.
fn steps(buka: u32) -> Vec<i64> {
    let mut all = vec![i64::from(buka)];
    all.extend([60, 30, 7, 0].into_iter().filter(|step| *step < i64::from(buka)));
    all
}

/// The step that is due: the smallest that was reached and lies below the last one told. `told` is the word kept of it, empty at first.
pub(crate) fn due_step(sampai: Date, buka: u32, told: &str, today: Date) -> Option<i64> {
    let left = i64::from(today.until(sampai).ok()?.get_days());
    let told = told.parse::<i64>().unwrap_or(i64::MAX);
    let reached = steps(buka).into_iter().filter(|step| left <= *step).min()?;
    (left >= 0 && reached < told).then_some(reached)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn good(dari: &str, sampai: Option<&str>, buka: u32) -> Jangka {
        Jangka { dari: day(dari), sampai: sampai.map(day), buka }
    }

    #[test]
    fn how_a_licence_stands_is_told_from_its_dates() {
        let today = day("2026-11-27");
        let table = [
            (Keadaan::Aktif, None, Tampak::Berlaku),
            (Keadaan::Aktif, Some("2027-11-27"), Tampak::Berlaku),
            (Keadaan::Aktif, Some("2027-02-25"), Tampak::AkanHabis),
            (Keadaan::Aktif, Some("2027-02-26"), Tampak::Berlaku),
            (Keadaan::Aktif, Some("2026-11-27"), Tampak::AkanHabis),
            (Keadaan::Aktif, Some("2026-11-26"), Tampak::Habis),
            (Keadaan::Dibekukan, Some("2026-11-26"), Tampak::Dibekukan),
            (Keadaan::Dicabut, None, Tampak::Dicabut),
        ];
        for (keadaan, sampai, told) in table {
            assert_eq!(stands(keadaan, good("2024-11-28", sampai, BUKA), today), told, "{keadaan:?} {sampai:?}");
        }
    }

    #[test]
    fn a_licence_is_about_to_end_when_its_type_opens_renewal_and_never_before_half_of_it_is_over() {
        let (today, near) = (day("2026-11-27"), Tampak::AkanHabis);
        let table = [
            // The type says thirty days, or a year.
            ("2024-11-28", "2026-12-28", 30, Tampak::Berlaku),
            ("2024-11-28", "2026-12-27", 30, near),
            ("2024-11-28", "2027-11-27", 365, near),
            // Given today for sixty days: it has just begun.
            ("2026-11-27", "2027-01-26", 90, Tampak::Berlaku),
            ("2026-10-28", "2026-12-27", 90, near),
            ("2026-10-29", "2026-12-28", 90, Tampak::Berlaku),
            // It begins later, or lasts a day.
            ("2026-12-01", "2026-12-02", 90, Tampak::Berlaku),
            ("2026-11-27", "2026-11-27", 90, near),
        ];
        for (dari, sampai, buka, told) in table {
            assert_eq!(stands(Keadaan::Aktif, good(dari, Some(sampai), buka), today), told, "{dari} {sampai} {buka}");
        }
    }

    #[test]
    fn nothing_is_held_up_before_three_warnings_and_nothing_taken_back_before_it_was_held_up() {
        let today = day("2026-11-27");
        let (mut keadaan, mut peringatan) = (Keadaan::Aktif, 0);
        for tindakan in [Tindakan::Peringatan; 3] {
            assert!(act(Tindakan::Bekukan, keadaan, None, peringatan, today).is_err());
            assert!(act(Tindakan::Cabut, keadaan, None, peringatan, today).is_err());
            (keadaan, peringatan) = act(tindakan, keadaan, None, peringatan, today).unwrap();
        }
        assert_eq!(possible(keadaan, None, peringatan, today), [Tindakan::Bekukan]);
        (keadaan, peringatan) = act(Tindakan::Bekukan, keadaan, None, peringatan, today).unwrap();
        assert_eq!(possible(keadaan, None, peringatan, today), [Tindakan::Cairkan, Tindakan::Cabut]);
        assert_eq!(act(Tindakan::Cairkan, keadaan, None, peringatan, today), Ok((Keadaan::Aktif, 0)));
        assert_eq!(act(Tindakan::Cabut, keadaan, None, peringatan, today).unwrap().0, Keadaan::Dicabut);
    }

    #[test]
    fn what_ended_or_was_replaced_takes_no_act() {
        let today = day("2026-11-27");
        for (keadaan, sampai) in [
            (Keadaan::Aktif, Some(day("2026-11-26"))),
            (Keadaan::Diperpanjang, None),
            (Keadaan::Diubah, None),
            (Keadaan::Dicabut, None),
            (Keadaan::Menunggu, None),
        ] {
            assert!(possible(keadaan, sampai, 0, today).is_empty(), "{keadaan:?}");
        }
    }

    #[test]
    fn renewal_opens_so_many_days_before_the_end() {
        let today = day("2026-11-27");
        assert!(!renews(None, 90, today));
        assert!(!renews(Some(day("2027-02-26")), 90, today));
        assert!(renews(Some(day("2027-02-25")), 90, today));
        assert!(renews(Some(day("2026-01-01")), 90, today));
    }

    proptest! {
        #[test]
        fn a_holder_is_reminded_once_of_each_step_and_of_none_after_the_end(buka in 0u32..400, start in -30i64..500) {
            let end = day("2028-06-01");
            let mut told = String::new();
            let mut all = Vec::new();
            let first = end.checked_sub(jiff::Span::new().days(start)).unwrap();
            for at in 0..540i32 {
                let today = first.checked_add(jiff::Span::new().days(at)).unwrap();
                if let Some(step) = due_step(end, buka, &told, today) {
                    prop_assert!(today <= end);
                    told = step.to_string();
                    all.push(step);
                }
            }
            let mut sorted = all.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.dedup();
            prop_assert_eq!(&all, &sorted, "falling, each once");
            if start >= 0 {
                prop_assert_eq!(all.last(), Some(&0), "on the day itself at last");
            } else {
                prop_assert!(all.is_empty());
            }
        }
    }
}
