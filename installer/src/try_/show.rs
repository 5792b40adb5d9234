use std::path::Path;

use praja_deploy::{Finding, Recommendation, Severity, Step};

use crate::{account::DemoAccount, terminal::Terminal};

/// What was judged: everything at the first time, later only what needs attention.
pub(crate) fn findings(findings: &[Finding], brief: bool, terminal: &Terminal) {
    terminal.heading("Penilaian mesin");
    let shown = findings.iter().filter(|finding| !brief || finding.severity != Severity::Info);
    for finding in shown {
        terminal.marked(finding.severity, &format!("{}: {}", finding.title, finding.value));
        if finding.severity != Severity::Info {
            terminal.under(&finding.meaning);
            terminal.under(&format!("Batas: {} ({})", finding.threshold, finding.source));
            finding.remedy.iter().for_each(|act| terminal.under(&format!("Tindakan: {act}")));
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    terminal.fact(
        "Hasil",
        &format!(
            "{} diperiksa: {} blokir, {} perlu disetujui, {} peringatan",
            findings.len(),
            count(Severity::Blokir),
            count(Severity::WajibDisetujui),
            count(Severity::Peringatan)
        ),
    );
}

/// The profile and the stages, with reasons. Unless all of it is wanted, systems of a later release are only named.
pub(crate) fn recommendation(advice: &Recommendation, whole: bool, terminal: &Terminal) {
    terminal.heading("Rekomendasi");
    terminal.fact("Profil", advice.profil.name());
    advice.reasons.iter().for_each(|reason| terminal.paragraph(reason));
    for stage in &advice.stages {
        terminal.text("");
        terminal.paragraph(&format!("{}:", stage.title));
        if !whole && stage.later {
            let names: Vec<&str> = stage.systems.iter().map(|system| system.nama.as_str()).collect();
            terminal.item(&format!("{}.", names.join(", ")));
            continue;
        }
        stage.systems.iter().for_each(|system| terminal.item(&format!("{}: {}", system.nama, system.reason)));
    }
}

/// The steps with what they touch.
pub(crate) fn plan(steps: &[Step<'_>], root: &Path, terminal: &Terminal) {
    terminal.heading("Rencana");
    terminal.fact("Folder", &root.display().to_string());
    let base = format!("{}/", root.display());
    for (index, step) in steps.iter().enumerate() {
        let touches: Vec<&str> = step.touches.iter().map(|path| path.strip_prefix(&base).unwrap_or(path)).collect();
        terminal.numbered(index + 1, &format!("{}: {}", step.title, touches.join(", ")));
    }
}

/// After a dry run.
pub(super) fn unchanged(next: &str, terminal: &Terminal) {
    terminal.heading("Ringkasan");
    terminal.fact("Perubahan", "tidak ada; ini hanya rencana");
    terminal.next(next);
}

/// What lies in the folder for people to log in with.
pub(super) struct Papers<'p> {
    pub(super) accounts: &'p [DemoAccount],
    pub(super) file: &'p Path,
    /// The page of cards to print, and how many stand on it.
    pub(super) cards: Option<(&'p Path, usize)>,
}

/// Where to go and whom to be, once the address answers.
pub(super) fn ready(wilayah: &str, url: &str, papers: &Papers<'_>, qr: Option<&str>, terminal: &Terminal) {
    let Papers { accounts, file, cards } = papers;
    terminal.heading("Praja siap");
    terminal.fact("Daerah contoh", wilayah);
    terminal.fact("Buka di peramban", url);
    if let Some((path, count)) = cards {
        terminal.fact("Kartu peserta", &format!("{} ({count} kartu)", path.display()));
    }
    if !accounts.is_empty() {
        terminal.fact("Akun contoh", &file.display().to_string());
        terminal.text("");
        let rows: Vec<Vec<String>> =
            accounts.iter().map(|one| vec![one.akun.clone(), one.sandi.clone(), shorten(&one.jabatan, 38)]).collect();
        terminal.table(&["Akun", "Sandi", "Jabatan"], &rows);
    }
    if let Some(qr) = qr {
        terminal.text(&format!("\n{qr}"));
    }
    terminal.text("\nTekan Ctrl-C untuk berhenti.");
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
