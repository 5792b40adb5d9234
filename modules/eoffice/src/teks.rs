//! The words of scans and signed naskah for the search: read from their PDF in the background, never from what is secret.
//!
//! They become part of the entry of their letter or naskah in the index, so whoever does not find the one does not find the other.

use praja_desk::attachments::{self, Attachment};
use praja_kernel::{Id, Sifat};
use praja_module::{Instance, documents::DrawError};
use praja_store::{Keys, Result, StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::{
    ID, NASKAH, SURAT_MASUK,
    disposisi::pokok::{Jenis, Pokok},
    naskah, surat_masuk, susut,
};

/// The job that reads what is attached to one letter or naskah.
pub(crate) const JOB: &str = "eoffice.read-pdf";
/// The job that reads what was attached before anybody read it.
pub(crate) const OLD: &str = "eoffice.read-old-pdf";
/// Files of one letter that are read, in all: a box of scans must not keep the background for itself.
const FILES: usize = 20;
/// Their size together.
const BYTES: i64 = 64 << 20;
/// Letters and naskah that one run of [`OLD`] looks through.
const STEP: i64 = 100;
/// So many of them with files are read in one run: a run that takes too long is begun anew by another.
const READ: usize = 5;
/// A fact of a database in which [`OLD`] has begun.
const BEGUN: &str = "eoffice/teks-lama";
/// Between two of its steps.
const PAUSE_MS: i64 = 1_000;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Payload {
    naskah: bool,
    id: Id,
}

/// Leaves the files of a letter or naskah to be read soon. Of Rahasia and above nothing is read.
pub(crate) fn later(tx: &mut Tx<'_>, jenis: Jenis, id: Id, sifat: Sifat) -> Result<()> {
    if sifat.is_secret() {
        return Ok(());
    }
    let now = tx.now()?;
    tx.enqueue(JOB, &Payload { naskah: jenis == Jenis::Naskah, id }, now, None).map(|_| ())
}

/// Takes the words of the files out of the search: they were destroyed.
pub(crate) fn forget(tx: &mut Tx<'_>, jenis: Jenis, id: Id) -> Result<()> {
    put(tx, jenis, id, "")
}

fn put(tx: &mut Tx<'_>, jenis: Jenis, id: Id, text: &str) -> Result<()> {
    let (kind, list) = match jenis {
        Jenis::Surat => (SURAT_MASUK, surat_masuk::pages::LIST),
        Jenis::Naskah => (NASKAH, naskah::write::PAGE),
    };
    tx.index_body(ID, kind, &format!("{list}/{id}"), text)
}

/// The job [`JOB`].
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let asked: Payload = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("{JOB}: {e}")))?;
    read(instance, if asked.naskah { Jenis::Naskah } else { Jenis::Surat }, asked.id).map(|_| ())
}

/// Reads the files of one letter or naskah; says whether it had any that could be read.
fn read(instance: &Instance, jenis: Jenis, id: Id) -> Result<bool> {
    let files = instance.db.read(|tx| readable(tx, jenis, id))?;
    if files.is_empty() {
        return Ok(false);
    }
    let Some(documents) = &instance.ports.documents else { return Ok(false) };
    let mut text = String::new();
    for file in files {
        let Some((_, bytes)) = attachments::content(instance, &jenis.objek(id), &file.sidik)? else { continue };
        match documents.text(&bytes) {
            Ok(found) => {
                text.push_str(&found.text);
                text.push('\n');
            }
            // Broken, behind a password, too large: it stays a file that nobody finds by its words.
            Err(DrawError::Template(_) | DrawError::TooMuch(_) | DrawError::Unknown(_)) => {}
            // Whoever reads is away: the job is tried again.
            Err(away @ DrawError::Away(_)) => return Err(StoreError::Unavailable(away.to_string())),
        }
    }
    instance.db.write(&instance.by_system(JOB), Keys::unaudited(), move |tx| {
        // Destroyed meanwhile, or made secret: then its words stay out.
        if readable(tx, jenis, id)?.is_empty() { Ok(()) } else { put(tx, jenis, id, &text) }
    })?;
    Ok(true)
}

/// The PDF files of a letter or naskah that everybody may open who finds it; of what is secret none.
fn readable(tx: &mut Tx<'_>, jenis: Jenis, id: Id) -> Result<Vec<Attachment>> {
    let Some(pokok) = Pokok::find_any(tx, jenis, id)? else { return Ok(Vec::new()) };
    if pokok.sifat().is_secret() || susut::store::destroyed(tx, id)?.is_some() {
        return Ok(Vec::new());
    }
    let readers = match jenis {
        Jenis::Surat => surat_masuk::store::readers_of(tx, id)?,
        Jenis::Naskah => naskah::store::readers_of(tx, id)?,
    };
    let (mut kept, mut bytes) = (Vec::new(), 0);
    for file in attachments::of(tx, &pokok.objek())? {
        let plain = file.mime == "application/pdf" && !file.dibatasi && file.dimusnahkan.is_none();
        bytes += file.ukuran;
        if !plain || bytes > BYTES || kept.len() == FILES {
            continue;
        }
        let openers = attachments::openers(tx, file.id)?;
        if readers.iter().all(|reader| openers.contains(reader)) {
            kept.push(file);
        }
    }
    Ok(kept)
}

/// Where [`OLD`] goes on: after this letter or naskah.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Cursor {
    naskah: bool,
    after: String,
}

/// The job [`OLD`]: what came before this program read files, letters first, then naskah, from the oldest on. It begins once in the life
/// of a database, goes on by itself, and ends.
pub(crate) fn run_old(instance: &Instance, payload: &str) -> Result<()> {
    if instance.ports.documents.is_none() {
        return Ok(());
    }
    let at: Option<Cursor> = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("{OLD}: {e}")))?;
    let at = match at {
        Some(at) => at,
        None if instance.db.read(|tx| tx.fact(BEGUN))?.is_some() => return Ok(()),
        None => Cursor { naskah: false, after: String::new() },
    };
    let jenis = if at.naskah { Jenis::Naskah } else { Jenis::Surat };
    let ids = instance.db.read(|tx| match jenis {
        Jenis::Surat => surat_masuk::store::open_ids(tx, &at.after, STEP),
        Jenis::Naskah => naskah::store::open_ids(tx, &at.after, STEP),
    })?;
    let (mut last, mut opened) = (None, 0);
    for id in ids {
        if opened == READ {
            break;
        }
        opened += usize::from(read(instance, jenis, id)?);
        last = Some(id);
    }
    let next = match (last, jenis) {
        (Some(last), _) => Some(Cursor { naskah: at.naskah, after: last.to_string() }),
        (None, Jenis::Surat) => Some(Cursor { naskah: true, after: String::new() }),
        (None, Jenis::Naskah) => None,
    };
    instance.db.write(&instance.by_system(OLD), Keys::unaudited(), move |tx| {
        tx.record_fact(BEGUN, "ya")?;
        let now = tx.now()?;
        // Nobody waits for it: others come between.
        next.as_ref().map_or(Ok(()), |next| tx.enqueue(OLD, next, now.plus_ms(PAUSE_MS), None).map(|_| ()))
    })
}
