//! How many people a machine serves, and for how many years its disk lasts.
//!
//! Calibrated on what `scripts/bench` measured (docs/performance.md): a machine of two cores that makes 400,000 rounds a millisecond answers
//! 2,900 signed-in lists a second and writes 3,400 registrations a second. Everything here is a share of that.

use serde::Serialize;

use crate::{Part, Survey};

/// Lists a second of one core of the reference machine.
const LISTS_A_CORE: u64 = 1_450;
/// Its rounds a millisecond.
const ROUNDS: u64 = 400_000;
/// A page in real life (inbox, search, letter with its scan, over TLS) costs as much as two lists.
const LISTS_A_PAGE: u64 = 2;
/// A third of a core stays free, or waiting grows without end.
const USABLE_PERCENT: u64 = 66;
/// At the busiest minute one officer of five works, and opens a page every ten seconds.
const BUSY: u64 = 5;
const SECONDS_A_PAGE: u64 = 10;
/// What each officer at work holds in memory (session, cache), and what the program and the system hold, in KiB.
const KIB_AN_OFFICER: u64 = 512;
const MIB_FIXED: u64 = 400;
/// Writes that wait for the disk are made together; so many share one wait under load.
const WRITES_A_WAIT: u64 = 20;
/// One page of thirty changes something.
const PAGES_A_WRITE: u64 = 30;
/// A scan with its rows, and an application with its attachments, in KiB.
const KIB_A_LETTER: u64 = 600;
const KIB_A_PERMIT: u64 = 4_000;
const WORKING_DAYS: u64 = 250;
/// Of the free space, what data may fill: the rest is for a snapshot before an upgrade and for backups.
const DATA_PERCENT: u64 = 45;

/// What a machine is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Capacity {
    /// Officers with an account, of whom a fifth works at the busiest minute.
    pub officers: u64,
    /// Of which bound is the narrowest: prosesor, memori or disk.
    pub bound: &'static str,
    /// Whole years until the disk is full at today's load; `None` when the disk is not known or nothing comes in.
    pub years: Option<u64>,
}

/// The capacity of what was measured; `None` when the processor was not. Pure.
pub fn capacity(survey: &Survey) -> Option<Capacity> {
    if !survey.has(Part::Prosesor) {
        return None;
    }
    let lists = u64::from(survey.facts.cores) * LISTS_A_CORE * survey.processor.rounds_per_ms / ROUNDS;
    let stolen = u64::from(survey.processor.steal_permille.unwrap_or(0).min(1000));
    let pages = lists * USABLE_PERCENT / 100 * (1000 - stolen) / 1000 / LISTS_A_PAGE;
    let by_processor = pages * SECONDS_A_PAGE * BUSY;

    let memory = survey.facts.memory.as_ref().map_or(0, |memory| memory.total_mib);
    let by_memory = memory.saturating_sub(MIB_FIXED) * 1024 / KIB_AN_OFFICER * BUSY;

    let wait_us = survey.facts.fsync.as_ref().map_or(10_000, |fsync| fsync.p99_us).max(100);
    let by_disk = (1_000_000 * WRITES_A_WAIT / wait_us) * PAGES_A_WRITE * SECONDS_A_PAGE * BUSY;

    let bounds = [("prosesor", by_processor), ("memori", by_memory), ("disk", by_disk)];
    let (bound, officers) = bounds.into_iter().min_by_key(|(_, officers)| *officers).unwrap_or(("prosesor", 0));
    Some(Capacity { officers: round(officers), bound, years: years(survey) })
}

/// Whole years until the disk is full; `None` when the disk is not known or nothing comes in.
pub(crate) fn years(survey: &Survey) -> Option<u64> {
    let free_kib = survey.facts.space.as_ref()?.free_mib * 1024 * DATA_PERCENT / 100;
    let letters = u64::from(survey.needs.letters_a_day) * WORKING_DAYS * KIB_A_LETTER;
    let permits = u64::from(survey.needs.permits_a_month) * 12 * KIB_A_PERMIT;
    free_kib.checked_div(letters + permits)
}

/// Two leading digits: the model knows no more.
fn round(value: u64) -> u64 {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    value / unit * unit
}
