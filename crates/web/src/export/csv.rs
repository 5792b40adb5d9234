use super::{Cell, Sheet};

/// Spreadsheets take a text that begins so for a formula; the wide forms are read like the narrow ones.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// With the byte order mark, spreadsheets read the file as UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut out = MARK.to_vec();
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(&mut out);
    let stamp = sheet.latihan.then_some("LATIHAN");
    let head = sheet.columns.iter().map(|column| plain(&column.title)).chain(stamp.map(str::to_owned));
    let rows = sheet.rows.iter().map(|row| row.iter().map(shown).chain(stamp.map(|_| "data contoh".to_owned())));
    // Writing into memory cannot fail, and `flexible` takes rows of any length.
    let written = writer.write_record(head).and_then(|()| {
        for row in rows {
            writer.write_record(row)?;
        }
        writer.flush().map_err(Into::into)
    });
    debug_assert!(written.is_ok(), "{written:?}");
    drop(writer);
    out
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => plain(text),
        Cell::Int(number) => number.to_string(),
        Cell::Rupiah(amount) => amount.get().to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(local) => local.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// A text that no spreadsheet runs: an apostrophe stands before what looks like a formula.
fn plain(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}
