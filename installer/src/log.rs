use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

/// What a server tells that runs unwatched: our own events, and of the libraries only what is wrong.
pub(crate) const SERVING: &str = "warn,praja=info";
/// What any other command tells.
pub(crate) const QUIET: &str = "warn";

/// Begins to write what goes on to standard error. `PRAJA_LOG` chooses how much (as `info` or `praja_store=debug`); `usual` stands
/// when it is not set.
pub(crate) fn begin(usual: &str) {
    let filter = EnvFilter::try_from_env("PRAJA_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    // A second call keeps the first: tests run several commands in one process.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr).with_ansi(colour).try_init();
}
