use super::*;

/// An installation at work in which nothing is amiss.
fn healthy() -> Health {
    Health {
        at: " --config /srv/praja/config/praja.yaml".into(),
        settings: None,
        service: Service {
            running: true,
            ready: true,
            address: "127.0.0.1:7321".into(),
            certificate_days: Some(60),
            free_mib: Some(50_000),
            free_inodes: Some(1_000_000),
            units_missing: Some(Vec::new()),
            word_processor: Some(true),
            ..Service::default()
        },
        data: Data {
            blobs_missing: Some(0),
            blobs_orphaned: Some(0),
            audit_problems: Some(0),
            anchor_days: Some(1),
            ..Data::default()
        },
        copies: Copies {
            needed: true,
            planned: true,
            newest_hours: Some(3),
            second: Some("/mnt/cadangan".into()),
            second_reachable: true,
            second_hours: Some(3),
            drill_days: Some(2),
            ..Copies::default()
        },
        care: Care::default(),
    }
}

type Fault = fn(&mut Health);

/// Every check with what flips it, and how grave that is.
const FAULTS: &[(&str, Severity, Fault)] = &[
    ("pengaturan", Severity::Blokir, |h| h.settings = Some("kunci \"warna\" tidak dikenal".into())),
    ("layanan", Severity::Peringatan, |h| (h.service.running, h.service.ready) = (false, false)),
    ("layanan", Severity::WajibDisetujui, |h| h.service.ready = false),
    ("porta-layanan", Severity::Blokir, |h| h.service.port_taken = true),
    ("unit", Severity::Peringatan, |h| h.service.units_missing = Some(vec!["praja-cadangan.timer".into()])),
    ("unit", Severity::Peringatan, |h| h.service.units_off = vec!["praja.service".into()]),
    ("sertifikat", Severity::Peringatan, |h| h.service.certificate_days = Some(20)),
    ("sertifikat", Severity::WajibDisetujui, |h| h.service.certificate_days = Some(7)),
    ("sertifikat", Severity::Blokir, |h| h.service.certificate_days = Some(-1)),
    ("sertifikat", Severity::Blokir, |h| h.service.certificate = Some("berkasnya tidak ada".into())),
    ("ruang-data", Severity::Peringatan, |h| h.service.free_mib = Some(2_047)),
    ("ruang-data", Severity::Blokir, |h| h.service.free_mib = Some(511)),
    ("berkas-data", Severity::Blokir, |h| h.service.free_inodes = Some(999)),
    ("jam-mesin", Severity::WajibDisetujui, |h| h.service.clock_behind_minutes = 6),
    ("jam-mesin", Severity::Blokir, |h| h.service.clock_before_build = true),
    ("administrator", Severity::Peringatan, |h| h.service.no_administrator = true),
    ("pengolah-kata", Severity::Info, |h| h.service.word_processor = Some(false)),
    ("basis-data", Severity::Blokir, |h| h.data.closed = Some("tidak menjawab".into())),
    ("migrasi", Severity::Peringatan, |h| h.data.migrations_missing = 1),
    ("pemulihan", Severity::Blokir, |h| h.data.restoring = true),
    ("lampiran-hilang", Severity::Blokir, |h| h.data.blobs_missing = Some(1)),
    ("lampiran-yatim", Severity::Peringatan, |h| h.data.blobs_orphaned = Some(100)),
    ("peristiwa-mati", Severity::Peringatan, |h| h.data.dead_letters = 1),
    ("pekerjaan-mati", Severity::Peringatan, |h| h.data.dead_jobs = 1),
    ("pekerjaan-menunggu", Severity::Peringatan, |h| h.data.waiting_jobs = 1_000),
    ("kiriman", Severity::Peringatan, |h| h.data.failed_notices = 1),
    ("jejak-audit", Severity::Blokir, |h| h.data.audit_problems = Some(1)),
    ("jangkar", Severity::Peringatan, |h| h.data.anchor_days = Some(9)),
    ("jangkar", Severity::Peringatan, |h| h.data.anchor_days = None),
    ("cadangan-terjadwal", Severity::Peringatan, |h| h.copies.planned = false),
    ("cadangan-umur", Severity::Peringatan, |h| h.copies.newest_hours = Some(27)),
    ("cadangan-umur", Severity::WajibDisetujui, |h| h.copies.newest_hours = None),
    ("cadangan-kedua", Severity::Peringatan, |h| h.copies.second_hours = Some(25)),
    ("cadangan-kedua", Severity::Peringatan, |h| h.copies.second = None),
    ("cadangan-kedua", Severity::Peringatan, |h| h.copies.second_reachable = false),
    ("cadangan-disk", Severity::Peringatan, |h| h.copies.second_same_disk = true),
    ("cadangan-rusak", Severity::WajibDisetujui, |h| h.copies.damaged = 1),
    ("latihan-pulih", Severity::Peringatan, |h| h.copies.drill_days = Some(9)),
    ("latihan-pulih", Severity::WajibDisetujui, |h| h.copies.drill_trouble = Some("terpotong".into())),
    ("kunci", Severity::Blokir, |h| h.care.keys = Some("berkasnya tidak ada".into())),
    ("izin-berkas", Severity::WajibDisetujui, |h| h.care.open_to_others = vec!["keys".into()]),
    ("folder-pemasangan", Severity::Peringatan, |h| h.care.folders_missing = vec!["logs".into()]),
    ("lembar-pemulihan", Severity::Peringatan, |h| h.care.sheet_lies = true),
    ("pemasangan", Severity::Peringatan, |h| h.care.steps_unfinished = vec!["kunci".into()]),
    ("sisa-kerja", Severity::Peringatan, |h| h.care.left_behind = 1),
];

#[test]
fn a_healthy_installation_has_nothing_to_tell() {
    let told: Vec<_> = examine(&healthy()).into_iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn each_fault_flips_its_check_and_says_what_to_do() {
    for (id, severity, fault) in FAULTS {
        let mut health = healthy();
        fault(&mut health);
        let findings = examine(&health);
        let found = findings.iter().find(|finding| finding.id == *id).unwrap();
        assert_eq!(found.severity, *severity, "{id}: {found:?}");
        assert!(!examine(&healthy()).contains(found), "{id} is told as if nothing were amiss");
        assert!(!found.meaning.is_empty() && !found.remedy.is_empty(), "{id}: {found:?}");
        let beside = findings.iter().filter(|finding| finding.id != *id && finding.severity != Severity::Info);
        // A second place that is not named cannot be on the wrong disk, but the schedule goes with the settings.
        assert_eq!(beside.map(|finding| finding.id).collect::<Vec<_>>(), Vec::<&str>::new(), "{id}");
    }
}

#[test]
fn every_check_has_a_fault_but_the_release_that_only_tells() {
    let flipped: Vec<&str> = FAULTS.iter().map(|(id, ..)| *id).collect();
    for finding in examine(&healthy()) {
        assert!(flipped.contains(&finding.id) || finding.id == "rilis", "{} is flipped by no test", finding.id);
    }
}

#[test]
fn a_trial_is_not_asked_for_backups() {
    let mut trial = healthy();
    trial.copies = Copies::default();
    trial.care.sheet_lies = true;
    let told: Vec<_> = examine(&trial).into_iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn a_remedy_names_the_installation_it_is_for() {
    let mut health = healthy();
    health.copies.newest_hours = None;
    let findings = examine(&health);
    let found = findings.iter().find(|finding| finding.id == "cadangan-umur").unwrap();
    assert!(found.remedy[0].ends_with("praja backup create --scheduled --config /srv/praja/config/praja.yaml"));
}
