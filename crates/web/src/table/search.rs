use maud::{Markup, html};

use crate::{Address, Icon, icon};

/// One line above a list; Enter sends it. The other parts of the address are kept, the place in the list is not.
pub fn search_box(address: &Address, label: &str, hint: &str) -> Markup {
    let kept = address.clone().top().without("q");
    html! {
        form.cari role="search" aria-label=(label) action=(kept.path()) method="get" {
            @for (name, value) in kept.query() { input type="hidden" name=(name) value=(value); }
            label.senyap for="cari-daftar" { (label) }
            (icon(Icon::Search))
            input #cari-daftar type="search" name="q" value=(address.get("q").unwrap_or_default()) placeholder=(hint) autocomplete="off";
        }
    }
}
