//! Work nobody waits for: delivering events, running jobs, forgetting old forms, sweeping orphaned files.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use praja_kernel::Moment;
use praja_module::{Instance, Module};
use praja_store::{Keys, Listener, Result, StoreError, jobs::Job};

/// Jobs run beside events and the index: a mail server that does not answer, or an import of a morning, holds nobody else up.
const WORKERS: usize = 2;
/// Between two looks at the queues.
const PAUSE: Duration = Duration::from_millis(500);
/// A job's lease; a job that runs longer may be started by another process too.
const LEASE_MS: i64 = 10 * 60 * 1000;
/// More writes than this since the last look mean that people are waiting.
const RUSH: u64 = 100;
/// Housekeeping happens this often.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The threads that do it. Dropping them waits until what is under way has ended.
pub struct Background {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Background {
    /// Starts working for these Instances.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(instances: Vec<Arc<Instance>>, modules: Vec<&'static Module>) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let desks: Vec<Desk> = instances.iter().map(|instance| Desk::new(instance.clone(), &modules)).collect();
        let mut threads = vec![spawn("praja-background", stop.clone(), desks, Desk::round)?];
        for number in 1..=WORKERS {
            let workers: Vec<Worker> = instances.iter().map(|instance| Worker::new(instance.clone(), &modules)).collect();
            threads.push(spawn(&format!("praja-kerja-{number}"), stop.clone(), workers, Worker::round)?);
        }
        Ok(Self { stop, threads })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in &self.threads {
            thread.thread().unpark();
        }
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

/// A thread that goes round its work until it is told to stop, and rests when there is none.
fn spawn<W: Send + 'static>(
    name: &str,
    stop: Arc<AtomicBool>,
    mut work: Vec<W>,
    round: fn(&mut W) -> bool,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            let busy = work.iter_mut().map(round).filter(|busy| *busy).count() > 0;
            if !busy {
                std::thread::park_timeout(PAUSE);
            }
        }
    })
}

struct Desk {
    instance: Arc<Instance>,
    modules: Vec<&'static Module>,
    listeners: Vec<Listener>,
    last_day: Moment,
    writes_seen: u64,
    last_run: Vec<(&'static str, Moment)>,
}

impl Desk {
    fn new(instance: Arc<Instance>, modules: &[&'static Module]) -> Self {
        let listeners = praja_module::listeners(modules, &instance);
        let on = modules.iter().filter(|module| instance.has_module(module.id)).copied().collect();
        Self { instance, modules: on, listeners, last_day: Moment(0), writes_seen: 0, last_run: Vec::new() }
    }

    /// One look at every queue; says whether there was anything to do.
    fn round(&mut self) -> bool {
        let outcome = self.index().and_then(|indexed| {
            let delivered = self.deliver()?;
            self.queue_periodic()?;
            Ok(delivered || indexed)
        });
        match outcome.and_then(|busy| self.housekeeping().map(|()| busy)) {
            Ok(busy) => busy,
            Err(e) => {
                tracing::warn!(error = %e, "background work waits");
                false
            }
        }
    }

    /// Search may be a moment late, registering may not: while many write, only a few things go into the index at a time.
    fn index(&mut self) -> Result<bool> {
        let db = &self.instance.db;
        let written = db.writes() - self.writes_seen;
        self.writes_seen = db.writes();
        let rush = written > RUSH;
        let by = self.instance.by_system("server.index");
        let count = db.index_waiting(&by, if rush { 50 } else { 200 })?;
        Ok(count > 0 && !rush)
    }

    fn deliver(&self) -> Result<bool> {
        let instance = &self.instance;
        let tried = instance.db.deliver_due(&self.listeners, instance.now(), &instance.ids, 200)?;
        Ok(tried > 0)
    }

    fn queue_periodic(&mut self) -> Result<()> {
        let now = self.instance.now();
        for kind in self.modules.iter().flat_map(|module| module.jobs.iter()) {
            let Some(every) = kind.every_s else { continue };
            let last = self.last_run.iter().position(|(name, _)| *name == kind.kind);
            if last.is_some_and(|at| self.last_run[at].1.plus_ms(every * 1000) > now) {
                continue;
            }
            let (kind, by) = (kind.kind, self.instance.by_system("server.jobs"));
            self.instance.db.write(&by, Keys::unaudited(), move |tx| tx.enqueue(kind, &(), now, Some(kind)))?;
            match last {
                Some(at) => self.last_run[at].1 = now,
                None => self.last_run.push((kind, now)),
            }
        }
        Ok(())
    }

    fn housekeeping(&mut self) -> Result<()> {
        let now = self.instance.now();
        if self.last_day.plus_ms(DAY_MS) > now {
            return Ok(());
        }
        self.last_day = now;
        let by = self.instance.by_system("server.housekeeping");
        let forms = self.instance.db.write(&by, Keys::unaudited(), |tx| tx.purge_forms())?;
        let orphans = self.instance.blobs.sweep(&self.instance.db, &by)?;
        tracing::debug!(forms, orphans, "housekeeping done");
        Ok(())
    }
}

/// Runs jobs, one at a time.
struct Worker {
    instance: Arc<Instance>,
    modules: Vec<&'static Module>,
    holder: String,
}

impl Worker {
    fn new(instance: Arc<Instance>, modules: &[&'static Module]) -> Self {
        let holder = format!("{}:{}", std::process::id(), instance.ids.next_id());
        let on = modules.iter().filter(|module| instance.has_module(module.id)).copied().collect();
        Self { instance, modules: on, holder }
    }

    /// One look at the queue of jobs; says whether there was one.
    fn round(&mut self) -> bool {
        self.run_job().unwrap_or_else(|e| {
            tracing::warn!(error = %e, "jobs wait");
            false
        })
    }

    fn run_job(&self) -> Result<bool> {
        let instance = self.instance.clone();
        let by = instance.by_system("server.jobs");
        let Some(job) = instance.db.lease_job(&by, &self.holder, LEASE_MS)? else { return Ok(false) };
        let kind = self.modules.iter().flat_map(|module| module.jobs.iter()).find(|kind| kind.kind == job.kind);
        let outcome = match kind {
            Some(kind) => caught(|| (kind.run)(&instance, &job.payload)),
            None => Err(StoreError::Statement("no module of this binary does this work".into())),
        };
        self.end(&job, outcome)?;
        Ok(true)
    }

    fn end(&self, job: &Job, outcome: Result<()>) -> Result<()> {
        let instance = &self.instance;
        let by = instance.by_system("server.jobs");
        match outcome {
            Ok(()) => instance.db.finish_job(&by, job, &self.holder).map(|_| ()),
            Err(e) => {
                tracing::warn!(job = %job.id, kind = job.kind, error = %e, "a job failed");
                instance.db.fail_job(&by, job, &self.holder, &e.to_string())
            }
        }
    }
}

/// A panic in a module's job must not end everybody's background work.
fn caught(run: impl FnOnce() -> Result<()>) -> Result<()> {
    let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    ran.unwrap_or_else(|_| Err(StoreError::Panicked("a job".into())))
}
