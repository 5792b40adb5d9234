//! Taking the licences of an import out again, and what it wrote over back, as long as nobody has worked with them.

use praja_desk::{
    impor::{Payload, writer},
    verify::{self, Issuer},
};
use praja_identity::opd;
use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};

use super::{
    Act, Calon, Impor, Status, UNDO, after, licences, standing, store,
    terap::{plain, restand},
};
use crate::impor::{STEP, TABLE, store::terap::Keluar};

/// Licences looked at in one step before anything is taken out.
const LOOKED: i64 = 500;

/// Takes them out.
pub(crate) fn undo(instance: &Instance, text: &str) -> Result<()> {
    let asked = Payload::read(text)?;
    let (id, alasan) = (asked.impor, asked.alasan);
    let by = writer(instance, UNDO, asked.oleh);
    let Some(impor) = standing(instance, id, Status::Mengurungkan)? else { return Ok(()) };
    // Only before the first licence went: what was begun is ended, and what was touched meanwhile stays.
    if impor.maju.0 == 0 {
        let touched = instance.db.read(|tx| touched(tx, id))?;
        if !touched.is_empty() {
            let why = format!("Impor tidak diurungkan karena {} izinnya sudah dipakai: {}.", touched.len(), named(&touched));
            return instance.db.write(&by, Keys::unaudited(), move |tx| {
                store::move_on(tx, id, Status::Mengurungkan, Status::Selesai, Some(&why)).map(|_| ())
            });
        }
    }
    let (mut stays, issuer) = (0, Issuer::of(instance));
    let step = i64::try_from(STEP).unwrap_or(i64::MAX);
    // What was written over comes back first; then what came in goes.
    for over in [true, false] {
        let mut last = None;
        loop {
            let next = instance.db.read(|tx| {
                let last_of = if over {
                    licences::before(tx, id, last, step)?.last().map(|(izin, _)| *izin)
                } else {
                    licences::licences(tx, id, last, step)?.last().map(|one| one.id)
                };
                Ok::<_, StoreError>(last_of)
            })?;
            let Some(next) = next else { break };
            let (of, from, why, issuer) = (impor.clone(), last, alasan.clone(), issuer.clone());
            let kept = instance.db.write(&by, Keys::none(), move |tx| {
                if store::get(tx, of.id)?.is_none_or(|now| now.status != Status::Mengurungkan) {
                    return Ok::<_, StoreError>(None);
                }
                let (gone, stays) =
                    if over { give_back(tx, &of, &issuer, from, step)? } else { take_out(tx, &of, from, step, &why)? };
                let done = store::get(tx, of.id)?.map_or(0, |now| now.maju.0);
                store::progress(tx, of.id, done + gone + stays, of.maju.1)?;
                Ok(Some(stays))
            })?;
            let Some(kept) = kept else { return Ok(()) };
            stays += kept;
            last = Some(next);
        }
    }
    finish(instance, &by, &impor, stays, alasan)
}

fn finish(instance: &Instance, by: &praja_store::By, impor: &Impor, stays: i64, alasan: String) -> Result<()> {
    let (to, impor) = (after(impor, Act::Undone)?, impor.clone());
    instance.db.write(by, Keys::none(), move |tx| {
        let note = match stays {
            0 => format!("Alasan: {alasan}"),
            _ => format!("{stays} izin tetap ada karena dipakai selama impor diurungkan. Alasan: {alasan}"),
        };
        if store::move_on(tx, impor.id, Status::Mengurungkan, to, Some(&note))? {
            let entry = Entry::new(UNDO, TABLE, impor.id).with("berkas", &impor.berkas).with("sidik", &impor.sidik);
            tx.audit(&entry.with("izin", impor.writes() - stays).with("tetap", stays).because(&*alasan))?;
        }
        Ok(())
    })
}

/// The licences of an import, and those it wrote over, that somebody has worked with.
pub(crate) fn touched(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Keluar>> {
    let mut all = Vec::new();
    let mut last = None;
    loop {
        let some = licences::licences(tx, id, last, LOOKED)?;
        let Some(end) = some.last() else { break };
        last = Some(end.id);
        all.extend(some.into_iter().filter(|one| one.tersentuh));
    }
    let mut last = None;
    loop {
        let some = licences::before(tx, id, last, LOOKED)?;
        let Some((end, _)) = some.last() else { return Ok(all) };
        last = Some(*end);
        for (izin, _) in some {
            all.extend(licences::changed(tx, id, izin)?.filter(|one| one.tersentuh));
        }
    }
}

/// Writes back what stood there before the import; (back, stays).
fn give_back(tx: &mut Tx<'_>, impor: &Impor, issuer: &Issuer, from: Option<Id>, step: i64) -> Result<(i64, i64)> {
    let opd_nama = opd::get(tx, impor.opd)?.map(|opd| opd.nama).unwrap_or_default();
    let impor = impor.id;
    let (mut back, mut stays) = (0, 0);
    for (izin, before) in licences::before(tx, impor, from, step)? {
        let Some(now) = licences::changed(tx, impor, izin)? else { continue };
        let Some((present, versi, _)) = licences::one(tx, izin)? else { continue };
        if now.tersentuh {
            stays += 1;
            continue;
        }
        let before: Calon =
            serde_json::from_str(&before).map_err(|e| StoreError::Corrupt(format!("a licence of an import: {e}")))?;
        restand(tx, (issuer, &opd_nama), &now, present.keadaan, &before)?;
        licences::overwrite(tx, izin, versi, &before)?;
        licences::forget_before(tx, impor, izin)?;
        back += 1;
    }
    Ok((back, stays))
}

/// A few licences after one; (gone, stays). Their pages of verification say that they were recorded by mistake.
fn take_out(tx: &mut Tx<'_>, impor: &Impor, from: Option<Id>, step: i64, alasan: &str) -> Result<(i64, i64)> {
    let (mut gone, mut stays) = (0, 0);
    for one in licences::licences(tx, impor.id, from, step)? {
        if one.tersentuh {
            stays += 1;
            continue;
        }
        if let Some(token) = &one.token {
            let told = verify::get(tx, token)?.is_some_and(|naskah| naskah.status != verify::Status::Dicabut);
            if told {
                let why = format!("Pencatatan dari daftar aplikasi lama dibatalkan: {alasan}");
                verify::revoke(tx, token, &why, None).map_err(plain)?;
            }
        }
        licences::remove(tx, one.id)?;
        gone += 1;
    }
    Ok((gone, stays))
}

/// "503/12, 503/13, dan 3 lainnya".
fn named(all: &[Keluar]) -> String {
    let first = all.iter().take(5).map(|one| one.nomor.clone()).collect::<Vec<_>>().join(", ");
    if all.len() > 5 { format!("{first}, dan {} lainnya", all.len() - 5) } else { first }
}
