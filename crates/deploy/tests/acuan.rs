//! Five reference servers and the decisions they must lead to, as a table; readers find the same table in the guide.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{fs, path::Path};

use common::{fine, target, templates};
use praja_deploy::{Catalogue, Fsync, Survey, advice, capacity, decide, judge, number, worst};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acuan {
    nama: String,
    inti: u32,
    putaran: u64,
    tercuri_permil: u32,
    memori_mib: u64,
    bebas_mib: u64,
    fsync_p99_us: u64,
    pegawai: u32,
    surat_sehari: u32,
    izin_sebulan: u32,
    ciri: Vec<String>,
    kode: u8,
    profil: String,
    sanggup: u64,
    batas: String,
    tahun: u64,
    eoffice: String,
    belanja: Vec<String>,
}

fn table() -> Vec<Acuan> {
    serde_yaml::from_str(include_str!("acuan.yaml")).unwrap()
}

fn survey(one: &Acuan) -> Survey {
    let mut survey = fine();
    survey.facts.cores = one.inti;
    survey.processor.rounds_per_ms = one.putaran;
    survey.processor.steal_permille = Some(one.tercuri_permil);
    let memory = survey.facts.memory.as_mut().unwrap();
    (memory.total_mib, memory.available_mib) = (one.memori_mib, one.memori_mib * 3 / 4);
    let space = survey.facts.space.as_mut().unwrap();
    (space.free_mib, space.total_mib) = (one.bebas_mib, one.bebas_mib * 4 / 3);
    survey.facts.fsync = Some(Fsync { p50_us: one.fsync_p99_us / 4, p99_us: one.fsync_p99_us, writes: 20 });
    survey.needs.officers = one.pegawai;
    survey.needs.letters_a_day = one.surat_sehari;
    survey.needs.permits_a_month = one.izin_sebulan;
    for ciri in &one.ciri {
        match ciri.as_str() {
            "disk berputar" => survey.disk.rotating = Some(true),
            "situs web" => survey.network.listening.extend([80, 443]),
            "tanpa UPS" => survey.needs.ups = Some(false),
            "tanpa salinan" => survey.needs.second_copy = Some(false),
            "tanpa nama" => survey.needs.name = None,
            other => panic!("{other}"),
        }
    }
    survey
}

#[test]
fn each_reference_server_leads_to_its_decision() {
    assert_eq!(table().len(), 5);
    let catalogue = Catalogue::parse(templates().text("katalog.yaml").unwrap()).unwrap();
    for one in table() {
        let survey = survey(&one);
        let findings = judge(&survey, &target(Path::new("/srv/praja")));
        let recommendation = decide(&survey, &findings, &catalogue, &["eoffice".to_owned()]);
        let advice = advice(&findings, &recommendation);
        let capacity = capacity(&survey).unwrap();
        let stage =
            recommendation.stages.iter().find(|stage| stage.systems.iter().any(|system| system.nama == "e-Office")).unwrap();
        let bad: Vec<_> =
            findings.iter().filter(|one| one.severity > praja_deploy::Severity::Info).map(|one| (one.id, one.severity)).collect();
        assert_eq!(worst(&findings).exit_code(), one.kode, "{}: {bad:?}", one.nama);
        assert_eq!(recommendation.profil.name(), one.profil, "{}", one.nama);
        assert_eq!(
            (capacity.officers, capacity.bound, capacity.years),
            (one.sanggup, one.batas.as_str(), Some(one.tahun)),
            "{}",
            one.nama
        );
        assert!(stage.title.ends_with(&one.eoffice), "{}: {}", one.nama, stage.title);
        assert_eq!(recommendation.modul, ["eoffice"], "{}: what is asked for may be agreed to", one.nama);
        assert_eq!(advice.shopping.len(), one.belanja.len(), "{}: {:?}", one.nama, advice.shopping);
        assert!(
            one.belanja.iter().all(|ware| advice.shopping.iter().any(|said| said.starts_with(ware))),
            "{}: {:?}",
            one.nama,
            advice.shopping
        );
        assert_eq!(recommendation.cluster.is_some(), one.profil == "klaster", "{}", one.nama);
    }
}

#[test]
fn the_guide_shows_the_same_decisions() {
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/panduan/kajian.md")).unwrap();
    for one in table() {
        let line = guide.lines().find(|line| line.starts_with(&format!("| {} |", one.nama)));
        let line = line.unwrap_or_else(|| panic!("{} is not in the guide", one.nama));
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let officers = format!("{} (dibatasi {})", number(one.sanggup), one.batas);
        let belanja = if one.belanja.is_empty() { "–".to_owned() } else { one.belanja.join(", ") };
        let said =
            [one.profil.clone(), officers, format!("{} tahun", one.tahun), one.eoffice.clone(), belanja, one.kode.to_string()];
        assert_eq!(cells[3..9], said.each_ref().map(String::as_str), "{}", one.nama);
    }
}
