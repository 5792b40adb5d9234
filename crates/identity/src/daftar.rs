//! Lists in the order of a key: a page, its neighbours, and addresses that say which.

use praja_kernel::Id;
use praja_module::{Ctx, Input, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Address, Field, Filters, Icon, Markup, PreEscaped, SORT, Table, html, icon,
    picker::{self, Picked},
};

use crate::{
    lookup,
    opd::{self, Opd, Reach, reach},
};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;
/// A count stops here.
pub(crate) const COUNT_CAP: usize = 1000;
/// Rows that are taken along at most.
pub(crate) const MOST: usize = 20_000;
/// Rows read in one step when a list is taken along.
pub(crate) const STEP: usize = 500;

/// A place between two rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    /// What the list is sorted by.
    pub(crate) kunci: String,
    /// The row.
    pub(crate) id: Id,
}

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Top,
    After(Cursor),
    Before(Cursor),
}

impl Place {
    /// What the address asks for: `?sesudah=<id>.<key>` or `?sebelum=…`.
    pub(crate) fn of(ctx: &Ctx) -> Result<Self, Problem> {
        let read = |text: &str| {
            let (id, kunci) = text.split_once('.')?;
            Some(Cursor { id: id.parse().ok()?, kunci: kunci.to_owned() })
        };
        match (ctx.query("sesudah"), ctx.query("sebelum")) {
            (Some(text), _) => read(text).map(Self::After).ok_or(Problem::NotFound),
            (None, Some(text)) => read(text).map(Self::Before).ok_or(Problem::NotFound),
            (None, None) => Ok(Self::Top),
        }
    }
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Arah {
    /// Smallest first.
    #[default]
    Naik,
    /// Largest first.
    Turun,
}

/// One page and where its neighbours are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) before: Option<Cursor>,
    pub(crate) after: Option<Cursor>,
}

/// Is the walk towards larger keys?
pub(crate) fn upwards(arah: Arah, place: &Place) -> bool {
    matches!((arah, place), (Arah::Naik, Place::Top | Place::After(_)) | (Arah::Turun, Place::Before(_)))
}

/// Makes a page of rows that were read in the direction of the walk, one more than `size` when there are more. Their order is the
/// engine's: a PostgreSQL that was set up for Indonesian sorts other than Rust does.
pub(crate) fn cut<T>(mut rows: Vec<T>, size: usize, place: &Place, key: impl Fn(&T) -> Cursor) -> Page<T> {
    let more = rows.len() > size;
    rows.truncate(size);
    if matches!(place, Place::Before(_)) {
        rows.reverse();
    }
    let (before, after) = match place {
        Place::Top => (false, more),
        Place::After(_) => (true, more),
        Place::Before(_) => (more, true),
    };
    let before = rows.first().filter(|_| before).map(&key);
    let after = rows.last().filter(|_| after).map(&key);
    Page { rows, before, after }
}

/// The address of the list that was asked, with its filters, from its top.
pub(crate) fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

/// Where a list begins that its reader opens without saying more.
pub(crate) fn landing(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Response>, Problem> {
    ctx.instance().ports.aids.map_or(Ok(None), |aids| (aids.landing)(ctx, tx))
}

/// The saved views of the list.
pub(crate) fn views(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let bar = ctx.instance().ports.aids.map_or_else(|| Ok(String::new()), |aids| (aids.bar)(ctx, tx))?;
    Ok(PreEscaped(bar))
}

/// The order that the address asks for: `urut=<key>` or `urut=-<key>`; the first key upwards where it says nothing.
pub(crate) fn order<T: Copy>(ctx: &Ctx, keys: &[(&str, T)]) -> Result<(T, Arah), Problem> {
    let asked = ctx.query(SORT).or(keys.first().map(|(key, _)| *key)).unwrap_or_default();
    let (key, arah) = asked.strip_prefix('-').map_or((asked, Arah::Naik), |key| (key, Arah::Turun));
    let found = keys.iter().find(|(known, _)| *known == key);
    found.map(|(_, by)| (*by, arah)).ok_or(Problem::NotFound)
}

/// The state chips of a list (`keadaan=<word>`), how many there are, and the ways to take them along.
pub(crate) fn tools(table: Table, here: &Address, states: &[(&str, &str)], unduh: &str, count: usize, noun: &str) -> Table {
    let now = here.get("keadaan").unwrap_or_default();
    let chip =
        |table: Table, (label, word): &(&str, &str)| table.chip(*label, here.clone().set("keadaan", *word).href(), now == *word);
    let table = states.iter().fold(table, chip);
    if count == 0 {
        return table;
    }
    let words = if count >= COUNT_CAP { format!("1.000+ {noun}") } else { format!("{count} {noun}") };
    table.count(words).downloads(&here.clone().at(unduh))
}

/// The units a list shows: the one the address asks for, or all that whoever asks administers (`None`: all there are).
pub(crate) struct Units {
    pub(crate) only: Option<Vec<Id>>,
    pub(crate) asked: Option<Opd>,
    picked: Picked,
}

impl Units {
    /// Reads `opd=<id>`, or the words that were typed for it.
    pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let reach = reach(ctx, tx)?;
        let picked = match ctx.query(&format!("opd{}", picker::TYPED)) {
            None => ctx.query("opd").map_or(Picked::Nothing, |id| Picked::One(id.to_owned())),
            Some(_) => {
                let input = Input { fields: ctx.incoming().query.clone(), ..Input::default() };
                picker::resolve(&input, "opd", |typed| lookup::find_offices(tx, typed, &reach))?
            }
        };
        let opd: Option<Id> = picked.value().map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()?;
        if opd.is_some_and(|opd| !reach.has(opd)) {
            return Err(Problem::NotFound);
        }
        let only = match (opd, reach) {
            (Some(opd), _) => Some(vec![opd]),
            (None, Reach::Only(ids)) => Some(ids),
            (None, Reach::All) => None,
        };
        let asked = match opd {
            Some(id) => opd::get(tx, id)?,
            None => None,
        };
        Ok(Self { only, asked, picked })
    }

    /// The filters of a list by unit and kind.
    pub(crate) fn filters(&self, here: &Address, kinds: &[(&str, &str)], label: &str) -> Filters {
        let opd = Field::picker("opd", "OPD", "/identity/pilih/opd?kelola=1").candidates(self.picked.candidates());
        let opd = match &self.asked {
            Some(asked) => opd.chosen(asked.id.to_string(), asked.nama.as_str()),
            None => opd,
        };
        let filters = by_kind(here, kinds, label).field(opd);
        let problems: Vec<_> = self.picked.problem("opd", "OPD").into_iter().collect();
        let filters = filters.problems(&problems);
        match &self.asked {
            Some(opd) => filters.is_set(format!("OPD: {}", opd.nama), &["opd", "opd_teks", "opd_label"]),
            None => filters,
        }
    }
}

/// The filter of a list by kind (`jenis=<word>`).
pub(crate) fn by_kind(here: &Address, kinds: &[(&str, &str)], label: &str) -> Filters {
    let all = std::iter::once(("", "Semua jenis")).chain(kinds.iter().copied()).collect::<Vec<_>>();
    let filters = Filters::new(here).field(Field::select("jenis", label, &all).value(""));
    match kinds.iter().find(|(word, _)| here.get("jenis") == Some(word)) {
        Some((_, words)) => filters.is_set(format!("{label}: {words}"), &["jenis"]),
        None => filters,
    }
}

/// Links to the neighbouring pages of a list with this address.
pub(crate) fn neighbours<T>(page: &Page<T>, here: &Address) -> Markup {
    let link = |name: &str, cursor: &Cursor| here.clone().set(name, format!("{}.{}", cursor.id, cursor.kunci)).href();
    html! {
        @if page.before.is_some() || page.after.is_some() {
            nav.halaman aria-label="Halaman daftar" {
                @if let Some(cursor) = &page.before {
                    a.tombol href=(link("sebelum", cursor)) rel="prev" { (icon(Icon::Left)) span { "Sebelumnya" } }
                }
                @if let Some(cursor) = &page.after {
                    a.tombol href=(link("sesudah", cursor)) rel="next" { span { "Berikutnya" } (icon(Icon::Right)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::v7(0, [n; 10])
    }

    fn key(n: &u8) -> Cursor {
        Cursor { kunci: format!("{n:03}"), id: id(*n) }
    }

    /// What an index gives in the direction of a walk.
    fn walk(arah: Arah, place: &Place, wanted: usize) -> Vec<u8> {
        let all: Vec<u8> = (1..=7).collect();
        let up = upwards(arah, place);
        let beyond = |n: &u8| match place {
            Place::Top => true,
            Place::After(cursor) | Place::Before(cursor) => {
                if up {
                    key(n) > *cursor
                } else {
                    key(n) < *cursor
                }
            }
        };
        let mut rows: Vec<u8> = all.into_iter().filter(beyond).collect();
        if !up {
            rows.reverse();
        }
        rows.truncate(wanted);
        rows
    }

    #[test]
    fn pages_forth_and_back_show_every_row_once_in_either_order() {
        for arah in [Arah::Naik, Arah::Turun] {
            let page = |place: &Place| cut(walk(arah, place, 4), 3, place, key);
            let first = page(&Place::Top);
            let second = page(&Place::After(first.after.clone().unwrap()));
            let third = page(&Place::After(second.after.clone().unwrap()));
            assert_eq!((first.before, third.after.clone()), (None, None));
            let mut all = [first.rows.clone(), second.rows.clone(), third.rows].concat();
            if arah == Arah::Turun {
                all.reverse();
            }
            assert_eq!(all, (1..=7).collect::<Vec<_>>());
            let back = page(&Place::Before(third.before.unwrap()));
            assert_eq!(back.rows, second.rows);
            assert_eq!(page(&Place::Before(back.before.unwrap())).before, None);
        }
    }
}
