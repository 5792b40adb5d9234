use super::*;

/// A regency whose pack says nothing of its parts.
fn plain(kode: &str) -> Lookup {
    Lookup::of(&Paket::plain(kode, "Kabupaten Uji"))
}

fn codes(typed: &str, own: &str) -> Vec<String> {
    plain(own).search(typed, 5).into_iter().map(|one| one.kode.clone()).collect()
}

fn manggarai() -> Lookup {
    let yaml = "kode: \"53.10\"\nnama: Kabupaten Manggarai\n";
    let wilayah = "kode,nama\n53.10.03.2004,Bangka Lelak\n53.10.03,Ruteng Baru\n53.10.99,Pemekaran\n53.10.99.2001,Golo Baru\n";
    Lookup::of(&Paket::parse(yaml, wilayah).unwrap())
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
    let (list, lookup) = (Daftar::shipped(), plain("32.11"));
    let village = list.0.iter().find(|one| one.kode.starts_with("19.06") && one.level() == 4).unwrap();
    let path = lookup.path(village);
    assert!(path.starts_with("Kecamatan ") && path.contains("Belitung Timur"), "{path}");
    assert_eq!(lookup.path(list.get("19").unwrap()), "Provinsi");
}

#[test]
fn every_desa_of_the_own_pack_is_found_and_its_kecamatan_named_as_the_pack_does() {
    let lookup = manggarai();
    let found = lookup.search("lelak", 5);
    assert_eq!(found[0].kode, "53.10.03.2004");
    assert_eq!(lookup.path(found[0]), "Kecamatan Ruteng Baru, Kabupaten Manggarai, Nusa Tenggara Timur");
    assert_eq!(lookup.path(lookup.get("53.10.99.2001").unwrap()).split(',').next(), Some("Kecamatan Pemekaran"));
    assert_eq!(lookup.search("53.10", 9).iter().filter(|one| one.kode == "53.10.03").count(), 1, "no kecamatan stands twice");
}

#[test]
fn what_the_pack_left_out_of_the_own_regency_is_no_longer_found_and_other_regencies_are() {
    let lookup = manggarai();
    assert!(Daftar::shipped().get("53.10.01").is_some() && lookup.get("53.10.01").is_none());
    assert!(lookup.search("53.10.01", 9).is_empty());
    assert_eq!(lookup.search("53.10", 9)[0].kode, "53.10", "the regency itself stands first");
    assert!(lookup.get("19.06.01").is_some());
}
