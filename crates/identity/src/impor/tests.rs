use super::*;

/// Every pair of state and act: `None` where the act is refused.
#[test]
fn an_import_moves_only_forwards_and_back_to_its_check() {
    use Status::*;
    let acts = [Act::Check, Act::FindProblems, Act::FindNothing, Act::Apply, Act::Finish, Act::Cancel];
    let table: [(Status, [Option<Status>; 6]); 7] = [
        (Menunggu, [Some(Memeriksa), None, None, None, None, Some(Dibatalkan)]),
        (Memeriksa, [Some(Memeriksa), Some(Bermasalah), Some(Siap), None, None, Some(Dibatalkan)]),
        (Bermasalah, [None, None, None, None, None, Some(Dibatalkan)]),
        (Siap, [None, None, None, Some(Menerapkan), None, Some(Dibatalkan)]),
        (Menerapkan, [Some(Memeriksa), None, None, None, Some(Selesai), None]),
        (Selesai, [None; 6]),
        (Dibatalkan, [None; 6]),
    ];
    assert_eq!(table.len(), Status::ALL.len());
    for (from, row) in table {
        for (act, to) in acts.iter().zip(row) {
            assert_eq!(from.after(*act).ok(), to, "{from:?} {act:?}");
        }
    }
}

#[test]
fn a_refusal_says_what_is_the_matter_and_what_to_do() {
    assert_eq!(Status::Bermasalah.after(Act::Apply), Err(Refusal::HasProblems));
    assert_eq!(Status::Memeriksa.after(Act::Apply), Err(Refusal::NotYetChecked));
    assert_eq!(Status::Selesai.after(Act::Apply), Err(Refusal::AlreadyApplied));
    assert_eq!(Status::Menerapkan.after(Act::Cancel), Err(Refusal::BeingApplied));
    assert!(!Refusal::HasProblems.next_step().is_empty());
}

#[test]
fn every_column_says_what_belongs_in_it_and_titles_differ() {
    for jenis in Jenis::ALL {
        let mut titles: Vec<_> = jenis.columns().iter().map(|column| praja_kernel::fold(column.judul)).collect();
        assert!(jenis.columns().iter().all(|column| column.petunjuk.ends_with('.')), "{jenis:?}");
        let count = titles.len();
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), count, "{jenis:?}");
    }
}
