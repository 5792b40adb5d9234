//! `praja assess`: measures, judges, advises, and writes it down for an agreement. Changes nothing but the files it is asked to write.

mod html;
mod interrupt;
mod offices;
mod pdf;
mod question;
mod show;

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;
use praja_deploy::{
    Advice, Capacity, Catalogue, DEFAULT_PORT, EXAMPLE, Finding, LocalFiles, Machine, Needs, Obstacle, Office, Recommendation,
    Survey, Target, Told, advice, capacity, decide, judge, office_findings, read_settings, survey, typed, worst,
};
use praja_kernel::{Moment, Zona, tanggal_panjang};
use serde::Serialize;

use interrupt::Interrupt;

use crate::{
    box_::ServerBox,
    cli::AssessOptions,
    embedded,
    exit::{self, Code},
    served::module_list,
    terminal::{Terminal, seconds},
};

/// An assessment, as `--json` writes it. The keys are a promise: docs/json.md.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// Version of the program that judged.
    praja: &'static str,
    /// When the machine was measured.
    measured_at: Moment,
    /// What was measured and said.
    facts: Survey,
    /// Each check's finding.
    findings: Vec<Finding>,
    /// How many people, for how long; nothing when the processor was not measured.
    capacity: Option<Capacity>,
    /// Profile, modules, stages.
    recommendation: Recommendation,
    /// What to do before, after, and what to buy.
    advice: Advice,
    /// What each office's line allows.
    offices: Vec<Office>,
}

/// Measures this machine (or reads what was measured), and tells what follows.
pub(crate) fn run(options: &AssessOptions, terminal: &Terminal) -> Result<Code> {
    if options.sites_contoh {
        terminal.text(EXAMPLE.trim_end());
        return Ok(exit::OK);
    }
    let address = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), options.port.unwrap_or(DEFAULT_PORT));
    let target = Target { root: options.root.clone(), address, build: embedded::build(), glibc: embedded::GLIBC };
    terminal.title(&format!("Praja {}: menilai mesin dan jaringan", env!("CARGO_PKG_VERSION")));
    let sites = offices::read(options, terminal)?;
    let (seen, zona) = seen(options)?;
    let (known, before) = match &options.facts {
        Some(path) => {
            let (survey, offices) = read(path)?;
            (Some(said(options, survey)), offices)
        }
        None => (None, Vec::new()),
    };
    let needs = if known.is_some() { Needs::default() } else { question::needs(options, terminal)? };
    let (stop, began) = (Interrupt::listen()?, Instant::now());
    let survey = known.unwrap_or_else(|| {
        let pause = terminal.wait("Mengukur prosesor, disk, sistem dan jaringan");
        let found = survey(&Machine, &target, needs, options.quick, &|| stop.asked());
        pause.end();
        found
    });
    let zona = zona.unwrap_or_else(|| zone_of(&survey.facts.time_zone));
    let offices = match (sites.is_empty() && seen.is_empty(), before) {
        (true, before) => before,
        (false, _) => offices::measure(options, &sites, seen, zona, &stop, terminal)?,
    };
    let report = report(survey, offices, &target)?;
    show::report(&report, zona, terminal);
    terminal.fact("Lama penilaian", &seconds(began.elapsed()));
    write(options, &report, zona, terminal)?;
    if stop.asked() {
        terminal.paragraph("Penilaian dihentikan; yang sudah diukur ada di atas.");
    }
    terminal.next(&if stop.asked() { again(options) } else { next(options, &report) });
    Ok(Code::of(worst(&report.findings)))
}

/// What officers measured, from the installation that was named, with its zone.
fn seen(options: &AssessOptions) -> Result<(Vec<Told>, Option<Zona>)> {
    let Some(config) = &options.config else { return Ok((Vec::new(), None)) };
    let settings = read_settings(&LocalFiles, config)?;
    Ok((ServerBox::new(config.clone()).measured_lines()?, Some(Zona::of_region(&settings.wilayah.kode))))
}

/// The zone of a machine that is set to one of Indonesia's; servers that run on another are read as WIB.
fn zone_of(name: &str) -> Zona {
    match name {
        "Asia/Makassar" | "Asia/Ujung_Pandang" => Zona::Wita,
        "Asia/Jayapura" => Zona::Wit,
        _ => Zona::Wib,
    }
}

fn report(survey: Survey, offices: Vec<Office>, target: &Target) -> Result<Report> {
    let mut findings = judge(&survey, target);
    findings.extend(office_findings(&offices));
    let catalogue = Catalogue::parse(embedded::templates().text("katalog.yaml")?)?;
    let held: Vec<String> = module_list().into_iter().map(|module| module.id).collect();
    let recommendation = decide(&survey, &findings, &catalogue, &held);
    Ok(Report {
        praja: env!("CARGO_PKG_VERSION"),
        measured_at: survey.facts.clock,
        capacity: capacity(&survey),
        advice: advice(&findings, &recommendation),
        recommendation,
        findings,
        facts: survey,
        offices,
    })
}

/// What was said on the command line; what was not, stays.
fn needs(options: &AssessOptions, known: Needs) -> Needs {
    Needs {
        officers: options.pegawai.unwrap_or(known.officers),
        letters_a_day: options.surat.unwrap_or(known.letters_a_day),
        permits_a_month: options.izin.unwrap_or(known.permits_a_month),
        administrators: options.pengelola.unwrap_or(known.administrators),
        ups: options.ups.map(Into::into).or(known.ups),
        second_copy: options.salinan_kedua.map(Into::into).or(known.second_copy),
        name: options.nama.clone().or(known.name),
    }
}

fn said(options: &AssessOptions, survey: Survey) -> Survey {
    Survey { needs: needs(options, survey.needs), facts: survey.facts, ..survey }
}

/// Reads what `--json` wrote, or the measured part of it alone.
fn read(path: &Path) -> Result<(Survey, Vec<Office>)> {
    let text = fs::read_to_string(path).map_err(|source| Obstacle::File { path: path.to_path_buf(), act: "dibaca", source })?;
    let broken = |error: serde_json::Error| Obstacle::BrokenSettings { path: path.to_path_buf(), reason: error.to_string() };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(broken)?;
    let offices = value.get("offices").cloned().map(serde_json::from_value).transpose().map_err(broken)?.unwrap_or_default();
    let facts = value.get("findings").and_then(|_| value.get("facts")).cloned().unwrap_or(value);
    Ok((serde_json::from_value(facts).map_err(broken)?, offices))
}

fn write(options: &AssessOptions, report: &Report, zona: Zona, terminal: &Terminal) -> Result<()> {
    let save = |path: &PathBuf, text: &[u8]| {
        fs::write(path, text).map_err(|source| Obstacle::File { path: path.clone(), act: "ditulis", source })
    };
    if let Some(path) = &options.json {
        save(path, serde_json::to_string_pretty(report)?.as_bytes())?;
        terminal.fact("Hasil JSON", &path.display().to_string());
    }
    if let Some(path) = &options.html {
        save(path, html::page(report, zona).into_string().as_bytes())?;
        terminal.fact("Laporan", &path.display().to_string());
    }
    if let Some(path) = &options.pdf {
        save(path, &pdf::file(report, zona)?)?;
        terminal.fact("Laporan PDF", &path.display().to_string());
    }
    Ok(())
}

/// The very next command: what blocks is looked at again, what does not is tried.
fn next(options: &AssessOptions, report: &Report) -> String {
    let whole = report.facts.unmeasured.is_empty();
    if report.advice.before.is_empty() && whole { options.again() } else { again(options) }
}

/// The assessment once more; a watch goes on.
fn again(options: &AssessOptions) -> String {
    let mut command = format!("praja assess --root {}", typed(&options.root));
    for (flag, path) in [("--sites", &options.sites), ("--watch-file", &options.watch_file), ("--config", &options.config)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", typed(path)));
        }
    }
    if let Some(span) = options.watch {
        command.push_str(&format!(" --watch {span}"));
    }
    command
}

/// "25 November 2026" in the zone of the capital, as documents between regencies are dated.
fn day(at: Moment) -> String {
    tanggal_panjang(Zona::Wib.date(at))
}
