//! Lists: what stands above them, their rows, and the way to the neighbouring pages.

use maud::{Markup, Render, html};

mod bulk;
mod choice;
mod column;
mod filters;
mod pager;
mod row;
mod search;
#[cfg(test)]
mod tests;

pub use bulk::{ACT, Bulk, CHOSEN};
pub use column::{Column, SORT, SortState};
pub use filters::Filters;
pub use pager::Pager;
pub use row::{Cell, Row};
pub use search::search_box;

use row::escape;

use crate::{Address, EmptyState, Icon, export::Format, icon, shell::Link};

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
        self.pager = Pager { newer, older, ..self.pager };
        self
    }

    /// The list begins with its oldest rows.
    #[must_use]
    pub fn upward(mut self, upward: bool) -> Self {
        self.pager.upward = upward;
        self
    }

    /// Adds a way to take the list along: "Unduh Excel".
    #[must_use]
    pub fn export(mut self, link: Link) -> Self {
        self.exports.push(link);
        self
    }

    /// Offers the list as a spreadsheet, as CSV and as PDF. `address` is the download's, with the filters of the list.
    #[must_use]
    pub fn downloads(self, address: &Address) -> Self {
        Format::ALL.into_iter().fold(self, |table, format| {
            table.export(Link::new(format.label(), address.clone().top().set("format", format.ending()).href()))
        })
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
                    (column.head(at == 0))
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
            out.push_str("<div class=\"tabel-bingkai\"");
            let frame = out.len();
            out.push_str("><table class=\"tabel\" role=\"table\"><caption class=\"senyap\">");
            escape(&self.caption, out);
            out.push_str("</caption>");
            self.head().render_to(out);
            out.push_str("<tbody role=\"rowgroup\">");
            let head = |(at, column)| self.shows(column).then(|| CellHead::of(column, at == 0));
            let heads: Vec<Option<CellHead>> = self.columns.iter().enumerate().map(head).collect();
            self.rows.iter().for_each(|row| self.line(row, &heads, out));
            out.push_str("</tbody></table></div>");
            // On a narrow screen the frame scrolls: where nothing in it takes the keyboard, it does itself.
            if !["<a ", "<button", "<input", "<summary", "<select"].iter().any(|taken| out[frame..].contains(taken)) {
                let mut stop = " tabindex=\"0\" role=\"group\" aria-label=\"".to_owned();
                escape(&self.caption, &mut stop);
                stop.push('"');
                out.insert_str(frame, &stop);
            }
            if let Some(bulk) = &self.bulk {
                bulk.bar().render_to(out);
            }
        }
        self.pager.render_to(out);
        out.push_str("</div>");
    }
}
