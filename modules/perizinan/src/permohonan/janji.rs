//! What an applicant may rely on: the day by which something is decided; while the clock stands, since when and why no day is named. Pure.

#[cfg(test)]
mod tests;

use praja_kernel::{CalendarError, Date, Due, WorkingCalendar, tanggal_panjang};

use super::{Permohonan, store::Riwayat};
use crate::{
    alur::{Jam, Status},
    sla::Aturan,
};

/// Follows a day in a year whose days off are not decreed yet.
const SEMENTARA: &str = " (sementara, menunggu penetapan hari libur)";

/// Has a clock begun (there is a day 0), and does it stand because others than the office are to act?
pub(crate) fn stands(status: Status, mulai: Option<Date>) -> bool {
    status.jam() == Jam::Berhenti && mulai.is_some()
}

/// The last day for a decision, where one is promised. The column keeps the day that held before the clock stopped, which nobody owes any
/// more: neither while it stands nor of what ended without a decision.
pub(crate) fn promised(tenggat: Option<Date>, status: Status, mulai: Option<Date>) -> Option<Date> {
    tenggat.filter(|_| !stands(status, mulai) && !matches!(status, Status::Gugur | Status::DicabutPemohon))
}

impl Permohonan {
    /// As [`stands`].
    pub(crate) fn stands(&self) -> bool {
        stands(self.status, self.mulai)
    }

    /// As [`promised`].
    pub(crate) fn janji(&self) -> Option<Date> {
        promised(self.tenggat, self.status, self.mulai)
    }
}

/// A day with what it depends on.
pub(crate) fn day(due: Date, sementara: bool) -> String {
    format!("{}{}", tanggal_panjang(due), if sementara { SEMENTARA } else { "" })
}

/// Since which day the clock stands, by the steps from the oldest on; none where it runs, or where what was brought in tells no steps.
pub(crate) fn since(steps: &[Riwayat]) -> Option<Date> {
    steps.iter().fold(None, |since, step| match (step.dari.jam(), step.ke.jam()) {
        (Jam::Berhenti, Jam::Berhenti) => since,
        (_, Jam::Berhenti) => Some(step.tanggal),
        _ => None,
    })
}

/// In place of a due date, while the clock stands.
pub(crate) fn standing(since: Option<Date>) -> String {
    let since = since.map(|day| format!(" sejak {}", tanggal_panjang(day))).unwrap_or_default();
    format!("waktu berhenti{since}; tanggal selesai dihitung lagi setelah dilanjutkan")
}

/// Whom or what the clock waits for, as its applicant reads it.
pub(crate) const fn reason(status: Status) -> &'static str {
    match status {
        Status::Dikembalikan => "selama menunggu perbaikan dari Anda",
        Status::DitetapkanSkrd => "selama bendahara menyiapkan tagihan",
        Status::MenungguBayar => "selama menunggu pembayaran Anda",
        _ => "selama permohonan ditangguhkan",
    }
}

/// How many days are used, and whether more are being used.
pub(crate) fn used(one: &Permohonan, used: i64) -> String {
    let sla = one.sla;
    match one.status.jam() {
        Jam::Jalan => format!("{used} dari {sla} hari kerja terpakai"),
        Jam::Berhenti if one.mulai.is_some() => {
            format!("{used} dari {sla} hari kerja terpakai; waktu berhenti {}", reason(one.status))
        }
        Jam::Berhenti => {
            format!("{sla} hari kerja sejak berkas dinyatakan lengkap; belum berjalan {}", reason(one.status))
        }
        Jam::Luar if one.mulai.is_none() => format!("{sla} hari kerja sejak berkas dinyatakan lengkap"),
        Jam::Luar => format!("selesai dalam {used} hari kerja (janji {sla} hari)"),
    }
}

/// What a receipt promises on the day it is printed; none of what ended without a decision.
///
/// # Errors
/// [`CalendarError::BeyondHorizon`] in a year for which no dates are given.
pub(crate) fn receipt(
    one: &Permohonan,
    since: Option<Date>,
    calendar: &WorkingCalendar,
    aturan: Aturan,
) -> Result<Option<String>, CalendarError> {
    let zero = "hari ke-0 ialah hari berkas dinyatakan lengkap";
    if one.stands() {
        return Ok(Some(standing(since)));
    }
    if let Some(due) = one.janji() {
        return Ok(Some(format!("{}; {} hari kerja, {zero}", day(due, one.sementara), one.sla)));
    }
    Ok(match (one.status, one.hari_ajukan) {
        (Status::Dikembalikan, _) => Some("dihitung setelah perbaikan Anda dikirim dan berkas dinyatakan lengkap".to_owned()),
        (Status::Diajukan, Some(sent)) => {
            let Due { date, provisional } = estimate(calendar, aturan, sent, one.sla)?;
            Some(format!("{} bila berkas lengkap; {} hari kerja, {zero}", day(date, provisional), one.sla))
        }
        _ => None,
    })
}

/// The day by which something is decided when the front office takes its whole time.
fn estimate(calendar: &WorkingCalendar, aturan: Aturan, sent: Date, sla: i64) -> Result<Due, CalendarError> {
    let zero = calendar.add_working_days(sent, aturan.periksa_hari)?;
    let due = calendar.add_working_days(zero.date, u32::try_from(sla).unwrap_or(0))?;
    Ok(Due { provisional: due.provisional || zero.provisional, ..due })
}
