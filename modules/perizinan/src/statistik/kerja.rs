//! The nightly count: everything anew, so that running it twice changes nothing.

use std::collections::{BTreeMap, btree_map::Entry};

use praja_kernel::{Date, WorkingCalendar};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError};

use super::{
    calo,
    hitung::{Hitungan, Peristiwa},
    jejak::{self, Jejak, Kerja, Siapa},
    store,
};
use crate::{alur::Langkah, jenis, pengaturan};

/// The job.
pub(crate) const COUNT: &str = "perizinan.count-statistik";
/// Looked for so often whether a new day has begun, in seconds.
pub(crate) const EVERY_S: i64 = 60 * 60;
/// Rows of one read.
const STEP: i64 = 5000;
/// Rows of one write.
const WRITE: usize = 400;

/// Runs [`COUNT`]: once on each day, soon after midnight.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    if instance.db.read(store::counted)? == Some(instance.today()) {
        return Ok(());
    }
    refresh(instance)
}

/// Counts now.
pub(crate) fn refresh(instance: &Instance) -> Result<()> {
    let mut count = Hitungan::new(instance.db.read(jenis::store::names)?.into_iter().map(|(id, _)| id).collect());
    applications(instance, &mut count)?;
    let officers = steps(instance, &mut count)?;
    let (sheets, today) = (count.finish(), instance.today());
    let by = instance.by_system(COUNT);
    let officers: Vec<(Siapa, Kerja)> = officers.into_iter().collect();
    for part in officers.chunks(WRITE) {
        let part = part.to_vec();
        instance
            .db
            .write(&by, Keys::unaudited(), move |tx| part.iter().try_for_each(|(who, work)| store::put_officer(tx, who, work)))?;
    }
    signs(instance)?;
    // Together and last: a page shows figures of one count or of the one before.
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        sheets.iter().try_for_each(|sheet| store::put(tx, sheet, today))?;
        Ok::<_, StoreError>(())
    })
}

fn applications(instance: &Instance, count: &mut Hitungan) -> Result<()> {
    let (zona, mut after) = (instance.zona, None);
    loop {
        let found = instance.db.read(|tx| store::facts(tx, zona, after, STEP))?;
        found.iter().for_each(|(_, one)| count.application(one));
        match found.last() {
            Some((last, _)) => after = Some(*last),
            None => return Ok(()),
        }
    }
}

/// Calendars by the year of a day: one knows its year and those beside it.
fn calendar<'a>(known: &'a mut BTreeMap<i16, WorkingCalendar>, instance: &Instance, day: Date) -> Result<&'a WorkingCalendar> {
    Ok(match known.entry(day.year()) {
        Entry::Occupied(found) => found.into_mut(),
        Entry::Vacant(free) => free.insert(instance.db.read(|tx| praja_desk::calendar::of(tx, day))?),
    })
}

fn steps(instance: &Instance, count: &mut Hitungan) -> Result<BTreeMap<Siapa, Kerja>> {
    let (mut officers, mut calendars) = (BTreeMap::new(), BTreeMap::new());
    let (mut after, mut one, mut trail): (_, _, Vec<Jejak>) = (None, None, Vec::new());
    let mut finish = |trail: &mut Vec<Jejak>, officers: &mut BTreeMap<Siapa, Kerja>| {
        if let Some(first) = trail.first() {
            let calendar = calendar(&mut calendars, instance, first.tanggal)?;
            jejak::add(officers, trail, |from, to| calendar.working_days_between(from, to).ok().map(|days| days.max(0)));
        }
        trail.clear();
        Ok::<_, StoreError>(())
    };
    loop {
        let found = instance.db.read(|tx| store::steps(tx, after, STEP))?;
        let Some(last) = found.last() else { break };
        after = Some((last.permohonan, last.pada, last.id));
        for step in found {
            if one != Some(step.permohonan) {
                finish(&mut trail, &mut officers)?;
                one = Some(step.permohonan);
            }
            let event = Peristiwa { jenis: step.jenis, orang: step.orang, tanggal: step.jejak.tanggal, lompat: None };
            if step.jejak.langkah == Langkah::Kembalikan {
                count.event(&event);
            }
            if step.lompat.is_some() {
                count.event(&Peristiwa { lompat: step.lompat, ..event });
            }
            trail.push(step.jejak);
        }
    }
    finish(&mut trail, &mut officers)?;
    Ok(officers)
}

/// Looks for signs of trade among the applications of the last days.
fn signs(instance: &Instance) -> Result<()> {
    let batas = instance.db.read(pengaturan::batas_calo)?;
    let from = instance.now().plus_ms(-batas.hari * 24 * 60 * 60 * 1000);
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let found = instance.db.read(|tx| store::since(tx, from, after, STEP))?;
        let Some(last) = found.last() else { break };
        after = Some((last.pada.ms(), last.id));
        all.extend(found);
    }
    // One that was looked at counts anew with what came later.
    let seen = instance.db.read(|tx| store::reviewed(tx, from))?;
    let since = |tanda: calo::Tanda, nilai: &str| {
        seen.iter().find(|(known, value, _)| *known == tanda && value == nilai).map(|(_, _, at)| *at)
    };
    let by = instance.by_system(COUNT);
    for one in calo::find(&all, batas, since) {
        instance.db.write(&by, Keys::unaudited(), move |tx| store::found(tx, &one))?;
    }
    Ok(())
}
