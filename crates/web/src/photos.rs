//! The script of pages on which pictures are taken: made smaller in the browser, and a word when one looks blurred or dark.

use maud::{Markup, html};

use crate::assets;

/// The script behind [`Field::photo`](crate::Field::photo). Without it files are sent as they are and made smaller on the server.
pub fn photos() -> Markup {
    html! { script src=(assets::url("foto.js")) defer {} }
}

/// The script of the button beside a field for latitude and longitude: `data-titik-ke` names the field.
pub fn location() -> Markup {
    html! { script src=(assets::url("titik.js")) defer {} }
}

/// The script of forms that are filled in at a place: the point as the device measures it, signatures on the glass, and pictures that wait with
/// the form where there is no line.
pub fn field_work() -> Markup {
    html! { link rel="stylesheet" href=(assets::url("lapangan.css")); (photos()) (location()) script src=(assets::url("lapangan.js")) defer {} }
}
