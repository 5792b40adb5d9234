//! Which figures are not shown: none of fewer than three people, and none from which such a one can be worked out. Pure.
//!
//! Figures hang together: a total is the sum of its parts (services, months, quarters, reasons). A figure of fewer than three people is hidden
//! first. Then every sum in which a hidden figure stands must hide another one of at least three people, else the hidden one is the total minus
//! the rest; where no other is left, the total is hidden. Last, all sums together are solved as a set of equations: what could still be worked
//! out from several of them hides one more figure.

use std::collections::{BTreeMap, HashMap};

use super::angka::PALING_SEDIKIT;

/// A figure: how many, and of how many people as far as that matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sel {
    /// How many.
    pub(crate) jumlah: i64,
    /// The first different people, at most three.
    orang: [Option<u64>; PALING_SEDIKIT],
}

impl Sel {
    /// One more, of this person.
    pub(crate) fn add(&mut self, orang: u64) {
        self.jumlah += 1;
        if !self.orang.contains(&Some(orang))
            && let Some(free) = self.orang.iter_mut().find(|place| place.is_none())
        {
            *free = Some(orang);
        }
    }

    /// Is it of somebody, and of fewer than three?
    pub(crate) fn is_few(&self) -> bool {
        self.jumlah > 0 && self.orang.contains(&None)
    }
}

/// A total and its parts, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jumlahan {
    pub(crate) total: usize,
    pub(crate) bagian: Vec<usize>,
}

/// Which figures are hidden.
pub(crate) fn hide(sel: &[Sel], sums: &[Jumlahan]) -> Vec<bool> {
    let mut hidden: Vec<bool> = sel.iter().map(Sel::is_few).collect();
    // What is nothing is known to be nothing and hides nobody.
    let sums: Vec<Jumlahan> = sums
        .iter()
        .filter(|one| sel[one.total].jumlah > 0)
        .map(|one| Jumlahan { total: one.total, bagian: one.bagian.iter().copied().filter(|at| sel[*at].jumlah > 0).collect() })
        .collect();
    loop {
        // What is hidden for one sum may leave another open: once more until nothing changes.
        while sums.iter().filter(|one| guard(sel, &mut hidden, one)).count() > 0 {}
        let found: Vec<usize> = solvable(&hidden, &sums).into_iter().filter(|at| sel[*at].is_few()).collect();
        let Some(at) = found.into_iter().find(|at| hide_near(sel, &mut hidden, &sums, *at)) else { return hidden };
        debug_assert!(hidden[at]);
    }
}

/// The visible part of fewest, which costs readers least.
fn smallest(sel: &[Sel], hidden: &[bool], parts: &[usize]) -> Option<usize> {
    parts.iter().copied().filter(|at| !hidden[*at]).min_by_key(|at| (sel[*at].jumlah, *at))
}

/// Sees to one sum; says whether something was hidden.
fn guard(sel: &[Sel], hidden: &mut [bool], one: &Jumlahan) -> bool {
    let parts: Vec<usize> = one.bagian.iter().copied().filter(|at| hidden[*at]).collect();
    let enough = if hidden[one.total] {
        !parts.is_empty()
    } else {
        parts.is_empty() || (parts.len() > 1 && parts.iter().any(|at| !sel[*at].is_few()))
    };
    if enough {
        return false;
    }
    let next = smallest(sel, hidden, &one.bagian).or((!hidden[one.total]).then_some(one.total));
    if let Some(at) = next {
        hidden[at] = true;
    }
    next.is_some()
}

/// Hides something in a sum in which this figure stands; `false` when everything there is hidden already.
fn hide_near(sel: &[Sel], hidden: &mut [bool], sums: &[Jumlahan], at: usize) -> bool {
    for one in sums.iter().filter(|one| one.total == at || one.bagian.contains(&at)) {
        if let Some(next) = smallest(sel, hidden, &one.bagian).or((!hidden[one.total]).then_some(one.total)) {
            hidden[next] = true;
            return true;
        }
    }
    false
}

/// A prime: sums are solved by counting modulo it, without fractions.
const PRIMA: u64 = 2_147_483_647;

fn inverse(of: u64) -> u64 {
    let (mut base, mut power, mut out) = (of % PRIMA, PRIMA - 2, 1);
    while power > 0 {
        if power & 1 == 1 {
            out = out * base % PRIMA;
        }
        base = base * base % PRIMA;
        power >>= 1;
    }
    out
}

type Baris = BTreeMap<usize, u64>;

/// Takes `times` the other row away.
fn subtract(row: &mut Baris, other: &Baris, times: u64) {
    for (column, value) in other {
        let new = (row.get(column).copied().unwrap_or(0) + (PRIMA - times) * value) % PRIMA;
        if new == 0 {
            row.remove(column);
        } else {
            row.insert(*column, new);
        }
    }
}

/// The hidden figures that whoever reads the shown ones can work out: each that an equation of its own is left for.
pub(crate) fn solvable(hidden: &[bool], sums: &[Jumlahan]) -> Vec<usize> {
    // Rows by their first column, each free of the first columns of all others.
    let mut solved: HashMap<usize, Baris> = HashMap::new();
    for one in sums {
        let mut row: Baris = one.bagian.iter().filter(|at| hidden[**at]).map(|at| (*at, 1)).collect();
        if hidden[one.total] {
            row.insert(one.total, PRIMA - 1);
        }
        let known: Vec<(usize, u64)> =
            row.iter().filter(|(column, _)| solved.contains_key(column)).map(|(column, value)| (*column, *value)).collect();
        for (column, value) in known {
            subtract(&mut row, &solved[&column], value);
        }
        let Some((first, value)) = row.iter().next().map(|(column, value)| (*column, *value)) else { continue };
        let times = inverse(value);
        row.values_mut().for_each(|value| *value = *value * times % PRIMA);
        for other in solved.values_mut() {
            if let Some(value) = other.get(&first).copied() {
                subtract(other, &row, value);
            }
        }
        solved.insert(first, row);
    }
    solved.into_values().filter(|row| row.len() == 1).filter_map(|row| row.into_keys().next()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sel(count: i64) -> Sel {
        let mut one = Sel::default();
        (0..count).for_each(|person| one.add(u64::try_from(person).unwrap()));
        one
    }

    fn all(counts: &[i64]) -> Vec<Sel> {
        counts.iter().map(|count| sel(*count)).collect()
    }

    /// The first is the total of the others.
    fn one_sum(len: usize) -> Vec<Jumlahan> {
        vec![Jumlahan { total: 0, bagian: (1..len).collect() }]
    }

    #[test]
    fn three_applications_of_one_person_are_a_figure_of_one_person() {
        let mut one = Sel::default();
        (0..3).for_each(|_| one.add(7));
        assert!(one.is_few());
        one.add(8);
        one.add(9);
        assert!(!one.is_few() && one.jumlah == 5);
    }

    #[test]
    fn figures_of_three_people_and_of_nobody_are_shown() {
        assert_eq!(hide(&all(&[12, 3, 0, 9]), &one_sum(4)), [false; 4]);
        assert_eq!(hide(&all(&[0, 0, 0]), &one_sum(3)), [false; 3]);
    }

    #[test]
    fn beside_one_hidden_part_the_smallest_other_is_hidden_so_that_no_total_gives_it_away() {
        assert_eq!(hide(&all(&[21, 2, 9, 10]), &one_sum(4)), [false, true, true, false]);
    }

    #[test]
    fn two_hidden_parts_of_few_hide_a_third_of_more_because_who_knows_the_limit_guesses_both() {
        assert_eq!(hide(&all(&[14, 2, 2, 10]), &one_sum(4)), [false, true, true, true]);
    }

    #[test]
    fn where_no_other_part_is_left_the_total_is_hidden() {
        assert_eq!(hide(&all(&[2, 2, 0]), &one_sum(3)), [true, true, false]);
        assert_eq!(hide(&all(&[4, 2, 2]), &one_sum(3)), [true, true, true]);
    }

    #[test]
    fn a_hidden_total_is_not_the_sum_of_parts_that_are_all_shown() {
        let mut cells = all(&[9, 4, 5]);
        cells[0] = Sel { jumlah: 9, ..sel(2) };
        assert_eq!(hide(&cells, &one_sum(3)), [true, true, false]);
    }

    #[test]
    fn what_two_totals_together_give_away_is_hidden_too() {
        // Two rows and two columns with totals: hiding one corner alone would be undone by any of its totals.
        let cells = all(&[2, 8, 10, 9, 7, 16, 11, 15, 26]);
        let sums: Vec<Jumlahan> = [(2, [0, 1]), (5, [3, 4]), (8, [6, 7]), (6, [0, 3]), (7, [1, 4]), (8, [2, 5])]
            .map(|(total, bagian)| Jumlahan { total, bagian: bagian.to_vec() })
            .to_vec();
        let hidden = hide(&cells, &sums);
        assert!(hidden[0] && hidden.iter().filter(|one| **one).count() >= 4, "{hidden:?}");
        assert!(!solvable(&hidden, &sums).contains(&0));
    }

    #[test]
    fn equations_find_what_no_single_total_tells() {
        // x + y, y + z and x + z are known: so is each of them.
        let sums: Vec<Jumlahan> =
            [(3, [0, 1]), (4, [1, 2]), (5, [0, 2])].map(|(total, bagian)| Jumlahan { total, bagian: bagian.to_vec() }).to_vec();
        let mut found = solvable(&[true, true, true, false, false, false], &sums);
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2]);
    }

    /// Services by months with both totals, some of them small.
    fn table(rows: usize, columns: usize, counts: &[i64]) -> (Vec<Sel>, Vec<Jumlahan>) {
        let wide = columns + 1;
        let mut cells = vec![Sel::default(); (rows + 1) * wide];
        let mut person = 0;
        for row in 0..rows {
            for column in 0..columns {
                for _ in 0..counts[row * columns + column] {
                    person += 1;
                    for at in [row * wide + column, row * wide + columns, rows * wide + column, rows * wide + columns] {
                        cells[at].add(person);
                    }
                }
            }
        }
        let mut sums: Vec<Jumlahan> = (0..=rows)
            .map(|row| Jumlahan { total: row * wide + columns, bagian: (0..columns).map(|column| row * wide + column).collect() })
            .collect();
        sums.extend(
            (0..=columns).map(|column| Jumlahan {
                total: rows * wide + column,
                bagian: (0..rows).map(|row| row * wide + column).collect(),
            }),
        );
        (cells, sums)
    }

    proptest! {
        #[test]
        fn no_figure_of_fewer_than_three_people_is_shown_or_can_be_worked_out(
            counts in proptest::collection::vec(0_i64..9, 24)
        ) {
            let (cells, sums) = table(4, 6, &counts);
            let hidden = hide(&cells, &sums);
            for (at, cell) in cells.iter().enumerate() {
                prop_assert!(!cell.is_few() || hidden[at]);
            }
            for at in solvable(&hidden, &sums) {
                prop_assert!(!cells[at].is_few(), "{at} of {counts:?}");
            }
        }

        #[test]
        fn where_everybody_is_many_nothing_is_hidden(counts in proptest::collection::vec(3_i64..9, 24)) {
            let (cells, sums) = table(4, 6, &counts);
            prop_assert!(hide(&cells, &sums).iter().all(|one| !one));
        }
    }
}
