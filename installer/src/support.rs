//! `praja support-bundle`: what a helper needs to see, without a name, number, password or line of a letter in it.

mod redact;

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use praja_deploy::{Host, Machine, examine, typed};
use serde::Serialize;

use crate::{
    box_::ServerBox,
    cli::{SupportBundleOptions, root_of},
    config,
    exit::{self, Code, Refused},
    terminal::Terminal,
};

/// The last lines of a log are those that matter.
const LOG_LINES: usize = 2_000;

/// One file of the bundle.
struct Part {
    name: String,
    what: &'static str,
    text: String,
}

/// What is in the bundle, for scripts.
#[derive(Debug, Serialize)]
struct Report {
    berkas: PathBuf,
    isi: Vec<Listed>,
    ditulis: bool,
}

#[derive(Debug, Serialize)]
struct Listed {
    nama: String,
    keterangan: &'static str,
    ukuran: usize,
}

/// Shows what would be in it, asks, and writes it. Ends with 20 where nobody agreed.
pub(crate) fn run(options: &SupportBundleOptions, terminal: &Terminal) -> Result<Code> {
    let at = &options.report.at;
    if !at.config.exists() {
        let root = root_of(&at.config).to_path_buf();
        return Err(praja_deploy::Obstacle::NotInstalled { root, missing: at.config.clone() }.into());
    }
    let output = options.output.clone().unwrap_or_else(|| PathBuf::from("praja-bantuan.tar.gz"));
    if output.exists() {
        let message = format!("Berkas {} sudah ada dan tidak ditimpa; sebutkan nama lain.", output.display());
        let next = at.command("praja support-bundle --output praja-bantuan-2.tar.gz");
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    }
    let parts = gather(&at.config);
    let isi = |ditulis| Report {
        berkas: output.clone(),
        isi: parts
            .iter()
            .map(|part| Listed { nama: part.name.clone(), keterangan: part.what, ukuran: part.text.len() })
            .collect(),
        ditulis,
    };
    if !options.report.json {
        terminal.heading("Isi bingkisan bantuan");
        let row = |part: &Part| vec![part.name.clone(), format!("{} B", part.text.len()), part.what.to_owned()];
        terminal.table(&["Berkas", "Ukuran", "Isi"], &parts.iter().map(row).collect::<Vec<_>>());
        terminal.text("");
        terminal.paragraph(
            "Nama orang, NIK, NIP, nomor telepon, surel, sandi, token dan isi surat tidak ikut. Bacalah dahulu sebelum mengirimnya.",
        );
    }
    if !options.yes && !terminal.ask("Tulis bingkisan ini?")? {
        if options.report.json {
            terminal.json(&isi(false))?;
        }
        terminal.next(&at.command("praja support-bundle --yes"));
        return Ok(exit::APPROVAL);
    }
    write(&output, &parts).with_context(|| format!("{} tidak dapat ditulis.", output.display()))?;
    if options.report.json {
        terminal.json(&isi(true))?;
        return Ok(exit::OK);
    }
    terminal.fact("Ditulis ke", &output.display().to_string());
    terminal.next(&format!("tar -tzf {}", typed(&output)));
    Ok(exit::OK)
}

fn gather(config: &Path) -> Vec<Part> {
    let root = root_of(config);
    let server = ServerBox::new(config.to_path_buf());
    let mut parts =
        vec![Part { name: "mesin.txt".into(), what: "program, sistem operasi, inti, ruang disk", text: machine(root) }];
    let health = server.health(false);
    parts.push(Part {
        name: "doctor.json".into(),
        what: "hasil praja doctor",
        text: serde_json::to_string_pretty(&examine(&health)).unwrap_or_default(),
    });
    let settings = config::lines(config).map(|lines| lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect());
    let settings: String = settings.unwrap_or_else(|error| format!("{error:#}\n"));
    parts.push(Part { name: "pengaturan.txt".into(), what: "pengaturan, tanpa sandi", text: settings });
    let counts = server.table_counts().unwrap_or_default();
    let counts = counts.iter().map(|(table, rows)| format!("{table};{rows}\n")).collect();
    parts.push(Part { name: "tabel.csv".into(), what: "banyaknya baris setiap tabel", text: counts });
    let migrations = server.schema().unwrap_or_default();
    parts.push(Part { name: "migrasi.txt".into(), what: "perubahan tabel yang sudah dijalankan", text: migrations });
    if let Ok(journal) = fs::read_to_string(root.join("config/journal.jsonl")) {
        parts.push(Part { name: "langkah.jsonl".into(), what: "langkah pemasangan", text: journal });
    }
    parts.extend(logs(root));
    // What follows holds for every part, also for those that should hold nothing: a folder may be named after somebody.
    let names = server.people().unwrap_or_default();
    for part in &mut parts {
        part.text = redact::people(&redact::numbers(&part.text), &names);
    }
    let contents = parts.iter().map(|part| format!("{}  {} B  {}\n", part.name, part.text.len(), part.what)).collect();
    parts.insert(0, Part { name: "ISI.txt".into(), what: "daftar ini", text: contents });
    parts
}

fn machine(root: &Path) -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let pretty =
        release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("tidak diketahui").trim_matches('"');
    let place = Machine.file_system(&root.join("data")).ok();
    let space =
        place.map_or_else(|| "tidak diketahui".to_owned(), |place| format!("{} dari {} MiB", place.free_mib, place.total_mib));
    format!(
        "praja {}\n{pretty}\nkernel {}\nglibc {}\nprosesor {}, {} inti\nruang data {space}\nsystemd {}\n",
        env!("CARGO_PKG_VERSION"),
        Machine.kernel(),
        Machine.libc().unwrap_or_default(),
        Machine.arch(),
        Machine.cores(),
        Machine.systemd().map_or_else(|| "tidak ada".to_owned(), |version| version.to_string()),
    )
}

/// The ends of the logs: of the folder, and of the journal where it is a service of the system.
fn logs(root: &Path) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("logs")).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    for path in files.into_iter().filter(|path| path.is_file() && path.extension().is_none_or(|end| end != "gz")) {
        let Ok(file) = fs::File::open(&path) else { continue };
        let lines: Vec<String> = BufReader::new(file).lines().map_while(Result::ok).collect();
        let name = format!("catatan/{}", path.file_name().unwrap_or_default().to_string_lossy());
        parts.push(Part { name, what: "catatan kerja, hanya kata tetapnya", text: redacted(&lines) });
    }
    if Path::new("/etc/systemd/system/praja.service").exists() {
        let said = Command::new("journalctl")
            .args(["-u", "praja", "-n", "2000", "-o", "short-iso", "--no-pager"])
            .stderr(Stdio::null())
            .output();
        if let Ok(said) = said {
            let lines: Vec<String> = String::from_utf8_lossy(&said.stdout).lines().map(str::to_owned).collect();
            parts.push(Part {
                name: "catatan/journal.log".into(),
                what: "catatan layanan, hanya kata tetapnya",
                text: redacted(&lines),
            });
        }
    }
    parts
}

fn redacted(lines: &[String]) -> String {
    lines.iter().skip(lines.len().saturating_sub(LOG_LINES)).map(|line| redact::log_line(line) + "\n").collect()
}

fn write(output: &Path, parts: &[Part]) -> std::io::Result<()> {
    let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(output)?;
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(file, flate2::Compression::default()));
    for part in parts {
        let mut header = tar::Header::new_gnu();
        header.set_size(part.text.len() as u64);
        header.set_mode(0o600);
        header.set_cksum();
        tar.append_data(&mut header, format!("praja-bantuan/{}", part.name), part.text.as_bytes())?;
    }
    let mut file = tar.into_inner()?.finish()?;
    file.flush()?;
    file.sync_all()
}
