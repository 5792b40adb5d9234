use jiff::civil::date as day;
use proptest::prelude::*;

use super::*;

#[test]
fn dates_are_written_as_on_paper() {
    let sunday = day(2026, 11, 22);
    assert_eq!(tanggal_panjang(sunday), "22 November 2026");
    assert_eq!(tanggal_pendek(sunday), "22 Nov 2026");
    assert_eq!(hari(sunday), "Minggu");
    assert_eq!(hari_tanggal(day(2026, 8, 17)), "Senin, 17 Agustus 2026");
    assert_eq!(tanggal_pendek(day(2026, 8, 1)), "1 Agu 2026");
    assert_eq!(jam(sunday.at(10, 32, 59, 0)), "10.32");
    assert_eq!(tanggal_jam(sunday.at(7, 5, 0, 0)), "22 Nov 2026 07.05");
    assert_eq!(bulan_romawi(4), "IV");
    assert_eq!((nama_bulan(0), nama_bulan(13), bulan_romawi(-1)), ("", "", ""));
}

#[test]
fn every_form_people_type_is_read() {
    for text in [
        "22-11-2026",
        "22/11/2026",
        "22.11.2026",
        "2026-11-22",
        "22 Nov 2026",
        "22 November 2026",
        "  22  nopember  2026 ",
        "22 NOV. 2026",
        "22-Nov-2026",
        "22 11 2026",
    ] {
        assert_eq!(parse_tanggal(text), Ok(day(2026, 11, 22)), "{text}");
    }
    assert_eq!(parse_tanggal("1-2-2026"), Ok(day(2026, 2, 1)));
    assert_eq!(parse_tanggal("29 Pebruari 2028"), Ok(day(2028, 2, 29)));
    assert_eq!(parse_tanggal("17 Agt 2026"), Ok(day(2026, 8, 17)));
}

#[test]
fn a_wrong_date_is_refused_with_the_reason() {
    for (text, message) in [
        ("", "Tanggal belum diisi."),
        ("kemarin", "\"kemarin\" bukan tanggal. Tulis misalnya 22-11-2026 atau 22 November 2026."),
        ("22-11-26", "Tahun pada \"22-11-26\" hanya dua angka. Tulis empat angka, misalnya 2026."),
        ("22 Noember 2026", "\"Noember\" bukan nama bulan. Tulis misalnya 22 November 2026."),
        ("11/22/2026", "Bulan 22 tidak ada. Tulis hari, lalu bulan, lalu tahun, misalnya 22-11-2026."),
        ("29 Februari 2026", "Tanggal 29 Februari 2026 tidak ada. Februari 2026 hanya sampai tanggal 28."),
        ("0-1-2026", "Tanggal 0 Januari 2026 tidak ada. Januari 2026 hanya sampai tanggal 31."),
        ("22-11-2206", "Tahun 2206 di luar jangkauan. Periksa kembali tahunnya."),
        ("1-0-2026", "Bulan 0 tidak ada. Tulis hari, lalu bulan, lalu tahun, misalnya 22-11-2026."),
    ] {
        assert_eq!(parse_tanggal(text).unwrap_err().to_string(), message);
    }
    for text in ["22-11", "22-11-2026-1", "22/2026/11", "-1-2-2026", "22--2026", "22-11-02026", "2026/11/22", "a-b-c"] {
        assert_eq!(parse_tanggal(text), Err(TanggalError::NotDate { text: text.into() }), "{text}");
    }
}

#[test]
fn distance_is_said_in_words() {
    let today = day(2026, 11, 22);
    for (date, words) in [
        (today, "hari ini"),
        (day(2026, 11, 21), "kemarin"),
        (day(2026, 11, 23), "besok"),
        (day(2026, 11, 25), "3 hari lagi"),
        (day(2026, 11, 19), "3 hari yang lalu"),
        (day(2027, 11, 22), "365 hari lagi"),
    ] {
        assert_eq!(relatif(date, today), words);
    }
}

#[test]
fn lateness_is_said_in_working_days() {
    let friday = day(2026, 11, 20);
    for (today, working, words) in [
        (friday, 0, "jatuh tempo hari ini"),
        (day(2026, 11, 19), 1, "jatuh tempo besok"),
        (day(2026, 11, 17), 3, "3 hari kerja lagi"),
        (day(2026, 11, 21), 0, "lewat tenggat"),
        (day(2026, 11, 23), -1, "terlambat 1 hari kerja"),
        (day(2026, 11, 24), -2, "terlambat 2 hari kerja"),
    ] {
        assert_eq!(sisa_waktu(friday, today, working), words);
    }
}

prop_compose! {
    fn any_date()(year in 1800i16..=2199, month in 1i8..=12, number in 1i8..=31) -> Date {
        Date::new(year, month, number).unwrap_or_else(|_| day(year, month, 28))
    }
}

proptest! {
    #[test]
    fn a_shown_date_reads_back(date in any_date()) {
        let numbers = format!("{}/{:02}/{}", date.day(), date.month(), date.year());
        for text in [tanggal_panjang(date), tanggal_pendek(date), date.to_string(), numbers] {
            prop_assert_eq!(parse_tanggal(&text), Ok(date), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC*") {
        let _ = parse_tanggal(&text);
    }

    #[test]
    fn almost_dates_never_fail_hard(text in "[0-9]{0,5}[-/. ][0-9a-zé]{0,4}[-/. ][0-9]{0,6}") {
        let _ = parse_tanggal(&text);
    }
}
