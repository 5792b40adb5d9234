use praja_kernel::Refuse;

use praja_desk::impor::Halt;

use super::super::{Act, Contoh, Refusal, Status};

/// Every pair of state and act: `None` where the act is refused.
#[test]
fn an_import_goes_its_way_and_back_only_as_a_whole() {
    use Status::*;
    let acts = [Act::Read, Act::Refuse, Act::Map, Act::Check, Act::Apply, Act::Finish, Act::Undo, Act::Undone, Act::Cancel];
    let table: [(Status, [Option<Status>; 9]); 10] = [
        (Membaca, [Some(Memetakan), Some(Tertolak), None, None, None, None, None, None, Some(Dibatalkan)]),
        (Tertolak, [None, None, None, None, None, None, None, None, Some(Dibatalkan)]),
        (Memetakan, [None, None, Some(Memeriksa), None, None, None, None, None, Some(Dibatalkan)]),
        (Memeriksa, [None, None, None, Some(Diperiksa), None, None, None, None, Some(Dibatalkan)]),
        (Diperiksa, [None, None, Some(Memeriksa), None, Some(Menerapkan), None, None, None, Some(Dibatalkan)]),
        (Menerapkan, [None, None, None, None, None, Some(Selesai), None, None, None]),
        (Selesai, [None, None, None, None, None, None, Some(Mengurungkan), None, None]),
        (Mengurungkan, [None, None, None, None, None, None, None, Some(Diurungkan), None]),
        (Diurungkan, [None; 9]),
        (Dibatalkan, [None; 9]),
    ];
    assert_eq!(table.len(), Status::ALL.len());
    for (from, row) in table {
        for (act, to) in acts.iter().zip(row) {
            assert_eq!(from.after(*act, 1).ok(), to, "{from:?} {act:?}");
        }
    }
}

#[test]
fn nothing_is_taken_over_from_a_book_without_new_letters() {
    assert_eq!(Status::Diperiksa.after(Act::Apply, 0), Err(Halt::NothingNew));
    assert!(!Halt::NothingNew.next_step().is_empty());
    assert_eq!(Refusal::NoReason.fields()[0].field, "alasan");
}

#[test]
fn a_heading_that_is_empty_is_that_of_the_row_above() {
    let cells = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<String>>();
    let contoh = Contoh {
        nama: String::new(),
        jumlah: 3,
        baris: vec![(1, cells(&["Surat", "", "Hal"])), (2, cells(&["Nomor", "Tanggal"])), (3, cells(&["1", "2", "3", "4"]))],
    };
    assert_eq!(contoh.headings(2), ["Nomor", "Tanggal", "Hal", ""]);
    assert_eq!(contoh.headings(9), ["", "", "", ""]);
}
