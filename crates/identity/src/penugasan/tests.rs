use super::*;

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn penugasan(n: u8, jenis: Jenis, mulai: &str, sampai: Option<&str>) -> Penugasan {
    Penugasan {
        id: id(n),
        jabatan: id(100 + n),
        jabatan_nama: "Kepala Dinas Sosial".into(),
        jenis,
        mulai: day(mulai),
        sampai: sampai.map(day),
        opd: id(200),
        opd_nama: "Dinas Sosial".into(),
    }
}

#[test]
fn the_first_and_the_last_day_count() {
    let plh = penugasan(1, Jenis::Plh, "2026-11-20", Some("2026-11-22"));
    let cases = [("2026-11-19", false), ("2026-11-20", true), ("2026-11-22", true), ("2026-11-23", false)];
    for (text, valid) in cases {
        assert_eq!(plh.is_valid_on(day(text)), valid, "{text}");
    }
    assert!(penugasan(2, Jenis::Definitif, "2020-01-01", None).is_valid_on(day("2099-12-31")));
}

#[test]
fn a_temporary_holder_is_shown_as_such() {
    assert_eq!(penugasan(1, Jenis::Plt, "2026-01-01", None).display_name(), "Plt. Kepala Dinas Sosial");
    assert_eq!(penugasan(1, Jenis::Plh, "2026-01-01", None).display_name(), "Plh. Kepala Dinas Sosial");
    assert_eq!(penugasan(1, Jenis::Definitif, "2026-01-01", None).display_name(), "Kepala Dinas Sosial");
    assert_eq!(display_name(Jenis::Pj, "Bupati"), "Pj. Bupati");
}

#[test]
fn the_definitive_post_comes_first_and_ended_ones_are_gone() {
    let all = vec![
        penugasan(1, Jenis::Plt, "2020-01-01", None),
        penugasan(2, Jenis::Definitif, "2024-01-01", None),
        penugasan(3, Jenis::Definitif, "2019-01-01", Some("2023-12-31")),
    ];
    let ids: Vec<Id> = current(all, day("2026-11-22")).iter().map(|one| one.id).collect();
    assert_eq!(ids, [id(2), id(1)]);
}

#[test]
fn the_chosen_post_is_acted_for_only_while_it_is_valid() {
    let all = current(
        vec![penugasan(1, Jenis::Definitif, "2020-01-01", None), penugasan(2, Jenis::Plt, "2020-01-01", None)],
        day("2026-11-22"),
    );
    assert_eq!(acting(&all, Some(id(2))).map(|one| one.id), Some(id(2)));
    assert_eq!(acting(&all, Some(id(9))).map(|one| one.id), Some(id(1)));
    assert_eq!(acting(&all, None).map(|one| one.id), Some(id(1)));
    assert_eq!(acting(&[], Some(id(1))), None);
}
