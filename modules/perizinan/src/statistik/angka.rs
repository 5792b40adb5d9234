//! Median, nearest rank and share, each exact. Pure.

/// Persons below this number are never shown as a figure of their own (domain of public statistics).
pub(crate) const PALING_SEDIKIT: usize = 3;

/// Days up to and with which an application falls into each class of the distribution; what took longer falls into the last.
pub(crate) const KELAS: [i64; 7] = [1, 3, 5, 7, 10, 14, 20];

/// How often each number of working days was used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sebaran(std::collections::BTreeMap<i64, i64>);

impl Sebaran {
    /// One more that took so many days.
    pub(crate) fn add(&mut self, hari: i64) {
        self.add_many(hari, 1);
    }

    /// So many more.
    pub(crate) fn add_many(&mut self, hari: i64, count: i64) {
        *self.0.entry(hari.max(0)).or_default() += count.max(0);
    }

    /// How many there are.
    pub(crate) fn count(&self) -> i64 {
        self.0.values().sum()
    }

    /// Number of days and how often, from the shortest.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().map(|(hari, count)| (*hari, *count))
    }

    /// The percentile by nearest rank: the smallest value that at least `percent` of a hundred do not exceed. It is always the days of an
    /// application that was there, never a mean of two. None of nothing.
    pub(crate) fn rank(&self, percent: i64) -> Option<i64> {
        // Rank = ceil(percent * n / 100), at least 1.
        let rank = (percent.clamp(0, 100) * self.count() + 99) / 100;
        let mut seen = 0;
        self.iter().find_map(|(hari, count)| {
            seen += count;
            (seen >= rank.max(1)).then_some(hari)
        })
    }

    /// Half of them took no longer.
    pub(crate) fn median(&self) -> Option<i64> {
        self.rank(50)
    }

    /// Nine of ten took no longer.
    pub(crate) fn p90(&self) -> Option<i64> {
        self.rank(90)
    }
}

/// The class of a number of days, counted from 0.
pub(crate) fn kelas(hari: i64) -> usize {
    KELAS.iter().position(|last| hari <= *last).unwrap_or(KELAS.len())
}

/// The class in words.
pub(crate) fn kelas_label(at: usize) -> String {
    match (at.checked_sub(1).and_then(|before| KELAS.get(before)), KELAS.get(at)) {
        (None, Some(last)) => format!("0 sampai {last} hari"),
        (Some(before), Some(last)) => format!("{} sampai {last} hari", before + 1),
        (before, None) => format!("lebih dari {} hari", before.copied().unwrap_or_default()),
    }
}

/// A share in tenths of a percent, halves up. None of nothing.
pub(crate) fn per_seribu(bagian: i64, semua: i64) -> Option<i64> {
    (semua > 0).then(|| (bagian * 2000 + semua) / (semua * 2))
}

/// "94,7%".
pub(crate) fn persen(per_seribu: i64) -> String {
    format!("{},{}%", per_seribu / 10, per_seribu % 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(days: &[i64]) -> Sebaran {
        let mut all = Sebaran::default();
        days.iter().for_each(|hari| all.add(*hari));
        all
    }

    #[test]
    fn the_median_of_an_even_number_is_the_lower_middle_and_of_nothing_there_is_none() {
        for (days, median, p90) in [
            (&[][..], None, None),
            (&[4], Some(4), Some(4)),
            (&[1, 9], Some(1), Some(9)),
            (&[3, 1, 2], Some(2), Some(3)),
            (&[1, 2, 3, 4], Some(2), Some(4)),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Some(5), Some(9)),
            (&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], Some(6), Some(10)),
            (&[0, 0, 0, 0, 0, 0, 0, 0, 0, 30], Some(0), Some(0)),
        ] {
            assert_eq!((of(days).median(), of(days).p90()), (median, p90), "{days:?}");
        }
    }

    #[test]
    fn shares_are_rounded_once_with_halves_up() {
        for (part, all, said) in
            [(0, 7, "0,0%"), (7, 7, "100,0%"), (1, 3, "33,3%"), (2, 3, "66,7%"), (1, 16, "6,3%"), (1, 2000, "0,1%")]
        {
            assert_eq!(per_seribu(part, all).map(persen).as_deref(), Some(said), "{part}/{all}");
        }
        assert_eq!(per_seribu(0, 0), None);
    }

    #[test]
    fn every_number_of_days_falls_into_one_class_and_its_words_say_so() {
        assert_eq!((kelas(0), kelas(1), kelas(2), kelas(20), kelas(21), kelas(400)), (0, 0, 1, 6, 7, 7));
        assert_eq!(kelas_label(0), "0 sampai 1 hari");
        assert_eq!(kelas_label(1), "2 sampai 3 hari");
        assert_eq!(kelas_label(7), "lebih dari 20 hari");
    }

    proptest! {
        #[test]
        fn at_least_so_many_of_a_hundred_took_no_longer_than_the_rank_says_and_fewer_took_less(
            days in proptest::collection::vec(0_i64..60, 1..200), percent in 1_i64..=100
        ) {
            let value = of(&days).rank(percent).unwrap();
            let (all, within) = (days.len() as i64, days.iter().filter(|one| **one <= value).count() as i64);
            let below = days.iter().filter(|one| **one < value).count() as i64;
            prop_assert!(within * 100 >= percent * all);
            prop_assert!(below * 100 < percent * all);
            prop_assert!(days.contains(&value));
        }

        #[test]
        fn the_median_is_never_above_the_ninetieth(days in proptest::collection::vec(0_i64..60, 1..80)) {
            prop_assert!(of(&days).median() <= of(&days).p90());
        }
    }
}
