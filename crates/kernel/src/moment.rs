#[cfg(test)]
mod tests;

use std::fmt;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime},
    tz::{Offset, TimeZone},
};
use serde::{Deserialize, Serialize};

use crate::UnknownWord;

/// An instant: milliseconds since 1970-01-01 00:00 UTC. Stored as BIGINT, shown in the regency's zone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// What time it is. Each Instance has its own clock, so that a training sandbox can travel in time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

impl Moment {
    /// Milliseconds since 1970 UTC.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// Date and time at Greenwich, as other programs want it. Instants outside the years −9999 to 9999 stop at the nearest end.
    pub fn utc(self) -> DateTime {
        at_offset(self, Offset::UTC)
    }

    /// This instant moved by `ms` milliseconds, stopping at the ends of the representable range.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

fn at_offset(at: Moment, offset: Offset) -> DateTime {
    let edge = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    offset.to_datetime(Timestamp::from_millisecond(at.0).unwrap_or(edge))
}

/// The three time zones of Indonesia: fixed offsets, no daylight saving (Keppres 41/1987).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Zona {
    /// Waktu Indonesia Barat, UTC+7.
    #[serde(rename = "WIB")]
    Wib,
    /// Waktu Indonesia Tengah, UTC+8.
    #[serde(rename = "WITA")]
    Wita,
    /// Waktu Indonesia Timur, UTC+9.
    #[serde(rename = "WIT")]
    Wit,
}

impl Zona {
    /// From west to east.
    pub const ALL: [Self; 3] = [Self::Wib, Self::Wita, Self::Wit];

    /// The zone of a province by the first two digits of its region code (`"53"` or a longer code such as `"53.15"`).
    ///
    /// 63–65, 51–53 and 71–76 are WITA; 81, 82 and 91–97 are WIT; the rest is WIB.
    pub fn of_region(code: &str) -> Self {
        match code.get(..2).and_then(|digits| digits.parse::<u8>().ok()) {
            Some(51..=53 | 63..=65 | 71..=76) => Self::Wita,
            Some(81 | 82 | 91..=97) => Self::Wit,
            _ => Self::Wib,
        }
    }

    /// The zone of this name, as written on letters.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zona| zona.name() == name)
    }

    /// Hours ahead of UTC: 7, 8 or 9.
    pub const fn hours(self) -> i8 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    /// The name as written on letters: WIB, WITA or WIT.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wib => "WIB",
            Self::Wita => "WITA",
            Self::Wit => "WIT",
        }
    }

    /// Local date and time of an instant. Instants outside the years −9999 to 9999 stop at the nearest end.
    pub fn local(self, at: Moment) -> DateTime {
        at_offset(at, Offset::constant(self.hours()))
    }

    /// Local date of an instant.
    pub fn date(self, at: Moment) -> Date {
        self.local(at).date()
    }

    /// The instant at which a local date begins here.
    pub fn start_of(self, date: Date) -> Moment {
        self.at(date.at(0, 0, 0, 0))
    }

    /// The instant of a local date and time.
    pub fn at(self, local: DateTime) -> Moment {
        let zone = TimeZone::fixed(Offset::constant(self.hours()));
        match zone.to_ambiguous_timestamp(local).unambiguous() {
            Ok(stamp) => Moment(stamp.as_millisecond()),
            Err(_) => {
                let shifted = local.saturating_sub(SignedDuration::from_hours(self.hours().into()));
                Moment(Offset::UTC.to_timestamp(shifted).map_or(0, Timestamp::as_millisecond))
            }
        }
    }
}

impl fmt::Display for Zona {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Zona {
    type Err = UnknownWord;

    /// Reads WIB, WITA or WIT.
    fn from_str(name: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|zona| zona.name() == name).ok_or_else(|| UnknownWord {
            noun: "zona waktu",
            word: name.to_owned(),
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}
