use maud::{Markup, html};

use super::Column;
use crate::{Address, Icon, icon};

/// The part of a list's address that names the columns in view.
const COLUMNS: &str = "kolom";
/// Stands in the address when every column that can be left out was left out.
const NONE: &str = "-";

/// Which columns a reader sees, and the small form that changes it. The choice is part of the address, so that a saved view keeps it.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    address: Address,
}

impl Choice {
    pub(super) fn new(address: &Address) -> Self {
        Self { address: address.clone() }
    }

    /// Is this column in view? Those without a key always are.
    pub(super) fn shows(&self, column: &Column) -> bool {
        let Some(key) = &column.key else { return true };
        let mut asked = self.address.query().iter().filter(|(name, _)| name == COLUMNS).peekable();
        if asked.peek().is_none() { !column.spare } else { asked.any(|(_, value)| value == key) }
    }

    pub(super) fn control(&self, columns: &[Column]) -> Markup {
        let kept = self.address.clone().without(COLUMNS);
        let keyed = || columns.iter().filter_map(|column| column.key.as_ref().map(|key| (column, key)));
        html! {
            details.kolom data-menu {
                summary { (icon(Icon::Columns)) span { "Kolom" } }
                form.kolom-isi method="get" action=(self.address.path()) {
                    @for (name, value) in kept.query() { input type="hidden" name=(name) value=(value); }
                    input type="hidden" name=(COLUMNS) value=(NONE);
                    fieldset {
                        legend { "Kolom yang ditampilkan" }
                        @for (column, key) in keyed() {
                            div.pilihan {
                                input id={ "kolom-" (key) } type="checkbox" name=(COLUMNS) value=(key) checked[self.shows(column)];
                                label for={ "kolom-" (key) } { (column.title) }
                            }
                        }
                    }
                    div.aksi {
                        button.tombol.utama type="submit" { "Tampilkan kolom" }
                        @if kept.query().len() < self.address.query().len() { a.tombol href=(kept.href()) { "Kembalikan kolom awal" } }
                    }
                }
            }
        }
    }
}
