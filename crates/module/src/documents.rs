//! Documents through a port: modules say what is to be drawn and link no typesetter.

use std::collections::BTreeMap;

use praja_kernel::Date;
use serde_json::Value;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// The template: the code of a kind of naskah ("surat-dinas"), [`TABLE`], [`ASSESSMENT`] or [`BILL`].
    pub kode: String,
    /// Its data; `config-templates/naskah` holds a sample for each kind.
    pub data: Value,
    /// The date of the document, in its properties. The same input gives the same bytes on any day.
    pub date: Date,
    /// Further files by their name: pictures the data speaks of, and templates in place of others (`memo.typ`).
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The template of a list on paper: A4 across, its head on every page.
pub const TABLE: &str = "tabel";
/// The template of an assessment of machine and lines.
pub const ASSESSMENT: &str = "kajian";
/// The template of a bill for retribusi (SKRD).
pub const BILL: &str = "skrd";

impl Drawing {
    /// A naskah of this kind.
    pub fn new(kode: impl Into<String>, data: Value, date: Date) -> Self {
        Self { kode: kode.into(), data, date, files: BTreeMap::new() }
    }

    /// Hands a file to the template.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, bytes: Vec<u8>) -> Self {
        self.files.insert(name.into(), bytes);
        self
    }
}

/// The template of a block that is put onto a page of a file that is there already.
pub const STAMP: &str = "cap";

/// A block for a page of a file that is there already.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Which page, from 1.
    pub page: usize,
    /// Millimetres from the left edge of the page as it is shown.
    pub x: f64,
    /// Millimetres from its upper edge.
    pub y: f64,
    /// What is drawn, by [`STAMP`]: one page as large as the block.
    pub drawing: Drawing,
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// PDF/A-2b with tags.
    pub pdf: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// What works, and yet will surprise: a typeface that is not there, for example.
    pub warnings: Vec<Trouble>,
}

/// A page as a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG.
    pub png: Vec<u8>,
    /// How many pages the file has.
    pub pages: usize,
}

/// One place in a template or its data that does not work.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trouble {
    /// The file; empty where no place is known.
    pub file: String,
    /// Its line, from 1; 0 where no place is known.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "{} baris {}: ", self.file, self.line)?;
        }
        write!(f, "{} {}", self.what, self.hint)
    }
}

/// Why nothing was drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// No template has this name.
    #[error("Templat {0} tidak ada.")]
    Unknown(String),
    /// The template, or what it was given, does not work: each place with its line and what helps.
    #[error("Templat belum dapat dipakai. {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Template(Vec<Trouble>),
    /// More than one document may be or take.
    #[error("{0}")]
    TooMuch(String),
    /// Nothing can be drawn now; what was asked for may be asked for again.
    #[error("{0}")]
    Away(String),
}

impl DrawError {
    /// What a page says where the program has no typesetter.
    pub fn absent() -> Self {
        Self::Away(
            "Program ini dibangun tanpa pembuat PDF. Pakailah rilis resmi Praja, atau bangun program dengan fitur documents."
                .into(),
        )
    }
}

/// What a file says, for the search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The words of its text layer, in the order of the file; empty for a mere picture.
    pub text: String,
    /// How many pages were read.
    pub pages: usize,
}

impl DrawError {
    /// What a page says where the machine has no word processor.
    pub fn no_office() -> Self {
        Self::Away("Server ini tidak memiliki LibreOffice, sehingga berkas Word tidak dapat diubah. Simpan sebagai PDF, lalu unggah PDF itu.".into())
    }
}

/// Draws documents.
pub trait Documents: Send + Sync {
    /// Draws one. Blocks for milliseconds, for seconds when many wait: never inside a transaction that writes.
    ///
    /// # Errors
    /// [`DrawError`].
    fn draw(&self, drawing: &Drawing) -> Result<Drawn, DrawError>;

    /// The codes of all kinds of naskah, in order.
    fn kinds(&self) -> Vec<&'static str>;

    /// The data by which a kind is shown and tried.
    fn sample(&self, kode: &str) -> Option<Value>;

    /// The text of a template file as it is drawn now, the regency's own where there is one.
    fn template(&self, file: &str) -> Option<String>;

    /// The code that says `address`, as a drawing for the data of a template.
    fn code(&self, address: &str) -> Option<String>;

    /// The pages of all these, in this order, as one file: a naskah and its lampiran before they are signed.
    ///
    /// # Errors
    /// [`DrawError::Template`] names the file that cannot be used, counted from 1.
    fn join(&self, files: &[&[u8]]) -> Result<Drawn, DrawError>;

    /// Width and height in millimetres of every page of a file that somebody brings, as it is shown.
    ///
    /// # Errors
    /// [`DrawError`] when it is broken, behind a password, signed, or does something when it is opened.
    fn pages(&self, file: &[u8]) -> Result<Vec<(f64, f64)>, DrawError>;

    /// The text layer of a file that somebody brings: at most its first pages and so much of it as the search takes. Nothing in it is run.
    /// Blocks, within the time and memory of one document.
    ///
    /// # Errors
    /// [`DrawError::Template`] when it is broken or behind a password, [`DrawError::TooMuch`] when it takes too long or too much memory;
    /// [`DrawError::Away`] when nobody reads now, and it may be asked again.
    fn text(&self, _file: &[u8]) -> Result<Text, DrawError> {
        Err(DrawError::absent())
    }

    /// A page of a file, counted from 1, as a picture about `wide` pixels across, turned and cut as it is shown. For looking at, never in
    /// the place of the file.
    ///
    /// # Errors
    /// [`DrawError`] when the file or this page of it cannot be drawn.
    fn picture(&self, file: &[u8], page: usize, wide: u32) -> Result<Picture, DrawError>;

    /// Is there a word processor on this machine for [`Documents::convert`]?
    fn converts(&self) -> bool;

    /// A file of a word processor (DOCX) as PDF. Blocks for seconds.
    ///
    /// # Errors
    /// [`DrawError`] for a file that is none or does more than hold a text, or that takes too long or too much.
    fn convert(&self, docx: &[u8]) -> Result<Vec<u8>, DrawError>;

    /// Such a file with these blocks upon its pages, before it is signed.
    ///
    /// # Errors
    /// As [`Documents::pages`]; [`DrawError::TooMuch`] for a page that is not there.
    fn stamp(&self, file: &[u8], blocks: &[Block]) -> Result<Drawn, DrawError>;
}
