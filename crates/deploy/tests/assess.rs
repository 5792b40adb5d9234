//! What a machine is measured to be, and how it is judged.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{io::ErrorKind, path::Path, time::Instant};

use common::{NOW, Pretend, good, target};
use praja_deploy::{Facts, Folder, Fsync, Machine, Port, Severity, Target, Version, assess, measure, worst};
use praja_kernel::Moment;

type Turn = fn(&mut Facts);

/// Each check with a change of the good machine that flips it, and the severity it then has.
const FLIPS: &[(&str, Severity, Turn)] = &[
    ("memori", Severity::WajibDisetujui, |facts| facts.memory.as_mut().unwrap().total_mib = 489),
    ("memori", Severity::Peringatan, |facts| facts.memory.as_mut().unwrap().total_mib = 899),
    ("memori-tersedia", Severity::Blokir, |facts| facts.memory.as_mut().unwrap().available_mib = 99),
    ("memori-tersedia", Severity::Peringatan, |facts| facts.memory.as_mut().unwrap().available_mib = 199),
    ("folder", Severity::Blokir, |facts| facts.folder = Folder::Refused { reason: "hanya dapat dibaca".into() }),
    ("ruang-disk", Severity::Blokir, |facts| facts.space.as_mut().unwrap().free_mib = 1_023),
    ("ruang-disk", Severity::Peringatan, |facts| facts.space.as_mut().unwrap().free_mib = 2_047),
    ("inode", Severity::Blokir, |facts| facts.space.as_mut().unwrap().free_inodes = Some(999)),
    ("inode", Severity::Peringatan, |facts| facts.space.as_mut().unwrap().free_inodes = Some(9_999)),
    ("noexec", Severity::Peringatan, |facts| facts.space.as_mut().unwrap().noexec = true),
    ("fsync", Severity::Peringatan, |facts| facts.fsync = Some(Fsync { p50_us: 1, p99_us: 25_001, writes: 9 })),
    ("fsync", Severity::WajibDisetujui, |facts| facts.fsync = Some(Fsync { p50_us: 1, p99_us: 100_001, writes: 9 })),
    ("porta", Severity::Blokir, |facts| facts.port = Port::Taken { next_free: Some(7_322) }),
    ("porta", Severity::Blokir, |facts| facts.port = Port::Refused { reason: "hanya untuk root".into() }),
    ("glibc", Severity::Blokir, |facts| facts.glibc = Some(Version(2, 4))),
    ("jam", Severity::Blokir, |facts| facts.clock = Moment(0)),
    ("jam", Severity::Blokir, |facts| facts.clock = Moment(NOW.ms() * 2)),
    ("berkas-terbuka", Severity::Blokir, |facts| facts.open_files = 255),
    ("berkas-terbuka", Severity::Peringatan, |facts| facts.open_files = 1_023),
    ("pengguna", Severity::Peringatan, |facts| facts.root = true),
];

#[test]
fn a_good_machine_has_nothing_to_worry_about() {
    let findings = assess(&good(), &target(Path::new("praja-box")));
    assert_eq!(worst(&findings), Severity::Info, "{findings:#?}");
    assert!(findings.iter().all(|finding| finding.remedy.is_empty() && finding.meaning.is_empty()));
}

#[test]
fn each_check_flips_alone_and_says_what_to_do() {
    for (id, severity, turn) in FLIPS {
        let mut facts = good();
        turn(&mut facts);
        let findings = assess(&facts, &target(Path::new("praja-box")));
        let flipped: Vec<_> = findings.iter().filter(|finding| finding.severity != Severity::Info).collect();
        assert_eq!(flipped.len(), 1, "{id}: {flipped:#?}");
        assert_eq!((flipped[0].id, flipped[0].severity), (*id, *severity));
        assert!(!flipped[0].meaning.is_empty() && !flipped[0].remedy.is_empty(), "{id} does not say what to do");
    }
}

#[test]
fn every_check_has_its_own_name_and_a_source() {
    let findings = assess(&good(), &target(Path::new("praja-box")));
    let mut ids: Vec<_> = findings.iter().map(|finding| finding.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), findings.len());
    assert!(
        findings.iter().all(|finding| !finding.source.is_empty() && !finding.value.is_empty() && !finding.threshold.is_empty())
    );
}

#[test]
fn a_program_that_carries_its_c_library_asks_for_none() {
    let old = Facts { glibc: Some(Version(2, 31)), ..good() };
    let own = Target { glibc: Version::NONE, ..target(Path::new("praja-box")) };
    let judged = |target: &Target| assess(&old, target).into_iter().find(|finding| finding.id == "glibc").unwrap();
    assert_eq!(judged(&target(Path::new("praja-box"))).severity, Severity::Blokir);
    let free = judged(&own);
    assert_eq!((free.severity, free.value.as_str(), free.threshold.as_str()), (Severity::Info, "2.31", "tidak diperlukan"));
}

#[test]
fn what_cannot_be_measured_does_not_block() {
    let facts = Facts { memory: None, space: None, fsync: None, glibc: None, ..good() };
    assert_eq!(worst(&assess(&facts, &target(Path::new("praja-box")))), Severity::Info);
}

#[test]
fn severities_have_the_exit_codes_of_an_assessment() {
    let all = [Severity::Info, Severity::Peringatan, Severity::WajibDisetujui, Severity::Blokir];
    assert_eq!(all.map(Severity::exit_code), [0, 10, 20, 30]);
    assert!(all.is_sorted());
}

#[test]
fn a_pretend_machine_is_measured_as_it_says() {
    let facts = measure(&Pretend::default(), &target(Path::new("praja-box")));
    let memory = facts.memory.unwrap();
    assert_eq!((memory.total_mib, memory.available_mib), (3_934, 3_000));
    assert_eq!(facts.distribution, "Debian GNU/Linux 12 (bookworm)");
    assert_eq!(facts.time_zone, "Asia/Jakarta");
    assert_eq!(facts.glibc, Some(Version(2, 36)));
    assert_eq!(facts.fsync, Some(Fsync { p50_us: 10_000, p99_us: 20_000, writes: 20 }));
    assert_eq!((facts.folder, facts.port), (Folder::Writable, Port::Free));
}

#[test]
fn a_container_with_a_limit_has_the_memory_of_its_limit() {
    let mut host = Pretend::default();
    host.files.insert("/sys/fs/cgroup/memory.max", "536870912\n".into());
    host.files.insert("/sys/fs/cgroup/memory.current", "104857600\n".into());
    let memory = measure(&host, &target(Path::new("praja-box"))).memory.unwrap();
    assert_eq!((memory.total_mib, memory.available_mib), (512, 412));
    host.files.insert("/sys/fs/cgroup/memory.max", "max\n".into());
    assert_eq!(measure(&host, &target(Path::new("praja-box"))).memory.unwrap().total_mib, 3_934);
}

#[test]
fn a_taken_port_names_the_next_free_one() {
    let host = Pretend { taken: vec![7_321, 7_322, 7_323], ..Pretend::default() };
    assert_eq!(measure(&host, &target(Path::new("praja-box"))).port, Port::Taken { next_free: Some(7_324) });
}

#[test]
fn a_folder_that_refuses_says_why() {
    let kinds = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem, ErrorKind::StorageFull, ErrorKind::Other];
    for kind in kinds {
        let host = Pretend { refuses: Some(kind), ..Pretend::default() };
        let facts = measure(&host, &target(Path::new("praja-box")));
        assert!(matches!(&facts.folder, Folder::Refused { reason } if reason.contains("/srv")), "{:?}", facts.folder);
        assert_eq!(facts.fsync, None);
    }
    let host = Pretend { existing_is_folder: false, ..Pretend::default() };
    assert!(
        matches!(measure(&host, &target(Path::new("x"))).folder, Folder::Refused { reason } if reason.contains("bukan folder"))
    );
}

#[test]
fn versions_of_the_c_library_are_read_from_either_program() {
    assert_eq!(Version::parse("glibc 2.36"), Some(Version(2, 36)));
    assert_eq!(Version::parse("ldd (Debian GLIBC 2.36-9+deb12u14) 2.36"), Some(Version(2, 36)));
    assert_eq!(Version::parse("ldd (Ubuntu GLIBC 2.31-0ubuntu9) 2.31"), Some(Version(2, 31)));
    assert_eq!(Version::parse("musl libc (x86_64)"), None);
    assert!(Version(2, 4) < Version(2, 36));
}

#[test]
fn this_machine_is_measured_within_a_second_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let facts = measure(&Machine, &target(&folder.path().join("not/yet/there")));
    assert!(began.elapsed().as_millis() < 1_000, "{:?}", began.elapsed());
    assert_eq!(facts.folder, Folder::Writable);
    assert!(facts.cores > 0 && facts.memory.is_some() && facts.space.is_some() && facts.fsync.is_some());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn facts_survive_the_way_through_a_file() {
    let facts = good();
    let text = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&text).unwrap(), facts);
}
