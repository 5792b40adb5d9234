use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

const TAHUN: &str = include_str!("../../../../config-templates/data/hari_libur_tahun.csv");
const LISTS: [(i16, &str); 3] = [
    (2025, include_str!("../../../../config-templates/data/hari_libur_2025.csv")),
    (2026, include_str!("../../../../config-templates/data/hari_libur_2026.csv")),
    (2027, include_str!("../../../../config-templates/data/hari_libur_2027.csv")),
];

/// The calendar a new regency begins with, on 22 November 2026.
pub(crate) fn shipped() -> WorkingCalendar {
    let mut calendar = WorkingCalendar::new(date(2026, 11, 22));
    for ((year, status), (listed, text)) in parse_year_statuses(TAHUN).unwrap().into_iter().zip(LISTS) {
        assert_eq!(year, listed);
        calendar.load(year, status, parse_days_off(text).unwrap()).unwrap();
    }
    calendar
}

fn off(tanggal: Date, jenis: DayOffKind, nama: &str) -> DayOff {
    DayOff { tanggal, jenis, nama: nama.into() }
}

#[test]
fn the_shipped_years_are_final_or_provisional_as_their_source_says() {
    let calendar = shipped();
    assert_eq!(calendar.status(2025), Ok(&YearStatus::Final { dasar: None }));
    let dasar = Some("SKB 3 Menteri 1497/2025, 2/2025, 5/2025".to_owned());
    assert_eq!(calendar.status(2026), Ok(&YearStatus::Final { dasar }));
    assert_eq!(calendar.status(2027), Ok(&YearStatus::Sementara));
    assert!(calendar.is_loaded(2027));
    assert_eq!(calendar.status(2028), Ok(&YearStatus::Sementara));
    assert!(!calendar.is_loaded(2028));
    for (year, count) in [(2025, 28), (2026, 25), (2027, 26), (2028, 5), (2024, 5)] {
        assert_eq!(calendar.days_off(year).unwrap().len(), count, "{year}");
    }
}

#[test]
fn weekends_holidays_and_collective_leave_are_days_off() {
    let calendar = shipped();
    for (day, reason) in [
        (date(2026, 11, 20), None),
        (date(2026, 11, 21), Some("Sabtu")),
        (date(2026, 11, 22), Some("Minggu")),
        (date(2026, 8, 17), Some("Hari Proklamasi Kemerdekaan RI")),
        (date(2026, 12, 24), Some("Cuti Bersama Kelahiran Yesus Kristus")),
        (date(2028, 8, 17), Some("Hari Kemerdekaan Republik Indonesia")),
        (date(2028, 3, 1), None),
    ] {
        assert_eq!(calendar.reason_off(day), Ok(reason), "{day}");
        assert_eq!(calendar.is_working(day), Ok(reason.is_none()));
    }
}

#[test]
fn due_dates_jump_over_lebaran() {
    let calendar = shipped();
    for (from, count, due) in [
        (date(2026, 3, 17), 1, date(2026, 3, 25)),
        (date(2026, 3, 17), 0, date(2026, 3, 17)),
        (date(2026, 3, 18), 0, date(2026, 3, 25)),
        (date(2026, 3, 18), 1, date(2026, 3, 25)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 12, 23), 2, date(2026, 12, 29)),
    ] {
        assert_eq!(calendar.add_working_days(from, count), Ok(Due { date: due, provisional: false }), "{from} + {count}");
    }
    assert_eq!(calendar.subtract_working_days(date(2026, 3, 25), 1).unwrap().date, date(2026, 3, 17));
    assert_eq!(calendar.subtract_working_days(date(2026, 3, 21), 0).unwrap().date, date(2026, 3, 17));
    assert_eq!(calendar.working_days_between(date(2026, 3, 17), date(2026, 3, 26)), Ok(2));
    assert_eq!(calendar.working_days_between(date(2026, 11, 24), date(2026, 11, 20)), Ok(-2));
    assert_eq!(calendar.working_days_between(date(2026, 11, 20), date(2026, 11, 22)), Ok(0));
}

#[test]
fn a_date_that_passes_through_a_year_without_decree_is_provisional() {
    let calendar = shipped();
    assert_eq!(calendar.add_working_days(date(2026, 12, 30), 2), Ok(Due { date: date(2027, 1, 4), provisional: true }));
    assert_eq!(calendar.add_working_days(date(2028, 12, 1), 3).map(|due| due.provisional), Ok(true));
    assert_eq!(calendar.subtract_working_days(date(2027, 1, 4), 2).map(|due| due.provisional), Ok(true));
    assert_eq!(calendar.add_working_days(date(2024, 1, 1), 3).map(|due| due.provisional), Ok(true));
}

#[test]
fn beyond_the_horizon_there_is_an_error_and_never_a_year_without_holidays() {
    let calendar = shipped();
    let beyond = CalendarError::BeyondHorizon { year: 2029, last: 2028 };
    assert_eq!(calendar.is_working(date(2029, 1, 2)), Err(beyond.clone()));
    assert_eq!(calendar.status(2029), Err(beyond.clone()));
    assert_eq!(calendar.days_off(2029), Err(beyond.clone()));
    assert_eq!(calendar.add_working_days(date(2028, 12, 29), 1), Err(beyond.clone()));
    assert_eq!(calendar.add_working_days(date(2026, 1, 1), u32::MAX), Err(beyond.clone()));
    assert_eq!(calendar.working_days_between(date(2026, 1, 1), date(2029, 1, 1)), Err(beyond.clone()));
    assert_eq!(
        beyond.to_string(),
        "Kalender hari kerja tahun 2029 belum tersedia. Muat hari libur tahun 2029, atau pilih tanggal sampai akhir 2028."
    );
    let edge = WorkingCalendar::new(date(9999, 12, 31));
    assert!(edge.add_working_days(date(9999, 12, 31), 1).is_err());
    assert!(edge.subtract_working_days(date(-9999, 1, 1), 1).is_err());
}

#[test]
fn a_day_the_regency_closes_moves_due_dates_and_keeps_the_national_name() {
    let mut calendar = shipped();
    calendar.add_day_off(off(date(2026, 11, 23), DayOffKind::PenutupanDaerah, "Hari jadi kabupaten"));
    calendar.add_day_off(off(date(2026, 12, 25), DayOffKind::PenutupanDaerah, "Penutupan"));
    calendar.add_day_off(off(date(2028, 2, 1), DayOffKind::PenutupanDaerah, "Banjir"));
    assert_eq!(calendar.add_working_days(date(2026, 11, 20), 1).unwrap().date, date(2026, 11, 24));
    assert_eq!(calendar.reason_off(date(2026, 12, 25)), Ok(Some("Kelahiran Yesus Kristus")));
    assert_eq!(calendar.reason_off(date(2028, 2, 1)), Ok(Some("Banjir")));
    assert_eq!(calendar.reason_off(date(2028, 1, 1)), Ok(Some("Tahun Baru Masehi")), "the fixed holidays stay");
    assert_eq!(calendar.days_off(2028).unwrap().len(), 6);
}

#[test]
fn a_week_of_six_days_begins_on_its_day_and_works_on_saturdays_that_are_no_holidays() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let mut calendar = shipped();
    calendar.set_week(day("2026-11-23"), Pekan::Enam);
    calendar.set_week(day("2026-12-14"), Pekan::Lima);
    for (date, works) in [
        ("2026-11-21", false), // the Saturday before
        ("2026-11-28", true),
        ("2026-11-29", false),
        ("2026-12-12", true),
        ("2026-12-19", false),
    ] {
        assert_eq!(calendar.is_working(day(date)), Ok(works), "{date}");
    }
    // Friday and two days: Saturday and Monday.
    assert_eq!(calendar.add_working_days(day("2026-11-27"), 2).unwrap().date, day("2026-11-30"));
    assert_eq!(calendar.working_days_between(day("2026-11-22"), day("2026-11-29")), Ok(6));
    assert_eq!(calendar.week(day("2026-11-01")), Pekan::Lima);
}

#[test]
fn a_cut_or_foreign_list_is_refused() {
    let mut calendar = shipped();
    let mut rows = parse_days_off(LISTS[1].1).unwrap();
    assert_eq!(
        calendar.load(2027, YearStatus::Sementara, rows.clone()),
        Err(CalendarError::OtherYear { tanggal: date(2026, 1, 1), year: 2027 })
    );
    rows.truncate(10);
    let problem = calendar.load(2026, YearStatus::Final { dasar: None }, rows).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "Hari libur tahun 2026 belum lengkap: Hari Buruh Internasional (1 Mei 2026) tidak ada dalam daftar."
    );
    assert!(calendar.load(2028, YearStatus::Final { dasar: None }, Vec::new()).is_err());
    assert_eq!(calendar, shipped(), "a refused list changes nothing");
}

#[test]
fn entering_the_decree_makes_a_year_final() {
    let mut calendar = shipped();
    let status = YearStatus::Final { dasar: Some("SKB 3 Menteri 1/2026".into()) };
    calendar.load(2027, status, parse_days_off(LISTS[2].1).unwrap()).unwrap();
    assert!(!calendar.add_working_days(date(2026, 12, 30), 2).unwrap().provisional);
}

#[test]
fn lists_from_a_spreadsheet_are_read_and_slips_are_named() {
    let rows =
        parse_days_off("\u{FEFF}tanggal;hari;jenis;nama\r\n17-08-2026;Senin;libur_nasional;\"Hari; Merdeka\"\r\n\r\n").unwrap();
    assert_eq!(rows, [off(date(2026, 8, 17), DayOffKind::LiburNasional, "Hari; Merdeka")]);
    for (text, message) in [
        ("", "Baris 1 daftar hari libur tidak dapat dibaca: baris pertama harus berisi tanggal,hari,jenis,nama."),
        ("a,b\n", "Baris 1 daftar hari libur tidak dapat dibaca: baris pertama harus berisi tanggal,hari,jenis,nama."),
        (
            "tanggal,hari,jenis,nama\n2026-08-17,Selasa,libur_nasional,Merdeka",
            "Baris 2 daftar hari libur tidak dapat dibaca: 2026-08-17 adalah hari Senin, bukan Selasa.",
        ),
        (
            "tanggal,hari,jenis,nama\n2026-08-17,Senin,libur,Merdeka",
            "Baris 2 daftar hari libur tidak dapat dibaca: \"libur\" bukan jenis hari libur yang dikenal. Pilih salah satu: \
             libur_nasional, cuti_bersama, penutupan_daerah.",
        ),
        ("tanggal,hari,jenis,nama\n2026-08-17,Senin", "Baris 2 daftar hari libur tidak dapat dibaca: harus ada 4 kolom."),
    ] {
        assert_eq!(parse_days_off(text).unwrap_err().to_string(), message);
    }
    assert!(parse_year_statuses("tahun,status,dasar\n2028,pasti,\n").is_err());
    assert!(parse_year_statuses("tahun,status,dasar\n2028,sementara,SKB\n").is_err());
}

prop_compose! {
    fn any_day()(days in 0i32..1200) -> Date {
        date(2025, 1, 1) + days.days()
    }
}

proptest! {
    #[test]
    fn a_due_date_is_never_a_day_off(from in any_day(), count in 0u32..80) {
        let calendar = shipped();
        for due in [calendar.add_working_days(from, count), calendar.subtract_working_days(from, count)] {
            let due = due.unwrap();
            prop_assert!(calendar.is_working(due.date).unwrap());
        }
    }

    #[test]
    fn more_days_are_never_due_earlier(from in any_day(), a in 0u32..80, b in 0u32..80) {
        let calendar = shipped();
        let due = |count| calendar.add_working_days(from, count).unwrap();
        prop_assert!(due(a.min(b)).date <= due(a.max(b)).date);
        prop_assert!(due(a.min(b)).provisional <= due(a.max(b)).provisional);
        prop_assert!(due(a).date >= from);
    }

    #[test]
    fn counting_undoes_adding(from in any_day(), count in 1u32..80) {
        let calendar = shipped();
        let due = calendar.add_working_days(from, count).unwrap().date;
        prop_assert_eq!(calendar.working_days_between(from, due), Ok(i64::from(count)));
        prop_assert_eq!(calendar.working_days_between(due, from), Ok(-i64::from(count)));
    }

    #[test]
    fn subtracting_undoes_adding_on_working_days(from in any_day(), count in 0u32..80) {
        let calendar = shipped();
        let from = calendar.add_working_days(from, 0).unwrap().date;
        let due = calendar.add_working_days(from, count).unwrap().date;
        prop_assert_eq!(calendar.subtract_working_days(due, count).unwrap().date, from);
    }

    #[test]
    fn pausing_a_clock_loses_no_day(start in any_day(), stopped in 0i32..30, left in 1u32..30) {
        // perizinan: due = resumed + (promised - consumed); resumed on the day it stopped, nothing changes.
        let calendar = shipped();
        let stop = start + stopped.days();
        let consumed = calendar.working_days_between(start, stop).unwrap();
        let promised = left + u32::try_from(consumed).unwrap();
        prop_assert_eq!(calendar.add_working_days(stop, left), calendar.add_working_days(start, promised));
    }

    #[test]
    fn closing_a_day_never_moves_a_due_date_forward_in_time(from in any_day(), count in 0u32..40, closed in any_day()) {
        let before = shipped();
        let mut after = shipped();
        after.add_day_off(off(closed, DayOffKind::PenutupanDaerah, "Penutupan"));
        prop_assert!(after.add_working_days(from, count).unwrap().date >= before.add_working_days(from, count).unwrap().date);
    }

    #[test]
    fn no_text_makes_reading_fail_hard(text in "\\PC*", line in "[0-9-]{0,10},[A-Za-z]{0,6},[a-z_]{0,14},.{0,9}") {
        let _ = (parse_days_off(&text), parse_days_off(&format!("tanggal,hari,jenis,nama\n{line}")), parse_year_statuses(&text));
    }
}
