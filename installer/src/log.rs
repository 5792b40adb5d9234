use std::io::{IsTerminal, stderr};

use tracing_subscriber::{Layer, filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// What a server tells that runs unwatched: our own events, and of the libraries only what is wrong.
pub(crate) const SERVING: &str = "warn,praja=info";
/// What any other command tells.
pub(crate) const QUIET: &str = "warn";

/// Begins to write what goes on to standard error. `PRAJA_LOG` chooses how much (as `info` or `praja_store=debug`); `usual` stands
/// when it is not set.
pub(crate) fn begin(usual: &str) {
    let asked = std::env::var("PRAJA_LOG").ok().and_then(|text| text.parse::<Targets>().ok());
    let filter = asked.or_else(|| usual.parse().ok()).unwrap_or_default();
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let layer = fmt::layer().with_writer(stderr).with_ansi(colour).with_filter(filter);
    // A second call keeps the first: tests run several commands in one process.
    let _ = tracing_subscriber::registry().with(layer).try_init();
}

#[test]
fn the_usual_words_are_understood() {
    let level = |text: &str, target: &str, level: tracing::Level| text.parse::<Targets>().unwrap().would_enable(target, &level);
    assert!(level(SERVING, "praja_store", tracing::Level::INFO) && !level(SERVING, "actix_web", tracing::Level::INFO));
    assert!(level(QUIET, "praja", tracing::Level::WARN) && !level(QUIET, "praja", tracing::Level::INFO));
}
