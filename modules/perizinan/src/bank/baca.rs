use praja_kernel::{Date, Rupiah, fold};

use super::{BentukAngka, BentukTanggal, FileRefusal, MOST_ROWS, Profil};
use crate::skrd::KodeBayar;

/// Longest text of a row that is kept and shown.
const SHOWN: usize = 200;

/// A row of a file, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    /// Its line, from 1.
    pub(crate) nomor: i64,
    pub(crate) kode: Option<KodeBayar>,
    pub(crate) jumlah: Option<Rupiah>,
    pub(crate) tanggal: Option<Date>,
    pub(crate) referensi: String,
    /// The column of the code as it stands there.
    pub(crate) teks: String,
    /// Money that went out.
    pub(crate) keluar: bool,
    /// What cannot be read; empty where all can.
    pub(crate) masalah: String,
}

/// Where the columns stand, from 0.
struct Tempat {
    kode: usize,
    jumlah: usize,
    tanggal: usize,
    referensi: Option<usize>,
}

/// Reads a file by a profile.
///
/// # Errors
/// [`FileRefusal`] for a file that cannot be read at all; a row that cannot is in the answer, with what is wrong.
pub(crate) fn read(bytes: &[u8], profil: &Profil) -> Result<Vec<Baris>, FileRefusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileRefusal::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.bytes().any(|byte| byte < 9) {
        return Err(FileRefusal::NotText);
    }
    // Lines before the table are no rows: a bank writes account and period there, with quotes that never close.
    let skipped = usize::try_from(profil.lewati).unwrap_or(0);
    let body: usize = text.split_inclusive('\n').take(skipped).map(str::len).sum();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(profil.pemisah.sign())
        .from_reader(text.get(body..).unwrap_or_default().as_bytes());
    let (mut place, mut rows) = (None, Vec::new());
    for record in reader.records() {
        let record = record.map_err(|_| FileRefusal::NotText)?;
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(at) = &place else {
            place = Some(find(&record, profil)?);
            if !profil.judul
                && let Some(at) = &place
            {
                rows.push(row(&record, at, profil, skipped, line));
            }
            continue;
        };
        rows.push(row(&record, at, profil, skipped, line));
        if rows.len() > MOST_ROWS {
            return Err(FileRefusal::TooMany);
        }
    }
    if rows.is_empty() { Err(FileRefusal::Empty) } else { Ok(rows) }
}

fn find(first: &csv::StringRecord, profil: &Profil) -> Result<Tempat, FileRefusal> {
    let titles: Vec<String> = if profil.judul { first.iter().map(fold).collect() } else { Vec::new() };
    let column = |name: &str| {
        let place = name.trim().parse::<usize>().ok().filter(|place| (1..=first.len()).contains(place)).map(|place| place - 1);
        titles.iter().position(|title| *title == fold(name)).or(place).ok_or_else(|| FileRefusal::NoColumn {
            kolom: name.to_owned(),
            ada: if profil.judul {
                first
                    .iter()
                    .map(str::trim)
                    .filter(|title| !title.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
                    .chars()
                    .take(300)
                    .collect()
            } else {
                format!("1 sampai {}", first.len())
            },
        })
    };
    let kolom = &profil.kolom;
    Ok(Tempat {
        kode: column(&kolom.kode)?,
        jumlah: column(&kolom.jumlah)?,
        tanggal: column(&kolom.tanggal)?,
        referensi: if kolom.referensi.trim().is_empty() { None } else { Some(column(&kolom.referensi)?) },
    })
}

fn row(record: &csv::StringRecord, at: &Tempat, profil: &Profil, skipped: usize, line: u64) -> Baris {
    let cell = |at: usize| record.get(at).unwrap_or_default().trim();
    let (amount, day) = (amount(cell(at.jumlah), profil.bentuk_angka), date(cell(at.tanggal), profil.bentuk_tanggal));
    let mut masalah = Vec::new();
    if amount.is_none() {
        masalah.push(format!("Jumlah \"{}\" tidak dapat dibaca.", short(cell(at.jumlah))));
    }
    if day.is_none() {
        masalah.push(format!("Tanggal \"{}\" tidak dapat dibaca.", short(cell(at.tanggal))));
    }
    Baris {
        nomor: i64::try_from(line).unwrap_or(0) + i64::try_from(skipped).unwrap_or(0),
        kode: KodeBayar::find(cell(at.kode)),
        jumlah: amount.map(|(jumlah, _)| jumlah),
        tanggal: day,
        referensi: at.referensi.map(|at| short(cell(at))).unwrap_or_default(),
        teks: short(cell(at.kode)),
        keluar: amount.is_some_and(|(_, out)| out),
        masalah: masalah.join(" "),
    }
}

fn short(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Whole rupiah, and whether the money went out; cents other than none are no rupiah.
pub(super) fn amount(text: &str, bentuk: BentukAngka) -> Option<(Rupiah, bool)> {
    let upper = text.trim().to_uppercase();
    let bare = upper.strip_prefix("RP").or_else(|| upper.strip_prefix("IDR")).unwrap_or(&upper).trim_start_matches(['.', ' ']);
    let (bare, mut out) = match bare.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()) {
        digits if digits.len() == bare.len() => (bare, false),
        digits => match &bare[digits.len()..] {
            "CR" | "C" | "K" | "KR" => (digits.trim_end(), false),
            "DB" | "D" | "DR" => (digits.trim_end(), true),
            _ => return None,
        },
    };
    let bare = match bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).or_else(|| bare.strip_prefix('-')) {
        Some(inner) => {
            out = true;
            inner.trim()
        }
        None => bare.strip_prefix('+').unwrap_or(bare),
    };
    let (group, point) = match bentuk {
        BentukAngka::Indonesia => ('.', ','),
        BentukAngka::Inggris => (',', '.'),
    };
    let (whole, cents) = bare.split_once(point).unwrap_or((bare, ""));
    if !cents.bytes().all(|digit| digit == b'0') || cents.len() > 2 || cents.contains(group) {
        return None;
    }
    let mut parts = whole.split(group);
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|part| part.len() == 3));
    let digits = format!("{first}{}", rest.concat());
    if first.is_empty() || !grouped || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().map(|number| (Rupiah(number), out))
}

/// A day, with or without an hour behind it.
pub(super) fn date(text: &str, bentuk: BentukTanggal) -> Option<Date> {
    let text = text.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> = match bentuk {
        BentukTanggal::TbhRapat | BentukTanggal::HbtRapat => {
            let all = (text.len() == 8 && text.bytes().all(|digit| digit.is_ascii_digit())).then_some(text)?;
            if bentuk == BentukTanggal::TbhRapat {
                vec![&all[..4], &all[4..6], &all[6..]]
            } else {
                vec![&all[..2], &all[2..4], &all[4..]]
            }
        }
        BentukTanggal::Hbt | BentukTanggal::Tbh | BentukTanggal::Bht => text.split(['-', '/', '.']).collect(),
    };
    let [one, two, three] = parts[..] else { return None };
    let (year, month, day) = match bentuk {
        BentukTanggal::Hbt | BentukTanggal::HbtRapat => (three, two, one),
        BentukTanggal::Bht => (three, one, two),
        BentukTanggal::Tbh | BentukTanggal::TbhRapat => (one, two, three),
    };
    let year: i16 = if year.len() == 4 { year.parse().ok()? } else { return None };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().filter(|day| (2000..2200).contains(&day.year()))
}
