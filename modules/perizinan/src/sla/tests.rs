use praja_kernel::{DayOff, DayOffKind, YearStatus, days_after, parse_days_off};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime {
    text.parse().unwrap()
}

/// The decree of 2026 is loaded, the list of 2027 is provisional, of 2028 there is none.
fn calendar() -> WorkingCalendar {
    let mut calendar = WorkingCalendar::new(day("2026-11-27"));
    let days = parse_days_off(include_str!("../../../../config-templates/data/hari_libur_2026.csv")).unwrap();
    calendar.load(2026, YearStatus::Final { dasar: None }, days).unwrap();
    let days = parse_days_off(include_str!("../../../../config-templates/data/hari_libur_2027.csv")).unwrap();
    calendar.load(2027, YearStatus::Sementara, days).unwrap();
    calendar
}

fn started(sla: i64, day_zero: &str) -> Jam {
    Jam::new(sla).start(day(day_zero))
}

#[test]
fn what_is_sent_until_the_hour_counts_today_and_later_or_on_a_day_off_on_the_next_working_day() {
    for (sent, counts, checked) in [
        ("2026-11-25T08:00:00", "2026-11-25", "2026-11-26"),
        ("2026-11-25T15:00:00", "2026-11-25", "2026-11-26"),
        ("2026-11-25T15:00:01", "2026-11-26", "2026-11-27"),
        ("2026-11-27T16:00:00", "2026-11-30", "2026-12-01"),
        ("2026-11-28T08:00:00", "2026-11-30", "2026-12-01"),
        ("2026-11-28T23:00:00", "2026-11-30", "2026-12-01"),
        // Christmas is a Friday, the day before collective leave.
        ("2026-12-23T15:30:00", "2026-12-28", "2026-12-29"),
    ] {
        let ajuan = submitted(&calendar(), at(sent), Aturan::default()).unwrap();
        assert_eq!((ajuan.hari, ajuan.batas_periksa.date), (day(counts), day(checked)), "{sent}");
    }
    let early = Aturan { batas_jam: Time::constant(12, 0, 0, 0), periksa_hari: 2 };
    let ajuan = submitted(&calendar(), at("2026-11-25T13:00:00"), early).unwrap();
    assert_eq!((ajuan.hari, ajuan.batas_periksa.date), (day("2026-11-26"), day("2026-11-30")));
}

#[test]
fn a_front_office_that_lets_its_day_pass_cannot_hide_it() {
    let calendar = calendar();
    let ajuan = submitted(&calendar, at("2026-11-24T10:00:00"), Aturan::default()).unwrap();
    for (declared, day_zero) in
        [("2026-11-24", "2026-11-24"), ("2026-11-25", "2026-11-25"), ("2026-11-26", "2026-11-25"), ("2026-12-10", "2026-11-25")]
    {
        assert_eq!(ajuan.day_zero(&calendar, day(declared)), Ok(day(day_zero)), "{declared}");
    }
    // Sent on Friday evening and found complete on Saturday: day 0 is the Monday.
    let ajuan = submitted(&calendar, at("2026-11-27T18:00:00"), Aturan::default()).unwrap();
    assert_eq!(ajuan.day_zero(&calendar, day("2026-11-28")), Ok(day("2026-11-30")));
}

#[test]
fn day_one_is_the_working_day_after_day_zero() {
    let calendar = calendar();
    let jam = started(5, "2026-11-27");
    assert_eq!(jam.due(&calendar).unwrap().unwrap().date, day("2026-12-04"));
    for (today, used) in
        [("2026-11-26", 0), ("2026-11-27", 0), ("2026-11-29", 0), ("2026-11-30", 1), ("2026-12-04", 5), ("2026-12-07", 6)]
    {
        assert_eq!(jam.used(&calendar, day(today)), Ok(used), "{today}");
    }
    // Beginning again changes nothing: a file is complete once.
    assert_eq!(jam.start(day("2026-12-03")), jam);
}

#[test]
fn the_days_in_which_it_stands_are_given_back() {
    let calendar = calendar();
    let stopped = started(5, "2026-11-24").stop(&calendar, day("2026-11-26")).unwrap();
    assert_eq!((stopped.terpakai, stopped.due(&calendar).unwrap()), (2, None));
    assert_eq!(stopped.used(&calendar, day("2026-12-20")), Ok(2));
    // Resumed on a Sunday: Monday is the third day.
    let resumed = stopped.resume(day("2026-11-29"));
    assert_eq!(resumed.due(&calendar).unwrap().unwrap().date, day("2026-12-02"));
    assert_eq!(resumed.resume(day("2027-01-01")), resumed);
    assert_eq!(Jam::new(5).resume(day("2026-11-29")), Jam::new(5));
}

#[test]
fn what_was_late_when_it_stood_is_still_late_when_it_goes_on() {
    let calendar = calendar();
    let stopped = started(2, "2026-11-23").stop(&calendar, day("2026-11-27")).unwrap();
    assert_eq!(stopped.terpakai, 4);
    for (resumed, due) in [("2026-12-07", "2026-12-03"), ("2026-12-06", "2026-12-02")] {
        let jam = stopped.resume(day(resumed));
        assert_eq!(jam.due(&calendar).unwrap().unwrap().date, day(due));
        assert_eq!(jam.light(&calendar, day(resumed)), Ok(Lampu::Merah));
    }
}

#[test]
fn what_had_used_all_its_days_when_it_stood_is_due_on_the_last_working_day_and_late_on_the_next() {
    let calendar = calendar();
    let stopped = started(2, "2026-11-24").stop(&calendar, day("2026-11-26")).unwrap();
    let jam = stopped.resume(day("2026-11-29"));
    assert_eq!(jam.due(&calendar).unwrap().unwrap().date, day("2026-11-27"));
    assert_eq!((jam.used(&calendar, day("2026-11-29")), jam.used(&calendar, day("2026-11-30"))), (Ok(2), Ok(3)));
    let jam = stopped.resume(day("2026-12-01"));
    assert_eq!(jam.due(&calendar).unwrap().unwrap().date, day("2026-12-01"));
}

#[test]
fn a_stop_before_a_day_zero_that_lies_ahead_uses_nothing() {
    let calendar = calendar();
    let jam = started(3, "2026-11-30").stop(&calendar, day("2026-11-28")).unwrap();
    assert_eq!(jam.terpakai, 0);
    assert_eq!(jam.resume(day("2026-11-29")).due(&calendar).unwrap().unwrap().date, day("2026-12-03"));
}

#[test]
fn the_light_is_green_to_sixty_percent_then_yellow_and_red_on_the_last_day() {
    let calendar = calendar();
    let jam = started(5, "2026-11-23");
    for (today, light) in [
        ("2026-11-23", Lampu::Hijau),
        ("2026-11-26", Lampu::Hijau),
        ("2026-11-27", Lampu::Kuning),
        ("2026-11-29", Lampu::Kuning),
        ("2026-11-30", Lampu::Merah),
        ("2026-12-09", Lampu::Merah),
    ] {
        assert_eq!(jam.light(&calendar, day(today)), Ok(light), "{today}");
    }
    assert_eq!(Jam::new(5).light(&calendar, day("2026-11-23")), Ok(Lampu::Belum));
    let stopped = jam.stop(&calendar, day("2026-11-24")).unwrap();
    assert_eq!(stopped.light(&calendar, day("2027-01-04")), Ok(Lampu::Berhenti));
}

#[test]
fn leaders_are_told_at_eighty_percent_at_the_end_and_a_day_after_it() {
    let calendar = calendar();
    let jam = started(5, "2026-11-23");
    for (today, levels) in [
        ("2026-11-26", &[][..]),
        ("2026-11-27", &[Eskalasi::Kasi]),
        ("2026-11-30", &[Eskalasi::Kasi, Eskalasi::Kepala]),
        ("2026-12-01", &[Eskalasi::Kasi, Eskalasi::Kepala, Eskalasi::Sekda]),
    ] {
        assert_eq!(jam.escalation(&calendar, day(today)).unwrap(), levels, "{today}");
    }
    let stopped = jam.stop(&calendar, day("2026-12-03")).unwrap();
    assert!(stopped.escalation(&calendar, day("2026-12-04")).unwrap().is_empty());
}

#[test]
fn silence_has_its_effect_after_the_last_day_and_only_by_a_rule() {
    let calendar = calendar();
    let jam = started(5, "2026-11-23");
    let granted = AkibatDiam { akibat: Diam::Dikabulkan, dasar: "Perda 3/2026".into() };
    assert_eq!(jam.silence(&calendar, day("2026-11-30"), &granted), Ok(None));
    assert_eq!(jam.silence(&calendar, day("2026-12-01"), &granted), Ok(Some(Diam::Dikabulkan)));
    let without = AkibatDiam { akibat: Diam::TerbitOtomatis, dasar: "  ".into() };
    assert_eq!(jam.silence(&calendar, day("2026-12-01"), &without), Ok(Some(Diam::Peringatan)));
    let stopped = jam.stop(&calendar, day("2026-11-25")).unwrap();
    assert_eq!(stopped.silence(&calendar, day("2027-02-01"), &granted), Ok(None));
}

#[test]
fn an_opd_has_its_share_of_the_days_and_at_least_one() {
    let calendar = calendar();
    for (sla, persen, hari, tenggat) in [
        (7, 40, 3, "2026-11-26"),
        (14, 40, 6, "2026-12-01"),
        (1, 40, 1, "2026-11-24"),
        (5, 0, 1, "2026-11-24"),
        (2, 90, 2, "2026-11-25"),
    ] {
        let jatah = share(&calendar, &started(sla, "2026-11-23"), day("2026-11-23"), persen).unwrap();
        assert_eq!((jatah.hari, jatah.tenggat.date), (hari, day(tenggat)), "{sla} {persen}");
    }
    // Asked late: it ends with the application, but the OPD always has a day.
    let jam = started(7, "2026-11-23");
    assert_eq!(share(&calendar, &jam, day("2026-12-01"), 40).unwrap().tenggat.date, day("2026-12-02"));
    assert_eq!(share(&calendar, &jam, day("2026-12-07"), 40).unwrap().tenggat.date, day("2026-12-08"));
}

#[test]
fn what_nobody_checks_begins_on_the_day_it_counts_as_sent_and_is_promised_a_day_earlier() {
    let calendar = calendar();
    for (sent, day_zero, due) in [
        ("2026-11-24T10:00:00", "2026-11-24", "2026-11-27"),
        // After the cut-off hour, and on a Saturday.
        ("2026-11-24T16:00:00", "2026-11-25", "2026-11-30"),
        ("2026-11-28T09:00:00", "2026-11-30", "2026-12-03"),
    ] {
        let rules = Aturan::default().unchecked(true);
        let ajuan = submitted(&calendar, at(sent), rules).unwrap();
        assert_eq!(ajuan.day_zero(&calendar, at(sent).date()), Ok(day(day_zero)), "{sent}");
        assert_eq!(promise(&calendar, at(sent), rules, 3).unwrap().date, day(due), "{sent}");
    }
}

#[test]
fn an_applicant_is_reminded_three_working_days_before_the_time_for_mending_ends() {
    let perbaikan = mending(&calendar(), day("2026-11-24"), 10).unwrap();
    assert_eq!((perbaikan.batas.date, perbaikan.ingatkan), (day("2026-12-08"), day("2026-12-03")));
    assert_eq!(mending(&calendar(), day("2026-11-24"), 2).unwrap().ingatkan, day("2026-11-24"));
}

#[test]
fn a_closure_by_decree_moves_what_is_open_and_nothing_that_is_past() {
    let mut calendar = calendar();
    let jam = started(5, "2026-11-23");
    for tanggal in ["2026-11-26", "2026-11-27"] {
        let nama = "Kantor ditutup (Keputusan Bupati)".into();
        calendar.add_day_off(DayOff { tanggal: day(tanggal), jenis: DayOffKind::PenutupanDaerah, nama });
    }
    assert_eq!(jam.due(&calendar).unwrap().unwrap().date, day("2026-12-02"));
    assert_eq!(jam.used(&calendar, day("2026-11-29")), Ok(2));
}

#[test]
fn a_clock_that_runs_into_a_year_without_a_decree_says_that_its_date_may_move() {
    let calendar = calendar();
    assert!(!started(5, "2026-12-07").due(&calendar).unwrap().unwrap().provisional);
    let into_2027 = started(14, "2026-12-21").due(&calendar).unwrap().unwrap();
    assert!(into_2027.provisional && into_2027.date.year() == 2027);
    // 2028 has no list: weekends and the five fixed days, 1 January among them, and the date is provisional.
    let into_2028 = started(5, "2027-12-29").due(&calendar).unwrap().unwrap();
    assert!(into_2028.provisional);
    assert_eq!(into_2028.date, day("2028-01-05"));
    assert!(promise(&calendar, at("2027-12-30T10:00:00"), Aturan::default(), 3).unwrap().provisional);
}

#[test]
fn beyond_the_years_that_can_be_computed_there_is_a_message_and_no_guess() {
    let error = started(30, "2028-12-15").due(&calendar()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Kalender hari kerja tahun 2029 belum tersedia. Muat hari libur tahun 2029, atau pilih tanggal sampai akhir 2028."
    );
    assert!(submitted(&calendar(), at("2029-03-01T09:00:00"), Aturan::default()).is_err());
}

/// Days of 2026 and 2027, so that clocks of 60 days end before 2029.
fn some_day() -> impl Strategy<Value = Date> {
    (0i32..650).prop_map(|days| days_after(day("2026-01-01"), days).unwrap())
}

fn closed(closures: &[i32]) -> WorkingCalendar {
    let mut calendar = calendar();
    for days in closures {
        let tanggal = days_after(day("2026-01-01"), *days).unwrap();
        calendar.add_day_off(DayOff { tanggal, jenis: DayOffKind::PenutupanDaerah, nama: "Ditutup".into() });
    }
    calendar
}

proptest! {
    #[test]
    fn a_due_date_never_falls_on_a_day_off(
        start in some_day(), sla in 0i64..60, gap in 0i32..20, stand in 0i32..40, closures in prop::collection::vec(0i32..700, 0..20),
    ) {
        let calendar = closed(&closures);
        let jam = Jam::new(sla).start(start);
        let (stop, resume) = (days_after(start, gap).unwrap(), days_after(start, gap + stand).unwrap());
        for jam in [jam, jam.stop(&calendar, stop).unwrap().resume(resume)] {
            let due = jam.due(&calendar).unwrap().unwrap();
            prop_assert!(calendar.is_working(due.date).unwrap());
        }
        let sent = start.at(16, 0, 0, 0);
        let ajuan = submitted(&calendar, sent, Aturan::default()).unwrap();
        prop_assert!(calendar.is_working(ajuan.hari).unwrap() && calendar.is_working(ajuan.batas_periksa.date).unwrap());
        prop_assert!(calendar.is_working(share(&calendar, &jam, stop, 40).unwrap().tenggat.date).unwrap());
        prop_assert!(calendar.is_working(mending(&calendar, stop, 10).unwrap().batas.date).unwrap());
    }

    #[test]
    fn more_days_never_mean_an_earlier_end(start in some_day(), sla in 0i64..60, more in 0i64..30, gap in 0i32..30, stand in 0i32..30) {
        let calendar = calendar();
        let end = |sla: i64| {
            let (stop, resume) = (days_after(start, gap).unwrap(), days_after(start, gap + stand).unwrap());
            let jam = Jam::new(sla).start(start).stop(&calendar, stop).unwrap().resume(resume);
            jam.due(&calendar).unwrap().unwrap().date
        };
        prop_assert!(end(sla) <= end(sla + more));
        let sent = start.at(9, 0, 0, 0);
        let promised = |sla| promise(&calendar, sent, Aturan::default(), sla).unwrap().date;
        prop_assert!(promised(sla) <= promised(sla + more));
    }

    #[test]
    fn stopping_and_going_on_conserves_the_days(start in some_day(), sla in 1i64..40, steps in prop::collection::vec(0i32..9, 0..12)) {
        let calendar = calendar();
        let (mut jam, mut today, mut stood) = (Jam::new(sla).start(start), start, 0);
        for days in &steps {
            let next = days_after(today, *days).unwrap();
            if jam.is_running() {
                jam = jam.stop(&calendar, next).unwrap();
            } else {
                stood += calendar.working_days_between(today, next).unwrap();
                jam = jam.resume(next);
            }
            today = next;
        }
        let all = calendar.working_days_between(start, today).unwrap();
        prop_assert_eq!(jam.used(&calendar, today).unwrap() + stood, all);
        if let Some(due) = jam.due(&calendar).unwrap() {
            // On its last day exactly the promised days are used.
            if due.date >= today {
                prop_assert_eq!(jam.used(&calendar, due.date).unwrap(), sla);
            }
        }
    }

    #[test]
    fn a_stop_and_a_resumption_on_one_day_change_nothing(start in some_day(), sla in 0i64..40, gap in 0i32..30) {
        let calendar = calendar();
        let jam = Jam::new(sla).start(start);
        let day = days_after(start, gap).unwrap();
        let again = jam.stop(&calendar, day).unwrap().resume(day);
        prop_assert_eq!(again.used(&calendar, day).unwrap(), jam.used(&calendar, day).unwrap());
        if sla > 0 || calendar.is_working(day).unwrap() {
            let (before, after) = (jam.due(&calendar).unwrap().unwrap(), again.due(&calendar).unwrap().unwrap());
            if calendar.is_working(day).unwrap() && calendar.is_working(start).unwrap() {
                prop_assert_eq!(before.date, after.date);
            }
        }
    }

    #[test]
    fn a_later_submission_is_never_due_earlier(start in some_day(), hour in 0i8..24, later in 0i32..10, sla in 0i64..30) {
        let calendar = calendar();
        let first = promise(&calendar, start.at(hour, 0, 0, 0), Aturan::default(), sla).unwrap().date;
        let second = promise(&calendar, days_after(start, later).unwrap().at(hour, 0, 0, 0), Aturan::default(), sla).unwrap().date;
        prop_assert!(first <= second);
    }

    #[test]
    fn a_desk_that_is_late_never_wins_a_day(start in some_day(), hour in 0i8..24, declared in 0i32..30) {
        let calendar = calendar();
        let ajuan = submitted(&calendar, start.at(hour, 0, 0, 0), Aturan::default()).unwrap();
        let zero = ajuan.day_zero(&calendar, days_after(start, declared).unwrap()).unwrap();
        prop_assert!(ajuan.hari <= zero && zero <= ajuan.batas_periksa.date && calendar.is_working(zero).unwrap());
    }
}
