//! `praja config`: looks settings over, shows them, and changes one in the overlay.

mod overlay;

use std::{fs, path::Path};

use anyhow::{Context, Result};
use praja_deploy::{Files, LocalFiles, Obstacle, Severity, nearest, overlay_of, settings_reason};
use praja_server::{KEYS, KeyInfo, Kind, Settings, SettingsError, without_password};
use serde::Serialize;
use serde_json::Value;

use crate::{
    cli::{ConfigSetOptions, ReportOptions},
    exit::{self, Code, Refused},
    terminal::Terminal,
    words,
};

/// A setting as it counts now.
#[derive(Debug, Serialize)]
struct Shown {
    kunci: String,
    nilai: String,
    /// `praja.yaml` or `praja.local.yaml`.
    asal: &'static str,
}

/// Reads the settings as the service would. Ends with 30 when it could not start with them, with 10 when something they name is not there.
pub(crate) fn check(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.at.config;
    there(config)?;
    let (blokir, peringatan) = match Settings::load(config) {
        Ok(settings) => (None, absent(&settings)),
        Err(error) => (Some(said(&error, config)), Vec::new()),
    };
    let code = match (&blokir, peringatan.is_empty()) {
        (Some(_), _) => exit::BLOCKED,
        (None, false) => exit::WARNINGS,
        (None, true) => exit::OK,
    };
    if options.json {
        terminal.json(&serde_json::json!({ "benar": blokir.is_none(), "masalah": blokir, "peringatan": peringatan }))?;
        return Ok(code);
    }
    terminal.heading("Pengaturan");
    terminal.fact("Berkas", &config.display().to_string());
    let over = overlay_of(config);
    terminal.fact("Perubahan", &if over.exists() { over.display().to_string() } else { "belum ada".to_owned() });
    blokir.iter().for_each(|problem| terminal.marked(Severity::Blokir, problem));
    peringatan.iter().for_each(|problem| terminal.marked(Severity::Peringatan, problem));
    terminal.fact("Hasil", if code == exit::OK { "benar" } else { "perlu dibetulkan" });
    terminal.next(&options.at.command(if code == exit::OK { "praja config show" } else { "praja config set KUNCI NILAI" }));
    Ok(code)
}

/// Shows every key with the file it comes from; passwords never.
pub(crate) fn show(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.at.config;
    there(config)?;
    let shown = all(config)?;
    if options.json {
        terminal.json(&shown)?;
        return Ok(exit::OK);
    }
    terminal.heading("Pengaturan yang berlaku");
    let row = |one: &Shown| vec![one.kunci.clone(), one.nilai.clone(), one.asal.to_owned()];
    terminal.table(&["Kunci", "Nilai", "Asal"], &shown.iter().map(row).collect::<Vec<_>>());
    terminal.next(&options.at.command("praja config set KUNCI NILAI"));
    Ok(exit::OK)
}

/// Changes one key in the overlay. What the service could not start with is refused before anything is written.
pub(crate) fn set(options: &ConfigSetOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    there(config)?;
    let at = |words: &str| options.report.at.command(words);
    let Some(known) = KEYS.iter().find(|known| known.name == options.key) else {
        let near = nearest(&options.key, KEYS.iter().map(|known| known.name));
        let meant = near.map_or_else(String::new, |near| format!(" Mungkin maksud Anda: {near}."));
        let message = format!("Kunci {} tidak dikenal.{meant}", options.key);
        let next = near.map_or_else(|| at("praja config show"), |near| at(&format!("praja config set {near} NILAI")));
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    };
    if known.born {
        let message = format!("{} ditetapkan saat Praja dipasang dan tidak dapat diubah.", known.name);
        return Err(Refused { message, next: at("praja config show"), code: exit::BLOCKED }.into());
    }
    let value = typed_value(known, &options.value).map_err(|message| Refused {
        message,
        next: at(&format!("praja config set {} NILAI", known.name)),
        code: exit::BLOCKED,
    })?;
    let over = overlay_of(config);
    let old = match fs::read_to_string(&over) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        other => other.with_context(|| format!("{} tidak dapat dibaca.", over.display()))?,
    };
    let new = overlay::set(&old, known.name, &value);
    let refused = |message: String| Refused { message, next: at("praja config show"), code: exit::BLOCKED };
    if let Err(error) = Settings::with_overlay(config, &new) {
        let message = format!(
            "{} = {} tidak dapat dipakai. {} Tidak ada yang diubah.",
            known.name,
            shown_value(known.name, &value),
            said(&error, config)
        );
        return Err(refused(message).into());
    }
    // The text was changed line by line, so that comments stay; that it says what was meant is read back before it is written.
    let read: Value = praja_server::read_settings_text(&new)
        .map_err(|_| refused(format!("{} tidak dapat diubah dari sini; tulis kuncinya dengan tangan.", over.display())))?;
    if known.name.split('.').try_fold(&read, |value, part| value.get(part)) != Some(&value) {
        return Err(refused(format!(
            "{} ditulis dengan cara yang tidak dapat diubah dari sini; tulis kuncinya dengan tangan.",
            over.display()
        ))
        .into());
    }
    LocalFiles.write(&over, new.as_bytes(), 0o600).with_context(|| format!("{} tidak dapat ditulis.", over.display()))?;
    if options.report.json {
        terminal.json(&Shown {
            kunci: known.name.to_owned(),
            nilai: shown_value(known.name, &value),
            asal: "praja.local.yaml",
        })?;
        return Ok(exit::OK);
    }
    terminal.heading("Pengaturan diubah");
    terminal.fact(known.name, &shown_value(known.name, &value));
    terminal.fact("Ditulis ke", &over.display().to_string());
    terminal.paragraph("Berlaku sesudah Praja dimulai ulang; cadangan dan doctor membacanya langsung.");
    terminal.next(&at("praja config check"));
    Ok(exit::OK)
}

/// What the settings hold, one line a key, with secrets hidden.
pub(crate) fn lines(config: &Path) -> Result<Vec<(String, String)>> {
    Ok(all(config)?.into_iter().map(|one| (one.kunci, one.nilai)).collect())
}

fn there(config: &Path) -> Result<()> {
    if config.exists() {
        return Ok(());
    }
    let root = crate::cli::root_of(config).to_path_buf();
    Err(Obstacle::NotInstalled { root, missing: config.to_path_buf() }.into())
}

/// What was wrong, with the nearest key where one is unknown.
fn said(error: &SettingsError, config: &Path) -> String {
    let SettingsError::Wrong { what, .. } = error else { return format!("{}: {}.", config.display(), words::of(error)) };
    let told = format!("{}.", settings_reason(what));
    let mut told = told[..1].to_uppercase() + &told[1..];
    if let Some(key) = what.split_once("unknown field `").and_then(|(_, rest)| rest.split('`').next()) {
        let names = KEYS.iter().flat_map(|known| known.name.split('.'));
        if let Some(near) = nearest(key, names) {
            told.push_str(&format!(" Mungkin maksud Anda: {near}."));
        }
    }
    told
}

/// What the settings name and is not there.
fn absent(settings: &Settings) -> Vec<String> {
    let mut gone = Vec::new();
    let mut look = |what: &str, path: &Path| {
        if !path.exists() {
            gone.push(format!("{what} {} tidak ada.", path.display()));
        }
    };
    look("Folder kunci", &settings.kunci);
    look("Folder catatan", &settings.log);
    look("Folder paket daerah", &settings.paket);
    if let Some(place) = settings.cadangan.as_ref().and_then(|plan| plan.tempat.as_deref()) {
        look("Tempat kedua cadangan", place);
    }
    if let praja_server::Tls::Files { sertifikat, kunci } = &settings.tls {
        look("Sertifikat", sertifikat);
        look("Kunci sertifikat", kunci);
    }
    gone
}

fn all(config: &Path) -> Result<Vec<Shown>> {
    let read = |path: &Path| -> Result<Value> {
        let text = fs::read_to_string(path).with_context(|| format!("{} tidak dapat dibaca.", path.display()))?;
        praja_server::read_settings_text(&text).map_err(|error| {
            let reason = settings_reason(&error.to_string());
            Obstacle::BrokenSettings { path: path.to_path_buf(), reason }.into()
        })
    };
    let over = overlay_of(config);
    let overlay = if over.exists() { read(&over)? } else { Value::Null };
    let merged = praja_server::merged(read(config)?, overlay.clone());
    let mut shown = Vec::new();
    flatten("", &merged, &mut |name, value| {
        let local = name.split('.').try_fold(&overlay, |value, part| value.get(part)).is_some();
        let asal = if local { "praja.local.yaml" } else { "praja.yaml" };
        shown.push(Shown { kunci: name.to_owned(), nilai: shown_value(name, value), asal });
    });
    Ok(shown)
}

fn flatten(name: &str, value: &Value, take: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                let below = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                flatten(&below, value, take);
            }
        }
        value => take(name, value),
    }
}

/// A value as it is shown. Keys of a name that sounds like a secret are hidden even where no setting of that name is known.
fn shown_value(name: &str, value: &Value) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let secret = ["sandi", "password", "rahasia", "token"].iter().any(|word| last.contains(word));
    match value {
        _ if secret => "***".to_owned(),
        Value::String(text) => without_password(text),
        Value::Array(all) => all.iter().map(|one| shown_value(name, one)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn typed_value(known: &KeyInfo, text: &str) -> Result<Value, String> {
    let text = text.trim();
    match known.kind {
        Kind::Text if text.is_empty() => Err(format!("Nilai {} belum disebut.", known.name)),
        Kind::Text => Ok(Value::from(text)),
        Kind::Number => {
            text.parse::<u64>().map(Value::from).map_err(|_| format!("{} ditulis sebagai bilangan, misalnya 14.", known.name))
        }
        Kind::Flag => match text {
            "true" | "ya" => Ok(Value::from(true)),
            "false" | "tidak" => Ok(Value::from(false)),
            _ => Err(format!("{} ditulis ya atau tidak.", known.name)),
        },
        Kind::List => {
            let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
            let words = inside.split(',').map(|word| word.trim().trim_matches(['"', '\''])).filter(|word| !word.is_empty());
            Ok(words.map(Value::from).collect())
        }
    }
}
