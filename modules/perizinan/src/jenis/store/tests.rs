use praja_kernel::{Date, Moment};
use praja_store::{Keys, PlanLog, StoreError};

use super::*;
use crate::{
    jenis::bawaan,
    testing::{by, db},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    day("2026-11-23")
}

/// Reads and writes alike, in one write.
fn with<T: Send + 'static>(db: &praja_store::Db, body: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
    db.write(&by(Moment(1)), Keys::none(), body).unwrap()
}

#[test]
fn an_exercise_begins_with_every_type_published_and_those_without_a_rule_marked() {
    let log = PlanLog::default();
    let db = db(Some(log.clone()));
    assert_eq!(with(&db, |tx| install(tx, true)), 13);
    assert_eq!(with(&db, |tx| install(tx, true)), 0);
    let open = db.read(|tx| open(tx, today())).unwrap();
    assert_eq!(open.len(), 13);
    assert!(open.is_sorted_by(|one, next| fold(&one.versi.nama) <= fold(&next.versi.nama)));
    let marked: Vec<&str> = open.iter().filter(|one| one.versi.latihan).map(|one| one.versi.kode.as_str()).collect();
    assert_eq!(marked.len(), 5, "{marked:?}");
    assert!(marked.contains(&"PAUD") && !marked.contains(&"REK") && !marked.contains(&"PBG"));
    let rek = db.read(|tx| published(tx, "REK", today())).unwrap().unwrap();
    assert_eq!(db.read(|tx| version(tx, rek.versi.id)).unwrap(), rek.isi);
    assert_eq!(db.read(|tx| published(tx, "REK", day("2025-12-31"))).unwrap(), None);
    assert_eq!(db.read(all).unwrap().len(), 13);
    assert_eq!(db.read(|tx| versions(tx, rek.versi.jenis)).unwrap().len(), 1);
    for plan in log.plans() {
        let offences = plan.offences_besides(&[]);
        assert!(!plan.sql.contains("perizinan_jenis") || offences.is_empty(), "{}: {offences:?}", plan.sql);
    }
}

#[test]
fn a_real_regency_begins_with_drafts_that_nobody_can_apply_for() {
    let db = db(None);
    assert_eq!(with(&db, |tx| install(tx, false)), 13);
    assert!(db.read(|tx| open(tx, today())).unwrap().is_empty());
    assert!(db.read(all).unwrap().iter().all(|one| one.versi.keadaan == Keadaan::Draf));
}

#[test]
fn a_second_version_is_offered_and_the_first_stays_for_what_was_filed_under_it() {
    let db = db(None);
    with(&db, |tx| install(tx, true));
    let first = db.read(|tx| published(tx, "SKP", today())).unwrap().unwrap();
    let mut next = (*first.isi).clone();
    next.nama = "Surat Keterangan Penelitian Daerah".into();
    let (id, saved) = with(&db, move |tx| {
        let id = create(tx, &next)?;
        let mut again = next.clone();
        again.sla.hari = 4;
        let lost = save(tx, id, 9, &again)?;
        Ok((id, (lost, save(tx, id, 1, &again)?)))
    });
    assert_eq!(saved, (false, true));
    // A draft is not offered.
    assert_eq!(db.read(|tx| published(tx, "SKP", today())).unwrap().unwrap().versi.nomor, 1);
    assert!(with(&db, move |tx| publish(tx, id, 2, false, today())));
    let second = db.read(|tx| published(tx, "SKP", today())).unwrap().unwrap();
    assert_eq!((second.versi.nomor, second.isi.sla.hari), (2, 4));
    assert_eq!(*db.read(|tx| version(tx, first.versi.id)).unwrap(), *first.isi);
    assert_eq!(db.read(|tx| find(tx, first.versi.id)).unwrap().unwrap().versi.keadaan, Keadaan::Diganti);
    // What was published is never changed or removed.
    let isi = (*first.isi).clone();
    assert!(!with(&db, move |tx| save(tx, second.versi.id, second.versi.versi, &isi)));
    assert!(!with(&db, move |tx| remove_draft(tx, id, 3)));
}

#[test]
fn a_version_that_begins_later_waits_behind_the_one_that_is_offered() {
    let db = db(None);
    with(&db, |tx| install(tx, true));
    let first = db.read(|tx| published(tx, "SKP", today())).unwrap().unwrap();
    let mut next = (*first.isi).clone();
    next.berlaku_dari = day("2027-01-01");
    let id = with(&db, move |tx| create(tx, &next));
    assert!(with(&db, move |tx| publish(tx, id, 1, false, today())));
    let offered = |day| db.read(move |tx| published(tx, "SKP", day)).unwrap().unwrap().versi.nomor;
    assert_eq!((offered(today()), offered(day("2027-01-01"))), (1, 2));
    let count = |day| db.read(move |tx| open(tx, day)).unwrap().len();
    assert_eq!((count(today()), count(day("2027-01-01"))), (13, 13));
}

#[test]
fn a_type_that_is_retired_is_not_offered_and_a_draft_can_be_thrown_away() {
    let db = db(None);
    with(&db, |tx| install(tx, true));
    let one = db.read(|tx| published(tx, "TPU", today())).unwrap().unwrap();
    let (id, versi) = (one.versi.id, one.versi.versi);
    assert!(!with(&db, move |tx| retire(tx, id, versi + 1, "")));
    assert!(with(&db, move |tx| retire(tx, id, versi, "Kewenangan beralih ke provinsi")));
    assert_eq!(db.read(|tx| published(tx, "TPU", today())).unwrap(), None);
    let isi = (*one.isi).clone();
    let draft = with(&db, move |tx| create(tx, &isi));
    assert!(with(&db, move |tx| remove_draft(tx, draft, 1)));
    assert_eq!(db.read(move |tx| find(tx, draft)).unwrap(), None);
    assert!(matches!(db.read(move |tx| version(tx, draft)), Err(StoreError::Missing)));
    assert_eq!(bawaan::all().len(), 13);
}
