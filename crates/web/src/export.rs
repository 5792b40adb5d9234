//! Taking a list along: the same rows as a spreadsheet or as CSV, with numbers as numbers and dates as dates; or on paper, as PDF.

mod csv;
mod gather;
mod pdf;
#[cfg(test)]
mod tests;
mod xlsx;

use praja_kernel::{Date, DateTime, Moment, Rupiah, Zona, fold};
use praja_module::{Body, Ctx, Jenis, Outcome, Problem, Response};

pub use gather::narrow;
pub use pdf::{MOST_ROWS as MOST_ROWS_ON_PAPER, Refusal as PdfRefusal};
pub use xlsx::XlsxError;

/// What a column holds: decides width, alignment and the number format of a spreadsheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColKind {
    /// Words, and numbers that are names (NIP, letter numbers).
    Text,
    /// Whole numbers.
    Int,
    /// Whole rupiah.
    Rupiah,
    /// Dates.
    Date,
    /// Local date and time.
    Moment,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Col {
    /// Its head.
    pub title: String,
    /// What it holds.
    pub kind: ColKind,
}

impl Col {
    /// Words, and numbers that are names (NIP, letter numbers).
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: ColKind::Text }
    }

    /// Whole numbers.
    pub fn int(title: impl Into<String>) -> Self {
        Self { kind: ColKind::Int, ..Self::text(title) }
    }

    /// Whole rupiah.
    pub fn rupiah(title: impl Into<String>) -> Self {
        Self { kind: ColKind::Rupiah, ..Self::text(title) }
    }

    /// Dates.
    pub fn date(title: impl Into<String>) -> Self {
        Self { kind: ColKind::Date, ..Self::text(title) }
    }

    /// Local date and time; say the zone in the title where it matters.
    pub fn moment(title: impl Into<String>) -> Self {
        Self { kind: ColKind::Moment, ..Self::text(title) }
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words, shown exactly so: `007` stays `007`, `=1+1` is not calculated.
    Text(String),
    /// A whole number.
    Int(i64),
    /// An amount.
    Rupiah(Rupiah),
    /// A date.
    Date(Date),
    /// Local date and time.
    Moment(DateTime),
}

impl Cell {
    /// An instant, as the clock on the wall showed it.
    pub fn moment(zona: Zona, at: Moment) -> Self {
        Self::Moment(zona.local(at))
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Rupiah> for Cell {
    fn from(amount: Rupiah) -> Self {
        Self::Rupiah(amount)
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A list as a sheet: what it is, its columns, its rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What the list is; names the sheet.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Col>,
    /// Its rows, in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
    /// What stands on the page about the list (who printed it, when, from which figures), as name and value.
    pub about: Vec<(String, String)>,
    /// The data are invented: LATIHAN stands on every page and in every row.
    pub latihan: bool,
    /// The list is longer than what may be taken along at once ([`gather`](Self::gather)); the name of the file says so too.
    pub partial: bool,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, column: Col) -> Self {
        self.columns.push(column);
        self
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Vec<Cell>) -> Self {
        self.push(row);
        self
    }

    /// Says something about the list, as "Saringan" and "Status: dicatat".
    #[must_use]
    pub fn about(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.about.push((name.into(), value.into()));
        self
    }

    /// As CSV: UTF-8 with byte order mark, commas, ISO dates, bare numbers. A text that a spreadsheet would calculate gets an
    /// apostrophe in front.
    pub fn to_csv(&self) -> Vec<u8> {
        csv::write(self)
    }

    /// As an Excel file: head that stays in view and can be filtered, typed values, one page wide on paper.
    ///
    /// # Errors
    /// More rows or columns than a spreadsheet can hold.
    pub fn to_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        xlsx::write(self)
    }
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For other programs.
    Csv,
    /// For Excel, LibreOffice and the like.
    #[default]
    Xlsx,
    /// For paper.
    Pdf,
}

impl Format {
    /// The kind that `?format=` asks for; a spreadsheet unless it says `csv` or `pdf`.
    pub fn asked(ctx: &Ctx) -> Self {
        match ctx.query("format") {
            Some("csv") => Self::Csv,
            Some("pdf") => Self::Pdf,
            _ => Self::Xlsx,
        }
    }

    /// Ending of the file's name, and the word in addresses.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    const fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }

    /// What the way to a file of this kind is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "Unduh CSV",
            Self::Xlsx => "Unduh Excel",
            Self::Pdf => "Unduh PDF",
        }
    }

    /// Every kind, in the order in which lists offer them.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Pdf];
}

/// The sheet as a file to save, as `surat-masuk-2026-11-22.xlsx`. Who takes it along and when is written into it; a contoh
/// Instance stamps it LATIHAN.
///
/// # Errors
/// A sheet that is too large for its format, or that cannot be drawn now.
pub fn respond(ctx: &Ctx, mut sheet: Sheet, format: Format, file_stem: &str) -> Outcome {
    let instance = ctx.instance();
    sheet.latihan = instance.jenis == Jenis::Contoh;
    if let Some(who) = ctx.who() {
        sheet.about.push(("Diunduh oleh".into(), who.scope.actor.nama().to_owned()));
    }
    let now = praja_kernel::tanggal_jam(instance.zona.local(ctx.now()));
    sheet.about.push(("Waktu unduh".into(), format!("{now} {}", instance.zona.name())));
    sheet.about.push(("Pemerintah daerah".into(), instance.wilayah.nama.clone()));
    let bytes = match format {
        Format::Csv => sheet.to_csv(),
        Format::Xlsx => sheet.to_xlsx().map_err(|e| Problem::Fault(e.to_string()))?,
        Format::Pdf => pdf::write(&sheet, &instance.wilayah.nama, ctx.today(), instance.ports.documents.as_deref())
            .map_err(Problem::refused)?,
    };
    let stamp = if sheet.latihan { "LATIHAN-" } else { "" };
    let part = if sheet.partial { "-sebagian" } else { "" };
    let name = format!("{stamp}{}{part}-{}.{}", file_name(file_stem), ctx.today(), format.ending());
    Ok(Response::of(Body::Bytes { bytes, mime: format.mime(), name }))
}

/// Only letters, digits and hyphens: a name that every system can save.
fn file_name(stem: &str) -> String {
    let letters = fold(stem).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect::<String>();
    letters.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
