use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use praja_kernel::{Clock, Id, IdSource, Moment};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct StillClock(AtomicI64);

impl StillClock {
    /// Stands at `at`.
    pub fn at(at: Moment) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(at.0)))
    }

    /// Moves on (or back).
    pub fn move_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::Relaxed))
    }
}

/// Identities in order, the same in every run.
pub struct CountedIds {
    clock: Arc<dyn Clock>,
    next: AtomicU64,
}

impl CountedIds {
    /// Counts from 1.
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { clock, next: AtomicU64::new(1) })
    }
}

impl IdSource for CountedIds {
    fn next_id(&self) -> Id {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let mut random = [0_u8; 10];
        random[2..].copy_from_slice(&number.to_be_bytes());
        Id::v7(self.clock.now().0, random)
    }
}
