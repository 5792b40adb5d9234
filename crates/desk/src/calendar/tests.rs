use praja_kernel::{DayOffKind, YearStatus};
use praja_store::Keys;

use super::*;
use crate::testing::{engines, sqlite, today};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn what_this_release_carries_loads_twice_without_a_change() {
    for (db, by) in engines("desk_uji_libur") {
        for _ in 0..2 {
            db.write(&by, Keys::none(), install).expect("the embedded years load");
        }
        let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
        for year in [2025, 2026, 2027] {
            assert!(calendar.is_loaded(year), "{year}");
        }
        assert!(matches!(calendar.status(2026), Ok(YearStatus::Final { dasar: Some(_) })));
        assert_eq!(calendar.status(2027), Ok(&YearStatus::Sementara));
        assert_eq!(calendar.is_working(date("2026-12-25")), Ok(false));
        assert_eq!(calendar.is_working(date("2026-11-23")), Ok(true));
    }
}

#[test]
fn a_year_that_a_regency_published_is_not_overwritten_by_installing_again() {
    let (db, by, _) = sqlite();
    db.write(&by, Keys::none(), |tx| {
        install(tx)?;
        let mut days = of(tx, today())?.days_off(2027).map_err(corrupt)?;
        days.push(DayOff { tanggal: date("2027-03-01"), jenis: DayOffKind::PenutupanDaerah, nama: "Hari jadi daerah".into() });
        load_reference(tx, 2027, &YearStatus::Final { dasar: Some("SKB 1/2026".into()) }, &days)?;
        install(tx)
    })
    .expect("both load");
    let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
    assert_eq!(calendar.status(2027), Ok(&YearStatus::Final { dasar: Some("SKB 1/2026".into()) }));
    assert_eq!(calendar.reason_off(date("2027-03-01")), Ok(Some("Hari jadi daerah")));
}

#[test]
fn a_list_without_the_fixed_holidays_is_refused() {
    let (db, by, _) = sqlite();
    let loaded = db.write(&by, Keys::none(), |tx| load_reference(tx, 2028, &YearStatus::Sementara, &[]));
    assert!(matches!(loaded, Err(StoreError::Corrupt(_))));
}

#[test]
fn without_any_list_the_calendar_is_provisional_but_never_empty() {
    let (db, _, _) = sqlite();
    let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
    assert_eq!(calendar.status(2026), Ok(&YearStatus::Sementara));
    assert_eq!(calendar.is_working(date("2026-08-17")), Ok(false));
}

mod changing {
    use praja_kernel::{DayOffKind, YearStatus};
    use praja_store::{Keys, StoreError};

    use super::{date, *};
    use crate::{
        MANAGE_CALENDAR,
        tasks::{self, NewTask, View},
        testing::{Office, officer, text, today},
    };

    fn year(tahun: i16) -> Year {
        Year::unknown(tahun, today()).unwrap()
    }

    fn fields(outcome: Result<Year, Refusal>) -> Vec<String> {
        match outcome {
            Err(Refusal::Fields(problems)) => problems.into_iter().map(|problem| problem.field.into_owned()).collect(),
            other => panic!("expected fields, got {other:?}"),
        }
    }

    #[test]
    fn a_day_needs_its_date_kind_name_and_where_it_goes_beyond_the_decree_its_own() {
        let fine = year(2027).with_day("penutupan_daerah", Ok(date("2027-03-01")), "Hari jadi", "Perbup 5/2026").unwrap();
        assert_eq!(fine.days.len(), 6);
        assert_eq!(fields(year(2027).with_day("", Ok(date("2026-03-01")), " ", "")), ["tanggal", "jenis", "nama"]);
        assert_eq!(fields(year(2027).with_day("penutupan_daerah", Ok(date("2027-03-01")), "Hari jadi", " ")), ["dasar"]);
        assert!(year(2027).with_day("cuti_bersama", Ok(date("2027-03-01")), "Cuti", "").is_ok(), "the year's decree is to come");
        let published = year(2027).published("SKB 1497/2026").unwrap();
        assert_eq!(fields(published.with_day("cuti_bersama", Ok(date("2027-03-01")), "Cuti", "")), ["dasar"]);
        let twice = year(2027).with_day("cuti_bersama", Ok(date("2027-08-17")), "Cuti", "");
        assert!(matches!(twice, Err(Refusal::OffAlready { .. })));
    }

    #[test]
    fn the_five_fixed_holidays_stay_and_others_go_with_a_reason() {
        let with = year(2027).with_day("cuti_bersama", Ok(date("2027-03-01")), "Cuti", "").unwrap();
        assert_eq!(fields(with.clone().without_day(date("2027-03-01"), " ", today())), ["alasan"]);
        assert_eq!(with.without_day(date("2027-03-01"), "Dicabut", today()).unwrap(), year(2027));
        assert!(matches!(year(2027).without_day(date("2027-08-17"), "x", today()), Err(Refusal::Fixed { .. })));
    }

    #[test]
    fn a_decree_has_a_number() {
        assert_eq!(fields(year(2027).published("sudah terbit")), ["dasar"]);
        let published = year(2027).published("  SKB  1497/2026 ").unwrap();
        assert_eq!(published.status, YearStatus::Final { dasar: Some("SKB 1497/2026".into()) });
    }

    #[test]
    fn a_list_replaces_the_national_days_and_leaves_what_the_regency_closes() {
        let closed = year(2027).with_day("penutupan_daerah", Ok(date("2027-03-01")), "Hari jadi", "Perbup 5").unwrap();
        let loaded = closed.clone().with_list(YEARS[2].1, today()).unwrap();
        assert_eq!(loaded.days.len(), 27);
        assert!(loaded.days.iter().any(|one| one.day.jenis == DayOffKind::PenutupanDaerah && one.dasar == "Perbup 5"));
        assert_eq!(fields(closed.clone().with_list("tanggal,hari\n", today())), ["daftar"]);
        assert_eq!(
            fields(closed.with_list("tanggal,hari,jenis,nama\n2027-01-01,Jumat,libur_nasional,Tahun Baru\n", today())),
            ["daftar"]
        );
    }

    #[test]
    fn a_provisional_date_keeps_its_number_of_working_days_and_a_fixed_one_only_leaves_a_day_off() {
        let before = year(2027);
        let after = before.clone().with_day("cuti_bersama", Ok(date("2027-03-03")), "Cuti", "").unwrap();
        let after = after.with_day("cuti_bersama", Ok(date("2027-03-06")), "Sabtu", "").unwrap();
        let event = after.changes(&before, &[], "1".into(), String::new());
        assert_eq!(
            (event.menjadi_libur.as_slice(), event.menjadi_kerja.len()),
            ([date("2027-03-03")].as_slice(), 0),
            "no weekend"
        );
        let mut calendar = WorkingCalendar::new(today());
        calendar.load(2027, YearStatus::Sementara, after.days.iter().map(|one| one.day.clone()).collect()).unwrap();
        let cases = [
            ("2027-03-01", "2027-03-04", true, "2027-03-05"),
            ("2027-03-01", "2027-03-05", true, "2027-03-08"),
            ("2027-03-01", "2027-03-02", true, "2027-03-02"),
            ("2027-03-04", "2027-03-05", true, "2027-03-05"),
            ("2027-03-01", "2027-03-05", false, "2027-03-05"),
            ("2027-03-01", "2027-03-03", false, "2027-03-04"),
        ];
        for (from, due, provisional, expected) in cases {
            let moved = recount(&event, &calendar, date(from), date(due), provisional).unwrap();
            assert_eq!(moved.date, date(expected), "{from} {due} {provisional}");
        }
        let back = before.changes(&after, &[], "2".into(), String::new());
        let mut old = WorkingCalendar::new(today());
        old.load(2027, YearStatus::Sementara, before.days.iter().map(|one| one.day.clone()).collect()).unwrap();
        assert_eq!(recount(&back, &old, date("2027-03-01"), date("2027-03-05"), true).unwrap().date, date("2027-03-04"));
    }

    #[test]
    fn the_decree_of_the_next_year_is_asked_for_sixty_days_ahead() {
        let soon = YearStatus::Sementara;
        assert!(!watch::is_due(date("2026-11-01"), &soon));
        assert!(watch::is_due(date("2026-11-02"), &soon) && watch::is_due(date("2026-12-31"), &soon));
        assert!(!watch::is_due(date("2026-12-31"), &YearStatus::Final { dasar: None }));
    }

    fn task(office: &Office, judul: &str, due: &str, sementara: bool) {
        let task = NewTask {
            untuk: format!("jabatan:{}", crate::testing::id(2)),
            judul: judul.into(),
            tautan: "/uji/1".into(),
            objek: format!("uji_surat:{judul}"),
            jatuh_tempo: Some(date(due)),
            sementara,
        };
        office.instance.db.write(&office.by(), Keys::none(), move |tx| tasks::open(tx, &task)).unwrap();
    }

    fn dues(office: &Office) -> Vec<(String, String, bool)> {
        let page = office.instance.db.read(|tx| tasks::list(tx, &officer(), View::Terbuka, today(), None, 10)).unwrap();
        let due = |task: &tasks::Task| task.jatuh_tempo.map(|due| due.to_string()).unwrap_or_default();
        page.tasks.iter().map(|task| (task.judul.clone(), due(task), task.sementara)).collect()
    }

    /// Runs the jobs that wait, as the background does.
    fn work(office: &Office) -> usize {
        let by = office.instance.by_system("uji");
        let mut count = 0;
        while let Some(job) = office.instance.db.lease_job(&by, "uji", 60_000).unwrap() {
            let kind = crate::MODULE.jobs.iter().find(|kind| kind.kind == job.kind).expect("a job of the desk");
            (kind.run)(&office.instance, &job.payload).expect("the job is done");
            office.instance.db.finish_job(&by, &job, "uji").unwrap();
            count += 1;
        }
        count
    }

    #[actix_web::test]
    async fn publishing_a_year_counts_open_dates_again_lists_them_and_tells_who_holds_them() {
        let office = Office::with(&[], &[MANAGE_CALENDAR]);
        // Counted from 22 November 2026 through a year that is not final.
        for (judul, due, sementara) in
            [("Menyeberang", "2027-04-12", true), ("Tetap", "2027-04-06", false), ("Dekat", "2026-12-01", false)]
        {
            task(&office, judul, due, sementara);
        }
        let add = "/desk/kalender/2027/tambah";
        let day = [
            ("tanggal", "2027-04-06"),
            ("jenis", "penutupan_daerah"),
            ("nama", "Hari jadi <daerah>"),
            ("dasar", "Perbup 5/2026"),
        ];
        assert_eq!(office.fill("/desk/kalender?tahun=2027", add, &day).await.status(), 303);
        let twice = office.fill("/desk/kalender?tahun=2027", add, &day).await;
        assert_eq!(twice.status(), 422);
        assert!(text(twice).await.contains("sudah libur: Hari jadi &lt;daerah&gt;"));
        assert_eq!(work(&office), 1);
        let moved = dues(&office);
        assert!(moved.contains(&("Menyeberang".into(), "2027-04-13".into(), true)), "{moved:?}");
        assert!(moved.contains(&("Tetap".into(), "2027-04-07".into(), false)), "a due date is never a day off");
        assert!(moved.contains(&("Dekat".into(), "2026-12-01".into(), false)));
        let publish = "/desk/kalender/2027/terbit";
        assert!(text(office.get(publish).await).await.contains("Menyeberang"), "what would move is shown before");
        assert_eq!(office.fill(publish, publish, &[("dasar", "belum tahu")]).await.status(), 422);
        assert_eq!(office.fill(publish, publish, &[("dasar", "SKB 3 Menteri 1497/2026")]).await.status(), 303);
        work(&office);
        assert!(dues(&office).contains(&("Menyeberang".into(), "2027-04-13".into(), false)), "the date is certain now");
        let list = text(office.get("/desk/kalender/2027/geser").await).await;
        assert!(list.contains("Menyeberang") && list.contains("13 Apr 2027") && !list.contains("Dekat"));
        let page = text(office.get("/desk/kalender?tahun=2027").await).await;
        assert!(page.contains("SKB 3 Menteri 1497/2026") && page.contains("final"));
        let told = office.instance.db.read(|tx| {
            let filter = crate::notices::Filter::default();
            crate::notices::list(tx, &officer(), &filter, 10)
        });
        let told: Vec<String> = told.unwrap().0.into_iter().map(|kabar| kabar.judul).collect();
        assert_eq!(told, ["2 batas waktu Anda bergeser karena kalender kerja berubah"]);
        let removed = office
            .fill(
                "/desk/kalender/2027/hapus?tanggal=2027-04-06",
                "/desk/kalender/2027/hapus",
                &[("tanggal", "2027-04-06"), ("alasan", "Perbup 9/2026")],
            )
            .await;
        assert_eq!(removed.status(), 303);
    }

    #[actix_web::test]
    async fn a_week_of_six_days_is_set_by_decree_from_a_day_on_and_moves_what_is_open() {
        let office = Office::with(&[], &[MANAGE_CALENDAR]);
        task(&office, "Menyeberang", "2027-04-12", true);
        let (page, set) = ("/desk/kalender", "/desk/kalender/pekan");
        for (fields, told) in [
            ([("pekan", "7"), ("mulai", "2027-03-01"), ("dasar_pekan", "Perbup 12/2026")], "Pilih lamanya pekan kerja"),
            ([("pekan", "5"), ("mulai", "2027-03-01"), ("dasar_pekan", "Perbup 12/2026")], "sudah lima hari"),
            ([("pekan", "6"), ("mulai", "2026-11-02"), ("dasar_pekan", "Perbup 12/2026")], "tidak dihitung ulang"),
            ([("pekan", "6"), ("mulai", "2040-01-01"), ("dasar_pekan", "Perbup 12/2026")], "sampai akhir tahun 2028"),
            ([("pekan", "6"), ("mulai", "2027-03-01"), ("dasar_pekan", "perintah lisan")], "Tulis nomor keputusannya"),
        ] {
            let wrong = office.fill(page, set, &fields).await;
            assert_eq!(wrong.status(), 422, "{fields:?}");
            let wrong = text(wrong).await;
            assert!(wrong.contains(told) && wrong.contains(fields[2].1), "{told}: {wrong}");
        }
        assert_eq!(work(&office), 0);
        let six = [("pekan", "6"), ("mulai", "2027-03-01"), ("dasar_pekan", "Perbup 12/2026")];
        assert_eq!(office.fill(page, set, &six).await.status(), 303);
        work(&office);
        // As many working days as before, six Saturdays among them.
        let moved = dues(&office);
        let now = office.instance.db.read(|tx| of(tx, today())).unwrap();
        let due = date(&moved[0].1);
        assert!(due < date("2027-04-12"), "{moved:?}");
        let old = {
            let mut old = now.clone();
            old.set_week(date("2027-03-01"), praja_kernel::Pekan::Lima);
            old
        };
        assert_eq!(
            now.working_days_between(date("2026-11-22"), due),
            old.working_days_between(date("2026-11-22"), date("2027-04-12"))
        );
        let shown = text(office.get(page).await).await;
        assert!(shown.contains("Enam hari (Senin sampai Sabtu)") && shown.contains("Sekarang: lima hari"), "{shown}");
        assert_eq!(Office::new(&[]).fill(page, set, &six).await.status(), 403);
    }

    #[actix_web::test]
    async fn everybody_reads_the_calendar_and_only_its_keeper_changes_it() {
        let office = Office::new(&[]);
        let page = text(office.get("/desk/kalender").await).await;
        assert!(page.contains("Kemerdekaan") && page.contains("Setahun") && !page.contains("Tambah hari libur"));
        assert_eq!(office.get("/desk/kalender?tahun=1999").await.status(), 404);
        assert_eq!(office.get("/desk/kalender/2027/terbit").await.status(), 403);
        assert_eq!(office.get("/desk/kalender/2026/unduh?format=csv").await.status(), 200);
        let keeper = Office::with(&[], &[MANAGE_CALENDAR]);
        assert_eq!(keeper.get("/desk/kalender/2025/terbit").await.status(), 422, "the past is settled");
        for path in ["/desk/kalender/2027/muat", "/desk/kalender/2027/hapus?tanggal=2027-01-01", "/desk/kalender/2028/terbit"] {
            assert_eq!(keeper.get(path).await.status(), 200, "{path}");
        }
        let load = "/desk/kalender/2027/muat";
        assert_eq!(keeper.fill(load, load, &[("daftar", "rusak")]).await.status(), 422);
        assert_eq!(keeper.fill(load, load, &[("daftar", YEARS[2].1)]).await.status(), 303);
    }

    #[test]
    fn a_job_that_was_cut_off_moves_each_date_once() {
        let office = Office::with(&[], &[MANAGE_CALENDAR]);
        task(&office, "Menyeberang", "2027-04-12", true);
        office
            .instance
            .db
            .write(&office.by(), keys(), |tx| {
                let before = super::super::year(tx, 2027, today())?;
                let day = before
                    .clone()
                    .with_day("cuti_bersama", Ok(date("2027-04-06")), "Cuti", "")
                    .map_err(praja_module::Problem::refused)?;
                save(tx, &before, &day, "desk.add-hari-libur", "Uji")?;
                Ok::<_, praja_module::Problem>(())
            })
            .unwrap();
        let by = office.instance.by_system("uji");
        let job = office.instance.db.lease_job(&by, "uji", 60_000).unwrap().unwrap();
        for _ in 0..2 {
            super::super::recount::run(&office.instance, &job.payload).unwrap();
        }
        assert_eq!(dues(&office), [("Menyeberang".to_owned(), "2027-04-13".to_owned(), true)]);
        let _ = StoreError::Missing;
    }
}
