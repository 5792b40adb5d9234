//! The page about backups.

use std::sync::Arc;

use praja_kernel::{Date, Moment, Zona};
use praja_module::{BackupCopy, BackupDrill, BackupFinding, BackupPlace, BackupPlan, BackupView, Backups, Standing};
use praja_testkit::{Kit, Page};

use crate::signed_in;

const PAGE: &str = "/identity/cadangan";
const HOUR_MS: i64 = 60 * 60 * 1000;

/// The hour of the kit.
fn now() -> Moment {
    Zona::Wib.at(Date::constant(2026, 11, 22).at(9, 0, 0, 0))
}

struct Known(Result<BackupView, String>);

impl Backups for Known {
    fn look(&self) -> Result<BackupView, String> {
        self.0.clone()
    }
}

fn copy(hours: i64, whole: Option<bool>) -> BackupCopy {
    let name = format!("praja-9901-{hours}.cadangan");
    BackupCopy { name, at: now().plus_ms(-hours * HOUR_MS), bytes: 3 * 1024 * 1024, release: "0.5.0".into(), whole }
}

fn view() -> BackupView {
    let place =
        |second, folder: &str, copies| BackupPlace { second, folder: folder.into(), reachable: true, same_disk: !second, copies };
    BackupView {
        plan: Some(BackupPlan { jam: "02:15".into(), simpan: 30 }),
        places: vec![
            place(false, "/srv/praja/data/cadangan", vec![copy(3, Some(true)), copy(27, None)]),
            place(true, "/mnt/cadangan", vec![copy(75, Some(false))]),
        ],
        drill: Some(BackupDrill {
            at: now().plus_ms(-50 * HOUR_MS),
            second: true,
            name: "praja-9901-75.cadangan".into(),
            rows: 12_345,
            files: 67,
            chains: 8,
            problems: Vec::new(),
        }),
        findings: vec![
            BackupFinding {
                title: "Cadangan terbaru".into(),
                standing: Standing::Well,
                value: "3 jam lalu".into(),
                meaning: String::new(),
                remedy: Vec::new(),
            },
            BackupFinding {
                title: "Salinan di tempat kedua".into(),
                standing: Standing::Look,
                value: "3 hari lalu".into(),
                meaning: "Bila disk ini rusak, cadangannya ikut hilang.".into(),
                remedy: vec!["Pasang disknya pada /mnt/cadangan".into()],
            },
        ],
        at: " --config /srv/praja/config/praja.yaml".into(),
    }
}

fn kit(known: Option<Result<BackupView, String>>) -> Kit {
    Kit::giving(&[], |ports| ports.backups = known.map(|known| Arc::new(Known(known)) as Arc<dyn Backups>))
}

fn shown(known: Option<Result<BackupView, String>>) -> Page {
    let page = signed_in(&kit(known), "superadmin").get(PAGE);
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

#[test]
fn the_page_tells_places_copies_the_rehearsal_and_only_what_is_ill_with_its_remedy() {
    let page = shown(Some(Ok(view())));
    for told in [
        "Cadangan terbaru dibuat 3 jam lalu; di tempat kedua ada yang dibuat 3 hari lalu.",
        "/srv/praja/data/cadangan",
        "/mnt/cadangan",
        "22 Nov 2026 06.00",
        "3,0 MiB",
        "Utuh",
        "Rusak",
        "Belum diperiksa",
        "Salinan di tempat kedua: 3 hari lalu",
        "Pasang disknya pada /mnt/cadangan",
        "Pulih utuh",
        "12.345",
        "dari tempat kedua",
        "02.15",
        "30 cadangan",
        "backup drill --config /srv/praja/config/praja.yaml",
    ] {
        assert!(page.says(told), "{told} is not told:\n{}", page.body);
    }
    assert!(!page.says("Cadangan terbaru: 3 jam lalu"), "what is well needs no notice");
}

#[test]
fn a_failed_rehearsal_says_what_went_wrong() {
    let mut view = view();
    if let Some(drill) = &mut view.drill {
        drill.problems = vec!["2 lampiran yang disebut data tidak ada dalam cadangan.".into()];
    }
    let page = shown(Some(Ok(view)));
    assert!(page.says("Gagal") && page.says("2 lampiran yang disebut data") && !page.says("Pulih utuh"), "{}", page.body);
}

#[test]
fn without_backups_without_an_answer_and_without_a_port_the_page_says_what_to_do() {
    let none = shown(Some(Ok(BackupView::default())));
    for told in ["Belum ada cadangan.", "Belum pernah.", "dengan sendirinya"] {
        assert!(none.says(told), "{told}: {}", none.body);
    }
    let silent = shown(Some(Err("Tempat kedua tidak menjawab.".into())));
    assert!(silent.says("tidak dapat dilihat") && silent.says("Tempat kedua tidak menjawab."), "{}", silent.body);
    assert!(shown(None).says("praja backup list"));
}

#[test]
fn only_the_superadmin_sees_where_backups_lie() {
    let kit = kit(Some(Ok(view())));
    for akun in ["staf", "admin-opd", "auditor", "bupati"] {
        assert_eq!(signed_in(&kit, akun).get(PAGE).status, 403, "{akun}");
    }
    assert!(signed_in(&kit, "superadmin").get("/identity/opd").says("href=\"/identity/cadangan\""), "the menu leads there");
}
