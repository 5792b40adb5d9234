//! Times of the day as people type them.

use jiff::civil::Time;

/// Why a typed time could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JamError {
    /// Nothing was typed.
    #[error("Waktu belum diisi. Tulis misalnya 08.30.")]
    Empty,
    /// Not a time in any of the forms people type.
    #[error("\"{text}\" bukan waktu. Tulis jam dan menit, misalnya 08.30 atau 13.00.")]
    NotTime {
        /// What was typed.
        text: String,
    },
    /// An hour or a minute that no day has.
    #[error("Waktu \"{text}\" tidak ada. Jam sampai 23, menit sampai 59.")]
    NoTime {
        /// What was typed.
        text: String,
    },
}

/// Reads a time as people type it: `08.30`, `8:30`, `0830`, `8`, with or without "pukul" before it or WIB, WITA, WIT behind it.
///
/// ```
/// use praja_kernel::parse_jam;
///
/// assert_eq!(parse_jam("pukul 8.30 WITA")?.to_string(), "08:30:00");
/// assert!(parse_jam("24.10").unwrap_err().to_string().contains("tidak ada"));
/// # Ok::<(), praja_kernel::JamError>(())
/// ```
///
/// # Errors
/// [`JamError`].
pub fn parse_jam(text: &str) -> Result<Time, JamError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(JamError::Empty);
    }
    let not_time = || JamError::NotTime { text: typed.to_owned() };
    let lower = typed.to_lowercase();
    let bare = ["wib", "wita", "wit"].iter().find_map(|zone| lower.strip_suffix(zone)).unwrap_or(&lower).trim();
    let bare = ["pukul", "jam"].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare).trim();
    let (hour, minute) = match bare.split_once(['.', ':']) {
        Some(pair) => pair,
        // The last two of three or four digits are the minutes.
        None if bare.is_ascii() && bare.len() > 2 => bare.split_at(bare.len() - 2),
        None => (bare, "00"),
    };
    let digits = |part: &str, most: usize| {
        let fits = !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        if fits { part.parse::<i8>().ok() } else { None }
    };
    let hour = digits(hour, 2).ok_or_else(not_time)?;
    let minute = digits(minute, 2).filter(|_| minute.len() == 2).ok_or_else(not_time)?;
    Time::new(hour, minute, 0, 0).map_err(|_| JamError::NoTime { text: typed.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_in_every_form_people_type() {
        for (typed, hour, minute) in [
            ("08.30", 8, 30),
            ("8:30", 8, 30),
            ("0830", 8, 30),
            ("830", 8, 30),
            ("8", 8, 0),
            ("00.00", 0, 0),
            ("23.59 WIT", 23, 59),
            ("pukul 13.00", 13, 0),
            ("Jam 7.05 wib", 7, 5),
        ] {
            assert_eq!(parse_jam(typed), Ok(Time::new(hour, minute, 0, 0).unwrap()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_way_to_write_it() {
        assert_eq!(parse_jam("  "), Err(JamError::Empty));
        for typed in ["pagi", "8.3", "8.300", "8,30", "é30", "-1.00", "😀", "12345"] {
            assert!(matches!(parse_jam(typed), Err(JamError::NotTime { .. })), "{typed}");
        }
        for typed in ["24.00", "12.60", "99"] {
            assert!(matches!(parse_jam(typed), Err(JamError::NoTime { .. })), "{typed}");
        }
    }
}
