//! Months, quarters and years as statistics name them: "2026-11", "2026-T4", "2026". Pure.

use praja_kernel::{Date, nama_bulan};

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Periode {
    /// A year.
    Tahun(i16),
    /// A quarter, from 1.
    Triwulan(i16, i8),
    /// A month, from 1.
    Bulan(i16, i8),
}

/// Periods of a year: itself, its quarters, its months.
pub(crate) const DALAM_TAHUN: usize = 17;

impl Periode {
    /// The month of a day.
    pub(crate) fn bulan(day: Date) -> Self {
        Self::Bulan(day.year(), day.month())
    }

    /// Its year.
    pub(crate) const fn tahun(self) -> i16 {
        match self {
            Self::Tahun(tahun) | Self::Triwulan(tahun, _) | Self::Bulan(tahun, _) => tahun,
        }
    }

    /// Every period of a year, in the order of their places.
    pub(crate) fn of_year(tahun: i16) -> impl Iterator<Item = Self> {
        std::iter::once(Self::Tahun(tahun))
            .chain((1..=4).map(move |one| Self::Triwulan(tahun, one)))
            .chain((1..=12).map(move |one| Self::Bulan(tahun, one)))
    }

    /// The periods to which a month belongs, by their places: its year, its quarter, itself.
    pub(crate) fn places(bulan: i8) -> [usize; 3] {
        let month = usize::try_from(bulan.clamp(1, 12)).unwrap_or(1);
        [0, 1 + (month - 1) / 3, 4 + month]
    }

    /// First and last day.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        let (first, last) = match self {
            Self::Tahun(_) => (1, 12),
            Self::Triwulan(_, one) => (one * 3 - 2, one * 3),
            Self::Bulan(_, one) => (one, one),
        };
        Some((Date::new(self.tahun(), first, 1).ok()?, Date::new(self.tahun(), last, 1).ok()?.last_of_month()))
    }

    /// As in "November 2026", "triwulan 4 tahun 2026", "tahun 2026".
    pub(crate) fn label(self) -> String {
        match self {
            Self::Tahun(tahun) => format!("Tahun {tahun}"),
            Self::Triwulan(tahun, one) => format!("Triwulan {one} tahun {tahun}"),
            Self::Bulan(tahun, one) => format!("{} {tahun}", nama_bulan(one)),
        }
    }
}

impl std::fmt::Display for Periode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tahun(tahun) => write!(f, "{tahun:04}"),
            Self::Triwulan(tahun, one) => write!(f, "{tahun:04}-T{one}"),
            Self::Bulan(tahun, one) => write!(f, "{tahun:04}-{one:02}"),
        }
    }
}

impl std::str::FromStr for Periode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let year = |text: &str| text.parse::<i16>().ok().filter(|year| text.len() == 4 && (1900..=9998).contains(year)).ok_or(());
        match text.split_once('-') {
            None => year(text).map(Self::Tahun),
            Some((tahun, rest)) => {
                let (tahun, quarter) = (year(tahun)?, rest.strip_prefix('T'));
                let number = quarter.unwrap_or(rest);
                let digits = number.bytes().all(|byte| byte.is_ascii_digit());
                let one: i8 =
                    number.parse().ok().filter(|_| digits && number.len() == 2 - usize::from(quarter.is_some())).ok_or(())?;
                match quarter {
                    Some(_) if (1..=4).contains(&one) => Ok(Self::Triwulan(tahun, one)),
                    None if (1..=12).contains(&one) => Ok(Self::Bulan(tahun, one)),
                    _ => Err(()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_period_of_a_year_is_read_as_it_is_written_and_stands_in_its_place() {
        for (at, one) in Periode::of_year(2026).enumerate() {
            assert_eq!(one.to_string().parse(), Ok(one));
            if let Periode::Bulan(_, month) = one {
                assert_eq!(Periode::places(month)[2], at);
            }
        }
        assert_eq!(Periode::of_year(2026).count(), DALAM_TAHUN);
        assert_eq!(Periode::places(12), [0, 4, 16]);
    }

    #[test]
    fn what_names_no_period_is_refused() {
        for text in
            ["", "26", "2026-", "2026-13", "2026-00", "2026-T5", "2026-T0", "2026-T04", "2026-1", "x2026", "2026-+1", "99999"]
        {
            assert_eq!(text.parse::<Periode>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_quarter_ends_with_its_third_month() {
        let days = Periode::Triwulan(2028, 1).days().unwrap();
        assert_eq!((days.0.to_string().as_str(), days.1.to_string().as_str()), ("2028-01-01", "2028-03-31"));
    }
}
