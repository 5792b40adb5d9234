//! Backups and their rehearsal while the program serves, for installations without systemd, whose timers do it otherwise.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, Thread},
    time::{Duration, Instant},
};

use praja_kernel::Clock;
use praja_module::SystemClock;

use crate::{box_::ServerBox, copies::State};

/// The service answers first.
const FIRST: Duration = Duration::from_secs(3);
/// Between two looks whether something is due.
const PAUSE: Duration = Duration::from_secs(10 * 60);
const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Set by systemd for what it started.
const BY_SYSTEMD: &str = "INVOCATION_ID";

/// Looks after backups until it is dropped. What is under way then is begun anew the next time.
pub(crate) struct Timer {
    stop: Arc<AtomicBool>,
    thread: Thread,
}

impl Timer {
    /// Starts; `None` where timers of the system do it, or the system gives no thread.
    pub(crate) fn start(config: PathBuf) -> Option<Self> {
        if std::env::var_os(BY_SYSTEMD).is_some() {
            return None;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let told = stop.clone();
        let spawned = thread::Builder::new().name("praja-cadangan".into()).spawn(move || {
            let mut pause = FIRST;
            while rest(pause, &told) {
                look(&ServerBox::new(config.clone()));
                pause = PAUSE;
            }
        });
        spawned.ok().map(|handle| Self { stop, thread: handle.thread().clone() })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.unpark();
    }
}

/// Waits; false when it is time to stop.
fn rest(pause: Duration, stop: &AtomicBool) -> bool {
    let until = Instant::now() + pause;
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return true;
        }
        thread::park_timeout(left);
    }
    false
}

fn look(server: &ServerBox) {
    // Settings are read anew: a second place that was named meanwhile counts from now on.
    let Ok(Some(root)) = server.backs_up() else { return };
    match server.backup_scheduled() {
        Ok(done) => {
            if let Some(report) = &done.cadangan {
                tracing::info!(bytes = report.ukuran, "a backup was made");
            }
            for told in &done.peringatan {
                tracing::warn!(told, "a backup needs a look");
            }
        }
        Err(error) => tracing::warn!(error = format!("{error:#}"), "no backup was made"),
    }
    let last = State::read(&root).latihan.map(|drill| drill.pada);
    if last.is_none_or(|last| last.plus_ms(WEEK_MS) <= SystemClock.now()) {
        match server.backup_drill() {
            Ok(Some(drill)) if !drill.masalah.is_empty() => tracing::warn!("the rehearsal of a restore failed"),
            Ok(_) => {}
            Err(error) => tracing::warn!(error = format!("{error:#}"), "no restore was rehearsed"),
        }
    }
}
