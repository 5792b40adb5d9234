use maud::{Markup, Render, html};

/// What is known about a thing, as pairs of a name and a value.
#[derive(Debug, Clone, Default)]
pub struct Facts(Vec<(String, Markup)>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fact. The value may be text, a number or markup such as a badge.
    #[must_use]
    pub fn add(mut self, label: impl Into<String>, value: impl Render) -> Self {
        self.0.push((label.into(), value.render()));
        self
    }

    /// Adds a fact, or "Belum diisi" where there is no value: an empty place leaves the reader wondering.
    #[must_use]
    pub fn add_maybe(self, label: impl Into<String>, value: Option<impl Render>) -> Self {
        match value {
            Some(value) => self.add(label, value),
            None => self.add(label, html! { span.redup { "Belum diisi" } }),
        }
    }

    /// Adds a fact that only some things have; where there is none nobody misses it.
    #[must_use]
    pub fn add_some(self, label: impl Into<String>, value: Option<impl Render>) -> Self {
        match value {
            Some(value) => self.add(label, value),
            None => self,
        }
    }
}

impl Render for Facts {
    fn render(&self) -> Markup {
        html! {
            dl.fakta {
                @for (label, value) in &self.0 { div { dt { (label) } dd { (value) } } }
            }
        }
    }
}
