//! `praja assess`: measures, judges, advises, and writes it down for an agreement. Changes nothing but the files it is asked to write.

mod html;

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::Result;
use praja_deploy::{
    Advice, Capacity, Catalogue, DEFAULT_PORT, Finding, Machine, Needs, Obstacle, Recommendation, Survey, Target, advice,
    capacity, judge, number, recommend, survey, typed, worst,
};
use praja_kernel::{Moment, Zona, tanggal_panjang};
use serde::Serialize;

use crate::{
    cli::AssessOptions,
    embedded,
    exit::Code,
    served::module_list,
    terminal::{Terminal, seconds},
    try_::show,
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
    /// How many people, for how long.
    capacity: Capacity,
    /// Profile, modules, stages.
    recommendation: Recommendation,
    /// What to do before, after, and what to buy.
    advice: Advice,
}

/// Measures this machine (or reads what was measured), and tells what follows.
pub(crate) fn run(options: &AssessOptions, terminal: &Terminal) -> Result<Code> {
    let address = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), options.port.unwrap_or(DEFAULT_PORT));
    let target = Target { root: options.root.clone(), address, build: embedded::build(), glibc: embedded::GLIBC };
    terminal.title(&format!("Praja {}: menilai mesin dan jaringan", env!("CARGO_PKG_VERSION")));
    let began = Instant::now();
    let survey = match &options.facts {
        Some(path) => said(options, read(path)?),
        None => {
            let pause = terminal.wait("Mengukur prosesor, disk, sistem dan jaringan");
            let survey = survey(&Machine, &target, needs(options, Needs::default()), options.quick);
            pause.end();
            survey
        }
    };
    let report = report(survey, &target)?;
    show::findings(&report.findings, false, terminal);
    say(&report, terminal);
    terminal.fact("Lama penilaian", &seconds(began.elapsed()));
    write(options, &report, terminal)?;
    terminal.next(&next(options, &report));
    Ok(Code::of(worst(&report.findings)))
}

fn report(survey: Survey, target: &Target) -> Result<Report> {
    let findings = judge(&survey, target);
    let catalogue = Catalogue::parse(embedded::templates().text("katalog.yaml")?)?;
    let held: Vec<String> = module_list().into_iter().map(|module| module.id).collect();
    Ok(Report {
        praja: env!("CARGO_PKG_VERSION"),
        measured_at: survey.facts.clock,
        capacity: capacity(&survey),
        recommendation: recommend(&survey.facts, &catalogue, &held),
        advice: advice(&findings),
        findings,
        facts: survey,
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
fn read(path: &Path) -> Result<Survey> {
    let text = fs::read_to_string(path).map_err(|source| Obstacle::File { path: path.to_path_buf(), act: "dibaca", source })?;
    let broken = |error: serde_json::Error| Obstacle::BrokenSettings { path: path.to_path_buf(), reason: error.to_string() };
    let value: serde_json::Value = serde_json::from_str(&text).map_err(broken)?;
    let facts = value.get("findings").and_then(|_| value.get("facts")).cloned().unwrap_or(value);
    Ok(serde_json::from_value(facts).map_err(broken)?)
}

fn say(report: &Report, terminal: &Terminal) {
    terminal.heading("Keputusan");
    terminal.paragraph(&report.advice.decision);
    let capacity = &report.capacity;
    let people = format!("{} pegawai (dibatasi {})", number(capacity.officers), capacity.bound);
    terminal.fact("Sanggup melayani", &people);
    if let Some(years) = capacity.years {
        terminal.fact("Disk cukup untuk", &if years < 1 { "kurang dari setahun".to_owned() } else { format!("{years} tahun") });
    }
    for (title, items) in [
        ("Perbaiki sebelum memasang", &report.advice.before),
        ("Perbaiki, atau setujui secara tertulis", &report.advice.accept),
        ("Perbaiki sambil berjalan", &report.advice.later),
        ("Daftar belanja", &report.advice.shopping),
    ] {
        if !items.is_empty() {
            terminal.text("");
            terminal.paragraph(&format!("{title}:"));
            items.iter().for_each(|item| terminal.item(item));
        }
    }
    show::recommendation(&report.recommendation, false, terminal);
    terminal.heading("Ringkasan");
}

fn write(options: &AssessOptions, report: &Report, terminal: &Terminal) -> Result<()> {
    let save = |path: &PathBuf, text: String| {
        fs::write(path, text).map_err(|source| Obstacle::File { path: path.clone(), act: "ditulis", source })
    };
    if let Some(path) = &options.json {
        save(path, serde_json::to_string_pretty(report)?)?;
        terminal.fact("Hasil JSON", &path.display().to_string());
    }
    if let Some(path) = &options.html {
        save(path, html::page(report).into_string())?;
        terminal.fact("Laporan", &path.display().to_string());
    }
    Ok(())
}

/// The very next command: what blocks is looked at again, what does not is tried.
fn next(options: &AssessOptions, report: &Report) -> String {
    if report.advice.before.is_empty() {
        return options.again();
    }
    format!("praja assess --root {}", typed(&options.root))
}

/// "25 November 2026" in the zone of the capital, as documents between regencies are dated.
fn day(at: Moment) -> String {
    tanggal_panjang(Zona::Wib.date(at))
}
