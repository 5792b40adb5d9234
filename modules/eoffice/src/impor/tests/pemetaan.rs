use std::collections::BTreeMap;

use praja_web::lembar::tanggal::Urutan;

use super::super::{
    bidang::{Bidang, meaning},
    pemetaan::{Bagian, Ganda, Pemetaan, Sumber, column_field, fixed_field, guess_head, part_field},
};

fn heads(list: &[&str]) -> Vec<String> {
    list.iter().map(|one| (*one).to_owned()).collect()
}

/// Which column each field was found in.
fn found(list: &[&str]) -> Vec<(Bidang, usize)> {
    let guess = Pemetaan::guess(&heads(list));
    guess.sumber.iter().filter_map(|(bidang, one)| Some((*bidang, one.kolom?))).collect()
}

#[test]
fn headings_of_real_books_are_understood() {
    assert_eq!(
        found(&["No. Agenda", "Tgl Terima", "Asal Surat", "Nomor Surat", "Tgl. Surat", "Perihal", "Disposisi"]),
        [
            (Bidang::Agenda, 0),
            (Bidang::TanggalTerima, 1),
            (Bidang::Asal, 2),
            (Bidang::NomorSurat, 3),
            (Bidang::TanggalSurat, 4),
            (Bidang::Hal, 5),
            (Bidang::Disposisi, 6)
        ]
    );
    assert_eq!(
        found(&["No", "Tanggal", "Dari", "No Surat Masuk", "Isi Ringkas", "Sifat", "Kode", "Ket"]),
        [
            (Bidang::Agenda, 0),
            (Bidang::TanggalTerima, 1),
            (Bidang::Asal, 2),
            (Bidang::NomorSurat, 3),
            (Bidang::Hal, 4),
            (Bidang::Klasifikasi, 6),
            (Bidang::Sifat, 5)
        ],
        "what is told stands for the subject where nothing else does"
    );
}

#[test]
fn one_column_of_number_and_date_gives_both() {
    let guess = Pemetaan::guess(&heads(&["No Urut", "Pengirim", "No & Tgl Surat", "Hal"]));
    assert_eq!(guess.of(Bidang::NomorSurat).bagian, Bagian::Sisa);
    assert_eq!((guess.of(Bidang::TanggalSurat).kolom, guess.of(Bidang::TanggalSurat).bagian), (Some(2), Bagian::Tanggal));
    assert_eq!(guess.of(Bidang::Agenda).kolom, Some(0));
    assert_eq!(guess.ganda, Ganda::Laporkan);
    let none = Pemetaan::guess(&heads(&["Pengirim", "Hal", "Tanggal Terima"]));
    assert_eq!(none.ganda, Ganda::Berikutnya, "without numbers each gets one");
}

#[test]
fn a_title_above_the_table_is_not_its_heading() {
    let row = |number: u32, cells: &[&str]| (number, heads(cells));
    let rows = [
        row(1, &["BUKU AGENDA SURAT MASUK DINAS KESEHATAN TAHUN 2019"]),
        row(2, &["Kabupaten Contoh"]),
        row(4, &["Tahun", "No", "Tgl Terima", "Asal", "Hal"]),
        row(5, &["2019", "1", "2/1/2019", "Dinas Sosial", "Undangan"]),
    ];
    assert_eq!(guess_head(&rows), 4);
    assert_eq!(guess_head(&[row(3, &["a", "b"])]), 3, "where nothing is understood it is the first row");
    assert_eq!(guess_head(&[]), 1);
    assert!(meaning("BUKU AGENDA SURAT MASUK DINAS KESEHATAN TAHUN 2019").is_empty());
}

#[test]
fn a_profile_finds_its_columns_by_their_headings_in_another_order() {
    let guess = Pemetaan::guess(&heads(&["Asal", "Hal", "Tgl Terima"]));
    let moved = guess.clone().for_headings(&heads(&["Hal", "Tgl Terima", "ASAL ", "Lain"]));
    let places = |map: &Pemetaan| [Bidang::Asal, Bidang::Hal, Bidang::TanggalTerima].map(|one| map.of(one).kolom);
    assert_eq!(places(&moved), [Some(2), Some(0), Some(1)]);
    assert_eq!(places(&guess.for_headings(&heads(&["Hal", "Tgl Terima"]))), [None, Some(0), Some(1)], "one is gone");
}

#[test]
fn a_mapping_that_cannot_make_a_letter_is_refused_field_by_field() {
    let wrong = |map: &Pemetaan| map.problems(3).into_iter().map(|one| one.field).collect::<Vec<_>>();
    let empty = Pemetaan::default();
    assert_eq!(wrong(&empty), ["kolom_asal", "kolom_hal", "kolom_tanggal_terima", "ganda"]);
    let one = |kolom, tetap: &str| Sumber { kolom, tetap: tetap.into(), ..Sumber::default() };
    let mut map = Pemetaan { ganda: Ganda::Berikutnya, ..Pemetaan::default() };
    map.sumber = BTreeMap::from([
        (Bidang::Asal, one(Some(9), "")),
        (Bidang::Hal, one(None, "Undangan")),
        (Bidang::TanggalSurat, one(None, "kemarin")),
        (Bidang::Sifat, one(None, "umumnya")),
        (Bidang::Agenda, one(None, "12")),
    ]);
    assert_eq!(wrong(&map), ["tetap_agenda", "kolom_asal", "tetap_tanggal_surat", "tetap_sifat"]);
    map.sumber = BTreeMap::from([
        (Bidang::Asal, Sumber { kolom: Some(0), bagian: Bagian::Depan, ..Sumber::default() }),
        (Bidang::Hal, Sumber { kolom: Some(0), bagian: Bagian::Belakang, ..Sumber::default() }),
        (Bidang::TanggalTerima, one(Some(1), "")),
    ]);
    assert_eq!(wrong(&map), ["pemisah"], "named once");
    map.pemisah = ";".into();
    assert_eq!(wrong(&map), [""; 0]);
}

#[test]
fn a_mapping_comes_back_from_where_it_is_kept_as_it_was() {
    let mut map = Pemetaan::guess(&heads(&["No", "Dari", "No/Tgl Surat", "Hal"]));
    (map.urutan, map.pemisah) = (Urutan::BulanHari, " – ".into());
    let text = serde_json::to_string(&map).unwrap();
    assert_eq!(serde_json::from_str::<Pemetaan>(&text).unwrap(), map);
}

#[test]
fn the_names_of_the_forms_fields_are_those_of_the_fields() {
    for one in Bidang::ALL {
        assert_eq!(column_field(*one), format!("kolom_{}", one.as_str()));
        assert_eq!(part_field(*one), format!("bagian_{}", one.as_str()));
        assert_eq!(fixed_field(*one), format!("tetap_{}", one.as_str()));
    }
}
