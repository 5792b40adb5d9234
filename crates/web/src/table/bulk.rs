use maud::{Markup, html};

use crate::{
    Icon,
    form::{CSRF_FIELD, KEY_FIELD},
    icon,
};

/// Name under which the chosen rows are sent, once for each.
pub const CHOSEN: &str = "pilih";
/// Name under which the act is sent.
pub const ACT: &str = "aksi";

/// Acts on several rows at once. Rows that may be chosen say so with [`Row::pick`](crate::Row::pick); the act's handler reads
/// [`CHOSEN`] and [`ACT`].
#[derive(Debug, Clone)]
pub struct Bulk {
    action: String,
    csrf: String,
    kunci: String,
    noun: String,
    acts: Vec<(String, String, Icon)>,
}

impl Bulk {
    /// Acts that are sent to `action`. `noun` is what a row is: "tugas".
    pub fn new(action: impl Into<String>, csrf: impl Into<String>, kunci: impl Into<String>, noun: impl Into<String>) -> Self {
        Self { action: action.into(), csrf: csrf.into(), kunci: kunci.into(), noun: noun.into(), acts: Vec::new() }
    }

    /// Adds an act: the word on its button ("Tandai selesai"), what is sent, its drawing.
    #[must_use]
    pub fn act(mut self, label: impl Into<String>, value: impl Into<String>, icon: Icon) -> Self {
        self.acts.push((label.into(), value.into(), icon));
        self
    }

    /// The form that boxes and buttons belong to. It stands beside the table and not around it, because cells may hold forms.
    fn id(&self) -> String {
        format!("massal-{}", self.kunci)
    }

    /// Box in the head that chooses all rows of the page; of use with the script only.
    pub(super) fn head(&self) -> Markup {
        html! {
            th.pilih-baris scope="col" role="columnheader" {
                input type="checkbox" hidden data-pilih-semua=(self.id()) aria-label={ "Pilih semua " (self.noun) " di halaman ini" };
                span.senyap { "Pilih" }
            }
        }
    }

    /// Box of a row, written straight into the page; `value` and `label` are escaped already.
    pub(super) fn cell(&self, pick: Option<&(String, String)>) -> Markup {
        html! {
            td.pilih-baris role="cell" {
                @if let Some((value, label)) = pick {
                    input type="checkbox" name=(CHOSEN) value=(value) form=(self.id()) aria-label={ "Pilih " (label) };
                }
            }
        }
    }

    /// The buttons. Without the script they are always in view; with it only when something is chosen.
    pub(super) fn bar(&self) -> Markup {
        html! {
            form.massal id=(self.id()) method="post" action=(self.action) data-massal=(self.noun) data-sekali {
                input type="hidden" name=(CSRF_FIELD) value=(self.csrf);
                input type="hidden" name=(KEY_FIELD) value=(self.kunci);
                p.massal-kata role="status" { "Beri tanda pada " (self.noun) " di atas, lalu pilih tindakan:" }
                @for (label, value, drawing) in &self.acts {
                    button.tombol type="submit" name=(ACT) value=(value) { (icon(*drawing)) span { (label) } }
                }
            }
        }
    }
}
