//! `praja doctor`: looks an installation over and says what to do, and mends what can be mended without harm.

pub(crate) mod certificate;
pub(crate) mod units;

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::Command,
};

use anyhow::{Context, Result};
use praja_deploy::{FOLDERS, Files, Finding, Health, LocalFiles, Severity, examine, worst};
use praja_store::Work;
use serde::Serialize;

use crate::{
    box_::ServerBox,
    cli::{DoctorOptions, root_of},
    exit::Code,
    served::open_to_others,
    terminal::Terminal,
};

/// What was found, for scripts. The keys are a promise: docs/json.md.
#[derive(Debug, Serialize)]
struct Report {
    praja: &'static str,
    findings: Vec<Finding>,
    /// What `--fix` mended, a sentence each.
    diperbaiki: Vec<String>,
}

/// Examines. Ends with the code of the gravest finding: 0, 10, 20 or 30.
pub(crate) fn run(options: &DoctorOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    let root = root_of(config);
    if !config.exists() {
        let missing = config.clone();
        return Err(praja_deploy::Obstacle::NotInstalled { root: root.to_path_buf(), missing }.into());
    }
    let server = ServerBox::new(config.clone());
    let pause = terminal.wait("Memeriksa pemasangan");
    let mut health = server.health(!options.quick);
    pause.end();
    let mut diperbaiki = Vec::new();
    if options.fix {
        diperbaiki = mend(root, &health)?;
        if !diperbaiki.is_empty() {
            health = server.health(!options.quick);
        }
    }
    let report = Report { praja: env!("CARGO_PKG_VERSION"), findings: examine(&health), diperbaiki };
    let code = Code::of(worst(&report.findings));
    if options.report.json {
        terminal.json(&report)?;
        return Ok(code);
    }
    show(&report, options, terminal);
    Ok(code)
}

fn show(report: &Report, options: &DoctorOptions, terminal: &Terminal) {
    let mut group = "";
    for finding in &report.findings {
        if finding.group != group {
            group = finding.group;
            terminal.heading(group);
        }
        terminal.marked(finding.severity, &format!("{}: {}", finding.title, finding.value));
        // What is well says nothing more, unless something can be chosen.
        if !finding.remedy.is_empty() {
            terminal.under(&finding.meaning);
            terminal.under(&format!("Seharusnya: {}", finding.threshold));
            finding.remedy.iter().for_each(|act| terminal.under(&format!("Tindakan: {act}")));
        }
    }
    terminal.heading("Ringkasan");
    report.diperbaiki.iter().for_each(|done| terminal.fact("Diperbaiki", done));
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    terminal.fact(
        "Hasil",
        &format!(
            "{} diperiksa: {} blokir, {} perlu disetujui, {} peringatan",
            report.findings.len(),
            count(Severity::Blokir),
            count(Severity::WajibDisetujui),
            count(Severity::Peringatan)
        ),
    );
    let mended = ["izin-berkas", "folder-pemasangan", "sisa-kerja", "unit"];
    let can_mend = report.findings.iter().any(|finding| finding.severity != Severity::Info && mended.contains(&finding.id));
    let next = if can_mend && !options.fix { "praja doctor --fix" } else { "praja status" };
    terminal.next(&options.report.at.command(next));
}

/// Mends what is safe: nothing of a regency's data is touched.
fn mend(root: &Path, health: &Health) -> Result<Vec<String>> {
    let mut done = Vec::new();
    for name in &health.care.folders_missing {
        let (_, mode) = FOLDERS.iter().find(|(folder, _)| folder == name).unwrap_or(&("", 0o750));
        LocalFiles.make_folder(&root.join(name), *mode).with_context(|| format!("Folder {name} tidak dapat dibuat."))?;
        done.push(format!("folder {name} dibuat"));
    }
    for (name, mode) in open_to_others(root) {
        fs::set_permissions(root.join(&name), Permissions::from_mode(mode))
            .with_context(|| format!("Izin {name} tidak dapat diubah."))?;
        done.push(format!("{name} ditutup bagi pengguna lain"));
    }
    let swept = Work::sweep(&root.join("data")).context("Sisa pekerjaan tidak dapat dihapus.")?;
    if swept > 0 {
        done.push(format!("{swept} folder sisa pekerjaan dihapus"));
    }
    if !health.service.units_off.is_empty() {
        done.extend(enable(&health.service.units_off)?);
    }
    Ok(done)
}

fn enable(units: &[String]) -> Result<Vec<String>> {
    let enabled = Command::new("systemctl").args(["enable", "--now"]).args(units).status();
    let enabled = enabled.context("systemctl tidak dapat dijalankan.")?.success();
    Ok(if enabled { units.iter().map(|unit| format!("unit {unit} dinyalakan")).collect() } else { Vec::new() })
}
