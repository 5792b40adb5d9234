//! The year ahead: sixty days before it begins whoever keeps the calendar is asked for its decree.

use praja_kernel::{Date, YearStatus, days_between};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError};

use super::{LIST, of};
use crate::{
    PENGELOLA,
    tasks::{self, NewTask},
};

/// The job that looks.
pub(crate) const JOB: &str = "desk.watch-calendar";
/// So many days before a year begins.
const AHEAD: i32 = 60;

/// Is it time to ask for the decree of the year after `today`?
pub(super) fn is_due(today: Date, next: &YearStatus) -> bool {
    let Ok(first) = Date::new(today.year().saturating_add(1), 1, 1) else { return false };
    *next == YearStatus::Sementara && days_between(today, first) <= AHEAD
}

/// Runs [`JOB`].
pub(crate) fn run(instance: &Instance, _: &str) -> Result<()> {
    let today = instance.today();
    let by = instance.by_system(JOB);
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        let year = today.year().saturating_add(1);
        let calendar = of(tx, today)?;
        let status = calendar.status(year).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let objek = super::objek(year);
        if !is_due(today, status) || tasks::is_open(tx, &objek)? {
            return Ok(());
        }
        for untuk in praja_identity::peran::holders(tx, PENGELOLA)? {
            let task = NewTask {
                untuk,
                judul: format!("Terbitkan kalender kerja {year}"),
                tautan: format!("{LIST}?tahun={year}"),
                objek: objek.clone(),
                jatuh_tempo: Date::new(today.year(), 12, 31).ok(),
                sementara: false,
            };
            tasks::open(tx, &task)?;
        }
        Ok::<_, StoreError>(())
    })
}
