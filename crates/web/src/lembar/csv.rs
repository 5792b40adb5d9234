use std::borrow::Cow;

use super::{Baris, MAX_COLUMNS, Unreadable, text};

/// Reads comma, semicolon or tab separated text: in UTF-8, or where `old` in the letters of old Windows programs, too.
pub(super) fn read(bytes: &[u8], most: usize, old: bool) -> Result<Vec<Baris>, Unreadable> {
    let words = match std::str::from_utf8(bytes) {
        Ok(words) => Cow::Borrowed(words),
        Err(_) if old => Cow::Owned(bytes.iter().map(|byte| letter(*byte)).collect()),
        Err(e) => {
            let before = &bytes[..e.valid_up_to()];
            return Err(Unreadable::NotUtf8 { baris: before.iter().filter(|byte| **byte == b'\n').count() + 1 });
        }
    };
    let words = words.strip_prefix('\u{feff}').unwrap_or(&words);
    if words.bytes().any(|byte| byte < 9) {
        return Err(Unreadable::NotSheet);
    }
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator(words)).from_reader(words.as_bytes());
    let mut rows = Vec::new();
    let mut record = ::csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Unreadable::Damaged)? {
        // Row numbers as a spreadsheet counts them: one per record, however many lines a cell has.
        let nomor = u32::try_from(rows.len() + 1).map_err(|_| Unreadable::TooManyRows { most })?;
        if record.iter().skip(MAX_COLUMNS).any(|cell| !cell.trim().is_empty()) {
            return Err(Unreadable::TooWide { baris: nomor });
        }
        rows.push(Baris { nomor, sel: record.iter().take(MAX_COLUMNS).map(text).collect() });
        if rows.len() > 2 * most {
            return Err(Unreadable::TooManyRows { most });
        }
    }
    Ok(rows)
}

/// What stands between the titles of the first line. Spreadsheets set to Indonesian write semicolons.
fn separator(words: &str) -> u8 {
    let head = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let most =
        [b';', b',', b'\t'].into_iter().max_by_key(|sign| (head.bytes().filter(|byte| byte == sign).count(), *sign == b';'));
    most.unwrap_or(b',')
}

/// What Windows-1252 has between 0x80 and 0x9F; elsewhere it is Latin-1. What it leaves out stays a control character, which no cell keeps.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}
