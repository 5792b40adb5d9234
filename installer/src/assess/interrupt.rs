use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use anyhow::Result;
use tokio::{
    runtime::Builder,
    select,
    signal::unix::{SignalKind, signal},
};

use crate::exit;

/// Whether somebody asked to stop (Ctrl-C, a closed terminal, a shutdown). The first time what is known is kept; the second time the program
/// ends at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Begins to listen.
    pub(super) fn listen() -> Result<Self> {
        let asked = Self::default();
        let heard = asked.clone();
        let runtime = Builder::new_current_thread().enable_io().build()?;
        // The handlers stand before anything is measured.
        let (mut keys, mut end, mut gone) = {
            let _inside = runtime.enter();
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?)
        };
        thread::Builder::new().name("interrupt".to_owned()).spawn(move || {
            runtime.block_on(async {
                loop {
                    select! { _ = keys.recv() => {}, _ = end.recv() => {}, _ = gone.recv() => {} }
                    if heard.0.swap(true, Ordering::Relaxed) {
                        std::process::exit(exit::INTERRUPTED);
                    }
                }
            });
        })?;
        Ok(asked)
    }

    /// Was it asked?
    pub(super) fn asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
