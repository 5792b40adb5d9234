use std::path::{Path, PathBuf};

use anyhow::Result;
use praja_deploy::{DEFAULT_ROOT, LocalFiles, Severity, read_settings, typed};

use crate::{
    box_::{BackupReport, Operations, ServerBox},
    cli::{BackupCreateOptions, BackupRestoreOptions, BackupVerifyOptions, root_of},
    exit::{self, Code, Refused},
    restoring::is_free,
    served::{Destination, SHEET, backup_restore, backup_verify, is_backup},
    terminal::Terminal,
};

/// Makes a backup.
pub(crate) fn create(options: &BackupCreateOptions, terminal: &Terminal) -> Result<Code> {
    let at = &options.report.at;
    read_settings(&LocalFiles, &at.config)?;
    let report = ServerBox::new(at.config.clone()).backup_create(options.output.as_deref())?;
    let next = at.command(&format!("praja backup verify {}", typed(&report.berkas)));
    show("Cadangan dibuat", "selesai", &report, options.report.json, &next, terminal)
}

/// Puts a backup into an empty folder.
pub(crate) fn restore(options: &BackupRestoreOptions, terminal: &Terminal) -> Result<Code> {
    let root = &options.root;
    if !is_free(root)? {
        let message = format!(
            "Folder {} sudah berisi berkas; cadangan dipulihkan ke folder yang kosong agar tidak ada yang tertimpa.",
            root.display()
        );
        let other = PathBuf::from(format!("{}-2", root.display().to_string().trim_end_matches('/')));
        let sheet = options.recovery.clone().unwrap_or_else(|| sheet_of(Path::new(DEFAULT_ROOT)));
        let next = again(options, &other, &sheet);
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    }
    let Some(recovery) = &options.recovery else {
        is_backup(&options.file)?;
        let message =
            "Untuk membuka cadangan diperlukan kunci dari lembar pemulihan. Ketik kunci itu ke dalam satu berkas, lalu \
                       sebutkan dengan --recovery BERKAS; berkas lembarnya sendiri juga dapat dipakai."
                .to_owned();
        let next = again(options, root, &sheet_of(Path::new(DEFAULT_ROOT)));
        return Err(Refused { message, next, code: exit::USAGE }.into());
    };
    let into = Destination { root, database: options.database.as_deref(), settings: options.settings.as_deref() };
    let report = backup_restore(&options.file, &into, recovery)?;
    let next = format!("praja serve --config {}", typed(&root.join("config/praja.yaml")));
    show("Cadangan dipulihkan", "selesai", &report, options.json, &next, terminal)
}

/// Reads a backup through. Ends with 30 when something is wrong with it.
pub(crate) fn verify(options: &BackupVerifyOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.at.config;
    if options.recovery.is_none() && !config.exists() {
        is_backup(&options.file)?;
        let message = format!("Pemasangan {} tidak ada; tanpa kuncinya diperlukan lembar pemulihan.", config.display());
        let next = format!("praja backup verify {} --recovery {SHEET}", typed(&options.file));
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    }
    let report = backup_verify(&options.file, config, options.recovery.as_deref())?;
    let sheet = options.recovery.clone().unwrap_or_else(|| sheet_of(root_of(config)));
    let next = if report.masalah.is_empty() {
        restoring(&options.file, Path::new("./praja-pulih"), &sheet)
    } else if config.exists() {
        options.at.command("praja backup create")
    } else {
        "ls -l *.cadangan".to_owned()
    };
    show("Cadangan diperiksa", "utuh", &report, options.json, &next, terminal)
}

fn restoring(file: &Path, root: &Path, sheet: &Path) -> String {
    format!("praja backup restore {} --root {} --recovery {}", typed(file), typed(root), typed(sheet))
}

/// The same restore into another folder, or with the sheet.
fn again(options: &BackupRestoreOptions, root: &Path, sheet: &Path) -> String {
    let mut command = restoring(&options.file, root, sheet);
    if let Some(url) = &options.database {
        command.push_str(&format!(" --database {}", typed(Path::new(url))));
    }
    if let Some(settings) = &options.settings {
        command.push_str(&format!(" --settings {}", typed(settings)));
    }
    command
}

/// Where the recovery sheet of an installation lies until it is taken away.
fn sheet_of(root: &Path) -> PathBuf {
    root.join("keys").join(SHEET)
}

fn show(heading: &str, well: &str, report: &BackupReport, json: bool, next: &str, terminal: &Terminal) -> Result<Code> {
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
    terminal.fact("Hasil", if report.masalah.is_empty() { well } else { "rusak; gunakan cadangan lain" });
    terminal.next(next);
    Ok(code)
}
