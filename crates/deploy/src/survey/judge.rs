//! What the measured means: one finding for each check, with its threshold, the source of that, and what to do.

mod disk;
mod memory;
mod network;
mod people;
mod processor;
mod system;

use crate::{
    Finding, Severity, Survey, Target, assess,
    checks::{explain, finding},
};

/// One judgement. Pure: the same survey gives the same finding.
type Check = fn(&Survey) -> Finding;

/// Every check beyond those of a trial, in the order of the report.
fn checks() -> impl Iterator<Item = Check> {
    [processor::CHECKS, memory::CHECKS, disk::CHECKS, system::CHECKS, network::CHECKS, people::CHECKS]
        .into_iter()
        .flatten()
        .copied()
}

/// Judges a survey: what a trial asks first, then the rest, grouped. Pure.
pub fn judge(survey: &Survey, target: &Target) -> Vec<Finding> {
    let mut findings = assess(&survey.facts, target);
    findings.extend(checks().map(|check| check(survey)));
    // Stable: within a group the order stays.
    let order = ["Mesin", "Memori", "Disk", "Sistem", "Jaringan", "Listrik", "Orang"];
    findings.sort_by_key(|finding| order.iter().position(|group| *group == finding.group).unwrap_or(order.len()));
    findings
}

/// What a check is about, the same whatever it finds.
struct About {
    id: &'static str,
    group: &'static str,
    title: &'static str,
    threshold: &'static str,
    source: &'static str,
}

impl About {
    fn found(&self, severity: Severity, value: impl Into<String>) -> Finding {
        finding(self.id, self.group, self.title, severity, value.into(), self.threshold.to_owned(), self.source)
    }

    fn unknown(&self) -> Finding {
        self.found(Severity::Info, "tidak diketahui")
    }

    /// As it should be, or of this severity.
    fn when(&self, bad: bool, severity: Severity, value: impl Into<String>, meaning: &str, remedy: &[&str]) -> Finding {
        explain(self.found(if bad { severity } else { Severity::Info }, value), meaning, remedy)
    }

    /// Of the gravest severity whose limit is exceeded.
    fn above(&self, measured: u64, limits: &[(u64, Severity)], value: String, meaning: &str, remedy: &[&str]) -> Finding {
        let gravest = limits.iter().filter(|(limit, _)| measured > *limit).map(|(_, severity)| *severity).max();
        explain(self.found(gravest.unwrap_or(Severity::Info), value), meaning, remedy)
    }
}

/// "3,5 %" of per mille.
fn percent(permille: u32) -> String {
    format!("{},{} %", permille / 10, permille % 10)
}
