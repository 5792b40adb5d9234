//! A form sent twice.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use praja_kernel::Id;
use praja_store::{
    By, Db, Keys,
    forms::{Answered, KEPT_MS},
};

use crate::support::{Outcome, beds, note, notes};

const ROUTE: &str = "/uji/surat";

/// What a handler does: asks, acts, remembers.
fn send(db: &Db, by: &By, route: &'static str, form: Id, isi: String) -> Outcome<Answered> {
    db.write(by, Keys::unaudited(), move |tx| {
        if let Some(answer) = tx.answered_form(route, form)? {
            return Ok(answer);
        }
        let id = note(tx, &isi)?;
        let answer = Answered { status: 303, tujuan: format!("{route}/{id}") };
        tx.answer_form(route, form, &answer)?;
        Ok(answer)
    })
}

#[test]
fn a_form_sent_twice_is_done_once_and_answered_twice() {
    for bed in beds() {
        let (by, form) = (bed.by(Some(1)), bed.ids.next_id());
        let first = send(&bed.db, &by, ROUTE, form, "satu".into()).unwrap();
        assert_eq!(send(&bed.db, &by, ROUTE, form, "dua".into()).unwrap(), first);
        assert_eq!(notes(&bed.db), ["satu"]);
        // Another person, another route or another form is another matter.
        send(&bed.db, &bed.by(Some(2)), ROUTE, form, "orang lain".into()).unwrap();
        send(&bed.db, &by, "/uji/lain", form, "rute lain".into()).unwrap();
        send(&bed.db, &by, ROUTE, bed.ids.next_id(), "formulir lain".into()).unwrap();
        assert_eq!(notes(&bed.db).len(), 4);
    }
}

#[test]
fn eight_senders_of_one_form_at_once_have_one_effect_and_one_answer() {
    for bed in beds() {
        for round in 0..10 {
            let form = bed.ids.next_id();
            let ready = std::sync::Barrier::new(8);
            let answers: Vec<Answered> = std::thread::scope(|scope| {
                let senders: Vec<_> = (0..8)
                    .map(|n| {
                        let (bed, ready) = (&bed, &ready);
                        scope.spawn(move || {
                            ready.wait();
                            send(&bed.db, &bed.by(Some(1)), ROUTE, form, format!("{round:02}/{n}")).unwrap()
                        })
                    })
                    .collect();
                senders.into_iter().map(|sender| sender.join().unwrap()).collect()
            });
            assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
            assert_eq!(notes(&bed.db).len(), round + 1, "{}", bed.name());
        }
    }
}

#[test]
fn a_form_whose_write_was_refused_may_be_sent_again() {
    for bed in beds() {
        let (by, form) = (bed.by(None), bed.ids.next_id());
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = tries.clone();
        let refused: Outcome = bed.db.write(&by, Keys::unaudited(), move |tx| {
            counted.fetch_add(1, Ordering::SeqCst);
            tx.answer_form(ROUTE, form, &Answered { status: 303, tujuan: "/".into() })?;
            Err(praja_store::StoreError::Missing)
        });
        assert!(refused.is_err());
        send(&bed.db, &by, ROUTE, form, "satu".into()).unwrap();
        assert_eq!(notes(&bed.db), ["satu"]);
    }
}

#[test]
fn an_answer_is_forgotten_after_seven_days_and_not_before() {
    for bed in beds() {
        let (by, form) = (bed.by(None), bed.ids.next_id());
        send(&bed.db, &by, ROUTE, form, "satu".into()).unwrap();
        let purge = |ms: i64| {
            let later = By { at: by.at.plus_ms(ms), ..by.clone() };
            bed.db.write(&later, Keys::unaudited(), |tx| tx.purge_forms()).unwrap()
        };
        assert_eq!(purge(KEPT_MS), 0);
        assert_eq!(purge(KEPT_MS + 1), 1);
    }
}
