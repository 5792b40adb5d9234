//! Writing the chain: one row for each step, in the transaction of the step.

use praja_identity::opd;
use praja_kernel::{Actor, Id};
use praja_module::events::PengaduanBerubah;
use praja_store::{
    AuditRow, Key, Keys, Result, StoreError, Tx,
    audit::{Entry, Pelaku},
};
use serde::Serialize;

use super::{
    EKSPOR, KEADAAN, LANGKAH, PENGADUAN, RANTAI,
    fakta::{Aduan, Ekspor, FAKTA, Keadaan},
    store,
};
use crate::{
    TABLE, jenis,
    permohonan::{Permohonan, store as applications, store::Riwayat},
};

/// The field that holds who applied. It stays behind as its commitment.
const PEMOHON: &str = "pemohon";
/// The field that holds what was written with a step. It stays behind, too: officers write names into it.
const CATATAN: &str = "catatan";
/// Applications the chain is begun with in one write.
const STEP: usize = 200;

/// What a write of a row must hold.
pub(crate) fn key() -> Key {
    Key::chain(RANTAI)
}

/// Officers stand in the chain by name; of citizens it says only that they acted.
fn actor(tx: &Tx<'_>) -> Result<Pelaku> {
    let by = &tx.by()?.actor;
    Ok(match by {
        Actor::Warga { .. } | Actor::Badan { .. } => applicant(),
        // Who applies without an account acts through the system.
        Actor::Sistem { tugas } if tugas == PENGUNJUNG => applicant(),
        other => Pelaku { kunci: other.key(), nama: other.nama().to_owned() },
    })
}

/// How strangers act.
const PENGUNJUNG: &str = "publik";

fn applicant() -> Pelaku {
    Pelaku { kunci: "pemohon".into(), nama: "Pemohon".into() }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(e.to_string()))
}

fn facts(tx: &mut Tx<'_>, one: &Permohonan) -> Result<Keadaan> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    let teknis = match one.opd_teknis {
        Some(id) => opd::name(tx, id)?.unwrap_or_default(),
        None => String::new(),
    };
    let day = |date: Option<praja_kernel::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    Ok(Keadaan {
        nomor: one.sebutan().to_owned(),
        kode: jenis.kode.clone(),
        layanan: jenis.nama.clone(),
        permintaan: one.permintaan.as_str().to_owned(),
        asal: one.asal.as_str().to_owned(),
        teknis,
        kuasa: one.pemohon.kuasa.is_some(),
        nik: one.pemohon.nik.masked(),
        diajukan: one.diajukan.unwrap_or(one.dibuat).ms(),
        hari_ajukan: day(one.hari_ajukan),
        ke: one.status.as_str().to_owned(),
        meja: one.meja.as_str().to_owned(),
        sla: one.sla,
        mulai: day(one.mulai),
        tenggat: day(one.tenggat),
        sementara: one.sementara,
        selesai: day(one.selesai),
        hari_pakai: one.hari_pakai,
        dikembalikan: one.putaran,
        biaya: one.biaya,
        kode_tolak: one.kode_tolak.clone().unwrap_or_default(),
        dasar_tolak: one.dasar_tolak.clone().unwrap_or_default(),
        ..Keadaan::default()
    })
}

fn write(tx: &mut Tx<'_>, one: &Permohonan, tindakan: &'static str, facts: &Keadaan, note: &str) -> Result<()> {
    let mut entry = Entry::new(tindakan, "perizinan_rantai", one.id).with(FAKTA, json(facts)?);
    if !store::is_chained(tx, one.id)? {
        entry = entry.with(PEMOHON, &one.pemohon.nama);
        store::set_chained(tx, one.id)?;
    }
    if !note.is_empty() {
        entry = entry.with(CATATAN, note);
    }
    let actor = actor(tx)?;
    tx.audit_in(RANTAI, actor, &entry).map(drop)
}

/// Writes a step that was taken; `one` is the application after it.
///
/// # Errors
/// When the write does not hold [`key`].
pub(crate) fn step(tx: &mut Tx<'_>, one: &Permohonan, step: &Riwayat) -> Result<()> {
    let facts = Keadaan {
        langkah: step.langkah.as_str().to_owned(),
        dari: step.dari.as_str().to_owned(),
        ke: step.ke.as_str().to_owned(),
        oleh_meja: step.meja.as_str().to_owned(),
        sebab: step.kode.clone(),
        lompat: step.lompat.clone(),
        ..facts(tx, one)?
    };
    write(tx, one, LANGKAH, &facts, &step.catatan)
}

/// Writes an application whose facts changed without a step: its due date by another calendar, or that the chain begins with it.
///
/// # Errors
/// When the write does not hold [`key`].
pub(crate) fn state(tx: &mut Tx<'_>, one: &Permohonan) -> Result<()> {
    let facts = facts(tx, one)?;
    write(tx, one, KEADAAN, &facts, "")
}

/// Writes into the chain, as they are now, applications that are not in it: those from before there was one, and those brought in from
/// another program. At most `writes` writes; says whether all of them are in it.
///
/// # Errors
/// When the database fails.
pub(crate) fn begin(instance: &praja_module::Instance, job: &'static str, writes: usize) -> Result<bool> {
    for _ in 0..writes {
        let ids: Vec<Id> = instance.db.read(|tx| store::unchained(tx, STEP))?;
        if ids.is_empty() {
            return Ok(true);
        }
        instance.db.write(&instance.by_system(job), Keys::of([key()]), move |tx| {
            for id in &ids {
                // Between the two somebody may have taken a step, which is in the chain then.
                if let Some(one) = applications::get(tx, *id)?
                    && !store::is_chained(tx, *id)?
                {
                    state(tx, &one)?;
                }
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(instance.db.read(|tx| store::unchained(tx, 1))?.is_empty())
}

/// Writes what became of a complaint about an application.
///
/// # Errors
/// When the write does not hold [`key`].
pub(crate) fn complaint(tx: &mut Tx<'_>, told: &PengaduanBerubah) -> Result<()> {
    let id = told.objek.strip_prefix(TABLE).and_then(|rest| rest.strip_prefix(':')).and_then(|id| id.parse::<Id>().ok());
    let Some(id) = id else { return Ok(()) };
    let Some(one) = applications::get(tx, id)?.filter(|one| one.nomor.is_some()) else { return Ok(()) };
    let facts = Aduan {
        nomor: told.nomor.clone(),
        permohonan: one.sebutan().to_owned(),
        jenis: told.jenis.clone(),
        status: told.status.clone(),
        masuk: told.dibuat.ms(),
        tenggat: told.tenggat.to_string(),
        dijawab: told.dijawab.map(praja_kernel::Moment::ms),
    };
    let entry = Entry::new(PENGADUAN, "perizinan_rantai", told.id).with(FAKTA, json(&facts)?);
    let by = Pelaku { kunci: "sistem:perizinan.chain".into(), nama: "Praja (otomatis)".into() };
    tx.audit_in(RANTAI, by, &entry).map(drop)
}

/// Writes that the chain is handed out, which ends what is handed out.
///
/// # Errors
/// When the write does not hold [`key`].
pub(crate) fn handed_out(tx: &mut Tx<'_>, id: Id, ekspor: &Ekspor) -> Result<AuditRow> {
    let entry = Entry::new(EKSPOR, "perizinan_ekspor", id).with(FAKTA, json(ekspor)?);
    let actor = actor(tx)?;
    tx.audit_in(RANTAI, actor, &entry)
}
