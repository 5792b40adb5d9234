//! The typesetter with its fonts, made once and used for every document.

use std::borrow::Cow;

use typst::foundations::Smart;
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::fonts::Fonts;
use crate::world::Sandbox;
use crate::{DATA, Job, Problem, Trouble, hint, picture};

/// Stands for a letter without a shape.
const BOX: char = '\u{25A1}';

/// What one document may be at most, as far as it can be told without stopping the typesetter: [`crate::Workers`] do that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Templates, pictures and data together, in bytes.
    pub input: usize,
    /// Pages.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { input: 8 * 1024 * 1024, pages: 500 }
    }
}

/// A finished document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rendered {
    /// PDF/A-2b with tags; the same input always gives the same bytes.
    pub pdf: Vec<u8>,
    /// How many pages.
    pub pages: usize,
    /// What works, and yet will surprise: a typeface that is not there, for example.
    pub warnings: Vec<Trouble>,
}

/// Library and fonts, shared by all renders.
pub struct Engine {
    library: LazyHash<Library>,
    fonts: Fonts,
    limits: Limits,
}

impl Engine {
    /// With the bundled fonts and `own` ones, each a whole file. What is no font is left out; the second value counts these.
    pub fn new(own: Vec<Vec<u8>>, limits: Limits) -> (Self, usize) {
        let (fonts, unreadable) = Fonts::with(own);
        (Self { library: LazyHash::new(Library::default()), fonts, limits }, unreadable)
    }

    /// The families that templates can name.
    pub fn families(&self) -> Vec<String> {
        self.fonts.book.families().map(|(name, _)| name.to_owned()).collect()
    }

    /// Draws one document, or a page of one that is there already.
    ///
    /// # Errors
    /// [`Problem`], in the words of whoever keeps the template.
    pub fn render(&self, job: &Job) -> Result<Rendered, Problem> {
        if job.main == picture::MAIN {
            return picture::draw(job);
        }
        let input: usize = job.files.values().map(Vec::len).sum();
        if input > self.limits.input {
            return Err(Problem::TooMuchInput { given_kib: input.div_ceil(1024), most_kib: self.limits.input / 1024 });
        }
        let (job, missing) = self.printable(job);
        let world = Sandbox::new(&self.library, &self.fonts, &job)?;
        let mut outcome = self.draw(&world, &job);
        if let Ok(done) = &mut outcome {
            done.warnings.extend(missing);
        }
        // What was remembered of the last five documents makes the next one fast; more would only grow.
        comemo::evict(5);
        outcome
    }

    /// Letters that no typeface has are replaced by a box and told: an archive may hold no letter without a shape, and one emoji in a
    /// subject must not keep a letter from being drawn.
    fn printable<'j>(&self, job: &'j Job) -> (Cow<'j, Job>, Option<Trouble>) {
        let plain = |letter: char| letter.is_ascii() || is_unseen(letter) || self.fonts.have(letter);
        let text = job.files.get(DATA).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(text) = text.filter(|text| !text.chars().all(plain)) else { return (Cow::Borrowed(job), None) };
        let mut missing: Vec<char> = text.chars().filter(|letter| !plain(*letter)).collect();
        missing.sort_unstable();
        missing.dedup();
        let shown: Vec<String> =
            missing.iter().take(8).map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect();
        let what = format!("Huruf yang tidak dimiliki jenis huruf mana pun diganti kotak: {}.", shown.join(", "));
        let hint = "Hapus huruf itu dari isian, atau taruh jenis huruf yang memilikinya di folder fonts/.".to_owned();
        let shape = if self.fonts.have(BOX) { BOX } else { '?' };
        let mut changed = job.clone();
        let text: String = text.chars().map(|letter| if plain(letter) { letter } else { shape }).collect();
        changed.files.insert(DATA.to_owned(), text.into_bytes());
        (Cow::Owned(changed), Some(Trouble { file: DATA.to_owned(), line: 0, what, hint }))
    }

    fn draw(&self, world: &Sandbox<'_>, job: &Job) -> Result<Rendered, Problem> {
        let done = typst::compile::<PagedDocument>(world);
        let document = done.output.map_err(|found| explain(world, &found))?;
        let pages = document.pages().len();
        if pages > self.limits.pages {
            return Err(Problem::TooManyPages { pages, most: self.limits.pages });
        }
        let pdf = typst_pdf::pdf(&document, &options(job)).map_err(|found| explain(world, &found))?;
        Ok(Rendered { pdf, pages, warnings: done.warnings.iter().map(|one| trouble(world, one)).collect() })
    }
}

/// Marks that are never drawn: where a word may break, which way text runs, which form of a letter is meant.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The date of the document, not of the render, stands in its properties.
fn options(job: &Job) -> PdfOptions {
    let (year, month, day) = job.date;
    let date = typst::foundations::Datetime::from_ymd_hms(year, month, day, 0, 0, 0);
    PdfOptions {
        creator: Smart::Custom(Some("Praja".to_owned())),
        timestamp: date.map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::A_2b]).expect("one archival standard contradicts nothing"),
        ..PdfOptions::default()
    }
}

fn explain(world: &Sandbox<'_>, found: &[typst::diag::SourceDiagnostic]) -> Problem {
    Problem::Template(found.iter().map(|one| trouble(world, one)).collect())
}

/// The place in the regency's own file is what helps: where a shared file complains, the line that called it is named.
fn trouble(world: &Sandbox<'_>, one: &typst::diag::SourceDiagnostic) -> Trouble {
    let (file, line) = place(world, one.span).unwrap_or_default();
    let hints: Vec<&str> = one.hints.iter().map(|hint| hint.v.as_str()).collect();
    let (what, hint) = hint::translate(&one.message, &hints);
    Trouble { file, line, what, hint }
}

fn place(world: &Sandbox<'_>, span: typst::syntax::DiagSpan) -> Option<(String, usize)> {
    let id = span.id()?;
    let range = world.range(span)?;
    let source = typst::World::source(world, id).ok()?;
    Some((Sandbox::name(id), source.lines().byte_to_line(range.start)? + 1))
}
