//! Reads what the system says of itself. What it does not say stays unknown, and is judged as nothing.

mod disk;
mod network;
mod system;

use std::{path::Path, time::Duration};

use super::{MemoryUse, Processor};
use crate::Host;

pub(super) use disk::disk;
pub(super) use network::network;
pub use system::has_word_processor;
pub(super) use system::system;
pub(crate) use system::systemd_version;

/// Between two looks at the time that neighbours took.
const STEAL: Duration = Duration::from_millis(500);
const STEAL_PIECES: u32 = 10;

fn text(host: &dyn Host, path: &str) -> Option<String> {
    host.read(Path::new(path)).ok()
}

fn number<T: std::str::FromStr>(host: &dyn Host, path: &str) -> Option<T> {
    text(host, path)?.trim().parse().ok()
}

fn exists(host: &dyn Host, path: &str) -> bool {
    host.exists(Path::new(path))
}

/// "some avg300" of a pressure file, per mille.
fn pressure(host: &dyn Host, path: &str) -> Option<u32> {
    let text = text(host, path)?;
    let line = text.lines().find(|line| line.starts_with("some "))?;
    permille(line.split_whitespace().find_map(|word| word.strip_prefix("avg300="))?, 10)
}

/// "1.25" times `factor`, without a fraction.
fn permille(decimal: &str, factor: u32) -> Option<u32> {
    let (whole, part) = decimal.split_once('.').unwrap_or((decimal, "0"));
    let hundredths = format!("{part:0<2}");
    let hundredths: u32 = hundredths.get(..2)?.parse().ok()?;
    Some(whole.parse::<u32>().ok()?.checked_mul(factor)?.saturating_add(hundredths * factor / 100))
}

pub(super) fn processor(host: &dyn Host, cores: u32, quick: bool, stop: &dyn Fn() -> bool) -> Processor {
    let info = text(host, "/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        info.lines().find_map(|line| line.split_once(':').filter(|(key, _)| key.trim() == name)).map(|(_, value)| value.trim())
    };
    let flags = field("flags").or_else(|| field("Features"));
    let has = |flag: &str| flags.map(|flags| flags.split_whitespace().any(|one| one == flag));
    let before = times(host);
    // In short waits, so that an interruption is heard.
    let pieces = if quick { 1 } else { STEAL_PIECES };
    (0..pieces).take_while(|_| !stop()).for_each(|_| host.wait(STEAL));
    let steal_permille = before.zip(times(host)).and_then(|((steal, all), (later_steal, later_all))| {
        let passed = later_all.checked_sub(all).filter(|passed| *passed > 0)?;
        u32::try_from(later_steal.saturating_sub(steal) * 1000 / passed).ok()
    });
    let load = text(host, "/proc/loadavg").and_then(|text| permille(text.split_whitespace().nth(1)?, 1000));
    Processor {
        arch: host.arch(),
        model: field("model name").or_else(|| field("Model")).unwrap_or("tidak disebut").to_owned(),
        rounds_per_ms: host.spin(Duration::from_millis(if quick { 100 } else { 1000 })),
        steal_permille,
        load_permille: load.map(|load| load / cores.max(1)),
        aes: has("aes"),
        virtual_machine: has("hypervisor").unwrap_or(false),
        container: exists(host, "/run/systemd/container") || exists(host, "/.dockerenv") || exists(host, "/run/.containerenv"),
    }
}

/// Stolen and whole time of all processors so far.
fn times(host: &dyn Host) -> Option<(u64, u64)> {
    let text = text(host, "/proc/stat")?;
    let line = text.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let fields: Vec<u64> = line.split_whitespace().map_while(|word| word.parse().ok()).collect();
    Some((*fields.get(7)?, fields.iter().take(8).sum()))
}

pub(super) fn memory(host: &dyn Host) -> MemoryUse {
    let info = text(host, "/proc/meminfo").unwrap_or_default();
    let mib = |name: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    let kills = text(host, "/proc/vmstat")
        .and_then(|text| text.lines().find_map(|line| line.strip_prefix("oom_kill ")?.trim().parse().ok()));
    MemoryUse {
        swap_mib: mib("SwapTotal"),
        swap_free_mib: mib("SwapFree"),
        oom_kills: kills,
        limit_mib: number::<u64>(host, "/sys/fs/cgroup/memory.max").map(|bytes| bytes / (1024 * 1024)),
        stalled_permille: pressure(host, "/proc/pressure/memory"),
        strict: number::<u8>(host, "/proc/sys/vm/overcommit_memory") == Some(2),
    }
}
