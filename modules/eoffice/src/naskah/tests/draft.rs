use std::collections::BTreeMap;

use praja_desk::klasifikasi::Klasifikasi;
use praja_identity::jabatan::Jenis::{Administrator, Pengawas, PimpinanTinggi, Politik};

use crate::{
    naskah::{Draft, Known, Refusal, jenis, read},
    testing::id,
};

fn draft(kode: &str) -> Draft {
    let text = |nama: &str| match nama {
        "orang" | "pihak" | "pemberi" | "penerima" | "pengundang" if kode != "sertifikat" => {
            "Ana Lusia, S.Sos. | 198001012005012001 | Penata | Kepala Seksi"
        }
        "rincian" => "Surat | 1 berkas | asli",
        nama if nama.starts_with("tanggal_") => "24 November 2026",
        "biaya" => "1.250.000",
        "isi" if jenis::of(kode).unwrap().articles().is_some() => "Pasal 1\nMaksud\nDengan hormat.",
        _ => "Dengan hormat",
    };
    Draft {
        hal: "Undangan rapat koordinasi".into(),
        klasifikasi: "000.1.2".into(),
        penandatangan: Some(id(7)),
        kepada: "Kepala Dinas Kesehatan".into(),
        bidang: jenis::of(kode).unwrap().bidang.iter().map(|one| (one.nama.clone(), text(&one.nama).to_owned())).collect(),
        ..Draft::default()
    }
}

fn known(kode: &str) -> Known<'static> {
    Known {
        jenis: jenis::of(kode).unwrap(),
        klasifikasi: Klasifikasi::shipped(),
        posts: vec![Pengawas, Administrator, PimpinanTinggi],
        penanda: &[],
        needs_klasifikasi: true,
    }
}

/// What is said about a field, when a draft is changed and handed on.
fn said(kode: &str, change: impl FnOnce(&mut Draft)) -> Vec<(String, String)> {
    let mut draft = draft(kode);
    change(&mut draft);
    match read(&draft, &known(kode), true) {
        Ok(_) => Vec::new(),
        Err(Refusal::Fields(problems)) => problems.into_iter().map(|one| (one.field.into_owned(), one.message)).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_filled_in_draft_of_every_kind_is_complete() {
    for kind in jenis::all() {
        let problems = said(&kind.kode, |_| {});
        assert!(problems.is_empty(), "{}: {problems:?}", kind.kode);
    }
}

#[test]
fn an_unfinished_draft_may_be_kept_but_not_handed_on() {
    let empty = Draft { bidang: BTreeMap::new(), kepada: String::new(), klasifikasi: String::new(), ..draft("surat-dinas") };
    assert!(read(&empty, &known("surat-dinas"), false).is_ok());
    let problems = said("surat-dinas", |draft| *draft = empty);
    let fields: Vec<&str> = problems.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["klasifikasi", "isi", "kepada"]);
}

#[test]
fn what_is_wrong_is_said_beside_its_field() {
    type Case = (&'static str, fn(&mut Draft), &'static str);
    let cases: [Case; 13] = [
        ("hal", |draft| draft.hal = String::new(), "belum diisi"),
        ("hal", |draft| draft.hal = "🎉🎉🎉".into(), "dengan kata-kata"),
        ("hal", |draft| draft.hal = "a".repeat(121), "paling panjang 120"),
        ("klasifikasi", |draft| draft.klasifikasi = "999.9.9.9".into(), "tidak ada dalam klasifikasi"),
        ("klasifikasi", |draft| draft.klasifikasi = "000".into(), "terlalu umum"),
        ("sifat", |draft| draft.sifat = "amat rahasia".into(), "bukan sifat yang dikenal"),
        ("penandatangan", |draft| draft.penandatangan = None, "belum dipilih"),
        ("delegasi", |draft| draft.wewenang = "an".into(), "pelimpahan"),
        ("kepada", |draft| draft.kepada = "Camat\ncamat".into(), "dua kali"),
        ("kepada", |draft| draft.kepada = "x".repeat(300), "terlalu panjang"),
        ("tembusan", |draft| draft.tembusan = (0..301).map(|at| format!("Desa {at}\n")).collect(), "paling banyak 300"),
        (
            "isi",
            |draft| {
                draft.bidang.insert("isi".into(), "a".repeat(60_001));
            },
            "paling panjang 60000",
        ),
        (
            "isi",
            |draft| {
                draft.bidang.insert("isi".into(), " \n ".into());
            },
            "belum diisi",
        ),
    ];
    for (field, change, words) in cases {
        let problems = said("surat-dinas", change);
        assert!(problems.iter().any(|(of, message)| *of == field && message.contains(words)), "{field} {words}: {problems:?}");
    }
}

#[test]
fn people_dates_and_lines_are_judged_by_what_they_are() {
    let of = |kode: &'static str, nama: &'static str, text: &'static str| {
        said(kode, move |draft| {
            draft.bidang.insert(nama.into(), text.into());
        })
    };
    assert!(of("surat-tugas", "orang", "| 1980 | a | b").iter().any(|(_, words)| words.contains("Nama wajib")));
    assert!(of("surat-tugas", "orang", "a | b | c | d | e").iter().any(|(field, _)| *field == "orang"));
    assert!(of("spd", "tanggal_kembali", "31 Februari 2026").iter().any(|(field, _)| *field == "tanggal_kembali"));
    for (typed, words) in [
        ("dua juta", "bukan jumlah uang"),
        ("1.250,50", "memuat sen"),
        ("1.25", "lebih dari satu cara"),
        ("-5.000", "kurang dari nol"),
    ] {
        assert!(of("spd", "biaya", typed).iter().any(|(field, said)| *field == "biaya" && said.contains(words)), "{typed}");
    }
    assert!(of("spd", "biaya", "Rp 1.250.000").iter().all(|(field, _)| *field != "biaya"));
    assert!(of("undangan-eksternal", "waktu", "09.00\n10.00").iter().any(|(_, words)| words.contains("satu baris")));
}

#[test]
fn a_mandate_that_the_tree_of_posts_cannot_give_is_refused() {
    let draft = Draft { wewenang: "ub".into(), delegasi: "Perbup 1/2026".into(), ..draft("surat-dinas") };
    assert!(read(&draft, &known("surat-dinas"), true).is_ok());
    let Err(Refusal::Fields(problems)) =
        read(&draft, &Known { posts: vec![Pengawas, Administrator], ..known("surat-dinas") }, true)
    else {
        panic!()
    };
    assert_eq!(problems[0].field, "wewenang");
}

#[test]
fn kinds_without_addressees_drop_them() {
    let isi = read(&draft("surat-tugas"), &known("surat-tugas"), true).unwrap();
    assert!(isi.kepada.is_empty());
    assert_eq!(isi.lampiran, "-");
}

#[test]
fn a_kind_is_signed_by_the_posts_that_may_or_in_their_name() {
    let read = |penanda: &'static [praja_identity::jabatan::Jenis], way: &str, whole| {
        let mut draft = draft("surat-dinas");
        way.clone_into(&mut draft.wewenang);
        "Keputusan Bupati Nomor 12 Tahun 2026".clone_into(&mut draft.delegasi);
        let known = Known { posts: vec![PimpinanTinggi, Politik], penanda, ..known("surat-dinas") };
        match super::super::read(&draft, &known, whole) {
            Ok(_) => None,
            Err(Refusal::Fields(problems)) => Some(problems[0].clone()),
            Err(other) => panic!("{other:?}"),
        }
    };
    assert_eq!(read(&[], "langsung", true), None, "anybody");
    assert_eq!(read(&[PimpinanTinggi, Administrator], "langsung", true), None);
    let refused = read(&[Politik], "langsung", true).unwrap();
    assert_eq!(
        (&*refused.field, refused.message.contains("ditandatangani pejabat negara")),
        ("penandatangan", true),
        "{refused:?}"
    );
    assert_eq!(read(&[Politik], "langsung", false), None, "a draft may be kept meanwhile");
    assert_eq!(read(&[Politik], "an", true), None, "in whose name it is signed counts");
    assert!(read(&[Pengawas], "an", true).is_some());
}
