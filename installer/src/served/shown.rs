//! The backups for the page about them: the same places and the same judgement as `praja backup list` and `praja doctor`.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use praja_deploy::{Finding, Health, Severity, examine, typed};
use praja_module::{BackupCopy, BackupDrill, BackupFinding, BackupPlace, BackupPlan, BackupView, Backups, Standing};
use praja_store::Keyring;

use super::{Listed, Place, ServerBox, health::copied, machine};
use crate::{
    copies::{Drill, State},
    words,
};

/// A share whose machine is gone lets a reader wait for minutes; a page does not.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two looks whether another reader is served.
const PAUSE: Duration = Duration::from_millis(50);
/// The heading of what `praja doctor` judges of backups.
const GROUP: &str = "Cadangan";

/// Looks when somebody opens the page.
pub(super) struct Shown {
    config: PathBuf,
    /// Somebody looks already: no second thread is lost to a place that does not answer.
    waits: Arc<AtomicBool>,
}

impl Shown {
    pub(super) fn new(config: PathBuf) -> Self {
        Self { config, waits: Arc::default() }
    }
}

impl Backups for Shown {
    fn look(&self) -> Result<BackupView, String> {
        let silent = || {
            "Salah satu tempat cadangan tidak menjawab, mungkin folder jaringan yang terputus. Periksa dengan mount dan df, lalu buka lagi \
             halaman ini."
                .to_owned()
        };
        let began = Instant::now();
        while self.waits.swap(true, Ordering::AcqRel) {
            if began.elapsed() > PATIENCE {
                return Err(silent());
            }
            thread::sleep(PAUSE);
        }
        let (config, waits, (tell, told)) = (self.config.clone(), self.waits.clone(), mpsc::channel());
        let spawned = thread::Builder::new().name("praja-lihat-cadangan".into()).spawn(move || {
            let looked = look(&config);
            waits.store(false, Ordering::Release);
            // Whoever asked may have gone.
            let _ = tell.send(looked);
        });
        if spawned.is_err() {
            self.waits.store(false, Ordering::Release);
        }
        match told.recv_timeout(PATIENCE) {
            Ok(looked) => looked.map_err(|error| error.chain().map(words::of).collect::<Vec<_>>().join(" ")),
            Err(_) => Err(silent()),
        }
    }
}

fn look(config: &Path) -> Result<BackupView> {
    let server = ServerBox::new(config.to_path_buf());
    let settings = server.settings()?;
    let keys = Keyring::load(&settings.kunci)?;
    let at = format!(" --config {}", typed(config));
    let copies = copied(&settings, keys.id(), machine().0.now());
    let findings = examine(&Health { at: at.clone(), copies, ..Health::default() });
    Ok(BackupView {
        plan: settings.cadangan.as_ref().map(|plan| BackupPlan { jam: plan.jam.clone(), simpan: plan.simpan }),
        places: server.backup_list()?.into_iter().map(place).collect(),
        drill: State::read(&settings.root).latihan.map(drill),
        findings: findings.into_iter().filter(|finding| finding.group == GROUP).map(judged).collect(),
        at,
    })
}

fn place(place: Place) -> BackupPlace {
    BackupPlace {
        second: place.tempat == "kedua",
        folder: place.folder.display().to_string(),
        reachable: place.terjangkau,
        same_disk: place.sedisk,
        copies: place.cadangan.into_iter().map(copy).collect(),
    }
}

fn copy(copy: Listed) -> BackupCopy {
    BackupCopy { name: named(&copy.berkas), at: copy.pada, bytes: copy.ukuran, release: copy.versi, whole: copy.utuh }
}

fn drill(drill: Drill) -> BackupDrill {
    BackupDrill {
        at: drill.pada,
        second: drill.kedua,
        name: named(&drill.berkas),
        rows: drill.baris,
        files: drill.lampiran,
        chains: drill.rantai,
        problems: drill.masalah,
    }
}

fn judged(finding: Finding) -> BackupFinding {
    let standing = match finding.severity {
        Severity::Info => Standing::Well,
        Severity::Peringatan => Standing::Look,
        Severity::WajibDisetujui | Severity::Blokir => Standing::Act,
    };
    let Finding { value, meaning, remedy, .. } = finding;
    BackupFinding { title: finding.title.to_owned(), standing, value, meaning, remedy }
}

fn named(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
