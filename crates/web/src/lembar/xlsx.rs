use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, Xlsx, XlsxCellFormulaMetadataRecord};
use praja_kernel::Date;

use super::{Baris, MAX_COLUMNS, MAX_PARTS, MAX_UNPACKED, Reading, Sel, Unreadable, text};

/// Reads one sheet.
pub(super) fn read(bytes: &[u8], reading: &Reading<'_>) -> Result<Vec<Baris>, Unreadable> {
    check_parts(bytes)?;
    // A file made to break the reader must not end the background's work.
    std::panic::catch_unwind(|| read_book(bytes, reading)).unwrap_or(Err(Unreadable::Damaged))
}

/// The names of the sheets.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    check_parts(bytes)?;
    let names = || Xlsx::new(Cursor::new(bytes)).map(|book: Xlsx<_>| book.sheet_names()).map_err(|_| Unreadable::Damaged);
    match std::panic::catch_unwind(names).unwrap_or(Err(Unreadable::Damaged))? {
        names if names.is_empty() => Err(Unreadable::Empty),
        names => Ok(names),
    }
}

/// Unpacks every part once without keeping it: what a part says about its size is only a claim.
fn check_parts(bytes: &[u8]) -> Result<(), Unreadable> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    if parts.len() > MAX_PARTS {
        return Err(Unreadable::TooLarge);
    }
    let (mut left, mut has_book) = (MAX_UNPACKED, false);
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).map_err(|_| Unreadable::Damaged)?;
        let name = part.name().map_err(|_| Unreadable::Damaged)?.into_owned();
        if name == "mimetype" {
            return Err(Unreadable::OpenDocument);
        }
        has_book |= name.starts_with("xl/");
        let is_text = name.ends_with(".xml") || name.ends_with(".rels");
        let read = drain(&mut part.by_ref().take(left + 1), is_text)?;
        left = left.checked_sub(read).ok_or(Unreadable::TooLarge)?;
    }
    if has_book { Ok(()) } else { Err(Unreadable::NotSheet) }
}

/// Reads to the end and gives the length. The reader makes room for as many texts as a part says it has before it looks: a number
/// that no sheet within our limits can have would take all memory.
fn drain(part: &mut dyn Read, is_text: bool) -> Result<u64, Unreadable> {
    const CLAIM: &[u8] = b"uniqueCount";
    const OVERLAP: usize = 64;
    let (mut total, mut kept) = (0_u64, 0);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = part.read(&mut buffer[kept..]).map_err(|_| Unreadable::Damaged)?;
        if read == 0 {
            return Ok(total);
        }
        total += read as u64;
        let filled = kept + read;
        // Two bytes a letter would hide the claim from us, and no spreadsheet writes so.
        if is_text && buffer[..filled].contains(&0) {
            return Err(Unreadable::Damaged);
        }
        for at in buffer[..filled].windows(CLAIM.len()).enumerate().filter(|(_, word)| *word == CLAIM).map(|(at, _)| at) {
            let after = &buffer[at + CLAIM.len()..filled];
            let digits = after.iter().skip_while(|byte| !byte.is_ascii_digit()).take_while(|byte| byte.is_ascii_digit());
            if digits.count() > 7 {
                return Err(Unreadable::Damaged);
            }
        }
        // The end is looked at again with what follows it.
        kept = filled.min(OVERLAP);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

fn read_book(bytes: &[u8], reading: &Reading<'_>) -> Result<Vec<Baris>, Unreadable> {
    let damaged = |_| Unreadable::Damaged;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let named = names.iter().find(|name| name.trim().eq_ignore_ascii_case(reading.sheet.trim()));
    let name = named.or(names.first()).ok_or(Unreadable::Empty)?.clone();
    let merged = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut rows: Vec<Baris> = Vec::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        add(&mut rows, cell, reading)?;
    }
    spread_merged(&mut rows, &merged, reading.merged);
    Ok(rows)
}

/// Puts a cell into its row. Cells come row by row; a file in which they do not is none a spreadsheet wrote.
fn add(rows: &mut Vec<Baris>, cell: XlsxCellFormulaMetadataRecord<'_>, reading: &Reading<'_>) -> Result<(), Unreadable> {
    let nomor = cell.pos.0.checked_add(1).ok_or(Unreadable::Damaged)?;
    let sel = if cell.formula.is_some() && !reading.formulas { Sel::Rumus } else { read_cell(cell.value) };
    if sel == Sel::Kosong {
        return Ok(());
    }
    let column = usize::try_from(cell.pos.1).map_err(|_| Unreadable::Damaged)?;
    if column >= MAX_COLUMNS {
        return Err(Unreadable::TooWide { baris: nomor });
    }
    match rows.last() {
        Some(last) if last.nomor == nomor => {}
        Some(last) if last.nomor > nomor => return Err(Unreadable::Damaged),
        _ => rows.push(Baris { nomor, sel: Vec::new() }),
    }
    if rows.len() > reading.rows + 1 {
        return Err(Unreadable::TooManyRows { most: reading.rows });
    }
    if let Some(row) = rows.last_mut() {
        if row.sel.len() <= column {
            row.sel.resize(column + 1, Sel::Kosong);
        }
        row.sel[column] = sel;
    }
    Ok(())
}

fn read_cell(value: DataRef<'_>) -> Sel {
    match value {
        DataRef::Empty => Sel::Kosong,
        DataRef::String(words) => text(&words),
        DataRef::SharedString(words) => text(words),
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's own numbers are no more exact")]
        DataRef::Int(number) => Sel::Angka(number as f64),
        DataRef::Float(number) => Sel::Angka(number),
        DataRef::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            date(i16::try_from(year).ok(), i8::try_from(month).ok(), i8::try_from(day).ok())
                .unwrap_or_else(|| Sel::Lain(at.as_f64().to_string()))
        }
        DataRef::DateTime(at) => Sel::Lain(at.as_f64().to_string()),
        DataRef::DateTimeIso(words) => words.get(..10).and_then(|day| day.parse().ok()).map_or(Sel::Lain(words), Sel::Tanggal),
        DataRef::DurationIso(words) => Sel::Lain(words),
        DataRef::Bool(yes) => Sel::Lain(if yes { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::Error(kind) => Sel::Lain(kind.to_string()),
    }
}

fn date(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Option<Sel> {
    Date::new(year?, month?, day?).ok().map(Sel::Tanggal)
}

/// A merged cell says one thing for many. Where that is not wanted, which row it belongs to is for people to decide.
fn spread_merged(rows: &mut [Baris], merged: &[Dimensions], says_all: bool) {
    for area in merged.iter().filter(|area| area.start != area.end) {
        let place = |end: u32| usize::try_from(end).unwrap_or(MAX_COLUMNS);
        let (left, right) = (place(area.start.1), place(area.end.1).min(MAX_COLUMNS - 1));
        // Rows stand in order: a sheet with a merge in each of its rows is not gone through once for each.
        let first = rows.partition_point(|row| row.nomor <= area.start.0);
        let inside = rows[first..].partition_point(|row| row.nomor - 1 <= area.end.0);
        let inside = &mut rows[first..first + inside];
        let says = if says_all {
            inside.first().filter(|row| row.nomor == area.start.0 + 1).map_or(Sel::Kosong, |row| row.at(left).clone())
        } else {
            Sel::Gabung
        };
        for row in inside {
            for column in left..=right {
                if row.sel.len() <= column {
                    row.sel.resize(column + 1, Sel::Kosong);
                }
                row.sel[column] = says.clone();
            }
        }
    }
}
