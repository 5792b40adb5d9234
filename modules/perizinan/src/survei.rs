//! Looking at the place: when, by whom, and what was found.

pub(crate) mod store;

use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Markup, html};

use crate::permohonan::Permohonan;

/// A result as people read it.
pub(crate) fn hasil_label(word: &str) -> &'static str {
    match word {
        "sesuai" => "Sesuai",
        "sesuai-catatan" => "Sesuai dengan catatan",
        "tidak-sesuai" => "Tidak sesuai",
        _ => "Tidak dikenal",
    }
}

/// What the survey team is to do.
pub(crate) fn work(_: &Ctx, _: &mut Tx<'_>, _: &Permohonan) -> Result<Markup, Problem> {
    Ok(html! {})
}
