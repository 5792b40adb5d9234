use praja_store::Keys;

use super::{rules::*, *};
use crate::testing::{engines, id};

fn all(count: i64, sum: i64) -> Sums {
    Sums { responden: count, unsur: vec![(count, sum); 9] }
}

#[test]
fn the_shipped_elements_and_qualities_are_those_of_the_regulation() {
    let codes: Vec<_> = elements().iter().map(|unsur| unsur.kode.as_str()).collect();
    assert_eq!(codes, ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"]);
    let letters: Vec<_> = qualities().iter().map(|mutu| mutu.huruf.as_str()).collect();
    assert_eq!(letters, ["D", "C", "B", "A"]);
    let cases = [(2500, "D"), (6499, "D"), (6500, "C"), (7660, "C"), (7661, "B"), (8830, "B"), (8831, "A"), (10_000, "A")];
    for (ikm, letter) in cases {
        assert_eq!(quality(ikm).map(|mutu| mutu.huruf.as_str()), Some(letter), "{ikm}");
    }
}

#[test]
fn the_index_is_a_hundred_when_everybody_is_content_and_twenty_five_when_nobody_is() {
    assert_eq!(index(&all(7, 28)).map(|hasil| (hasil.ikm_e2, hasil.mutu.huruf)), Some((10_000, "A".into())));
    assert_eq!(index(&all(7, 7)).map(|hasil| (hasil.ikm_e2, hasil.mutu.huruf)), Some((2500, "D".into())));
    assert_eq!(index(&all(0, 0)), None);
    assert_eq!(index(&all(3, 10)).map(|hasil| hasil.ikm_e2), Some(8333));
}

#[test]
fn each_element_weighs_alike_however_many_answered_it() {
    let mut sums = all(2, 8);
    sums.unsur[3] = (0, 0);
    assert_eq!(
        index(&sums).map(|hasil| (hasil.ikm_e2, hasil.rata_e2[3])),
        Some((10_000, None)),
        "one that does not apply is left out"
    );
    let mut sums = all(1, 4);
    sums.unsur[0] = (3, 3);
    // (1 + 8 × 4) / 9 × 25 = 91.666…
    assert_eq!(index(&sums).map(|hasil| hasil.ikm_e2), Some(9167));
}

fn typed(name: &str) -> String {
    if name.starts_with('u') { "4".into() } else { String::new() }
}

#[test]
fn every_question_is_answered_or_named() {
    assert_eq!(check(typed).map(|answers| answers.nilai), Ok(vec![Some(4); 9]));
    let Err(Refusal::Fields(problems)) = check(|name| if name == "u3" { "5".into() } else { typed(name) }) else {
        panic!("refused")
    };
    assert_eq!(problems.iter().map(|problem| problem.field.as_ref()).collect::<Vec<_>>(), ["u3"]);
    let long = check(|name| if name == "saran" { "x".repeat(1001) } else { typed(name) });
    assert!(matches!(long, Err(Refusal::Fields(_))));
}

#[test]
fn answers_are_counted_once_per_thing_and_summed_by_service_and_month() {
    for (db, by) in engines("desk_uji_kepuasan") {
        let give = |objek: &'static str, layanan: &'static str, nilai: u8, bulan: &'static str| {
            db.write(&by, Keys::none(), move |tx| {
                let about = About { objek: objek.into(), opd: id(1), layanan: layanan.into(), gratis: false };
                let answers = Answers { nilai: vec![Some(nilai); 9], saran: "Cepat".into(), ..Answers::default() };
                answer(tx, &about, &answers, objek, bulan)
            })
            .unwrap()
        };
        assert!(
            give("uji:1", "Surat", 4, "2026-01") && give("uji:2", "Surat", 2, "2026-03") && give("uji:3", "Izin", 1, "2026-03")
        );
        assert!(!give("uji:1", "Surat", 1, "2026-01"), "once");
        let sum = |layanan: Option<&'static str>, dari: &'static str, sampai: &'static str| {
            db.read(|tx| sums(tx, id(1), layanan, dari, sampai)).unwrap()
        };
        assert_eq!(sum(Some("Surat"), "2026-01", "2026-12"), all(2, 6));
        assert_eq!(sum(Some("Surat"), "2026-02", "2026-12"), all(1, 2));
        assert_eq!(sum(None, "2026-01", "2026-12"), all(3, 7));
        assert_eq!(sum(None, "2025-01", "2025-12").responden, 0);
        assert_eq!(db.read(|tx| store::services(tx, id(1))).unwrap(), ["Izin", "Surat"]);
        assert_eq!(db.read(|tx| store::remarks(tx, id(1), "2026-01", "2026-12", 10)).unwrap().len(), 3);
    }
}
