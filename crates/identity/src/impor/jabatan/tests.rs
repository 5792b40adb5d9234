use super::*;
use crate::impor::{Jenis as Kind, READING};

const TODAY: Date = Date::constant(2026, 11, 22);

fn id(n: u8) -> Id {
    Id::v7(0, [n; 10])
}

fn check_text(rows: &str) -> (Vec<Rencana>, Vec<(u32, String, String)>) {
    let text = format!("Kode OPD;Jabatan;Jenis;Kode OPD atasan;Jabatan atasan;Berlaku sejak\n{rows}");
    let tabel = Tabel::of(Kind::Jabatan, praja_web::lembar::read(text.as_bytes(), &READING).unwrap()).unwrap();
    let opds = [("1", true), ("2", false)].map(|(kode, milik)| Opd {
        id: id(kode.parse().unwrap()),
        kode: kode.into(),
        singkatan: format!("OPD{kode}"),
        milik,
    });
    let one = |n: u8, opd: u8, nama: &str| Tercatat {
        id: id(n),
        versi: 2,
        opd: id(opd),
        nama: nama.into(),
        jenis: Jenis::Administrator,
        induk: None,
        dari: Date::constant(2020, 1, 1),
    };
    let known = [one(11, 1, "Kepala Satu"), one(12, 2, "Kepala Dua")];
    let (mut next, mut wrong) = (100, Vec::new());
    let mut new_id = || {
        next += 1;
        id(next)
    };
    let plan = check(&tabel, &opds, &known, TODAY, &mut new_id, &mut wrong);
    (plan, wrong.into_iter().map(|one| (one.baris, one.kolom, one.pesan)).collect())
}

#[test]
fn the_post_above_is_found_in_the_same_file_in_what_is_recorded_and_in_another_opd() {
    let rows = "1;Staf;Pelaksana;;Kasubag;\n1;Kasubag;Pengawas;;kepala  SATU;\n1;Wakil;Administrator;2;Kepala Dua;\n";
    let (plan, wrong) = check_text(rows);
    assert!(wrong.is_empty(), "{wrong:?}");
    assert_eq!(plan[0].jabatan.induk, Some(plan[1].jabatan.id));
    assert_eq!((plan[1].jabatan.induk, plan[2].jabatan.induk), (Some(id(11)), Some(id(12))));
    assert!(plan.iter().all(|row| row.tindakan == Tindakan::Baru && row.jabatan.dari == TODAY));
}

#[test]
fn a_recorded_post_is_known_by_its_name_however_it_is_written() {
    let (plan, wrong) = check_text("1;Kepala Satu;Administrator;;;\n");
    assert!(wrong.is_empty() && plan[0].tindakan == Tindakan::Sama && plan[0].jabatan.id == id(11), "{plan:?}");
    let (plan, _) = check_text("1;KEPALA SATU;Pengawas;;;\n");
    assert_eq!(plan[0].tindakan, Tindakan::Ubah);
    assert_eq!(plan[0].ringkas, "nama: Kepala Satu menjadi KEPALA SATU; jenis: Administrator menjadi Pengawas");
}

#[test]
fn another_opd_and_one_that_does_not_exist_look_the_same() {
    let (_, wrong) = check_text("2;Jabatan Baru;Pelaksana;;;\n9;Jabatan Baru;Pelaksana;;;\n");
    let words = "Tidak ada OPD dengan kode ini dalam wewenang Anda.";
    assert_eq!(wrong, [(2, KODE_OPD.into(), words.into()), (3, KODE_OPD.into(), words.into())]);
}

#[test]
fn doubles_unknown_and_circular_superiors_are_refused() {
    let cases = [
        ("1;Staf;Pelaksana;;;\n1;staf;Pelaksana;;;\n", 3, JABATAN, "Jabatan ini sudah ada pada baris 2."),
        ("1;Staf;Pelaksana;;Tidak Ada;\n", 2, ATASAN, "Jabatan atasan ini tidak ada pada OPD tersebut."),
        ("1;Staf;Pelaksana;9;Kepala Dua;\n", 2, KODE_ATASAN, "Tidak ada OPD dengan kode ini."),
        ("1;Staf;Pelaksana;2;;\n", 2, ATASAN, "Kode OPD atasan diisi, tetapi Jabatan atasan kosong."),
        ("1;Staf;Pelaksana;;Staf;\n", 2, ATASAN, "Jabatan ini menjadi atasan dirinya sendiri."),
        ("1;A Satu;Pelaksana;;B Dua;\n1;B Dua;Pelaksana;;A Satu;\n", 2, ATASAN, "Jabatan ini berada di bawah dirinya sendiri."),
    ];
    for (rows, row, column, words) in cases {
        let (_, wrong) = check_text(rows);
        assert_eq!(wrong.first(), Some(&(row, column.to_owned(), words.to_owned())), "{rows}");
    }
}
