//! Lists in the order of a key: a page, its neighbours, and addresses that say which.

use std::fmt::Write;

use praja_kernel::Id;
use praja_module::{Ctx, Problem};
use praja_web::{Icon, Markup, html, icon};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;
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

/// An address with the parts of the query that are not empty.
pub(crate) fn address(path: &str, parts: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (at, (name, value)) in parts.iter().filter(|(_, value)| !value.is_empty()).enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Links to the neighbouring pages of a list with this address.
pub(crate) fn neighbours<T>(page: &Page<T>, path: &str, parts: &[(&str, &str)]) -> Markup {
    let link = |name: &str, cursor: &Cursor| {
        let place = format!("{}.{}", cursor.id, cursor.kunci);
        let all: Vec<(&str, &str)> = parts.iter().copied().chain([(name, place.as_str())]).collect();
        address(path, &all)
    };
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

    #[test]
    fn nothing_typed_leaves_its_part_of_an_address() {
        assert_eq!(address("/a", &[("q", "a&b=c é"), ("opd", ""), ("x", "1")]), "/a?q=a%26b%3Dc%20%C3%A9&x=1");
    }
}
