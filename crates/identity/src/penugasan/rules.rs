//! When a penugasan may begin, change and end. Pure: what is held already, the limits and today are passed in.

use jiff::Span;
use praja_kernel::{Date, Id};

use super::{Jenis, Refusal, batas::Limits};
use crate::{jabatan, opd};

/// A penugasan as the rules see it, with the names that a refusal shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) id: Id,
    pub(crate) orang: Id,
    pub(crate) orang_nama: String,
    pub(crate) jabatan: Id,
    pub(crate) jabatan_nama: String,
    pub(crate) jabatan_jenis: jabatan::Jenis,
    pub(crate) jenis: Jenis,
    pub(crate) mulai: Date,
    pub(crate) sampai: Option<Date>,
}

impl Held {
    /// One that was called off before it began never counts.
    pub(crate) fn is_called_off(&self) -> bool {
        self.sampai.is_some_and(|last| last < self.mulai)
    }

    pub(crate) fn is_valid_on(&self, day: Date) -> bool {
        self.mulai <= day && self.sampai.is_none_or(|last| day <= last)
    }

    fn meets(&self, mulai: Date, sampai: Option<Date>) -> bool {
        !self.is_called_off() && sampai.is_none_or(|last| self.mulai <= last) && self.sampai.is_none_or(|last| mulai <= last)
    }

    fn holder(&self) -> String {
        super::display_name(self.jenis, &self.orang_nama)
    }
}

/// The post to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) nama: String,
    pub(crate) jenis: jabatan::Jenis,
    pub(crate) opd_jenis: opd::Jenis,
    pub(crate) dari: Date,
    pub(crate) sampai: Option<Date>,
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The one that is changed; none for a new one.
    pub(crate) id: Option<Id>,
    pub(crate) orang: Id,
    pub(crate) orang_nama: String,
    /// Last day in service of the person.
    pub(crate) berhenti: Option<Date>,
    pub(crate) jenis: Jenis,
    pub(crate) mulai: Date,
    pub(crate) sampai: Option<Date>,
    /// Ends who holds the post definitively, or fills its vacancy, on the day before.
    pub(crate) replaces: bool,
}

/// What is held already, and what the regency allows.
pub(crate) struct Known<'a> {
    pub(crate) post: &'a Post,
    /// Everything that was, is and will be held of this post.
    pub(crate) at_post: &'a [Held],
    /// Everything that the person held, holds and will hold.
    pub(crate) of_person: &'a [Held],
    pub(crate) limits: Limits,
}

/// An end that follows from a beginning or from another end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ending {
    pub(crate) id: Id,
    pub(crate) sampai: Date,
}

/// May it begin (or be changed to this)? Gives what ends because of it.
///
/// # Errors
/// The first rule that says no; problems of fields come together.
pub(crate) fn begin(wanted: &Wanted, known: &Known<'_>) -> Result<Vec<Ending>, Refusal> {
    check_post(wanted, known.post)?;
    if let Some(berhenti) = wanted.berhenti
        && wanted.sampai.is_none_or(|last| last > berhenti)
    {
        return Err(Refusal::PersonLeft { orang: wanted.orang_nama.clone(), berhenti });
    }
    check_length(wanted, known)?;
    check_person(wanted, known)?;
    check_others(wanted, known)
}

fn check_post(wanted: &Wanted, post: &Post) -> Result<(), Refusal> {
    if wanted.mulai < post.dari {
        return Err(Refusal::BeforePost { jabatan: post.nama.clone(), ada: post.dari });
    }
    if let Some(dihapus) = post.sampai
        && wanted.sampai.is_none_or(|last| last > dihapus)
    {
        return Err(Refusal::PostAbolished { jabatan: post.nama.clone(), dihapus });
    }
    // Permendagri 4/2023 (bupati and wali kota), Perpres 3/2018 (sekda), UU 6/2014 Pasal 46 (kepala desa).
    let has_pj =
        matches!(post.jenis, jabatan::Jenis::Politik | jabatan::Jenis::PimpinanTinggi) || post.opd_jenis == opd::Jenis::Desa;
    if wanted.jenis == Jenis::Pj && !has_pj {
        return Err(Refusal::NoPjHere { jabatan: post.nama.clone() });
    }
    Ok(())
}

/// A temporary penugasan has an end, not too far away; what the person held so before without a gap counts along.
fn check_length(wanted: &Wanted, known: &Known<'_>) -> Result<(), Refusal> {
    let Some(limit) = known.limits.of(wanted.jenis) else { return Ok(()) };
    let Some(sampai) = wanted.sampai else { return Ok(()) };
    let mut sejak = wanted.mulai;
    let before = |sejak: Date| {
        known.at_post.iter().find(|held| {
            let touches = held.sampai.is_some_and(|last| next_day(last) >= sejak) && held.mulai < sejak;
            Some(held.id) != wanted.id
                && held.orang == wanted.orang
                && held.jenis == wanted.jenis
                && !held.is_called_off()
                && touches
        })
    };
    while let Some(earlier) = before(sejak) {
        sejak = earlier.mulai;
    }
    let changed = wanted.id.is_some();
    // A first one keeps to the plain limit; what is prolonged, by a second one or by a later end, to the limit with its prolongations.
    let bulan = if sejak < wanted.mulai || changed { limit.bulan * (1 + limit.perpanjangan) } else { limit.bulan };
    let paling_lambat = last_of(sejak, bulan);
    if sampai <= paling_lambat {
        return Ok(());
    }
    Err(if sejak < wanted.mulai {
        Refusal::TooLongTogether { orang: wanted.orang_nama.clone(), jenis: wanted.jenis, sejak, bulan, paling_lambat }
    } else {
        Refusal::TooLong { jenis: wanted.jenis, bulan, paling_lambat }
    })
}

fn check_person(wanted: &Wanted, known: &Known<'_>) -> Result<(), Refusal> {
    let others = || known.of_person.iter().filter(|held| Some(held.id) != wanted.id && held.meets(wanted.mulai, wanted.sampai));
    let here = known.at_post.iter().map(|held| held.id).collect::<Vec<_>>();
    // A Plt. who becomes definitive is told below that the Plt. must end, as anybody else's would.
    let steps_up = |held: &Held| {
        known.post.jenis.is_structural() && held.jenis != wanted.jenis && held.jenis != Jenis::Plh && wanted.jenis != Jenis::Plh
    };
    if let Some(same) = others().find(|held| here.contains(&held.id) && !steps_up(held)) {
        return Err(Refusal::Twice {
            orang: wanted.orang_nama.clone(),
            jabatan: known.post.nama.clone(),
            mulai: same.mulai,
            sampai: same.sampai,
        });
    }
    // PP 29/1997 jo. PP 47/2005 tentang PNS yang Menduduki Jabatan Rangkap, Pasal 2: no second structural post.
    let second = |held: &&Held| held.jenis == Jenis::Definitif && held.jabatan_jenis.is_structural();
    if wanted.jenis == Jenis::Definitif
        && known.post.jenis.is_structural()
        && let Some(other) = others().find(second)
    {
        return Err(Refusal::SecondStructural { orang: wanted.orang_nama.clone(), jabatan: other.jabatan_nama.clone() });
    }
    Ok(())
}

fn check_others(wanted: &Wanted, known: &Known<'_>) -> Result<Vec<Ending>, Refusal> {
    if !known.post.jenis.is_structural() {
        return Ok(Vec::new());
    }
    let nama = || known.post.nama.clone();
    let others: Vec<&Held> =
        known.at_post.iter().filter(|held| Some(held.id) != wanted.id && held.meets(wanted.mulai, wanted.sampai)).collect();
    if wanted.jenis == Jenis::Plh {
        if let Some(other) = others.iter().find(|held| held.jenis == Jenis::Plh) {
            return Err(occupied(known.post, other, wanted.mulai));
        }
        return if is_covered(wanted, known) { Ok(Vec::new()) } else { Err(Refusal::NobodyAbsent { jabatan: nama() }) };
    }
    let mut ends = Vec::new();
    for other in others.iter().filter(|held| held.jenis != Jenis::Plh) {
        if matches!(wanted.jenis, Jenis::Plt | Jenis::Pj) && other.jenis == Jenis::Definitif && !wanted.replaces {
            return Err(Refusal::NotVacant { jabatan: nama(), pemegang: other.orang_nama.clone() });
        }
        if !wanted.replaces || other.mulai >= wanted.mulai {
            return Err(occupied(known.post, other, wanted.mulai));
        }
        ends.push(Ending { id: other.id, sampai: day_before(wanted.mulai) });
    }
    Ok(ends)
}

fn occupied(post: &Post, other: &Held, mulai: Date) -> Refusal {
    let may_end = other.jenis != Jenis::Plh && other.mulai < mulai;
    Refusal::Occupied {
        jabatan: post.nama.clone(),
        pemegang: other.holder(),
        sampai: other.sampai,
        diakhiri: may_end.then(|| day_before(mulai)),
    }
}

/// Is there somebody to stand in for on every day?
fn is_covered(wanted: &Wanted, known: &Known<'_>) -> bool {
    let mut day = wanted.mulai;
    let Some(last) = wanted.sampai else { return false };
    loop {
        let holder = known.at_post.iter().find(|held| held.jenis != Jenis::Plh && !held.is_called_off() && held.is_valid_on(day));
        match holder.map(|held| held.sampai) {
            None => return false,
            Some(None) => return true,
            Some(Some(end)) if end >= last => return true,
            Some(Some(end)) => day = next_day(end),
        }
    }
}

/// Ends a penugasan after its last day `sampai`; the day before it begins calls it off. A Plh. has nobody to stand in for afterwards and
/// ends, too.
///
/// # Errors
/// [`Refusal::Over`] when it is over, [`Refusal::Fields`] when the day is not possible.
pub(crate) fn end(held: &Held, sampai: Date, at_post: &[Held], today: Date) -> Result<Vec<Ending>, Refusal> {
    let problem = |message: String| Err(Refusal::Fields(vec![praja_kernel::FieldProblem::new("sampai", message)]));
    if let Some(last) = held.sampai
        && last < today
    {
        return Err(Refusal::Over { sampai: last });
    }
    if sampai < day_before(held.mulai) || (sampai < held.mulai && held.mulai <= today) {
        return problem(format!("Hari terakhir paling awal {}, hari pertamanya.", praja_kernel::tanggal_panjang(held.mulai)));
    }
    if let Some(last) = held.sampai
        && sampai > last
    {
        return problem(format!(
            "Penugasan ini sudah akan berakhir {}. Pakai Ubah penugasan untuk memperpanjangnya.",
            praja_kernel::tanggal_panjang(last)
        ));
    }
    let mut ends = vec![Ending { id: held.id, sampai }];
    if held.jenis != Jenis::Plh {
        let alone =
            |other: &&Held| other.jenis == Jenis::Plh && !other.is_called_off() && other.sampai.is_some_and(|last| last > sampai);
        ends.extend(
            at_post.iter().filter(alone).map(|other| Ending { id: other.id, sampai: sampai.max(day_before(other.mulai)) }),
        );
    }
    Ok(ends)
}

/// The last day of so many months that begin on a day: three months from 15 January end on 14 April.
pub(crate) fn last_of(mulai: Date, bulan: i64) -> Date {
    day_before(mulai.saturating_add(Span::new().months(bulan.clamp(0, 1200))))
}

/// The day before.
pub(crate) fn day_before(day: Date) -> Date {
    day.saturating_sub(Span::new().days(1))
}

/// The day after.
pub(crate) fn next_day(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}

/// Who is told about a post: (who held it, who holds it now, from when).
pub(crate) type Change = (Option<Id>, Option<Id>, Date);

/// The changes to tell about one post, after some left and some came. What a leaver worked on goes to whoever answers for the post now; of
/// posts with several holders only to somebody who came in their place.
pub(crate) fn changes(jenis: jabatan::Jenis, left: &[Held], came: &[Held], now: &[Held], today: Date) -> Vec<Change> {
    let mut out = Vec::new();
    let mut told: Vec<Id> = Vec::new();
    for leaver in left {
        // Who goes on in another way (Plt. became definitive) hands nothing over.
        if now.iter().any(|held| held.orang == leaver.orang) {
            continue;
        }
        let successor = if jenis.is_structural() {
            answering(now)
        } else {
            came.iter().find(|one| !told.contains(&one.orang) && one.orang != leaver.orang).map(|one| one.orang)
        };
        told.extend(successor);
        out.push((Some(leaver.orang), successor, leaver.sampai.map_or(today, next_day)));
    }
    out.extend(came.iter().filter(|one| !told.contains(&one.orang)).map(|one| (None, Some(one.orang), one.mulai)));
    out
}

fn answering(now: &[Held]) -> Option<Id> {
    let holders = now.iter().map(|held| jabatan::Holder { orang: held.orang, nama: String::new(), jenis: held.jenis }).collect();
    jabatan::answering(holders).map(|holder| holder.orang)
}
