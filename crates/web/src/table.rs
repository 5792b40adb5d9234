use maud::{Markup, PreEscaped, Render, html};

use crate::{EmptyState, Icon, icon, shell::Link};

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
    title: String,
    kind: Kind,
    place: Place,
    sort: Option<(String, SortState)>,
}

impl Column {
    /// Words.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), kind: Kind::Text, place: Place::Line, sort: None }
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

    fn class(&self, first: bool) -> String {
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
}

/// The content of a cell.
#[derive(Debug, Clone)]
pub struct Cell {
    content: Markup,
    title: Option<String>,
    empty: bool,
}

impl Cell {
    /// Any content: text, a number, a badge.
    pub fn new(content: impl Render) -> Self {
        let content = content.render();
        Self { empty: content.0.is_empty(), content, title: None }
    }

    /// Nothing: shown as a dash that screen readers call "kosong".
    pub fn empty() -> Self {
        Self { content: PreEscaped(String::new()), title: None, empty: true }
    }

    /// A date with its time on demand: `date("22 Nov 2026", "22 Nov 2026 10.32 WITA")`.
    pub fn date(shown: impl Into<String>, full: impl Into<String>) -> Self {
        Self { title: Some(full.into()), ..Self::new(shown.into()) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<Markup> for Cell {
    fn from(markup: Markup) -> Self {
        Self::new(markup)
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    cells: Vec<Cell>,
    href: Option<String>,
    strong: bool,
}

impl Row {
    /// A row of cells, in the order of the columns.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, href: None, strong: false }
    }

    /// The row opens this address on click and on Enter.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// Not yet seen by this reader: shown in stronger letters.
    #[must_use]
    pub fn unread(mut self, unread: bool) -> Self {
        self.strong = unread;
        self
    }
}

/// A filter above a table, as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What the list is narrowed to.
    pub label: String,
    /// The list with this filter set (or, when active, taken away).
    pub href: String,
    /// True when the filter is set.
    pub active: bool,
}

/// Where the neighbouring pages of a list are; `None` at either end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    /// The page with newer rows.
    pub newer: Option<String>,
    /// The page with older rows.
    pub older: Option<String>,
}

impl Render for Pager {
    fn render(&self) -> Markup {
        html! {
            @if self.newer.is_some() || self.older.is_some() {
                nav.halaman aria-label="Halaman daftar" {
                    @if let Some(href) = &self.newer { a.tombol href=(href) rel="prev" { (icon(Icon::Left)) span { "Lebih baru" } } }
                    @if let Some(href) = &self.older { a.tombol href=(href) rel="next" { span { "Lebih lama" } (icon(Icon::Right)) } }
                }
            }
        }
    }
}

/// A list: filters and count above, rows, pages and exports below. On a phone each row is a card.
#[derive(Debug, Clone)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    chips: Vec<Chip>,
    count: Option<String>,
    pager: Pager,
    exports: Vec<Link>,
    empty: Option<EmptyState>,
}

impl Table {
    /// A table with a caption for screen readers and paper.
    pub fn new(caption: impl Into<String>) -> Self {
        Self {
            caption: caption.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            chips: Vec::new(),
            count: None,
            pager: Pager::default(),
            exports: Vec::new(),
            empty: None,
        }
    }

    /// Adds a column; the first is the identity of a row.
    #[must_use]
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    /// Adds rows.
    #[must_use]
    pub fn rows(mut self, rows: impl IntoIterator<Item = Row>) -> Self {
        self.rows.extend(rows);
        self
    }

    /// Adds a filter chip.
    #[must_use]
    pub fn chip(mut self, label: impl Into<String>, href: impl Into<String>, active: bool) -> Self {
        self.chips.push(Chip { label: label.into(), href: href.into(), active });
        self
    }

    /// Says how many there are: "128 surat", "1.000+ surat".
    #[must_use]
    pub fn count(mut self, text: impl Into<String>) -> Self {
        self.count = Some(text.into());
        self
    }

    /// Links to the neighbouring pages.
    #[must_use]
    pub fn pager(mut self, newer: Option<String>, older: Option<String>) -> Self {
        self.pager = Pager { newer, older };
        self
    }

    /// Adds a way to take the list along: "Unduh Excel".
    #[must_use]
    pub fn export(mut self, link: Link) -> Self {
        self.exports.push(link);
        self
    }

    /// What stands here when there are no rows.
    #[must_use]
    pub fn empty(mut self, empty: EmptyState) -> Self {
        self.empty = Some(empty);
        self
    }

    fn tools(&self) -> Markup {
        html! {
            @if !self.chips.is_empty() || self.count.is_some() || !self.exports.is_empty() {
                div.alat {
                    @if !self.chips.is_empty() {
                        ul.saring aria-label="Saringan" {
                            @for chip in &self.chips {
                                li { a.cip href=(chip.href) aria-current=[chip.active.then_some("true")] {
                                    @if chip.active { (icon(Icon::Check)) }
                                    span { (chip.label) }
                                } }
                            }
                        }
                    }
                    div.alat-kanan {
                        @if let Some(count) = &self.count { p.jumlah { (count) } }
                        @for link in &self.exports {
                            a.unduh href=(link.href) { (icon(link.icon.unwrap_or(Icon::Download))) span { (link.label) } }
                        }
                    }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            thead role="rowgroup" { tr role="row" {
                @for (at, column) in self.columns.iter().enumerate() {
                    @let state = column.sort.as_ref().map(|(_, state)| *state);
                    th role="columnheader" scope="col" class=(column.class(at == 0)) aria-sort=[aria_sort(state)] {
                        @if let Some((href, state)) = &column.sort {
                            a href=(href) { span { (column.title) } (icon(sort_icon(*state))) }
                        } @else { (column.title) }
                    }
                }
            } }
        }
    }

    fn line(&self, row: &Row, classes: &[String]) -> Markup {
        html! {
            tr role="row" data-href=[row.href.as_ref()] class=[row.strong.then_some("baru")] {
                @for (at, ((column, class), cell)) in self.columns.iter().zip(classes).zip(&row.cells).enumerate() {
                    td role="cell" class={ (class) @if cell.empty { " hampa" } } data-judul=(column.title) title=[cell.title.as_ref()] {
                        @if cell.empty { span aria-hidden="true" { "–" } span.senyap { "kosong" } }
                        @else if at == 0 && row.href.is_some() { a href=[row.href.as_ref()] { (cell.content) } }
                        @else { (cell.content) }
                    }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        html! {
            div.daftar {
                (self.tools())
                @if self.rows.is_empty() {
                    @match &self.empty {
                        Some(empty) => (empty),
                        None => (EmptyState::new(Icon::List, "Belum ada isi", "Daftar ini masih kosong.")),
                    }
                } @else {
                    div.tabel-bingkai {
                        table.tabel role="table" {
                            caption.senyap { (self.caption) }
                            (self.head())
                            @let classes: Vec<String> = self.columns.iter().enumerate().map(|(at, column)| column.class(at == 0)).collect();
                            tbody role="rowgroup" { @for row in &self.rows { (self.line(row, &classes)) } }
                        }
                    }
                }
                (self.pager)
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
