//! Deadlines are counted again when a year's holidays become known.

use praja_desk::calendar;
use praja_kernel::{AturanTenggat, Date, Id, Moment, Tenggat, WorkingCalendar, Zona};
use praja_module::events::KalenderBerubah;
use praja_store::{Delivery, Result, Tx};

use super::{SuratMasuk, store};

/// Letters of one statement.
const STEP: i64 = 200;
/// A deadline that passed longer ago than this is history.
const BACK_MS: i64 = 60 * 24 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Hears that the calendar changed: open letters with a provisional deadline get the one that now follows. Their holders are told by
/// the desk, which counts the tasks again.
pub(crate) fn hear(tx: &mut Tx<'_>, delivery: &Delivery) -> Result<()> {
    if delivery.read::<KalenderBerubah>()?.is_none() {
        return Ok(());
    }
    let mut after = (delivery.at.plus_ms(-BACK_MS), Id::v7(0, [0; 10]));
    loop {
        let letters = store::provisional(tx, after, STEP)?;
        let Some(last) = letters.last() else { return Ok(()) };
        after = (last.tenggat, last.id);
        for mut surat in letters.into_iter().filter(|surat| surat.status.is_open()) {
            let Some(zona) = zona_of(surat.tenggat) else { continue };
            let calendar = calendar::of(tx, surat.isi.tanggal_terima)?;
            let Some(tenggat) = again(&surat, zona, &calendar) else { continue };
            if (tenggat.sampai, tenggat.provisional) == (surat.tenggat, surat.tenggat_sementara) {
                continue;
            }
            (surat.tenggat, surat.tenggat_sementara) = (tenggat.sampai, tenggat.provisional);
            store::update(tx, &surat)?;
        }
    }
}

/// The deadline by the calendar as it is now, counted from the day of receipt.
pub(super) fn again(surat: &SuratMasuk, zona: Zona, calendar: &WorkingCalendar) -> Option<Tenggat> {
    let day: Date = surat.isi.tanggal_terima;
    let received = zona.at(day.at(8, 0, 0, 0));
    surat.isi.derajat.tenggat(&AturanTenggat::default(), received, zona, calendar).ok()
}

/// The zone in which a deadline is the last millisecond of a day; none for one that was counted in hours.
pub(super) fn zona_of(tenggat: Moment) -> Option<Zona> {
    let midnight = tenggat.plus_ms(1).ms().rem_euclid(DAY_MS);
    [Zona::Wib, Zona::Wita, Zona::Wit].into_iter().find(|zona| {
        let offset = i64::from(zona.hours()) * 60 * 60 * 1000;
        (midnight + offset).rem_euclid(DAY_MS) == 0
    })
}
