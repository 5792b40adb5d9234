use super::*;
use crate::{
    impor::{Jenis as Kind, READING},
    jabatan::Jenis as JenisJabatan,
};

const A: &str = "198503122010012004";
const B: &str = "197001011995031901";
const C: &str = "199001012015031002";

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// OPD 1 is ours and 2 another's; Siti (A) leads OPD 1 since 2022, Budi (B) is in OPD 2, Ani has no NIP.
fn known() -> Known {
    let orang = |n: u8, nama: &str, nip: Option<&str>, opd: u8, akun| Orang {
        id: id(n),
        versi: 1,
        nama: nama.into(),
        gelar_depan: None,
        gelar_belakang: Some("S.E.".into()),
        nip: nip.map(Into::into),
        email: Some(format!("{}@uji.example", fold(nama))),
        telepon: None,
        jenis: if nip.is_some() { Jenis::Pns } else { Jenis::NonAsn },
        opd: Some(id(opd)),
        akun,
        milik: opd == 1,
    };
    let jabatan = |n: u8, opd: u8, nama: &str, jenis| Jabatan {
        id: id(n),
        versi: 1,
        opd: id(opd),
        nama: nama.into(),
        jenis,
        induk: None,
        dari: day("2017-01-02"),
    };
    Known {
        opd: [1, 2].map(|n| Opd { id: id(n), kode: n.to_string(), singkatan: format!("OPD{n}"), milik: n == 1 }).into(),
        jabatan: vec![
            jabatan(11, 1, "Kepala", JenisJabatan::PimpinanTinggi),
            jabatan(12, 1, "Sekretaris", JenisJabatan::Administrator),
            jabatan(13, 1, "Staf", JenisJabatan::Pelaksana),
            jabatan(14, 1, "Bupati", JenisJabatan::Politik),
        ],
        orang: vec![orang(21, "Siti", Some(A), 1, true), orang(22, "Budi", Some(B), 2, false), orang(23, "Ani", None, 1, false)],
        penugasan: vec![Penugasan {
            id: id(31),
            versi: 1,
            orang: id(21),
            jabatan: id(11),
            jenis: Cara::Definitif,
            mulai: day("2022-01-03"),
            sampai: None,
            dasar: None,
        }],
        ..Known::default()
    }
}

fn check_text(rows: &str) -> (Rencana, Vec<(u32, String, String)>) {
    check_with(&known(), rows)
}

fn check_with(known: &Known, rows: &str) -> (Rencana, Vec<(u32, String, String)>) {
    let head = "NIP;Nama;Gelar depan;Gelar belakang;Surel;Telepon;Kode OPD;Jabatan;Jenis penugasan;Mulai;Sampai;Dasar";
    let tabel =
        Tabel::of(Kind::Pegawai, praja_web::lembar::read(format!("{head}\n{rows}").as_bytes(), &READING).unwrap()).unwrap();
    let (mut next, mut wrong) = (100, Vec::new());
    let mut new_id = || {
        next += 1;
        id(next)
    };
    let plan = check(&tabel, known, &mut new_id, &mut wrong);
    (plan, wrong.into_iter().map(|one| (one.baris, one.kolom, one.pesan)).collect())
}

#[test]
fn a_new_person_holds_a_post_and_is_on_the_books_of_its_opd() {
    let (plan, wrong) = check_text(&format!("{C};Citra;;;;;1;Sekretaris;;01-02-2024;;SK 1\n"));
    assert!(wrong.is_empty(), "{wrong:?}");
    let (act, person) = &plan.orang[0];
    assert_eq!((*act, person.opd, person.jenis), (Tindakan::Baru, Some(id(1)), Jenis::Pns));
    let (act, task) = &plan.penugasan[0];
    assert_eq!((*act, task.orang, task.jabatan, task.mulai), (Tindakan::Baru, person.id, id(12), day("2024-02-01")));
    assert_eq!(plan.baris, [(2, Tindakan::Baru, "Citra".into(), "orang baru; Sekretaris sejak 1 Feb 2024".into())]);
}

#[test]
fn what_is_recorded_stays_and_empty_cells_change_nothing() {
    let (plan, wrong) = check_text(&format!("{A};Siti;;;;;1;Kepala;Definitif;03-01-2022;;\n"));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((plan.orang[0].0, plan.penugasan[0].0, plan.baris[0].1), (Tindakan::Sama, Tindakan::Sama, Tindakan::Sama));
    let (plan, _) = check_text(&format!("{A};Siti;dr.;;;;1;Kepala;;03-01-2022;;SK 9\n"));
    assert_eq!((plan.orang[0].0, plan.penugasan[0].0), (Tindakan::Ubah, Tindakan::Ubah));
    assert_eq!(plan.baris[0].3, "gelar depan: kosong menjadi dr.; Kepala: dasar: kosong menjadi SK 9");
    assert_eq!(plan.orang[0].1.gelar_belakang.as_deref(), Some("S.E."));
}

#[test]
fn a_second_row_of_a_person_adds_a_post() {
    let rows = format!("{C};Citra;;;;;1;Sekretaris;;01-02-2024;;\n{C};Citra;;;;;1;Kepala;Plt.;01-03-2025;01-06-2025;\n");
    let (plan, wrong) = check_text(&rows);
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((plan.orang.len(), plan.penugasan.len()), (1, 2));
    let (_, wrong) = check_text(&format!("{C};Citra;;;;;;;;;;\n{C};Cici;;;;;;;;;;\n"));
    assert_eq!(wrong[0].2, "Pada baris 2, NIP atau surel ini milik Citra.");
}

#[test]
fn an_elected_official_has_no_nip_and_others_without_one_are_known_by_their_name() {
    let (plan, wrong) = check_text(";Raden;;;;;1;Bupati;;01-02-2025;;\n;ani;;;;;1;Staf;;01-02-2025;;\n");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((plan.orang[0].1.jenis, plan.orang[1].1.id), (Jenis::PejabatNegara, id(23)));
}

#[test]
fn every_slip_is_named_at_its_row_and_column() {
    let cases = [
        (format!("{C};Citra;;;;;1;Kepala;;01-02-2024;;\n"), "Jabatan", "Jabatan ini dipegang Siti, S.E. sejak 3 Jan 2022."),
        (
            format!("{A};Siti;;;;;1;Sekretaris;;01-02-2024;;\n"),
            "Jabatan",
            "Orang ini masih memegang Kepala secara definitif sejak 3 Jan 2022.",
        ),
        (
            format!("{A};Siti;;;;;1;Kepala;;05-01-2022;;\n"),
            "Mulai",
            "Orang ini sudah tercatat memegang jabatan ini sejak 3 Jan 2022.",
        ),
        (
            format!("{C};Citra;;;;;1;Kepala;Plt.;01-02-2024;;\n"),
            "Sampai",
            "Plt. berlaku sementara, tetapi hari terakhirnya kosong.",
        ),
        (format!("{C};Citra;;;;;1;Staf;;01-02-2024;01-01-2024;\n"), "Sampai", "Hari terakhir lebih awal daripada hari pertama."),
        (format!("{C};Citra;;;;;1;Staf;;;;\n"), "Mulai", "Tanggal mulai belum diisi."),
        (format!("{C};Citra;;;;;1;Staff;;01-02-2024;;\n"), "Jabatan", "Jabatan ini tidak ada pada OPD1."),
        (format!("{C};Citra;;;;;1;;;01-02-2024;;\n"), "Jabatan", "Kode OPD diisi, tetapi jabatannya kosong."),
        (format!("{C};Citra;;;;;;Staf;;01-02-2024;;\n"), "Kode OPD", "Jabatan diisi, tetapi kode OPD-nya kosong."),
        (format!("{C};Citra;;;;;;;Plt.;;;\n"), "Jabatan", "Penugasan diisi, tetapi jabatannya kosong."),
        (format!("{C};Citra;;;;;2;Staf;;01-02-2024;;\n"), "Kode OPD", "Tidak ada OPD dengan kode ini dalam wewenang Anda."),
        (";Citra;;;;;1;Sekretaris;;01-02-2024;;\n".into(), "NIP", "Jabatan administrator dipegang ASN, tetapi NIP-nya kosong."),
        (format!("{C};Citra, S.E.;;;;;;;;;;\n"), "Nama", "Nama memuat koma; gelar ditulis di kolomnya sendiri."),
        (format!("{C};Citra;;;citra;;;;;;;\n"), "Surel", "Ini bukan alamat surel."),
        (format!("{C};Citra;;;siti@uji.example;;;;;;;\n"), "Surel", "Surel ini sudah dipakai orang lain."),
        (format!("{A};Siti;;;baru@uji.example;;;;;;;\n"), "Surel", "Surel orang ini dipakai untuk masuk."),
        (format!("{B};Badu;;;;;;;;;;\n"), "NIP", "NIP ini tercatat atas nama lain."),
        (format!("{B};Budi;;M.M.;;;;;;;;\n"), "Nama", "Orang ini tercatat pada OPD lain, dan isian ini mengubah datanya."),
    ];
    for (rows, column, words) in cases {
        let (_, wrong) = check_text(&rows);
        assert_eq!(wrong.first(), Some(&(2, column.to_owned(), words.to_owned())), "{rows}");
        assert_eq!(wrong.len(), 1, "one slip is one problem: {rows} {wrong:?}");
    }
}

#[test]
fn somebody_of_another_opd_may_take_over_a_post_here_without_being_changed() {
    let (plan, wrong) = check_text(&format!("{B};Budi;;;;;1;Sekretaris;Plt.;01-02-2024;01-05-2024;\n"));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((plan.orang[0].0, plan.penugasan[0].0), (Tindakan::Sama, Tindakan::Baru));
}

#[test]
fn a_structural_post_is_given_once_in_a_file_and_an_executing_one_as_often_as_needed() {
    let rows = format!("{C};Citra;;;;;1;Sekretaris;;01-02-2024;;\n{B};Budi;;;;;1;Sekretaris;;01-02-2024;;\n");
    let (_, wrong) = check_text(&rows);
    assert_eq!(wrong, [(3, "Jabatan".to_owned(), "Jabatan ini sudah diisi pemegang lain pada baris 2.".to_owned())]);
    let (plan, wrong) = check_text(&format!("{C};Citra;;;;;1;Staf;;01-02-2024;;\n;Ani;;;;;1;Staf;;01-02-2024;;\n"));
    assert!(wrong.is_empty() && plan.penugasan.len() == 2, "{wrong:?}");
    let rows = format!("{C};Citra;;;;;1;Sekretaris;;01-02-2020;31-12-2021;\n{B};Budi;;;;;1;Sekretaris;;01-01-2022;;\n");
    assert!(check_text(&rows).1.is_empty(), "one after the other");
}

#[test]
fn who_brings_a_file_gets_no_post_by_it_and_fills_none_that_reaches_further() {
    let brought = Known { pembawa: Some(id(21)), jauh: HashSet::from([id(12)]), ..known() };
    let same = format!("{A};Siti;;;;;1;Kepala;;03-01-2022;;\n");
    let (plan, wrong) = check_with(&brought, &same);
    assert!(wrong.is_empty() && plan.penugasan[0].0 == Tindakan::Sama, "an export that is brought back: {wrong:?}");
    for (row, refused) in [
        (format!("{A};Siti;;;;;1;Staf;Plt.;03-01-2022;03-06-2022;\n"), "diri sendiri"),
        (format!("{A};Siti;;;;;1;Kepala;;03-01-2022;31-12-2026;\n"), "diri sendiri"),
        (format!("{C};Citra;;;;;1;Sekretaris;;01-02-2024;;\n"), "membaca jejak audit"),
    ] {
        let (_, wrong) = check_with(&brought, &row);
        assert!(
            matches!(wrong.as_slice(), [(2, kolom, pesan)] if kolom == "Jabatan" && pesan.contains(refused)),
            "{row}: {wrong:?}"
        );
        assert!(check_text(&row).1.is_empty(), "another may: {row}: {:?}", check_text(&row).1);
    }
}
