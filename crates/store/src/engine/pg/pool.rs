//! Running closures on PostgreSQL: lock keys, SERIALIZABLE, and again when it collided.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{
    By, Key, Options, Result, StoreError,
    db::{Shared, caught},
    engine::pg::{PgConn, PgManager},
    tx::{Conn, Trouble, Tx},
};

/// How often a write that collided is run again before its caller hears [`StoreError::Busy`]: some six seconds of pauses.
const ATTEMPTS: u32 = 30;
/// How long a caller waits for a free connection, or for the server to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// The connections to one database.
pub(crate) struct Pool {
    conns: Option<r2d2::Pool<PgManager>>,
    gate: Gate,
    /// Why the last connection could not be made.
    last: Arc<Mutex<Option<StoreError>>>,
}

enum Once {
    Done(Result<()>),
    Again(StoreError),
}

impl Pool {
    pub(crate) fn open(url: &str, options: &Options) -> Result<Self> {
        let manager = PgManager::new(url, options)?;
        // What waiting cannot mend (a wrong password, a certificate nobody trusts) is told at once.
        match manager.probe() {
            Err(why) if !why.is_passing() => return Err(why),
            _ => {}
        }
        let last = manager.last();
        let conns = r2d2::Pool::builder()
            .max_size(u32::try_from(options.readers.max(2)).unwrap_or(16))
            .min_idle(Some(1))
            .connection_timeout(PATIENCE)
            // A look before each use would cost a round trip; a BEGIN that fails tells as much and is run again.
            .test_on_check_out(false)
            .build(manager)
            .map_err(|e| reason(&last, &e))?;
        Ok(Self { conns: Some(conns), gate: Gate::new(), last })
    }

    /// Runs a closure that keeps its outcome itself and says whether it is good.
    pub(crate) fn write(&self, shared: &Shared, by: &By, keys: &[Key], run: &dyn Fn(&mut Tx<'_>) -> bool) -> Result<()> {
        let mut numbers: Vec<i64> = keys.iter().map(Key::number).collect();
        // In one order everywhere, so that two writes never wait for each other in a ring.
        numbers.sort_unstable();
        numbers.dedup();
        again(|| {
            let queued = self.gate.pass(&numbers);
            let outcome = self.write_once(shared, by, keys, &numbers, run);
            drop(queued);
            outcome
        })
    }

    pub(crate) fn read(&self, shared: &Shared, run: &mut dyn FnMut(&mut Tx<'_>)) -> Result<()> {
        again(|| self.read_once(shared, run))
    }

    fn write_once(&self, shared: &Shared, by: &By, keys: &[Key], numbers: &[i64], run: &dyn Fn(&mut Tx<'_>) -> bool) -> Once {
        let mut conn = match self.conn() {
            Ok(conn) => conn,
            Err(e) => return Once::Done(Err(e)),
        };
        if let Err(failure) = conn.begin(numbers) {
            conn.rollback(true);
            return before_anything(failure.error, failure.trouble, &conn);
        }
        let locked = !numbers.is_empty();
        let mut tx = Tx::new(Conn::Pg(&mut conn), Some(by), keys, shared);
        let good = caught(|| run(&mut tx));
        let (trouble, saveable) = (tx.trouble, tx.saveable());
        let keep = tx.keep && good.is_ok();
        if trouble == Some(Trouble::Retry) {
            conn.rollback(locked);
            return Once::Again(StoreError::Busy);
        }
        if !matches!(good, Ok(true)) && !keep {
            conn.rollback(locked);
            return Once::Done(good.map(|_| ()));
        }
        if let Err(why) = saveable {
            conn.rollback(locked);
            return Once::Done(Err(why));
        }
        match conn.commit(locked) {
            Ok(()) => Once::Done(Ok(())),
            Err(_) if conn.is_closed() => Once::Done(Err(StoreError::Ambiguous)),
            Err(failure) => {
                conn.rollback(locked);
                again_or_done(failure.error, failure.trouble)
            }
        }
    }

    fn read_once(&self, shared: &Shared, run: &mut dyn FnMut(&mut Tx<'_>)) -> Once {
        let mut conn = match self.conn() {
            Ok(conn) => conn,
            Err(e) => return Once::Done(Err(e)),
        };
        if let Err(failure) = conn.begin_reading() {
            conn.rollback(false);
            return before_anything(failure.error, failure.trouble, &conn);
        }
        let mut tx = Tx::new(Conn::Pg(&mut conn), None, &[], shared);
        let outcome = catch_unwind(AssertUnwindSafe(|| run(&mut tx)));
        let trouble = tx.trouble;
        conn.rollback(false);
        match outcome {
            Err(panic) => std::panic::resume_unwind(panic),
            Ok(_) if trouble == Some(Trouble::Retry) => Once::Again(StoreError::Busy),
            Ok(()) => Once::Done(Ok(())),
        }
    }

    fn conn(&self) -> Result<r2d2::PooledConnection<PgManager>> {
        let conns = self.conns.as_ref().ok_or_else(|| StoreError::Unavailable("the pool is closed".into()))?;
        conns.get().map_err(|e| reason(&self.last, &e))
    }
}

fn reason(last: &Mutex<Option<StoreError>>, e: &r2d2::Error) -> StoreError {
    let last = last.lock().unwrap_or_else(PoisonError::into_inner).clone();
    last.unwrap_or_else(|| StoreError::Unavailable(e.to_string()))
}

impl Drop for Pool {
    fn drop(&mut self) {
        // The synchronous client ends a small runtime of its own, which must not happen on an async thread.
        if let Some(conns) = self.conns.take()
            && let Err(e) = std::thread::Builder::new().name("praja-pg-close".into()).spawn(move || drop(conns))
        {
            tracing::warn!(error = %e, "no thread to close the database pool");
        }
    }
}

fn again(mut once: impl FnMut() -> Once) -> Result<()> {
    let mut last = StoreError::Busy;
    for attempt in 0..ATTEMPTS {
        match once() {
            Once::Done(outcome) => return outcome,
            Once::Again(why) => last = why,
        }
        pause(attempt);
    }
    Err(last)
}

fn again_or_done(error: StoreError, trouble: Option<Trouble>) -> Once {
    if trouble == Some(Trouble::Retry) { Once::Again(error) } else { Once::Done(Err(error)) }
}

/// A connection that died in the pool (the server was restarted, the leader moved) did no work yet: the next may do better.
fn before_anything(error: StoreError, trouble: Option<Trouble>, conn: &PgConn) -> Once {
    if conn.is_closed() { Once::Again(error) } else { again_or_done(error, trouble) }
}

/// Waits a growing, uneven time, so that those who collided do not collide again.
fn pause(attempt: u32) {
    let mut byte = [0_u8; 1];
    // Without randomness the pauses are merely even.
    let _ = getrandom::fill(&mut byte);
    let ceiling = 2_u64 << attempt.min(8);
    std::thread::sleep(Duration::from_millis(1 + u64::from(byte[0]) * ceiling / 256));
}

/// Lets one caller per contended thing on to a connection, so that those who wait for one register do not hold the whole pool.
/// Other processes are kept apart by the advisory locks.
struct Gate(Vec<Mutex<()>>);

/// More than enough that two different things rarely share a stripe; when they do, they merely take turns.
const STRIPES: usize = 256;

impl Gate {
    fn new() -> Self {
        Self((0..STRIPES).map(|_| Mutex::new(())).collect())
    }

    fn pass(&self, numbers: &[i64]) -> Vec<MutexGuard<'_, ()>> {
        let mut stripes: Vec<usize> = numbers.iter().map(|number| number.rem_euclid(STRIPES as i64) as usize).collect();
        stripes.sort_unstable();
        stripes.dedup();
        stripes.into_iter().map(|stripe| self.0[stripe].lock().unwrap_or_else(PoisonError::into_inner)).collect()
    }
}
