//! The assessment as PDF, with the same parts as the page in `html.rs`.

use anyhow::{Result, anyhow};
use praja_kernel::Zona;

use super::Report;

/// The report as a file for the annex of an agreement.
#[cfg(feature = "documents")]
pub(super) fn file(report: &Report, zona: Zona) -> Result<Vec<u8>> {
    use praja_module::documents::{ASSESSMENT, Documents, Drawing};
    let drawing = Drawing::new(ASSESSMENT, parts::data(report, zona), Zona::Wib.date(report.measured_at));
    let done = praja_documents::Drawer::in_here(false).draw(&drawing);
    Ok(done.map_err(|error| anyhow!("{error}"))?.pdf)
}

/// A program without the typesetter.
#[cfg(not(feature = "documents"))]
pub(super) fn file(_: &Report, _: Zona) -> Result<Vec<u8>> {
    Err(anyhow!("{} Laporan yang sama dapat ditulis dengan --html.", praja_module::documents::DrawError::absent()))
}

#[cfg(feature = "documents")]
mod parts {
    use praja_deploy::{Finding, Office, Severity, number};
    use praja_kernel::Zona;
    use serde_json::{Value, json};

    use super::super::{
        Report, day,
        show::{measured, ms},
    };

    const STATES: [(Severity, &str); 4] = [
        (Severity::Info, "info"),
        (Severity::Peringatan, "peringatan"),
        (Severity::WajibDisetujui, "setujui"),
        (Severity::Blokir, "blokir"),
    ];

    pub(super) fn data(report: &Report, zona: Zona) -> Value {
        let survey = &report.facts;
        let host = survey.network.host_name.as_str();
        let mesin = if host.is_empty() { "tanpa nama" } else { host };
        json!({
            "judul": "Penilaian mesin dan jaringan",
            "mesin": format!("Mesin {mesin}, diukur {}", day(report.measured_at)),
            "pengantar": format!("Diukur {} dengan Praja {} pada mesin {mesin}.", day(report.measured_at), report.praja),
            "putusan": report.advice.decision,
            "rincian": facts(report),
            "daftar": lists(report),
            "kantor": report.offices.iter().map(|one| office(one, zona)).collect::<Vec<_>>(),
            "kelompok": groups(&report.findings),
            "alasan": report.recommendation.reasons,
            "tahap": report.recommendation.stages.iter().map(|stage| json!({
                "judul": stage.title,
                "butir": stage.systems.iter().map(|system| json!([system.nama, system.reason])).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "pemeriksaan": report.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }

    fn facts(report: &Report) -> Vec<Value> {
        let needs = &report.facts.needs;
        let able = report.capacity.as_ref().map_or_else(
            || "belum diukur".to_owned(),
            |capacity| format!("{} pegawai, dibatasi {}", number(capacity.officers), capacity.bound),
        );
        let asked = format!(
            "{} pegawai, {} surat sehari, {} permohonan izin sebulan",
            number(u64::from(needs.officers)),
            number(u64::from(needs.letters_a_day)),
            number(u64::from(needs.permits_a_month))
        );
        let mut all = vec![
            json!(["Profil", report.recommendation.profil.to_string()]),
            json!(["Sanggup melayani", able]),
            json!(["Diminta", asked]),
        ];
        if let Some(years) = report.capacity.as_ref().and_then(|capacity| capacity.years) {
            let enough = if years < 1 { "kurang dari setahun".to_owned() } else { format!("{years} tahun") };
            all.push(json!(["Disk cukup untuk", enough]));
        }
        all
    }

    fn lists(report: &Report) -> Vec<Value> {
        let missing = report.recommendation.cluster.as_ref().map(|cluster| cluster.missing.as_slice()).unwrap_or_default();
        [
            ("Diperbaiki sebelum memasang", report.advice.before.as_slice()),
            ("Diperbaiki, atau disetujui secara tertulis", report.advice.accept.as_slice()),
            ("Daftar belanja", report.advice.shopping.as_slice()),
            ("Diperlukan untuk profil klaster", missing),
        ]
        .into_iter()
        .filter(|(_, items)| !items.is_empty())
        .map(|(judul, butir)| json!({ "judul": judul, "butir": butir }))
        .collect()
    }

    fn office(office: &Office, zona: Zona) -> Value {
        let answer = office.line.as_ref().and_then(|line| line.p95_us).max(office.seen.as_ref().map(|seen| seen.p95_us));
        json!({
            "nama": office.label(),
            "jalur": office.jalur.as_ref().map(ToString::to_string),
            "jawab": answer.map_or_else(|| "tidak ada jawaban".to_owned(), |us| format!("{} ms", ms(us))),
            "cara": office.way.as_ref().map_or("belum diukur", |way| way.cara.label()),
            "ukuran": measured(office, zona),
            "sebab": office.way.as_ref().map(|way| way.sebab.clone()).unwrap_or_default(),
        })
    }

    /// How many checks of each group are in which state; groups in the order in which they were looked at.
    fn groups(findings: &[Finding]) -> Vec<Value> {
        let mut names: Vec<&str> = Vec::new();
        for finding in findings {
            if !names.contains(&finding.group) {
                names.push(finding.group);
            }
        }
        let count = |name: &str, severity| findings.iter().filter(|one| one.group == name && one.severity == severity).count();
        names
            .into_iter()
            .map(|name| {
                let counts = STATES.map(|(severity, word)| (word, count(name, severity)));
                json!({ "nama": name, "jumlah": counts.iter().filter(|(_, count)| *count > 0).collect::<Vec<_>>() })
            })
            .collect()
    }

    fn finding(one: &Finding) -> Value {
        let state = STATES.iter().find(|(severity, _)| *severity == one.severity).map_or("info", |(_, word)| word);
        json!({
            "judul": one.title,
            "tanda": format!("{} · {}", one.group, one.id),
            "hasil": one.value,
            "batas": one.threshold,
            "sumber": one.source,
            "keadaan": state,
            "arti": one.meaning,
            "obat": one.remedy,
        })
    }
}
