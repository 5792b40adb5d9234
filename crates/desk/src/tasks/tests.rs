use proptest::prelude::*;

use praja_kernel::{Date, YearStatus};
use praja_store::{By, Db, Keys, Plan, PlanLog, StoreError};

use super::*;
use crate::{
    attachments, calendar,
    testing::{engines, engines_with, id, officer, sqlite, today},
};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn new(untuk: &str, objek: &str, due: Option<&str>) -> NewTask {
    NewTask {
        untuk: untuk.into(),
        judul: format!("Arahkan {objek}"),
        tautan: "/uji/surat/1".into(),
        objek: objek.into(),
        jatuh_tempo: due.map(date),
        sementara: false,
    }
}

fn task(number: u8, due: Option<&str>) -> Task {
    Task {
        id: id(number),
        untuk: format!("jabatan:{}", id(2)),
        judul: format!("Tugas {number}"),
        tautan: "/".into(),
        objek: "uji_surat:1".into(),
        jatuh_tempo: due.map(date),
        sementara: false,
        oleh: "Siti Uji".into(),
        dibuat: Moment(0),
        selesai_pada: None,
        selesai_oleh: None,
        semula: None,
        ringan: false,
    }
}

fn give(db: &Db, by: &By, task: NewTask) {
    db.write(by, Keys::none(), move |tx| open(tx, &task)).expect("a task opens");
}

fn waiting(db: &Db) -> i64 {
    db.read(|tx| open_count(tx, &officer())).expect("a count")
}

#[test]
fn late_tasks_come_first_then_by_due_date_then_the_newest_and_undated_ones_last() {
    let mut tasks = [
        task(1, None),
        task(2, Some("2026-11-30")),
        task(3, Some("2026-11-20")),
        task(4, Some("2026-11-30")),
        task(5, None),
        task(6, Some("2026-10-01")),
    ];
    tasks.sort_by(|a, b| order(View::Terbuka, a, b));
    assert_eq!(tasks.map(|task| task.judul), ["Tugas 6", "Tugas 3", "Tugas 4", "Tugas 2", "Tugas 5", "Tugas 1"]);
}

#[test]
fn lateness_is_said_in_working_days_with_its_tone() {
    let (db, by, _) = sqlite();
    db.write(&by, Keys::none(), calendar::install).unwrap();
    let calendar = db.read(|tx| calendar::of(tx, today())).unwrap();
    // Today is a Sunday.
    let cases = [
        ("2026-11-19", Tone::Bad, "terlambat 1 hari kerja"),
        ("2026-11-20", Tone::Bad, "lewat tenggat"),
        ("2026-11-22", Tone::Warn, "jatuh tempo hari ini"),
        ("2026-11-23", Tone::Warn, "jatuh tempo besok"),
        ("2026-11-26", Tone::Neutral, "4 hari kerja lagi"),
    ];
    for (due, tone, words) in cases {
        assert_eq!(due_state(&task(1, Some(due)), today(), &calendar), Some((tone, words.to_owned())), "due {due}");
    }
    assert_eq!(due_state(&task(1, None), today(), &calendar), None);
    let provisional = Task { sementara: true, ..task(1, Some("2026-11-26")) };
    assert_eq!(due_state(&provisional, today(), &calendar).unwrap().1, "4 hari kerja lagi (sementara)");
    assert!(matches!(calendar.status(2026), Ok(YearStatus::Final { .. })));
}

#[test]
fn the_counter_follows_every_opening_and_closing_on_both_engines() {
    for (db, by) in engines("desk_uji_tugas") {
        let (mine, ours) = (format!("jabatan:{}", id(2)), format!("opd:{}", id(1)));
        for objek in ["uji_surat:1", "uji_surat:2"] {
            give(&db, &by, new(&mine, objek, Some("2026-11-24")));
        }
        give(&db, &by, new(&ours, "uji_surat:1", None));
        give(&db, &by, new("jabatan:lain", "uji_surat:1", None));
        assert_eq!(waiting(&db), 3);
        db.write(&by, Keys::none(), move |tx| done_for(tx, "uji_surat:1", &ours)).unwrap();
        assert_eq!(waiting(&db), 2);
        for _ in 0..2 {
            db.write(&by, Keys::none(), |tx| done(tx, "uji_surat:1")).unwrap();
        }
        assert_eq!(waiting(&db), 1, "closing twice counts once, {:?}", db.engine());
        let undone = db.write(&by, Keys::none(), |tx| {
            done(tx, "uji_surat:2")?;
            Err::<(), _>(StoreError::Missing)
        });
        assert!(undone.is_err());
        assert_eq!(waiting(&db), 1, "a refused act leaves the counter alone");
    }
}

#[test]
fn a_task_never_leads_out_of_this_box() {
    let (db, by, _) = sqlite();
    for tautan in ["https://contoh.example/", "//contoh.example/", "javascript:1"] {
        let task = NewTask { tautan: tautan.into(), ..new("opd:1", "uji_surat:1", None) };
        assert!(db.write(&by, Keys::none(), move |tx| open(tx, &task)).is_err(), "{tautan}");
    }
}

#[test]
fn the_inbox_merges_all_subjects_and_pages_through_them_without_loss_or_repetition() {
    for (db, by) in engines("desk_uji_kotak") {
        let subjects = officer().subjects();
        for number in 0..23_usize {
            let due = [None, Some("2026-11-20"), Some("2026-11-24"), Some("2026-12-01")][number % 4];
            give(&db, &by, new(&subjects[number % subjects.len()], &format!("uji_surat:{number}"), due));
        }
        for view in View::ALL {
            if *view == View::Selesai {
                for number in 0..23_i64 {
                    let later = By { at: by.at.plus_ms(number / 2), ..by.clone() };
                    db.write(&later, Keys::none(), move |tx| done(tx, &format!("uji_surat:{number}"))).unwrap();
                }
            }
            let whole = db.read(|tx| list(tx, &officer(), *view, today(), None, 100)).unwrap();
            let (mut pieces, mut after) = (Vec::new(), None::<After>);
            loop {
                let page = db.read(|tx| list(tx, &officer(), *view, today(), after.as_ref(), 5)).unwrap();
                pieces.extend(page.tasks);
                after = page.next.map(|next| next.to_string().parse().expect("its own text"));
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(pieces, whole.tasks, "{view:?} on {:?}", db.engine());
            assert!(whole.tasks.is_sorted_by(|a, b| order(*view, a, b).is_lt()));
            assert_eq!(whole.tasks.len(), if matches!(view, View::Terlambat | View::Pekan) { 6 } else { 23 });
        }
        assert_eq!(waiting(&db), 0);
    }
}

#[test]
fn no_list_of_tasks_reads_a_whole_table_or_sorts_in_memory() {
    let (lite, by, plans) = sqlite();
    let pg_plans = PlanLog::default();
    let others = engines_with("desk_uji_rencana", &pg_plans).into_iter().skip(1);
    for (db, by) in [(lite, by)].into_iter().chain(others) {
        give(&db, &by, new("opd:1", "uji_surat:1", None));
        let after: After = format!("2026-11-22_{}", id(1)).parse().unwrap();
        for view in View::ALL {
            for after in [None, Some(&after)] {
                db.read(|tx| list(tx, &officer(), *view, today(), after, 10)).unwrap();
            }
        }
        db.read(|tx| late_count(tx, &officer(), today(), 100)).unwrap();
        assert_eq!(waiting(&db), 0);
        db.read(|tx| calendar::of(tx, today())).unwrap();
        db.read(|tx| attachments::of(tx, "uji_surat:1")).unwrap();
        db.read(|tx| attachments::find(tx, &officer(), id(1))).unwrap();
    }
    let all = plans.plans().into_iter().chain(pg_plans.plans());
    let sorts = |plan: &Plan| plan.lines.iter().any(|line| line.contains("Sort"));
    let bad: Vec<_> = all.filter(|plan| plan.sql.contains("desk_") && (!plan.offences().is_empty() || sorts(plan))).collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

proptest! {
    #[test]
    fn no_text_in_the_address_breaks_the_inbox(text in ".{0,60}") {
        if let Ok(after) = text.parse::<After>() {
            prop_assert_eq!(after.to_string(), text);
        }
    }
}
