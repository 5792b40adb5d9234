//! The work nobody waits for: checking a file, applying it, forgetting what was staged.

use std::{collections::HashMap, io::Read};

use praja_kernel::{Actor, Id, Scope};
use praja_module::Instance;
use praja_store::{By, Key, Keys, Result, StoreError, Tx, audit::Entry};
use praja_web::lembar::{self, Baris, Unreadable};
use serde::{Deserialize, Serialize};

use super::{
    Act, CHUNK, Impor, Jenis, MAX_BYTES, MAX_PROBLEMS, Masalah, READING, Status,
    baca::Tabel,
    jabatan, opd, pegawai,
    rencana::{Rencana, counted, store as staged},
    store, tercatat,
};
use crate::{
    opd::Reach,
    penugasan::wewenang::{Given, Wewenang},
    rights::MANAGE_ALL_OPD,
};

/// Job: reads and checks a file.
pub(crate) const CHECK: &str = "identity.check-impor";
/// Job: applies a checked file.
pub(crate) const APPLY: &str = "identity.apply-impor";
/// Job: removes staged rows that nobody needs any more.
pub(crate) const CLEAN: &str = "identity.clean-impor";

/// Staged rows and what was shown of them are kept this long after the last change, in milliseconds: thirty days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// What a job is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) impor: Id,
    /// Who said "apply": the change is written down under this name.
    pub(crate) oleh: Option<Who>,
}

/// Who acts, as the audit trail names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Who {
    pub(crate) actor: Actor,
    pub(crate) jabatan: Option<String>,
    pub(crate) opd: Option<Id>,
}

/// Asks for a check; of two askings for one import the second adds nothing.
pub(crate) fn ask_check(tx: &mut Tx<'_>, impor: Id) -> Result<()> {
    let now = tx.now()?;
    tx.enqueue(CHECK, &Payload { impor, oleh: None }, now, Some(&format!("{CHECK}:{impor}")))?;
    Ok(())
}

fn payload(text: &str) -> Result<Payload> {
    serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a job of an import: {e}")))
}

/// Reads the file, decides about every row and stages what it will do.
pub(crate) fn check(instance: &Instance, text: &str) -> Result<()> {
    let id = payload(text)?.impor;
    let Some(impor) = instance.db.read(|tx| store::get(tx, id))? else { return Ok(()) };
    // Cancelled meanwhile, or checked by another process.
    if !matches!(impor.status, Status::Menunggu | Status::Memeriksa) {
        return Ok(());
    }
    let by = instance.by_system(CHECK);
    let begun =
        instance.db.write(&by, Keys::unaudited(), move |tx| store::move_on(tx, id, impor.status, Status::Memeriksa, None))?;
    if !begun {
        return Ok(());
    }
    clean(instance, id, true)?;
    let found = match read_file(instance, &impor)? {
        Err(unreadable) => return refuse_file(instance, id, &unreadable),
        Ok(rows) => rows,
    };
    let count = found.len().saturating_sub(1);
    let mut masalah = Vec::new();
    let plan = match Tabel::of(impor.jenis, found) {
        Err(wrong) => {
            masalah = wrong;
            None
        }
        Ok(tabel) if tabel.baris.is_empty() => return refuse_file(instance, id, &Unreadable::Empty),
        Ok(tabel) => {
            let known = Known::read(instance, &impor)?;
            Some(known.decide(instance, &tabel, &mut masalah))
        }
    };
    masalah.sort_by_key(|one| one.baris);
    match plan {
        Some(plan) if masalah.is_empty() => stage(instance, id, count, &plan),
        _ => keep_problems(instance, id, count, masalah),
    }
}

fn read_file(instance: &Instance, impor: &Impor) -> Result<Result<Vec<Baris>, Unreadable>> {
    let blob = instance.db.read(|tx| tx.blob(&impor.alamat))?.ok_or(StoreError::Missing)?;
    let mut bytes = Vec::new();
    let plain = instance.blobs.open(&blob)?;
    plain.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| StoreError::Unavailable(e.to_string()))?;
    Ok(lembar::read(&bytes, &READING))
}

/// What is recorded, as far as a kind of file needs it.
enum Known {
    Opd(Vec<opd::Tercatat>),
    Jabatan(Vec<jabatan::Opd>, Vec<jabatan::Tercatat>),
    Pegawai(pegawai::Known),
}

impl Known {
    fn read(instance: &Instance, impor: &Impor) -> Result<Self> {
        instance.db.read(|tx| {
            let (reach, pembawa) = (reach(tx, impor)?, store::bringer(tx, impor.id)?);
            Ok(match impor.jenis {
                Jenis::Opd => Self::Opd(tercatat::opd(tx)?),
                Jenis::Jabatan => Self::Jabatan(tercatat::offices(tx, &reach)?, tercatat::jabatan(tx)?),
                Jenis::Pegawai => Self::Pegawai(tercatat::pegawai(tx, &reach, pembawa)?),
            })
        })
    }

    fn decide(&self, instance: &Instance, tabel: &Tabel, masalah: &mut Vec<Masalah>) -> Staged {
        let mut new_id = || instance.ids.next_id();
        let mut plan = Rencana::default();
        let mut structural = HashMap::new();
        match self {
            Self::Opd(known) => plan.opd = opd::check(tabel, known, instance.today(), &mut new_id, masalah),
            Self::Jabatan(opds, known) => {
                plan.jabatan = jabatan::check(tabel, opds, known, instance.today(), &mut new_id, masalah);
            }
            Self::Pegawai(known) => {
                plan.pegawai = pegawai::check(tabel, known, &mut new_id, masalah);
                structural = known.jabatan.iter().map(|one| (one.id, one.jenis.is_structural())).collect();
            }
        }
        Staged { plan, structural }
    }
}

/// A plan, and which posts of it have one holder at a time.
struct Staged {
    plan: Rencana,
    structural: HashMap<Id, bool>,
}

/// The reach of whoever brought the file, as it is now.
fn reach(tx: &mut Tx<'_>, impor: &Impor) -> Result<Reach> {
    let opd_set = store::opd_set(tx, impor.id)?;
    let permissions = if impor.semua { vec![MANAGE_ALL_OPD] } else { Vec::new() };
    Reach::of(tx, &Scope { opd_set, permissions, ..Scope::system(CHECK) })
}

fn refuse_file(instance: &Instance, id: Id, why: &Unreadable) -> Result<()> {
    let words = why.to_string();
    instance.db.write(&instance.by_system(CHECK), Keys::unaudited(), move |tx| {
        store::move_on(tx, id, Status::Memeriksa, Status::Bermasalah, Some(&words)).map(|_| ())
    })
}

fn keep_problems(instance: &Instance, id: Id, count: usize, masalah: Vec<Masalah>) -> Result<()> {
    let by = instance.by_system(CHECK);
    let kept: Vec<Masalah> = masalah.iter().take(MAX_PROBLEMS).cloned().collect();
    for (at, part) in kept.chunks(CHUNK).enumerate() {
        let part = part.to_vec();
        instance.db.write(&by, Keys::unaudited(), move |tx| store::insert_problems(tx, id, at * CHUNK, &part))?;
    }
    let (rows, all) = (number(count), number(masalah.len()));
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        store::count(tx, id, rows, (0, 0, 0), all)?;
        store::move_on(tx, id, Status::Memeriksa, Status::Bermasalah, None).map(|_| ())
    })
}

/// Stages the plan in chunks; between them others write.
fn stage(instance: &Instance, id: Id, count: usize, staged: &Staged) -> Result<()> {
    let (plan, shown) = (&staged.plan, staged.plan.shown());
    let tugas: Vec<_> = plan
        .pegawai
        .penugasan
        .iter()
        .map(|(act, one)| (*act, one.clone(), staged.structural.get(&one.jabatan).copied().unwrap_or(false)))
        .collect();
    let total = [shown.len(), plan.opd.len(), plan.jabatan.len(), plan.pegawai.orang.len(), tugas.len()];
    let total = total.iter().map(|len| len.div_ceil(CHUNK)).sum();
    let mut steps = Steps { instance, id, done: 0, total };
    steps.each(&shown, store::insert_shown)?;
    steps.each(&plan.opd, staged::insert_opd)?;
    steps.each(&plan.jabatan, staged::insert_jabatan)?;
    steps.each(&plan.pegawai.orang, staged::insert_orang)?;
    steps.each(&tugas, staged::insert_penugasan)?;
    let (rows, acts) = (number(count), counted(&shown));
    instance.db.write(&instance.by_system(CHECK), Keys::unaudited(), move |tx| {
        store::count(tx, id, rows, acts, 0)?;
        store::move_on(tx, id, Status::Memeriksa, Status::Siap, None).map(|_| ())
    })
}

/// Chunk after chunk, with what was done noted beside each.
struct Steps<'a> {
    instance: &'a Instance,
    id: Id,
    done: usize,
    total: usize,
}

impl Steps<'_> {
    fn each<T: Clone + Send + 'static>(
        &mut self,
        rows: &[T],
        insert: fn(&mut Tx<'_>, Id, usize, &[T]) -> Result<()>,
    ) -> Result<()> {
        for (at, part) in rows.chunks(CHUNK).enumerate() {
            self.done += 1;
            let (id, part, done, total) = (self.id, part.to_vec(), number(self.done), number(self.total));
            self.instance.db.write(&self.instance.by_system(CHECK), Keys::unaudited(), move |tx| {
                insert(tx, id, at * CHUNK, &part)?;
                store::progress(tx, id, done, total)
            })?;
        }
        Ok(())
    }
}

/// Takes a checked file over, in one write. When others changed what it was checked against, it is checked anew instead.
pub(crate) fn apply(instance: &Instance, text: &str) -> Result<()> {
    let Payload { impor: id, oleh } = payload(text)?;
    let system = instance.by_system(APPLY);
    let by = match oleh {
        Some(who) => By { actor: who.actor, jabatan: who.jabatan, opd: who.opd, ..system },
        None => system,
    };
    let (today, messenger) = (instance.today(), instance.ports.messenger.clone());
    instance.db.write(&by, Keys::of([Key::new("identity_impor", "terap")]), move |tx| {
        let Some(impor) = store::get(tx, id)?.filter(|impor| impor.status == Status::Menerapkan) else { return Ok(()) };
        if staged::stale(tx, id, impor.jenis)? > 0 {
            let why = "Data yang tercatat berubah setelah berkas ini diperiksa, jadi berkasnya diperiksa ulang.";
            store::move_on(tx, id, Status::Menerapkan, Status::Menunggu, Some(why))?;
            return ask_check(tx, id);
        }
        staged::apply(tx, id, impor.jenis, today)?;
        if let (Jenis::Pegawai, Some(messenger)) = (impor.jenis, &messenger) {
            let far = Wewenang::among(crate::ROLES.iter());
            let people = far.people(tx, today)?;
            for (penugasan, orang, jabatan) in staged::given_to(tx, id, &people)? {
                far.tell(tx, &**messenger, &Given { penugasan, orang: &orang, jabatan: &jabatan })?;
            }
        }
        let to = impor.status.after(Act::Finish).map_err(|e| StoreError::Statement(e.to_string()))?;
        store::move_on(tx, id, Status::Menerapkan, to, None)?;
        tx.audit(&entry(&impor))
    })
}

fn entry(impor: &Impor) -> Entry {
    let act = match impor.jenis {
        Jenis::Opd => "identity.import-opd",
        Jenis::Jabatan => "identity.import-jabatan",
        Jenis::Pegawai => "identity.import-pegawai",
    };
    let (baru, ubah, sama) = impor.hitungan;
    Entry::new(act, "identity_impor", impor.id)
        .with("berkas", &impor.berkas)
        .with("sidik", &impor.sidik)
        .with("ditambahkan", baru)
        .with("diubah", ubah)
        .with("tetap", sama)
}

/// Removes the staged rows of imports that rest since a month.
pub(crate) fn clean_old(instance: &Instance, _: &str) -> Result<()> {
    let before = instance.now().plus_ms(-KEPT_MS).ms();
    while let Some(id) = instance.db.read(|tx| store::to_clean(tx, before))? {
        clean(instance, id, true)?;
        instance.db.write(&instance.by_system(CLEAN), Keys::unaudited(), move |tx| store::mark_clean(tx, id))?;
    }
    Ok(())
}

/// Removes staged rows a chunk at a time.
fn clean(instance: &Instance, id: Id, shown_too: bool) -> Result<()> {
    let mut below = number(CHUNK);
    let most = number(super::MAX_ROWS * 2);
    while below <= most {
        let gone = instance
            .db
            .write(&instance.by_system(CLEAN), Keys::unaudited(), move |tx| staged::remove_some(tx, id, below, shown_too))?;
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
