//! Events and their deliveries.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use praja_kernel::Moment;
use praja_store::{Delivery, Event, Keys, Listener, StoreError, outbox::ATTEMPTS, params};
use serde::{Deserialize, Serialize};

use crate::support::{Bed, DAY, NOW, beds};

#[derive(Serialize, Deserialize)]
struct Terdaftar {
    surat: i64,
    langkah: i64,
}

impl Event for Terdaftar {
    const KIND: &'static str = "uji.surat-terdaftar";
    const VERSION: i64 = 1;
    fn object(&self) -> String {
        format!("uji_surat:{}", self.surat)
    }
}

fn emit(bed: &Bed, surat: i64, steps: std::ops::Range<i64>) {
    bed.db
        .write(&bed.by(Some(1)), Keys::unaudited(), move |tx| {
            steps.clone().try_for_each(|langkah| tx.emit(&Terdaftar { surat, langkah }))
        })
        .unwrap();
}

fn listener(hear: impl Fn(&mut praja_store::Tx<'_>, &Delivery) -> Result<(), StoreError> + Send + Sync + 'static) -> Listener {
    Listener { module: "pendengar", keys: |_| Keys::unaudited(), hear: Arc::new(hear) }
}

/// Writes one row per event heard, so that an effect that happened twice would show.
fn noting() -> Listener {
    listener(|tx, delivery| {
        let event = delivery.read::<Terdaftar>()?.unwrap();
        let id = tx.new_id()?;
        let isi = format!("{}/{}", event.surat, event.langkah);
        tx.exec("INSERT INTO uji_catatan (id, isi) VALUES (?1, ?2)", params![id, isi])?;
        Ok(())
    })
}

fn heard(bed: &Bed) -> Vec<String> {
    bed.db.read(|tx| tx.list("SELECT isi FROM uji_catatan ORDER BY id", &[], |row| row.get(0))).unwrap()
}

fn deliver(bed: &Bed, listener: &Listener, now: Moment) -> usize {
    bed.db.deliver_due(std::slice::from_ref(listener), now, &bed.ids, 1000).unwrap()
}

#[test]
fn events_of_one_object_arrive_in_order_also_within_one_millisecond() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 1, 0..60);
        emit(&bed, 2, 0..3);
        assert_eq!(deliver(&bed, &noting(), NOW), 63);
        let heard = heard(&bed);
        let of = |surat: &str| heard.iter().filter(|isi| isi.starts_with(surat)).cloned().collect::<Vec<_>>();
        assert_eq!(of("1/"), (0..60).map(|n| format!("1/{n}")).collect::<Vec<_>>());
        assert_eq!(of("2/").len(), 3);
        assert_eq!(deliver(&bed, &noting(), NOW), 0, "nothing is due any more");
    }
}

#[test]
fn an_event_nobody_subscribed_to_is_kept_and_not_delivered() {
    for bed in beds() {
        emit(&bed, 1, 0..1);
        assert_eq!(deliver(&bed, &noting(), NOW), 0);
        assert_eq!(bed.count("SELECT COUNT(*) FROM store_peristiwa"), 1);
    }
}

#[test]
fn a_refused_write_tells_nobody() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        let refused: Result<(), StoreError> = bed.db.write(&bed.by(None), Keys::unaudited(), |tx| {
            tx.emit(&Terdaftar { surat: 1, langkah: 0 })?;
            Err(StoreError::Missing)
        });
        assert!(refused.is_err());
        assert_eq!(deliver(&bed, &noting(), NOW), 0);
    }
}

#[test]
fn several_deliverers_at_once_have_each_effect_once() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        for surat in 0..40 {
            emit(&bed, surat, 0..3);
        }
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let listener = noting();
                    // A deliverer that keeps colliding is asked again by its next turn.
                    while !matches!(bed.db.deliver_due(std::slice::from_ref(&listener), NOW, &bed.ids, 1000), Ok(0)) {}
                });
            }
        });
        let mut all = heard(&bed);
        all.sort();
        all.dedup();
        assert_eq!((all.len(), heard(&bed).len()), (120, 120), "{}", bed.name());
    }
}

#[test]
fn a_listener_that_failed_after_its_work_left_nothing_and_is_asked_again_later() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 1, 0..1);
        let failing = AtomicBool::new(true);
        let tries = Arc::new(AtomicUsize::new(0));
        let counted = tries.clone();
        let listener = listener(move |tx, delivery| {
            counted.fetch_add(1, Ordering::SeqCst);
            let hear = noting().hear;
            hear(tx, delivery)?;
            if failing.swap(false, Ordering::SeqCst) { Err(StoreError::Missing) } else { Ok(()) }
        });
        assert_eq!(deliver(&bed, &listener, NOW), 1);
        assert!(heard(&bed).is_empty());
        assert_eq!(deliver(&bed, &listener, NOW.plus_ms(999)), 0, "the pause is by the given clock");
        assert_eq!(deliver(&bed, &listener, NOW.plus_ms(1000)), 1);
        assert_eq!((heard(&bed).len(), tries.load(Ordering::SeqCst)), (1, 2));
    }
}

#[test]
fn a_panicking_listener_is_a_failed_one() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 1, 0..1);
        deliver(&bed, &listener(|_, _| panic!("the listener falls")), NOW);
        let why = bed.db.read(|tx| tx.scalar::<String>("SELECT kesalahan FROM store_kiriman", &[])).unwrap();
        assert!(why.contains("the listener falls"), "{why}");
    }
}

#[test]
fn a_dead_letter_blocks_only_its_object_and_can_be_revived() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 1, 0..2);
        let broken = Arc::new(Mutex::new(true));
        let seen = broken.clone();
        let listener = listener(move |tx, delivery| {
            let event = delivery.read::<Terdaftar>()?.unwrap();
            if event.surat == 1 && *seen.lock().unwrap() {
                return Err(StoreError::Corrupt("surat 1 tidak dikenal".into()));
            }
            (noting().hear)(tx, delivery)
        });
        let mut now = NOW;
        for _ in 0..ATTEMPTS {
            assert_eq!(deliver(&bed, &listener, now), 1, "only the first of its object is tried");
            now = now.plus_ms(DAY);
        }
        let dead = bed.db.dead_letters().unwrap();
        let [(module, event, object, why)] = dead.as_slice() else { panic!("{dead:?}") };
        assert_eq!((module.as_str(), object.as_str()), ("pendengar", "uji_surat:1"));
        assert!(why.contains("surat 1 tidak dikenal"));
        assert_eq!(deliver(&bed, &listener, now), 0, "its successor waits");

        emit(&bed, 2, 0..1);
        deliver(&bed, &listener, now);
        assert_eq!(heard(&bed), ["2/0"]);

        *broken.lock().unwrap() = false;
        bed.db.revive_letter(&bed.by(None), module, *event).unwrap();
        assert_eq!(deliver(&bed, &listener, now), 2);
        assert_eq!(heard(&bed), ["2/0", "1/0", "1/1"]);
        assert!(bed.db.dead_letters().unwrap().is_empty());
    }
}

#[test]
fn letters_to_a_module_that_was_taken_out_wait_until_it_is_back() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 1, 0..1);
        let mut now = NOW;
        for _ in 0..3 * ATTEMPTS {
            bed.db.deliver_due(&[], now, &bed.ids, 10).unwrap();
            now = now.plus_ms(DAY);
        }
        assert!(bed.db.dead_letters().unwrap().is_empty());
        assert_eq!(deliver(&bed, &noting(), now), 1);
        assert_eq!(heard(&bed), ["1/0"]);
    }
}

#[test]
fn an_event_carries_who_when_and_where() {
    for bed in beds() {
        bed.db.subscribe(Terdaftar::KIND, "pendengar");
        emit(&bed, 7, 0..1);
        let by = bed.by(Some(1));
        let (actor, opd) = (by.actor.key(), by.opd);
        let listener = listener(move |_, delivery| {
            assert_eq!((&delivery.actor, delivery.opd, delivery.at), (&actor, opd, NOW));
            assert_eq!((delivery.kind.as_str(), delivery.version, delivery.object.as_str()), (Terdaftar::KIND, 1, "uji_surat:7"));
            Ok(())
        });
        deliver(&bed, &listener, NOW);
        assert_eq!(bed.count("SELECT COUNT(*) FROM store_kiriman WHERE status = 'selesai'"), 1);
    }
}
