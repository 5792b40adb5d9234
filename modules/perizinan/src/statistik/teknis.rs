//! How a technical OPD kept the days it was given. Pure.

use praja_kernel::Date;

use super::angka::{Sebaran, per_seribu};

/// One request to an OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Permintaan {
    /// Working days it was given.
    pub(super) jatah: i64,
    /// Working days it took; none while it has not answered.
    pub(super) pakai: Option<i64>,
    /// The day on which it was asked.
    pub(super) diminta: Date,
    /// Does the application still lie with the OPD?
    pub(super) menunggu: bool,
    /// Is the answer still needed? Where it is not, the application went on without it, because silence granted it.
    pub(super) perlu: bool,
}

/// The requests to an OPD together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Waktu {
    pub(super) diminta: i64,
    pub(super) dijawab: i64,
    /// Without an answer, and past the days given.
    pub(super) dilewatkan: i64,
    pub(super) tepat: i64,
    /// Days of what was answered.
    pub(super) hari: Sebaran,
    /// Days that were given.
    pub(super) jatah: Sebaran,
}

impl Waktu {
    /// One more request; `berjalan` are the working days since it was made. What was withdrawn or stopped before the OPD answered says
    /// nothing about the OPD.
    pub(super) fn add(&mut self, one: &Permintaan, berjalan: i64) {
        self.diminta += 1;
        self.jatah.add(one.jatah);
        match one.pakai {
            Some(hari) => {
                self.dijawab += 1;
                self.tepat += i64::from(hari <= one.jatah);
                self.hari.add(hari);
            }
            None => self.dilewatkan += i64::from(!one.perlu || (one.menunggu && berjalan > one.jatah)),
        }
    }

    /// Answered within the days given, of what was answered or should have been, in tenths of a percent: an OPD that never answers is not
    /// on time.
    pub(super) fn tepat_waktu(&self) -> Option<i64> {
        per_seribu(self.tepat, self.dijawab + self.dilewatkan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pakai: Option<i64>, menunggu: bool, perlu: bool) -> Permintaan {
        Permintaan { jatah: 2, pakai, diminta: "2026-11-02".parse().unwrap(), menunggu, perlu }
    }

    fn of(all: &[(Permintaan, i64)]) -> Waktu {
        let mut sum = Waktu::default();
        all.iter().for_each(|(one, berjalan)| sum.add(one, *berjalan));
        sum
    }

    #[test]
    fn an_answer_is_on_time_on_the_last_day_given_and_late_on_the_next() {
        let sum = of(&[(asked(Some(2), false, false), 9), (asked(Some(3), false, false), 9)]);
        assert_eq!((sum.diminta, sum.dijawab, sum.tepat, sum.dilewatkan), (2, 2, 1, 0));
        assert_eq!((sum.hari.median(), sum.jatah.median(), sum.tepat_waktu()), (Some(2), Some(2), Some(500)));
    }

    #[test]
    fn an_opd_that_never_answers_is_not_on_time() {
        let silent = of(&[(asked(None, true, true), 3), (asked(None, false, false), 9)]);
        assert_eq!((silent.dilewatkan, silent.tepat_waktu(), silent.hari.median()), (2, Some(0), None));
    }

    #[test]
    fn what_waits_within_its_days_or_was_withdrawn_says_nothing_yet() {
        let sum = of(&[(asked(None, true, true), 2), (asked(None, false, true), 30)]);
        assert_eq!((sum.diminta, sum.dilewatkan, sum.tepat_waktu()), (2, 0, None));
    }
}
