//! Every Monday morning the head of each OPD is told how its mail stands.

use praja_identity::{jabatan, opd};
use praja_kernel::{Date, Derajat, Id, Moment, Sifat, Zona, hari};
use praja_module::{Instance, Message, MessageKind};
use praja_store::{Keys, Result, Tx};

use super::{Jenis, bulan, pages::PAGE, store};
use crate::{disposisi::store as orders, surat_masuk::store as letters};

/// The job that plans the next Monday.
pub(crate) const PLAN: &str = "eoffice.plan-statistik";
/// The job of a Monday.
pub(crate) const JOB: &str = "eoffice.tell-statistik";
/// Seven in the morning, before the first meeting.
const HOUR_MS: i64 = 7 * 60 * 60 * 1000;
/// Counts stop here.
const CAP: i64 = 1000;

/// What a head is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pekan {
    masuk: i64,
    menunggu: usize,
    lewat: usize,
    terlambat: usize,
}

/// The next Monday morning after a moment.
fn monday(now: Moment, zona: Zona) -> Moment {
    let mut day = zona.date(now);
    for _ in 0..8 {
        let at = Moment(zona.start_of(day).ms() + HOUR_MS);
        if hari(day) == "Senin" && at > now {
            return at;
        }
        day = day.tomorrow().unwrap_or(day);
    }
    now
}

/// One sentence; none when there is nothing to tell.
fn sentence(pekan: Pekan) -> Option<String> {
    let Pekan { masuk, menunggu, lewat, terlambat } = pekan;
    if (masuk, menunggu, lewat, terlambat) == (0, 0, 0, 0) {
        return None;
    }
    Some(format!(
        "{masuk} surat dicatat bulan ini, {menunggu} menunggu arahan Anda, {lewat} lewat batas waktu, dan {terlambat} disposisi terlambat."
    ))
}

/// Plans the next Monday, once however often it is asked.
pub(crate) fn plan(instance: &Instance, _: &str) -> Result<()> {
    let at = monday(instance.now(), instance.zona);
    instance.db.write(&instance.by_system(PLAN), Keys::none(), move |tx| {
        tx.enqueue(JOB, &(), at, Some(&format!("{JOB}:{}", at.ms())))?;
        Ok(())
    })
}

/// Tells every head.
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let Some(messenger) = instance.ports.messenger.clone() else { return Ok(()) };
    let (now, today) = (instance.now(), instance.zona.date(instance.now()));
    let offices = instance.db.read(opd::list_active)?;
    for office in offices {
        let messenger = messenger.clone();
        instance.db.write(&instance.by_system(JOB), Keys::none(), move |tx| {
            let Some(head) = jabatan::head_of(tx, office.id)? else { return Ok(()) };
            let Some(body) = sentence(count(tx, office.id, head.id, now, today)?) else { return Ok(()) };
            messenger.tell(
                tx,
                &Message {
                    to: format!("jabatan:{}", head.id),
                    subject: format!("Surat {} pekan ini", office.singkatan),
                    body,
                    href: PAGE.into(),
                    sifat: Sifat::Biasa,
                    derajat: Derajat::Biasa,
                    jenis: MessageKind::Kabar,
                },
            )
        })?;
    }
    Ok(())
}

fn count(tx: &mut Tx<'_>, opd: Id, head: Id, now: Moment, today: Date) -> Result<Pekan> {
    let month = bulan(today);
    let figures = store::list(tx, &[opd], &month, &month)?;
    let masuk = figures.iter().filter(|one| one.jenis == Jenis::Masuk).map(|one| one.jumlah).sum();
    Ok(Pekan {
        masuk,
        menunggu: letters::list_on_desk(tx, head, CAP)?.len(),
        lewat: letters::late_of(tx, &format!("opd:{opd}"), now)?,
        terlambat: orders::overdue(tx, opd, today, CAP)?.len(),
    })
}

#[test]
fn a_head_is_told_on_monday_at_seven_and_never_twice_for_one_week() {
    let at = |text: &str, hour: i8| Zona::Wita.at(text.parse::<Date>().unwrap().at(hour, 0, 0, 0));
    assert_eq!(monday(at("2026-11-22", 9), Zona::Wita), at("2026-11-23", 7));
    assert_eq!(monday(at("2026-11-23", 6), Zona::Wita), at("2026-11-23", 7));
    assert_eq!(monday(at("2026-11-23", 7), Zona::Wita), at("2026-11-30", 7));
    assert_eq!(monday(at("2026-11-29", 23), Zona::Wita), at("2026-11-30", 7));
}

#[test]
fn where_nothing_came_and_nothing_waits_nobody_is_told() {
    assert_eq!(sentence(Pekan { masuk: 0, menunggu: 0, lewat: 0, terlambat: 0 }), None);
    let told = sentence(Pekan { masuk: 12, menunggu: 3, lewat: 2, terlambat: 1 }).unwrap();
    assert!(
        told.starts_with("12 surat dicatat bulan ini, 3 menunggu arahan Anda, 2 lewat")
            && told.ends_with("1 disposisi terlambat.")
    );
}
