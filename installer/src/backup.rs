use std::fs;

use anyhow::{Result, bail};
use praja_deploy::{LocalFiles, Severity, read_settings};

use crate::{
    box_::{BackupReport, Operations, ServerBox},
    cli::{BackupCreateOptions, BackupRestoreOptions, BackupVerifyOptions},
    exit::{self, Code},
    served::{backup_restore, backup_verify},
    terminal::Terminal,
};

/// Makes a backup.
pub(crate) fn create(options: &BackupCreateOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    read_settings(&LocalFiles, config)?;
    let report = ServerBox::new(config.clone()).backup_create(options.output.as_deref())?;
    let next = format!("praja backup verify {}", report.berkas.display());
    show("Cadangan dibuat", &report, options.report.json, &next, terminal)
}

/// Puts a backup into an empty folder.
pub(crate) fn restore(options: &BackupRestoreOptions, terminal: &Terminal) -> Result<Code> {
    let taken = fs::read_dir(&options.root).is_ok_and(|mut entries| entries.next().is_some());
    if taken {
        bail!(
            "Folder {} sudah berisi berkas; cadangan dipulihkan ke folder yang kosong agar tidak ada yang tertimpa.",
            options.root.display()
        );
    }
    let report = backup_restore(&options.file, &options.root, options.recovery.as_deref())?;
    let next = format!("praja serve --config {}", options.root.join("config/praja.yaml").display());
    show("Cadangan dipulihkan", &report, options.json, &next, terminal)
}

/// Reads a backup through. Ends with 30 when something is wrong with it.
pub(crate) fn verify(options: &BackupVerifyOptions, terminal: &Terminal) -> Result<Code> {
    let report = backup_verify(&options.file, &options.at.config, options.recovery.as_deref())?;
    let next = format!("praja backup restore {} --root ./praja-pulih --recovery lembar-pemulihan.txt", options.file.display());
    show("Cadangan diperiksa", &report, options.json, &next, terminal)
}

fn show(heading: &str, report: &BackupReport, json: bool, next: &str, terminal: &Terminal) -> Result<Code> {
    let code = if report.masalah.is_empty() { exit::OK } else { exit::BLOCKED };
    if json {
        terminal.json(report)?;
        return Ok(code);
    }
    terminal.heading(heading);
    terminal.fact("Berkas", &report.berkas.display().to_string());
    terminal.fact("Ukuran", &format!("{} KiB", report.ukuran.div_ceil(1024)));
    // The embedded database is copied as one file, without counting.
    if report.baris > 0 {
        terminal.fact("Baris", &report.baris.to_string());
    }
    terminal.fact("Lampiran", &report.lampiran.to_string());
    report.masalah.iter().for_each(|problem| terminal.marked(Severity::Blokir, problem));
    terminal.fact("Hasil", if report.masalah.is_empty() { "utuh" } else { "rusak; gunakan cadangan lain" });
    terminal.next(next);
    Ok(code)
}
