//! A file for the printer: one page of HTML with nothing from outside.

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A whole document in Indonesian with its own style.
pub(crate) fn page(title: &str, style: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="id" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
}
