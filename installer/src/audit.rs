use anyhow::{Context, Result};
use praja_deploy::{Files, LocalFiles, Severity, read_settings};

use crate::{
    box_::{Operations, ServerBox},
    cli::{AuditAnchorOptions, AuditVerifyOptions},
    exit::{self, Code},
    terminal::Terminal,
};

/// Checks the audit trail. Ends with 30 when something is wrong.
pub(crate) fn verify(options: &AuditVerifyOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    read_settings(&LocalFiles, config)?;
    let report = ServerBox::new(config.clone()).audit_verify(&options.anchor)?;
    let code = if report.masalah.is_empty() { exit::OK } else { exit::BLOCKED };
    if options.report.json {
        terminal.json(&report)?;
        return Ok(code);
    }
    terminal.heading("Jejak audit");
    terminal.fact("Rantai", &report.rantai.to_string());
    terminal.fact("Baris", &report.baris.to_string());
    terminal.fact("Nilai terhapus sah", &report.terhapus.to_string());
    terminal.fact("Jangkar", &options.anchor.len().to_string());
    report.masalah.iter().for_each(|problem| terminal.marked(Severity::Blokir, problem));
    if report.masalah.is_empty() {
        terminal.fact("Hasil", "utuh");
        terminal.next("praja audit anchor --output jangkar.txt");
    } else {
        terminal.fact("Hasil", &format!("{} masalah; hubungi inspektorat dan jangan mengubah apa pun", report.masalah.len()));
        terminal.next("praja backup create");
    }
    Ok(code)
}

/// Takes an anchor to keep elsewhere.
pub(crate) fn anchor(options: &AuditAnchorOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    read_settings(&LocalFiles, config)?;
    let report = ServerBox::new(config.clone()).audit_anchor()?;
    if let Some(output) = &options.output {
        let written = LocalFiles.write(output, report.teks.as_bytes(), 0o644);
        written.with_context(|| format!("Jangkar tidak dapat disimpan ke {}.", output.display()))?;
    }
    if options.report.json {
        terminal.json(&report)?;
        return Ok(exit::OK);
    }
    match &options.output {
        None => terminal.text(report.teks.trim_end()),
        Some(output) => {
            terminal.heading("Jangkar jejak audit");
            terminal.fact("Rantai", &report.rantai.to_string());
            terminal.fact("Disimpan di", &output.display().to_string());
            terminal.paragraph("Simpan berkas ini di luar mesin ini, misalnya pada inspektorat.");
            if let Ok(qr) = praja_web::qr::terminal(&report.ringkas) {
                terminal.text(&format!("\n{qr}"));
            }
            terminal.next(&format!("praja audit verify --anchor {}", output.display()));
        }
    }
    Ok(exit::OK)
}
