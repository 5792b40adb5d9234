use maud::{Markup, html};

use crate::{Address, Icon, icon};

/// The part of a list's address that says how it is sorted: the key of a column, with a hyphen in front for downwards.
pub const SORT: &str = "urut";

/// What a column holds: decides alignment and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Date,
}

/// Where a cell goes when a row becomes a card on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Line,
    Corner,
    Hidden,
}

/// How a list is sorted by a column now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortState {
    /// Not by this column.
    None,
    /// Smallest or oldest first.
    Up,
    /// Largest or newest first.
    Down,
}

/// A column. The first one of a table is the identity of the row and carries its link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(super) title: String,
    kind: Kind,
    place: Place,
    sort: Option<(String, SortState)>,
    pub(super) key: Option<String>,
    pub(super) spare: bool,
}

impl Column {
    /// Words.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: Kind::Text, place: Place::Line, sort: None, key: None, spare: false }
    }

    /// Numbers and money: right-aligned, tabular figures, with its title on phones.
    pub fn number(title: impl Into<String>) -> Self {
        Self { kind: Kind::Number, ..Self::text(title) }
    }

    /// Dates: never broken over two lines.
    pub fn date(title: impl Into<String>) -> Self {
        Self { kind: Kind::Date, ..Self::text(title) }
    }

    /// The head becomes a link that sorts by this column; `state` says how it is sorted now.
    #[must_use]
    pub fn sort(mut self, href: impl Into<String>, state: SortState) -> Self {
        self.sort = Some((href.into(), state));
        self
    }

    /// The head sorts the list of this address: up, then down, by the part `urut=<key>` or `urut=-<key>`.
    #[must_use]
    pub fn sort_by(self, address: &Address, key: &str) -> Self {
        let down = format!("-{key}");
        let (next, state) = match address.get(SORT) {
            Some(now) if now == key => (down.as_str(), SortState::Up),
            Some(now) if now == down => (key, SortState::Down),
            _ => (key, SortState::None),
        };
        self.sort(address.clone().top().set(SORT, next).href(), state)
    }

    /// As [`sort_by`](Self::sort_by), for the column by which the list is sorted when its address says nothing: `first` is "nama" or,
    /// with the largest first, "-agenda".
    #[must_use]
    pub fn sort_first(self, address: &Address, first: &str) -> Self {
        let key = first.trim_start_matches('-');
        let silent = address.get(SORT).is_none();
        if silent { self.sort_by(&address.clone().set(SORT, first), key) } else { self.sort_by(address, key) }
    }

    /// A reader may leave this column out; needs [`Table::choose_columns`]. `key` stands for it in the address.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Left out until a reader asks for it; needs a key.
    #[must_use]
    pub fn spare(mut self) -> Self {
        self.spare = true;
        self
    }

    /// On a phone this cell stands in the corner of the card (a state or a date).
    #[must_use]
    pub fn corner(mut self) -> Self {
        self.place = Place::Corner;
        self
    }

    /// On a phone this cell is left out.
    #[must_use]
    pub fn wide_only(mut self) -> Self {
        self.place = Place::Hidden;
        self
    }

    pub(super) fn class(&self, first: bool) -> String {
        let kind = match self.kind {
            Kind::Text => "teks",
            Kind::Number => "bilangan",
            Kind::Date => "tanggal",
        };
        let place = match self.place {
            _ if first => "pokok",
            Place::Line => "baris",
            Place::Corner => "pojok",
            Place::Hidden => "lebar",
        };
        format!("{kind} {place}")
    }

    /// The head of the column; `first` is the identity of a row.
    pub(super) fn head(&self, first: bool) -> Markup {
        let state = self.sort.as_ref().map(|(_, state)| *state);
        html! {
            th role="columnheader" scope="col" class=(self.class(first)) aria-sort=[aria_sort(state)] {
                @if let Some((href, state)) = &self.sort {
                    a href=(href) { span { (self.title) } (icon(sort_icon(*state))) }
                } @else { (self.title) }
            }
        }
    }
}

fn aria_sort(state: Option<SortState>) -> Option<&'static str> {
    match state? {
        SortState::None => None,
        SortState::Up => Some("ascending"),
        SortState::Down => Some("descending"),
    }
}

fn sort_icon(state: SortState) -> Icon {
    match state {
        SortState::None => Icon::Sortable,
        SortState::Up => Icon::SortUp,
        SortState::Down => Icon::SortDown,
    }
}
