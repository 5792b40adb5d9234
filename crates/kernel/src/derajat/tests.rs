use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::calendar::tests::shipped;

const JAM: AturanTenggat = AturanTenggat { basis: BasisTenggat::JamKalender, biasa_hari: 5 };
const HARI: AturanTenggat = AturanTenggat { basis: BasisTenggat::HariKerja, biasa_hari: 5 };

#[test]
fn an_urgent_letter_on_friday_is_due_by_the_regencys_own_rule() {
    let calendar = shipped();
    let friday = date(2026, 11, 20).at(15, 30, 0, 0);
    let received = Zona::Wita.at(friday);
    for (derajat, aturan, tanggal, sampai) in [
        (Derajat::SangatSegera, JAM, date(2026, 11, 21), date(2026, 11, 21).at(15, 30, 0, 0)),
        (Derajat::Segera, JAM, date(2026, 11, 22), date(2026, 11, 22).at(15, 30, 0, 0)),
        (Derajat::Biasa, JAM, date(2026, 11, 27), date(2026, 11, 27).at(23, 59, 59, 999_000_000)),
        (Derajat::SangatSegera, HARI, date(2026, 11, 23), date(2026, 11, 23).at(23, 59, 59, 999_000_000)),
        (Derajat::Segera, HARI, date(2026, 11, 24), date(2026, 11, 24).at(23, 59, 59, 999_000_000)),
        (Derajat::Biasa, HARI, date(2026, 11, 27), date(2026, 11, 27).at(23, 59, 59, 999_000_000)),
    ] {
        let tenggat = derajat.tenggat(&aturan, received, Zona::Wita, &calendar).unwrap();
        assert_eq!(
            (tenggat.tanggal, tenggat.sampai),
            (tanggal, Zona::Wita.at(sampai)),
            "{} {}",
            derajat.as_str(),
            aturan.basis.as_str()
        );
        assert!(!tenggat.provisional);
    }
}

#[test]
fn the_local_day_of_receipt_counts_not_the_servers() {
    let calendar = shipped();
    // 00.30 on Tuesday in Jayapura is still Monday in London.
    let received = Zona::Wit.at(date(2026, 11, 24).at(0, 30, 0, 0));
    let tenggat = Derajat::SangatSegera.tenggat(&HARI, received, Zona::Wit, &calendar).unwrap();
    assert_eq!(tenggat.tanggal, date(2026, 11, 25));
}

#[test]
fn a_deadline_in_a_year_without_decree_is_provisional() {
    let received = Zona::Wib.at(date(2026, 12, 30).at(9, 0, 0, 0));
    let tenggat = Derajat::Biasa.tenggat(&HARI, received, Zona::Wib, &shipped()).unwrap();
    assert!(tenggat.provisional);
    assert_eq!(tenggat.tanggal, date(2027, 1, 8));
}

#[test]
fn every_stored_word_reads_back() {
    for derajat in Derajat::ALL {
        assert_eq!(Derajat::parse(derajat.as_str()), Ok(*derajat));
    }
    for basis in BasisTenggat::ALL {
        assert_eq!(BasisTenggat::parse(basis.as_str()), Ok(*basis));
    }
    assert!(Derajat::parse("kilat").is_err());
}

proptest! {
    #[test]
    fn a_more_urgent_letter_is_never_due_later(hours in 0i64..24 * 365, basis in prop::sample::select(BasisTenggat::ALL), zona in prop::sample::select(&Zona::ALL[..])) {
        let calendar = shipped();
        let received = Zona::Wib.start_of(date(2026, 1, 1)).plus_ms(hours * HOUR_MS);
        let due = |derajat: Derajat| derajat.tenggat(&AturanTenggat { basis, biasa_hari: 5 }, received, zona, &calendar).unwrap();
        let all: Vec<Moment> = Derajat::ALL.iter().map(|derajat| due(*derajat).sampai).collect();
        prop_assert!(all.is_sorted());
        prop_assert!(all[0] > received);
        prop_assert_eq!(zona.date(all[2]), due(Derajat::Biasa).tanggal);
    }
}
