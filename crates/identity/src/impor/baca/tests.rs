use super::*;
use crate::impor::kolom::{KODE_OPD, MULAI, NAMA, NIP, PENUGASAN, SAMPAI, TELEPON};

fn tabel(head: &[&str], cells: Vec<Sel>) -> Tabel {
    let head = head.iter().map(|title| Sel::Teks((*title).into())).collect();
    Tabel::of(Jenis::Pegawai, vec![Baris { nomor: 1, sel: head }, Baris { nomor: 2, sel: cells }]).unwrap()
}

/// What is said about one cell of a column.
fn said(judul: &'static str, sel: Sel, ask: impl Fn(&mut Pembaca<'_>) -> bool) -> Option<(String, String)> {
    let table = tabel(&["Nama", judul], vec![Sel::Teks("Siti".into()), sel]);
    let mut wrong = Vec::new();
    let taken = ask(&mut Pembaca::new(&table, &table.baris[0], &mut wrong));
    assert_eq!(taken, wrong.is_empty());
    wrong.pop().map(|one| (one.pesan, one.saran))
}

#[test]
fn columns_are_found_in_any_order_and_with_the_star_of_the_template() {
    let head = ["NIP", "  nama* ", "KODE OPD"].map(|title| Sel::Teks(title.into()));
    let rows = vec![Baris { nomor: 1, sel: head.into() }, Baris { nomor: 2, sel: vec![Sel::Kosong, Sel::Teks("Siti".into())] }];
    let table = Tabel::of(Jenis::Pegawai, rows).unwrap();
    let mut wrong = Vec::new();
    let mut cells = Pembaca::new(&table, &table.baris[0], &mut wrong);
    assert_eq!((cells.text(NAMA), cells.text(KODE_OPD), cells.text(SAMPAI)), (Some("Siti".into()), None, None));
    assert!(wrong.is_empty());
}

#[test]
fn a_missing_a_doubled_and_an_unknown_title_are_named() {
    let head = ["Kode OPD", "Nama OPD", "Nama OPD", "Warna"].map(|title| Sel::Teks(title.into()));
    let wrong = Tabel::of(Jenis::Opd, vec![Baris { nomor: 3, sel: head.into() }]).unwrap_err();
    let words: Vec<_> = wrong.iter().map(|one| (one.baris, one.kolom.as_str(), one.pesan.as_str())).collect();
    assert_eq!(
        words,
        [
            (3, "Nama OPD", "Judul kolom ini ada dua kali."),
            (3, "Warna", "Kolom ini tidak dikenal."),
            (3, "Singkatan", "Kolom wajib ini tidak ada."),
            (3, "Jenis", "Kolom wajib ini tidak ada."),
        ]
    );
}

#[test]
fn a_nip_that_a_spreadsheet_took_for_a_number_is_refused_by_name() {
    for sel in [Sel::Angka(1.985_031_220_100_12e17), Sel::Teks("1.98503E+17".into()), Sel::Teks("1,98503E+17".into())] {
        let (pesan, saran) = said(NIP, sel, |cells| cells.nip(NIP).is_some()).unwrap();
        assert!(
            pesan.contains("angka terakhirnya sudah hilang") && saran.contains("format kolom menjadi Teks"),
            "{pesan} {saran}"
        );
    }
    assert_eq!(said(NIP, Sel::Teks("19850312 201001 2 004".into()), |cells| cells.nip(NIP).is_some()), None);
    assert_eq!(said(NIP, Sel::Teks("'198503122010012004".into()), |cells| cells.nip(NIP).is_some()), None);
    let (pesan, _) = said(NIP, Sel::Teks("198503122010012".into()), |cells| cells.nip(NIP).is_some()).unwrap();
    assert_eq!(pesan, "NIP harus 18 angka; yang ditulis 15 angka.");
}

#[test]
fn codes_and_telephone_numbers_kept_as_numbers_are_refused_because_zeros_are_lost() {
    for judul in [KODE_OPD, TELEPON] {
        let (pesan, _) = said(judul, Sel::Angka(81_234_567_890.0), |cells| cells.text(judul).is_some()).unwrap();
        assert!(pesan.contains("nol di depan"), "{pesan}");
    }
    let (pesan, _) = said(KODE_OPD, Sel::Tanggal(Date::constant(2026, 2, 1)), |cells| cells.text(KODE_OPD).is_some()).unwrap();
    assert!(pesan.contains("mengubah isi sel ini menjadi tanggal"), "{pesan}");
}

#[test]
fn formulas_merged_cells_and_errors_each_have_their_word() {
    let cases = [(Sel::Rumus, "rumus"), (Sel::Gabung, "digabung"), (Sel::Lain("#N/A".into()), "bukan kata atau angka")];
    for (sel, word) in cases {
        let (pesan, saran) = said(TELEPON, sel, |cells| cells.text(TELEPON).is_some()).unwrap();
        assert!(pesan.contains(word) && !saran.is_empty(), "{pesan}");
    }
}

#[test]
fn dates_are_taken_as_cells_and_as_typed_and_bare_numbers_are_not() {
    let day = Some(Date::constant(2022, 1, 3));
    for sel in [Sel::Tanggal(Date::constant(2022, 1, 3)), Sel::Teks("03-01-2022".into()), Sel::Teks("3 Januari 2022".into())] {
        assert_eq!(said(MULAI, sel, |cells| cells.date(MULAI) == day), None);
    }
    let (pesan, _) = said(MULAI, Sel::Angka(44_564.0), |cells| cells.date(MULAI).is_some()).unwrap();
    assert_eq!(pesan, "Angka ini bukan tanggal.");
    let (pesan, _) = said(MULAI, Sel::Teks("30-2-2022".into()), |cells| cells.date(MULAI).is_some()).unwrap();
    assert!(pesan.contains("Februari 2022 hanya sampai"), "{pesan}");
    assert!(said(MULAI, Sel::Teks("01-01-1823".into()), |cells| cells.date(MULAI).is_some()).is_some());
}

#[test]
fn a_choice_is_taken_by_label_or_stored_word_with_or_without_its_point() {
    let words = Pilihan::Penugasan.words();
    for (typed, at) in [("Definitif", 0), ("plt", 2), ("PLT.", 2), ("Plh.", 3)] {
        assert_eq!(
            said(PENUGASAN, Sel::Teks(typed.into()), |cells| cells.choice(PENUGASAN, &words) == Some(at)),
            None,
            "{typed}"
        );
    }
    let (pesan, saran) = said(PENUGASAN, Sel::Teks("tetap".into()), |cells| cells.choice(PENUGASAN, &words).is_some()).unwrap();
    assert_eq!(pesan, "\"tetap\" tidak dikenal.");
    assert_eq!(saran, "Pilih salah satu: Definitif, Pj., Plt., Plh.");
}

#[test]
fn an_empty_cell_is_a_problem_only_where_every_row_must_fill_it() {
    let table = tabel(&["Nama"], vec![Sel::Kosong]);
    let mut wrong = Vec::new();
    let mut cells = Pembaca::new(&table, &table.baris[0], &mut wrong);
    assert_eq!((cells.text(NAMA), cells.nip(NIP), cells.date(MULAI)), (None, None, None));
    assert_eq!(wrong.len(), 1);
    assert_eq!((wrong[0].baris, wrong[0].kolom.as_str(), wrong[0].pesan.as_str()), (2, "Nama", "Nama belum diisi."));
}
