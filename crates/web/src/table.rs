use maud::{Escaper, Markup, Render, html};

mod bulk;
mod choice;
mod filters;
#[cfg(test)]
mod tests;

pub use bulk::{ACT, Bulk, CHOSEN};
pub use filters::Filters;

use crate::{Address, EmptyState, Icon, icon, shell::Link};

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
    title: String,
    kind: Kind,
    place: Place,
    sort: Option<(String, SortState)>,
    key: Option<String>,
    spare: bool,
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
    content: Content,
    title: Option<String>,
}

/// Plain text waits for the page to be escaped straight into it: lists are most of what is drawn.
#[derive(Debug, Clone)]
enum Content {
    Text(String),
    Drawn(String),
}

impl Cell {
    /// Any content: a number, a badge, markup. Plain text is better given as it is, with `into()`.
    pub fn new(content: impl Render) -> Self {
        Self { content: Content::Drawn(content.render().into_string()), title: None }
    }

    /// Nothing: shown as a dash that screen readers call "kosong".
    pub fn empty() -> Self {
        Self { content: Content::Text(String::new()), title: None }
    }

    /// A date with its time on demand: `date("22 Nov 2026", "22 Nov 2026 10.32 WITA")`.
    pub fn date(shown: impl Into<String>, full: impl Into<String>) -> Self {
        Self { title: Some(full.into()), ..Self::from(shown.into()) }
    }

    fn is_empty(&self) -> bool {
        match &self.content {
            Content::Text(text) | Content::Drawn(text) => text.is_empty(),
        }
    }

    fn write(&self, out: &mut String) {
        match &self.content {
            Content::Text(text) => escape(text, out),
            Content::Drawn(html) => out.push_str(html),
        }
    }
}

/// Writes text as it must stand in HTML.
fn escape(text: &str, out: &mut String) {
    use std::fmt::Write;
    // Writing into a text cannot fail.
    let _ = Escaper::new(out).write_str(text);
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { content: Content::Text(text), title: None }
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
    pick: Option<(String, String)>,
}

impl Row {
    /// A row of cells, in the order of the columns.
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, href: None, strong: false, pick: None }
    }

    /// The row opens this address on click and on Enter.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// The row may be chosen for acts on several rows: what is sent for it, and its name for readers who do not see it.
    #[must_use]
    pub fn pick(mut self, value: impl ToString, name: impl Into<String>) -> Self {
        self.pick = Some((value.to_string(), name.into()));
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
    above: Vec<Markup>,
    choice: Option<choice::Choice>,
    bulk: Option<Bulk>,
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
            above: Vec::new(),
            choice: None,
            bulk: None,
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

    /// Offers the list as a spreadsheet and as CSV. `address` is the download's, with the filters of the list.
    #[must_use]
    pub fn downloads(self, address: &Address) -> Self {
        let link = |label: &str, format: &str| Link::new(label, address.clone().top().set("format", format).href());
        self.export(link("Unduh Excel", "xlsx")).export(link("Unduh CSV", "csv"))
    }

    /// Puts something above the chips: saved views, [`Filters`], a search box.
    #[must_use]
    pub fn above(mut self, content: impl Render) -> Self {
        self.above.push(content.render());
        self
    }

    /// Lets the reader choose the columns that have a key.
    #[must_use]
    pub fn choose_columns(mut self, address: &Address) -> Self {
        self.choice = Some(choice::Choice::new(address));
        self
    }

    /// Lets the reader act on several rows.
    #[must_use]
    pub fn bulk(mut self, bulk: Bulk) -> Self {
        self.bulk = Some(bulk);
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
            @if !self.chips.is_empty() || self.count.is_some() || !self.exports.is_empty() || self.choice.is_some() {
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
                        @if let Some(choice) = &self.choice { (choice.control(&self.columns)) }
                        @for link in &self.exports {
                            a.unduh href=(link.href) { (icon(link.icon.unwrap_or(Icon::Download))) span { (link.label) } }
                        }
                    }
                }
            }
        }
    }

    /// Is the column at this place in view?
    fn shows(&self, column: &Column) -> bool {
        self.choice.as_ref().is_none_or(|choice| choice.shows(column))
    }

    fn head(&self) -> Markup {
        html! {
            thead role="rowgroup" { tr role="row" {
                @if let Some(bulk) = &self.bulk { (bulk.head()) }
                @for (at, column) in self.columns.iter().filter(|column| self.shows(column)).enumerate() {
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

    /// A row, written straight into the page: a list has hundreds of cells, and a text of its own for each would be most of its cost.
    fn line(&self, row: &Row, heads: &[Option<CellHead>], out: &mut String) {
        out.push_str("<tr role=\"row\"");
        if let Some(href) = &row.href {
            out.push_str(" data-href=\"");
            escape(href, out);
            out.push('"');
        }
        out.push_str(if row.strong { " class=\"baru\">" } else { ">" });
        if let Some(bulk) = &self.bulk {
            bulk.cell(row.pick.as_ref()).render_to(out);
        }
        for (at, (head, cell)) in heads.iter().zip(&row.cells).enumerate() {
            let Some(head) = head else { continue };
            let empty = cell.is_empty();
            out.push_str(if empty { &head.empty } else { &head.full });
            if let Some(title) = &cell.title {
                out.push_str(" title=\"");
                escape(title, out);
                out.push('"');
            }
            out.push('>');
            match row.href.as_ref().filter(|_| at == 0) {
                _ if empty => out.push_str("<span aria-hidden=\"true\">–</span><span class=\"senyap\">kosong</span>"),
                Some(href) => {
                    out.push_str("<a href=\"");
                    escape(href, out);
                    out.push_str("\">");
                    cell.write(out);
                    out.push_str("</a>");
                }
                None => cell.write(out),
            }
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
}

/// How the cells of a column begin, made once for all rows.
struct CellHead {
    full: String,
    empty: String,
}

impl CellHead {
    fn of(column: &Column, first: bool) -> Self {
        let (class, mut title) = (column.class(first), String::new());
        escape(&column.title, &mut title);
        let begin = |more: &str| format!("<td role=\"cell\" class=\"{class}{more}\" data-judul=\"{title}\"");
        Self { full: begin(""), empty: begin(" hampa") }
    }
}

impl Render for Table {
    fn render_to(&self, out: &mut String) {
        out.push_str("<div class=\"daftar\">");
        self.above.iter().for_each(|content| content.render_to(out));
        self.tools().render_to(out);
        if self.rows.is_empty() {
            match &self.empty {
                Some(empty) => empty.render_to(out),
                None => EmptyState::new(Icon::List, "Belum ada isi", "Daftar ini masih kosong.").render_to(out),
            }
        } else {
            out.push_str("<div class=\"tabel-bingkai\"><table class=\"tabel\" role=\"table\"><caption class=\"senyap\">");
            escape(&self.caption, out);
            out.push_str("</caption>");
            self.head().render_to(out);
            out.push_str("<tbody role=\"rowgroup\">");
            let head = |(at, column)| self.shows(column).then(|| CellHead::of(column, at == 0));
            let heads: Vec<Option<CellHead>> = self.columns.iter().enumerate().map(head).collect();
            self.rows.iter().for_each(|row| self.line(row, &heads, out));
            out.push_str("</tbody></table></div>");
            if let Some(bulk) = &self.bulk {
                bulk.bar().render_to(out);
            }
        }
        self.pager.render_to(out);
        out.push_str("</div>");
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
