//! The work nobody waits for: looking into a file, checking its rows, taking letters over and out again, forgetting what was staged.

mod terap;
mod urung;

use std::collections::BTreeSet;

use praja_desk::{
    impor::{Payload, bytes_of},
    klasifikasi::Klasifikasi,
    registers::{RegisterKey, lama},
};
use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{By, Keys, Result, StoreError};
use praja_web::lembar::{self, Baris, Masalah, Reading, Unreadable, contoh::samples};

use super::{
    Act, CHUNK, Hitungan, Impor, MAX_BYTES, MAX_PROBLEMS, MAX_ROWS, Status, Tindakan,
    baca::{Calon, Isi, Pembaca},
    pemetaan::{Pemetaan, guess_head},
    pilah::{self, Pilahan, Tercatat},
    store::{self, Siap, Tampil, terap as letters},
};
use crate::{AGENDA, surat_masuk::nomor_agenda};

pub(crate) use terap::apply;
pub(crate) use urung::undo;

/// Job: looks into a file.
pub(crate) const LOOK: &str = "eoffice.look-impor";
/// Job: checks its rows.
pub(crate) const CHECK: &str = "eoffice.check-impor";
/// Job: takes its letters over.
pub(crate) const APPLY: &str = "eoffice.apply-impor";
/// Job: takes them out again.
pub(crate) const UNDO: &str = "eoffice.undo-impor";
/// Job: removes staged rows that nobody needs any more.
pub(crate) const CLEAN: &str = "eoffice.clean-impor";

/// Staged rows are kept this long after the last change, in milliseconds: thirty days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The import, while it is in this state.
fn standing(instance: &Instance, id: Id, status: Status) -> Result<Option<Impor>> {
    Ok(instance.db.read(|tx| store::get(tx, id))?.filter(|impor| impor.status == status))
}

fn after(impor: &Impor, act: Act) -> Result<Status> {
    impor.status.after(act, impor.hitungan.baru).map_err(|e| StoreError::Statement(e.to_string()))
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
            // The book is the sheet with most rows; covers and sums are short.
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

/// What reading a book gave.
struct Terbaca {
    letters: Vec<Calon>,
    masalah: Vec<Masalah>,
    sela: i64,
}

fn read_rows(rows: &[Baris], kepala: u32, reader: &mut Pembaca<'_>) -> Terbaca {
    let mut read = Terbaca { letters: Vec::new(), masalah: Vec::new(), sela: 0 };
    for row in rows.iter().filter(|row| row.nomor > kepala) {
        match reader.read(row, &mut read.masalah) {
            Isi::Surat(one) => read.letters.push(*one),
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
    let rows = match lembar::read(&bytes_of(instance, &impor.alamat, MAX_BYTES)?, &Reading::book(&impor.lembar, MAX_ROWS)) {
        Ok(rows) => rows,
        Err(why) => return refuse(instance, &by, &impor, Status::Tertolak, &why),
    };
    let klasifikasi = instance.db.read(|tx| Klasifikasi::in_force(tx, instance))?;
    let mut reader = Pembaca::new(&pemetaan, instance.today(), &klasifikasi);
    let mut read = read_rows(&rows, impor.kepala, &mut reader);
    let known = known(instance, impor.opd, &read.letters)?;
    let pilahan = pilah::sort(read.letters, &known, pemetaan.ganda, &heading(&pemetaan), &mut read.masalah);
    read.masalah.sort_by_key(|one| one.baris);
    stage(instance, &by, &impor, pilahan, &read.masalah, read.sela)
}

fn heading(pemetaan: &Pemetaan) -> String {
    pilah::heading(pemetaan)
}

/// What is recorded of the years the book is about.
fn known(instance: &Instance, opd: Id, all: &[Calon]) -> Result<Tercatat> {
    let years: BTreeSet<i64> = all.iter().map(|one| one.tahun).collect();
    let mut known = Tercatat::default();
    for tahun in years {
        let (taken, there) = instance.db.read(|tx| {
            let key = RegisterKey { opd, kelompok: AGENDA, tahun };
            Ok::<_, StoreError>((lama::taken(tx, &key)?, letters::recorded(tx, opd, tahun)?))
        })?;
        let numbers = known.nomor.entry(tahun).or_insert(taken);
        for one in there {
            numbers.insert(one.agenda);
            let nomor = nomor_agenda(one.agenda, tahun);
            match (one.sidik, one.kunci) {
                (Some(sidik), _) => {
                    known.sidik.insert(sidik, nomor);
                }
                (None, Some(kunci)) => {
                    known.surat.insert(kunci, nomor);
                }
                (None, None) => {}
            }
        }
    }
    Ok(known)
}

/// The rows as they are staged: letters that are added first, with places from 1.
fn staged(pilahan: &Pilahan) -> Result<Vec<Siap>> {
    let mut all = Vec::with_capacity(pilahan.baru.len() + pilahan.sama.len());
    let mut push = |one: &Calon, tindakan, agenda: String, keterangan: String, isi: String| {
        // Of a closed envelope a page of rows says no more than the agenda does.
        let judul = if one.isi.sifat.is_secret() { crate::surat_masuk::RAHASIA.to_owned() } else { one.isi.hal.clone() };
        let urut = number(all.len() + 1);
        let tampil =
            Tampil { urut, baris: i64::from(one.baris), tindakan, agenda, judul, asal: one.isi.asal.clone(), keterangan };
        all.push(Siap { tampil, isi });
    };
    for one in &pilahan.baru {
        let agenda =
            one.agenda.map_or_else(|| format!("nomor berikutnya {}", one.tahun), |agenda| nomor_agenda(agenda, one.tahun));
        let note = one.agenda_lama.as_ref().map(|old| format!("nomor lama {old}")).unwrap_or_default();
        let isi = serde_json::to_string(one).map_err(|e| StoreError::Corrupt(format!("a letter of an import: {e}")))?;
        push(one, Tindakan::Baru, agenda, note, isi);
    }
    for (one, nomor) in &pilahan.sama {
        let agenda = if nomor.contains('/') { nomor.clone() } else { String::new() };
        let note = if agenda.is_empty() { format!("sama dengan {nomor}") } else { format!("sudah tercatat, agenda {nomor}") };
        push(one, Tindakan::Sama, agenda, note, String::new());
    }
    Ok(all)
}

/// Stages in chunks; between them others write.
fn stage(instance: &Instance, by: &By, impor: &Impor, pilahan: Pilahan, masalah: &[Masalah], sela: i64) -> Result<()> {
    let (id, rows) = (impor.id, staged(&pilahan)?);
    let kept: Vec<Masalah> = masalah.iter().take(MAX_PROBLEMS).cloned().collect();
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
    let wrong: BTreeSet<u32> = masalah.iter().map(|one| one.baris).collect();
    let all = Hitungan {
        baris: number(pilahan.baru.len() + pilahan.sama.len() + wrong.len()),
        baru: number(pilahan.baru.len()),
        sama: number(pilahan.sama.len()),
        masalah: number(masalah.len()),
        sela,
        tertinggal: 0,
    };
    let ringkas = pilah::by_year(&pilahan.baru);
    let days = || pilahan.baru.iter().map(|one| one.isi.tanggal_terima);
    let masa = days().min().zip(days().max());
    let to = after(impor, Act::Check)?;
    instance.db.write(by, Keys::unaudited(), move |tx| {
        store::count(tx, id, all, &ringkas, masa)?;
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
