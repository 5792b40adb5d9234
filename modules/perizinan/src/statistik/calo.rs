//! Who applies for many: the same telephone, mail address or account on applications of different people within some days. Pure; the list says
//! where to look, never that somebody did wrong.

use std::collections::{BTreeMap, BTreeSet};

use praja_kernel::{Id, Moment, words};

words! {
    /// What applications have in common.
    pub(crate) enum Tanda ("tanda perantara") {
        /// A telephone number.
        Telepon => "telepon", "Nomor telepon";
        /// A mail address.
        Surel => "surel", "Alamat surel";
        /// The account that filed them.
        Akun => "akun", "Akun warga";
        /// The proxy who filed them.
        Kuasa => "kuasa", "Penerima kuasa";
    }
}

words! {
    /// What the inspectorate found.
    pub(crate) enum Tinjauan ("hasil tinjauan") {
        /// Nobody has looked yet.
        Baru => "baru", "Belum ditinjau";
        /// A family, a school, a firm with many people: nothing to it.
        Wajar => "wajar", "Wajar";
        /// It is followed up.
        Lanjut => "ditindaklanjuti", "Ditindaklanjuti";
    }
}

/// How many people within how many days are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Batas {
    pub(crate) orang: i64,
    pub(crate) hari: i64,
}

/// What may be set for people.
pub(crate) const ORANG: std::ops::RangeInclusive<i64> = 2..=100;
/// What may be set for days.
pub(crate) const HARI: std::ops::RangeInclusive<i64> = 1..=366;

impl Default for Batas {
    /// Five people in thirty days (domain of corruption risks).
    fn default() -> Self {
        Self { orang: 5, hari: 30 }
    }
}

/// An application as it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ajuan {
    pub(crate) id: Id,
    pub(crate) pada: Moment,
    pub(crate) nik: String,
    pub(crate) telepon: String,
    pub(crate) email: String,
    pub(crate) akun: Option<Id>,
    pub(crate) kuasa_nik: String,
}

/// Applications of many people that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Temuan {
    pub(crate) tanda: Tanda,
    pub(crate) nilai: String,
    pub(crate) orang: i64,
    pub(crate) berkas: Vec<Id>,
    pub(crate) dari: Moment,
    pub(crate) sampai: Moment,
}

/// A number as it is compared: digits alone, without the country.
pub(crate) fn telepon(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let local = digits.strip_prefix("62").or_else(|| digits.strip_prefix('0')).unwrap_or(&digits).trim_start_matches('0');
    if local.len() < 6 { String::new() } else { format!("0{local}") }
}

/// What an application shows.
fn signs(one: &Ajuan) -> Vec<(Tanda, String)> {
    let mut all = vec![
        (Tanda::Telepon, telepon(&one.telepon)),
        (Tanda::Surel, one.email.trim().to_lowercase()),
        (Tanda::Akun, one.akun.map(|id| id.to_string()).unwrap_or_default()),
        (Tanda::Kuasa, one.kuasa_nik.clone()),
    ];
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// What is to be looked at among applications of the last days. `since` says from when on a sign counts: one that was looked at counts anew
/// only with what came later.
pub(crate) fn find(all: &[Ajuan], batas: Batas, since: impl Fn(Tanda, &str) -> Option<Moment>) -> Vec<Temuan> {
    let mut groups: BTreeMap<(&'static str, String), Vec<&Ajuan>> = BTreeMap::new();
    for one in all {
        for (tanda, value) in signs(one) {
            groups.entry((tanda.as_str(), value)).or_default().push(one);
        }
    }
    let mut found = Vec::new();
    for ((tanda, nilai), group) in groups {
        let Ok(tanda) = Tanda::parse(tanda) else { continue };
        let from = since(tanda, &nilai);
        let group: Vec<&Ajuan> = group.into_iter().filter(|one| from.is_none_or(|from| one.pada > from)).collect();
        let people: BTreeSet<&str> = group.iter().map(|one| one.nik.as_str()).collect();
        let orang = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let moments = group.iter().map(|one| one.pada);
        if let (Some(dari), Some(sampai)) = (moments.clone().min(), moments.max())
            && orang >= batas.orang
        {
            found.push(Temuan { tanda, nilai, orang, berkas: group.iter().map(|one| one.id).collect(), dari, sampai });
        }
    }
    found
}

/// The sign as it is shown: enough to tell one from another.
pub(crate) fn masked(tanda: Tanda, nilai: &str) -> String {
    match tanda {
        Tanda::Telepon => {
            let (all, len) = (nilai.chars().collect::<Vec<_>>(), nilai.chars().count());
            if len < 8 {
                return "****".to_owned();
            }
            format!("{}****{}", all[..4].iter().collect::<String>(), all[len - 3..].iter().collect::<String>())
        }
        Tanda::Surel => match nilai.split_once('@') {
            Some((name, host)) => format!("{}***@{host}", name.chars().next().map(String::from).unwrap_or_default()),
            None => "***".to_owned(),
        },
        Tanda::Akun => format!("akun …{}", nilai.get(nilai.len().saturating_sub(6)..).unwrap_or_default()),
        Tanda::Kuasa => crate::nik::samar(nilai),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(number: u32, nik: u32, telepon: &str, email: &str) -> Ajuan {
        Ajuan {
            id: format!("0192a7b0-0000-7000-8000-{number:012}").parse().unwrap(),
            pada: Moment(i64::from(number)),
            nik: format!("53150101018{nik:05}"),
            telepon: telepon.into(),
            email: email.into(),
            akun: None,
            kuasa_nik: String::new(),
        }
    }

    #[test]
    fn one_number_on_five_people_is_found_however_it_was_typed_and_on_four_it_is_not() {
        let typed = ["0812 3456 7890", "+62 812-3456-7890", "6281234567890", "081234567890", "(0812) 34567890"];
        let all: Vec<Ajuan> = typed.iter().enumerate().map(|(at, number)| one(at as u32, at as u32, number, "")).collect();
        let found = find(&all, Batas::default(), |_, _| None);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].tanda, found[0].nilai.as_str(), found[0].orang), (Tanda::Telepon, "081234567890", 5));
        assert!(find(&all[..4], Batas::default(), |_, _| None).is_empty());
    }

    #[test]
    fn many_applications_of_one_person_are_no_sign() {
        let all: Vec<Ajuan> = (0..9).map(|at| one(at, 1, "081234567890", "a@b.example")).collect();
        assert!(find(&all, Batas::default(), |_, _| None).is_empty());
    }

    #[test]
    fn what_nobody_gave_and_what_is_too_short_is_no_sign() {
        let all: Vec<Ajuan> = (0..9).map(|at| one(at, at, "0-0", " ")).collect();
        assert!(find(&all, Batas::default(), |_, _| None).is_empty());
    }

    #[test]
    fn what_was_looked_at_comes_back_only_with_as_many_new_people() {
        let all: Vec<Ajuan> = (1..=9).map(|at| one(at, at, "", "Calo@B.example")).collect();
        let after = |moment: i64| find(&all, Batas::default(), move |_, _| Some(Moment(moment))).len();
        assert_eq!((after(0), after(4), after(5)), (1, 1, 0));
    }

    #[test]
    fn signs_are_shown_so_that_nobody_can_call_them() {
        assert_eq!(masked(Tanda::Telepon, "081234567890"), "0812****890");
        assert_eq!(masked(Tanda::Surel, "calo@b.example"), "c***@b.example");
        assert_eq!(masked(Tanda::Kuasa, "5315010101800001"), "531501******0001");
    }
}
