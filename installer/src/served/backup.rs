use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use praja_deploy::{Answers, DEFAULT_PORT, FOLDERS, Files, Jenis, LocalFiles, Profil, Wilayah, typed};
use praja_kernel::{Clock, Zona};
use praja_module::{Instance, SystemClock};
use praja_server::Settings;
use praja_store::{
    Blobs, Db, Keyring, Options, RecoveryKey,
    backup::{self, Moved, Source},
};

use super::{load_settings, machine, module_list, record};
use crate::{
    box_::BackupReport,
    embedded,
    exit::{self, Refused},
    words,
};

/// Makes a backup while the server goes on.
pub(super) fn create(settings: &Settings, instance: &Instance, output: Option<&Path>) -> Result<BackupReport> {
    let target = output.map_or_else(|| dated_name(settings, instance), Path::to_path_buf);
    if target.exists() {
        let message = format!("Berkas {} sudah ada dan tidak ditimpa; sebutkan nama lain.", target.display());
        let other = PathBuf::from(format!("{}-2.cadangan", target.with_extension("").display()));
        let next = format!(
            "praja backup create --config {} --output {}",
            typed(&settings.root.join("config/praja.yaml")),
            typed(&other)
        );
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    }
    let sets = praja_server::migration_sets();
    let id = instance.id.to_string();
    record(instance, "wilayah.kode", &settings.wilayah.kode)?;
    record(instance, "wilayah.nama", &settings.wilayah.nama)?;
    let source =
        Source { db: &instance.db, blobs: &instance.blobs, sets: &sets, instansi: &id, versi: env!("CARGO_PKG_VERSION") };
    let moved = backup::create(&source, &target, instance.now(), &instance.ids)?;
    Ok(report(&target, &moved, Vec::new()))
}

/// Puts a backup into an empty folder, on the embedded database. A restore that fails leaves the folder empty.
pub(crate) fn backup_restore(file: &Path, root: &Path, recovery: &Path) -> Result<BackupReport> {
    let keys = recovered(file, recovery)?;
    unpack(file, root, keys).map_err(|error| {
        // All of it was made just now: the folder was empty.
        for (folder, _) in FOLDERS.iter().filter(|(folder, _)| !folder.contains('/')) {
            if let Err(e) = fs::remove_dir_all(root.join(folder)) {
                tracing::warn!(folder, error = %e, "left over from a failed restore");
            }
        }
        let why: Vec<String> = error.chain().map(words::of).collect();
        let message = format!("Cadangan tidak dapat dipulihkan, dan folder {} kembali kosong. {}", root.display(), why.join(" "));
        let next = format!("praja backup verify {} --recovery {}", typed(file), typed(recovery));
        Refused { message, next, code: exit::BLOCKED }.into()
    })
}

fn unpack(file: &Path, root: &Path, keys: Keyring) -> Result<BackupReport> {
    for (folder, mode) in FOLDERS {
        let path = root.join(folder);
        LocalFiles.make_folder(&path, mode).with_context(|| format!("Folder {} tidak dapat dibuat.", path.display()))?;
    }
    keys.save(&root.join("keys"))?;
    let blobs = Blobs::local(&root.join("data/blobs"), keys)?;
    let db = Db::open_sqlite(&root.join("data/praja.db"), &Options { readers: 1, patient: true, ..Options::default() })?;
    let (clock, ids) = machine();
    let moved = backup::restore(file, &blobs, &db, &praja_server::migration_sets(), clock.now(), &ids)?;
    write_settings(root, &db)?;
    Ok(report(file, &moved, Vec::new()))
}

/// The keys of a backup, by its recovery sheet.
fn recovered(file: &Path, recovery: &Path) -> Result<Keyring> {
    is_backup(file)?;
    let key = read_recovery(recovery)?;
    let wrong = format!("Kunci pada {} bukan kunci cadangan ini.", recovery.display());
    let next = format!("nano {}", typed(recovery));
    backup::keys_of(file, &key).map_err(|_| Refused { message: wrong, next, code: exit::BLOCKED }.into())
}

/// Refuses what is no backup, before any key is asked for.
pub(crate) fn is_backup(file: &Path) -> Result<()> {
    let refused = |message| Refused { message, next: "ls -l *.cadangan".to_owned(), code: exit::BLOCKED };
    if let Err(error) = fs::metadata(file) {
        return Err(refused(format!("Berkas {} tidak dapat dibaca: {}.", file.display(), words::of(&error))).into());
    }
    backup::manifest(file).map_err(|error| refused(words::store(&error)).into()).map(|_| ())
}

/// Reads a backup through with the keys of an installation, or with the recovery sheet.
pub(crate) fn backup_verify(file: &Path, config: &Path, recovery: Option<&Path>) -> Result<BackupReport> {
    let keys = match recovery {
        Some(recovery) => recovered(file, recovery)?,
        None => {
            is_backup(file)?;
            Keyring::load(&load_settings(config)?.kunci)?
        }
    };
    match backup::verify(file, &keys) {
        Ok((moved, audit)) => {
            let words = |problem: &praja_store::audit::Problem| {
                format!("Jejak audit {}, baris {}: {}.", problem.rantai, problem.urut, problem.kind.words())
            };
            Ok(report(file, &moved, audit.problems.iter().map(words).collect()))
        }
        Err(error) => {
            let ukuran = fs::metadata(file).with_context(|| format!("{} tidak dapat dibaca.", file.display()))?.len();
            let masalah = vec![format!("Cadangan tidak dapat dibuka seutuhnya. {}", words::store(&error))];
            Ok(BackupReport { berkas: file.to_path_buf(), ukuran, baris: 0, lampiran: 0, masalah })
        }
    }
}

fn report(file: &Path, moved: &Moved, masalah: Vec<String>) -> BackupReport {
    BackupReport { berkas: file.to_path_buf(), ukuran: moved.size, baris: moved.rows, lampiran: moved.blobs as u64, masalah }
}

/// Settings for a restored installation, from what the database knows of itself.
fn write_settings(root: &Path, db: &Db) -> Result<()> {
    let facts = |name: &'static str| -> Result<String> {
        db.read(|tx| tx.fact(name))?.ok_or_else(|| anyhow!("Cadangan tidak memuat fakta {name}."))
    };
    let contoh = facts(praja_server::fact_names::JENIS)? == "contoh";
    let answers = Answers {
        wilayah: Wilayah { kode: facts("wilayah.kode")?, nama: facts("wilayah.nama")? },
        jenis: if contoh { Jenis::Contoh } else { Jenis::Asli },
        profil: Profil::Mini,
        modul: module_list().into_iter().map(|module| module.id).collect(),
        alamat: SocketAddr::from(([127, 0, 0, 1], DEFAULT_PORT)),
        url_publik: format!("http://127.0.0.1:{}", DEFAULT_PORT),
        basis_data: None,
        skala: 1,
        jangkar: Zona::Wib.date(SystemClock.now()),
    };
    let text = praja_deploy::settings_text(&answers, &embedded::templates())?;
    LocalFiles.write(&root.join("config/praja.yaml"), text.as_bytes(), 0o600)?;
    Ok(praja_deploy::mark_installed(&LocalFiles, root, &answers)?)
}

fn read_recovery(path: &Path) -> Result<RecoveryKey> {
    let refused = |message: String, next: &str| Refused { message, next: format!("{next} {}", typed(path)), code: exit::BLOCKED };
    let text = fs::read_to_string(path)
        .map_err(|error| refused(format!("Berkas {} tidak dapat dibaca: {}.", path.display(), words::of(&error)), "ls -l"))?;
    // The sheet itself is welcome too: its key stands on a line of its own.
    let mut last = format!("Berkas {} tidak memuat kunci pemulihan.", path.display());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.parse() {
            Ok(key) => return Ok(key),
            // What looks most like a key is what was meant.
            Err(_) if line.matches('-').count() < 5 && line.len() != 56 => {}
            Err(error) => last = format!("Berkas {} tidak memuat kunci pemulihan yang benar: {error}.", path.display()),
        }
    }
    Err(refused(last, "nano").into())
}

fn dated_name(settings: &Settings, instance: &Instance) -> PathBuf {
    let kode = settings.wilayah.kode.replace('.', "");
    let local = instance.zona.local(instance.now());
    PathBuf::from(format!("praja-{kode}-{}-{:02}{:02}.cadangan", local.date(), local.hour(), local.minute()))
}
