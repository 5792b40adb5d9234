//! What happens to complaints without anybody: deadlines follow the calendar, whoever handles one is reminded, those above them are told
//! when it is late, and what nobody objects to is closed.

use praja_identity::{jabatan, peran};
use praja_kernel::{Derajat, Id, Sifat};
use praja_module::{Instance, Message, MessageKind, Problem};
use praja_store::{Keys, Result, StoreError, Tx, audit};

use super::{
    Act, Hari, Jalur, Pengaduan, Status, TABLE, act, hak, objek, pages,
    store::{self, Bagian},
    write,
};
use crate::{PENGELOLA, notices, tasks};

/// The job.
pub(crate) const WATCH: &str = "desk.watch-pengaduan";
/// Complaints of one look.
const STEP: i64 = 100;
/// Reminded so many working days before the deadline.
const AHEAD: i64 = 2;

/// What is due of a complaint on a day: one bit each, so that nothing is told twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tanda {
    /// Nobody took it up in time.
    Diam,
    /// Two working days are left.
    Ingat,
    /// It is late.
    Lambat,
}

impl Tanda {
    const ALL: [Self; 3] = [Self::Diam, Self::Ingat, Self::Lambat];

    const fn bit(self) -> i64 {
        match self {
            Self::Diam => 1,
            Self::Ingat => 2,
            Self::Lambat => 4,
        }
    }
}

/// What is to be told now and was not told yet.
pub(crate) fn due(one: &Pengaduan, hari: &Hari) -> Vec<Tanda> {
    if !one.status.is_open() {
        return Vec::new();
    }
    let left = hari.calendar.working_days_between(hari.today, one.tenggat).unwrap_or(i64::MAX);
    let is = |tanda: Tanda| match tanda {
        Tanda::Diam => one.status == Status::Masuk && one.batas_tanggap < hari.today,
        Tanda::Ingat => one.tenggat >= hari.today && left <= AHEAD,
        Tanda::Lambat => one.tenggat < hari.today,
    };
    Tanda::ALL.into_iter().filter(|tanda| is(*tanda) && one.peringatan & tanda.bit() == 0).collect()
}

/// Runs [`WATCH`].
pub(crate) fn watch(instance: &Instance, _: &str) -> Result<()> {
    let today = instance.today();
    let hari = instance.db.read(|tx| Hari::of(tx, today))?;
    for jalur in Jalur::ALL {
        for status in Status::OPEN.iter().chain(&[Status::Ditanggapi]) {
            let mut after: Option<(String, Id)> = None;
            loop {
                let place = after.clone();
                let rows = instance.db.read(move |tx| {
                    let after = place.as_ref().map(|(tenggat, id)| (tenggat.as_str(), *id));
                    store::list(tx, Bagian::Semua(*jalur), *status, after, None, STEP)
                })?;
                let Some(last) = rows.last() else { break };
                after = Some((last.tenggat.to_string(), last.id));
                for one in rows {
                    look(instance, &hari, &one)?;
                }
            }
        }
    }
    Ok(())
}

fn look(instance: &Instance, hari: &Hari, one: &Pengaduan) -> Result<()> {
    let lapsed = one.status == Status::Ditanggapi && one.buka_sampai.is_some_and(|until| until < hari.today);
    if !lapsed && !one.is_protected() && counted(one, hari) == *one && due(one, hari).is_empty() {
        return Ok(());
    }
    let (hari, one) = (hari.clone(), one.clone());
    let by = instance.by_system(WATCH);
    let done = if lapsed {
        instance.db.write(&by, Keys::none(), move |tx| act(tx, &one, &Act::Tutup, &hari))
    } else if one.status.is_open() {
        instance.db.write(&by, Keys::none(), move |tx| Ok(step(tx, &hari, &one)?))
    } else {
        return Ok(());
    };
    match done {
        // Somebody was first, or it is settled by now: the next look sees it.
        Ok(()) | Err(Problem::Conflict | Problem::Refused(_)) => Ok(()),
        Err(Problem::Store(e)) => Err(e),
        Err(other) => Err(StoreError::Statement(format!("{other:?}"))),
    }
}

/// The same with its deadline by the calendar as it is now. What an older release filed keeps the deadline it has.
fn counted(one: &Pengaduan, hari: &Hari) -> Pengaduan {
    let mut after = one.clone();
    if one.hari > 0 && one.status.is_open() {
        (after.tenggat, after.sementara) = hari.after(one.diterima, u32::try_from(one.hari).unwrap_or(0));
    }
    after
}

/// Counts the deadline again, sees that somebody holds the task, and tells what is due.
fn step(tx: &mut Tx<'_>, hari: &Hari, one: &Pengaduan) -> Result<()> {
    let mut after = counted(one, hari);
    let found = due(&after, hari);
    after.peringatan = found.iter().fold(after.peringatan, |bits, tanda| bits | tanda.bit());
    if after != *one && !store::update(tx, &after)? {
        // Somebody works on it this moment.
        return Ok(());
    }
    if one.is_protected() {
        pass_on(tx, &after, hari)?;
    }
    for tanda in found {
        tell(tx, &after, tanda, hari)?;
    }
    Ok(())
}

/// Tasks of persons do not pass on with a post: whoever handles a protected complaint now gets it, and whoever no longer does loses it.
fn pass_on(tx: &mut Tx<'_>, one: &Pengaduan, hari: &Hari) -> Result<()> {
    let (wanted, held) = (write::handlers(tx, one, hari.today)?, tasks::holders(tx, &objek(one.id))?);
    for gone in held.iter().filter(|held| !wanted.contains(held)) {
        tasks::done_for(tx, &objek(one.id), gone)?;
    }
    for new in wanted.into_iter().filter(|wanted| !held.contains(wanted)) {
        write::give_task(tx, one, new)?;
    }
    Ok(())
}

fn tell(tx: &mut Tx<'_>, one: &Pengaduan, tanda: Tanda, hari: &Hari) -> Result<()> {
    let (to, words) = match tanda {
        Tanda::Ingat => (write::handlers(tx, one, hari.today)?, "batas waktunya dekat"),
        Tanda::Diam => (leaders(tx, one, hari)?, "belum ditangani sampai batas tanggapan pertama"),
        Tanda::Lambat => (leaders(tx, one, hari)?, "lewat batas waktu"),
    };
    let subject = format!("Pengaduan {}: {words}", one.nomor);
    for untuk in &to {
        let message = Message::new(MessageKind::Pengingat, untuk, subject.clone(), format!("{}/{}", pages::LIST, one.id));
        notices::tell(tx, &message.about(Sifat::Biasa, Derajat::Segera))?;
    }
    if tanda != Tanda::Ingat {
        let entry = audit::Entry::new("desk.escalate-pengaduan", TABLE, one.id).with("kepada", to.len());
        tx.audit(&if one.is_protected() { entry } else { entry.with("nomor", &one.nomor) })?;
    }
    Ok(())
}

/// Who is told that it is late: of an ordinary one who keeps the desk and whoever stands above the leader of the OPD; of a protected one
/// the inspectorate. Never whom it is about.
fn leaders(tx: &mut Tx<'_>, one: &Pengaduan, hari: &Hari) -> Result<Vec<String>> {
    if one.is_protected() {
        let teradu = store::teradu(tx, one.id)?;
        let mut all = hak::inspectors(tx, &teradu, hari.today)?;
        if one.jalur == Jalur::Petugas {
            for holder in write::handlers(tx, one, hari.today)? {
                if !all.contains(&holder) {
                    all.push(holder);
                }
            }
        }
        return Ok(all);
    }
    let mut all = peran::holders(tx, PENGELOLA)?;
    if let Some(opd) = one.opd
        && let Some(head) = jabatan::head_of(tx, opd)?
    {
        all.push(format!("jabatan:{}", head.id));
        all.extend(jabatan::superior(tx, head.id)?.map(|above| format!("jabatan:{}", above.id)));
    }
    all.dedup();
    Ok(all)
}
