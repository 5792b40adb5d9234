#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::{CalendarError, Moment, WorkingCalendar, Zona};

const HOUR_MS: i64 = 60 * 60 * 1000;

crate::words! {
    /// Urgency of a letter. Three degrees and never a fourth; a regency may change the labels, not the list.
    ///
    /// PermenPANRB 80/2012 (revoked, still followed) gives 24 hours and 2 × 24 hours; Peraturan ANRI 5/2021 has no list.
    pub enum Derajat ("derajat") {
        /// Within 24 hours or 1 working day; elsewhere called kilat or amat segera.
        SangatSegera => "sangat_segera", "Sangat segera";
        /// Within 2 × 24 hours or 2 working days.
        Segera => "segera", "Segera";
        /// In order of receipt; 5 working days unless the regency says otherwise.
        Biasa => "biasa", "Biasa";
    }
}

crate::words! {
    /// How a regency counts the deadlines of urgent letters.
    pub enum BasisTenggat ("basis tenggat") {
        /// 24 and 48 hours, also through the weekend.
        JamKalender => "jam_kalender", "Jam kalender (24 dan 48 jam)";
        /// 1 and 2 working days.
        HariKerja => "hari_kerja", "Hari kerja (1 dan 2 hari)";
    }
}

/// A regency's deadline rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AturanTenggat {
    /// How the two urgent degrees are counted.
    pub basis: BasisTenggat,
    /// Working days of a letter of degree Biasa.
    pub biasa_hari: u32,
}

/// Until when a letter must be handled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenggat {
    /// The last millisecond in time.
    pub sampai: Moment,
    /// Its date in the regency.
    pub tanggal: Date,
    /// The date may still move because a year's holidays are not final ([`crate::Due::provisional`]).
    pub provisional: bool,
}

impl Default for AturanTenggat {
    /// Working days; five for Biasa.
    fn default() -> Self {
        Self { basis: BasisTenggat::HariKerja, biasa_hari: 5 }
    }
}

impl Derajat {
    /// Until when a letter received at `diterima` must be handled. Counted in working days the deadline is the end of a local
    /// day; counted in hours it is an instant. Fails only beyond the calendar's horizon.
    pub fn tenggat(
        self,
        aturan: &AturanTenggat,
        diterima: Moment,
        zona: Zona,
        calendar: &WorkingCalendar,
    ) -> Result<Tenggat, CalendarError> {
        let hari = match (self, aturan.basis) {
            (Self::SangatSegera, BasisTenggat::JamKalender) => return Ok(after_hours(diterima, 24, zona)),
            (Self::Segera, BasisTenggat::JamKalender) => return Ok(after_hours(diterima, 48, zona)),
            (Self::SangatSegera, BasisTenggat::HariKerja) => 1,
            (Self::Segera, BasisTenggat::HariKerja) => 2,
            (Self::Biasa, _) => aturan.biasa_hari,
        };
        let due = calendar.add_working_days(zona.date(diterima), hari)?;
        let sampai = zona.at(due.date.at(23, 59, 59, 999_000_000));
        Ok(Tenggat { sampai, tanggal: due.date, provisional: due.provisional })
    }
}

fn after_hours(diterima: Moment, hours: i64, zona: Zona) -> Tenggat {
    let sampai = diterima.plus_ms(hours * HOUR_MS);
    Tenggat { sampai, tanggal: zona.date(sampai), provisional: false }
}
