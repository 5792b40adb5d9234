//! What follows from the findings: what to mend before, what after, what to buy.

use serde::Serialize;

use crate::{Finding, Severity};

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
    /// What to buy, in plain words.
    pub shopping: Vec<String>,
}

/// What to buy for a finding, by its identity.
const WARES: &[(&[&str], &str)] = &[
    (
        &["fsync", "jenis-disk", "laju-tulis", "ruang-disk", "sisa-disk", "pertumbuhan", "galat-disk"],
        "SSD 480 GB untuk folder data",
    ),
    (&["disk-kedua", "cadangan-kedua"], "Disk USB 1 TB untuk cadangan, disimpan di gedung lain"),
    (&["memori", "memori-tersedia", "swap-terpakai", "tekanan-memori", "kehabisan-memori"], "Memori menjadi 4 GB atau lebih"),
    (&["ups"], "UPS yang sanggup menahan mesin 15 menit"),
    (&["kecepatan", "kapasitas", "arsitektur"], "Mesin dengan 4 inti dan 8 GB memori, atau jatah itu pada mesin virtual"),
    (&["kecepatan-tautan", "galat-tautan"], "Kabel jaringan baru dan sakelar gigabit"),
    (&["selisih-jam"], "Baterai papan induk (CR2032)"),
    (&["raid"], "Disk pengganti yang sama besar untuk larik disk"),
];

/// Puts findings into an order of work. Pure.
pub fn advice(findings: &[Finding]) -> Advice {
    let of = |severity| {
        findings
            .iter()
            .filter(|one| one.severity == severity)
            .map(|one| format!("{} ({})", one.title, one.value))
            .collect::<Vec<_>>()
    };
    let bad = |id: &str| findings.iter().any(|one| one.id == id && one.severity > Severity::Info);
    let shopping = WARES.iter().filter(|(ids, _)| ids.iter().any(|id| bad(id))).map(|(_, ware)| (*ware).to_owned()).collect();
    let (before, accept) = (of(Severity::Blokir), of(Severity::WajibDisetujui));
    let decision = match (before.len(), accept.len()) {
        (0, 0) => "Praja dapat dipasang pada mesin ini sekarang.".to_owned(),
        (0, accept) => format!("Praja dapat dipasang sesudah {accept} hal diperbaiki, atau disetujui secara tertulis."),
        (before, _) => format!("Praja belum dapat dipasang: {before} hal harus diperbaiki dahulu."),
    };
    Advice { decision, before, accept, later: of(Severity::Peringatan), shopping }
}
