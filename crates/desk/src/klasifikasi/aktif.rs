//! Which classification is in force: the one loaded on screen, else that of the region pack, else the shipped one.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use praja_module::{Instance, Paket};
use praja_store::{Result, StoreError, Tx, audit};
use sha2::{Digest, Sha256};

use super::Klasifikasi;
use crate::choices::store as settings;

/// Whose setting the loaded list is.
const OWNER: &str = "daerah";
/// The digest of the loaded list, and the list.
const SIDIK: &str = "klasifikasi.sidik";
const ISI: &str = "klasifikasi.isi";
/// Lists kept ready; a process serves few regencies, and a list is read anew in a moment.
const KEPT: usize = 32;

/// Where the list in force comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asal {
    /// Loaded on screen.
    Dimuat,
    /// From the region pack.
    Paket,
    /// With the program.
    Bawaan,
}

impl Asal {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Dimuat => "Dimuat pada halaman ini",
            Self::Paket => "Dari paket daerah",
            Self::Bawaan => "Bawaan Praja",
        }
    }
}

impl Klasifikasi {
    /// The list in force in this regency.
    ///
    /// # Errors
    /// When the database fails.
    pub fn in_force(tx: &mut Tx<'_>, instance: &Instance) -> Result<Arc<Self>> {
        Ok(with_source(tx, &instance.paket)?.0)
    }
}

/// The list in force and where it comes from.
pub(crate) fn with_source(tx: &mut Tx<'_>, paket: &Paket) -> Result<(Arc<Klasifikasi>, Asal)> {
    if let Some(sidik) = settings::setting(tx, OWNER, SIDIK)?.filter(|sidik| !sidik.is_empty()) {
        if let Some(known) = kept(&sidik) {
            return Ok((known, Asal::Dimuat));
        }
        let text = settings::setting(tx, OWNER, ISI)?.ok_or(StoreError::Missing)?;
        return Ok((keep(&sidik, &text), Asal::Dimuat));
    }
    Ok(match &paket.klasifikasi_isi {
        Some(file) => (kept(file.sidik()).unwrap_or_else(|| keep(file.sidik(), file.isi())), Asal::Paket),
        None => (Klasifikasi::shipped().clone(), Asal::Bawaan),
    })
}

/// Puts a list in force that was checked; empty brings back that of the pack or of the program.
pub(super) fn load(tx: &mut Tx<'_>, text: &str, codes: usize) -> Result<()> {
    let sidik = if text.is_empty() { String::new() } else { digest(text) };
    settings::put_setting(tx, OWNER, ISI, text)?;
    settings::put_setting(tx, OWNER, SIDIK, &sidik)?;
    let entry = audit::Entry::new("desk.import-klasifikasi", "desk_pilihan", "klasifikasi");
    tx.audit(&entry.with("kode", codes).with("sidik", if sidik.is_empty() { "bawaan" } else { &sidik }))
}

fn cache() -> &'static Mutex<HashMap<String, Arc<Klasifikasi>>> {
    static KNOWN: OnceLock<Mutex<HashMap<String, Arc<Klasifikasi>>>> = OnceLock::new();
    KNOWN.get_or_init(Mutex::default)
}

fn kept(sidik: &str) -> Option<Arc<Klasifikasi>> {
    cache().lock().unwrap_or_else(PoisonError::into_inner).get(sidik).cloned()
}

fn keep(sidik: &str, text: &str) -> Arc<Klasifikasi> {
    let list = Arc::new(Klasifikasi::read(text));
    let mut known = cache().lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= KEPT {
        known.clear();
    }
    known.insert(sidik.to_owned(), list.clone());
    list
}

fn digest(text: &str) -> String {
    use std::fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Where a list waits between the dry run and the decision: one per person.
const TUNGGU: &str = "klasifikasi.tunggu";

/// Keeps a checked list until it is decided on; gives its digest.
pub(super) fn stage(tx: &mut Tx<'_>, text: &str) -> Result<String> {
    let who = tx.by()?.actor.key();
    settings::put_setting(tx, &who, TUNGGU, text)?;
    Ok(digest(text))
}

/// The list that waits for whoever writes, if it is still the one that was shown.
pub(super) fn staged(tx: &mut Tx<'_>, sidik: &str) -> Result<Option<String>> {
    let who = tx.by()?.actor.key();
    Ok(settings::setting(tx, &who, TUNGGU)?.filter(|text| digest(text) == sidik))
}
