//! Backup and restore, while work goes on: one sealed file that either engine can be brought back from.
//!
//! The data part is always an SQLite file: from SQLite by VACUUM INTO, from PostgreSQL by a row copy in one snapshot. So a regency
//! can restore into either engine, which is also the way up to PostgreSQL. `docs/adr/0009-cadangan.md` tells why.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
    sync::Arc,
};

use praja_kernel::{IdSource, Moment};
use serde::{Deserialize, Serialize};

use crate::{
    BackupTrouble, Blobs, By, Db, Engine, KeyTrouble, Keyring, MigrationSet, Options, PutError, RecoveryKey, Result, StoreError,
    Work, age, audit::unhex, copy, migrate::hex, seal::SealReader,
};

mod restore;
pub use restore::{Restore, replace, restore};

/// Sealed by our own construction, before age; still read.
const MAGIC_1: &[u8] = b"PRAJA-CADANGAN-1\n";
/// The head, and then a file as age knows it.
const MAGIC_2: &[u8] = b"PRAJA-CADANGAN-2\n";
const DATA: &str = "data.db";
/// The head once more inside the seal, so that nobody changes what stands readable in front.
const HEAD: &str = "kepala.json";

/// What stands readable at the head of a backup.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct Manifest {
    /// The Instance.
    pub instansi: String,
    /// Version of the program that made it.
    pub versi: String,
    /// When.
    pub pada: Moment,
    /// Engine it was taken from: `sqlite` or `postgres`.
    pub mesin: String,
    /// Name of the Instance's key.
    pub kunci_id: String,
    /// Files inside.
    pub berkas: usize,
    induk: String,
    /// The key of a file of the first form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kunci: Option<String>,
}

/// What a backup or restore moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Head of the backup.
    pub manifest: Manifest,
    /// Rows copied (0 where the whole file was copied).
    pub rows: u64,
    /// Files copied.
    pub blobs: usize,
    /// Size of the backup file in bytes.
    pub size: u64,
}

/// What a backup is taken from.
#[derive(Clone)]
pub struct Source<'a> {
    /// The database.
    pub db: &'a Db,
    /// Its files.
    pub blobs: &'a Blobs,
    /// The migrations of every crate and module in this binary.
    pub sets: &'a [MigrationSet],
    /// The Instance.
    pub instansi: &'a str,
    /// Version of the program.
    pub versi: &'a str,
}

fn failed(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
    move |e| StoreError::file(path, &e)
}

/// Reading what is sealed: whatever is no failure of the disk is a damaged backup.
fn unread(path: &Path) -> impl Fn(io::Error) -> StoreError + '_ {
    move |e| match e.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => {
            BackupTrouble::Damaged { path: path.to_owned(), said: e.to_string() }.into()
        }
        io::ErrorKind::Other if e.get_ref().is_none_or(|inner| !inner.is::<StoreError>()) => {
            BackupTrouble::Damaged { path: path.to_owned(), said: e.to_string() }.into()
        }
        _ => StoreError::file(path, &e),
    }
}

/// Writes a backup to `target`, which appears only when it is complete and on disk. The plain copy of the data stands in `work`
/// meanwhile, a folder of the installation: never beside the backup, which may be a stick or a share.
pub fn create(source: &Source<'_>, target: &Path, work: &Path, at: Moment, ids: &Arc<dyn IdSource>) -> Result<Moved> {
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (plain, sealed) = (Work::begin(work)?, Work::begin(folder)?);
    let data = plain.path().join(DATA);
    let rows = snapshot(source.db, source.sets, &data, at, ids)?;
    let copied = Db::open_sqlite(&data, &Options { readers: 1, ..Options::default() })?;
    let addresses = copied.blob_addresses()?;
    drop(copied);
    let keys = source.blobs.keys();
    let manifest = Manifest {
        instansi: source.instansi.to_owned(),
        versi: source.versi.to_owned(),
        pada: at,
        mesin: if source.db.engine() == Engine::Sqlite { "sqlite" } else { "postgres" }.to_owned(),
        kunci_id: keys.id().to_owned(),
        berkas: addresses.len(),
        induk: hex(keys.wrapped()),
        kunci: None,
    };
    let partial = sealed.path().join("cadangan");
    write_file(&partial, &manifest, &data, source.blobs, &addresses)?;
    std::fs::rename(&partial, target).map_err(failed(target))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
    let size = std::fs::metadata(target).map_err(failed(target))?.len();
    Ok(Moved { manifest, rows, blobs: addresses.len(), size })
}

/// The whole database as one SQLite file, consistent as of one moment, while others go on writing.
pub fn snapshot(db: &Db, sets: &[MigrationSet], to: &Path, at: Moment, ids: &Arc<dyn IdSource>) -> Result<u64> {
    match db.engine() {
        Engine::Sqlite => {
            db.vacuum_into(to)?;
            Ok(0)
        }
        Engine::Postgres => {
            let file = Db::open_sqlite(to, &Options { readers: 1, patient: true, ..Options::default() })?;
            let by = By::system("store.backup", at, ids.clone());
            file.migrate(sets, &by)?;
            let rows = copy::rows(db, &file, sets, &by)?;
            file.refresh_after_copy(&by)?;
            Ok(rows)
        }
    }
}

fn write_file(path: &Path, manifest: &Manifest, data: &Path, blobs: &Blobs, addresses: &[String]) -> Result<()> {
    let fail = failed(path);
    let mut out = BufWriter::new(File::create(path).map_err(&fail)?);
    let head = head_text(manifest)?;
    out.write_all(MAGIC_2).and_then(|()| writeln!(out, "{head}")).map_err(&fail)?;
    let sealing = age::seal(out, &blobs.keys().recipients()).map_err(&fail)?;
    let sealing = pack(sealing, &head, data, blobs, addresses, &fail)?;
    let mut out = sealing.finish().map_err(&fail)?;
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(&fail)
}

fn head_text(manifest: &Manifest) -> Result<String> {
    serde_json::to_string(manifest).map_err(|e| StoreError::Corrupt(e.to_string()))
}

/// What goes inside the seal.
fn pack<W: Write>(
    out: W,
    head: &str,
    data: &Path,
    blobs: &Blobs,
    addresses: &[String],
    fail: &impl Fn(io::Error) -> StoreError,
) -> Result<W> {
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(out, flate2::Compression::fast()));
    append(&mut tar, HEAD, head.as_bytes()).map_err(fail)?;
    tar.append_path_with_name(data, DATA).map_err(fail)?;
    for alamat in addresses {
        // The size of a sealed object is not known before it is read; scans are small enough to hold one at a time.
        let mut bytes = Vec::new();
        blobs.sealed(alamat)?.read_to_end(&mut bytes).map_err(fail)?;
        append(&mut tar, &format!("blob/{alamat}"), &bytes).map_err(fail)?;
    }
    tar.into_inner().and_then(flate2::write::GzEncoder::finish).map_err(fail)
}

fn append(tar: &mut tar::Builder<impl Write>, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, name, bytes)
}

/// The readable head of a backup.
pub fn manifest(path: &Path) -> Result<Manifest> {
    Ok(open_head(path)?.0)
}

fn open_head(path: &Path) -> Result<(Manifest, BufReader<File>)> {
    let fail = failed(path);
    let mut input = BufReader::new(File::open(path).map_err(&fail)?);
    let mut magic = vec![0_u8; MAGIC_2.len()];
    let no_backup = || StoreError::Backup(BackupTrouble::NoBackup { path: path.to_owned() });
    input.read_exact(&mut magic).map_err(|_| no_backup())?;
    let mut head = String::new();
    io::BufRead::read_line(&mut (&mut input).take(64 * 1024), &mut head).map_err(|_| no_backup())?;
    let manifest: Manifest = serde_json::from_str(&head).map_err(|_| no_backup())?;
    // Which form it is stands in front; a head that says otherwise was changed.
    match (&magic[..], &manifest.kunci) {
        (MAGIC_1, Some(_)) | (MAGIC_2, None) => Ok((manifest, input)),
        (MAGIC_1 | MAGIC_2, _) => Err(BackupTrouble::HeadChanged { path: path.to_owned() }.into()),
        _ => Err(no_backup()),
    }
}

/// What is inside the seal, to be read to its end.
fn opened(manifest: &Manifest, input: BufReader<File>, keys: &Keyring, path: &Path) -> Result<SealReader<BufReader<File>>> {
    let fail = unread(path);
    match &manifest.kunci {
        Some(key) => SealReader::new(input, &*keys.unwrap_key(&unhex(key)?)?).map_err(fail),
        None => age::open(input, &keys.identity()).map_err(fail)?.ok_or(StoreError::Keys(KeyTrouble::Other)),
    }
}

/// The keys of the Instance a backup was made from, by the recovery sheet.
pub fn keys_of(path: &Path, recovery: &RecoveryKey) -> Result<Keyring> {
    Keyring::recover(&unhex(&manifest(path)?.induk)?, recovery)
}

/// Unpacks a backup: the data file into `work`, each file into `blobs` (when given) after its address was checked.
pub fn unpack(path: &Path, keys: &Keyring, work: &Path, blobs: Option<&Blobs>) -> Result<Moved> {
    let (fail, out_fail) = (unread(path), failed(work));
    let (manifest, input) = open_head(path)?;
    let opening = opened(&manifest, input, keys, path)?;
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(opening));
    let mut count = 0;
    let (mut has_data, mut has_head) = (false, false);
    for entry in tar.entries().map_err(&fail)? {
        let mut entry = entry.map_err(&fail)?;
        let name = entry.path().map_err(&fail)?.to_string_lossy().into_owned();
        if name == DATA {
            let mut out = File::create(work.join(DATA)).map_err(&out_fail)?;
            copy_out(&mut entry, &mut out, &fail, &out_fail)?;
            out.sync_all().map_err(&out_fail)?;
            has_data = true;
        } else if name == HEAD {
            let mut inside = String::new();
            entry.read_to_string(&mut inside).map_err(&fail)?;
            has_head = serde_json::from_str::<Manifest>(&inside).is_ok_and(|inside| inside == manifest);
        } else if let Some(alamat) = name.strip_prefix("blob/") {
            match blobs {
                Some(blobs) => blobs.put_sealed(alamat, &mut entry).map_err(|e| match e {
                    PutError::Cut(e) => fail(e),
                    PutError::Store(e) => e,
                    e @ PutError::TooLarge { .. } => StoreError::Corrupt(e.to_string()),
                })?,
                None => {
                    io::copy(&mut entry, &mut io::sink()).map_err(&fail)?;
                }
            }
            count += 1;
        }
    }
    // To the very end: a file that was cut behind its last entry is cut all the same.
    io::copy(&mut tar.into_inner(), &mut io::sink()).map_err(&fail)?;
    if !has_head {
        return Err(BackupTrouble::HeadChanged { path: path.to_owned() }.into());
    }
    if !has_data || count != manifest.berkas {
        return Err(BackupTrouble::Incomplete { path: path.to_owned(), found: count, named: manifest.berkas }.into());
    }
    let size = std::fs::metadata(path).map_err(failed(path))?.len();
    Ok(Moved { manifest, rows: 0, blobs: count, size })
}

/// Copies to the end; says of a failure on which side it was.
fn copy_out(
    from: &mut dyn Read,
    to: &mut dyn Write,
    from_fail: &dyn Fn(io::Error) -> StoreError,
    to_fail: &dyn Fn(io::Error) -> StoreError,
) -> Result<()> {
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).map_err(from_fail)?;
        if read == 0 {
            return Ok(());
        }
        to.write_all(&buffer[..read]).map_err(to_fail)?;
    }
}

/// Opens a backup completely in a folder inside `place`, which goes afterwards: everything decrypts, every file is what its address
/// says, the audit chains hold.
pub fn verify(path: &Path, keys: &Keyring, place: &Path) -> Result<(Moved, crate::audit::Report)> {
    let work = Work::begin(place)?;
    let scratch = Blobs::local(&work.path().join("blobs"), keys.clone())?;
    let moved = unpack(path, keys, work.path(), Some(&scratch))?;
    let db = Db::open_sqlite(&work.path().join(DATA), &Options { readers: 1, ..Options::default() })?;
    let gone = scratch.missing(&db)?;
    if !gone.is_empty() {
        let named = moved.blobs + gone.len();
        return Err(BackupTrouble::Incomplete { path: path.to_owned(), found: moved.blobs, named }.into());
    }
    let report = db.verify_audit(&[], |_| String::new())?;
    Ok((moved, report))
}

#[cfg(test)]
mod tests;
