use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{Date, Derajat, Id, Refuse, Sifat};

use super::{Aturan, Draft, direct, draft, is_below};
use crate::surat_masuk::Isi;

fn id(number: u8) -> Id {
    Id::v7(1, [number; 10])
}

fn isi(hal: &str, klasifikasi: Option<&str>, sifat: Sifat) -> Isi {
    Isi {
        asal: "Badan Pusat Statistik".into(),
        instansi: None,
        nomor_surat: None,
        tanggal_surat: Date::new(2026, 11, 18).unwrap(),
        tanggal_terima: Date::new(2026, 11, 20).unwrap(),
        hal: hal.into(),
        ringkasan: None,
        klasifikasi: klasifikasi.map(Into::into),
        sifat,
        derajat: Derajat::Biasa,
        tujuan: None,
        jumlah_lampiran: 0,
        lokasi: None,
    }
}

fn rule(number: u8, kata: &[&str], klasifikasi: &str) -> Aturan {
    let klasifikasi = klasifikasi.split_whitespace().map(ToOwned::to_owned).collect();
    Aturan {
        id: id(number),
        opd: id(50),
        urut: i64::from(number),
        kata: kata.iter().map(|&kata| kata.into()).collect(),
        klasifikasi,
        tujuan: id(100 + number),
        aktif: true,
        versi: 1,
    }
}

#[test]
fn the_first_rule_that_fits_decides_and_without_one_the_leader_gets_the_letter() {
    let off = Aturan { aktif: false, ..rule(1, &["data"], "") };
    let rules =
        [off, rule(2, &["data", "statistik sektoral"], "000.7"), rule(3, &[], "440 800"), rule(4, &["pusat statistik"], "")];
    let to = |isi: &Isi| direct(&rules, isi, Some(id(9))).map(|(post, rule)| (post, rule.map(|rule| rule.id)));
    let cases = [
        (isi("Permintaan DATA desa", Some("000.7.2"), Sifat::Biasa), (id(102), Some(id(2)))),
        (isi("Permintaan data desa", Some("000.1.2"), Sifat::Biasa), (id(104), Some(id(4)))),
        (isi("Kenaikan pangkat", Some("800.1.3"), Sifat::Terbatas), (id(103), Some(id(3)))),
        (isi("Permintaan data", Some("000.7.2"), Sifat::Rahasia), (id(9), None)),
    ];
    for (letter, expected) in cases {
        assert_eq!(to(&letter), Some(expected), "{}", letter.hal);
    }
    assert_eq!(direct(&[], &isi("Undangan", None, Sifat::Biasa), Some(id(9))), Some((id(9), None)));
    assert_eq!(direct(&[], &isi("Undangan", None, Sifat::Biasa), None), None);
}

#[test]
fn a_rule_without_words_and_classification_fits_nothing() {
    assert!(!rule(1, &[], "").fits(&isi("Undangan", Some("000.1.2"), Sifat::Biasa)));
}

#[test]
fn a_classification_is_below_another_by_whole_segments() {
    for (code, above, yes) in
        [("000.1.2", "000.1", true), ("000.1.2", "000", true), ("000.10.2", "000.1", false), ("000.1", "000.1.2", false)]
    {
        assert_eq!(is_below(code, above), yes, "{code} below {above}");
    }
}

#[test]
fn a_rule_is_read_or_every_problem_named() {
    let good = Draft {
        urut: "5".into(),
        kata: " Data , PANGAN".into(),
        klasifikasi: vec!["000.7".into(), "800".into()],
        tujuan: id(1).to_string(),
    };
    let list = Klasifikasi::shipped();
    let (urut, kata, klasifikasi, tujuan) = draft(&good, &[id(1)], list).unwrap();
    assert_eq!((urut, klasifikasi, tujuan), (5, vec!["000.7".into(), "800".into()], id(1)));
    assert_eq!(kata, ["data", "pangan"]);
    let bad =
        Draft { urut: "x".into(), kata: "ab".into(), klasifikasi: vec!["800".into(), "999.9".into()], tujuan: id(2).to_string() };
    let fields: Vec<_> = draft(&bad, &[id(1)], list).unwrap_err().fields().iter().map(|one| one.field.clone()).collect();
    assert_eq!(fields, ["urut", "kata", "klasifikasi", "tujuan"]);
    let empty = draft(&Draft { kata: String::new(), klasifikasi: Vec::new(), ..good.clone() }, &[id(1)], list).unwrap_err();
    assert_eq!(empty.fields()[0].field, "kata");
    let many = Draft { klasifikasi: vec!["800".into(); 21], ..good };
    assert_eq!(draft(&many, &[id(1)], list).unwrap_err().fields()[0].field, "klasifikasi");
}
