//! What follows from the findings: what to mend before, what after, what to buy.

use serde::Serialize;

use crate::{Finding, Recommendation, Severity, recommend::ware};

/// The way from the machine as it is to the machine as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// In one sentence: install, install after, or not here.
    pub decision: String,
    /// Titles of what must be mended before anything is installed.
    pub before: Vec<String>,
    /// Titles of what somebody must accept in writing, or mend.
    pub accept: Vec<String>,
    /// Titles of what can be mended while Praja is at work.
    pub later: Vec<String>,
    /// What to buy, in plain words, with what for.
    pub shopping: Vec<String>,
}

/// Puts findings into an order of work. Pure.
pub fn advice(findings: &[Finding], recommendation: &Recommendation) -> Advice {
    let of = |severity| {
        findings
            .iter()
            .filter(|one| one.severity == severity)
            .map(|one| format!("{} ({})", one.title, one.value))
            .collect::<Vec<_>>()
    };
    let (before, accept) = (of(Severity::Blokir), of(Severity::WajibDisetujui));
    let decision = match (before.len(), accept.len()) {
        (0, 0) => "Praja dapat dipasang pada mesin ini sekarang.".to_owned(),
        (0, accept) => format!("Praja dapat dipasang sesudah {accept} hal diperbaiki, atau disetujui secara tertulis."),
        (before, _) => format!("Praja belum dapat dipasang: {before} hal harus diperbaiki dahulu."),
    };
    Advice { decision, before, accept, later: of(Severity::Peringatan), shopping: shopping(findings, recommendation) }
}

/// Each ware once, with everything it is for; what findings ask first, then what a larger profile asks.
fn shopping(findings: &[Finding], recommendation: &Recommendation) -> Vec<String> {
    let mut list: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut add = |ware, reason| match list.iter_mut().find(|(one, _)| *one == ware) {
        Some((_, reasons)) if reasons.contains(&reason) => {}
        Some((_, reasons)) => reasons.push(reason),
        None => list.push((ware, vec![reason])),
    };
    for finding in findings.iter().filter(|one| one.severity > Severity::Info) {
        if let Some(ware) = ware(finding.id) {
            add(ware, finding.title);
        }
    }
    for system in recommendation.stages.iter().flat_map(|stage| &stage.systems) {
        for wanted in &system.buy {
            // What a finding asks already names its finding.
            if !findings.iter().any(|one| one.severity > Severity::Info && ware(one.id) == Some(wanted)) {
                add(wanted, &system.nama);
            }
        }
    }
    list.into_iter().map(|(ware, reasons)| format!("{ware} (untuk: {})", reasons.join(", "))).collect()
}
