//! Templates of naskah that the regency changed on its own, tried before they are kept: a broken one is never drawn for a letter.
//!
//! What the machine's administrator puts into the region pack (`naskah/*.typ`) stands below these, the release's templates below both.

pub(crate) mod pages;
#[cfg(test)]
mod tests;

use praja_kernel::Date;
use praja_module::documents::Drawing;
use praja_store::{Result, Tx};
use serde_json::Value;

use crate::templates::store;

/// A naskah of this kind as this regency draws it: with its own template where it keeps one.
///
/// # Errors
/// When the database fails.
pub fn drawing(tx: &mut Tx<'_>, kode: &str, data: Value, date: Date) -> Result<Drawing> {
    let drawing = Drawing::new(kode, data, date);
    Ok(match own(tx, kode)? {
        Some(own) => drawing.file(file(kode), own.isi.into_bytes()),
        None => drawing,
    })
}

fn own(tx: &mut Tx<'_>, kode: &str) -> Result<Option<store::Own>> {
    Ok(store::get(tx, &key(kode))?.filter(|own| !own.isi.is_empty()))
}

/// Texts of messages have no slash in their names.
fn key(kode: &str) -> String {
    format!("naskah/{}", file(kode))
}

fn file(kode: &str) -> String {
    format!("{kode}.typ")
}
