use praja_kernel::{Date, DateTime};
pub use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::{Cell, ColKind, Sheet};

/// Letters that one cell of a spreadsheet can hold.
const MOST_LETTERS: usize = 32_767;
/// Whole numbers beyond this are rounded by spreadsheets, which only know binary floats.
const EXACT: u64 = 1 << 53;

pub(super) fn write(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day: two exports of the same rows are the same file, and no clock is asked.
    let born = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&sheet.title).set_author("Praja").set_creation_datetime(&born));
    fill(book.add_worksheet(), sheet)?;
    if !sheet.about.is_empty() || sheet.latihan {
        about(book.add_worksheet(), sheet)?;
    }
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(sheet_name(&sheet.title))?;
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin);
    for (at, column) in sheet.columns.iter().enumerate() {
        page.write_string_with_format(0, place(at), cut(&column.title), &head)?;
        page.set_column_width(place(at), width(sheet, at))?;
    }
    let formats = Formats::new();
    for (line, row) in (1..).zip(&sheet.rows) {
        for (at, cell) in row.iter().enumerate() {
            put(page, line, place(at), cell, &formats)?;
        }
    }
    if let Some(last) = sheet.columns.len().checked_sub(1) {
        page.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
        page.autofilter(0, 0, u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX), place(last))?;
    }
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let stamp = if sheet.latihan { "&C&\"Arial,Bold\"LATIHAN: data contoh, bukan dokumen resmi" } else { "" };
    page.set_header(format!("&L{}{stamp}", code_free(&sheet.title))).set_footer("&RHalaman &P dari &N");
    Ok(())
}

/// The second page: who took the list along, when, and from which figures.
fn about(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name("Keterangan")?.set_column_width(0, 24)?.set_column_width(1, 72)?;
    let name = Format::new().set_bold().set_align(FormatAlign::Top);
    let value = Format::new().set_text_wrap();
    let latihan = sheet.latihan.then(|| ("LATIHAN".to_owned(), "Semua data di sini contoh dan bukan dokumen resmi.".to_owned()));
    let count = ("Jumlah baris".to_owned(), sheet.rows.len().to_string());
    let facts = std::iter::once(("Daftar".to_owned(), sheet.title.clone())).chain(latihan).chain(std::iter::once(count));
    for (line, (what, said)) in (0..).zip(facts.chain(sheet.about.iter().cloned())) {
        page.write_string_with_format(line, 0, cut(&what), &name)?;
        page.write_string_with_format(line, 1, cut(&said), &value)?;
    }
    Ok(())
}

struct Formats {
    int: Format,
    rupiah: Format,
    date: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        let shown = |as_number: &str| Format::new().set_num_format(as_number);
        Self { int: shown("0"), rupiah: shown("#,##0"), date: shown("dd/mm/yyyy"), moment: shown("dd/mm/yyyy hh:mm") }
    }
}

fn put(page: &mut Worksheet, line: u32, at: u16, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => _ = page.write_string(line, at, cut(text))?,
        Cell::Int(number) => number_or_text(page, line, at, *number, &formats.int)?,
        Cell::Rupiah(amount) => number_or_text(page, line, at, amount.get(), &formats.rupiah)?,
        Cell::Date(date) => match day(*date) {
            Some(day) => _ = page.write_datetime_with_format(line, at, day?, &formats.date)?,
            None => _ = page.write_string(line, at, date.to_string())?,
        },
        Cell::Moment(local) => match instant(*local) {
            Some(instant) => _ = page.write_datetime_with_format(line, at, instant?, &formats.moment)?,
            None => _ = page.write_string(line, at, local.to_string())?,
        },
    }
    Ok(())
}

fn number_or_text(page: &mut Worksheet, line: u32, at: u16, number: i64, format: &Format) -> Result<(), XlsxError> {
    if number.unsigned_abs() > EXACT {
        page.write_string(line, at, number.to_string())?;
    } else {
        page.write_number_with_format(line, at, number as f64, format)?;
    }
    Ok(())
}

/// Spreadsheets count days from 1900; an earlier one stays a text.
fn day(date: Date) -> Option<Result<ExcelDateTime, XlsxError>> {
    let year = u16::try_from(date.year()).ok().filter(|year| (1900..=9999).contains(year))?;
    Some(ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs()))
}

fn instant(local: DateTime) -> Option<Result<ExcelDateTime, XlsxError>> {
    let (hour, minute) = (u16::from(local.hour().unsigned_abs()), local.minute().unsigned_abs());
    Some(day(local.date())?.and_then(|day| day.and_hms(hour, minute, f64::from(local.second()))))
}

/// As wide as the longest of the first rows, within what a page can bear.
fn width(sheet: &Sheet, at: usize) -> f64 {
    let title = sheet.columns.get(at).map_or(0, |column| column.title.chars().count() + 3);
    let kind = match sheet.columns.get(at).map(|column| column.kind) {
        Some(ColKind::Date) => 11,
        Some(ColKind::Moment) => 16,
        Some(ColKind::Rupiah) => 14,
        _ => 6,
    };
    let texts = sheet.rows.iter().take(1000).filter_map(|row| match row.get(at) {
        Some(Cell::Text(text)) => Some(text.chars().count() + 1),
        _ => None,
    });
    let longest = texts.chain([title, kind]).max().unwrap_or(10).min(60);
    longest as f64
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn cut(text: &str) -> String {
    // A spreadsheet counts UTF-16 units.
    let mut room = MOST_LETTERS;
    text.chars()
        .take_while(|letter| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect()
}

/// Names of sheets have at most 31 letters and none of `[]:*?/\`, and do not begin or end with an apostrophe.
fn sheet_name(title: &str) -> String {
    let plain: String = title.chars().map(|letter| if "[]:*?/\\".contains(letter) { ' ' } else { letter }).take(31).collect();
    match plain.trim().trim_matches('\'') {
        "" | "Keterangan" => "Daftar".to_owned(),
        name => name.to_owned(),
    }
}

/// In headers `&` begins a code; long ones are refused.
fn code_free(title: &str) -> String {
    title.chars().take(80).collect::<String>().replace('&', "&&")
}
