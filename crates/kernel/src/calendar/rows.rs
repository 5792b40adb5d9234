use jiff::civil::Date;

use super::{CalendarError, DayOff, DayOffKind, YearStatus};
use crate::{hari, parse_tanggal};

/// Reads the text of `hari_libur_YYYY.csv`: a head and rows `tanggal,hari,jenis,nama`.
///
/// Takes commas or semicolons (spreadsheets in Indonesian write semicolons), names between double quotes, and a byte order mark.
/// The name of the weekday must fit the date: a row that slipped by a day is found there.
pub fn parse_days_off(text: &str) -> Result<Vec<DayOff>, CalendarError> {
    let rows = read_rows(text, ["tanggal", "hari", "jenis", "nama"])?;
    rows.into_iter().map(|(line, fields)| day_off(fields).map_err(|reason| CalendarError::Line { line, reason })).collect()
}

/// Reads the text of `hari_libur_tahun.csv`: a head and rows `tahun,status,dasar`; status is `final` or `sementara`.
pub fn parse_year_statuses(text: &str) -> Result<Vec<(i16, YearStatus)>, CalendarError> {
    let rows = read_rows(text, ["tahun", "status", "dasar"])?;
    rows.into_iter().map(|(line, fields)| year_status(fields).map_err(|reason| CalendarError::Line { line, reason })).collect()
}

fn day_off([tanggal, named, jenis, nama]: [&str; 4]) -> Result<DayOff, String> {
    let tanggal: Date = parse_tanggal(tanggal).map_err(|problem| problem.to_string())?;
    if !named.eq_ignore_ascii_case(hari(tanggal)) {
        return Err(format!("{tanggal} adalah hari {}, bukan {named}.", hari(tanggal)));
    }
    let jenis = DayOffKind::parse(jenis).map_err(|problem| problem.to_string())?;
    if nama.is_empty() {
        return Err("nama hari libur belum diisi.".into());
    }
    Ok(DayOff { tanggal, jenis, nama: nama.to_owned() })
}

fn year_status([tahun, status, dasar]: [&str; 3]) -> Result<(i16, YearStatus), String> {
    let year = tahun.parse().map_err(|_| format!("\"{tahun}\" bukan tahun."))?;
    let dasar = Some(dasar).filter(|dasar| !dasar.is_empty()).map(str::to_owned);
    match status {
        "final" => Ok((year, YearStatus::Final { dasar })),
        "sementara" if dasar.is_none() => Ok((year, YearStatus::Sementara)),
        "sementara" => Err("tahun yang sementara belum memiliki dasar.".into()),
        other => Err(format!("\"{other}\" bukan status yang dikenal. Pilih final atau sementara.")),
    }
}

/// Rows of `N` fields with their line numbers. The last field takes what is left of the line, so that a name may hold the
/// separator.
fn read_rows<'a, const N: usize>(text: &'a str, head: [&str; N]) -> Result<Vec<(usize, [&'a str; N])>, CalendarError> {
    let problem = |line, reason| CalendarError::Line { line, reason };
    let mut lines = (1..).zip(text.trim_start_matches('\u{FEFF}').lines()).filter(|(_, line)| !line.trim().is_empty());
    let expected = || format!("baris pertama harus berisi {}.", head.join(","));
    let (line, first) = lines.next().ok_or_else(|| problem(1, expected()))?;
    let separator = if first.contains(';') { ';' } else { ',' };
    if split::<N>(first, separator) != Some(head) {
        return Err(problem(line, expected()));
    }
    lines
        .map(|(line, row)| match split(row, separator) {
            Some(fields) => Ok((line, fields)),
            None => Err(problem(line, format!("harus ada {N} kolom."))),
        })
        .collect()
}

fn split<const N: usize>(line: &str, separator: char) -> Option<[&str; N]> {
    let fields: Vec<&str> = line.splitn(N, separator).map(plain).collect();
    fields.try_into().ok()
}

/// Without the double quotes around it.
fn plain(field: &str) -> &str {
    let field = field.trim();
    field.strip_prefix('"').and_then(|field| field.strip_suffix('"')).unwrap_or(field).trim()
}
