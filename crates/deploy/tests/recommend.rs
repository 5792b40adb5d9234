//! What is advised for a machine, from the product's own catalogue.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use common::{good, templates};
use praja_deploy::{Bentuk, Catalogue, Facts, Memory, Profil, Space, recommend};

fn catalogue() -> Catalogue {
    Catalogue::parse(templates().text("katalog.yaml").unwrap()).unwrap()
}

fn machine(cores: u32, total_mib: u64, free_mib: u64) -> Facts {
    let memory = Some(Memory { total_mib, available_mib: total_mib });
    Facts { cores, memory, space: Some(Space { total_mib: free_mib, free_mib, free_inodes: None, noexec: false }), ..good() }
}

#[test]
fn the_catalogue_holds_the_nineteen_systems() {
    let mut numbers: Vec<_> = catalogue().sistem.iter().map(|row| row.nomor).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=19).collect::<Vec<_>>());
    assert!(catalogue().sistem.iter().all(|row| !row.asal.is_empty() && row.alasan.ends_with('.')));
}

#[test]
fn the_profile_is_the_largest_that_fits() {
    let cases = [
        (machine(1, 960, 9_800), Profil::Mini),
        (machine(2, 3_900, 39_000), Profil::Standar),
        (machine(4, 7_900, 99_000), Profil::Penuh),
        (machine(4, 7_900, 39_000), Profil::Standar),
        (machine(8, 16_000, 9_800), Profil::Mini),
        (machine(1, 400, 3_000), Profil::Mini),
    ];
    for (facts, profil) in cases {
        let advice = recommend(&facts, &catalogue(), &[]);
        assert_eq!(advice.profil, profil, "{:?}", advice.reasons);
        assert!(!advice.reasons.is_empty());
    }
}

#[test]
fn only_modules_that_the_program_holds_are_switched_on() {
    let advice = recommend(&machine(2, 3_900, 39_000), &catalogue(), &["eoffice".into()]);
    assert_eq!(advice.modul, ["eoffice"]);
    let listed: usize = advice.stages.iter().map(|stage| stage.systems.len()).sum();
    assert_eq!(listed, 19);
    assert!(advice.stages.iter().all(|stage| !stage.systems.is_empty()));
}

#[test]
fn a_module_too_large_for_the_machine_waits() {
    let held = ["eoffice".to_owned(), "eplanning".to_owned()];
    let advice = recommend(&machine(1, 960, 9_800), &catalogue(), &held);
    assert_eq!(advice.modul, ["eoffice"]);
    let waiting = advice.stages.iter().find(|stage| stage.title == "Tahap 2, sesudah dibeli").unwrap();
    assert_eq!(waiting.systems[0].nama, "e-Planning");
    assert!(waiting.systems[0].reason.contains("profil standar"));
    assert_eq!(
        waiting.systems[0].buy,
        ["Mesin dengan 2 inti atau lebih", "Memori menjadi 4 GB atau lebih", "SSD 240 GB untuk folder data"]
    );
    assert!(waiting.systems[0].buy.iter().all(|ware| waiting.systems[0].reason.contains(ware)));
}

#[test]
fn a_catalogue_that_contradicts_itself_is_refused() {
    let row = "nama: x\n    uraian: x\n    asal: [x]\n    profil: mini\n    alasan: x.";
    let twice = format!("sistem:\n  - nomor: 1\n    bentuk: bawaan\n    {row}\n  - nomor: 1\n    bentuk: bawaan\n    {row}\n");
    assert!(Catalogue::parse(&twice).unwrap_err().to_string().contains("dua kali"));
    let nameless = format!("sistem:\n  - nomor: 1\n    bentuk: modul\n    {row}\n");
    assert!(Catalogue::parse(&nameless).unwrap_err().to_string().contains("bermodul"));
    assert!(Catalogue::parse("sistem: []\nlain: 1\n").is_err());
    assert!(catalogue().sistem.iter().any(|row| row.bentuk == Bentuk::Bawaan));
}
