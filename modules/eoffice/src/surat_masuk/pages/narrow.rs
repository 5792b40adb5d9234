//! What the list of letters is narrowed to beyond its chips, in which order it stands, and the walk that keeps what fits.

use praja_kernel::{Date, Derajat, FieldProblem, Id, Sifat, fold, parse_tanggal, tanggal_pendek};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Address, Field, Filters, SORT};

use super::filter;
use crate::surat_masuk::store::{self, Baris, Cursor, Filter, Page, Place};

/// Rows read in one step while looking for what fits.
const STEP: usize = 500;
/// A page looks through so many rows before it asks whether to go on.
pub(super) const LOOK: usize = 5000;
/// How the address asks for the oldest letters first.
const UP: &str = "agenda";
/// Before everything.
fn first() -> Cursor {
    Cursor { kunci: i64::MIN, id: Id::v7(0, [0; 10]) }
}

praja_kernel::words! {
    /// Where a letter of the agenda comes from.
    pub enum Sumber ("sumber surat") {
        /// It was registered here.
        Praja => "praja", "Dicatat di Praja";
        /// It came with an old book.
        Impor => "impor", "Diimpor dari buku lama";
    }
}

impl Sumber {
    pub(crate) fn fits(self, row: &Baris) -> bool {
        row.impor == (self == Self::Impor)
    }

    /// All of them, to choose from.
    pub(crate) fn choices() -> Vec<(&'static str, &'static str)> {
        std::iter::once(("", "Semua sumber")).chain(Self::ALL.iter().map(|one| (one.as_str(), one.label()))).collect()
    }
}

/// What the address asks for.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) filter: Filter,
    /// Folded words of the sender.
    pengirim: String,
    sifat: Option<Sifat>,
    derajat: Option<Derajat>,
    sumber: Option<Sumber>,
    dari: Option<Date>,
    sampai: Option<Date>,
    /// Oldest first.
    pub(super) naik: bool,
    wrong: Vec<FieldProblem>,
}

impl Asked {
    /// Reads the address; a date that is none counts as not given and is named.
    pub(super) fn of(ctx: &Ctx) -> Result<Self, Problem> {
        let mut wrong = Vec::new();
        let mut date = |name: &'static str| match parse_tanggal(ctx.query(name)?) {
            Ok(date) => Some(date),
            Err(e) => {
                wrong.push(FieldProblem::new(name, e.to_string()));
                None
            }
        };
        let (dari, sampai) = (date("dari"), date("sampai"));
        Ok(Self {
            filter: filter(ctx)?,
            pengirim: fold(ctx.query("pengirim").unwrap_or_default()),
            sifat: ctx.query("sifat").and_then(|word| Sifat::parse(word).ok()),
            derajat: ctx.query("derajat").and_then(|word| Derajat::parse(word).ok()),
            sumber: ctx.query("sumber").and_then(|word| Sumber::parse(word).ok()),
            dari,
            sampai,
            naik: ctx.query(SORT) == Some(UP),
            wrong,
        })
    }

    /// Does nothing narrow the list beyond its chip?
    pub(super) fn is_plain(&self) -> bool {
        let (dates, words) = (self.dari.or(self.sampai), self.pengirim.is_empty());
        dates.is_none() && words && self.sifat.is_none() && self.derajat.is_none() && self.sumber.is_none()
    }

    fn fits(&self, row: &Baris) -> bool {
        (self.pengirim.is_empty() || fold(&row.asal).contains(&self.pengirim))
            && self.sifat.is_none_or(|sifat| sifat == row.sifat)
            && self.derajat.is_none_or(|derajat| derajat == row.derajat)
            && self.sumber.is_none_or(|sumber| sumber.fits(row))
            && self.dari.is_none_or(|dari| dari <= row.tanggal_terima)
            && self.sampai.is_none_or(|sampai| row.tanggal_terima <= sampai)
    }

    /// The form of the filters, with those in use as chips.
    pub(super) fn form(&self, ctx: &Ctx, here: &Address) -> Filters {
        let any = |label: &'static str| std::iter::once(("", label));
        let sifat: Vec<(&str, &str)> =
            any("Semua sifat").chain(Sifat::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
        let derajat: Vec<(&str, &str)> =
            any("Semua derajat").chain(Derajat::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
        let form = Filters::new(here)
            .field(Field::text("pengirim", "Pengirim").max_length(160).hint("Sebagian namanya."))
            .field(Field::select("sifat", "Sifat", &sifat).value(""))
            .field(Field::select("derajat", "Derajat", &derajat).value(""))
            .field(Field::select("sumber", "Sumber", &Sumber::choices()).value(""))
            .field(Field::date("dari", "Diterima dari"))
            .field(Field::date("sampai", "Diterima sampai"))
            .problems(&self.wrong);
        let typed = ctx.query("pengirim").filter(|_| !self.pengirim.is_empty()).unwrap_or_default();
        let set = [
            ("pengirim", format!("Pengirim: {typed}"), !typed.is_empty()),
            ("sifat", format!("Sifat: {}", self.sifat.map_or("", Sifat::label)), self.sifat.is_some()),
            ("derajat", format!("Derajat: {}", self.derajat.map_or("", Derajat::label)), self.derajat.is_some()),
            ("sumber", format!("Sumber: {}", self.sumber.map_or("", Sumber::label)), self.sumber.is_some()),
            ("dari", format!("Diterima dari {}", self.dari.map(tanggal_pendek).unwrap_or_default()), self.dari.is_some()),
            ("sampai", format!("Diterima sampai {}", self.sampai.map(tanggal_pendek).unwrap_or_default()), self.sampai.is_some()),
        ];
        set.into_iter().filter(|(.., used)| *used).fold(form, |form, (name, words, _)| form.is_set(words, &[name]))
    }
}

/// A page of the list as it is shown, and whether the look ended before the page was full.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) page: Page,
    pub(super) tired: bool,
}

/// Walks the list from `place` and keeps what fits: `size` rows, after a look at no more than about `look`.
pub(super) fn walk(ctx: &Ctx, tx: &mut Tx<'_>, asked: &Asked, place: Place, size: usize, look: usize) -> Result<Found, Problem> {
    let scope = ctx.scope()?;
    let start = if asked.naik && place == Place::Top { Place::Newer(first()) } else { place };
    let mut found = if asked.is_plain() && size <= STEP {
        Found { page: store::list_many(tx, scope, asked.filter, start, size)?, tired: false }
    } else {
        let step = |at: Place| Ok(store::list_many(tx, scope, asked.filter, at, STEP)?);
        kept(start, size, look, step, |row| asked.fits(row))?
    };
    if place == Place::Top {
        // Nothing stands before the beginning.
        if asked.naik { found.page.older = None } else { found.page.newer = None }
    }
    if asked.naik {
        found.page.rows.reverse();
    }
    Ok(found)
}

/// The rows that fit, newest first, read in steps in the direction of `start`.
fn kept(
    start: Place,
    size: usize,
    look: usize,
    mut step: impl FnMut(Place) -> Result<Page, Problem>,
    fits: impl Fn(&Baris) -> bool,
) -> Result<Found, Problem> {
    let up = matches!(start, Place::Newer(_));
    let (mut at, mut rows, mut looked) = (start, Vec::new(), 0);
    // Where the walk goes on; whether that is behind a full page or behind a long look.
    let (on, tired) = 'walk: loop {
        let mut page = step(at)?;
        if up {
            page.rows.reverse();
        }
        looked += page.rows.len();
        for row in page.rows {
            if !fits(&row) {
                continue;
            }
            if rows.len() == size {
                break 'walk (rows.last().map(cursor), false);
            }
            rows.push(row);
        }
        match if up { page.newer } else { page.older } {
            None => break (None, false),
            Some(next) if looked >= look => break (Some(next), true),
            Some(next) => at = if up { Place::Newer(next) } else { Place::Older(next) },
        }
    };
    let back = rows.first().map(cursor);
    if up {
        rows.reverse();
    }
    let (newer, older) = if up { (on, back) } else { (back, on) };
    Ok(Found { page: Page { rows, newer, older }, tired })
}

fn cursor(row: &Baris) -> Cursor {
    Cursor { kunci: row.kunci, id: row.id }
}
