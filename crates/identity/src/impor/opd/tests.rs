use super::*;
use crate::impor::{Jenis as Kind, READING};

const TODAY: Date = Date::constant(2026, 11, 22);

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn known() -> Vec<Tercatat> {
    let one = |n: u8, kode: &str, nama: &str, singkatan: &str, induk| Tercatat {
        id: id(n),
        versi: 3,
        kode: kode.into(),
        nama: nama.into(),
        singkatan: singkatan.into(),
        jenis: Jenis::Dinas,
        induk,
        dari: Date::constant(2017, 1, 2),
    };
    vec![one(1, "1.01", "Dinas Satu", "Disatu", None), one(2, "1.02", "Dinas Dua", "Didua", Some(id(1)))]
}

fn check_text(rows: &str) -> (Vec<Rencana>, Vec<(u32, String, String)>) {
    let text = format!("Kode OPD;Nama OPD;Singkatan;Jenis;Kode OPD induk;Berlaku sejak\n{rows}");
    let tabel = Tabel::of(Kind::Opd, praja_web::lembar::read(text.as_bytes(), &READING).unwrap()).unwrap();
    let (mut next, mut wrong) = (100, Vec::new());
    let mut new_id = || {
        next += 1;
        id(next)
    };
    let plan = check(&tabel, &known(), TODAY, &mut new_id, &mut wrong);
    (plan, wrong.into_iter().map(|one| (one.baris, one.kolom, one.pesan)).collect())
}

#[test]
fn a_new_office_may_stand_before_the_one_above_it() {
    let (plan, wrong) = check_text("2.02;Bidang;Bid;Bagian;2.01;\n2.01;Dinas Baru;Dibaru;Dinas;;01-03-2020\n");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(plan[0].opd.induk, Some(plan[1].opd.id));
    assert_eq!((plan[0].opd.dari, plan[1].opd.dari), (TODAY, Date::constant(2020, 3, 1)));
    assert!(plan.iter().all(|row| row.tindakan == Tindakan::Baru && row.opd.versi == 0));
}

#[test]
fn a_recorded_office_is_changed_where_the_file_differs_and_kept_where_it_is_empty() {
    let (plan, wrong) = check_text("1.02;Dinas Dua;Didua;Dinas;;\n1.01;Dinas Kesatu;Disatu;Badan;;\n");
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!((plan[0].tindakan, plan[0].opd.induk, plan[0].opd.id), (Tindakan::Sama, Some(id(1)), id(2)));
    assert_eq!((plan[1].tindakan, plan[1].opd.versi), (Tindakan::Ubah, 3));
    assert_eq!(plan[1].ringkas, "nama: Dinas Satu menjadi Dinas Kesatu; jenis: Dinas menjadi Badan");
}

#[test]
fn codes_and_short_names_are_used_once() {
    let (_, wrong) = check_text("3;Tiga;Tiga;Dinas;;\n3;Tiga Lagi;Lain;Dinas;;\n4;Empat;tiga;Dinas;;\n5;Lima;DISATU;Dinas;;\n");
    let expected = [
        (3, KODE_OPD, "Kode ini sudah dipakai pada baris 2."),
        (4, SINGKATAN, "Singkatan ini sudah dipakai pada baris 2."),
        (5, SINGKATAN, "Singkatan ini sudah dipakai Dinas Satu."),
    ];
    assert_eq!(wrong, expected.map(|(row, column, words)| (row, column.to_owned(), words.to_owned())));
}

#[test]
fn nothing_stands_above_itself_in_however_many_steps() {
    let (_, wrong) = check_text("3;Tiga;Tiga;Dinas;3;\n");
    assert_eq!(wrong[0].2, "OPD ini menjadi induk dirinya sendiri.");
    let (_, wrong) = check_text("1.01;Dinas Satu;Disatu;Dinas;1.02;\n");
    assert_eq!(wrong, [(2, KODE_INDUK.to_owned(), "OPD ini berada di bawah dirinya sendiri.".to_owned())]);
    let (_, wrong) = check_text("6;Enam;Enam;Dinas;7;\n7;Tujuh;Tujuh;Dinas;6;\n8;Delapan;Delapan;Dinas;6;\n");
    assert_eq!(wrong.iter().map(|one| one.0).collect::<Vec<_>>(), [2, 3], "the one below the ring is not in it");
}

#[test]
fn a_code_that_leads_nowhere_is_named() {
    let (_, wrong) = check_text("3;Tiga;Tiga;Dinas;9.99;\n");
    assert_eq!(wrong, [(2, KODE_INDUK.to_owned(), "Tidak ada OPD dengan kode ini.".to_owned())]);
}
