//! Applications of the last months, each moved over the desks as officers would: some issued, some refused, some waiting, a few late. A
//! function of seed, first day and scale.

use std::collections::BTreeMap;

use praja_kernel::{Date, Id, Moment, WorkingCalendar};
use praja_module::{Demo, Instance};
use praja_store::{Keys, Result, StoreError};

use super::{langkah::step, pemohon::begin, suara};
use crate::{
    alur::Langkah,
    pengaturan,
    permohonan::{giliran, store, write},
};

/// Applications at scale 1: enough that most public figures stand for several people, and so are shown.
const COUNT: u64 = 86;
/// The oldest was sent so many days before the first start.
const DAYS: i64 = 118;
/// So many of them were sent lately: what the desks have before them.
const LATELY: u64 = 28;
/// Within so many days.
const RECENT: i64 = 11;

/// Something that is done, and when.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aksi {
    Ajukan,
    Kembalikan,
    Perbaiki,
    /// It is complete, before others that came earlier.
    Dahulukan,
    Langkah(Langkah),
    Terbitkan,
}

/// Fills an exercise. Run again, it leaves what is there.
pub(super) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let total = COUNT * demo.scale;
    if total == 0 || instance.db.read(store::is_any)? {
        return Ok(());
    }
    let Some(ptsp) = instance.db.read(pengaturan::ptsp)? else { return Ok(()) };
    let calendar = instance.db.read(|tx| praja_desk::calendar::of(tx, demo.anchor))?;
    let mut all: Vec<(Moment, u64, Aksi)> = Vec::new();
    for index in 0..total {
        all.extend(script(demo, &calendar, index).into_iter().map(|(at, aksi)| (at, index, aksi)));
    }
    all.sort_by_key(|(at, index, _)| (*at, *index));
    let now = instance.now();
    all.retain(|(at, ..)| *at < now);
    let mut known: BTreeMap<u64, Id> = BTreeMap::new();
    let count = all.len() as u64;
    for (done, (at, index, aksi)) in all.into_iter().enumerate() {
        if done % 25 == 0 {
            (demo.progress)("Permohonan izin", done as u64, count);
        }
        match aksi {
            Aksi::Ajukan => {
                let id = begin(instance, ptsp, index, at)?;
                known.insert(index, id);
            }
            other => {
                if let Some(id) = known.get(&index) {
                    step(instance, *id, at, other)?;
                }
            }
        }
    }
    (demo.progress)("Permohonan izin", count, count);
    first_of_each_desk(instance, ptsp, demo.anchor, &known)?;
    suara::load(demo, known.into_values())
}

/// What waits for whoever practises lies before the first officer of its desk, whoever's turn it was.
fn first_of_each_desk(instance: &Instance, ptsp: Id, anchor: Date, known: &BTreeMap<u64, Id>) -> Result<()> {
    let by = instance.by_system("perizinan.load-demo");
    for (_, id) in known.iter().filter(|(index, _)| waiting(**index).is_some()) {
        let id = *id;
        instance.db.write(&by, Keys::of([write::turn_key(ptsp)]), move |tx| {
            let Some(mut one) = store::get(tx, id)? else { return Ok(()) };
            let Some((role, opd)) = giliran::desk(&one) else { return Ok(()) };
            if let Some((orang, nama)) = giliran::officers(tx, role, opd, anchor)?.into_iter().next() {
                (one.petugas, one.petugas_nama) = (Some(orang), nama);
                store::update(tx, &one)?;
                one.versi += 1;
                giliran::hand_over(tx, &one)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
}

/// The desks before which something lies on every first day, for whoever practises: the service, and after which act for the how manieth time
/// it rests.
const WAITING: [(&str, Langkah, usize); 11] = [
    ("SKP", Langkah::Paraf, 3),
    ("LGL", Langkah::Paraf, 3),
    ("REK", Langkah::JadwalkanSurvei, 1),
    ("LGL", Langkah::NyatakanLengkap, 1),
    ("SKP", Langkah::NyatakanLengkap, 1),
    ("REK", Langkah::MintaRekomendasi, 1),
    ("LGL", Langkah::KirimParaf, 1),
    ("REK", Langkah::MulaiBap, 1),
    ("SKP", Langkah::Paraf, 1),
    ("REK", Langkah::Paraf, 2),
    ("MKM", Langkah::NyatakanLengkap, 1),
];

/// Which of the desks an application waits before; none for one that goes its way.
fn waiting(index: u64) -> Option<(&'static str, Langkah, usize)> {
    (index % COUNT).checked_sub(COUNT - WAITING.len() as u64).map(|at| WAITING[usize::try_from(at).unwrap_or(0)])
}

/// Which service an application is about: research and signs lead.
pub(super) fn kode(index: u64) -> &'static str {
    if let Some((kode, ..)) = waiting(index) {
        return kode;
    }
    match index % 8 {
        0 | 3 | 5 => "SKP",
        1 | 4 => "REK",
        2 | 6 => "LGL",
        _ => "MKM",
    }
}

/// Does something lack, which the applicant then sends?
fn is_returned(index: u64) -> bool {
    index % 7 == 3 && kode(index) != "MKM" && waiting(index).is_none()
}

/// Is it refused? Three of each service that leads.
fn is_refused(index: u64) -> bool {
    index % 8 < 2 && index / 8 % 3 == 1 && waiting(index).is_none()
}

/// The place among three that come on one day, each to the desk after the other: the third is somebody old, and is served before the first,
/// who stands before the same officer.
fn of_three(index: u64) -> Option<u64> {
    (3..6).contains(&(index % 8)).then(|| index % 8 - 3).filter(|_| matches!(index / 8, 2 | 4 | 6))
}

/// A number that follows from the seed, below `limit`.
fn drawn(demo: &Demo<'_>, index: u64, about: u64, limit: u64) -> u64 {
    let mixed = (demo.seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(about.wrapping_mul(0xBF58_476D_1CE4_E5B9));
    ((mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 17) % limit.max(1)
}

/// The way of one application, with its moments; what lies ahead of today is left out by the caller.
fn script(demo: &Demo<'_>, calendar: &WorkingCalendar, index: u64) -> Vec<(Moment, Aksi)> {
    let zona = demo.instance.zona;
    let total = COUNT * demo.scale;
    let old = total - LATELY * demo.scale;
    let place = of_three(index).unwrap_or(0);
    let back = if index < old {
        DAYS - i64::try_from((index - place) * u64::try_from(DAYS - RECENT).unwrap_or(0) / old.max(1)).unwrap_or(0)
    } else {
        RECENT - i64::try_from((index - old) * u64::try_from(RECENT).unwrap_or(0) / (total - old).max(1)).unwrap_or(0)
    };
    // Long enough ago that every act before its rest lies in the past.
    let back = if waiting(index).is_some() { 12 } else { back };
    let Ok(first) = demo.anchor.checked_sub(jiff::Span::new().days(back)) else { return Vec::new() };
    let mut day = calendar.add_working_days(first, 0).map_or(first, |due| due.date);
    let minute = |offset: u64| i64::try_from(drawn(demo, index, offset, 300)).unwrap_or(0);
    let mut out = Vec::new();
    let mut put = |day: Date, hour: i8, offset: u64, aksi: Aksi| {
        let at = zona.at(day.at(hour, 0, 0, 0)).plus_ms(minute(offset) * 12_000 + i64::try_from(index).unwrap_or(0) * 1_000);
        out.push((at, aksi));
    };
    let mut next = |count: u32| {
        day = calendar.add_working_days(day, count).map_or(day, |due| due.date);
        day
    };
    let first = next(0);
    put(first, 8 + i8::try_from(place).unwrap_or(0), 1, Aksi::Ajukan);
    if is_returned(index) {
        put(next(1), 10, 2, Aksi::Kembalikan);
        put(next(2), 11, 3, Aksi::Perbaiki);
    }
    if place == 2 {
        put(next(0), 11, 4, Aksi::Dahulukan);
    } else {
        put(next(u32::from(index.is_multiple_of(3))), 13, 4, Aksi::Langkah(Langkah::NyatakanLengkap));
    }
    put(next(1), 9, 5, Aksi::Langkah(Langkah::MulaiPeriksa));
    if is_refused(index) {
        put(next(1), 14, 6, Aksi::Langkah(Langkah::Tolak));
        return out;
    }
    let slow = u32::from(index % 9 == 4) * 5;
    let rec = matches!(kode(index), "REK" | "MKM");
    if rec {
        put(next(0), 11, 7, Aksi::Langkah(Langkah::MintaRekomendasi));
        put(next(1 + slow), 10, 8, Aksi::Langkah(Langkah::BeriRekomendasi));
    }
    if kode(index) == "REK" {
        put(next(0), 13, 9, Aksi::Langkah(Langkah::JadwalkanSurvei));
        put(next(1), 9, 10, Aksi::Langkah(Langkah::MulaiBap));
        put(next(0), 14, 11, Aksi::Langkah(Langkah::CatatBap));
    }
    put(next(u32::from(!rec)), 15, 12, Aksi::Langkah(Langkah::Setujui));
    put(next(0), 16, 13, Aksi::Langkah(Langkah::KirimParaf));
    for at in 0..3_u64 {
        put(next(u32::from(at == 0)), 8 + i8::try_from(at).unwrap_or(0), 14 + at, Aksi::Langkah(Langkah::Paraf));
    }
    put(next(0), 13, 18, Aksi::Terbitkan);
    if index % 4 != 2 {
        put(next(1), 10, 19, Aksi::Langkah(Langkah::Serahkan));
    }
    if let Some((_, last, times)) = waiting(index) {
        let is_last =
            |(at, (_, aksi)): (usize, &(Moment, Aksi))| matches!(aksi, Aksi::Langkah(langkah) if *langkah == last).then_some(at);
        let rest = out.iter().enumerate().filter_map(is_last).nth(times - 1);
        out.truncate(rest.map_or(out.len(), |at| at + 1));
    }
    out
}
