mod paket;

use std::{fs::File, io::BufReader, path::Path};

use anyhow::{Context, Result};
use praja_deploy::{Files, LocalFiles, Settings, Severity, read_settings, typed};
use praja_kernel::{Clock, Zona};
use praja_module::SystemClock;
use praja_store::audit::export::{Exported, verify_export};

use crate::{
    box_::{Operations, ServerBox},
    cli::{AuditAnchorOptions, AuditVerifyOptions},
    exit::{self, Code, Refused},
    served::read_anchor,
    terminal::Terminal,
};

/// Checks the audit trail. Ends with 30 when something is wrong.
pub(crate) fn verify(options: &AuditVerifyOptions, terminal: &Terminal) -> Result<Code> {
    if !options.export.is_empty() {
        return verify_files(options, terminal);
    }
    let config = &options.report.at.config;
    let settings = read_settings(&LocalFiles, config)?;
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
        terminal.next(&anchoring(options.report.at.command("praja audit anchor"), &settings));
    } else {
        terminal.fact("Hasil", &format!("{} masalah; hubungi inspektorat dan jangan mengubah apa pun", report.masalah.len()));
        terminal.next(&options.report.at.command("praja backup create"));
    }
    Ok(code)
}

/// Checks files of chains that were taken along, on any machine: no database, no settings, no keys. Anchors say whether a chain was cut.
/// Ends with 30 when one does not hold.
fn verify_files(options: &AuditVerifyOptions, terminal: &Terminal) -> Result<Code> {
    let anchors = options.anchor.iter().map(|path| read_anchor(path)).collect::<Result<Vec<_>>>()?;
    let mut results = Vec::new();
    if let Some(path) = options.export.iter().find(|path| paket::is_package(path)) {
        return if options.export.len() == 1 {
            paket::verify(path, &anchors, options, terminal)
        } else {
            Err(paket::alone(path, options).into())
        };
    }
    for path in &options.export {
        let file = File::open(path).with_context(|| format!("Berkas {} tidak dapat dibuka.", path.display()))?;
        results.push((path, verify_export(&mut BufReader::new(file), &anchors)));
    }
    let code = if results.iter().all(|(_, outcome)| outcome.is_ok()) { exit::OK } else { exit::BLOCKED };
    if options.report.json {
        terminal.json(&results.iter().map(|(path, outcome)| as_json(path, outcome)).collect::<Vec<_>>())?;
        return Ok(code);
    }
    terminal.heading("Berkas rantai jejak audit");
    for (path, outcome) in &results {
        let name = path.display();
        match outcome {
            Ok(held) => {
                terminal.fact("Berkas", &name.to_string());
                terminal.fact("Rantai", &held.rantai);
                terminal.fact("Baris", &held.baris.to_string());
                terminal.fact("Sidik baris terakhir", &format!("{}…", &held.sidik[..SHOWN.min(held.sidik.len())]));
                terminal.fact("Hasil", &found(held, anchors.len()));
            }
            Err(problem) => terminal.marked(Severity::Blokir, &format!("{name}, {problem}")),
        }
    }
    if code != exit::OK {
        terminal.paragraph("Simpan berkas itu apa adanya sebagai bukti, dan hubungi inspektorat.");
    } else if anchors.is_empty() {
        terminal.paragraph(
            "Rantai yang dipotong hanya ketahuan dari jangkar yang disimpan di luar Praja: ulangi dengan --anchor BERKAS.",
        );
    }
    Ok(code)
}

/// Digits of a hash that two people compare by eye.
const SHOWN: usize = 16;

fn found(held: &Exported, anchors: usize) -> String {
    match (anchors, held.jangkar) {
        (0, _) => "utuh".into(),
        (_, 0) => "utuh, tetapi jangkar itu belum memuat rantai ini".into(),
        (_, held) => format!("utuh dan sesuai dengan {held} jangkar"),
    }
}

fn as_json(path: &Path, outcome: &Result<Exported, String>) -> serde_json::Value {
    let held = outcome.as_ref().ok();
    serde_json::json!({
        "berkas": path,
        "rantai": held.map(|one| &one.rantai),
        "baris": held.map(|one| one.baris),
        "sidik": held.map(|one| &one.sidik),
        "jangkar": held.map(|one| one.jangkar),
        "masalah": outcome.as_ref().err(),
    })
}

/// Takes an anchor to keep elsewhere.
pub(crate) fn anchor(options: &AuditAnchorOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    let settings = read_settings(&LocalFiles, config)?;
    let again = anchoring(options.report.at.command("praja audit anchor"), &settings);
    if let Some(taken) = options.output.as_ref().filter(|output| output.exists()) {
        let message =
            format!("Berkas {} sudah ada dan tidak ditimpa: jangkar lama adalah bukti. Sebutkan nama lain.", taken.display());
        return Err(Refused { message, next: again, code: exit::BLOCKED }.into());
    }
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
        None => {
            terminal.text(report.teks.trim_end());
            // Beside the text, so that `> FILE` holds the anchor alone.
            terminal.complain_next(&again);
        }
        Some(output) => {
            terminal.heading("Jangkar jejak audit");
            terminal.fact("Rantai", &report.rantai.to_string());
            terminal.fact("Disimpan di", &output.display().to_string());
            terminal.paragraph("Simpan berkas ini di luar mesin ini, misalnya pada inspektorat.");
            if let Ok(qr) = praja_web::qr::terminal(&report.ringkas) {
                terminal.text(&format!("\n{qr}"));
            }
            let verify = format!("praja audit verify --anchor {}", typed(output));
            terminal.next(&options.report.at.command(&verify));
        }
    }
    Ok(exit::OK)
}

/// The command that takes an anchor under a name of its own: its day and minute.
fn anchoring(command: String, settings: &Settings) -> String {
    let local = Zona::of_region(&settings.wilayah.kode).local(SystemClock.now());
    let day = local.date().to_string().replace('-', "");
    format!("{command} --output jangkar-{day}-{:02}{:02}.txt", local.hour(), local.minute())
}
