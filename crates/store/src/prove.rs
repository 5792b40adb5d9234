//! A database server is believed when it has kept something, not when it has said hello.

use std::{sync::mpsc, thread, time::Duration};

use crate::{Options, Result, ServerTrouble, engine::pg::PgManager};

/// Commits a row on the server, reads it back over a second connection, and takes its table away again.
///
/// # Errors
/// What kept it from doing so; [`ServerTrouble::Unreachable`] when it was not done within `deadline`.
pub fn prove_postgres(url: &str, deadline: Duration) -> Result<()> {
    let manager = PgManager::new(url, &Options::default())?;
    let (done, wait) = mpsc::channel();
    // A server that holds the line without a word is left behind: the thread ends with its own time limits.
    thread::spawn(move || {
        let _ = done.send(manager.prove());
    });
    wait.recv_timeout(deadline)
        .unwrap_or_else(|_| Err(ServerTrouble::Unreachable(format!("no commit within {} seconds", deadline.as_secs())).into()))
}
