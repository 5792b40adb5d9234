//! What the measured means: one finding for each check, with its threshold, the source of that, and what to do.

mod disk;
mod memory;
mod network;
mod people;
mod processor;
mod system;

use crate::{
    Finding, Part, Severity, Survey, Target, assess,
    checks::{explain, finding},
};

/// One judgement. Pure: the same survey gives the same finding.
type Check = fn(&Survey) -> Finding;

/// Every check beyond those of a trial, in the order of the report, with the part of a survey that it judges.
const CHECKS: [(Option<Part>, &[Check]); 6] = [
    (Some(Part::Prosesor), processor::CHECKS),
    (Some(Part::Memori), memory::CHECKS),
    (Some(Part::Disk), disk::CHECKS),
    (Some(Part::Sistem), system::CHECKS),
    (Some(Part::Jaringan), network::CHECKS),
    (None, people::CHECKS),
];

/// Judges a survey: what a trial asks first, then the rest, grouped. Pure.
pub fn judge(survey: &Survey, target: &Target) -> Vec<Finding> {
    let mut findings = assess(&survey.facts, target);
    findings.extend(interrupted(survey));
    let measured = CHECKS.iter().filter(|(part, _)| part.is_none_or(|part| survey.has(part)));
    findings.extend(measured.flat_map(|(_, checks)| *checks).map(|check| check(survey)));
    // Stable: within a group the order stays.
    let order = ["Mesin", "Memori", "Disk", "Sistem", "Jaringan", "Listrik", "Orang", "Kantor"];
    findings.sort_by_key(|finding| order.iter().position(|group| *group == finding.group).unwrap_or(order.len()));
    findings
}

/// What was not measured is a risk by itself.
fn interrupted(survey: &Survey) -> Option<Finding> {
    let about = About {
        id: "terputus",
        group: "Mesin",
        title: "Penilaian terputus",
        threshold: "semua bagian diukur",
        source: "aturan Praja: yang tidak diukur tidak dianggap baik",
    };
    let parts: Vec<&str> = survey.unmeasured.iter().map(|part| part.name()).collect();
    (!parts.is_empty()).then(|| {
        about.when(
            true,
            Severity::WajibDisetujui,
            format!("belum diukur: {}", parts.join(", ")),
            "Yang belum diukur dapat menyimpan sebab untuk tidak memasang; keputusan di bawah hanya memakai yang sudah diukur.",
            &["Ulangi perintah yang sama sampai selesai."],
        )
    })
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
