use std::path::{Path, PathBuf};

use anyhow::Result;
use praja_deploy::{DEFAULT_ROOT, LocalFiles, Severity, number, read_settings, typed};

use crate::{
    box_::{BackupReport, Operations, ServerBox},
    cli::{BackupCreateOptions, BackupRestoreOptions, BackupVerifyOptions, ReportOptions, root_of},
    exit::{self, Code, Refused},
    restoring::is_free,
    served::{Destination, Listed, Place, SHEET, backup_restore, backup_verify, is_backup, note_checked},
    terminal::Terminal,
};

/// Makes a backup.
pub(crate) fn create(options: &BackupCreateOptions, terminal: &Terminal) -> Result<Code> {
    let at = &options.report.at;
    read_settings(&LocalFiles, &at.config)?;
    if options.scheduled {
        return scheduled(options, terminal);
    }
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
    if config.exists() {
        note_checked(config, &report);
    }
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

/// Makes what is due. Ends with 10 where somebody should look at it.
fn scheduled(options: &BackupCreateOptions, terminal: &Terminal) -> Result<Code> {
    let at = &options.report.at;
    let done = ServerBox::new(at.config.clone()).backup_scheduled()?;
    let code = if done.peringatan.is_empty() { exit::OK } else { exit::WARNINGS };
    if options.report.json {
        terminal.json(&done)?;
        return Ok(code);
    }
    terminal.heading("Cadangan terjadwal");
    match &done.cadangan {
        Some(report) => {
            terminal.fact("Berkas", &report.berkas.display().to_string());
            terminal.fact("Ukuran", &size(report.ukuran));
            terminal.fact("Lampiran", &report.lampiran.to_string());
        }
        None => terminal.fact("Berkas", "belum waktunya; cadangan terakhir masih berlaku"),
    }
    if let Some(copy) = &done.salinan {
        terminal.fact("Tempat kedua", &copy.display().to_string());
    }
    done.dihapus.iter().for_each(|file| terminal.fact("Dihapus", &file.display().to_string()));
    done.peringatan.iter().for_each(|told| terminal.marked(Severity::Peringatan, told));
    terminal.next(&at.command("praja backup list"));
    Ok(code)
}

/// Shows both places. Ends with 10 where a place is missing or holds nothing.
pub(crate) fn list(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.at.config;
    read_settings(&LocalFiles, config)?;
    let places = ServerBox::new(config.clone()).backup_list()?;
    let good = |place: &Place| place.terjangkau && !place.cadangan.is_empty() && (place.tempat == "pertama" || !place.sedisk);
    let code = if places.len() == 2 && places.iter().all(good) { exit::OK } else { exit::WARNINGS };
    if options.json {
        terminal.json(&places)?;
        return Ok(code);
    }
    for place in &places {
        terminal.heading(&format!("Tempat {}: {}", place.tempat, place.folder.display()));
        if !place.terjangkau {
            terminal.marked(Severity::Peringatan, "Folder itu tidak dapat dibaca; periksa apakah disknya terpasang.");
            continue;
        }
        if place.tempat == "kedua" && place.sedisk {
            terminal.marked(Severity::Peringatan, "Folder itu berada pada disk yang sama dengan data.");
        }
        if place.cadangan.is_empty() {
            terminal.paragraph("Belum ada cadangan di sini.");
            continue;
        }
        let row = |one: &Listed| {
            let name = one.berkas.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let checked = one.utuh.map_or("belum", |whole| if whole { "utuh" } else { "rusak" });
            vec![name, age(one.umur_jam), size(one.ukuran), checked.to_owned()]
        };
        terminal.table(&["Berkas", "Umur", "Ukuran", "Diperiksa"], &place.cadangan.iter().map(row).collect::<Vec<_>>());
    }
    if places.len() < 2 {
        terminal.text("");
        terminal.marked(Severity::Peringatan, "Belum ada tempat kedua; bila disk ini rusak, cadangannya ikut hilang.");
    }
    let newest = places.iter().rev().flat_map(|place| &place.cadangan).next();
    terminal.next(&match newest {
        Some(one) => options.at.command(&format!("praja backup verify {}", typed(&one.berkas))),
        None => options.at.command("praja backup create --scheduled"),
    });
    Ok(code)
}

/// Rehearses a restore. Ends with 30 when it fails, with 10 when there is nothing to restore.
pub(crate) fn drill(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    read_settings(&LocalFiles, &options.at.config)?;
    let pause = terminal.wait("Memulihkan cadangan terbaru ke folder sementara");
    let drill = ServerBox::new(options.at.config.clone()).backup_drill();
    pause.end();
    let Some(drill) = drill? else {
        let message = "Belum ada cadangan yang dapat dilatih; buat dahulu satu.".to_owned();
        let next = options.at.command("praja backup create --scheduled");
        return Err(Refused { message, next, code: exit::WARNINGS }.into());
    };
    let code = if drill.masalah.is_empty() { exit::OK } else { exit::BLOCKED };
    if options.json {
        terminal.json(&drill)?;
        return Ok(code);
    }
    terminal.heading("Latihan pulih");
    terminal.fact("Berkas", &drill.berkas.display().to_string());
    terminal.fact("Diambil dari", if drill.kedua { "tempat kedua" } else { "tempat pertama" });
    terminal.fact("Baris", &drill.baris.to_string());
    terminal.fact("Lampiran", &drill.lampiran.to_string());
    terminal.fact("Rantai jejak audit", &drill.rantai.to_string());
    drill.masalah.iter().for_each(|problem| terminal.marked(Severity::Blokir, problem));
    terminal.fact("Hasil", if code == exit::OK { "pulih utuh" } else { "gagal; buat cadangan baru" });
    terminal.next(&options.at.command(if code == exit::OK { "praja doctor" } else { "praja backup create --scheduled" }));
    Ok(code)
}

/// "3 jam" or "4 hari".
fn age(hours: i64) -> String {
    match hours {
        ..=0 => "kurang dari sejam".to_owned(),
        1..=47 => format!("{hours} jam"),
        _ => format!("{} hari", hours / 24),
    }
}

fn size(bytes: u64) -> String {
    format!("{} KiB", number(bytes.div_ceil(1024)))
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
