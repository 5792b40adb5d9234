#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime, Weekday};

const BULAN: [&str; 12] =
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const ROMAWI: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
/// Years a letter, an archive or a birth can have; others are slips of the finger such as 2206.
const TAHUN: std::ops::RangeInclusive<i16> = 1800..=2199;

/// Why a typed date could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TanggalError {
    /// Nothing was typed.
    #[error("Tanggal belum diisi.")]
    Empty,
    /// Not a date in any of the forms people type.
    #[error("\"{text}\" bukan tanggal. Tulis misalnya 22-11-2026 atau 22 November 2026.")]
    NotDate {
        /// What was typed.
        text: String,
    },
    /// Two digits for the year.
    #[error("Tahun pada \"{text}\" hanya dua angka. Tulis empat angka, misalnya 2026.")]
    ShortYear {
        /// What was typed.
        text: String,
    },
    /// A name that is no month.
    #[error("\"{bulan}\" bukan nama bulan. Tulis misalnya 22 November 2026.")]
    NotMonth {
        /// The name that was typed.
        bulan: String,
    },
    /// A month other than 1 to 12; often day and month are the wrong way round.
    #[error("Bulan {bulan} tidak ada. Tulis hari, lalu bulan, lalu tahun, misalnya 22-11-2026.")]
    NoMonth {
        /// The number that was typed.
        bulan: i16,
    },
    /// A day the month does not have.
    #[error("Tanggal {hari} {bulan} {tahun} tidak ada. {bulan} {tahun} hanya sampai tanggal {akhir}.")]
    NoDay {
        /// The day that was typed.
        hari: i16,
        /// The month.
        bulan: &'static str,
        /// The year.
        tahun: i16,
        /// The month's last day.
        akhir: i8,
    },
    /// A year before 1800 or after 2199.
    #[error("Tahun {tahun} di luar jangkauan. Periksa kembali tahunnya.")]
    FarYear {
        /// The year that was typed.
        tahun: i16,
    },
}

/// "22 November 2026", for letters and receipts.
pub fn tanggal_panjang(date: Date) -> String {
    format!("{} {} {}", date.day(), nama_bulan(date.month()), date.year())
}

/// "22 Nov 2026", for lists.
pub fn tanggal_pendek(date: Date) -> String {
    format!("{} {} {}", date.day(), &nama_bulan(date.month())[..3], date.year())
}

/// "Minggu".
pub fn hari(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "Senin",
        Weekday::Tuesday => "Selasa",
        Weekday::Wednesday => "Rabu",
        Weekday::Thursday => "Kamis",
        Weekday::Friday => "Jumat",
        Weekday::Saturday => "Sabtu",
        Weekday::Sunday => "Minggu",
    }
}

/// "Minggu, 22 November 2026".
pub fn hari_tanggal(date: Date) -> String {
    format!("{}, {}", hari(date), tanggal_panjang(date))
}

/// "10.32": hour and minute of a local time, with a dot as on Indonesian paper.
pub fn jam(local: DateTime) -> String {
    format!("{:02}.{:02}", local.hour(), local.minute())
}

/// "22 Nov 2026 10.32".
pub fn tanggal_jam(local: DateTime) -> String {
    format!("{} {}", tanggal_pendek(local.date()), jam(local))
}

/// "November" for 11; empty outside 1 to 12.
pub fn nama_bulan(month: i8) -> &'static str {
    month_entry(&BULAN, month)
}

/// "XI" for 11, as in letter numbers; empty outside 1 to 12.
pub fn bulan_romawi(month: i8) -> &'static str {
    month_entry(&ROMAWI, month)
}

/// So many days later, or earlier when negative. Nothing beyond the years −9999 to 9999.
pub fn days_after(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
}

/// The same day so many years later; of 29 February the 28th where there is none. Nothing beyond the year 9999.
pub fn years_after(date: Date, years: u16) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_years(i64::from(years)).ok()?).ok()
}

/// Reads a date as people type it: `22-11-2026`, `22/11/2026`, `22.11.2026`, `2026-11-22`, `22 Nov 2026`, `22 November 2026`.
///
/// ```
/// use praja_kernel::{parse_tanggal, tanggal_panjang};
///
/// assert_eq!(tanggal_panjang(parse_tanggal("22/11/2026")?), "22 November 2026");
/// assert_eq!(
///     parse_tanggal("30-2-2026").unwrap_err().to_string(),
///     "Tanggal 30 Februari 2026 tidak ada. Februari 2026 hanya sampai tanggal 28."
/// );
/// # Ok::<(), praja_kernel::TanggalError>(())
/// ```
pub fn parse_tanggal(text: &str) -> Result<Date, TanggalError> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(TanggalError::Empty);
    }
    let not_date = || TanggalError::NotDate { text: typed.to_owned() };
    let pieces: Vec<&str> = match ['-', '/', '.'].into_iter().find(|sign| typed.contains(*sign) && !typed.contains(' ')) {
        Some(sign) => typed.split(sign).collect(),
        None => typed.split_whitespace().collect(),
    };
    let [first, month, last] = pieces[..] else { return Err(not_date()) };
    let (day, year) = if first.len() == 4 && typed.contains('-') { (last, first) } else { (first, last) };
    let day = number(day, 2).ok_or_else(not_date)?;
    let month = match number(month, 2) {
        Some(month) => month,
        None if month.chars().any(char::is_alphabetic) => month_by_name(month)?,
        None => return Err(not_date()),
    };
    if number(year, 2).is_some() {
        return Err(TanggalError::ShortYear { text: typed.to_owned() });
    }
    let year = number(year, 4).filter(|_| year.len() == 4).ok_or_else(not_date)?;
    date(day, month, year)
}

/// How far `date` is from `today` in calendar days: "hari ini", "kemarin", "besok", "3 hari lagi", "3 hari yang lalu".
pub fn relatif(date: Date, today: Date) -> String {
    match days_between(today, date) {
        0 => "hari ini".into(),
        1 => "besok".into(),
        -1 => "kemarin".into(),
        days if days > 0 => format!("{days} hari lagi"),
        days => format!("{} hari yang lalu", -days),
    }
}

/// How a due date stands, in working days: `hari_kerja` is [`crate::WorkingCalendar::working_days_between`] from `today` to `due`.
///
/// "jatuh tempo hari ini", "jatuh tempo besok", "3 hari kerja lagi", "terlambat 2 hari kerja"; "lewat tenggat" before the first
/// working day of lateness has passed (due on Friday, read on Saturday).
pub fn sisa_waktu(due: Date, today: Date, hari_kerja: i64) -> String {
    match (days_between(today, due), hari_kerja) {
        (0, _) => "jatuh tempo hari ini".into(),
        (1, _) => "jatuh tempo besok".into(),
        (days, 0) if days > 0 => format!("{days} hari lagi"),
        (days, working) if days > 0 => format!("{working} hari kerja lagi"),
        (_, 0) => "lewat tenggat".into(),
        (_, working) => format!("terlambat {} hari kerja", working.abs()),
    }
}

/// Calendar days from `from` to `to`; below zero when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn month_entry(names: &[&'static str; 12], month: i8) -> &'static str {
    usize::try_from(month).ok().and_then(|month| names.get(month.checked_sub(1)?)).copied().unwrap_or_default()
}

/// One to `digits` digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    let plain = (1..=digits).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// The full name, its first three letters, or one of the short forms in use (Agt, Ags, Sept, Nop, Pebruari).
fn month_by_name(name: &str) -> Result<i16, TanggalError> {
    let lower = name.trim_end_matches(['.', ',']).to_lowercase();
    let known = match lower.as_str() {
        "agt" | "ags" => Some(8),
        "sept" => Some(9),
        "nop" | "nopember" => Some(11),
        "peb" | "pebruari" => Some(2),
        _ => (1..=12).find(|month| {
            let full = nama_bulan(*month).to_lowercase();
            full == lower || full[..3] == lower
        }),
    };
    known.map(i16::from).ok_or_else(|| TanggalError::NotMonth { bulan: name.to_owned() })
}

fn date(hari: i16, month: i16, tahun: i16) -> Result<Date, TanggalError> {
    if !TAHUN.contains(&tahun) {
        return Err(TanggalError::FarYear { tahun });
    }
    let no_month = |_| TanggalError::NoMonth { bulan: month };
    let narrow = i8::try_from(month).map_err(|_| TanggalError::NoMonth { bulan: month })?;
    let akhir = Date::new(tahun, narrow, 1).map_err(no_month)?.days_in_month();
    i8::try_from(hari).ok().and_then(|day| Date::new(tahun, narrow, day).ok()).ok_or(TanggalError::NoDay {
        hari,
        bulan: nama_bulan(narrow),
        tahun,
        akhir,
    })
}
