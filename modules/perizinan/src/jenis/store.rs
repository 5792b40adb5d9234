//! The only SQL about types of service and their versions.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, LazyLock, Mutex},
};

use praja_kernel::{Date, Id, Moment, fold, words};
use praja_store::{Result, Row, StoreError, Tx, audit::Entry, params};
use sha2::{Digest, Sha256};

#[cfg(test)]
mod tests;

use super::{Jenis, Kanal, baca, bawaan, periksa};

/// The table of versions, which names them in the audit trail.
pub(crate) const TABLE: &str = "perizinan_jenis_versi";
/// A regency has some hundreds of services, each with some versions in use.
const MOST: i64 = 2000;

words! {
    /// How far a version has come.
    pub(crate) enum Keadaan ("keadaan jenis layanan") {
        /// Is being written.
        Draf => "draf", "Draf";
        /// May be applied for.
        Terbit => "terbit", "Terbit";
        /// A newer version took its place; what was filed under it goes on.
        Diganti => "diganti", "Diganti versi baru";
        /// Is not offered any more.
        Dihentikan => "dihentikan", "Dihentikan";
    }
}

/// A version without its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Versi {
    /// Identity.
    pub(crate) id: Id,
    /// The type it is a version of.
    pub(crate) jenis: Id,
    /// Code of the type.
    pub(crate) kode: String,
    /// From 1.
    pub(crate) nomor: i64,
    /// How far it has come.
    pub(crate) keadaan: Keadaan,
    /// Name of the service.
    pub(crate) nama: String,
    /// Field of government.
    pub(crate) sektor: String,
    /// Where the record is kept.
    pub(crate) kanal: Kanal,
    /// First day.
    pub(crate) berlaku_dari: Date,
    /// Last day.
    pub(crate) berlaku_sampai: Option<Date>,
    /// Published only because this is an exercise.
    pub(crate) latihan: bool,
    /// When it was published.
    pub(crate) terbit_pada: Option<Moment>,
    /// Who wrote or published it last.
    pub(crate) oleh: String,
    /// Against two writers at once.
    pub(crate) versi: i64,
}

/// A version with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terbit {
    /// The version.
    pub(crate) versi: Versi,
    /// What it says.
    pub(crate) isi: Arc<Jenis>,
}

/// Puts the types that come with the program beside those that are there: into an exercise as published, into a real Instance as drafts for the
/// regency to review. Gives how many were new.
pub(crate) fn install(tx: &mut Tx<'_>, contoh: bool) -> Result<usize> {
    let mut count = 0;
    for jenis in bawaan::all() {
        if type_id(tx, &jenis.kode)?.is_some() {
            continue;
        }
        let id = create(tx, &jenis)?;
        if contoh {
            let latihan = periksa::promise(&jenis, true).unwrap_or(true);
            publish(tx, id, 1, latihan, jenis.berlaku_dari)?;
        }
        count += 1;
    }
    Ok(count)
}

/// The identity of a type.
pub(crate) fn type_id(tx: &mut Tx<'_>, kode: &str) -> Result<Option<Id>> {
    tx.opt("SELECT id FROM perizinan_jenis WHERE kode = ?1", params![kode], |row| row.get(0))
}

/// Writes a draft: the first version of a new type, or the next one of a known type.
pub(crate) fn create(tx: &mut Tx<'_>, isi: &Jenis) -> Result<Id> {
    let now = tx.now()?;
    let jenis = match type_id(tx, &isi.kode)? {
        Some(id) => id,
        None => {
            let id = tx.new_id()?;
            tx.exec("INSERT INTO perizinan_jenis (id, kode, created_at) VALUES (?1, ?2, ?3)", params![id, &isi.kode, now])?;
            id
        }
    };
    let last: Option<i64> =
        tx.opt("SELECT nomor FROM perizinan_jenis_versi WHERE jenis = ?1 ORDER BY nomor DESC LIMIT 1", params![jenis], |row| {
            row.get(0)
        })?;
    let (id, nomor) = (tx.new_id()?, last.unwrap_or(0) + 1);
    let (text, sidik) = written(isi)?;
    let oleh = tx.by()?.actor.nama().to_owned();
    tx.exec(
        "INSERT INTO perizinan_jenis_versi (id, jenis, nomor, status, nama, fold, sektor, kanal, berlaku_dari, berlaku_sampai, isi, sidik,
            latihan, terbit_pada, oleh, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL, ?14, ?15, 1)",
        params![
            id,
            jenis,
            nomor,
            Keadaan::Draf.as_str(),
            &isi.nama,
            folded(isi),
            &isi.sektor,
            isi.kanal.as_str(),
            isi.berlaku_dari,
            isi.berlaku_sampai,
            text,
            &sidik,
            false,
            oleh,
            now
        ],
    )?;
    tx.audit(&Entry::new("perizinan.add-jenis", TABLE, id).with("kode", &isi.kode).with("nomor", nomor).with("sidik", sidik))?;
    Ok(id)
}

/// Saves a draft; `false` when somebody was first, or it is no draft any more.
pub(crate) fn save(tx: &mut Tx<'_>, id: Id, versi: i64, isi: &Jenis) -> Result<bool> {
    let (text, sidik) = written(isi)?;
    let oleh = tx.by()?.actor.nama().to_owned();
    let changed = tx.exec(
        "UPDATE perizinan_jenis_versi SET nama = ?3, fold = ?4, sektor = ?5, kanal = ?6, berlaku_dari = ?7, berlaku_sampai = ?8, isi = ?9,
            sidik = ?10, oleh = ?11, versi = versi + 1
         WHERE id = ?1 AND versi = ?2 AND status = 'draf'",
        params![
            id,
            versi,
            &isi.nama,
            folded(isi),
            &isi.sektor,
            isi.kanal.as_str(),
            isi.berlaku_dari,
            isi.berlaku_sampai,
            text,
            &sidik,
            oleh
        ],
    )?;
    if changed == 1 {
        tx.audit(&Entry::new("perizinan.change-jenis", TABLE, id).with("kode", &isi.kode).with("sidik", sidik))?;
    }
    Ok(changed == 1)
}

/// Publishes a draft; `false` when somebody was first. What it takes the place of stays as it is for what was filed under it, and is offered
/// until the first day of the new one.
pub(crate) fn publish(tx: &mut Tx<'_>, id: Id, versi: i64, latihan: bool, today: Date) -> Result<bool> {
    let Some(one) = find(tx, id)? else { return Ok(false) };
    let (now, oleh) = (tx.now()?, tx.by()?.actor.nama().to_owned());
    let changed = tx.exec(
        "UPDATE perizinan_jenis_versi SET status = ?3, latihan = ?4, terbit_pada = ?5, oleh = ?6, versi = versi + 1
         WHERE id = ?1 AND versi = ?2 AND status = 'draf'",
        params![id, versi, Keadaan::Terbit.as_str(), latihan, now, oleh],
    )?;
    if changed == 0 {
        return Ok(false);
    }
    if one.versi.berlaku_dari <= today {
        tx.exec(
            "UPDATE perizinan_jenis_versi SET status = 'diganti', versi = versi + 1
             WHERE jenis = ?1 AND nomor < ?2 AND status = 'terbit'",
            params![one.versi.jenis, one.versi.nomor],
        )?;
    }
    tx.audit(
        &Entry::new("perizinan.publish-jenis", TABLE, id)
            .with("kode", &one.versi.kode)
            .with("nomor", one.versi.nomor)
            .with("latihan", latihan),
    )?;
    Ok(true)
}

/// Takes a type out of the offer; `false` when somebody was first. What was filed goes on.
pub(crate) fn retire(tx: &mut Tx<'_>, id: Id, versi: i64, alasan: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_jenis_versi SET status = 'dihentikan', versi = versi + 1 WHERE id = ?1 AND versi = ?2 AND status = 'terbit'",
        params![id, versi],
    )?;
    if changed == 1 {
        tx.audit(&Entry::new("perizinan.retire-jenis", TABLE, id).because(alasan))?;
    }
    Ok(changed == 1)
}

/// Removes a draft; `false` when it is none any more.
pub(crate) fn remove_draft(tx: &mut Tx<'_>, id: Id, versi: i64) -> Result<bool> {
    let Some(one) = find(tx, id)? else { return Ok(false) };
    let changed =
        tx.exec("DELETE FROM perizinan_jenis_versi WHERE id = ?1 AND versi = ?2 AND status = 'draf'", params![id, versi])?;
    if changed == 1 {
        tx.audit(&Entry::new("perizinan.remove-jenis", TABLE, id).with("kode", one.versi.kode).with("nomor", one.versi.nomor))?;
    }
    Ok(changed == 1)
}

/// One version.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Terbit>> {
    let found = tx.opt(
        "SELECT v.id, v.jenis, j.kode, v.nomor, v.status, v.nama, v.sektor, v.kanal, v.berlaku_dari, v.berlaku_sampai, v.latihan,
            v.terbit_pada, v.oleh, v.versi, v.sidik, v.isi
         FROM perizinan_jenis_versi v JOIN perizinan_jenis j ON j.id = v.jenis WHERE v.id = ?1",
        params![id],
        whole,
    )?;
    found.map(described).transpose()
}

/// What the version says under which something was filed.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub(crate) fn version(tx: &mut Tx<'_>, id: Id) -> Result<Arc<Jenis>> {
    find(tx, id)?.map(|one| one.isi).ok_or(StoreError::Missing)
}

/// What may be applied for on a day, by name.
pub(crate) fn open(tx: &mut Tx<'_>, day: Date) -> Result<Vec<Terbit>> {
    let found = tx.list(
        "SELECT v.id, v.jenis, j.kode, v.nomor, v.status, v.nama, v.sektor, v.kanal, v.berlaku_dari, v.berlaku_sampai, v.latihan,
            v.terbit_pada, v.oleh, v.versi, v.sidik, v.isi
         FROM perizinan_jenis_versi v JOIN perizinan_jenis j ON j.id = v.jenis WHERE v.status = 'terbit' ORDER BY v.jenis, v.nomor LIMIT ?1",
        params![MOST],
        whole,
    )?;
    let mut newest: BTreeMap<Id, Terbit> = BTreeMap::new();
    for row in found {
        let one = described(row)?;
        // The newest version that is open wins: one that begins later waits behind it.
        if one.isi.is_open_on(day) {
            newest.insert(one.versi.jenis, one);
        }
    }
    let mut all: Vec<Terbit> = newest.into_values().collect();
    all.sort_by_cached_key(|one| fold(&one.versi.nama));
    Ok(all)
}

/// The version of a type that may be applied for on a day.
pub(crate) fn published(tx: &mut Tx<'_>, kode: &str, day: Date) -> Result<Option<Terbit>> {
    let found = tx.list(
        "SELECT v.id, v.jenis, j.kode, v.nomor, v.status, v.nama, v.sektor, v.kanal, v.berlaku_dari, v.berlaku_sampai, v.latihan,
            v.terbit_pada, v.oleh, v.versi, v.sidik, v.isi
         FROM perizinan_jenis j JOIN perizinan_jenis_versi v ON v.jenis = j.id WHERE j.kode = ?1 AND v.status = 'terbit'
         ORDER BY v.nomor DESC LIMIT ?2",
        params![kode, MOST],
        whole,
    )?;
    for row in found {
        let one = described(row)?;
        if one.isi.is_open_on(day) {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

/// Every version of a type, the newest first.
pub(crate) fn versions(tx: &mut Tx<'_>, jenis: Id) -> Result<Vec<Terbit>> {
    let found = tx.list(
        "SELECT v.id, v.jenis, j.kode, v.nomor, v.status, v.nama, v.sektor, v.kanal, v.berlaku_dari, v.berlaku_sampai, v.latihan,
            v.terbit_pada, v.oleh, v.versi, v.sidik, v.isi
         FROM perizinan_jenis_versi v JOIN perizinan_jenis j ON j.id = v.jenis WHERE v.jenis = ?1 ORDER BY v.nomor DESC LIMIT ?2",
        params![jenis, MOST],
        whole,
    )?;
    found.into_iter().map(described).collect()
}

/// The newest version of every type, by name, for whoever keeps them.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<Terbit>> {
    let found = tx.list(
        "SELECT v.id, v.jenis, j.kode, v.nomor, v.status, v.nama, v.sektor, v.kanal, v.berlaku_dari, v.berlaku_sampai, v.latihan,
            v.terbit_pada, v.oleh, v.versi, v.sidik, v.isi
         FROM perizinan_jenis j JOIN perizinan_jenis_versi v ON v.jenis = j.id WHERE j.kode >= ?1 ORDER BY j.kode LIMIT ?2",
        params!["", MOST],
        whole,
    )?;
    let mut newest: BTreeMap<Id, Terbit> = BTreeMap::new();
    for row in found {
        if newest.get(&row.0.jenis).is_none_or(|known| known.versi.nomor < row.0.nomor) {
            newest.insert(row.0.jenis, described(row)?);
        }
    }
    let mut all: Vec<Terbit> = newest.into_values().collect();
    all.sort_by_cached_key(|one| fold(&one.versi.nama));
    Ok(all)
}

/// The types of which some version is offered.
pub(crate) fn offered(tx: &mut Tx<'_>) -> Result<BTreeSet<Id>> {
    let found = tx.list(
        "SELECT jenis FROM perizinan_jenis_versi WHERE status = 'terbit' ORDER BY jenis, nomor LIMIT ?1",
        params![MOST],
        |row| row.get(0),
    )?;
    Ok(found.into_iter().collect())
}

/// Under this name stand the codes of the services that the start page shows first.
const LEADING: &str = "layanan-terdepan";

/// The codes of the services that the start page shows first.
pub(crate) fn leading(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let found: Option<String> =
        tx.opt("SELECT nilai FROM perizinan_pengaturan WHERE kunci = ?1", params![LEADING], |row| row.get(0))?;
    Ok(found.unwrap_or_default().split_whitespace().map(str::to_owned).collect())
}

/// Shows a service first on the start page, or no longer.
pub(crate) fn set_leading(tx: &mut Tx<'_>, kode: &str, first: bool) -> Result<()> {
    let mut all = leading(tx)?;
    all.retain(|one| one != kode);
    if first {
        all.push(kode.to_owned());
    }
    tx.exec(
        "INSERT INTO perizinan_pengaturan (kunci, nilai, versi) VALUES (?1, ?2, 1)
         ON CONFLICT (kunci) DO UPDATE SET nilai = excluded.nilai, versi = perizinan_pengaturan.versi + 1",
        params![LEADING, all.join(" ")],
    )?;
    tx.audit(&Entry::new("perizinan.place-jenis", "perizinan_pengaturan", LEADING).with("kode", kode).with("di_depan", first))
}

fn folded(isi: &Jenis) -> String {
    fold(&format!("{} {} {} {}", isi.nama, isi.kode, isi.sektor, isi.ringkasan))
}

fn written(isi: &Jenis) -> Result<(String, String)> {
    let text =
        serde_json::to_string(isi).map_err(|e| StoreError::Corrupt(format!("a type of service cannot be written: {e}")))?;
    let sidik = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((text, sidik))
}

type Whole = (Versi, String, String);

fn whole(row: &Row<'_>) -> Result<Whole> {
    let word = |at: usize| row.get::<String>(at);
    let versi = Versi {
        id: row.get(0)?,
        jenis: row.get(1)?,
        kode: row.get(2)?,
        nomor: row.get(3)?,
        keadaan: Keadaan::parse(&word(4)?).map_err(|e| StoreError::unknown_word(e.noun, &e.word))?,
        nama: row.get(5)?,
        sektor: row.get(6)?,
        kanal: Kanal::parse(&word(7)?).map_err(|e| StoreError::unknown_word(e.noun, &e.word))?,
        berlaku_dari: row.get(8)?,
        berlaku_sampai: row.get(9)?,
        latihan: row.get(10)?,
        terbit_pada: row.get(11)?,
        oleh: row.get(12)?,
        versi: row.get(13)?,
    };
    Ok((versi, row.get(14)?, row.get(15)?))
}

/// Descriptions that were read lately, by the hash of their text: the same text is the same description in every Instance.
static READ: LazyLock<Mutex<HashMap<String, Arc<Jenis>>>> = LazyLock::new(Mutex::default);
/// More than a regency has in use.
const KEPT: usize = 256;

fn described((versi, sidik, isi): Whole) -> Result<Terbit> {
    let known = |read: &HashMap<String, Arc<Jenis>>| read.get(&sidik).cloned();
    if let Some(isi) = READ.lock().ok().as_deref().and_then(known) {
        return Ok(Terbit { versi, isi });
    }
    let broken =
        |e: serde_json::Error| StoreError::Corrupt(format!("version {} of {} cannot be read: {e}", versi.nomor, versi.kode));
    let isi = Arc::new(serde_json::from_str(&isi).and_then(baca::from_value).map_err(broken)?);
    if let Ok(mut read) = READ.lock() {
        if read.len() >= KEPT {
            read.clear();
        }
        read.insert(sidik, Arc::clone(&isi));
    }
    Ok(Terbit { versi, isi })
}

/// Identity and newest name of every type, by name.
pub(crate) fn names(tx: &mut Tx<'_>) -> Result<Vec<(Id, String)>> {
    let found: Vec<(Id, String)> = tx.list(
        "SELECT jenis, nama FROM perizinan_jenis_versi WHERE jenis >= ?1 ORDER BY jenis, nomor LIMIT ?2",
        params!["", MOST],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    // The newest of each stands last.
    let newest: BTreeMap<Id, String> = found.into_iter().collect();
    let mut names: Vec<(Id, String)> = newest.into_iter().collect();
    names.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(names)
}
