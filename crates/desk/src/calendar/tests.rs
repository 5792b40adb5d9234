use praja_kernel::{DayOffKind, YearStatus};
use praja_store::Keys;

use super::*;
use crate::testing::{engines, sqlite, today};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn what_this_release_carries_loads_twice_without_a_change() {
    for (db, by) in engines("desk_uji_libur") {
        for _ in 0..2 {
            db.write(&by, Keys::none(), install).expect("the embedded years load");
        }
        let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
        for year in [2025, 2026, 2027] {
            assert!(calendar.is_loaded(year), "{year}");
        }
        assert!(matches!(calendar.status(2026), Ok(YearStatus::Final { dasar: Some(_) })));
        assert_eq!(calendar.status(2027), Ok(&YearStatus::Sementara));
        assert_eq!(calendar.is_working(date("2026-12-25")), Ok(false));
        assert_eq!(calendar.is_working(date("2026-11-23")), Ok(true));
    }
}

#[test]
fn a_year_that_a_regency_published_is_not_overwritten_by_installing_again() {
    let (db, by, _) = sqlite();
    db.write(&by, Keys::none(), |tx| {
        install(tx)?;
        let mut days = of(tx, today())?.days_off(2027).map_err(corrupt)?;
        days.push(DayOff { tanggal: date("2027-03-01"), jenis: DayOffKind::PenutupanDaerah, nama: "Hari jadi daerah".into() });
        load_reference(tx, 2027, &YearStatus::Final { dasar: Some("SKB 1/2026".into()) }, &days)?;
        install(tx)
    })
    .expect("both load");
    let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
    assert_eq!(calendar.status(2027), Ok(&YearStatus::Final { dasar: Some("SKB 1/2026".into()) }));
    assert_eq!(calendar.reason_off(date("2027-03-01")), Ok(Some("Hari jadi daerah")));
}

#[test]
fn a_list_without_the_fixed_holidays_is_refused() {
    let (db, by, _) = sqlite();
    let loaded = db.write(&by, Keys::none(), |tx| load_reference(tx, 2028, &YearStatus::Sementara, &[]));
    assert!(matches!(loaded, Err(StoreError::Corrupt(_))));
}

#[test]
fn without_any_list_the_calendar_is_provisional_but_never_empty() {
    let (db, _, _) = sqlite();
    let calendar = db.read(|tx| of(tx, today())).expect("a calendar");
    assert_eq!(calendar.status(2026), Ok(&YearStatus::Sementara));
    assert_eq!(calendar.is_working(date("2026-08-17")), Ok(false));
}
