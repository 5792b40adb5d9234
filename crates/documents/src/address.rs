//! The address of the code, found again in a file: its facts can be checked without the code being scanned, and without a network.

use lopdf::{Dictionary, Document, Object};

use crate::pades::PadesError;

/// What a code of ours leads to: `/v/`, a token, and signed facts behind `#`.
const LEAD: &str = "/v/";

/// The addresses with signed facts that a PDF carries as links, each once, in the order of its pages. Anybody can write such a link: what it
/// proves is decided by the signature of its facts, which desk checks with the public keys.
///
/// # Errors
/// [`PadesError::Unreadable`].
pub fn addresses(pdf: &[u8]) -> Result<Vec<String>, PadesError> {
    let document = Document::load_mem(pdf).map_err(|_| PadesError::Unreadable)?;
    let mut found = Vec::new();
    for page in document.page_iter() {
        for annotation in document.get_page_annotations(page).unwrap_or_default() {
            if let Some(address) = address(&document, annotation).filter(|one| !found.contains(one)) {
                found.push(address);
            }
        }
    }
    Ok(found)
}

fn address(document: &Document, annotation: &Dictionary) -> Option<String> {
    let action = document.dereference(annotation.get(b"A").ok()?).ok()?.1.as_dict().ok()?;
    let text = action.get(b"URI").and_then(Object::as_str).ok()?;
    let text = std::str::from_utf8(text).ok()?;
    let (before, facts) = text.split_once('#')?;
    (before.contains(LEAD) && facts.starts_with("1.")).then(|| text.to_owned())
}
