use maud::{Markup, Render, html};

use crate::{
    Facts, Form, Icon, Tone,
    form::{CSRF_FIELD, KEY_FIELD},
    icon,
};

/// Something the reader can do here: a link, or a form of one button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    label: String,
    href: String,
    icon: Option<Icon>,
    weight: Weight,
    post: Option<Post>,
    dialog: bool,
}

/// What travels with an act of one button.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Post {
    csrf: String,
    kunci: String,
    values: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Main,
    Danger,
}

impl Act {
    /// Leads to a page (a form, a confirmation, a document).
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), icon: None, weight: Weight::Plain, post: None, dialog: false }
    }

    /// Acts at once when pressed: only for what can be undone. `kunci` is the idempotency UUID.
    pub fn post(label: impl Into<String>, action: impl Into<String>, csrf: impl Into<String>, kunci: impl Into<String>) -> Self {
        Self { post: Some(Post { csrf: csrf.into(), kunci: kunci.into(), values: Vec::new() }), ..Self::link(label, action) }
    }

    /// Sends a value along (the `versi` of a row, for example). Only for [`Act::post`].
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Some(post) = &mut self.post {
            post.values.push((name.into(), value.into()));
        }
        self
    }

    /// Draws an icon before the word.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Opens the linked page's decision or form in a dialog over this page where the script runs; elsewhere the page itself opens.
    /// Only for [`Act::link`].
    #[must_use]
    pub fn dialog(mut self) -> Self {
        self.dialog = true;
        self
    }

    /// Makes this the main act: at most one on a page.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.weight = Weight::Main;
        self
    }

    /// Marks an act that takes something away.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.weight = Weight::Danger;
        self
    }

    fn class(&self) -> &'static str {
        match self.weight {
            Weight::Plain => "tombol",
            Weight::Main => "tombol utama",
            Weight::Danger => "tombol bahaya",
        }
    }
}

impl Render for Act {
    fn render(&self) -> Markup {
        let words = html! { @if let Some(drawing) = self.icon { (icon(drawing)) } span { (self.label) } };
        html! {
            @if let Some(Post { csrf, kunci, values }) = &self.post {
                form.satu method="post" action=(self.href) data-sekali {
                    input type="hidden" name=(CSRF_FIELD) value=(csrf);
                    input type="hidden" name=(KEY_FIELD) value=(kunci);
                    @for (name, value) in values { input type="hidden" name=(name) value=(value); }
                    button class=(self.class()) type="submit" { (words) }
                }
            } @else {
                a class=(self.class()) href=(self.href) data-dialog[self.dialog] { (words) }
            }
        }
    }
}

/// The acts of a page, side by side on a desk and at the bottom on a phone.
pub fn act_bar(acts: &[Act]) -> Markup {
    html! { div.aksi { @for act in acts { (act) } } }
}

/// Prints the page as it stands. Seen only where the script runs; without it the browser's own menu prints.
pub fn print_act(label: &str) -> Markup {
    html! { button.tombol.js-saja type="button" data-halaman-cetak { (label) } }
}

/// A confirmation in which nothing has to be filled in: what will happen, the facts, the button.
///
/// `form` carries the token, hidden values and the buttons. Use it only where the act cannot be undone.
pub fn confirm(tone: Tone, consequences: &[&str], facts: &Facts, form: &Form) -> Markup {
    decision(tone, "Yang akan terjadi", consequences, facts, form)
}

/// A decision (sign, approve, refuse, return): exactly what will happen, on which facts, then the form with its reason.
pub fn decision(tone: Tone, heading: &str, consequences: &[&str], facts: &Facts, form: &Form) -> Markup {
    html! {
        div.keputusan {
            (facts)
            div class={ "akibat " (tone.class()) } {
                h2 { (icon(tone.icon())) span { (heading) } }
                ul { @for line in consequences { li { (line) } } }
            }
            (form)
        }
    }
}
