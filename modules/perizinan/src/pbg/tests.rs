use praja_kernel::Rupiah;
use proptest::prelude::*;

use super::*;

fn typed<'a>(changes: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> String + 'a {
    move |name| {
        let usual = [
            ("luas", "120"),
            ("shst", "5.000.000"),
            ("fungsi", "hunian"),
            ("kompleksitas", "sederhana"),
            ("permanensi", "permanen"),
            ("lantai", "1"),
            ("kepemilikan", "perorangan"),
        ];
        let found = changes.iter().chain(&usual).find(|(known, _)| *known == name);
        found.map_or_else(String::new, |(_, value)| (*value).to_owned())
    }
}

fn estimate(changes: &[(&str, &str)]) -> Result<Rupiah, Vec<String>> {
    let found = Indeks::load().unwrap().estimate(&typed(changes));
    found.map(|one| one.jumlah).map_err(|problems| problems.iter().map(|one| format!("{}: {}", one.field, one.message)).collect())
}

#[test]
fn the_estimate_follows_the_formula_of_the_annex_exactly() {
    // 120 × (0,5 % × 5.000.000) × (0,17 × (0,3 × 1 + 0,2 × 2 + 0,5 × 1) × 1) × 1 = 120 × 25.000 × 0,204
    assert_eq!(estimate(&[]), Ok(Rupiah(612_000)));
    // 80,5 × 25.000 × (0,15 × 1,2)
    assert_eq!(estimate(&[("luas", "80,5"), ("fungsi", "hunian-kecil")]), Ok(Rupiah(362_250)));
    // 500 × 25.000 × (0,7 × (0,6 + 0,4 + 0,5 × 1,12))
    let shop = [("luas", "500"), ("fungsi", "usaha"), ("kompleksitas", "tidak-sederhana"), ("lantai", "3")];
    assert_eq!(estimate(&shop), Ok(Rupiah(13_650_000)));
    assert_eq!(estimate(&[("fungsi", "keagamaan")]), Ok(Rupiah::ZERO));
    assert_eq!(estimate(&[("kepemilikan", "negara")]), Ok(Rupiah::ZERO));
}

#[test]
fn each_number_names_its_source_and_the_day_from_which_it_holds() {
    let indices = Indeks::load().unwrap();
    assert!(indices.baris.iter().all(|one| !one.sumber.is_empty() && one.berlaku_dari.year() >= 2021));
    let found = indices.estimate(&typed(&[])).unwrap();
    assert_eq!(found.dari.len(), 12);
    assert!(found.dari.iter().all(|(_, value, source)| !value.is_empty() && !source.is_empty()));
    for (group, _) in PILIHAN {
        assert!(indices.of(group).count() >= 2, "{group}");
    }
}

#[test]
fn what_cannot_be_estimated_is_told_at_its_field() {
    for (changes, told) in [
        ([("luas", "")], "luas: Angka belum diisi."),
        ([("luas", "12.5")], "luas: \"12.5\""),
        ([("luas", "0")], "luas: Luas lebih dari 0"),
        ([("luas", "-3")], "luas: Luas lebih dari 0"),
        ([("shst", "murah")], "shst: \"murah\""),
        ([("shst", "0")], "shst: SHST lebih dari 0"),
        ([("fungsi", "")], "fungsi: Fungsi bangunan belum dipilih."),
        ([("lantai", "9")], "lantai: Jumlah lantai belum dipilih."),
        ([("fungsi", "hunian-kecil")], "fungsi: Hunian ini 100 m2"),
    ] {
        let problems = estimate(&changes).unwrap_err();
        assert!(problems.iter().any(|one| one.starts_with(told)), "{told}: {problems:?}");
    }
}

proptest! {
    #[test]
    fn a_larger_building_never_pays_less(small in 1i64..500_000, more in 0i64..400_000, shst in 1i64..20_000_000) {
        let price = shst.to_string();
        let of = |luas: i64| estimate(&[("luas", &luas.to_string()), ("shst", &price), ("fungsi", "usaha")]).unwrap();
        prop_assert!(of(small) <= of(small + more));
    }

    #[test]
    fn nothing_that_is_typed_makes_it_panic(luas in "\\PC{0,20}", shst in "\\PC{0,20}", fungsi in "\\PC{0,12}") {
        let _ = estimate(&[("luas", &luas), ("shst", &shst), ("fungsi", &fungsi)]);
    }
}
