use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const WILAYAH: &str = include_str!("../../../../config-templates/data/wilayah_provinsi_kabkota.csv");

fn nik(text: &str) -> Nik {
    text.parse().unwrap()
}

#[test]
fn a_woman_has_forty_added_to_her_day_of_birth() {
    let today = date(2026, 11, 22);
    let woman = nik("5315015209850001");
    assert_eq!((woman.jenis_kelamin(), woman.tanggal_lahir(today)), (JenisKelamin::Perempuan, date(1985, 9, 12)));
    let man = nik("5315011209850001");
    assert_eq!((man.jenis_kelamin(), man.tanggal_lahir(today)), (JenisKelamin::LakiLaki, date(1985, 9, 12)));
    assert_eq!(man.wilayah(), "53.15.01");
    assert_eq!(man.last_four(), "0001");
}

#[test]
fn the_century_of_birth_follows_from_today() {
    for (digits, today, born) in [
        ("5315010101250001", date(2026, 11, 22), date(2025, 1, 1)),
        ("5315010101270001", date(2026, 11, 22), date(1927, 1, 1)),
        ("5315012211260001", date(2026, 11, 22), date(2026, 11, 22)),
        ("5315012311260001", date(2026, 11, 22), date(1926, 11, 23)),
        ("5315012902000001", date(2026, 11, 22), date(2000, 2, 29)),
        ("5315012902280001", date(2026, 11, 22), date(1928, 2, 29)),
        ("5315012902000001", date(1999, 1, 1), date(2000, 2, 29)),
        ("5315010101850001", date(2101, 1, 1), date(2085, 1, 1)),
    ] {
        assert_eq!(nik(digits).tanggal_lahir(today), born, "{digits}");
    }
}

#[test]
fn the_message_says_which_part_is_wrong_without_repeating_it() {
    for (text, problem) in [
        ("", NikError::Empty),
        ("5315.0152.0985.0001", NikError::NotDigits),
        ("531501520985001", NikError::Length { count: 15 }),
        ("9915015209850001", NikError::Province),
        ("0015015209850001", NikError::Province),
        ("5300015209850001", NikError::Region),
        ("5315005209850001", NikError::Region),
        ("5315013209850001", NikError::Birth),
        ("5315010009850001", NikError::Birth),
        ("5315014009850001", NikError::Birth),
        ("5315017209850001", NikError::Birth),
        ("5315011213850001", NikError::Birth),
        ("5315012902010001", NikError::Birth),
        ("5315015209850000", NikError::Serial),
    ] {
        assert_eq!(text.parse::<Nik>(), Err(problem), "{text}");
        assert!(text.is_empty() || !problem.to_string().contains(text));
    }
    assert!("5315 0152 0985 0001".parse::<Nik>().is_ok());
}

#[test]
fn a_typed_birth_date_settles_the_century() {
    let old = nik("5315011209250001");
    assert!(old.matches(date(1925, 9, 12), JenisKelamin::LakiLaki));
    assert!(old.matches(date(2025, 9, 12), JenisKelamin::LakiLaki));
    assert!(!old.matches(date(1925, 9, 13), JenisKelamin::LakiLaki));
    assert!(!old.matches(date(1925, 9, 12), JenisKelamin::Perempuan));
}

#[test]
fn the_provinces_are_those_of_the_region_list() {
    let listed: Vec<u8> =
        WILAYAH.lines().skip(1).filter_map(|line| line.split_once(',')).filter_map(|(code, _)| code.parse().ok()).collect();
    assert_eq!(listed, PROVINSI);
}

proptest! {
    #[test]
    fn a_debug_text_never_shows_more_than_the_mask(
        province in prop::sample::select(&PROVINSI[..]), region in "0[1-9]0[1-9]", day in 1u8..=28, month in 1u8..=12, year in 0u8..=99,
        serial in 1u16..=9999, woman: bool,
    ) {
        let text = format!("{province}{region}{:02}{month:02}{year:02}{serial:04}", day + if woman { 40 } else { 0 });
        let nik = nik(&text);
        prop_assert_eq!(nik.full(), &text);
        for shown in [format!("{nik:?}"), format!("{nik:#?}"), format!("{:?}", Some(&nik)), nik.masked()] {
            prop_assert!(shown.contains(&format!("{}******{}", &text[..6], &text[12..])), "{shown}");
            prop_assert!(!shown.contains(&text[5..12]));
        }
        let today = date(2026, 11, 22);
        let born = nik.tanggal_lahir(today);
        prop_assert!(born <= today && born > date(1926, 11, 22));
        prop_assert!(nik.matches(born, nik.jenis_kelamin()));
    }

    #[test]
    fn no_sixteen_digits_make_reading_fail_hard(text in "[0-9]{16}", likely in "53[0-9]{4}[0-7][0-9][01][0-9]{7}", year in 1i16..9999) {
        for text in [text, likely] {
            if let Ok(nik) = text.parse::<Nik>() {
                let born = nik.tanggal_lahir(date(year, 1, 1));
                // Before the year 100 a century below nought has to be counted, which no clock shows.
                prop_assert!(year < 100 || nik.matches(born, nik.jenis_kelamin()), "{born} in the year {year}");
                prop_assert_eq!((nik.full(), nik.masked().chars().count()), (text.as_str(), 16));
                prop_assert!(text.starts_with(&nik.wilayah().replace('.', "")));
            }
        }
    }
}
