use praja_kernel::{Date, Id, Moment};
use proptest::prelude::*;

use super::{
    Loket, Prioritas, Status, Tiket,
    rules::{Act, Angka, Refusal, about, ahead, check, minutes, next, shipped, step},
};

fn id(number: i64) -> Id {
    Id::v7(number, [0; 10])
}

fn tiket(urut: i64, at: i64, prioritas: Option<Prioritas>) -> Tiket {
    Tiket {
        id: id(urut),
        tanggal: Date::constant(2026, 11, 23),
        huruf: "A".into(),
        urut,
        layanan: "Informasi".into(),
        status: Status::Menunggu,
        prioritas,
        dibuat: Moment(at),
        dipanggil: Moment(0),
        panggilan: Moment(0),
        kali: 0,
        loket: 0,
        petugas: String::new(),
        selesai: Moment(0),
        versi: 1,
    }
}

fn loket(nomor: i64) -> Loket {
    Loket { nomor, petugas: format!("pegawai:{nomor}"), petugas_nama: "Ani".into() }
}

#[test]
fn the_shipped_services_have_a_letter_each() {
    let all = shipped();
    assert!(all.len() >= 3);
    let letters: std::collections::BTreeSet<_> = all.iter().map(|one| one.huruf.clone()).collect();
    assert_eq!(letters.len(), all.len());
    assert!(all.iter().all(|one| check(&one.huruf, &one.nama, &[]).is_ok()));
}

#[test]
fn whoever_has_a_priority_is_next_and_then_whoever_came_first() {
    let waiting = [tiket(1, 10, None), tiket(2, 20, None), tiket(3, 30, Some(Prioritas::Lansia))];
    assert_eq!(next(&waiting, &[]).unwrap().urut, 3);
    assert_eq!(next(&waiting[..2], &[]).unwrap().urut, 1);
    assert_eq!(next(&waiting, &["B".into()]), None);
    assert_eq!((ahead(&waiting, &waiting[0]), ahead(&waiting, &waiting[1]), ahead(&waiting, &waiting[2])), (1, 2, 0));
}

#[test]
fn a_ticket_is_called_again_passed_over_called_from_there_and_served() {
    let called = step(&tiket(1, 0, None), Act::Panggil, &loket(3), Moment(60_000)).unwrap();
    assert_eq!((called.status, called.loket, called.kali), (Status::Dipanggil, 3, 1));
    let again = step(&called, Act::PanggilLagi, &loket(3), Moment(90_000)).unwrap();
    assert_eq!((again.dipanggil, again.panggilan, again.kali), (Moment(60_000), Moment(90_000), 2));
    let passed = step(&again, Act::Lewati, &loket(3), Moment(99_000)).unwrap();
    let back = step(&passed, Act::Panggil, &loket(4), Moment(120_000)).unwrap();
    assert_eq!((back.loket, back.dipanggil), (4, Moment(60_000)));
    let done = step(&back, Act::Selesai, &loket(4), Moment(180_000)).unwrap();
    assert_eq!((done.status, done.selesai), (Status::Selesai, Moment(180_000)));
    assert!(matches!(step(&done, Act::Panggil, &loket(4), Moment(0)), Err(Refusal::State { .. })));
}

#[test]
fn another_counter_touches_nothing_and_a_device_without_a_number_calls_nobody() {
    let called = step(&tiket(1, 0, None), Act::Panggil, &loket(3), Moment(1)).unwrap();
    for act in [Act::PanggilLagi, Act::Lewati, Act::Selesai] {
        assert!(matches!(step(&called, act, &loket(4), Moment(2)), Err(Refusal::Elsewhere { loket: 3, .. })));
    }
    assert_eq!(step(&tiket(1, 0, None), Act::Panggil, &loket(0), Moment(1)), Err(Refusal::NoCounter));
    assert!(step(&called, Act::Dahulukan(Prioritas::Lansia), &loket(3), Moment(2)).is_err());
}

#[test]
fn a_letter_is_one_of_the_alphabet_and_no_other_service_has_it() {
    assert_eq!(check(" b ", "  Perizinan   berusaha ", &["A".into()]).unwrap(), ("B".into(), "Perizinan berusaha".into()));
    for (huruf, nama, field) in
        [("A", "Informasi", "huruf"), ("AB", "Informasi", "huruf"), ("1", "Informasi", "huruf"), ("C", "x", "nama")]
    {
        let Err(Refusal::Fields(problems)) = check(huruf, nama, &["A".into()]) else { panic!("{huruf} {nama}") };
        assert_eq!(problems[0].field, field, "{huruf} {nama}");
    }
}

#[test]
fn figures_tell_the_mean_and_what_nine_of_ten_did_not_exceed() {
    let mut all: Vec<Tiket> = (1..=10).map(|urut| tiket(urut, 0, None)).collect();
    for (one, at) in all.iter_mut().zip(1..) {
        (one.dipanggil, one.panggilan, one.status) = (Moment(at * 60_000), Moment(at * 60_000), Status::Selesai);
        one.selesai = Moment(at * 60_000 + 120_000);
    }
    all.push(tiket(11, 0, Some(Prioritas::Disabilitas)));
    let angka = Angka::of(&all.iter().collect::<Vec<_>>());
    assert_eq!((angka.nomor, angka.dilayani, angka.dilewati, angka.prioritas), (11, 10, 0, 1));
    assert_eq!((angka.tunggu, angka.layan), (Some((330_000, 540_000)), Some(120_000)));
    assert_eq!(Angka::of(&[]).tunggu, None);
    assert_eq!(
        (about(0), about(15), about(75)),
        ("sebentar lagi".into(), "sekitar 15 menit".into(), "sekitar 1 jam 15 menit".into())
    );
}

proptest! {
    #[test]
    fn more_people_before_you_never_mean_less_waiting_and_more_counters_never_more(
        ahead in 0_usize..500, counters in 1_usize..20, each in 0_i64..3_600_000
    ) {
        prop_assert!(minutes(ahead + 1, counters, each) >= minutes(ahead, counters, each));
        prop_assert!(minutes(ahead, counters + 1, each) <= minutes(ahead, counters, each));
        prop_assert_eq!(minutes(ahead, counters, each) % 5, 0);
    }

    #[test]
    fn everybody_is_called_once_and_nobody_without_priority_is_overtaken_by_a_later_one(
        rows in proptest::collection::vec((0_i64..1000, any::<bool>()), 1..30)
    ) {
        let mut waiting: Vec<Tiket> =
            rows.iter().zip(1..).map(|((at, old), urut)| tiket(urut, *at, old.then_some(Prioritas::Lansia))).collect();
        let mut called: Vec<Tiket> = Vec::new();
        while let Some(one) = next(&waiting, &[]).cloned() {
            waiting.retain(|other| other.id != one.id);
            called.push(one);
        }
        prop_assert_eq!(called.len(), rows.len());
        for pair in called.windows(2) {
            prop_assert!(pair[0].prioritas.is_some() >= pair[1].prioritas.is_some());
            if pair[0].prioritas.is_some() == pair[1].prioritas.is_some() {
                prop_assert!(pair[0].dibuat <= pair[1].dibuat);
            }
        }
    }
}
