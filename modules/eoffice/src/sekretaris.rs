//! The aide of a leader (sekretaris pimpinan): sees the leader's letters and writes down what the leader directs.

pub(crate) mod hak;
pub(crate) mod store;

use praja_kernel::{Date, Id, Sifat};

/// An aide's post at a leader's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sekretaris {
    pub(crate) id: Id,
    /// The leader's post.
    pub(crate) pimpinan: Id,
    /// The aide's post.
    pub(crate) sekretaris: Id,
    /// The leader's OPD.
    pub(crate) opd: Id,
    /// What the aide writes down leaves at once and is confirmed afterwards.
    pub(crate) langsung: bool,
    /// May open letters of Rahasia.
    pub(crate) rahasia: bool,
    pub(crate) mulai: Date,
    pub(crate) sampai: Option<Date>,
    pub(crate) versi: i64,
}

impl Sekretaris {
    /// Does it count on this day? The last day still counts.
    pub(crate) fn is_valid_on(&self, day: Date) -> bool {
        self.mulai <= day && self.sampai.is_none_or(|last| day <= last)
    }

    /// May the aide see what is in a letter of this class? Never of Sangat rahasia.
    pub(crate) fn may_see(&self, sifat: Sifat) -> bool {
        match sifat {
            Sifat::Biasa | Sifat::Terbatas => true,
            Sifat::Rahasia => self.rahasia,
            Sifat::SangatRahasia => false,
        }
    }

    /// The highest class that the aide may see, and so the highest of what the aide may write down.
    pub(crate) fn highest(&self) -> Sifat {
        if self.rahasia { Sifat::Rahasia } else { Sifat::Terbatas }
    }
}

#[test]
fn an_aide_never_sees_what_is_top_secret_and_secret_letters_only_when_named_for_them() {
    let id = |number: u8| Id::v7(1, [number; 10]);
    let day = |text: &str| text.parse::<Date>().unwrap();
    let plain = Sekretaris {
        id: id(1),
        pimpinan: id(2),
        sekretaris: id(3),
        opd: id(4),
        langsung: false,
        rahasia: false,
        mulai: day("2026-01-01"),
        sampai: Some(day("2026-11-30")),
        versi: 1,
    };
    let named = Sekretaris { rahasia: true, ..plain.clone() };
    let sees = |one: &Sekretaris| Sifat::ALL.iter().map(|sifat| one.may_see(*sifat)).collect::<Vec<_>>();
    assert_eq!(sees(&plain), [true, true, false, false]);
    assert_eq!(sees(&named), [true, true, true, false]);
    assert!(
        plain.is_valid_on(day("2026-11-30")) && !plain.is_valid_on(day("2026-12-01")) && !plain.is_valid_on(day("2025-12-31"))
    );
}
