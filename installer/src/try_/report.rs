use anyhow::Result;
use praja_deploy::{Again, Facts, Finding, Obstacle, Recommendation, Step};
use serde::Serialize;

use crate::terminal::Terminal;

/// An assessment with its plan, for scripts.
#[derive(Debug, Serialize)]
struct Report<'r> {
    fakta: &'r Facts,
    temuan: &'r [Finding],
    rekomendasi: &'r Recommendation,
    rencana: Vec<Line<'r>>,
    halangan: Option<Stopped>,
}

#[derive(Debug, Serialize)]
struct Line<'r> {
    id: &'r str,
    judul: &'r str,
    menyentuh: &'r [String],
}

#[derive(Debug, Serialize)]
struct Stopped {
    kode: &'static str,
    pesan: String,
    perintah_berikutnya: String,
}

impl<'r> Line<'r> {
    fn of(step: &'r Step<'_>) -> Self {
        Self { id: &step.id, judul: &step.title, menyentuh: &step.touches }
    }
}

/// Writes what was measured, how it is judged, what is advised and what would be done.
pub(super) fn write(
    facts: &Facts,
    findings: &[Finding],
    advice: &Recommendation,
    planned: &Result<Vec<Step<'_>>, Obstacle>,
    again: &Again,
    terminal: &Terminal,
) -> Result<()> {
    terminal.json(&Report {
        fakta: facts,
        temuan: findings,
        rekomendasi: advice,
        rencana: planned.as_ref().map(|steps| steps.iter().map(Line::of).collect()).unwrap_or_default(),
        halangan: planned.as_ref().err().map(|obstacle| Stopped {
            kode: obstacle.code(),
            pesan: obstacle.to_string(),
            perintah_berikutnya: obstacle.next_command(again),
        }),
    })
}
