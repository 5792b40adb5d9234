//! How many days a week are worked: set by decree from a day on, never for days that have been.

use praja_kernel::{CalendarError, Date, FieldProblem, Pekan, WorkingCalendar, tanggal_panjang};
use praja_module::events::KalenderBerubah;
use praja_store::{Result, Tx, audit};

use super::{Refusal, announce, corrupt, of, store};

/// A decree about the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ketetapan {
    /// The first day it holds.
    pub berlaku_dari: Date,
    /// The week.
    pub pekan: Pekan,
    /// The decree.
    pub dasar: String,
}

/// A decree as it was typed, or everything that is wrong with it. `known` are those there are.
///
/// # Errors
/// [`Refusal::Fields`].
pub(super) fn check(
    known: &[Ketetapan],
    mulai: std::result::Result<Date, String>,
    pekan: &str,
    dasar: &str,
    today: Date,
) -> std::result::Result<Ketetapan, Refusal> {
    let mut problems = Vec::new();
    let mulai = mulai.map_err(|message| problems.push(FieldProblem::new("mulai", message))).ok();
    let last = WorkingCalendar::new(today).last_provisional_year();
    if let Some(day) = mulai {
        if day < today {
            let message = "Pilih hari ini atau sesudahnya; batas waktu hari yang sudah lewat tidak dihitung ulang.";
            problems.push(FieldProblem::new("mulai", message));
        } else if day.year() > last {
            problems.push(FieldProblem::new("mulai", format!("Pilih tanggal sampai akhir tahun {last}.")));
        }
    }
    let pekan = Pekan::parse(pekan).map_err(|_| problems.push(FieldProblem::new("pekan", "Pilih lamanya pekan kerja."))).ok();
    let dasar = dasar.split_whitespace().collect::<Vec<_>>().join(" ");
    if !dasar.chars().any(|letter| letter.is_ascii_digit()) || dasar.chars().count() > 160 {
        problems.push(FieldProblem::new("dasar_pekan", "Tulis nomor keputusannya, misalnya Perbup 12/2026."));
    }
    if let (Some(mulai), Some(pekan)) = (mulai, pekan) {
        let before = known.iter().filter(|one| one.berlaku_dari < mulai).max_by_key(|one| one.berlaku_dari);
        if before.map_or(Pekan::Lima, |one| one.pekan) == pekan && known.iter().all(|one| one.berlaku_dari != mulai) {
            let message = format!("Pekan kerja pada {} sudah {}.", tanggal_panjang(mulai), words(pekan));
            problems.push(FieldProblem::new("pekan", message));
        }
    }
    match (mulai, pekan) {
        (Some(berlaku_dari), Some(pekan)) if problems.is_empty() => Ok(Ketetapan { berlaku_dari, pekan, dasar }),
        _ => Err(Refusal::Fields(problems)),
    }
}

/// Saves a decree, tells the other modules which days became what, and has the open due dates counted again.
pub(super) fn set(tx: &mut Tx<'_>, one: &Ketetapan, today: Date, oleh: &str) -> Result<()> {
    let before = of(tx, today)?;
    store::set_week(tx, one, oleh)?;
    let after = of(tx, today)?;
    let entry = audit::Entry { tindakan: "desk.change-pekan-kerja", objek: OBJEK.into(), ..audit::Entry::default() };
    tx.audit(&entry.with("mulai", one.berlaku_dari).with("pekan", one.pekan.as_str()).because(&one.dasar))?;
    let sebab = format!("Pekan kerja {} sejak {}.", words(one.pekan), tanggal_panjang(one.berlaku_dari));
    let (menjadi_libur, menjadi_kerja) = changes(&before, &after, one.berlaku_dari).map_err(corrupt)?;
    let id = tx.new_id()?.to_string();
    announce(tx, &KalenderBerubah { id, tahun: one.berlaku_dari.year(), sebab, menjadi_libur, menjadi_kerja })
}

/// The week within a sentence.
pub(super) const fn words(pekan: Pekan) -> &'static str {
    match pekan {
        Pekan::Lima => "lima hari",
        Pekan::Enam => "enam hari",
    }
}

/// The name of the week in the audit trail.
pub(super) const OBJEK: &str = "desk_kalender:pekan";

/// Days that became off and days that are worked now, from a day to the end of what can be computed.
fn changes(
    before: &WorkingCalendar,
    after: &WorkingCalendar,
    from: Date,
) -> std::result::Result<(Vec<Date>, Vec<Date>), CalendarError> {
    let (mut off, mut worked) = (Vec::new(), Vec::new());
    let mut day = from;
    while day.year() <= after.last_provisional_year() {
        match (before.is_working(day)?, after.is_working(day)?) {
            (true, false) => off.push(day),
            (false, true) => worked.push(day),
            _ => {}
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok((off, worked))
}
