use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const WILAYAH: &str = include_str!("../../../../config-templates/data/wilayah_provinsi_kabkota.csv");

#[test]
fn each_province_of_the_region_list_has_its_zone() {
    let wita = [
        "Bali",
        "Nusa Tenggara Barat",
        "Nusa Tenggara Timur",
        "Kalimantan Selatan",
        "Kalimantan Timur",
        "Kalimantan Utara",
        "Sulawesi Utara",
        "Sulawesi Tengah",
        "Sulawesi Selatan",
        "Sulawesi Tenggara",
        "Gorontalo",
        "Sulawesi Barat",
    ];
    let wit = [
        "Maluku",
        "Maluku Utara",
        "Papua",
        "Papua Barat",
        "Papua Selatan",
        "Papua Tengah",
        "Papua Pegunungan",
        "Papua Barat Daya",
    ];
    let mut found = [0; 3];
    for (code, name) in WILAYAH.lines().skip(1).filter_map(|line| line.split_once(',')).filter(|(code, _)| code.len() == 2) {
        let zona = if wita.contains(&name) {
            Zona::Wita
        } else if wit.contains(&name) {
            Zona::Wit
        } else {
            Zona::Wib
        };
        assert_eq!(Zona::of_region(code), zona, "{code} {name}");
        assert_eq!(Zona::of_region(&format!("{code}.15")), zona, "{code} {name}");
        found[usize::try_from(zona.hours() - 7).unwrap()] += 1;
    }
    assert_eq!(found, [18, 12, 8]);
    assert_eq!(Zona::of_region(""), Zona::Wib);
}

#[test]
fn the_local_day_begins_at_local_midnight() {
    // 22 November 2026, 16.00 in London.
    let at = Moment(1_795_363_200_000);
    assert_eq!(Zona::Wib.local(at), date(2026, 11, 22).at(23, 0, 0, 0));
    assert_eq!(Zona::Wita.local(at), date(2026, 11, 23).at(0, 0, 0, 0));
    assert_eq!(Zona::Wit.local(at), date(2026, 11, 23).at(1, 0, 0, 0));
    assert_eq!(Zona::Wita.date(at.plus_ms(-1)), date(2026, 11, 22));
    assert_eq!(Zona::Wita.start_of(date(2026, 11, 23)), at);
    assert_eq!(Zona::Wib.start_of(date(2027, 1, 1)).ms() - Zona::Wit.start_of(date(2027, 1, 1)).ms(), 2 * 60 * 60 * 1000);
}

#[test]
fn instants_beyond_the_calendar_stop_at_its_ends() {
    assert_eq!(Zona::Wib.date(Moment(i64::MAX)).year(), 9999);
    assert_eq!(Zona::Wib.date(Moment(i64::MIN)).year(), -9999);
    assert_eq!(Moment(i64::MAX).plus_ms(1), Moment(i64::MAX));
}

#[test]
fn zones_are_read_by_the_name_on_letters() {
    for zona in Zona::ALL {
        assert_eq!(zona.name().parse(), Ok(zona));
    }
    assert_eq!(
        "UTC".parse::<Zona>().unwrap_err().to_string(),
        "\"UTC\" bukan zona waktu yang dikenal. Pilih salah satu: WIB, WITA, WIT."
    );
}

proptest! {
    #[test]
    fn a_local_time_names_the_instant_it_came_from(ms in -2_000_000_000_000i64..8_000_000_000_000, zona in prop::sample::select(&Zona::ALL[..])) {
        let at = Moment(ms);
        prop_assert_eq!(zona.at(zona.local(at)), at);
        let begin = zona.start_of(zona.date(at));
        prop_assert!(begin <= at && at.ms() - begin.ms() < 24 * 60 * 60 * 1000);
    }
}
