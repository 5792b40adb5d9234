use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use praja_deploy::{Answers, DEFAULT_PORT, FOLDERS, Files, Jenis, LocalFiles, Profil, Wilayah, typed};
use praja_module::Instance;
use praja_server::{BasisData, Settings};
use praja_store::{
    Db, Keyring, Options, RecoveryKey,
    backup::{self, Moved, Restore, Source},
};

use super::{load_settings, machine, module_list, record};
use crate::{
    box_::BackupReport,
    cli::root_of,
    embedded,
    exit::{self, Refused},
    restoring::UnderWay,
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
    let moved = backup::create(&source, &target, &settings.root.join("data"), instance.now(), &instance.ids)?;
    Ok(report(&target, &moved, Vec::new()))
}

/// Where a backup is put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Destination<'a> {
    /// The new installation's folder, empty or left by the same restore when it was interrupted.
    pub(crate) root: &'a Path,
    /// An empty database on a PostgreSQL server; without one the embedded database.
    pub(crate) database: Option<&'a str>,
    /// What becomes the overlay of the settings.
    pub(crate) settings: Option<&'a Path>,
}

/// Puts a backup into an empty folder, an empty database and an empty place for files. A restore that fails leaves them empty; one
/// that was interrupted is begun anew by the same command.
pub(crate) fn backup_restore(file: &Path, into: &Destination<'_>, recovery: &Path) -> Result<BackupReport> {
    let root = into.root;
    let keys = recovered(file, recovery)?;
    let under_way = UnderWay::begin(root)?;
    let restored = unpack(file, into, keys, under_way.token());
    if let Err(error) = restored {
        under_way.undo();
        let why: Vec<String> = error.chain().map(words::of).collect();
        let message = format!("Cadangan tidak dapat dipulihkan, dan folder {} kembali kosong. {}", root.display(), why.join(" "));
        let next = format!("praja backup verify {} --recovery {}", typed(file), typed(recovery));
        return Err(Refused { message, next, code: exit::BLOCKED }.into());
    }
    under_way.end()?;
    restored
}

fn unpack(file: &Path, into: &Destination<'_>, keys: Keyring, token: &str) -> Result<BackupReport> {
    let root = into.root;
    for (folder, mode) in FOLDERS {
        let path = root.join(folder);
        LocalFiles.make_folder(&path, mode).with_context(|| format!("Folder {} tidak dapat dibuat.", path.display()))?;
    }
    keys.save(&root.join("keys"))?;
    let settings = first_settings(into)?;
    let blobs = settings.blob.open(keys)?;
    let db = praja_server::database(&settings, &Options { readers: 1, patient: true, ..Options::default() })?;
    let (clock, ids) = machine();
    let (sets, work) = (praja_server::migration_sets(), root.join("data"));
    let what = Restore { file, blobs: &blobs, target: &db, sets: &sets, work: &work, token };
    let moved = backup::restore(&what, clock.now(), &ids)?;
    let answers = from_facts(&db, into.database)?;
    write_settings(root, &answers)?;
    praja_deploy::mark_installed(&LocalFiles, root, &answers)?;
    Ok(report(file, &moved, Vec::new()))
}

/// Settings by which the target can be opened before anything is known of the region: they are written anew from the data.
fn first_settings(into: &Destination<'_>) -> Result<Settings> {
    let config = into.root.join("config/praja.yaml");
    if let Some(overlay) = into.settings {
        let text = fs::read(overlay).with_context(|| format!("Berkas {} tidak dapat dibaca.", overlay.display()))?;
        LocalFiles.write(&praja_deploy::overlay_of(&config), &text, 0o600)?;
    }
    let unknown = Wilayah { kode: "00.00".to_owned(), nama: String::new() };
    write_settings(into.root, &answers(unknown, Jenis::Asli, into.database))?;
    let settings = load_settings(&config)?;
    match (&settings.basis_data, into.database) {
        (BasisData::Postgres { url }, Some(named)) if url != named => {
            Err(anyhow!("Basis data disebut dua kali, dengan --database dan dalam berkas --settings; sebutkan satu saja."))
        }
        _ => Ok(settings),
    }
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
    match backup::verify(file, &keys, &place_of(config)) {
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

/// Where the plain data stand while they are read: in the installation, where they are anyway; without one in the system's place for
/// temporary files. What a killed run left there goes first.
fn place_of(config: &Path) -> PathBuf {
    let data = root_of(config).join("data");
    if config.exists() && data.is_dir() { data } else { std::env::temp_dir() }
}

fn report(file: &Path, moved: &Moved, masalah: Vec<String>) -> BackupReport {
    BackupReport { berkas: file.to_path_buf(), ukuran: moved.size, baris: moved.rows, lampiran: moved.blobs as u64, masalah }
}

/// Answers of a restored installation, from what the database knows of itself.
fn from_facts(db: &Db, database: Option<&str>) -> Result<Answers> {
    let facts = |name: &'static str| -> Result<String> {
        db.read(|tx| tx.fact(name))?.ok_or_else(|| anyhow!("Cadangan tidak memuat fakta {name}."))
    };
    let jenis = if facts(praja_server::fact_names::JENIS)? == "contoh" { Jenis::Contoh } else { Jenis::Asli };
    Ok(answers(Wilayah { kode: facts("wilayah.kode")?, nama: facts("wilayah.nama")? }, jenis, database))
}

fn answers(wilayah: Wilayah, jenis: Jenis, database: Option<&str>) -> Answers {
    let address = SocketAddr::from(([127, 0, 0, 1], DEFAULT_PORT));
    Answers {
        modul: module_list().into_iter().map(|module| module.id).collect(),
        basis_data: database.map(str::to_owned),
        ..Answers::new(wilayah, jenis, Profil::Mini, address, format!("http://{address}"))
    }
}

fn write_settings(root: &Path, answers: &Answers) -> Result<()> {
    let text = praja_deploy::settings_text(answers, &embedded::templates())?;
    Ok(LocalFiles.write(&root.join("config/praja.yaml"), text.as_bytes(), 0o600)?)
}

pub(super) fn read_recovery(path: &Path) -> Result<RecoveryKey> {
    let refused = |message: String, next: &str| Refused { message, next: format!("{next} {}", typed(path)), code: exit::BLOCKED };
    let text = fs::read_to_string(path)
        .map_err(|error| refused(format!("Berkas {} tidak dapat dibaca: {}.", path.display(), words::of(&error)), "ls -l"))?;
    // The sheet itself is welcome too: its key stands on a line of its own.
    let mut last = format!("Berkas {} tidak memuat kunci pemulihan.", path.display());
    // The page to print has it in a paragraph of its own.
    for line in text.split(['\n', '<', '>']).map(str::trim).filter(|line| !line.is_empty()) {
        match line.parse() {
            Ok(key) => return Ok(key),
            // What looks most like a key is what was meant.
            Err(_) if line.matches('-').count() < 5 && line.len() != 56 => {}
            Err(error) => last = format!("Berkas {} tidak memuat kunci pemulihan yang benar: {error}.", path.display()),
        }
    }
    Err(refused(last, "nano").into())
}

pub(super) fn dated_name(settings: &Settings, instance: &Instance) -> PathBuf {
    let kode = settings.wilayah.kode.replace('.', "");
    let local = instance.zona.local(instance.now());
    PathBuf::from(format!("praja-{kode}-{}-{:02}{:02}.cadangan", local.date(), local.hour(), local.minute()))
}
