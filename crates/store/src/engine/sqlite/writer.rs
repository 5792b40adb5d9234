//! The one writer thread, with group commit.
//!
//! Many callers' closures share one transaction and one fsync. Each runs in a savepoint of its own, so a refusal or a panic
//! undoes that closure alone. Nobody is answered before COMMIT returned.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::{
    Result, StoreError,
    db::Shared,
    engine::sqlite::error,
    tx::{Conn, Tx},
};

/// How many closures may wait before callers are held back.
const QUEUE: usize = 4096;
/// A group ends at this many closures or after this long, so that the first caller is not kept waiting for the last.
const GROUP: usize = 256;
const GROUP_TIME: Duration = Duration::from_millis(20);
/// A closure that holds the only writer longer than this is a defect: files and computation belong outside.
const CLOSURE_TIME: Duration = Duration::from_secs(1);

/// How one closure ended.
pub(crate) enum Ran {
    Commit,
    Rollback,
}

/// A caller's closure with its type erased.
pub(crate) trait WriteJob: Send {
    /// Runs the closure; a panic is caught inside.
    fn run(&mut self, conn: &Connection, shared: &Shared) -> Ran;
    /// Replaces the result: the closure took too long, or its savepoint could not be ended.
    fn spoil(&mut self, why: StoreError);
    /// Answers the caller. `Err` means the group was not saved.
    fn settle(self: Box<Self>, saved: Result<()>);
}

pub(crate) struct Submit {
    sender: Option<mpsc::SyncSender<Box<dyn WriteJob>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Submit {
    #[allow(clippy::disallowed_methods, reason = "the length of a group is machine time, not the Instance's clock")]
    pub(crate) fn start(conn: Connection, shared: Arc<Shared>) -> Result<Self> {
        let (sender, receiver) = mpsc::sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("praja-writer".into())
            .spawn(move || {
                while let Ok(first) = receiver.recv() {
                    commit_group(&conn, &shared, first, &receiver);
                }
                // A tidy end leaves a small WAL for the next start.
                drop(conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"));
            })
            .map_err(|e| StoreError::Unavailable(e.to_string()))?;
        Ok(Self { sender: Some(sender), thread: Mutex::new(Some(thread)) })
    }

    pub(crate) fn send(&self, job: Box<dyn WriteJob>) -> Result<(), Box<dyn WriteJob>> {
        match &self.sender {
            Some(sender) => sender.send(job).map_err(|back| back.0),
            None => Err(job),
        }
    }
}

impl Drop for Submit {
    fn drop(&mut self) {
        self.sender = None;
        let thread = self.thread.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        // A closure may hold the last handle of the database: then it is the writer itself that gets here.
        if let Some(thread) = thread
            && thread.thread().id() != std::thread::current().id()
        {
            drop(thread.join());
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the length of a group is machine time, not the Instance's clock")]
fn commit_group(conn: &Connection, shared: &Shared, first: Box<dyn WriteJob>, queue: &mpsc::Receiver<Box<dyn WriteJob>>) {
    let mut group = Vec::new();
    if let Err(e) = conn.execute_batch("BEGIN IMMEDIATE") {
        first.settle(Err(error(e)));
        return;
    }
    let began = Instant::now();
    let mut next = Some(first);
    while let Some(mut job) = next.take() {
        run_one(conn, shared, job.as_mut());
        group.push(job);
        if conn.is_autocommit() {
            // The engine itself ended the transaction (disk full, I/O error): what the whole group did is gone.
            let why = StoreError::Unavailable("the engine ended the transaction".into());
            return settle_all(group, &Err(why));
        }
        if group.len() < GROUP && began.elapsed() < GROUP_TIME {
            next = queue.try_recv().ok();
        }
    }
    let saved = conn.execute_batch("COMMIT").map_err(error);
    if saved.is_err() && !conn.is_autocommit() {
        drop(conn.execute_batch("ROLLBACK"));
    }
    settle_all(group, &saved);
}

#[allow(clippy::disallowed_methods, reason = "how long a closure holds the writer is machine time")]
fn run_one(conn: &Connection, shared: &Shared, job: &mut dyn WriteJob) {
    let began = Instant::now();
    if let Err(e) = conn.prepare_cached("SAVEPOINT job").and_then(|mut s| s.execute([])) {
        return job.spoil(error(e));
    }
    let ran = job.run(conn, shared);
    if conn.is_autocommit() {
        return;
    }
    let slow = cfg!(debug_assertions) && began.elapsed() > CLOSURE_TIME && !shared.patient;
    let ended = if matches!(ran, Ran::Commit) && !slow {
        conn.prepare_cached("RELEASE job").and_then(|mut s| s.execute([])).map(|_| ())
    } else {
        conn.execute_batch("ROLLBACK TO job; RELEASE job")
    };
    if let Err(e) = ended {
        job.spoil(error(e));
    } else if slow {
        job.spoil(StoreError::Statement(format!("the closure held the writer for {} ms", began.elapsed().as_millis())));
    }
}

fn settle_all(group: Vec<Box<dyn WriteJob>>, saved: &Result<()>) {
    for job in group {
        job.settle(saved.clone());
    }
}

impl Shared {
    /// Runs `body` in a transaction that the writer thread has already opened.
    pub(crate) fn inside<'a>(&'a self, conn: &'a Connection, by: &'a crate::By, keys: &'a [crate::Key]) -> Tx<'a> {
        Tx::new(Conn::Sqlite(conn), Some(by), keys, self)
    }
}
