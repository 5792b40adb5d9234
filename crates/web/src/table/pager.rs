use maud::{Markup, Render, html};

use crate::{Icon, icon};

/// Where the neighbouring pages of a list are; `None` at either end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pager {
    /// The page with newer rows.
    pub newer: Option<String>,
    /// The page with older rows.
    pub older: Option<String>,
    /// The list begins with its oldest rows: what is newer comes next.
    pub upward: bool,
}

impl Render for Pager {
    fn render(&self) -> Markup {
        html! {
            @if self.newer.is_some() || self.older.is_some() {
                nav.halaman aria-label="Halaman daftar" {
                    @let (before, after) = if self.upward { (&self.older, &self.newer) } else { (&self.newer, &self.older) };
                    @let (back, on) = if self.upward { ("Lebih lama", "Lebih baru") } else { ("Lebih baru", "Lebih lama") };
                    @if let Some(href) = before { a.tombol href=(href) rel="prev" { (icon(Icon::Left)) span { (back) } } }
                    @if let Some(href) = after { a.tombol href=(href) rel="next" { span { (on) } (icon(Icon::Right)) } }
                }
            }
        }
    }
}
