use praja_kernel::Refuse;

use super::{
    kbli,
    rules::{Isian, Refusal, check},
};

fn typed<'a>(changes: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> String + 'a {
    move |name| {
        let usual = [("kanal", "OSS"), ("nama", "Siti Rahma"), ("keperluan", "pendaftaran"), ("keadaan", "diproses")];
        let known = changes.iter().chain(&usual).find(|(known, _)| *known == name);
        known.map_or_else(String::new, |(_, value)| (*value).to_owned())
    }
}

fn checked(changes: &[(&str, &str)], kbli: &str) -> Result<Isian, Vec<String>> {
    check(typed(changes), Ok(kbli.to_owned()))
        .map_err(|refusal: Refusal| refusal.fields().iter().map(|one| one.field.to_string()).collect())
}

#[test]
fn the_list_of_kinds_holds_the_groups_of_five_digits_with_their_year() {
    let found = kbli::search("56101", 5);
    assert_eq!(found.iter().map(|one| one.key()).collect::<Vec<_>>(), ["2020:56101"]);
    assert!(kbli::get("2020:56101").is_some_and(|one| one.label().starts_with("56101 ")));
    assert_eq!((kbli::get("2015:56101"), kbli::get("56101"), kbli::get("2020:561")), (None, None, None));
    assert_eq!(kbli::shown("2015:56101"), "56101 (KBLI 2015)");
    assert!(kbli::search("restoran", 20).iter().all(|one| one.judul.to_lowercase().contains("restoran")));
    assert!(kbli::search("", 5).is_empty());
    let mut all = kbli::search("0", 4000);
    (1..=9).for_each(|digit| all.extend(kbli::search(&digit.to_string(), 4000)));
    assert_eq!(all.len(), 1790, "as the source says");
}

#[test]
fn a_visit_needs_little_and_each_number_has_its_length() {
    assert!(checked(&[], "").is_ok());
    let isi = checked(&[("nib", "9120 0012 3456 7"), ("telepon", "0812-3456-789"), ("nik", "5315 0152 0985 0001")], "2020:56101")
        .unwrap();
    assert_eq!((isi.nib.as_str(), isi.telepon.as_str(), isi.nik.as_str()), ("9120001234567", "08123456789", "5315015209850001"));
    assert!(!isi.folded().contains("5315015209850001"), "nobody is found by a NIK");
    type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);
    let table: [Case; 7] = [
        (&[("kanal", "PRAJA")], "", &["kanal"]),
        (&[("kanal", ""), ("keperluan", "x"), ("keadaan", "")], "", &["kanal", "keperluan", "keadaan"]),
        (&[("nama", "1")], "", &["nama"]),
        (&[("nib", "912000123456")], "", &["nib"]),
        (&[("nik", "123")], "", &["nik"]),
        (&[("telepon", "abc")], "", &["telepon"]),
        (&[], "2020:99999", &["kbli"]),
    ];
    for (changes, kbli, fields) in table {
        assert_eq!(checked(changes, kbli).unwrap_err(), fields, "{changes:?}");
    }
}

#[test]
fn what_is_said_to_be_issued_names_the_number_of_the_national_system() {
    assert_eq!(checked(&[("keadaan", "terbit")], "").unwrap_err(), ["nomor_luar"]);
    assert!(checked(&[("keadaan", "terbit"), ("nib", "9120001234567")], "").is_ok());
    assert!(checked(&[("keadaan", "terbit"), ("nomor_luar", "PBG-1")], "").is_ok());
}
