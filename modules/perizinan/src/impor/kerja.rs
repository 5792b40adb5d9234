//! The work nobody waits for: looking into a file, checking its rows, taking licences over and out again, forgetting what was staged.

mod terap;
mod urung;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use praja_desk::impor::{Payload, bytes_of};
use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{By, Keys, Result, StoreError};
use praja_web::lembar::{self, Baris, Masalah, Reading, Unreadable, contoh::samples};

use super::{
    Act, CHUNK, Hitungan, Impor, MAX_BYTES, MAX_PROBLEMS, MAX_ROWS, MAX_SERVICES, Status, Tindakan,
    baca::{Calon, Isi, Pembaca, Tempat},
    bidang::Bidang,
    layanan::Layanan,
    pemetaan::{Pemetaan, guess_head},
    pilah::{self, Ada, Kunci, Pilahan},
    store::{self, Siap, Tampil, terap as licences},
};
use crate::jenis;

pub(crate) use terap::apply;
pub(crate) use urung::{touched, undo};

/// Job: looks into a file.
pub(crate) const LOOK: &str = "perizinan.look-impor";
/// Job: checks its rows.
pub(crate) const CHECK: &str = "perizinan.check-impor";
/// Job: takes its licences over.
pub(crate) const APPLY: &str = "perizinan.apply-impor";
/// Job: takes them out again.
pub(crate) const UNDO: &str = "perizinan.undo-impor";
/// Job: removes staged rows that nobody needs any more.
pub(crate) const CLEAN: &str = "perizinan.clean-impor";

/// Staged rows are kept this long after the last change, in milliseconds: thirty days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The import, while it is in this state.
fn standing(instance: &Instance, id: Id, status: Status) -> Result<Option<Impor>> {
    Ok(instance.db.read(|tx| store::get(tx, id))?.filter(|impor| impor.status == status))
}

fn after(impor: &Impor, act: Act) -> Result<Status> {
    impor.status.after(act, impor.writes()).map_err(|e| StoreError::Statement(e.to_string()))
}

/// Looks into the file: its sheets and the first rows of each.
pub(crate) fn look(instance: &Instance, text: &str) -> Result<()> {
    let id = Payload::read(text)?.impor;
    let Some(impor) = standing(instance, id, Status::Membaca)? else { return Ok(()) };
    let by = instance.by_system(LOOK);
    match samples(&bytes_of(instance, &impor.alamat, MAX_BYTES)?, MAX_ROWS) {
        Err(why) => refuse(instance, &by, &impor, after(&impor, Act::Refuse)?, &why),
        Ok(contoh) => {
            let to = after(&impor, Act::Read)?;
            // The register is the sheet with most rows; covers and sums are short.
            let longest = contoh.iter().max_by_key(|one| one.jumlah).cloned();
            instance.db.write(&by, Keys::unaudited(), move |tx| {
                store::keep_samples(tx, id, &contoh)?;
                if let Some(one) = &longest {
                    store::choose(tx, id, &one.nama, guess_head(&one.baris))?;
                }
                store::move_on(tx, id, Status::Membaca, to, None).map(|_| ())
            })
        }
    }
}

fn refuse(instance: &Instance, by: &By, impor: &Impor, to: Status, why: &Unreadable) -> Result<()> {
    let (id, from, words) = (impor.id, impor.status, why.to_string());
    instance.db.write(by, Keys::unaudited(), move |tx| store::move_on(tx, id, from, to, Some(&words)).map(|_| ()))
}

/// The services a licence may belong to: every type, in its newest words, published or not, because old licences outlive a type.
pub(crate) fn services(tx: &mut praja_store::Tx<'_>) -> Result<Vec<Layanan>> {
    let all = jenis::store::all(tx)?;
    let service = |one: jenis::store::Terbit| Layanan {
        jenis: one.versi.jenis,
        kode: one.isi.kode.clone(),
        nama: one.isi.nama.clone(),
        masa: one.isi.masa.clone(),
    };
    Ok(all.into_iter().map(service).collect())
}

/// Names of services as the file has them, with their rows; the most first.
fn named(rows: &[Baris], kepala: u32, pemetaan: &Pemetaan) -> Vec<(String, i64)> {
    let from = pemetaan.of(Bidang::Layanan);
    let mut found: BTreeMap<String, (String, i64)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.nomor > kepala) {
        let cell = from.kolom.map(|at| row.at(at).shown()).unwrap_or_default();
        let name = if cell.chars().any(char::is_alphanumeric) { cell } else { from.tetap.clone() };
        if name.is_empty() || name.chars().count() > 160 {
            continue;
        }
        found.entry(praja_kernel::fold(&name)).or_insert((name, 0)).1 += 1;
    }
    let mut all: Vec<(String, i64)> = found.into_values().collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all.truncate(MAX_SERVICES);
    all
}

/// What reading a register gave.
struct Terbaca {
    licences: Vec<Calon>,
    masalah: Vec<Masalah>,
    sela: i64,
    layanan: Vec<(String, i64)>,
}

fn read_rows(rows: &[Baris], kepala: u32, reader: &Pembaca<'_>) -> Terbaca {
    let layanan = named(rows, kepala, reader.pemetaan);
    let mut read = Terbaca { licences: Vec::new(), masalah: Vec::new(), sela: 0, layanan };
    for row in rows.iter().filter(|row| row.nomor > kepala) {
        match reader.read(row, &mut read.masalah) {
            Isi::Izin(one) => read.licences.push(*one),
            Isi::Sela => read.sela += 1,
            Isi::Salah => {}
        }
    }
    read
}

/// Checks every row and stages what it would do.
pub(crate) fn check(instance: &Instance, text: &str) -> Result<()> {
    let id = Payload::read(text)?.impor;
    let Some(impor) = standing(instance, id, Status::Memeriksa)? else { return Ok(()) };
    let Some(pemetaan) = impor.pemetaan.clone() else { return Ok(()) };
    let by = instance.by_system(CHECK);
    clean(instance, id)?;
    let bytes = bytes_of(instance, &impor.alamat, MAX_BYTES)?;
    let rows = match lembar::read(&bytes, &Reading::book(&impor.lembar, MAX_ROWS)) {
        Ok(rows) => rows,
        Err(why) => return refuse(instance, &by, &impor, Status::Tertolak, &why),
    };
    let services = instance.db.read(services)?;
    let places = instance.paket.bagian_wilayah.iter().map(|(kode, nama)| (kode.as_str(), nama.as_str()));
    let tempat = Tempat::of(places);
    let reader = Pembaca { pemetaan: &pemetaan, today: instance.today(), layanan: &services, tempat: &tempat };
    let mut read = read_rows(&rows, impor.kepala, &reader);
    let known = known(instance, &read.licences)?;
    let from = pemetaan.of(Bidang::Nomor).judul;
    let kolom = if from.is_empty() { Bidang::Nomor.label() } else { &from };
    let licences = std::mem::take(&mut read.licences);
    let pilahan = pilah::sort(licences, &known, pemetaan.ganda, kolom, &mut read.masalah);
    read.masalah.sort_by_key(|one| one.baris);
    stage(instance, &by, &impor, pilahan, &read)
}

/// What is recorded of the types the register is about.
fn known(instance: &Instance, all: &[Calon]) -> Result<HashMap<Kunci, Ada>> {
    let types: BTreeSet<Id> = all.iter().map(|one| one.jenis).collect();
    let mut known = HashMap::new();
    for jenis in types {
        known.extend(instance.db.read(|tx| licences::recorded(tx, jenis))?);
    }
    Ok(known)
}

/// What is staged of a licence: with the one it writes over.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Tulis {
    calon: Calon,
    izin: Option<Id>,
}

/// The rows as they are staged: licences that are written first, with places from 1.
fn staged(pilahan: &Pilahan) -> Result<Vec<Siap>> {
    let mut all = Vec::with_capacity(pilahan.baru.len() + pilahan.ubah.len() + pilahan.sama.len());
    let mut push = |one: &Calon, tindakan, keterangan: &str, write: Option<Option<Id>>| {
        let tampil = Tampil {
            urut: number(all.len() + 1),
            baris: i64::from(one.baris),
            tindakan,
            nomor: one.nomor.clone(),
            nama: one.nama.clone(),
            layanan: one.jenis_nama.clone(),
            keterangan: keterangan.to_owned(),
        };
        let isi = match write {
            Some(izin) => serde_json::to_string(&Tulis { calon: one.clone(), izin })
                .map_err(|e| StoreError::Corrupt(format!("a licence of an import: {e}")))?,
            None => String::new(),
        };
        all.push(Siap { tampil, isi });
        Ok::<_, StoreError>(())
    };
    for one in &pilahan.baru {
        push(one, Tindakan::Baru, &one.catatan, Some(None))?;
    }
    for (one, izin) in &pilahan.ubah {
        push(one, Tindakan::Ubah, &one.catatan, Some(Some(*izin)))?;
    }
    for (one, why) in &pilahan.sama {
        push(one, Tindakan::Sama, why, None)?;
    }
    Ok(all)
}

/// Stages in chunks; between them others write.
fn stage(instance: &Instance, by: &By, impor: &Impor, pilahan: Pilahan, read: &Terbaca) -> Result<()> {
    let (id, rows) = (impor.id, staged(&pilahan)?);
    let kept: Vec<Masalah> = read.masalah.iter().take(MAX_PROBLEMS).cloned().collect();
    let total = number(rows.len().div_ceil(CHUNK) + kept.len().div_ceil(CHUNK));
    let mut done = 0;
    for part in rows.chunks(CHUNK) {
        let part = part.to_vec();
        done += 1;
        instance.db.write(by, Keys::unaudited(), move |tx| {
            store::stage(tx, id, &part)?;
            store::progress(tx, id, done, total)
        })?;
    }
    for (at, part) in kept.chunks(CHUNK).enumerate() {
        let part = part.to_vec();
        done += 1;
        instance.db.write(by, Keys::unaudited(), move |tx| {
            store::insert_problems(tx, id, at * CHUNK, &part)?;
            store::progress(tx, id, done, total)
        })?;
    }
    let wrong: BTreeSet<u32> = read.masalah.iter().map(|one| one.baris).collect();
    let all = Hitungan {
        baris: number(rows.len() + wrong.len()),
        baru: number(pilahan.baru.len()),
        ubah: number(pilahan.ubah.len()),
        sama: number(pilahan.sama.len()),
        masalah: number(read.masalah.len()),
        sela: read.sela,
        tertinggal: 0,
    };
    let (ringkas, layanan) = (pilah::by_service(&pilahan.baru), read.layanan.clone());
    let to = after(impor, Act::Check)?;
    instance.db.write(by, Keys::unaudited(), move |tx| {
        store::count(tx, id, all, &ringkas, &layanan)?;
        store::move_on(tx, id, Status::Memeriksa, to, None).map(|_| ())
    })
}

/// Removes the staged rows of imports that rest since a month.
pub(crate) fn clean_old(instance: &Instance, _: &str) -> Result<()> {
    let before = instance.now().plus_ms(-KEPT_MS).ms();
    while let Some(id) = instance.db.read(|tx| store::to_clean(tx, before))? {
        clean(instance, id)?;
        instance.db.write(&instance.by_system(CLEAN), Keys::unaudited(), move |tx| store::mark_clean(tx, id))?;
    }
    Ok(())
}

/// Removes staged rows a chunk at a time.
fn clean(instance: &Instance, id: Id) -> Result<()> {
    let (mut below, most) = (number(CHUNK), number(MAX_ROWS + 2 * CHUNK));
    while below <= most {
        let gone =
            instance.db.write(&instance.by_system(CLEAN), Keys::unaudited(), move |tx| store::remove_some(tx, id, below))?;
        if gone == 0 {
            break;
        }
        below += number(CHUNK);
    }
    Ok(())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
