//! Roles that are given for a time: until which day, on which letter. Pure.

use jiff::Span;
use praja_kernel::Date;

use super::aturan::{Refusal, Target};

/// Days a role of [`is_timed`] may be given for, where the regency set nothing else.
pub(crate) const MOST_DAYS: i64 = 90;

/// A role that is given for a time only, whoever gives it: that of auditors from outside.
pub fn is_timed(peran: &str) -> bool {
    peran.ends_with(".pemeriksa-luar")
}

/// For how long a role is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Jangka {
    /// The last day on which it counts; without end when absent.
    pub sampai: Option<Date>,
    /// The letter it stands on.
    pub dasar: Option<String>,
}

/// May the role be given so? `most` is the most days that a role for auditors may last.
///
/// # Errors
/// The first [`Refusal`] of each field.
pub fn check(peran: &str, target: Target, jangka: &Jangka, today: Date, most: i64) -> Result<(), Vec<Refusal>> {
    let mut wrong = Vec::new();
    let timed = is_timed(peran);
    if timed && matches!(target, Target::Jabatan(_)) {
        wrong.push(Refusal::OnlyToPerson);
    }
    match jangka.sampai {
        None if timed => wrong.push(Refusal::EndMissing),
        Some(day) if day < today => wrong.push(Refusal::EndPast),
        Some(day) if timed && today.checked_add(Span::new().days(most)).is_ok_and(|last| day > last) => {
            wrong.push(Refusal::EndLate { most });
        }
        _ => {}
    }
    let letters = jangka.dasar.as_deref().map_or(0, |dasar| dasar.chars().count());
    if timed && !(5..=120).contains(&letters) || letters > 120 {
        wrong.push(Refusal::BasisMissing);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use praja_kernel::Id;

    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 27);
    const LUAR: &str = "perizinan.pemeriksa-luar";

    fn orang() -> Target {
        Target::Orang(Id::v7(1, [0; 10]), None)
    }

    fn until(day: &str) -> Jangka {
        Jangka { sampai: Some(day.parse().unwrap()), dasar: Some("ST-12/BPK/2026".into()) }
    }

    #[test]
    fn an_auditor_from_outside_has_the_role_until_a_day_on_a_letter_and_no_longer_than_the_regency_allows() {
        assert_eq!(check(LUAR, orang(), &until("2026-12-31"), TODAY, 90), Ok(()));
        assert_eq!(check(LUAR, orang(), &until("2027-02-25"), TODAY, 90), Ok(()));
        let cases = [
            (Jangka::default(), vec![Refusal::EndMissing, Refusal::BasisMissing]),
            (Jangka { dasar: Some("x".into()), ..until("2026-12-31") }, vec![Refusal::BasisMissing]),
            (until("2026-11-26"), vec![Refusal::EndPast]),
            (until("2027-02-26"), vec![Refusal::EndLate { most: 90 }]),
        ];
        for (jangka, wrong) in cases {
            assert_eq!(check(LUAR, orang(), &jangka, TODAY, 90), Err(wrong), "{jangka:?}");
        }
        // A post has the role for as long as there is a post.
        let post = Target::Jabatan(Id::v7(1, [0; 10]));
        assert_eq!(check(LUAR, post, &until("2026-12-31"), TODAY, 90), Err(vec![Refusal::OnlyToPerson]));
    }

    #[test]
    fn any_other_role_may_have_an_end_and_needs_none() {
        assert_eq!(check("perizinan.pengawas", orang(), &Jangka::default(), TODAY, 90), Ok(()));
        assert_eq!(check("perizinan.pengawas", orang(), &until("2028-01-01"), TODAY, 90), Ok(()));
        assert_eq!(check("perizinan.pengawas", orang(), &until("2026-11-01"), TODAY, 90), Err(vec![Refusal::EndPast]));
    }
}
