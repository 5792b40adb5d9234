//! Reading a spreadsheet, whatever stands in it: XLSX or CSV become rows of cells, with the row numbers people see.
//!
//! A file comes from outside, so everything is bounded before it is believed: size, size once unpacked, rows, columns.

pub mod contoh;
mod csv;
pub mod tanggal;
mod xlsx;

use praja_kernel::Date;

/// A sheet wider than this is no list of ours.
pub const MAX_COLUMNS: usize = 60;
/// Everything inside an XLSX together may be this large, in bytes.
const MAX_UNPACKED: u64 = 64 << 20;
/// An XLSX has at most so many parts.
const MAX_PARTS: usize = 500;
/// A cell holds at most so many letters; the rest is cut and refused by the rules of its column.
const MAX_LETTERS: usize = 2_000;

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The sheet of this name, in whatever letters; where there is none, the first one.
    pub sheet: &'a str,
    /// A file may hold this many rows besides its head.
    pub rows: usize,
    /// Takes the result a formula had when the file was saved. Without it such a cell is [`Sel::Rumus`].
    pub formulas: bool,
    /// A merged cell says its words in each of its rows and columns. Without it all of them are [`Sel::Gabung`].
    pub merged: bool,
    /// Text that is no UTF-8 is taken for what old Windows programs wrote (Windows-1252). Without it the file is refused.
    pub old_letters: bool,
}

impl<'a> Reading<'a> {
    /// A file made from a template of ours: nothing in it needs guessing, so nothing is guessed.
    pub const fn template(sheet: &'a str, rows: usize) -> Self {
        Self { sheet, rows, formulas: false, merged: false, old_letters: false }
    }

    /// A book somebody kept for years in a way of their own.
    pub const fn book(sheet: &'a str, rows: usize) -> Self {
        Self { sheet, rows, formulas: true, merged: true, old_letters: true }
    }
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Sel {
    /// Nothing, or blanks.
    Kosong,
    /// Words, without blanks around them.
    Teks(String),
    /// A number, as spreadsheets keep them: 15 digits, no zeros in front.
    Angka(f64),
    /// A cell formatted as a date.
    Tanggal(Date),
    /// A formula; its result is not taken, because nobody sees what it will be tomorrow.
    Rumus,
    /// Part of a merged cell.
    Gabung,
    /// An error of the spreadsheet, a logical value, a duration.
    Lain(String),
}

impl Sel {
    /// As text, as its owner sees it.
    pub fn shown(&self) -> String {
        match self {
            Self::Kosong | Self::Gabung | Self::Rumus => String::new(),
            Self::Teks(words) | Self::Lain(words) => words.clone(),
            Self::Angka(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            Self::Angka(number) => number.to_string().replace('.', ","),
            Self::Tanggal(day) => praja_kernel::tanggal_pendek(*day),
        }
    }
}

/// A row, with the number the spreadsheet gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Baris {
    /// From 1.
    pub nomor: u32,
    /// From the first column.
    pub sel: Vec<Sel>,
}

impl Baris {
    /// The cell of a column; what lies beyond the last one is empty.
    pub fn at(&self, column: usize) -> &Sel {
        self.sel.get(column).unwrap_or(&Sel::Kosong)
    }

    /// Is nothing in it?
    pub fn is_empty(&self) -> bool {
        self.sel.iter().all(|sel| *sel == Sel::Kosong)
    }
}

/// Why a file cannot be read as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing in it.
    #[error("Berkas ini kosong. Isi dahulu, lalu unggah lagi.")]
    Empty,
    /// An old Excel file, or a locked one.
    #[error("Berkas ini berformat Excel lama (.xls) atau terkunci sandi. Simpan sebagai Excel Workbook (.xlsx) tanpa sandi.")]
    OldExcel,
    /// OpenDocument.
    #[error("Berkas ini berformat OpenDocument (.ods). Simpan sebagai .xlsx atau .csv, lalu unggah lagi.")]
    OpenDocument,
    /// Something else.
    #[error("Berkas ini bukan lembar kerja. Unggah berkas .xlsx atau .csv.")]
    NotSheet,
    /// A CSV in another coding.
    #[error("Teks pada berkas CSV ini bukan UTF-8 (baris {baris}). Simpan sebagai \"CSV UTF-8\", atau pakai .xlsx.")]
    NotUtf8 {
        /// Line of the first letter that is none.
        baris: usize,
    },
    /// Cut or damaged.
    #[error("Berkas ini rusak atau terpotong. Buka di aplikasi lembar kerja, simpan ulang sebagai .xlsx, lalu unggah lagi.")]
    Damaged,
    /// Unpacks to far more than any list of people.
    #[error("Isi berkas ini terlalu besar setelah dibuka. Hapus gambar dan lembar lain, lalu unggah lagi.")]
    TooLarge,
    /// More rows than are taken at once.
    #[error("Berkas ini berisi lebih dari {most} baris. Pecah menjadi beberapa berkas, misalnya per OPD atau per tahun.")]
    TooManyRows {
        /// How many are taken.
        most: usize,
    },
    /// Something stands far to the right.
    #[error("Ada isian di luar {MAX_COLUMNS} kolom pertama (baris {baris}). Hapus isian yang berada di luarnya.")]
    TooWide {
        /// Row of the first such cell.
        baris: u32,
    },
}

/// What is wrong in one cell, and how it is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masalah {
    /// Row of the spreadsheet, as it numbers them.
    pub baris: u32,
    /// Title of the column; empty when the row as a whole is meant.
    pub kolom: String,
    /// What stands there, shortened.
    pub isi: String,
    /// What is wrong.
    pub pesan: String,
    /// What to do.
    pub saran: String,
}

impl Masalah {
    /// A problem of a row and column.
    pub fn new(baris: u32, kolom: &str, isi: &str, pesan: impl Into<String>, saran: impl Into<String>) -> Self {
        let isi = if isi.chars().count() > 80 { isi.chars().take(79).chain(['…']).collect() } else { isi.to_owned() };
        Self { baris, kolom: kolom.to_owned(), isi, pesan: pesan.into(), saran: saran.into() }
    }
}

/// The names of the sheets of a file, in order; of text without sheets one empty name.
///
/// # Errors
/// As [`read`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
    if is_packed(bytes)? { xlsx::sheets(bytes) } else { Ok(vec![String::new()]) }
}

/// Whether it is a packed spreadsheet, and not text.
fn is_packed(bytes: &[u8]) -> Result<bool, Unreadable> {
    match bytes {
        [] => Err(Unreadable::Empty),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Unreadable::OldExcel),
        _ => Ok(matches!(bytes, [b'P', b'K', 3 | 5, 4 | 6, ..])),
    }
}

/// Reads a file. Rows without content are left out; the first row given is the head.
///
/// # Errors
/// [`Unreadable`] in the words of whoever brought it.
pub fn read(bytes: &[u8], reading: &Reading<'_>) -> Result<Vec<Baris>, Unreadable> {
    let mut rows =
        if is_packed(bytes)? { xlsx::read(bytes, reading)? } else { csv::read(bytes, reading.rows, reading.old_letters)? };
    rows.retain(|row| !row.is_empty());
    match rows.len() {
        0 => Err(Unreadable::Empty),
        count if count > reading.rows + 1 => Err(Unreadable::TooManyRows { most: reading.rows }),
        _ => Ok(rows),
    }
}

/// A text as a cell: without blanks around it, and without what no name holds.
fn text(words: &str) -> Sel {
    // Blanks that do not break and marks of direction come along when a cell is copied from a web page.
    let plain = |letter: char| if letter.is_whitespace() || letter == '\u{a0}' { ' ' } else { letter };
    let kept =
        words.chars().map(plain).filter(|letter| !letter.is_control() && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}'));
    let words: String = kept.take(MAX_LETTERS).collect();
    let words = words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if words.is_empty() { Sel::Kosong } else { Sel::Teks(words) }
}

#[cfg(test)]
mod tests;
