use praja_desk::klasifikasi::{Klasifikasi, Nasib};
use praja_kernel::{Date, Id, Moment, Sifat};

use super::{Berkas, Draft, Masa, Persetujuan, Refusal, Tahap, draft, kode_urut};
use crate::testing::id;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn masa(aktif: u16, inaktif: u16, peristiwa: Option<&str>) -> Masa {
    Masa { aktif, peristiwa: peristiwa.map(ToOwned::to_owned), inaktif, nasib: Nasib::Musnah, nasib_teks: "Musnah".into() }
}

fn berkas(masa: Masa) -> Berkas {
    Berkas {
        id: id(1),
        opd: id(2),
        nomor: 1,
        kode: "000.1.1".into(),
        nama: "Telepon".into(),
        uraian: None,
        lokasi: None,
        tahap: Tahap::Terbuka,
        sifat: Sifat::Biasa,
        jumlah: 0,
        dibuka: day("2024-02-01"),
        ditutup: None,
        peristiwa_pada: None,
        masa,
        susut: None,
        created_at: Moment(0),
        versi: 1,
    }
}

#[test]
fn years_count_from_the_closing_or_from_the_event_whichever_is_later() {
    for (masa, ditutup, event, aktif, inaktif) in [
        (masa(2, 3, None), "2026-12-31", None, Some("2028-12-31"), Some("2031-12-31")),
        // A leap day has no counterpart in 2026.
        (masa(2, 1, None), "2024-02-29", None, Some("2026-02-28"), Some("2027-02-28")),
        (masa(1, 1, Some("Setelah Pemeriksaan")), "2026-01-10", None, None, None),
        (masa(1, 1, Some("Setelah Pemeriksaan")), "2026-01-10", Some("2026-06-30"), Some("2027-06-30"), Some("2028-06-30")),
        (masa(1, 1, Some("Setelah Pemeriksaan")), "2026-01-10", Some("2025-06-30"), Some("2027-01-10"), Some("2028-01-10")),
        (masa(0, 0, None), "2026-01-10", None, Some("2026-01-10"), Some("2026-01-10")),
    ] {
        let event = event.map(day);
        assert_eq!(masa.aktif_sampai(day(ditutup), event), aktif.map(day), "{masa:?}");
        assert_eq!(masa.inaktif_sampai(day(ditutup), event), inaktif.map(day), "{masa:?}");
    }
}

#[test]
fn ten_years_and_more_need_the_national_archives_and_less_the_head_of_the_regency() {
    for (aktif, inaktif, whose) in [
        (2, 7, Persetujuan::KepalaDaerah),
        (2, 8, Persetujuan::KepalaAnri),
        (5, 20, Persetujuan::KepalaAnri),
        (0, 0, Persetujuan::KepalaDaerah),
    ] {
        assert_eq!(masa(aktif, inaktif, None).persetujuan(), whose);
    }
}

#[test]
fn a_file_is_closed_once_it_holds_something_and_opened_again_only_while_it_is_active() {
    let today = day("2026-11-22");
    let empty = berkas(masa(2, 3, None));
    assert_eq!(empty.clone().close(today, today), Err(Refusal::Empty));
    let filled = empty.take(Sifat::Terbatas).unwrap();
    assert_eq!((filled.jumlah, filled.sifat), (1, Sifat::Terbatas));
    for wrong in ["2024-01-31", "2026-11-23"] {
        assert!(matches!(filled.clone().close(day(wrong), today), Err(Refusal::Fields(_))), "{wrong}");
    }
    let closed = filled.close(day("2026-11-01"), today).unwrap();
    assert_eq!((closed.tahap, closed.tempo()), (Tahap::Aktif, Some(day("2028-11-01"))));
    assert_eq!(closed.clone().close(today, today), Err(Refusal::NotOpen(Tahap::Aktif)));
    assert_eq!(closed.clone().take(Sifat::Biasa), Err(Refusal::NotOpen(Tahap::Aktif)));
    assert!(!closed.is_due(day("2028-11-01")) && closed.is_due(day("2028-11-02")));
    let open = closed.clone().reopen().unwrap();
    assert_eq!((open.tahap, open.ditutup, open.tempo()), (Tahap::Terbuka, None, None));
    for tahap in [Tahap::Terbuka, Tahap::Inaktif, Tahap::Musnah, Tahap::Permanen] {
        assert_eq!(Berkas { tahap, ..closed.clone() }.reopen(), Err(Refusal::NotActive(tahap)));
    }
    assert_eq!(Berkas { susut: Some(id(9)), ..closed }.reopen(), Err(Refusal::Listed));
}

#[test]
fn a_file_that_waits_for_its_event_has_no_end_until_the_day_is_noted() {
    let today = day("2026-11-22");
    let closed = berkas(masa(2, 3, Some("Setelah Perjanjian Berakhir"))).take(Sifat::Biasa).unwrap().close(today, today).unwrap();
    assert!(closed.waits() && closed.tempo().is_none());
    assert!(matches!(closed.clone().happened(day("2026-11-23"), today), Err(Refusal::Fields(_))));
    let dated = closed.happened(day("2026-11-22"), today).unwrap();
    assert_eq!((dated.waits(), dated.tempo()), (false, Some(day("2028-11-22"))));
    let plain = berkas(masa(2, 3, None)).take(Sifat::Biasa).unwrap().close(today, today).unwrap();
    assert_eq!(plain.happened(today, today), Err(Refusal::NoEvent));
}

#[test]
fn codes_stand_in_the_order_of_their_numbers() {
    let mut codes = vec!["000.1.10", "000.1.2", "900", "000.1"];
    codes.sort_by_key(|code| kode_urut(code));
    assert_eq!(codes, ["000.1", "000.1.2", "000.1.10", "900"]);
}

#[test]
fn a_file_takes_its_years_from_the_schedule_and_asks_for_them_only_where_it_is_silent() {
    let (list, today) = (Klasifikasi::shipped(), day("2026-11-22"));
    let typed = |nama: &str, kode: &str| Draft { nama: nama.into(), kode: kode.into(), ..Draft::default() };
    let baru = draft(&typed("  Langganan   telepon ", "000.1.1"), list, today).unwrap();
    assert_eq!((baru.nama.as_str(), baru.masa.aktif, baru.masa.inaktif, baru.dibuka), ("Langganan telepon", 1, 1, today));
    let fields = |draft_of: &Draft| match draft(draft_of, list, today) {
        Err(Refusal::Fields(all)) => all.into_iter().map(|one| one.field).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(fields(&Draft::default()), ["nama", "klasifikasi"]);
    assert_eq!(fields(&typed("x", "000.1")), ["klasifikasi", "aktif", "inaktif", "nasib"], "too general, and a heading");
    assert_eq!(fields(&typed("x", "999.9.9")), ["klasifikasi"]);
    assert_eq!(fields(&typed(&"x".repeat(201), "000.1.1")), ["nama"]);
    assert_eq!(fields(&Draft { dibuka: "31-02-2026".into(), ..typed("x", "000.1.1") }), ["dibuka"]);
    assert_eq!(fields(&Draft { dibuka: "2026-11-23".into(), ..typed("x", "000.1.1") }), ["dibuka"]);
    // 000.1.2 is a heading at the third level.
    assert_eq!(fields(&typed("x", "000.1.2")), ["aktif", "inaktif", "nasib"]);
    assert_eq!(
        fields(&Draft { aktif: "2".into(), inaktif: "101".into(), nasib: "musnah".into(), ..typed("x", "000.1.2") }),
        ["inaktif"]
    );
    let by_hand = Draft { aktif: "2".into(), inaktif: "3".into(), nasib: "permanen".into(), ..typed("x", "000.1.2") };
    assert_eq!(draft(&by_hand, list, today).unwrap().masa.nasib, Nasib::Permanen);
}

#[test]
fn an_id_from_outside_is_no_file_of_another_office() {
    let db = crate::testing::db(None);
    let by = crate::testing::by(Moment(1));
    let typed = Draft { nama: "x".into(), kode: "000.1.1".into(), ..Draft::default() };
    let baru = draft(&typed, Klasifikasi::shipped(), day("2026-11-22")).unwrap();
    let own = id(3);
    let made = db.write(&by, super::write::keys(own), move |tx| super::store::insert(tx, own, &baru)).unwrap();
    let found = |opds: &[Id]| db.read(|tx| super::store::find(tx, opds, made.id)).unwrap();
    assert_eq!(found(&[own]), Some(made.clone()));
    assert_eq!(found(&[id(4)]), None);
    assert_eq!(found(&[]), None);
}

#[test]
fn files_past_their_time_are_walked_to_the_last_by_the_day_it_ended() {
    use super::store::{Key, Saringan, insert, list, update};
    let (db, by, own, today) = (crate::testing::db(None), crate::testing::by(Moment(1)), id(3), day("2026-11-22"));
    let typed = Draft { nama: "x".into(), kode: "000.1.1".into(), dibuka: "2015-01-01".into(), ..Draft::default() };
    let baru = draft(&typed, Klasifikasi::shipped(), today).unwrap();
    // Two end on the same day; the last has still a month to go.
    for closed in ["2020-05-01", "2019-05-01", "2020-05-01", "2018-12-31", "2025-12-22"] {
        let baru = baru.clone();
        db.write(&by, super::write::keys(own), move |tx| {
            let filled = insert(tx, own, &baru)?.take(Sifat::Biasa).unwrap().close(day(closed), today).unwrap();
            update(tx, &filled)
        })
        .unwrap();
    }
    let filter = Saringan::Lewat(Tahap::Aktif, today);
    let (mut seen, mut after): (Vec<Berkas>, Option<Key>) = (Vec::new(), None);
    loop {
        let page = db.read(|tx| list(tx, own, filter, after.as_ref(), 2)).unwrap();
        let Some(last) = page.last() else { break };
        after = Key::after(filter, last);
        assert_eq!(after, Key::read(filter, &after.as_ref().unwrap().to_string()), "an address leads back to its place");
        seen.extend(page);
    }
    let ended: Vec<String> = seen.iter().map(|row| row.tempo().unwrap().to_string()).collect();
    assert_eq!(ended, ["2019-12-31", "2020-05-01", "2021-05-01", "2021-05-01"]);
    assert_ne!(seen[2].id, seen[3].id);
}

#[test]
fn a_file_is_found_by_code_or_words_however_many_are_open() {
    use super::store::{insert, suggest};
    let (db, by, own) = (crate::testing::db(None), crate::testing::by(Moment(1)), id(3));
    let baru = |nama: &str, kode: &str| {
        let typed = Draft { nama: nama.into(), kode: kode.into(), ..Draft::default() };
        draft(&typed, Klasifikasi::shipped(), day("2026-11-22")).unwrap()
    };
    let (many, wanted) = (baru("Langganan telepon 100%", "000.1.1"), baru("Rapat Pósyandu desa", "900.1.7.2"));
    db.write(&by, super::write::keys(own), move |tx| {
        for _ in 0..1200 {
            insert(tx, own, &many)?;
        }
        insert(tx, own, &wanted)
    })
    .unwrap();
    let found = |typed: &str| -> Vec<String> {
        db.read(|tx| suggest(tx, own, typed, 3)).unwrap().into_iter().map(|berkas| berkas.nama).collect()
    };
    assert_eq!(found("posyandu RAPAT"), ["Rapat Pósyandu desa"]);
    assert_eq!(found("900.1"), ["Rapat Pósyandu desa"]);
    assert_eq!(found("").len(), 3);
    assert_eq!(found("100%").len(), 3, "a sign of the search language is a letter like others");
    assert!(found("0%").is_empty() || found("0%").iter().all(|nama| nama.contains("0%")));
    assert!(found("puskesmas").is_empty());
}
