use super::*;

fn codes(typed: &str, own: &str) -> Vec<String> {
    Daftar::shipped().search(typed, own, 5).into_iter().map(|one| one.kode.clone()).collect()
}

#[test]
fn the_shipped_lists_hold_every_regency_and_district() {
    let list = Daftar::shipped();
    let count = |level: usize| list.0.iter().filter(|one| one.level() == level).count();
    assert_eq!((count(1), count(2), count(3)), (38, 514, 7285));
    assert!(count(4) > 800);
}

#[test]
fn a_region_is_found_by_code_and_by_words_the_own_regency_first() {
    assert_eq!(codes("belitung tim", "32.11").first().map(String::as_str), Some("19.06"));
    assert!(codes("19.06.01", "19.06").iter().all(|code| code.starts_with("19.06.01")));
    let own = codes("manggar", "19.06");
    assert!(own.first().is_some_and(|code| code.starts_with("19.06")), "{own:?}");
    assert!(codes("", "19.06").is_empty() && codes("zzqx", "19.06").is_empty());
}

#[test]
fn a_region_names_what_lies_above_it() {
    let list = Daftar::shipped();
    let village = list.0.iter().find(|one| one.kode.starts_with("19.06") && one.level() == 4).unwrap();
    assert!(village.path().starts_with("Kecamatan ") && village.path().contains("Belitung Timur"), "{}", village.path());
    assert_eq!(list.get("19").unwrap().path(), "Provinsi");
}
