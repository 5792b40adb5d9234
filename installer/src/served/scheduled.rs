//! Backups that are made by themselves: the daily one into both places, the list of them, and the weekly rehearsal of a restore.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use praja_deploy::{Files, LocalFiles};
use praja_kernel::Moment;
use praja_server::{Cadangan, Settings};
use praja_store::{
    Blobs, Db, Keyring, Options, Work,
    backup::{self, Restore},
};
use serde::Serialize;

use super::{ServerBox, backup as made, load_settings, machine};
use crate::{
    box_::BackupReport,
    copies::{Checked, Copy, Drill, Second, State, absolute, copies, copy_over, disk, first_place, give, prune},
    words,
};

/// What a scheduled backup did.
#[derive(Debug, Serialize)]
pub(crate) struct Scheduled {
    /// The backup that was made; none while none is due.
    pub(crate) cadangan: Option<BackupReport>,
    /// Where its second copy stands.
    pub(crate) salinan: Option<PathBuf>,
    /// Old ones that were removed.
    pub(crate) dihapus: Vec<PathBuf>,
    /// What a second pair of eyes should see, one sentence each.
    pub(crate) peringatan: Vec<String>,
}

/// A place with the backups in it.
#[derive(Debug, Serialize)]
pub(crate) struct Place {
    /// `pertama` or `kedua`.
    pub(crate) tempat: &'static str,
    pub(crate) folder: PathBuf,
    /// Can it be read now?
    pub(crate) terjangkau: bool,
    /// Is it on the disk that the data are on?
    pub(crate) sedisk: bool,
    pub(crate) cadangan: Vec<Listed>,
}

/// One backup in a list.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) berkas: PathBuf,
    /// When it was made, milliseconds UTC.
    pub(crate) pada: Moment,
    pub(crate) umur_jam: i64,
    pub(crate) ukuran: u64,
    pub(crate) versi: String,
    /// Was it read through, and was it whole? `null`: not yet.
    pub(crate) utuh: Option<bool>,
}

const HOUR_MS: i64 = 60 * 60 * 1000;

impl ServerBox {
    /// Makes today's backup where it is due, sees that the newest one has its copy in the second place, and removes the oldest.
    pub(crate) fn backup_scheduled(&self) -> Result<Scheduled> {
        let (settings, instance) = self.open()?;
        let plan = settings.cadangan.clone().unwrap_or_default();
        let keys = Keyring::load(&settings.kunci)?;
        let first = first_place(&settings.root);
        LocalFiles.make_folder(&first, 0o700).with_context(|| format!("Folder {} tidak dapat dibuat.", first.display()))?;
        // Two that are due at the same minute would make two copies.
        give(&first, &settings.root);
        let held =
            fs::File::create(first.join(".giliran")).with_context(|| format!("{} tidak dapat ditulis.", first.display()))?;
        give(&first.join(".giliran"), &settings.root);
        held.lock()?;
        let mut report = Scheduled { cadangan: None, salinan: None, dihapus: Vec::new(), peringatan: Vec::new() };
        let newest = copies(&first, keys.id())?.into_iter().next();
        if newest.is_none_or(|newest| newest.pada < plan.last_due(instance.now(), instance.zona)) {
            let name = made::dated_name(&settings, &instance);
            let file = first.join(name);
            report.cadangan = Some(made::create(&settings, &instance, Some(&file))?);
            give(&file, &settings.root);
        }
        let now = instance.now();
        drop(instance);
        second(&settings, &plan, &keys, now, &mut report)?;
        report.dihapus.extend(prune(&copies(&first, keys.id())?, plan.simpan)?);
        Ok(report)
    }

    /// The folder of an installation whose settings ask for backups.
    pub(crate) fn backs_up(&self) -> Result<Option<PathBuf>> {
        let settings = self.settings()?;
        Ok(settings.cadangan.is_some().then_some(settings.root))
    }

    /// Both places with what is in them.
    pub(crate) fn backup_list(&self) -> Result<Vec<Place>> {
        let settings = self.settings()?;
        let keys = Keyring::load(&settings.kunci)?;
        let now = machine().0.now();
        let state = State::read(&settings.root);
        let mut places = vec![place("pertama", first_place(&settings.root), &settings, keys.id(), &state, now)];
        if let Some(folder) = settings.cadangan.as_ref().and_then(|plan| plan.tempat.clone()) {
            places.push(place("kedua", folder, &settings, keys.id(), &state, now));
        }
        Ok(places)
    }

    /// Restores the newest copy of the second place (of the first, where there is none) into a folder that goes afterwards.
    pub(crate) fn backup_drill(&self) -> Result<Option<Drill>> {
        let settings = self.settings()?;
        let keys = Keyring::load(&settings.kunci)?;
        let newest = |folder: &Path| copies(folder, keys.id()).ok().and_then(|all| all.into_iter().next());
        let second = settings.cadangan.as_ref().and_then(|plan| plan.tempat.as_deref()).and_then(newest);
        let kedua = second.is_some();
        let Some(copy) = second.or_else(|| newest(&first_place(&settings.root))) else { return Ok(None) };
        let pada = machine().0.now();
        let drill = match rehearse(&settings, keys, &copy.berkas) {
            Ok((baris, lampiran, rantai, masalah)) => {
                Drill { pada, berkas: copy.berkas.clone(), kedua, baris, lampiran, rantai, masalah }
            }
            Err(error) => {
                let why: Vec<String> = error.chain().map(words::of).collect();
                let masalah = vec![format!("Cadangan itu tidak dapat dipulihkan. {}", why.join(" "))];
                Drill { pada, berkas: copy.berkas.clone(), kedua, baris: 0, lampiran: 0, rantai: 0, masalah }
            }
        };
        let (noted, utuh) = (drill.clone(), drill.masalah.is_empty());
        State::change(&settings.root, |state| {
            state.diperiksa.insert(absolute(&copy.berkas), Checked { pada, ukuran: copy.ukuran, utuh });
            state.latihan = Some(noted);
        })?;
        Ok(Some(drill))
    }
}

/// Keeps in mind that a backup was read through, where it is one of an installation's.
pub(crate) fn note_checked(config: &Path, report: &BackupReport) {
    let Ok(settings) = load_settings(config) else { return };
    let pada = machine().0.now();
    let checked = Checked { pada, ukuran: report.ukuran, utuh: report.masalah.is_empty() };
    let noted = State::change(&settings.root, |state| {
        state.diperiksa.insert(absolute(&report.berkas), checked);
    });
    if let Err(error) = noted {
        // Reading a backup must not fail because the installation is somebody else's.
        tracing::info!(error = %error, "the check is not noted");
    }
}

fn second(settings: &Settings, plan: &Cadangan, keys: &Keyring, now: Moment, report: &mut Scheduled) -> Result<()> {
    let Some(folder) = &plan.tempat else {
        report.peringatan.push(
            "Belum ada tempat kedua: bila disk ini rusak, cadangannya ikut hilang. Sebutkan cadangan.tempat pada pengaturan."
                .into(),
        );
        return Ok(());
    };
    let Some(newest) = copies(&first_place(&settings.root), keys.id())?.into_iter().next() else { return Ok(()) };
    let copied = bring(&newest, folder, keys.id());
    let sebab = copied.as_ref().err().map(|error| words::of(error)).unwrap_or_default();
    match copied {
        Ok(target) => {
            if disk(folder).is_some() && disk(folder) == disk(&settings.root) {
                report.peringatan.push(format!(
                    "Tempat kedua {} berada pada disk yang sama dengan data; pasang disk lain di sana.",
                    folder.display()
                ));
            }
            report.salinan = Some(target);
            report.dihapus.extend(prune(&copies(folder, keys.id())?, plan.simpan)?);
        }
        Err(_) => report.peringatan.push(format!("Salinan ke tempat kedua {} gagal: {sebab}.", folder.display())),
    }
    State::change(&settings.root, |state| state.kedua = Some(Second { pada: now, sebab }))
}

/// Where the newest copy stands in the second place, after it was brought there. The folder is never made: an empty one where a stick
/// should be mounted fills the wrong disk.
fn bring(newest: &Copy, folder: &Path, kunci_id: &str) -> std::io::Result<PathBuf> {
    let there = copies(folder, kunci_id)?.into_iter().find(|copy| copy.pada == newest.pada && copy.ukuran == newest.ukuran);
    match there {
        Some(copy) => Ok(copy.berkas),
        None => copy_over(&newest.berkas, folder),
    }
}

fn place(tempat: &'static str, folder: PathBuf, settings: &Settings, kunci_id: &str, state: &State, now: Moment) -> Place {
    let found = copies(&folder, kunci_id);
    let terjangkau = found.is_ok() || (tempat == "pertama" && !folder.exists());
    let listed = |copy: Copy| Listed {
        utuh: state.checked(&copy).map(|checked| checked.utuh),
        umur_jam: (now.ms() - copy.pada.ms()) / HOUR_MS,
        berkas: copy.berkas,
        pada: copy.pada,
        ukuran: copy.ukuran,
        versi: copy.versi,
    };
    let sedisk = disk(&folder).is_some() && disk(&folder) == disk(&settings.root);
    Place { tempat, folder, terjangkau, sedisk, cadangan: found.unwrap_or_default().into_iter().map(listed).collect() }
}

type Rehearsed = (u64, u64, usize, Vec<String>);

fn rehearse(settings: &Settings, keys: Keyring, file: &Path) -> Result<Rehearsed> {
    let work = Work::begin(&settings.root.join("data"))?;
    let (blobs, db) = (work.path().join("blobs"), work.path().join("latihan.db"));
    fs::create_dir(&blobs)?;
    let blobs = Blobs::local(&blobs, keys)?;
    let db = Db::open_sqlite(&db, &Options { readers: 1, patient: true, ..Options::default() })?;
    let (clock, ids) = machine();
    let sets = praja_server::migration_sets();
    let what = Restore { file, blobs: &blobs, target: &db, sets: &sets, work: work.path(), token: "latihan" };
    let moved = backup::restore(&what, clock.now(), &ids)?;
    let audit = db.verify_audit(&[], |_| String::new())?;
    let mut masalah: Vec<String> = audit
        .problems
        .iter()
        .map(|problem| format!("Jejak audit {}, baris {}: {}.", problem.rantai, problem.urut, problem.kind.words()))
        .collect();
    let gone = blobs.missing(&db)?.len();
    if gone > 0 {
        masalah.push(format!("{gone} lampiran yang disebut data tidak ada dalam cadangan."));
    }
    Ok((moved.rows, moved.blobs as u64, audit.chains, masalah))
}
