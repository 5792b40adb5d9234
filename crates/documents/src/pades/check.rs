//! Are the signatures of a PDF whole, and whose are they?

use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};

use super::cms;

/// One signature of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The name in the signer's certificate; empty when the signature does not fit.
    pub name: String,
    /// Is what it covers unchanged since it was signed?
    pub intact: bool,
    /// Does it cover the whole file? Otherwise something was added after it, a second signature for example.
    pub whole: bool,
    /// Was the signer's certificate issued by one of those that were given?
    pub trusted: bool,
}

/// The signatures of a file in the order they were made, with trust in certificates that one of `roots` issued.
///
/// # Errors
/// Nothing but [`super::PadesError::Unreadable`].
pub fn check(pdf: &[u8], roots: &[Vec<u8>]) -> Result<Vec<Signature>, super::PadesError> {
    let document = Document::load_mem(pdf).map_err(|_| super::PadesError::Unreadable)?;
    let mut found: Vec<(i64, Signature)> = signatures(&document).into_iter().map(|one| judge(pdf, one, roots)).collect();
    found.sort_by_key(|(end, _)| *end);
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// Everything that looks like a signature, wherever it hangs: one that no field shows is one, too.
pub(super) fn signatures(document: &Document) -> Vec<&Dictionary> {
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    dictionaries.filter(|one| one.has(b"ByteRange") && one.has(b"Contents")).collect()
}

fn judge(pdf: &[u8], signature: &Dictionary, roots: &[Vec<u8>]) -> (i64, Signature) {
    let broken = Signature { name: String::new(), intact: false, whole: false, trusted: false };
    let Some((end, digest)) = covered(pdf, signature) else { return (i64::MAX, broken) };
    let whole = usize::try_from(end).is_ok_and(|end| end == pdf.len());
    let contents = signature.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
    let Some(checked) = cms::check(contents, &digest) else { return (end, Signature { whole, ..broken }) };
    let signer = checked.certificates.first().map(Vec::as_slice).unwrap_or_default();
    let trusted = roots.iter().any(|root| signer == root.as_slice() || cms::is_issued_by(signer, root));
    (end, Signature { name: checked.name, intact: true, whole, trusted })
}

/// The end of what is covered, and its digest. The gap must hold the signature and nothing else, or unsigned words could hide in it.
fn covered(pdf: &[u8], signature: &Dictionary) -> Option<(i64, Vec<u8>)> {
    let range = signature.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Vec<i64> = range.iter().map(|one| one.as_i64().ok()).collect::<Option<_>>()?;
    let &[0, before, after, rest] = numbers.as_slice() else { return None };
    let end = after.checked_add(rest)?;
    let slice = |from: i64, to: i64| pdf.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?);
    let gap = slice(before, after)?;
    let inner = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    if !inner.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut hash = Sha256::new();
    hash.update(slice(0, before)?);
    hash.update(slice(after, end)?);
    Some((end, hash.finalize().to_vec()))
}
