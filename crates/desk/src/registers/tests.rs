use std::{collections::BTreeSet, thread};

use praja_kernel::{Date, Moment, Zona};
use praja_module::Problem;
use praja_store::{Db, Keys, StoreError};

use super::*;
use crate::testing::{engines, id, sqlite};

const AGENDA: &str = "uji.surat-masuk";

fn key(tahun: i64) -> RegisterKey {
    RegisterKey { opd: id(1), kelompok: AGENDA, tahun }
}

fn nomor(status: Status) -> Nomor {
    Nomor { urut: 7, nomor: "007".into(), status, objek: "uji_surat:1".into(), alasan: None }
}

#[test]
fn a_reserved_number_is_used_or_cancelled_once_and_stays_so() {
    assert_eq!(nomor(Status::Dipesan).become_(Status::Terpakai), Ok(()));
    assert_eq!(nomor(Status::Dipesan).become_(Status::Batal), Ok(()));
    for to in Status::ALL {
        assert_eq!(nomor(Status::Terpakai).become_(*to), Err(Refusal::Used { nomor: "007".into() }));
        assert_eq!(nomor(Status::Batal).become_(*to), Err(Refusal::Cancelled { nomor: "007".into() }));
    }
}

#[test]
fn the_year_of_a_register_is_that_of_the_letter_in_the_regencys_zone() {
    // 31 December 2026, 15.30 UTC: still the old year in WIB, already the new one in WIT.
    let instant = Moment(Zona::Wib.at(Date::new(2026, 12, 31).unwrap().at(22, 30, 0, 0)).ms());
    let tahun = |zona: Zona| RegisterKey::on(id(1), AGENDA, zona.date(instant)).tahun;
    assert_eq!((tahun(Zona::Wib), tahun(Zona::Wita), tahun(Zona::Wit)), (2026, 2026, 2027));
    let old_letter = Date::new(2026, 12, 31).unwrap();
    assert_eq!(RegisterKey::on(id(1), AGENDA, old_letter).tahun, 2026, "whenever it is registered");
}

#[test]
fn agenda_numbers_repeat_between_opd_and_letter_numbers_do_not() {
    let (here, there) = (key(2026), RegisterKey { opd: id(9), ..key(2026) });
    assert_ne!(here.unique(Cakupan::Opd, "12"), there.unique(Cakupan::Opd, "12"));
    assert_eq!(here.unique(Cakupan::Daerah, "005/12/X"), there.unique(Cakupan::Daerah, "005/12/x"));
    assert_ne!(here.unique(Cakupan::Daerah, "12"), key(2027).unique(Cakupan::Daerah, "12"));
}

fn draw_one(db: &Db, by: &praja_store::By, key: RegisterKey) -> Drawn {
    db.write(by, Keys::of([key.lock()]), move |tx| draw(tx, &key, "uji_surat:1", |urut| urut.to_string())).expect("a number")
}

#[test]
fn sixty_four_callers_draw_two_thousand_numbers_without_gap_or_double() {
    const CALLERS: i64 = 64;
    const EACH: [i64; 2] = [32, 31];
    for (db, by) in engines("desk_uji_nomor") {
        let all: Vec<i64> = thread::scope(|scope| {
            let callers: Vec<_> = (0..CALLERS)
                .map(|caller| {
                    let (db, by) = (&db, &by);
                    // 16 × 32 + 48 × 31 = 2,000.
                    let count = if caller < 16 { EACH[0] } else { EACH[1] };
                    scope.spawn(move || (0..count).map(|_| draw_one(db, by, key(2026)).urut).collect::<Vec<_>>())
                })
                .collect();
            callers.into_iter().flat_map(|caller| caller.join().expect("no caller fails")).collect()
        });
        let distinct: BTreeSet<i64> = all.iter().copied().collect();
        assert_eq!((all.len(), distinct.len()), (2000, 2000), "{:?}", db.engine());
        assert_eq!((distinct.first(), distinct.last()), (Some(&1), Some(&2000)));
        assert_eq!(db.read(|tx| last(tx, &key(2026))).unwrap(), 2000);
    }
}

#[test]
fn each_year_begins_at_one_and_a_refused_letter_gives_its_number_back() {
    for (db, by) in engines("desk_uji_tahun") {
        assert_eq!((draw_one(&db, &by, key(2026)).urut, draw_one(&db, &by, key(2027)).urut), (1, 1));
        let lost = db.write(&by, Keys::of([key(2026).lock()]), |tx| {
            draw(tx, &key(2026), "uji_surat:2", |urut| urut.to_string())?;
            Err::<(), _>(StoreError::Missing)
        });
        assert!(lost.is_err());
        assert_eq!(draw_one(&db, &by, key(2026)).urut, 2);
    }
}

#[test]
fn a_draw_without_the_registers_key_is_refused() {
    let (db, by, _) = sqlite();
    let drawn = db.write(&by, Keys::none(), |tx| draw(tx, &key(2026), "uji_surat:1", |urut| urut.to_string()));
    assert!(matches!(drawn, Err(StoreError::Statement(_))));
}

#[test]
fn a_cancelled_number_stays_with_its_reason_and_is_never_given_out_again() {
    for (db, by) in engines("desk_uji_batal") {
        let keys = || Keys::of([key(2026).lock()]);
        let reserved = db.write(&by, keys(), |tx| reserve(tx, &key(2026), "uji_surat:1", |urut| format!("{urut:03}"))).unwrap();
        let refused = db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "  "));
        assert!(matches!(refused, Err(Problem::Refused(_))), "a reason is needed");
        db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "Surat batal dikirim")).unwrap();
        let kept = db.read(|tx| find(tx, &key(2026), reserved.urut)).unwrap().expect("it stays");
        assert_eq!(
            (kept.nomor.as_str(), kept.status, kept.alasan.as_deref()),
            ("001", Status::Batal, Some("Surat batal dikirim"))
        );
        assert!(matches!(db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 1)), Err(Problem::Refused(_))));
        assert_eq!(draw_one(&db, &by, key(2026)).urut, 2);
        let acts = db.read(|tx| tx.audit_of("uji_surat:1", 10)).unwrap();
        assert_eq!(acts.iter().map(|row| row.tindakan.as_str()).collect::<Vec<_>>(), ["desk.reserve-nomor", "desk.cancel-nomor"]);
    }
}

#[test]
fn a_reserved_number_is_kept_for_its_letter_until_it_is_used() {
    let (db, by, _) = sqlite();
    let keys = || Keys::of([key(2026).lock()]);
    db.write(&by, keys(), |tx| reserve(tx, &key(2026), "uji_surat:1", |urut| urut.to_string())).unwrap();
    db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 1)).unwrap();
    assert_eq!(db.read(|tx| find(tx, &key(2026), 1)).unwrap().unwrap().status, Status::Terpakai);
    assert!(matches!(db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "salah")), Err(Problem::Refused(_))));
    assert!(matches!(db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 9)), Err(Problem::Refused(_))));
}

#[test]
fn two_registers_of_one_group_cannot_give_out_equal_letter_numbers() {
    for (db, by) in engines("desk_uji_unik") {
        let (here, there) = (key(2026), RegisterKey { opd: id(9), ..key(2026) });
        let give = |key: RegisterKey| {
            db.write(&by, Keys::of([key.lock()]), move |tx| {
                configure(tx, &key, "{klas}/{no}", Cakupan::Daerah)?;
                draw(tx, &key, "uji_surat:1", |urut| format!("005/{urut}"))
            })
        };
        assert_eq!(give(here).unwrap().nomor, "005/1");
        assert!(matches!(give(there), Err(StoreError::Constraint(_))), "{:?}", db.engine());
        assert_eq!(give(here).unwrap().nomor, "005/2");
    }
}
