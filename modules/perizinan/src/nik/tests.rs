use praja_desk::wilayah::Lookup;
use praja_kernel::{Date, JenisKelamin, Nik, NikError};
use praja_module::Paket;
use proptest::prelude::*;

use super::{Peringatan, nama_lain, page_of, samar, tidak_cocok, wilayah};

fn nik(text: &str) -> Nik {
    text.parse().unwrap()
}

#[test]
fn six_digits_six_stars_and_four_digits_are_shown_and_what_is_no_nik_is_hidden() {
    assert_eq!(samar("5315015209850001"), "531501******0001");
    assert_eq!((samar(""), samar("123"), samar("éééééééé")), (String::new(), "******".into(), "******".into()));
}

#[test]
fn each_class_of_wrong_nik_is_told_by_its_own_words() {
    let table = [
        ("531501520985000", NikError::Length { count: 15 }),
        ("99150152098500 01", NikError::Province),
        ("5315015213850001", NikError::Birth),
        ("5315017209850001", NikError::Birth),
        ("5315013202850001", NikError::Birth),
        ("5315015209850000", NikError::Serial),
        ("53150152098500x1", NikError::NotDigits),
    ];
    for (typed, wrong) in table {
        assert_eq!(typed.parse::<Nik>(), Err(wrong), "{typed}");
    }
}

#[test]
fn birth_and_sex_typed_beside_a_nik_must_fit_it() {
    let woman = nik("5315015209850001");
    let born = Date::constant(1985, 9, 12);
    assert_eq!(tidak_cocok(&woman, Some(born), Some(JenisKelamin::Perempuan)), None);
    assert_eq!(tidak_cocok(&woman, None, None), None);
    assert!(tidak_cocok(&woman, Some(Date::constant(1985, 9, 13)), None).is_some_and(|words| words.contains("Tanggal lahir")));
    assert!(tidak_cocok(&woman, Some(born), Some(JenisKelamin::LakiLaki)).is_some_and(|words| words.contains("Jenis kelamin")));
}

#[test]
fn a_region_that_is_not_in_the_present_list_is_a_warning_and_no_error() {
    let lists = Lookup::of(&Paket::plain("19.06", "Kabupaten Belitung Timur"));
    assert_eq!(wilayah(&lists, &nik("1906015209850001")), None);
    assert_eq!(wilayah(&lists, &nik("1999015209850001")), Some(Peringatan::Wilayah("19.99".into())));
    let split = wilayah(&lists, &nik("1906995209850001")).unwrap();
    assert!(split.untuk_petugas().contains("19.06.99") && split.untuk_pemohon().is_some());
}

#[test]
fn another_name_is_told_to_the_officer_alone_and_the_same_person_is_not_another() {
    let known = ["Siti Rahma".to_owned(), "SITI RAHMA, S.Kom.".into(), "Budi Santoso".into(), "budi  santoso".into()];
    assert_eq!(nama_lain(&known, "rahma siti"), ["Budi Santoso"]);
    assert_eq!(nama_lain(&known[..2], "Siti Rahma"), Vec::<String>::new());
    let other = Peringatan::NamaLain(vec!["Budi Santoso".into()]);
    assert!(other.untuk_petugas().contains("Budi Santoso") && other.untuk_pemohon().is_none());
}

proptest! {
    #[test]
    fn the_mask_never_shows_the_day_of_birth(serial in 1_u32..10_000, day in 1_u32..=28, month in 1_u32..=12, year in 0_u32..100, woman: bool) {
        let day = if woman { day + 40 } else { day };
        let text = format!("531501{day:02}{month:02}{year:02}{serial:04}");
        let nik: Nik = text.parse().unwrap();
        let shown = samar(nik.full());
        prop_assert_eq!(&shown[6..12], "******");
        prop_assert_eq!(shown.len(), 16);
        prop_assert_eq!(nik.jenis_kelamin() == JenisKelamin::Perempuan, woman);
    }
}

#[test]
fn from_a_form_that_came_back_one_returns_to_the_page_it_stands_on() {
    let file = "/perizinan/izin/0193b0a2-0000-7000-8000-000000000001";
    assert_eq!(page_of(file), file);
    assert_eq!(page_of(&format!("{file}/lengkap")), file);
    assert_eq!(page_of("/perizinan/izin"), "/perizinan/izin");
    assert_eq!(page_of("/entah/apa"), "/perizinan/izin");
}
