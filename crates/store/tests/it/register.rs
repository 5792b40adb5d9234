//! One register, many callers.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use praja_kernel::Id;
use praja_store::{Db, Key, Keys, Tx, audit::Entry, params};

use crate::support::{Bed, Outcome, by, durable, ids, sqlite_with};

pub const REGISTER: &str = "surat-masuk/2026";

pub fn keys() -> Keys {
    Keys::of([Key::new("uji_register", REGISTER)])
}

/// Draws the next number, keeps it, and writes it into the audit chain.
pub fn draw(tx: &mut Tx<'_>, caller: i64) -> Outcome<i64> {
    tx.require_key(&Key::new("uji_register", REGISTER))?;
    let number: i64 = tx.scalar(
        "INSERT INTO uji_register (id, terakhir) VALUES (?1, 1)
         ON CONFLICT (id) DO UPDATE SET terakhir = uji_register.terakhir + 1 RETURNING terakhir",
        params![REGISTER],
    )?;
    tx.exec("INSERT INTO uji_nomor (register, nomor, pemanggil) VALUES (?1, ?2, ?3)", params![REGISTER, number, caller])?;
    tx.audit(&Entry::new("uji.draw-nomor", "uji_register", REGISTER).with("nomor", number).with("pemanggil", caller))?;
    Ok(number)
}

/// No gap, no double, and a whole audit chain with a row per number.
pub fn assert_register_whole(db: &Db, drawn: i64) {
    let numbers: Vec<i64> =
        db.read(|tx| tx.list("SELECT nomor FROM uji_nomor ORDER BY register, nomor", &[], |row| row.get(0))).unwrap();
    assert_eq!(numbers.len() as i64, drawn);
    assert!(numbers.iter().copied().eq(1..=drawn), "a gap or a double");
    let report = db.verify_audit(&[], |_| String::new()).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.rows, drawn);
}

#[test]
fn twenty_thousand_numbers_from_one_register_have_no_gap_and_no_double_for_64_callers() {
    for bed in crate::support::beds_with(&durable()) {
        run_callers(&bed, 64, 20_000);
        assert_register_whole(&bed.db, 20_000);
    }
}

#[test]
#[ignore = "a measurement, not a check: shows where the time of a write goes"]
fn writes_per_second() {
    let bed = sqlite_with(&durable());
    measure("empty closure", &bed, |_| Ok(()));
    measure("one insert", &bed, |tx| crate::support::note(tx, "x").map(|_| ()));
    measure("the audit's query for the head", &bed, |tx| {
        let head = "SELECT urut, sidik FROM store_audit WHERE rantai = ?1 ORDER BY urut DESC LIMIT 1";
        tx.opt(head, params!["umum"], |row| row.get::<i64>(0)).map(|_| ())
    });
    measure("audit without a field", &bed, |tx| tx.audit(&Entry::new("uji.ukur", "uji_register", "x")));
    measure("audit with a field", &bed, |tx| tx.audit(&Entry::new("uji.ukur", "uji_register", "x").with("nomor", 1)));
    measure("number and audit", &bed, |tx| draw(tx, 1).map(|_| ()));
}

#[allow(clippy::print_stdout, reason = "this is what a measurement is for")]
fn measure(name: &str, bed: &Bed, body: fn(&mut Tx<'_>) -> Outcome) {
    let began = Instant::now();
    let each = 200;
    std::thread::scope(|scope| {
        for _ in 0..64 {
            scope.spawn(|| {
                for _ in 0..each {
                    bed.db.write(&bed.by(Some(1)), keys(), body).unwrap();
                }
            });
        }
    });
    println!("{name}: {:.0}/s", 64.0 * f64::from(each) / began.elapsed().as_secs_f64());
}

#[allow(clippy::print_stdout, reason = "shown with --nocapture: how fast it went")]
fn run_callers(bed: &Bed, callers: u64, total: u64) {
    let began = Instant::now();
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for caller in 0..callers {
            let next = &next;
            scope.spawn(move || {
                let by = bed.by(Some(1));
                while next.fetch_add(1, Ordering::Relaxed) < total {
                    bed.db.write(&by, keys(), move |tx| draw(tx, caller as i64)).unwrap();
                }
            });
        }
    });
    println!("{}: {:.0} numbers a second", bed.name(), total as f64 / began.elapsed().as_secs_f64());
}

#[test]
fn a_register_of_another_opd_does_not_wait_and_has_its_own_chain() {
    for bed in crate::support::beds() {
        let ids = ids();
        for opd in [1, 2, 1] {
            let key = Key::new("uji_register", opd);
            let entry = Entry::new("uji.draw-nomor", "uji_register", Id::v7(1, [opd; 10]));
            bed.db.write(&by(&ids, Some(opd)), Keys::of([key]), move |tx| tx.audit(&entry)).unwrap();
        }
        let report = bed.db.verify_audit(&[], |_| String::new()).unwrap();
        assert_eq!((report.chains, report.rows), (2, 3));
    }
}
