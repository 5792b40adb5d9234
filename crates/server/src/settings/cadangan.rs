//! `cadangan:`: when backups are made by themselves, where their second copy goes, and how many are kept.

use std::path::{Path, PathBuf};

use praja_kernel::{Moment, Zona};
use serde::Deserialize;

const HOUR: &str = "01:30";
const KEPT: u32 = 14;
/// Ten years of daily copies.
const MOST: u32 = 3650;

/// Backups that are made by themselves. Without this key nobody makes any.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cadangan {
    /// The second place: a folder on another disk, a mounted share or a USB disk. The first is in the installation.
    #[serde(default)]
    pub tempat: Option<PathBuf>,
    /// When, every day, in the zone of the region: `01:30`.
    #[serde(default = "hour")]
    pub jam: String,
    /// How many are kept in each place.
    #[serde(default = "kept")]
    pub simpan: u32,
}

fn hour() -> String {
    HOUR.to_owned()
}

const fn kept() -> u32 {
    KEPT
}

impl Default for Cadangan {
    fn default() -> Self {
        Self { tempat: None, jam: hour(), simpan: KEPT }
    }
}

impl Cadangan {
    pub(super) fn resolve(&mut self, root: &Path) {
        if let Some(place) = &mut self.tempat {
            *place = root.join(&*place);
        }
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if self.time().is_none() {
            return Err(format!("cadangan.jam '{}' harus berbentuk 01:30", self.jam));
        }
        if !(1..=MOST).contains(&self.simpan) {
            return Err(format!("cadangan.simpan {} harus antara 1 dan {MOST}", self.simpan));
        }
        Ok(())
    }

    fn time(&self) -> Option<(i64, i64)> {
        let (hour, minute) = self.jam.split_once(':')?;
        let number = |text: &str| {
            (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<u8>().ok()).flatten()
        };
        let (hour, minute) = (number(hour)?, number(minute)?);
        (hour < 24 && minute < 60).then_some((i64::from(hour), i64::from(minute)))
    }

    /// The last moment at which a backup was to be made.
    pub fn last_due(&self, now: Moment, zona: Zona) -> Moment {
        let (hour, minute) = self.time().unwrap_or((0, 0));
        let today = zona.start_of(zona.date(now)).plus_ms((hour * 60 + minute) * 60_000);
        if today <= now { today } else { today.plus_ms(-24 * 60 * 60_000) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_due_every_day_at_its_hour_in_the_zone_of_the_region() {
        let plan = Cadangan { jam: "01:30".into(), ..Cadangan::default() };
        let midnight = Zona::Wita.start_of("2026-11-26".parse().unwrap());
        for (minutes, day, hour) in [(89, "2026-11-25", "01:30"), (90, "2026-11-26", "01:30"), (1439, "2026-11-26", "01:30")] {
            let due = Zona::Wita.local(plan.last_due(midnight.plus_ms(minutes * 60_000), Zona::Wita));
            assert_eq!((due.date().to_string(), format!("{:02}:{:02}", due.hour(), due.minute())), (day.into(), hour.into()));
        }
    }

    #[test]
    fn an_hour_that_is_none_and_a_number_that_keeps_nothing_are_refused() {
        for jam in ["24:00", "1:30", "01:60", "pagi", "01.30", "+1:30"] {
            assert!(Cadangan { jam: jam.into(), ..Cadangan::default() }.check().is_err(), "{jam}");
        }
        for simpan in [0, 3651] {
            assert!(Cadangan { simpan, ..Cadangan::default() }.check().is_err(), "{simpan}");
        }
        assert!(Cadangan::default().check().is_ok());
    }
}
