//! Files: encrypted with a key of their own, wrapped by the Instance's key, addressed by the hash of the stored bytes, and on
//! disk before the row that names them is committed.

use std::{
    io::{self, Read, Seek, Write},
    path::Path,
    sync::Arc,
};

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{
    GetResultPayload, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem, path::Path as Place,
};
use praja_kernel::Moment;
use sha2::{Digest, Sha256};

use crate::{By, Db, KeyTrouble, Keyring, ObjectTrouble, Result, StoreError, Tx, keyring, migrate::hex, params, seal, trust};

mod line;
mod runtime;
mod s3;

pub(crate) use s3::OWNER_FACT;
pub use s3::S3;

/// Files up to this size are sealed in memory; larger ones in a temporary file (already encrypted).
const IN_MEMORY: usize = 1 << 20;
/// An object without a row is an upload still under way until it is this old, in milliseconds: one day.
const ORPHAN_MS: i64 = 24 * 60 * 60 * 1000;

/// A stored file, as its owner's row keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of the stored (encrypted) bytes, in hexadecimal.
    pub alamat: String,
    /// Size of the plain file in bytes.
    pub ukuran: i64,
    /// SHA-256 of the plain file, in hexadecimal.
    pub sidik: String,
    kunci_id: String,
    kunci: Vec<u8>,
}

/// Where files are kept.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    keys: Keyring,
    /// Only where the files are behind a network.
    runtime: Option<Arc<runtime::Own>>,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// Larger than allowed.
    #[error("berkas melebihi batas {limit} byte")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The sender stopped or the line was cut.
    #[error("pengiriman berkas terputus")]
    Cut(#[source] io::Error),
    /// Our side failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Blobs {
    /// Files in a folder of this machine, each fsynced with its folder before it counts as stored.
    pub fn local(folder: &Path, keys: Keyring) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|e| StoreError::file(folder, &e))?;
        let local = LocalFileSystem::new_with_prefix(folder).map_err(|e| StoreError::Unavailable(e.to_string()))?;
        Ok(Self { store: Arc::new(local.with_fsync(true)), keys, runtime: None })
    }

    /// The keys that open these files.
    pub fn keys(&self) -> &Keyring {
        &self.keys
    }

    /// Reads `plain` to its end, at most `limit` bytes, and stores it encrypted. Blocks.
    pub fn put(&self, plain: &mut dyn Read, limit: u64) -> Result<Blob, PutError> {
        let key = keyring::random()?;
        let spool = tempfile::SpooledTempFile::new(IN_MEMORY);
        let mut sealing = seal::SealWriter::new(spool, &key).map_err(disk)?;
        let mut sidik = Sha256::new();
        let mut ukuran = 0_u64;
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = plain.read(&mut buffer).map_err(PutError::Cut)?;
            if read == 0 {
                break;
            }
            ukuran += read as u64;
            if ukuran > limit {
                return Err(PutError::TooLarge { limit });
            }
            sidik.update(&buffer[..read]);
            sealing.write_all(&buffer[..read]).map_err(disk)?;
        }
        let mut sealed = sealing.finish().map_err(disk)?;
        let alamat = address(&mut sealed)?;
        self.upload(&alamat, &mut sealed)?;
        let kunci = self.keys.wrap_key(&key)?;
        let ukuran = i64::try_from(ukuran).map_err(|_| PutError::TooLarge { limit })?;
        Ok(Blob { alamat, ukuran, sidik: hex(&sidik.finalize()), kunci_id: self.keys.id().to_owned(), kunci })
    }

    /// Writes the plain file to `out`. Blocks.
    pub fn get(&self, blob: &Blob, out: &mut dyn Write) -> Result<()> {
        let mut plain = self.open(blob)?;
        io::copy(&mut plain, out).map_err(|e| damaged(&blob.alamat, &e))?;
        Ok(())
    }

    /// Opens the file for reading piece by piece. Blocks.
    pub fn open(&self, blob: &Blob) -> Result<Box<dyn Read + Send>> {
        if blob.kunci_id != self.keys.id() {
            tracing::warn!(blob = blob.alamat, key = blob.kunci_id, "sealed with another key");
            return Err(KeyTrouble::Other.into());
        }
        let key = self.keys.unwrap_key(&blob.kunci)?;
        let reader = seal::SealReader::new(self.sealed(&blob.alamat)?, &key);
        Ok(Box::new(reader.map_err(|e| damaged(&blob.alamat, &e))?))
    }

    /// The stored (encrypted) bytes, for backups.
    pub(crate) fn sealed(&self, alamat: &str) -> Result<Box<dyn Read + Send>> {
        let got = self.run(self.store.get(&place(alamat)))?;
        Ok(match got.payload {
            GetResultPayload::File(file, _) => Box::new(file),
            GetResultPayload::Stream(stream) => Box::new(StreamReader { stream, ahead: Bytes::new(), blobs: self.clone() }),
        })
    }

    /// Stores bytes that are already encrypted, from a backup, when they are what their address says.
    pub(crate) fn put_sealed(&self, alamat: &str, bytes: &mut dyn Read) -> Result<(), PutError> {
        let mut spool = tempfile::SpooledTempFile::new(IN_MEMORY);
        let mut buffer = vec![0_u8; 64 * 1024];
        loop {
            let read = bytes.read(&mut buffer).map_err(PutError::Cut)?;
            if read == 0 {
                break;
            }
            spool.write_all(&buffer[..read]).map_err(disk)?;
        }
        let found = address(&mut spool)?;
        if found != alamat {
            return Err(StoreError::Corrupt(format!("blob {alamat} in the backup holds {found}")).into());
        }
        Ok(self.upload(alamat, &mut spool)?)
    }

    pub(crate) fn holds(&self, alamat: &str) -> Result<bool> {
        match self.run(self.store.head(&place(alamat))) {
            Ok(_) => Ok(true),
            Err(StoreError::BlobGone(_)) => Ok(false),
            Err(e) => Err(e),
        }
    }

    fn upload(&self, alamat: &str, sealed: &mut tempfile::SpooledTempFile) -> Result<()> {
        sealed.rewind().map_err(|e| StoreError::Unavailable(e.to_string()))?;
        let place = place(alamat);
        if !sealed.is_rolled() {
            let mut bytes = Vec::new();
            sealed.read_to_end(&mut bytes).map_err(|e| StoreError::Unavailable(e.to_string()))?;
            self.run(self.store.put(&place, PutPayload::from(bytes)))?;
            return Ok(());
        }
        let mut upload = self.run(self.store.put_multipart(&place))?;
        let sent = self.send_parts(upload.as_mut(), sealed);
        if sent.is_err() {
            // What was begun would lie there for ever.
            drop(self.run(upload.abort()));
        }
        sent
    }

    fn send_parts(&self, upload: &mut dyn MultipartUpload, sealed: &mut tempfile::SpooledTempFile) -> Result<()> {
        loop {
            let mut part = Vec::new();
            sealed.take(PART).read_to_end(&mut part).map_err(|e| StoreError::Unavailable(e.to_string()))?;
            if part.is_empty() {
                self.run(upload.complete())?;
                return Ok(());
            }
            self.run(upload.put_part(PutPayload::from(part)))?;
        }
    }

    /// Removes the objects at these addresses that no row names any more: at once, not with the next sweep. Gives how many were there.
    ///
    /// # Errors
    /// When the place cannot be written; the next sweep removes what was left.
    pub fn remove(&self, db: &Db, addresses: &[String]) -> Result<usize> {
        if addresses.is_empty() {
            return Ok(0);
        }
        self.are_of(db)?;
        let mut removed = 0;
        for alamat in addresses {
            let named = db.read(|tx| tx.blob(alamat))?.is_some();
            if named || !self.holds(alamat)? {
                continue;
            }
            self.run(self.store.delete(&place(alamat)))?;
            removed += 1;
        }
        Ok(removed)
    }

    /// Removes objects older than a day that no row names. Gives how many were removed.
    pub fn sweep(&self, db: &Db, by: &By) -> Result<usize> {
        self.unnamed(db, by.at, true)
    }

    /// How many objects a sweep would remove now.
    ///
    /// # Errors
    /// When the place cannot be listed.
    pub fn orphans(&self, db: &Db, now: Moment) -> Result<usize> {
        self.unnamed(db, now, false)
    }

    fn unnamed(&self, db: &Db, now: Moment, remove: bool) -> Result<usize> {
        self.are_of(db)?;
        let mut found = 0;
        let mut listed = self.store.list(None);
        while let Some(meta) = self.run(listed.try_next())? {
            // Only what was put here by us: whatever else lies there is nobody's to remove.
            let Some(alamat) = meta.location.filename().filter(|name| place(name) == meta.location) else { continue };
            let young = meta.last_modified.timestamp_millis() > now.0 - ORPHAN_MS;
            let known = db.read(|tx| {
                tx.opt("SELECT 1 FROM store_blob WHERE alamat = ?1", params![alamat], |_| Ok(())).map(|row| row.is_some())
            })?;
            if !young && !known {
                if remove {
                    self.run(self.store.delete(&meta.location))?;
                }
                found += 1;
            }
        }
        Ok(found)
    }

    /// Names in the database of which the object is gone: for `backup verify` and `doctor`.
    pub fn missing(&self, db: &Db) -> Result<Vec<String>> {
        let mut gone = Vec::new();
        for alamat in db.blob_addresses()? {
            if !self.holds(&alamat)? {
                gone.push(alamat);
            }
        }
        Ok(gone)
    }

    /// What the mark under the prefix says.
    fn owner(&self) -> Result<Option<String>> {
        let place = Place::from(s3::OWNER);
        let read = async { self.store.get(&place).await?.bytes().await };
        match self.run(read) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned())),
            Err(StoreError::BlobGone(_)) => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn mark(&self, words: &str) -> Result<()> {
        let place = Place::from(s3::OWNER);
        self.run(self.store.put(&place, PutPayload::from(words.to_owned()))).map(|_| ())
    }

    fn holds_anything(&self) -> Result<bool> {
        self.run(self.store.list(None).try_next()).map(|first| first.is_some())
    }

    /// Removes everything; the mark goes last, so that an interrupted removal is gone on with.
    fn remove_all(&self) -> Result<()> {
        let mark = Place::from(s3::OWNER);
        let mut listed = self.store.list(None);
        while let Some(meta) = self.run(listed.try_next())? {
            if meta.location != mark {
                self.run(self.store.delete(&meta.location))?;
            }
        }
        self.run(self.store.delete(&mark))
    }

    /// The object store is asynchronous; callers here are blocking threads.
    ///
    /// It runs on a thread of its own: on a runtime's blocking thread the object store would hand its work to another blocking
    /// thread, and when all of them wait like that, none is left to do it.
    fn run<T: Send>(&self, work: impl Future<Output = object_store::Result<T>> + Send) -> Result<T> {
        let own = self.runtime.as_deref();
        let done = std::thread::scope(|scope| {
            let run = scope.spawn(|| match own {
                Some(runtime) => runtime.run(work),
                None => futures_executor::block_on(work),
            });
            run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        done.map_err(store)
    }
}

impl Tx<'_> {
    /// Makes a stored file known; from then on it is kept. Written in the transaction of the row that owns it.
    pub fn keep_blob(&mut self, blob: &Blob) -> Result<()> {
        let now = self.now()?;
        self.exec(
            "INSERT INTO store_blob (alamat, ukuran, sidik, kunci_id, kunci, dibuat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![&blob.alamat, blob.ukuran, &blob.sidik, &blob.kunci_id, blob.kunci.clone(), now],
        )?;
        Ok(())
    }

    /// Forgets a stored file whose owner's row goes away in the same transaction; the next sweep removes it from the disk.
    pub fn forget_blob(&mut self, alamat: &str) -> Result<()> {
        self.exec("DELETE FROM store_blob WHERE alamat = ?1", params![alamat])?;
        Ok(())
    }

    /// The stored file at an address.
    pub fn blob(&mut self, alamat: &str) -> Result<Option<Blob>> {
        self.opt("SELECT alamat, ukuran, sidik, kunci_id, kunci FROM store_blob WHERE alamat = ?1", params![alamat], |row| {
            Ok(Blob { alamat: row.get(0)?, ukuran: row.get(1)?, sidik: row.get(2)?, kunci_id: row.get(3)?, kunci: row.get(4)? })
        })
    }
}

impl Db {
    /// Every address the database names.
    pub(crate) fn blob_addresses(&self) -> Result<Vec<String>> {
        let mut all: Vec<String> = Vec::new();
        loop {
            let after = all.last().cloned().unwrap_or_default();
            let page: Vec<String> = self.read(|tx| {
                tx.list("SELECT alamat FROM store_blob WHERE alamat > ?1 ORDER BY alamat LIMIT 1000", params![&after], |row| {
                    row.get(0)
                })
            })?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }
}

/// Piece by piece, so that a large file never stands in memory; S3 takes no smaller parts than 5 MiB but the last.
const PART: u64 = 5 << 20;

/// Two letters of the address make a folder, so that no folder grows past what old file systems like.
fn place(alamat: &str) -> Place {
    Place::from(format!("{}/{alamat}", alamat.get(..2).unwrap_or("00")))
}

fn address(sealed: &mut tempfile::SpooledTempFile) -> Result<String> {
    let failed = |e: io::Error| StoreError::Unavailable(e.to_string());
    sealed.rewind().map_err(failed)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = sealed.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok(hex(&digest.finalize()));
        }
        digest.update(&buffer[..read]);
    }
}

fn disk(e: io::Error) -> PutError {
    PutError::Store(StoreError::Unavailable(e.to_string()))
}

/// A file that does not open, unless what failed was the way to it.
fn damaged(alamat: &str, e: &io::Error) -> StoreError {
    match e.get_ref().and_then(|inner| inner.downcast_ref::<StoreError>()) {
        Some(inner) => inner.clone(),
        None => StoreError::Corrupt(format!("blob {alamat}: {e}")),
    }
}

fn store(e: object_store::Error) -> StoreError {
    use object_store::Error;
    if let Some(rustls::Error::InvalidCertificate(why)) = trust::tls_failure(&e) {
        return ObjectTrouble::Certificate(why.to_string()).into();
    }
    match e {
        // A bucket that is not there is named like an object that is not.
        Error::NotFound { path, source } if source.to_string().contains("NoSuchBucket") => ObjectTrouble::NoBucket(path).into(),
        Error::NotFound { path, .. } => StoreError::BlobGone(path),
        Error::PermissionDenied { source, .. } | Error::Unauthenticated { source, .. } => {
            ObjectTrouble::Refused(source.to_string()).into()
        }
        Error::Generic { store: "S3", source } => ObjectTrouble::Unreachable(chain(&*source)).into(),
        other => StoreError::Unavailable(other.to_string()),
    }
}

fn chain(e: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(e), |e| e.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

struct StreamReader {
    stream: futures_util::stream::BoxStream<'static, object_store::Result<Bytes>>,
    ahead: Bytes,
    /// Keeps the runtime that feeds the stream.
    blobs: Blobs,
}

impl Read for StreamReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ahead.is_empty() {
            match self.blobs.run(self.stream.try_next()).map_err(io::Error::other)? {
                None => return Ok(0),
                Some(piece) => self.ahead = piece,
            }
        }
        let taken = out.len().min(self.ahead.len());
        out[..taken].copy_from_slice(&self.ahead.split_to(taken));
        Ok(taken)
    }
}
