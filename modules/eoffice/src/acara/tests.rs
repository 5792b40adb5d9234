use praja_kernel::{Date, Id, Moment, Zona};

use super::{
    Acara, Baru, Draft, Pandangan, Refusal, Status, draft,
    hak::{Pimpinan, may_change, sees},
    ics,
};

fn id(number: u8) -> Id {
    Id::v7(1, [number; 10])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn typed() -> Draft {
    Draft {
        judul: "  Rapat   koordinasi stunting ".into(),
        tanggal: "23-11-2026".into(),
        mulai: "08.30".into(),
        selesai: "10.00".into(),
        tempat: "Aula".into(),
        ..Draft::default()
    }
}

fn isi() -> Baru {
    draft(&typed(), Zona::Wita, day("2026-11-22")).unwrap()
}

fn acara(status: Status) -> Acara {
    Acara {
        id: id(1),
        opd: id(2),
        pimpinan: id(3),
        isi: isi(),
        status,
        wakil: None,
        alasan: None,
        hasil: None,
        surat_masuk: None,
        naskah: None,
        pencatat: id(4),
        pencatat_nama: "Ana".into(),
        created_at: Moment(0),
        versi: 1,
    }
}

#[test]
fn an_event_is_kept_at_the_moment_that_the_zone_of_the_regency_gives_it() {
    let isi = isi();
    assert_eq!(isi.judul, "Rapat koordinasi stunting");
    assert_eq!(isi.mulai.utc().to_string(), "2026-11-23T00:30:00");
    assert_eq!(isi.selesai.utc().to_string(), "2026-11-23T02:00:00");
}

#[test]
fn everything_wrong_with_a_form_is_said_at_its_field_at_once() {
    let today = day("2026-11-22");
    let wrong = |change: &dyn Fn(&mut Draft)| {
        let mut typed = typed();
        change(&mut typed);
        match draft(&typed, Zona::Wib, today) {
            Err(Refusal::Fields(fields)) => fields.iter().map(|one| one.field.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wrong(&|typed| *typed = Draft::default()), ["judul", "tempat", "tanggal", "mulai", "selesai"]);
    assert_eq!(wrong(&|typed| typed.selesai = "08.30".into()), ["selesai"]);
    assert_eq!(wrong(&|typed| typed.mulai = "pagi".into()), ["mulai"]);
    assert_eq!(wrong(&|typed| typed.tanggal = "23-11-2062".into()), ["tanggal"]);
    assert_eq!(wrong(&|typed| typed.sampai_tanggal = "22-11-2026".into()), ["sampai_tanggal"]);
    assert_eq!(wrong(&|typed| typed.sampai_tanggal = "25-12-2026".into()), ["sampai_tanggal"]);
    assert_eq!(wrong(&|typed| typed.judul = "a".repeat(201)), ["judul"]);
    let mut overnight = typed();
    (overnight.selesai, overnight.sampai_tanggal) = ("01.00".into(), "24-11-2026".into());
    assert!(draft(&overnight, Zona::Wib, today).is_ok(), "an event may end the next day earlier than it began");
}

#[test]
fn two_events_collide_when_less_than_the_way_lies_between_them() {
    let minute = 60_000;
    let one = acara(Status::Dijadwalkan);
    let (from, until) = (one.isi.mulai.0, one.isi.selesai.0);
    for (begins, ends, collides) in [
        (until + 30 * minute, until + 60 * minute, false),
        (until + 29 * minute, until + 60 * minute, true),
        (from - 60 * minute, from - 30 * minute, false),
        (from - 60 * minute, from - 29 * minute, true),
        (from, until, true),
        (from - 90 * minute, until + 90 * minute, true),
    ] {
        assert_eq!(one.collides(Moment(begins), Moment(ends)), collides, "{begins} {ends}");
    }
    for status in [Status::Diwakilkan, Status::Batal] {
        assert!(!acara(status).collides(Moment(from), Moment(until)), "{status:?} takes nobody's time");
    }
}

#[test]
fn every_act_fits_the_states_it_was_made_for_and_no_other() {
    let begun = isi().mulai;
    let attends = |status| acara(status).attend(None, begun).map(|one| one.status);
    let gives = |status| acara(status).delegate((id(9), "Wakil".into()), None).map(|one| one.status);
    let cancels = |status| acara(status).cancel("Sakit".into()).map(|one| one.status);
    let returns = |status| acara(status).take_back().map(|one| one.status);
    let table = [
        (Status::Dijadwalkan, Some(Status::Dihadiri), Some(Status::Diwakilkan), Some(Status::Batal), None),
        (Status::Dihadiri, Some(Status::Dihadiri), None, None, None),
        (Status::Diwakilkan, Some(Status::Diwakilkan), Some(Status::Diwakilkan), Some(Status::Batal), Some(Status::Dijadwalkan)),
        (Status::Batal, None, None, None, Some(Status::Dijadwalkan)),
    ];
    for (status, attended, given, cancelled, returned) in table {
        assert_eq!(attends(status).ok(), attended, "attend {status:?}");
        assert_eq!(gives(status).ok(), given, "delegate {status:?}");
        assert_eq!(cancels(status).ok(), cancelled, "cancel {status:?}");
        assert_eq!(returns(status).ok(), returned, "take back {status:?}");
    }
    assert_eq!(acara(Status::Dijadwalkan).attend(None, Moment(begun.0 - 1)), Err(Refusal::NotYet));
    assert_eq!(acara(Status::Dijadwalkan).delegate((id(3), String::new()), None), Err(Refusal::Themselves));
}

#[test]
fn a_closed_event_shows_only_its_time_to_who_is_not_concerned() {
    let mut closed = acara(Status::Dijadwalkan);
    closed.isi.tertutup = true;
    closed.wakil = Some((id(8), "Sekretaris".into()));
    let leader = |utuh| vec![Pimpinan { jabatan: id(3), opd: id(2), label: "Kepala".into(), utuh }];
    let cases = [
        (id(7), leader(true), Some(Pandangan::Utuh)),
        (id(7), leader(false), Some(Pandangan::Waktu)),
        (id(7), Vec::new(), None),
        (id(4), Vec::new(), Some(Pandangan::Utuh)),
        (id(8), Vec::new(), Some(Pandangan::Utuh)),
    ];
    for (post, read, expected) in cases {
        assert_eq!(sees(&closed, post, &read), expected, "{post} {read:?}");
    }
    assert_eq!(sees(&acara(Status::Dijadwalkan), id(7), &leader(false)), Some(Pandangan::Utuh));
    assert!(!may_change(&closed, id(7), &leader(false)), "the registry does not change what it may not read");
    assert!(!may_change(&closed, id(8), &[]), "who goes instead does not keep the agenda");
    assert!(may_change(&closed, id(7), &leader(true)));
}

#[test]
fn another_program_reads_the_calendar_as_it_was_meant() {
    use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarProperty};

    let mut open = acara(Status::Dijadwalkan);
    open.isi.judul = format!("Rapat; anggaran, \"APBD\" \\ {}", "panjang é ".repeat(20)).trim().to_owned();
    open.isi.keterangan = Some("Baris satu\nBaris dua, lanjut".into());
    let mut closed = acara(Status::Batal);
    closed.id = id(5);
    closed.isi.tertutup = true;
    let text =
        ics::calendar("Agenda Kepala", "praja.example.go.id", &[(open.clone(), Pandangan::Utuh), (closed, Pandangan::Waktu)]);
    assert!(text.lines().all(|line| line.trim_end_matches('\r').len() <= 75), "lines are folded: {text}");
    assert!(text.split('\n').filter(|line| !line.is_empty()).all(|line| line.ends_with('\r')), "lines end as the standard says");
    let read = ICalendar::parse(&text).expect("a calendar");
    let events: Vec<_> = read.components.iter().filter(|one| one.component_type == ICalendarComponentType::VEvent).collect();
    assert_eq!(events.len(), 2);
    let value = |at: usize, property: ICalendarProperty| {
        let entry = events[at].entries.iter().find(|entry| entry.name == property);
        entry.and_then(|entry| entry.values.first()).and_then(|value| value.as_text()).map(str::to_owned)
    };
    assert_eq!(value(0, ICalendarProperty::Summary).as_deref(), Some(open.isi.judul.as_str()));
    assert_eq!(value(0, ICalendarProperty::Description).as_deref(), Some("Keterangan: Baris satu\nBaris dua, lanjut"));
    assert_eq!(value(0, ICalendarProperty::Location).as_deref(), Some("Aula"));
    assert_eq!(value(1, ICalendarProperty::Summary).as_deref(), Some("Acara tertutup"));
    assert_eq!(value(1, ICalendarProperty::Location), None);
    assert!(text.contains("DTSTART:20261123T003000Z") && text.contains("STATUS:CANCELLED"), "{text}");
}
