//! The report of a period: how many answers are needed, which elements are lowest, and a profile in which nobody is found. Pure.

use std::collections::BTreeMap;

use praja_kernel::{Date, FieldProblem, words};

use super::rules::{Refusal, Sums, elements};

/// A group of fewer people is not shown.
const LEAST: i64 = 3;

words! {
    /// The part of a year that a report is about.
    pub(crate) enum Masa ("masa survei") {
        /// The whole year.
        Tahun => "tahun", "Setahun";
        /// January to June.
        Sm1 => "sm1", "Semester I";
        /// July to December.
        Sm2 => "sm2", "Semester II";
        /// January to March.
        Tw1 => "tw1", "Triwulan I";
        /// April to June.
        Tw2 => "tw2", "Triwulan II";
        /// July to September.
        Tw3 => "tw3", "Triwulan III";
        /// October to December.
        Tw4 => "tw4", "Triwulan IV";
    }
}

impl Masa {
    /// The quarters of a year, for a trend.
    pub(super) const QUARTERS: [Self; 4] = [Self::Tw1, Self::Tw2, Self::Tw3, Self::Tw4];

    /// First and last month.
    pub(super) const fn months(self) -> (u8, u8) {
        match self {
            Self::Tahun => (1, 12),
            Self::Sm1 => (1, 6),
            Self::Sm2 => (7, 12),
            Self::Tw1 => (1, 3),
            Self::Tw2 => (4, 6),
            Self::Tw3 => (7, 9),
            Self::Tw4 => (10, 12),
        }
    }

    /// As months are stored: `2026-01`, `2026-03`.
    pub(super) fn span(self, tahun: i16) -> (String, String) {
        let (from, to) = self.months();
        (format!("{tahun}-{from:02}"), format!("{tahun}-{to:02}"))
    }
}

/// How many of so many served people are to be asked (Krejcie and Morgan: confidence 95 %, error 5 %, P 0.5, chi square 3.841).
pub(crate) fn sampel(populasi: u64) -> u64 {
    // In whole numbers: 0,96025 N / (0,0025 (N - 1) + 0,96025), rounded half up.
    let wide = u128::from(populasi);
    if wide == 0 {
        return 0;
    }
    let (above, below) = (wide * 96_025, 250 * (wide - 1) + 96_025);
    u64::try_from((2 * above + below) / (2 * below)).unwrap_or(u64::MAX)
}

/// The elements that were answered, the lowest mean first; compared exactly, never by what rounding left.
pub(super) fn urutan(sums: &Sums) -> Vec<usize> {
    let mut all: Vec<usize> = (0..sums.unsur.len()).filter(|at| sums.unsur[*at].0 > 0).collect();
    all.sort_by(|a, b| {
        let ((count_a, sum_a), (count_b, sum_b)) = (sums.unsur[*a], sums.unsur[*b]);
        (i128::from(sum_a) * i128::from(count_b)).cmp(&(i128::from(sum_b) * i128::from(count_a))).then(a.cmp(b))
    });
    all
}

/// A profile in which nobody is found: groups of fewer than three are hidden, and where only one would be, the next smallest with it,
/// because the sum would tell the one. None is a hidden count.
pub(super) fn profil(answers: impl Iterator<Item = String>) -> Vec<(String, Option<i64>)> {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for answer in answers {
        *counts.entry(answer).or_default() += 1;
    }
    let mut all: Vec<(String, i64, bool)> = counts.into_iter().map(|(name, count)| (name, count, count < LEAST)).collect();
    if all.iter().filter(|(.., hidden)| *hidden).count() == 1
        && let Some(next) = all.iter_mut().filter(|(.., hidden)| !hidden).min_by_key(|(_, count, _)| *count)
    {
        next.2 = true;
    }
    all.into_iter().map(|(name, count, hidden)| (name, (!hidden).then_some(count))).collect()
}

/// May the results of so many people be published?
pub(super) const fn may_publish(responden: i64) -> bool {
    responden >= LEAST
}

/// What an OPD does about an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rencana {
    pub(super) unsur: String,
    pub(super) tindakan: String,
    pub(super) pemilik: String,
    pub(super) tenggat: Date,
}

/// A plan as typed; it is for one of the elements in `lowest`.
pub(super) fn check(
    typed: impl Fn(&str) -> String,
    tenggat: Option<Date>,
    today: Date,
    lowest: &[&str],
) -> Result<Rencana, Refusal> {
    let mut problems = Vec::new();
    let unsur = typed("unsur");
    if !lowest.contains(&unsur.as_str()) || !elements().iter().any(|one| one.kode == unsur) {
        problems.push(FieldProblem::new("unsur", "Pilih salah satu unsur terendah."));
    }
    let text = |name: &str| typed(name).split_whitespace().collect::<Vec<_>>().join(" ");
    let (tindakan, pemilik) = (text("tindakan"), text("pemilik"));
    if !(10..=500).contains(&tindakan.chars().count()) {
        problems.push(FieldProblem::new("tindakan", "Tulis apa yang dilakukan, 10 sampai 500 huruf."));
    }
    if !(3..=120).contains(&pemilik.chars().count()) {
        problems.push(FieldProblem::new("pemilik", "Tulis siapa yang bertanggung jawab, 3 sampai 120 huruf."));
    }
    match tenggat {
        None => problems.push(FieldProblem::new("tenggat", "Tulis tanggal selesainya.")),
        Some(day) if day < today => problems.push(FieldProblem::new("tenggat", "Tanggal ini sudah lewat.")),
        Some(_) => {}
    }
    match tenggat {
        Some(tenggat) if problems.is_empty() => Ok(Rencana { unsur, tindakan, pemilik, tenggat }),
        _ => Err(Refusal::Fields(problems)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::satisfaction::{index, rules::quality};

    #[test]
    fn the_sample_is_that_of_the_annex() {
        for (population, needed) in [(0, 0), (1, 1), (10, 10), (50, 44), (100, 80), (500, 217), (1000, 278), (10_000, 370)] {
            assert_eq!(sampel(population), needed, "{population}");
        }
    }

    #[test]
    fn nobody_is_found_in_a_profile() {
        let people = |groups: &[(&str, usize)]| -> Vec<String> {
            groups.iter().flat_map(|(name, count)| std::iter::repeat_n((*name).to_owned(), *count)).collect()
        };
        let shown =
            |groups: &[(&str, usize)]| profil(people(groups).into_iter()).into_iter().map(|(_, count)| count).collect::<Vec<_>>();
        assert_eq!(shown(&[("a", 5), ("b", 7)]), [Some(5), Some(7)]);
        assert_eq!(shown(&[("a", 2), ("b", 7), ("c", 4)]), [None, Some(7), None], "the sum would tell the one");
        assert_eq!(shown(&[("a", 2), ("b", 1), ("c", 4)]), [None, None, Some(4)]);
        assert!(!may_publish(2) && may_publish(3));
    }

    #[test]
    fn the_lowest_element_is_found_by_its_exact_mean() {
        let mut sums = Sums { responden: 3, unsur: vec![(3, 12); 9] };
        (sums.unsur[4], sums.unsur[7]) = ((1000, 3001), (1000, 3000));
        assert_eq!(urutan(&sums)[..2], [7, 4]);
        sums.unsur[7] = (0, 0);
        assert_eq!(urutan(&sums).len(), 8);
    }

    proptest! {
        #[test]
        fn more_people_never_need_fewer_answers_and_nobody_is_asked_twice(people in 0_u64..2_000_000) {
            prop_assert!(sampel(people + 1) >= sampel(people));
            prop_assert!(sampel(people) <= people && sampel(people) <= 384);
        }

        #[test]
        fn the_index_lies_within_25_and_100_and_the_order_of_answers_does_not_matter(
            mut answers in proptest::collection::vec(proptest::array::uniform9(1_i64..=4), 1..60), turn in 0_usize..60
        ) {
            let sums = |answers: &[[i64; 9]]| {
                let mut sums = Sums { responden: i64::try_from(answers.len()).unwrap(), unsur: vec![(0, 0); 9] };
                for answer in answers {
                    for (at, value) in answer.iter().enumerate() {
                        sums.unsur[at] = (sums.unsur[at].0 + 1, sums.unsur[at].1 + value);
                    }
                }
                sums
            };
            let before = index(&sums(&answers)).unwrap();
            let turns = turn % answers.len();
            answers.rotate_left(turns);
            let after = index(&sums(&answers)).unwrap();
            prop_assert_eq!(&before, &after);
            prop_assert!((2500..=10_000).contains(&before.ikm_e2));
            // Rounded once: the exact index is within half a hundredth of what is shown.
            let total: i128 = answers.iter().flatten().map(|value| i128::from(*value)).sum();
            let people = i128::try_from(answers.len()).unwrap();
            let distance = (total * 2500 - i128::from(before.ikm_e2) * people * 9).abs();
            prop_assert!(2 * distance <= people * 9);
            prop_assert_eq!(quality(before.ikm_e2).unwrap(), &before.mutu);
        }
    }
}
