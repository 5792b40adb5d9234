use praja_kernel::{Date, DayOff, DayOffKind, Id, Refuse, Sifat, WorkingCalendar, YearStatus};

use crate::disposisi::{
    Act, Baru, Draft, Hasil, Kelompok, Known, Peran, Refusal, Status,
    calon::Calon,
    give, inherited, is_done,
    ladder::{Rung, first, next_after, rung},
    report, step,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(number: u8) -> Id {
    Id::v7(1, [number; 10])
}

fn calendar() -> WorkingCalendar {
    let mut calendar = WorkingCalendar::new(day("2026-11-20"));
    let fixed = [(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)];
    let rows = fixed.map(|(month, day)| DayOff {
        tanggal: Date::new(2026, month, day).unwrap(),
        jenis: DayOffKind::LiburNasional,
        nama: "Libur".into(),
    });
    calendar.load(2026, YearStatus::Final { dasar: None }, rows.into()).unwrap();
    calendar
}

/// What a state × act pair becomes; `None`: refused.
fn after(status: Status, act: Act) -> Option<Status> {
    step(status, act, true).ok()
}

#[test]
fn every_state_and_act_is_decided_as_the_table_says() {
    use Status::*;
    // Columns: Confirm, Cancel, Read, Accept, Refuse, Process, Forward, Report, Approve, Return, Waive, Withdraw.
    let no = None;
    let table: [(Status, [Option<Status>; 12]); 11] = [
        (Konsep, [Some(Dikirim), Some(Ditarik), no, no, no, no, no, no, no, no, no, no]),
        (
            Dikirim,
            [
                no,
                no,
                Some(Dibaca),
                Some(Diterima),
                Some(Ditolak),
                Some(Diproses),
                Some(Diproses),
                Some(Dilaporkan),
                no,
                no,
                Some(Selesai),
                Some(Ditarik),
            ],
        ),
        (
            Dibaca,
            [
                no,
                no,
                Some(Dibaca),
                Some(Diterima),
                Some(Ditolak),
                Some(Diproses),
                Some(Diproses),
                Some(Dilaporkan),
                no,
                no,
                Some(Selesai),
                no,
            ],
        ),
        (Diterima, [no, no, Some(Diterima), no, no, Some(Diproses), Some(Diproses), Some(Dilaporkan), no, no, Some(Selesai), no]),
        (Ditolak, [no; 12]),
        (Diproses, [no, no, Some(Diproses), no, no, Some(Diproses), Some(Diproses), Some(Dilaporkan), no, no, Some(Selesai), no]),
        (Dilaporkan, [no, no, Some(Dilaporkan), no, no, no, no, no, Some(Disetujui), Some(Dikembalikan), no, no]),
        (
            Dikembalikan,
            [no, no, Some(Dikembalikan), no, no, Some(Diproses), Some(Diproses), Some(Dilaporkan), no, no, Some(Selesai), no],
        ),
        (Disetujui, [no, no, Some(Disetujui), no, no, no, no, no, no, no, no, no]),
        (Selesai, [no, no, Some(Selesai), no, no, no, no, no, no, no, no, no]),
        (Ditarik, [no; 12]),
    ];
    assert_eq!(table.len(), Status::ALL.len());
    for (status, row) in table {
        for (act, expected) in Act::ALL.iter().zip(row) {
            assert_eq!(after(status, *act), expected, "{status:?} × {act:?}");
        }
    }
}

#[test]
fn where_no_report_is_asked_reading_is_all_there_is_to_do() {
    assert_eq!(step(Status::Dikirim, Act::Read, false), Ok(Status::Selesai));
    assert_eq!(step(Status::Dikirim, Act::Report, false), Ok(Status::Dilaporkan), "who wants to may still report");
}

#[test]
fn what_was_read_is_not_taken_back() {
    for status in [Status::Dibaca, Status::Diterima, Status::Diproses, Status::Dilaporkan, Status::Dikembalikan] {
        assert_eq!(step(status, Act::Withdraw, true), Err(Refusal::AlreadyRead));
    }
    assert!(matches!(step(Status::Disetujui, Act::Withdraw, true), Err(Refusal::NotNow { .. })));
}

#[test]
fn a_recipient_reports_only_after_those_below_are_done() {
    let cases: [(&[(Status, bool)], bool); 6] = [
        (&[], true),
        (&[(Status::Disetujui, true), (Status::Selesai, true)], true),
        (&[(Status::Ditolak, true), (Status::Ditarik, true)], true),
        (&[(Status::Dikirim, false)], true),
        (&[(Status::Dilaporkan, true), (Status::Disetujui, true)], false),
        (&[(Status::Konsep, true)], false),
    ];
    for (children, may) in cases {
        assert_eq!(report(Status::Diproses, children, true).is_ok(), may, "{children:?}");
    }
    assert_eq!(
        report(Status::Diproses, &[(Status::Dibaca, true), (Status::Diproses, true)], true),
        Err(Refusal::ChildrenOpen(2))
    );
}

fn hasil(status: Status, peran: Peran, wajib_laporan: bool) -> Hasil {
    Hasil { status, peran, wajib_laporan }
}

#[test]
fn a_letter_is_done_when_nobody_who_must_act_is_waited_for_and_somebody_answered_for_it() {
    use Peran::{PenanggungJawab as Pj, Pendukung};
    let cases: [(&[Hasil], bool); 9] = [
        (&[], false),
        (&[hasil(Status::Disetujui, Pj, true)], true),
        (&[hasil(Status::Disetujui, Pj, true), hasil(Status::Diproses, Pendukung, true)], false),
        (&[hasil(Status::Disetujui, Pj, true), hasil(Status::Dikirim, Pendukung, false)], true),
        (&[hasil(Status::Ditolak, Pj, true)], false),
        (&[hasil(Status::Ditolak, Pj, true), hasil(Status::Disetujui, Pj, true)], true),
        (&[hasil(Status::Ditarik, Pj, true), hasil(Status::Disetujui, Pendukung, true)], false),
        (&[hasil(Status::Selesai, Pj, false), hasil(Status::Dikirim, Pendukung, false)], false),
        (&[hasil(Status::Selesai, Pj, false), hasil(Status::Selesai, Pendukung, false)], true),
    ];
    for (first, done) in cases {
        assert_eq!(is_done(first), done, "{first:?}");
    }
}

#[test]
fn the_class_of_an_order_is_never_below_that_of_its_letter() {
    for above in Sifat::ALL {
        assert_eq!(inherited(*above, None), *above);
        for chosen in Sifat::ALL {
            assert!(inherited(*above, Some(*chosen)) >= *above);
        }
    }
    assert_eq!(inherited(Sifat::Biasa, Some(Sifat::Rahasia)), Sifat::Rahasia);
}

fn calon() -> Vec<Calon> {
    (1..=5)
        .map(|number| Calon { jabatan: id(number), opd: id(50), nama_jabatan: format!("Kabid {number}"), pemegang: "Ana".into() })
        .collect()
}

fn draft() -> Draft {
    Draft { penanggung_jawab: Some(id(1)), pendukung: vec![id(2)], instruksi: vec!["TL".into()], ..Draft::default() }
}

fn try_give(draft: &Draft, batas_induk: Option<Date>) -> Result<Baru, Refusal> {
    give_as(draft, batas_induk, Sifat::SangatRahasia)
}

fn give_as(draft: &Draft, batas_induk: Option<Date>, tertinggi: Sifat) -> Result<Baru, Refusal> {
    let (calendar, calon) = (calendar(), calon());
    let known = Known {
        today: day("2026-11-20"),
        calendar: &calendar,
        calon: &calon,
        batas_induk,
        batas_surat: day("2026-11-24"),
        sifat: Sifat::Terbatas,
        tertinggi,
    };
    give(draft, &known)
}

fn field_of(draft: &Draft, batas_induk: Option<Date>) -> (String, String) {
    let problems = try_give(draft, batas_induk).unwrap_err().fields();
    assert_eq!(problems.len(), 1, "{problems:?}");
    (problems[0].field.to_string(), problems[0].message.clone())
}

#[test]
fn exactly_one_answers_for_an_order() {
    let roles = |baru: Baru| baru.tujuan.iter().map(|(calon, peran)| (calon.jabatan, *peran)).collect::<Vec<_>>();
    let two = try_give(&draft(), None).unwrap();
    assert_eq!(roles(two), [(id(1), Peran::PenanggungJawab), (id(2), Peran::Pendukung)]);
    let alone = Draft { penanggung_jawab: None, ..draft() };
    assert_eq!(roles(try_give(&alone, None).unwrap()), [(id(2), Peran::PenanggungJawab)], "a single recipient answers for it");
    let nobody = Draft { penanggung_jawab: None, pendukung: vec![id(2), id(3)], ..draft() };
    assert_eq!(field_of(&nobody, None).0, "penanggung_jawab");
    let none = Draft { penanggung_jawab: None, pendukung: Vec::new(), ..draft() };
    assert!(field_of(&none, None).1.contains("belum dipilih"));
    let twice = Draft { pendukung: vec![id(1), id(2), id(2)], ..draft() };
    assert_eq!(try_give(&twice, None).unwrap().tujuan.len(), 2);
    let stranger = Draft { pendukung: vec![id(99)], ..draft() };
    assert_eq!(field_of(&stranger, None).0, "pendukung");
}

#[test]
fn an_order_is_due_with_its_letter_and_never_after_the_order_above() {
    assert_eq!(try_give(&draft(), None).unwrap().batas, Some(day("2026-11-24")));
    assert_eq!(try_give(&draft(), Some(day("2026-11-23"))).unwrap().batas, Some(day("2026-11-23")));
    assert_eq!(try_give(&draft(), Some(day("2026-11-18"))).unwrap().batas, Some(day("2026-11-20")), "what is late is due today");
    let typed = |batas: &str| Draft { batas: batas.into(), ..draft() };
    assert_eq!(try_give(&typed("27/11/2026"), None).unwrap().batas, Some(day("2026-11-27")));
    assert!(field_of(&typed("19/11/2026"), None).1.contains("sudah lewat"));
    assert!(field_of(&typed("24/11/2026"), Some(day("2026-11-23"))).1.contains("23 Nov 2026"));
    assert!(field_of(&typed("24/11/2031"), None).1.contains("kalender kerja"));
    assert_eq!(field_of(&typed("besok sekali"), None).0, "batas");
    assert!(try_give(&typed("4/1/2027"), None).unwrap().sementara, "the holidays of 2027 are not final");
}

#[test]
fn an_aide_writes_down_nothing_above_the_class_the_aide_may_see() {
    let chosen = |sifat: &str| give_as(&Draft { sifat: sifat.into(), ..draft() }, None, Sifat::Rahasia);
    assert_eq!(chosen("rahasia").unwrap().sifat, Sifat::Rahasia);
    let problems = chosen("sangat_rahasia").unwrap_err().fields();
    assert_eq!(problems.iter().map(|one| one.field.clone()).collect::<Vec<_>>(), ["sifat"]);
    assert!(problems[0].message.contains("paling tinggi bersifat Rahasia"), "{}", problems[0].message);
}

#[test]
fn the_class_of_an_order_is_that_above_it_or_higher() {
    let chosen = |sifat: &str| Draft { sifat: sifat.into(), ..draft() };
    let cases = [("", Sifat::Terbatas), ("terbatas", Sifat::Terbatas), ("sangat_rahasia", Sifat::SangatRahasia)];
    for (word, sifat) in cases {
        assert_eq!(try_give(&chosen(word), None).unwrap().sifat, sifat, "{word}");
    }
    assert_eq!(field_of(&chosen("biasa"), None).0, "sifat");
    assert_eq!(field_of(&chosen("rahasia sekali"), None).0, "sifat");
}

#[test]
fn only_an_order_that_asks_for_a_report_needs_a_day() {
    let known = Draft { instruksi: vec!["TAHU".into()], ..draft() };
    let baru = try_give(&known, None).unwrap();
    assert_eq!((baru.batas, baru.wajib_laporan), (None, false));
    let both = Draft { instruksi: vec!["TAHU".into(), "TL".into(), "TIDAK-ADA".into()], ..draft() };
    let baru = try_give(&both, None).unwrap();
    assert_eq!(baru.instruksi, ["TL", "TAHU"]);
    assert!(baru.wajib_laporan);
    assert_eq!(field_of(&Draft { instruksi: Vec::new(), ..draft() }, None).0, "instruksi");
    let long = "a".repeat(1001);
    assert_eq!(field_of(&Draft { catatan: long, ..draft() }, None).0, "catatan");
}

#[test]
fn the_ladder_is_climbed_by_working_days() {
    let calendar = calendar();
    // Monday; the day before is Friday, one day after Tuesday, three days after Thursday.
    let batas = day("2026-11-23");
    let expected = ["2026-11-20", "2026-11-23", "2026-11-24", "2026-11-26"].map(day);
    let mut at = day("2026-11-02");
    for want in expected {
        let next = next_after(batas, at, &calendar).unwrap();
        assert_eq!(next, want);
        at = next;
    }
    assert_eq!(next_after(batas, at, &calendar), None);
    for (at, want) in expected.iter().zip([Rung::Before, Rung::Due, Rung::Late, Rung::VeryLate]) {
        assert_eq!(rung(batas, *at, *at, &calendar), Some(want));
    }
    assert_eq!(
        rung(batas, day("2026-11-20"), day("2026-11-25"), &calendar),
        Some(Rung::Late),
        "days that were missed count once"
    );
    assert_eq!(first(batas, day("2026-11-20"), &calendar), Some(batas), "given on the day before, told on the day");
    assert_eq!(rung(batas, day("2026-11-27"), day("2026-11-30"), &calendar), None);
}

#[test]
fn what_lists_are_made_of_follows_from_the_state() {
    let open = Status::ALL.iter().filter(|status| status.kelompok() == Kelompok::Terbuka).count();
    assert_eq!(open, 6);
    assert!(Status::ALL.iter().all(|status| status.is_open() == (status.kelompok() == Kelompok::Terbuka)));
    assert!(!Status::Dilaporkan.presses(), "once reported the due date presses nobody");
}
