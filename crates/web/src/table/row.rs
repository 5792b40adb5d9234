use maud::{Escaper, Markup, Render};

/// The content of a cell.
#[derive(Debug, Clone)]
pub struct Cell {
    content: Content,
    pub(super) title: Option<String>,
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

    pub(super) fn is_empty(&self) -> bool {
        match &self.content {
            Content::Text(text) | Content::Drawn(text) => text.is_empty(),
        }
    }

    pub(super) fn write(&self, out: &mut String) {
        match &self.content {
            Content::Text(text) => escape(text, out),
            Content::Drawn(html) => out.push_str(html),
        }
    }
}

/// Writes text as it must stand in HTML.
pub(super) fn escape(text: &str, out: &mut String) {
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
    pub(super) cells: Vec<Cell>,
    pub(super) href: Option<String>,
    pub(super) strong: bool,
    pub(super) pick: Option<(String, String)>,
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
