//! Background work.

use std::collections::HashSet;

use praja_kernel::Moment;
use praja_store::{By, jobs::ATTEMPTS};

use crate::support::{Bed, DAY, NOW, beds};

const LEASE: i64 = 60_000;

fn at(bed: &Bed, now: Moment) -> By {
    By { at: now, ..bed.by(None) }
}

fn enqueue(bed: &Bed, run_at: Moment, key: Option<&'static str>) -> bool {
    bed.db.write(&bed.by(None), praja_store::Keys::unaudited(), move |tx| tx.enqueue("uji.kirim", &["isi"], run_at, key)).unwrap()
}

fn status(bed: &Bed) -> String {
    bed.db.read(|tx| tx.scalar("SELECT status FROM store_kerja", &[])).unwrap()
}

#[test]
fn a_job_runs_when_it_is_due_and_once() {
    for bed in beds() {
        enqueue(&bed, NOW.plus_ms(1000), None);
        assert_eq!(bed.db.lease_job(&at(&bed, NOW), "a", LEASE).unwrap(), None);
        let later = at(&bed, NOW.plus_ms(1000));
        let job = bed.db.lease_job(&later, "a", LEASE).unwrap().unwrap();
        assert_eq!((job.kind.as_str(), job.payload.as_str(), job.attempts), ("uji.kirim", "[\"isi\"]", 0));
        assert_eq!(bed.db.lease_job(&later, "b", LEASE).unwrap(), None, "it is leased");
        assert!(bed.db.finish_job(&later, &job, "a").unwrap());
        assert_eq!(bed.db.lease_job(&at(&bed, NOW.plus_ms(DAY)), "b", LEASE).unwrap(), None);
        assert_eq!(status(&bed), "selesai");
    }
}

#[test]
fn a_lease_that_ran_out_passes_on_and_the_first_holder_is_told_so() {
    for bed in beds() {
        enqueue(&bed, NOW, None);
        let job = bed.db.lease_job(&at(&bed, NOW), "a", LEASE).unwrap().unwrap();
        let late = at(&bed, NOW.plus_ms(LEASE + 1));
        let taken = bed.db.lease_job(&late, "b", LEASE).unwrap().unwrap();
        assert_eq!((taken.id, taken.attempts), (job.id, 1), "running out counts as a failure");
        assert!(!bed.db.finish_job(&late, &job, "a").unwrap());
        bed.db.fail_job(&late, &job, "a", "terlambat").unwrap();
        assert_eq!(status(&bed), "berjalan", "who lost the lease changes nothing");
        assert!(bed.db.finish_job(&late, &taken, "b").unwrap());
    }
}

#[test]
fn a_failed_job_pauses_longer_each_time_and_is_set_aside_in_the_end() {
    for bed in beds() {
        enqueue(&bed, NOW, None);
        let mut now = NOW;
        for failure in 0..ATTEMPTS {
            let pause = 1000 << failure;
            let job = bed.db.lease_job(&at(&bed, now), "a", LEASE).unwrap().unwrap();
            assert_eq!(job.attempts, failure);
            bed.db.fail_job(&at(&bed, now), &job, "a", "tidak tersambung").unwrap();
            if failure + 1 < ATTEMPTS {
                let early = at(&bed, now.plus_ms(pause - 1));
                assert_eq!(bed.db.lease_job(&early, "a", LEASE).unwrap(), None, "failure {failure}");
            }
            now = now.plus_ms(pause);
        }
        assert_eq!(status(&bed), "mati");
        assert_eq!(bed.db.lease_job(&at(&bed, now.plus_ms(DAY)), "a", LEASE).unwrap(), None);
        assert!(bed.db.backlog().unwrap().contains(&("kerja_mati", 1)));
    }
}

#[test]
fn a_job_that_kills_its_process_each_time_is_set_aside_in_the_end() {
    for bed in beds() {
        enqueue(&bed, NOW, None);
        let mut now = NOW;
        let mut starts = 0;
        while bed.db.lease_job(&at(&bed, now), "a", LEASE).unwrap().is_some() {
            starts += 1;
            now = now.plus_ms(LEASE + 1);
        }
        assert_eq!((starts, status(&bed).as_str()), (ATTEMPTS, "mati"));
    }
}

#[test]
fn a_second_job_of_the_same_key_is_not_queued_while_the_first_is_there() {
    for bed in beds() {
        assert!(enqueue(&bed, NOW, Some("harian/2026-11-22")));
        assert!(!enqueue(&bed, NOW, Some("harian/2026-11-22")));
        assert!(enqueue(&bed, NOW.plus_ms(DAY), Some("harian/2026-11-23")));
        assert!(enqueue(&bed, NOW.plus_ms(DAY), None) && enqueue(&bed, NOW.plus_ms(DAY), None));
        let job = bed.db.lease_job(&at(&bed, NOW), "a", LEASE).unwrap().unwrap();
        assert!(!enqueue(&bed, NOW, Some("harian/2026-11-22")), "also while it runs");
        bed.db.finish_job(&at(&bed, NOW), &job, "a").unwrap();
        assert!(enqueue(&bed, NOW, Some("harian/2026-11-22")));
    }
}

#[test]
fn several_workers_at_once_never_hold_the_same_job() {
    for bed in beds() {
        for _ in 0..40 {
            enqueue(&bed, NOW, None);
        }
        let held: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|worker| {
                    let bed = &bed;
                    scope.spawn(move || {
                        let mut held = Vec::new();
                        while let Some(job) = bed.db.lease_job(&at(bed, NOW), &format!("w{worker}"), LEASE).unwrap() {
                            held.push(job.id);
                        }
                        held
                    })
                })
                .collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        assert_eq!((held.len(), held.iter().collect::<HashSet<_>>().len()), (40, 40));
    }
}
