use super::{
    super::{
        nilai::{Nomor, agenda, derajat, lampiran, part, sifat},
        pemetaan::Bagian,
    },
    day,
};
use praja_kernel::{Derajat, Sifat};
use praja_web::lembar::{
    Sel,
    tanggal::{Urutan, day as day_of, find, month, serial, year_in},
};

#[test]
fn dates_are_read_as_people_wrote_them_for_years() {
    let cases = [
        ("31/12/2019", "2019-12-31"),
        ("31-12-2019", "2019-12-31"),
        ("31.12.19", "2019-12-31"),
        ("2019-12-31", "2019-12-31"),
        ("1 / 2 / 2024", "2024-02-01"),
        ("12 Januari 2024", "2024-01-12"),
        ("12 JAN 24", "2024-01-12"),
        ("5-Nop-2019", "2019-11-05"),
        ("Senin, 5 Pebruari 2018", "2018-02-05"),
        ("005/12/Diskes/2024 tgl 5 Maret 2024", "2024-03-05"),
        ("B-12/34, 05/03/2024", "2024-03-05"),
        ("12 Agt '87", "1987-08-12"),
    ];
    for (text, wanted) in cases {
        assert_eq!(find(text, Urutan::HariBulan, None).map(|(day, _)| day), Some(day(wanted)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_not_taken_for_one() {
    for text in [
        "",
        "-",
        "31/02/2024",
        "005/12/2024",
        "12/05/2024/Diskes",
        "400/123/2024",
        "12 Januari",
        "12/01",
        "13/13/2024",
        "Mei 2024",
    ] {
        assert_eq!(find(text, Urutan::HariBulan, None), None, "{text}");
    }
}

#[test]
fn american_order_and_years_that_stand_elsewhere_are_followed() {
    let read = |text, urutan, tahun| find(text, urutan, tahun).map(|(day, _)| day);
    assert_eq!(read("12/31/2019", Urutan::BulanHari, None), Some(day("2019-12-31")));
    assert_eq!(read("12/31/2019", Urutan::HariBulan, None), None);
    assert_eq!(read("12 Januari", Urutan::HariBulan, Some(2018)), Some(day("2018-01-12")));
    assert_eq!(read("12/01", Urutan::HariBulan, Some(2018)), Some(day("2018-01-12")));
    assert_eq!(read("12 Januari 2020", Urutan::HariBulan, Some(2018)), Some(day("2020-01-12")), "its own year counts");
}

#[test]
fn the_day_number_of_a_spreadsheet_is_a_day() {
    assert_eq!(serial(45_292.0), Some(day("2024-01-01")));
    assert_eq!(serial(43_830.75), Some(day("2019-12-31")), "with a time of day");
    assert_eq!((serial(12.0), serial(198_503.0), serial(f64::NAN)), (None, None, None));
    assert_eq!(day_of(&Sel::Angka(45_292.0), "45292", Urutan::HariBulan, None), Some(day("2024-01-01")));
    assert_eq!(day_of(&Sel::Teks("45292".into()), "45292", Urutan::HariBulan, None), Some(day("2024-01-01")));
    assert_eq!(day_of(&Sel::Teks("12345".into()), "12345", Urutan::HariBulan, None), None);
}

#[test]
fn a_cell_with_number_and_date_gives_both() {
    let cell = "005/123/Disdik tgl. 12 Januari 2024";
    assert_eq!(part(cell, Bagian::Sisa, "", Urutan::HariBulan, None), "005/123/Disdik");
    assert_eq!(part("No. 12, 05/03/2024", Bagian::Sisa, "", Urutan::HariBulan, None), "12");
    assert_eq!(part("005/9/X", Bagian::Sisa, "", Urutan::HariBulan, None), "005/9/X");
    assert_eq!(part("Dinas Sosial; Undangan", Bagian::Depan, ";", Urutan::HariBulan, None), "Dinas Sosial");
    assert_eq!(part("Dinas Sosial; Undangan", Bagian::Belakang, ";", Urutan::HariBulan, None), "Undangan");
    assert_eq!(part("Dinas Sosial", Bagian::Belakang, ";", Urutan::HariBulan, None), "");
}

#[test]
fn agenda_numbers_are_whole_numbers_or_stay_as_they_were_written() {
    let cases = [
        ("12", Nomor::Angka(12)),
        ("012", Nomor::Angka(12)),
        ("No. 12", Nomor::Angka(12)),
        ("12.", Nomor::Angka(12)),
        ("12/2019", Nomor::Angka(12)),
        ("", Nomor::Kosong),
        ("-", Nomor::Kosong),
        ("12a", Nomor::Lain("12a".into())),
        ("12/I/2019", Nomor::Lain("12/I/2019".into())),
        ("bis 12", Nomor::Lain("bis 12".into())),
        ("0", Nomor::Lain("0".into())),
        ("123456", Nomor::Lain("123456".into())),
    ];
    for (text, wanted) in cases {
        assert_eq!(agenda(text), wanted, "{text}");
    }
}

#[test]
fn words_of_the_years_are_understood() {
    assert_eq!(
        (sifat("B"), sifat("Sangat-Rahasia"), sifat("Penting"), sifat("Segera")),
        (Some(Sifat::Biasa), Some(Sifat::SangatRahasia), Some(Sifat::Biasa), None)
    );
    assert_eq!(
        (derajat("Kilat"), derajat("amat segera"), derajat("?")),
        (Some(Derajat::SangatSegera), Some(Derajat::SangatSegera), None)
    );
    assert_eq!((lampiran("2 berkas"), lampiran("satu"), lampiran("-"), lampiran("12345")), (2, 0, 0, 999));
    assert_eq!((month("Nop."), month("pebruari"), month("Mai")), (Some(11), Some(2), None));
    assert_eq!((year_in("TAHUN 2019"), year_in("Agenda 19"), year_in("12345")), (Some(2019), None, None));
}
