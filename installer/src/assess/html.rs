//! The assessment on paper: one file without anything from outside, for the annex of an agreement.

use maud::{Markup, html};
use praja_deploy::{Finding, Office, Severity, number};
use praja_kernel::{CaraKerja, Zona};

use super::{
    Report, day,
    show::{measured, ms},
};
use crate::paper;

const STYLE: &str = include_str!("laporan.css");
/// Width of the longest bar, in units of the picture.
const BAR: usize = 360;
/// Where bars begin.
const LABEL: usize = 90;

/// The report as a page that prints on A4.
pub(super) fn page(report: &Report, zona: Zona) -> Markup {
    let survey = &report.facts;
    let body = html! {
        header {
            p.kecil { "Lampiran perjanjian penerapan Praja" }
            h1 { "Penilaian mesin dan jaringan" }
            p { "Diukur " (day(report.measured_at)) " dengan Praja " (report.praja) " pada mesin "
                strong { @if survey.network.host_name.is_empty() { "tanpa nama" } @else { (survey.network.host_name) } } "." }
        }
        section {
            h2 { "Keputusan" }
            p.keputusan { (report.advice.decision) }
            dl {
                dt { "Profil" } dd { (report.recommendation.profil) }
                dt { "Sanggup melayani" }
                dd {
                    @match &report.capacity {
                        Some(capacity) => { (number(capacity.officers)) " pegawai, dibatasi " (capacity.bound) }
                        None => "belum diukur",
                    }
                }
                dt { "Diminta" } dd { (number(u64::from(survey.needs.officers))) " pegawai, "
                    (number(u64::from(survey.needs.letters_a_day))) " surat sehari, "
                    (number(u64::from(survey.needs.permits_a_month))) " permohonan izin sebulan" }
                @if let Some(years) = report.capacity.and_then(|capacity| capacity.years) {
                    dt { "Disk cukup untuk" } dd { @if years < 1 { "kurang dari setahun" } @else { (years) " tahun" } }
                }
            }
            (list("Diperbaiki sebelum memasang", &report.advice.before))
            (list("Diperbaiki, atau disetujui secara tertulis", &report.advice.accept))
            (list("Daftar belanja", &report.advice.shopping))
        }
        @if !report.offices.is_empty() { section { h2 { "Kantor dan cara kerjanya" } (offices(&report.offices, zona)) } }
        section { h2 { "Hasil menurut kelompok" } (chart(&report.findings)) }
        section {
            h2 { "Tahap penerapan" }
            @for reason in &report.recommendation.reasons { p { (reason) } }
            @for stage in &report.recommendation.stages {
                h3 { (stage.title) }
                ul { @for system in &stage.systems { li { strong { (system.nama) } ": " (system.reason) } } }
            }
            @if let Some(cluster) = &report.recommendation.cluster { (list("Diperlukan untuk profil klaster", &cluster.missing)) }
        }
        section { h2 { "Semua pemeriksaan" } (table(&report.findings)) }
        section.tanda {
            @for side in ["Yang menilai,", "Yang menyetujui,"] {
                div { p { (side) } div.ruang {} p.garis { "Nama:" } p { "NIP:" } }
            }
        }
    };
    paper::page("Penilaian mesin dan jaringan", STYLE, body)
}

/// Each office with its way of working, and a bar of how long an answer takes: the longest bar is the slowest office.
fn offices(offices: &[Office], zona: Zona) -> Markup {
    let answer =
        |office: &Office| office.line.as_ref().and_then(|line| line.p95_us).max(office.seen.as_ref().map(|seen| seen.p95_us));
    let most = offices.iter().filter_map(answer).max().unwrap_or(1).max(1);
    let count = |cara| offices.iter().filter(|office| office.way.as_ref().is_some_and(|way| way.cara == cara)).count();
    html! {
        dl { @for cara in CaraKerja::ALL.iter().copied().filter(|cara| count(*cara) > 0) {
            dt { (cara.label()) } dd { (count(cara)) " kantor. " (cara.artinya()) }
        } }
        table {
            thead { tr { th { "Kantor" } th { "Jawaban paling lambat" } th { "Cara kerja" } } }
            tbody { @for office in offices {
                tr {
                    td { (office.label()) @if let Some(jalur) = &office.jalur { div.kecil { (jalur) } } }
                    td {
                        @match answer(office) {
                            Some(us) => {
                                (ms(us)) " ms"
                                svg.batang viewBox="0 0 120 8" aria-hidden="true" { rect x="0" y="1" height="6" width=((us * 120 / most).max(1)) class="info" {} }
                            }
                            None => "tidak ada jawaban",
                        }
                    }
                    td { @match &office.way { Some(way) => strong { (way.cara.label()) }, None => "belum diukur" } }
                }
                tr.arti { td colspan="3" {
                    @for line in measured(office, zona) { div { (line) } }
                    @if let Some(way) = office.way.as_ref().filter(|way| !way.sebab.is_empty()) { ul { @for sebab in &way.sebab { li { (sebab) } } } }
                } }
            } }
        }
    }
}

fn list(title: &str, items: &[String]) -> Markup {
    html! { @if !items.is_empty() { h3 { (title) } ul { @for item in items { li { (item) } } } } }
}

/// Bars of how many checks are in which state, a group each; the numbers stand beside them.
fn chart(findings: &[Finding]) -> Markup {
    let mut groups: Vec<&str> = Vec::new();
    for finding in findings {
        if !groups.contains(&finding.group) {
            groups.push(finding.group);
        }
    }
    let states = [
        (Severity::Info, "info", "Baik"),
        (Severity::Peringatan, "peringatan", "Peringatan"),
        (Severity::WajibDisetujui, "setujui", "Perlu disetujui"),
        (Severity::Blokir, "blokir", "Blokir"),
    ];
    let count = |group: &str, severity| findings.iter().filter(|one| one.group == group && one.severity == severity).count();
    let most = groups.iter().map(|group| findings.iter().filter(|one| one.group == *group).count()).max().unwrap_or(1).max(1);
    let bars = |group: &str| {
        let mut x = LABEL;
        let mut bars = Vec::new();
        for (severity, class, _) in states {
            let count = count(group, severity);
            if count > 0 {
                bars.push((x, count, class));
                x += count * BAR / most;
            }
        }
        bars
    };
    html! {
        svg viewBox=(format!("0 0 520 {}", groups.len() * 26 + 4)) role="img" aria-label="Banyaknya pemeriksaan menurut kelompok dan keadaan" {
            @for (row, group) in groups.iter().enumerate() {
                @let y = row * 26 + 2;
                text x="0" y=(y + 15) { (group) }
                @for (x, count, class) in bars(group) {
                    rect x=(x) y=(y) width=((count * BAR / most).saturating_sub(2)) height="20" class=(class) {}
                    text x=(x + 5) y=(y + 15) { (count) }
                }
            }
        }
        p.kecil { @for (_, class, name) in states { span class=(format!("kotak {class}")) {} " " (name) " " } }
    }
}

fn table(findings: &[Finding]) -> Markup {
    html! {
        table {
            thead { tr { th { "Pemeriksaan" } th { "Hasil" } th { "Batas dan sumbernya" } th { "Keadaan" } } }
            tbody {
                @for finding in findings {
                    tr {
                        td { (finding.title) div.kecil { (finding.group) " · " (finding.id) } }
                        td { (finding.value) }
                        td { (finding.threshold) div.kecil { (finding.source) } }
                        td { span class=(format!("keadaan {}", class(finding.severity))) { (word(finding.severity)) } }
                    }
                    @if !finding.meaning.is_empty() {
                        tr.arti { td colspan="4" { (finding.meaning) ul { @for act in &finding.remedy { li { (act) } } } } }
                    }
                }
            }
        }
    }
}

const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Peringatan => "peringatan",
        Severity::WajibDisetujui => "setujui",
        Severity::Blokir => "blokir",
    }
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Baik",
        Severity::Peringatan => "Peringatan",
        Severity::WajibDisetujui => "Perlu disetujui",
        Severity::Blokir => "Blokir",
    }
}
