use super::{
    super::{
        baca::Calon,
        pemetaan::Ganda,
        pilah::{Tercatat, by_year, kunci, sort},
    },
    read,
};

fn book(rows: &str) -> Vec<Calon> {
    let (all, wrong, _) = read(&format!("No Agenda;Tgl Terima;Asal Surat;Nomor Surat;Perihal\n{rows}"));
    assert_eq!(wrong, []);
    all
}

/// Numbers of the letters that are added, agenda of those that are there, problems.
fn sorted(all: Vec<Calon>, known: &Tercatat, ganda: Ganda) -> (Vec<Option<i64>>, Vec<String>, Vec<String>) {
    let mut wrong = Vec::new();
    let out = sort(all, known, ganda, "No Agenda", &mut wrong);
    (
        out.baru.iter().map(|one| one.agenda).collect(),
        out.sama.into_iter().map(|(_, nomor)| nomor).collect(),
        wrong.into_iter().map(|one| format!("{}: {}", one.baris, one.pesan)).collect(),
    )
}

const ROWS: &str = "1;02/01/2019;Camat;A/1;Undangan\n2;03/01/2019;Camat;A/2;Laporan\n";

#[test]
fn a_second_import_of_the_same_book_adds_nothing() {
    let all = book(ROWS);
    let sidik = all.iter().map(|one| (one.sidik.clone(), format!("{}/2019", one.agenda.unwrap()))).collect();
    let mut known = Tercatat { sidik, ..Tercatat::default() };
    known.nomor.insert(2019, [1, 2].into());
    let (baru, sama, wrong) = sorted(book(ROWS), &known, Ganda::Laporkan);
    assert_eq!((baru, sama, wrong), (vec![], vec!["1/2019".to_owned(), "2/2019".to_owned()], vec![]));
}

#[test]
fn a_letter_that_was_registered_here_is_not_added_again() {
    let all = book(ROWS);
    let mut known = Tercatat::default();
    known.surat.insert(kunci(&all[1]).unwrap(), "7/2019".into());
    let (baru, sama, _) = sorted(all, &known, Ganda::Laporkan);
    assert_eq!((baru, sama), (vec![Some(1)], vec!["7/2019".to_owned()]));
}

#[test]
fn a_row_that_stands_twice_comes_once() {
    let (baru, sama, wrong) =
        sorted(book(&format!("{ROWS}1;02/01/2019;Camat;A/1;Undangan\n")), &Tercatat::default(), Ganda::Laporkan);
    assert_eq!((baru, sama, wrong), (vec![Some(1), Some(2)], vec!["baris 2 berkas ini".to_owned()], vec![]));
}

#[test]
fn no_number_becomes_two_letters_whatever_is_chosen() {
    let rows = "5;02/01/2019;Camat;A/1;Satu\n5;02/01/2019;Camat;A/2;Dua\n;01/01/2019;Camat;A/3;Tiga\n7a;03/01/2019;Camat;A/4;Empat\n\
        9;03/01/2019;Camat;A/5;Lima\n";
    let mut known = Tercatat::default();
    known.nomor.insert(2019, [9].into());
    let (baru, _, wrong) = sorted(book(rows), &known, Ganda::Laporkan);
    assert_eq!(baru, [Some(5)]);
    assert_eq!(
        wrong,
        [
            "3: Nomor agenda 5/2019 sudah dipakai pada baris 2.",
            "4: Nomor agenda kosong.",
            "5: Nomor agenda \"7a\" bukan bilangan.",
            "6: Nomor agenda 9/2019 sudah dipakai surat lain di Praja."
        ]
    );
    let mut none = Vec::new();
    let out = sort(book(rows), &known, Ganda::Berikutnya, "No", &mut none);
    let next: Vec<_> = out.baru.iter().map(|one| (one.agenda, one.agenda_lama.as_deref(), one.isi.hal.as_str())).collect();
    assert_eq!(
        next,
        [
            (Some(5), None, "Satu"),
            (None, None, "Tiga"),
            (None, Some("5"), "Dua"),
            (None, Some("7a"), "Empat"),
            (None, Some("9"), "Lima")
        ],
        "kept numbers first, then the others by their day; the old number stays beside them"
    );
    assert_eq!(none, []);
}

#[test]
fn a_slip_of_the_finger_does_not_push_the_register() {
    let rows = "1;02/01/2019;Camat;A/1;Satu\n20190;03/01/2019;Camat;A/2;Dua\n2;03/01/2020;Camat;A/3;Tiga\n";
    let (baru, _, wrong) = sorted(book(rows), &Tercatat::default(), Ganda::Laporkan);
    assert_eq!(baru, [Some(1), Some(2)]);
    assert_eq!(wrong, ["3: Nomor agenda 20190 melompat jauh sesudah 1 pada tahun 2019."]);
    assert_eq!(by_year(&book(ROWS)), "2019: 2 surat");
}
