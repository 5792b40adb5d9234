use std::slice::from_ref;

use praja_kernel::{Date, Id, Refuse};

use super::{
    Jenis, Refusal,
    batas::{Limit, Limits},
    rules::{Change, Ending, Held, Known, Post, Wanted, begin, changes, end, last_of},
};
use crate::{jabatan, opd};

const LIMITS: Limits = Limits {
    pj: Limit { bulan: 12, perpanjangan: 1 },
    plt: Limit { bulan: 3, perpanjangan: 1 },
    plh: Limit { bulan: 3, perpanjangan: 0 },
};
/// The post of most tests.
const HERE: u8 = 50;

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Penugasan number `n` of person `n` at post [`HERE`].
fn held(n: u8, jenis: Jenis, mulai: &str, sampai: Option<&str>) -> Held {
    Held {
        id: id(n),
        orang: id(n),
        orang_nama: format!("Orang {n}"),
        jabatan: id(HERE),
        jabatan_nama: "Kepala Dinas Sosial".into(),
        jabatan_jenis: jabatan::Jenis::PimpinanTinggi,
        jenis,
        mulai: day(mulai),
        sampai: sampai.map(day),
    }
}

fn elsewhere(one: Held, jenis: jabatan::Jenis) -> Held {
    Held { jabatan: id(HERE + 1), jabatan_nama: "Kepala Bidang".into(), jabatan_jenis: jenis, ..one }
}

fn post(jenis: jabatan::Jenis) -> Post {
    Post { nama: "Kepala Dinas Sosial".into(), jenis, opd_jenis: opd::Jenis::Dinas, dari: day("2017-01-02"), sampai: None }
}

/// Person 9 wants the post.
fn wanted(jenis: Jenis, mulai: &str, sampai: Option<&str>) -> Wanted {
    Wanted {
        id: None,
        orang: id(9),
        orang_nama: "Orang 9".into(),
        berhenti: None,
        jenis,
        mulai: day(mulai),
        sampai: sampai.map(day),
        replaces: false,
    }
}

fn ask_at(post: &Post, wanted: &Wanted, at_post: &[Held], of_person: &[Held]) -> Result<Vec<Ending>, Refusal> {
    begin(wanted, &Known { post, at_post, of_person, limits: LIMITS })
}

fn ask(wanted: &Wanted, at_post: &[Held]) -> Result<Vec<Ending>, Refusal> {
    ask_at(&post(jabatan::Jenis::PimpinanTinggi), wanted, at_post, &[])
}

fn code<T>(outcome: Result<T, Refusal>) -> &'static str {
    outcome.err().map_or("ok", |refusal| refusal.code().trim_start_matches("identity.penugasan."))
}

#[test]
fn a_structural_post_has_one_holder_at_a_time() {
    let held_now = [held(1, Jenis::Definitif, "2024-01-01", None)];
    let gone = [held(1, Jenis::Definitif, "2024-01-01", Some("2026-11-30"))];
    let called_off = [held(1, Jenis::Definitif, "2026-12-01", Some("2026-11-30"))];
    let later = [held(1, Jenis::Definitif, "2027-01-01", None)];
    let acting = [held(1, Jenis::Plt, "2026-10-01", Some("2026-12-31"))];
    let absent = [held(1, Jenis::Definitif, "2024-01-01", None), held(2, Jenis::Plh, "2026-11-20", Some("2026-12-05"))];
    let from = |jenis| wanted(jenis, "2026-12-01", (jenis != Jenis::Definitif).then_some("2026-12-20"));
    let cases: [(&[Held], Jenis, &str); 15] = [
        (&[], Jenis::Definitif, "ok"),
        (&[], Jenis::Plt, "ok"),
        (&[], Jenis::Pj, "ok"),
        (&[], Jenis::Plh, "nobody-absent"),
        (&held_now, Jenis::Definitif, "occupied"),
        (&held_now, Jenis::Plt, "not-vacant"),
        (&held_now, Jenis::Pj, "not-vacant"),
        (&held_now, Jenis::Plh, "ok"),
        (&gone, Jenis::Definitif, "ok"),
        (&gone, Jenis::Plt, "ok"),
        (&called_off, Jenis::Definitif, "ok"),
        (&later, Jenis::Definitif, "occupied"),
        (&later, Jenis::Plt, "ok"),
        (&acting, Jenis::Plt, "occupied"),
        (&absent, Jenis::Plh, "occupied"),
    ];
    for (at_post, jenis, expected) in cases {
        assert_eq!(code(ask(&from(jenis), at_post)), expected, "{jenis:?} over {at_post:?}");
    }
    assert_eq!(code(ask(&from(Jenis::Plh), &acting)), "ok", "a Plt. may be away, too");
}

#[test]
fn a_functional_post_has_as_many_holders_as_there_are_people() {
    let at_post = [held(1, Jenis::Definitif, "2024-01-01", None)];
    let functional = post(jabatan::Jenis::Fungsional);
    assert_eq!(code(ask_at(&functional, &wanted(Jenis::Definitif, "2026-12-01", None), &at_post, &[])), "ok");
}

#[test]
fn who_is_replaced_leaves_on_the_day_before() {
    let replace = |one: Wanted| Wanted { replaces: true, ..one };
    let at_post = [
        held(1, Jenis::Plt, "2026-10-01", Some("2026-12-31")),
        held(2, Jenis::Plh, "2026-11-25", Some("2026-12-05")),
        held(3, Jenis::Definitif, "2020-01-01", Some("2026-09-30")),
    ];
    let ends = ask(&replace(wanted(Jenis::Definitif, "2026-12-01", None)), &at_post);
    assert_eq!(ends, Ok(vec![Ending { id: id(1), sampai: day("2026-11-30") }]));
    let same_day = [held(1, Jenis::Plt, "2026-12-01", Some("2026-12-31"))];
    assert_eq!(code(ask(&replace(wanted(Jenis::Definitif, "2026-12-01", None)), &same_day)), "occupied", "not before it began");
    let Err(refusal) = ask(&wanted(Jenis::Definitif, "2026-12-01", None), &at_post) else { panic!("it is occupied") };
    assert!(refusal.next_step().contains("30 November 2026") && refusal.message().contains("Plt. Orang 1"), "{refusal:?}");
}

#[test]
fn a_plt_may_become_definitive_but_nobody_stands_in_for_oneself() {
    let mut own = held(9, Jenis::Plt, "2026-10-01", Some("2026-12-31"));
    let step = wanted(Jenis::Definitif, "2026-12-01", None);
    let at_post = [own.clone()];
    assert_eq!(code(ask_at(&post(jabatan::Jenis::PimpinanTinggi), &step, &at_post, &at_post)), "occupied");
    let step = Wanted { replaces: true, ..step };
    let ends = ask_at(&post(jabatan::Jenis::PimpinanTinggi), &step, &at_post, &at_post);
    assert_eq!(ends, Ok(vec![Ending { id: id(9), sampai: day("2026-11-30") }]));
    own = held(9, Jenis::Definitif, "2020-01-01", None);
    let at_post = [own];
    let away = wanted(Jenis::Plh, "2026-12-01", Some("2026-12-10"));
    assert_eq!(code(ask_at(&post(jabatan::Jenis::PimpinanTinggi), &away, &at_post, &at_post)), "twice");
}

#[test]
fn one_person_holds_one_structural_post_definitively() {
    let structural = [elsewhere(held(9, Jenis::Definitif, "2020-01-01", None), jabatan::Jenis::Administrator)];
    let functional = [elsewhere(held(9, Jenis::Definitif, "2020-01-01", None), jabatan::Jenis::Fungsional)];
    let acting = [elsewhere(held(9, Jenis::Plt, "2026-10-01", Some("2026-12-31")), jabatan::Jenis::Administrator)];
    let head = post(jabatan::Jenis::PimpinanTinggi);
    let cases: [(&[Held], Jenis, &str); 5] = [
        (&structural, Jenis::Definitif, "second-structural"),
        (&structural, Jenis::Plt, "ok"),
        (&functional, Jenis::Definitif, "ok"),
        (&acting, Jenis::Definitif, "ok"),
        (&[], Jenis::Definitif, "ok"),
    ];
    for (of_person, jenis, expected) in cases {
        let one = wanted(jenis, "2026-12-01", (jenis == Jenis::Plt).then_some("2026-12-31"));
        assert_eq!(code(ask_at(&head, &one, &[], of_person)), expected, "{jenis:?} besides {of_person:?}");
    }
}

#[test]
fn a_temporary_penugasan_is_not_too_long_at_once_nor_together() {
    assert_eq!(last_of(day("2026-01-15"), 3), day("2026-04-14"));
    assert_eq!(last_of(day("2026-11-30"), 3), day("2027-02-27"));
    let first = [held(9, Jenis::Plt, "2026-09-01", Some("2026-11-30"))];
    let gap = [held(9, Jenis::Plt, "2026-08-01", Some("2026-10-31"))];
    let other = [held(1, Jenis::Plt, "2026-09-01", Some("2026-11-30"))];
    let cases: [(&[Held], Jenis, &str, &str); 9] = [
        (&[], Jenis::Plt, "2027-02-28", "ok"),
        (&[], Jenis::Plt, "2027-03-01", "too-long"),
        (&[], Jenis::Pj, "2027-11-30", "ok"),
        (&[], Jenis::Pj, "2027-12-01", "too-long"),
        (&first, Jenis::Plt, "2027-02-28", "ok"),
        (&first, Jenis::Plt, "2027-03-01", "too-long-together"),
        (&gap, Jenis::Plt, "2027-02-28", "ok"),
        (&gap, Jenis::Plt, "2027-03-01", "too-long"),
        (&other, Jenis::Plt, "2027-02-28", "ok"),
    ];
    for (at_post, jenis, sampai, expected) in cases {
        assert_eq!(code(ask(&wanted(jenis, "2026-12-01", Some(sampai)), at_post)), expected, "{jenis:?} until {sampai}");
    }
    let own = [held(9, Jenis::Plt, "2026-12-01", Some("2027-02-28"))];
    let longer = |sampai| Wanted { id: Some(id(9)), ..wanted(Jenis::Plt, "2026-12-01", Some(sampai)) };
    assert_eq!(code(ask(&longer("2027-05-31"), &own)), "ok", "prolonged once");
    assert_eq!(code(ask(&longer("2027-06-01"), &own)), "too-long");
}

#[test]
fn a_post_and_a_person_must_be_there() {
    let head = Post { sampai: Some(day("2026-12-31")), ..post(jabatan::Jenis::PimpinanTinggi) };
    let cases = [
        ("2016-12-31", Some("2017-01-31"), "before-post"),
        ("2026-12-01", None, "post-abolished"),
        ("2026-12-01", Some("2026-12-31"), "ok"),
    ];
    for (mulai, sampai, expected) in cases {
        assert_eq!(code(ask_at(&head, &wanted(Jenis::Definitif, mulai, sampai), &[], &[])), expected, "{mulai}");
    }
    let retired = Wanted { berhenti: Some(day("2026-12-15")), ..wanted(Jenis::Definitif, "2026-12-01", None) };
    assert_eq!(code(ask(&retired, &[])), "person-left");
    let until_then = Wanted { sampai: Some(day("2026-12-15")), ..retired };
    assert_eq!(code(ask(&until_then, &[])), "ok");
    let kabid = post(jabatan::Jenis::Administrator);
    assert_eq!(code(ask_at(&kabid, &wanted(Jenis::Pj, "2026-12-01", Some("2026-12-31")), &[], &[])), "no-pj-here");
    let kades = Post { opd_jenis: opd::Jenis::Desa, ..kabid };
    assert_eq!(code(ask_at(&kades, &wanted(Jenis::Pj, "2026-12-01", Some("2026-12-31")), &[], &[])), "ok");
}

#[test]
fn a_penugasan_ends_on_a_day_that_is_possible_and_takes_its_plh_along() {
    let today = day("2026-11-22");
    let head = held(1, Jenis::Definitif, "2024-01-01", None);
    let plh = held(2, Jenis::Plh, "2026-11-20", Some("2026-12-05"));
    let at_post = [head.clone(), plh.clone()];
    let ends = end(&head, day("2026-11-25"), &at_post, today).unwrap();
    assert_eq!(ends, [Ending { id: id(1), sampai: day("2026-11-25") }, Ending { id: id(2), sampai: day("2026-11-25") }]);
    let before = end(&head, day("2026-11-10"), &at_post, today).unwrap();
    assert_eq!(before[1], Ending { id: id(2), sampai: day("2026-11-19") }, "called off, never shorter than nothing");
    assert_eq!(end(&plh, day("2026-11-25"), &at_post, today).unwrap().len(), 1);
    let future = held(3, Jenis::Definitif, "2026-12-01", None);
    assert_eq!(
        end(&future, day("2026-11-30"), &[], today),
        Ok(vec![Ending { id: id(3), sampai: day("2026-11-30") }]),
        "called off"
    );
    let cases = [
        (&head, "2023-12-31", "fields"),
        (&future, "2026-11-29", "fields"),
        (&plh, "2026-12-06", "fields"),
        (&held(4, Jenis::Plt, "2026-01-01", Some("2026-03-31")), "2026-02-01", "over"),
    ];
    for (one, sampai, expected) in cases {
        assert_eq!(code(end(one, day(sampai), &at_post, today)), expected, "{sampai}");
    }
}

#[test]
fn what_somebody_left_goes_to_whoever_answers_for_the_post() {
    let today = day("2026-12-01");
    let old = held(1, Jenis::Definitif, "2024-01-01", Some("2026-11-30"));
    let new = held(2, Jenis::Definitif, "2026-12-01", None);
    let plt = held(3, Jenis::Plt, "2026-12-01", Some("2027-01-31"));
    let plh_over = held(4, Jenis::Plh, "2026-11-20", Some("2026-11-30"));
    let staying = held(5, Jenis::Definitif, "2020-01-01", None);
    let told = |left: &[Held], came: &[Held], now: &[Held]| changes(jabatan::Jenis::PimpinanTinggi, left, came, now, today);
    let change = |from: Option<u8>, to: Option<u8>| -> Vec<Change> { vec![(from.map(id), to.map(id), today)] };
    assert_eq!(told(from_ref(&old), from_ref(&new), from_ref(&new)), change(Some(1), Some(2)));
    assert_eq!(told(from_ref(&old), from_ref(&plt), from_ref(&plt)), change(Some(1), Some(3)));
    assert_eq!(told(from_ref(&old), &[], &[]), change(Some(1), None), "vacant");
    assert_eq!(told(&[], from_ref(&new), from_ref(&new)), change(None, Some(2)));
    assert_eq!(told(from_ref(&plh_over), &[], from_ref(&staying)), change(Some(4), Some(5)), "back to the holder");
    let steps_up = Held { jenis: Jenis::Definitif, mulai: today, sampai: None, ..plh_over.clone() };
    assert_eq!(told(&[plh_over], from_ref(&steps_up), from_ref(&steps_up)), change(None, Some(4)), "goes on in another way");
    // Of a post with several holders a colleague who was there before takes nothing over.
    let staff = |left: &[Held], came: &[Held], now: &[Held]| changes(jabatan::Jenis::Pelaksana, left, came, now, today);
    assert_eq!(staff(from_ref(&old), &[], from_ref(&staying)), change(Some(1), None));
    assert_eq!(staff(&[old], from_ref(&new), &[staying, new.clone()]), change(Some(1), Some(2)));
}
