//! Taking the letters of an import out again, as long as nobody has worked with them.

use std::collections::{BTreeMap, BTreeSet};

use praja_desk::{
    comments,
    impor::{Payload, writer},
    registers::{RegisterKey, lama},
};
use praja_kernel::{Id, Zona};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry, search};

use super::{super::Impor, Act, Status, UNDO, after, letters, standing, store};
use crate::{
    AGENDA, ID, SURAT_MASUK,
    hitung::{self, Jenis},
    impor::{
        STEP, TABLE,
        store::terap::{Keluar, named},
    },
    objek,
    surat_masuk::pages::LIST,
};

/// Letters looked at in one step before anything is taken out.
const LOOKED: i64 = 500;

/// Takes them out.
pub(crate) fn undo(instance: &Instance, text: &str) -> Result<()> {
    let asked = Payload::read(text)?;
    let (id, alasan) = (asked.impor, asked.alasan);
    let by = writer(instance, UNDO, asked.oleh);
    let Some(impor) = standing(instance, id, Status::Mengurungkan)? else { return Ok(()) };
    // Only before the first letter went: what was begun is ended, and what was touched meanwhile stays.
    if impor.maju.0 == 0 {
        let touched = touched(instance, id)?;
        if !touched.is_empty() {
            let why =
                format!("Impor tidak diurungkan karena {} suratnya sudah ditindaklanjuti: {}.", touched.len(), named(&touched));
            return instance.db.write(&by, Keys::unaudited(), move |tx| {
                store::move_on(tx, id, Status::Mengurungkan, Status::Selesai, Some(&why)).map(|_| ())
            });
        }
    }
    let (mut last, mut stays, zona) = (None, 0, instance.zona);
    loop {
        let some = instance.db.read(|tx| letters::letters(tx, id, last, i64::try_from(STEP).unwrap_or(i64::MAX)))?;
        let Some(end) = some.last() else { break };
        let (from, next) = (last, end.id);
        let years: BTreeSet<i64> = some.iter().map(|one| one.tahun).collect();
        let keys = years.iter().fold(Keys::unaudited(), |keys, tahun| {
            keys.and(RegisterKey { opd: impor.opd, kelompok: AGENDA, tahun: *tahun }.lock())
        });
        let (of, why) = (impor.clone(), alasan.clone());
        let kept = instance.db.write(&by, keys, move |tx| take_out(tx, &of, from, zona, &why))?;
        let Some(kept) = kept else { return Ok(()) };
        stays += kept;
        last = Some(next);
    }
    let to = after(&impor, Act::Undone)?;
    instance.db.write(&by, Keys::none(), move |tx| {
        let note = match stays {
            0 => format!("Alasan: {alasan}"),
            _ => format!("{stays} surat tetap ada karena ditindaklanjuti selama impor diurungkan. Alasan: {alasan}"),
        };
        if store::move_on(tx, id, Status::Mengurungkan, to, Some(&note))? {
            let entry = Entry::new("eoffice.undo-impor", TABLE, id).with("berkas", &impor.berkas).with("sidik", &impor.sidik);
            tx.audit(&entry.with("surat", impor.hitungan.baru - stays).with("tetap", stays).because(&*alasan))?;
        }
        Ok::<_, StoreError>(())
    })
}

/// The letters somebody has worked with.
fn touched(instance: &Instance, id: Id) -> Result<Vec<Keluar>> {
    let (mut all, mut last) = (Vec::new(), None);
    loop {
        let some = instance.db.read(|tx| {
            let mut some = letters::letters(tx, id, last, LOOKED)?;
            for one in &mut some {
                one.tersentuh = is_touched(tx, one)?;
            }
            Ok::<_, StoreError>(some)
        })?;
        let Some(end) = some.last() else { return Ok(all) };
        last = Some(end.id);
        all.extend(some.into_iter().filter(|one| one.tersentuh));
    }
}

/// Has anybody changed, answered, scheduled or spoken about it?
fn is_touched(tx: &mut Tx<'_>, one: &Keluar) -> Result<bool> {
    Ok(one.tersentuh || !comments::of(tx, &objek(one.id))?.is_empty())
}

/// A few letters after one; how many of them stay because somebody was faster. Nothing when the work was ended by another process.
fn take_out(tx: &mut Tx<'_>, impor: &Impor, from: Option<Id>, zona: Zona, alasan: &str) -> Result<Option<i64>> {
    if store::get(tx, impor.id)?.is_none_or(|now| now.status != Status::Mengurungkan) {
        return Ok(None);
    }
    let some = letters::letters(tx, impor.id, from, i64::try_from(STEP).unwrap_or(i64::MAX))?;
    let (mut stays, mut gone) = (0, 0);
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    for one in &some {
        if is_touched(tx, one)? {
            stays += 1;
            continue;
        }
        let key = RegisterKey { opd: impor.opd, kelompok: AGENDA, tahun: one.tahun };
        let because = format!("Impor {} diurungkan: {alasan}", impor.berkas);
        lama::Buku::open(tx, key)?.give_back(tx, one.agenda, &objek(one.id), &because)?;
        letters::remove(tx, one.id)?;
        *months.entry(hitung::bulan(zona.date(one.created_at))).or_default() += 1;
        gone += 1;
        if !one.rahasia {
            tx.index_later(&forgotten(one))?;
        }
    }
    for (bulan, count) in months {
        hitung::store::add(tx, impor.opd, &bulan, Jenis::Impor, 0, -count)?;
    }
    let done = store::get(tx, impor.id)?.map_or(0, |now| now.maju.0);
    store::progress(tx, impor.id, done + gone + stays, impor.maju.1)?;
    Ok(Some(stays))
}

/// What the search keeps of a letter that was taken out: nothing, for nobody.
fn forgotten(one: &Keluar) -> search::Entry {
    search::Entry {
        modul: ID,
        jenis: SURAT_MASUK,
        tautan: format!("{LIST}/{}", one.id),
        judul: String::new(),
        nomor: String::new(),
        teks: String::new(),
        akses: Vec::new(),
        pada: one.created_at,
    }
}
