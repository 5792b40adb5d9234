//! Are the signatures of a PDF whole, and whose are they?

use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};

use praja_kernel::{Date, Moment, Zona};

use super::{Root, Signature, cms};

/// The signatures of a file in the order they were made, with trust in certificates that one of `roots` issued.
///
/// # Errors
/// Nothing but [`super::PadesError::Unreadable`].
pub fn check(pdf: &[u8], roots: &[Root]) -> Result<Vec<Signature>, super::PadesError> {
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

fn judge(pdf: &[u8], signature: &Dictionary, roots: &[Root]) -> (i64, Signature) {
    let broken = Signature { name: String::new(), at: None, intact: false, whole: false, trusted: false, certified: false };
    let Some((end, digest)) = covered(pdf, signature) else { return (i64::MAX, broken) };
    let whole = usize::try_from(end).is_ok_and(|end| end == pdf.len());
    let contents = signature.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
    let Some(checked) = cms::check(contents, &digest) else { return (end, Signature { whole, ..broken }) };
    let signer = checked.certificates.first().map(Vec::as_slice).unwrap_or_default();
    let issuers = || roots.iter().filter(|root| signer == root.certificate || cms::is_issued_by(signer, &root.certificate));
    let (trusted, certified) = (issuers().next().is_some(), issuers().any(|root| root.is_certified));
    let at = signature.get(b"M").and_then(Object::as_str).ok().and_then(|text| moment(std::str::from_utf8(text).ok()?));
    (end, Signature { name: checked.name, at, intact: true, whole, trusted, certified })
}

/// `D:20261122090000+07'00'`, as PDF writes a moment (ISO 32000-1, 7.9.4); one without its zone tells no moment.
fn moment(text: &str) -> Option<Moment> {
    let digits = text.strip_prefix("D:")?;
    let number = |from: usize, length: usize| digits.get(from..from + length)?.parse::<i16>().ok();
    let small = |from: usize| i8::try_from(number(from, 2)?).ok();
    let day = Date::new(number(0, 4)?, small(4)?, small(6)?).ok()?;
    let (hour, minute, second) = (small(8)?, small(10)?, small(12)?);
    if !(0..24).contains(&hour) || !(0..60).contains(&minute) || !(0..60).contains(&second) {
        return None;
    }
    let zone = digits.get(14..)?;
    let ahead = match zone.as_bytes().first()? {
        b'Z' => 0,
        sign @ (b'+' | b'-') => {
            let minutes = i64::from(number(15, 2)?) * 60 + i64::from(number(18, 2).unwrap_or(0));
            if *sign == b'+' { minutes } else { -minutes }
        }
        _ => return None,
    };
    let as_if_wib = Zona::Wib.at(day.at(hour, minute, second, 0)).ms();
    Some(Moment(as_if_wib + (i64::from(Zona::Wib.hours()) * 60 - ahead) * 60_000))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_any_zone_and_never_guessed() {
        let nine = Moment(1_763_776_800_000);
        for text in [
            "D:20251122090000+07'00'",
            "D:20251122020000Z",
            "D:20251121210000-05'00'",
            "D:20251122090000+07'00",
            "D:20251122073000+05'30'",
        ] {
            assert_eq!(moment(text), Some(nine), "{text}");
        }
        for text in [
            "",
            "D:",
            "20251122090000Z",
            "D:20251322090000Z",
            "D:20251122990000Z",
            "D:20251122090000",
            "D:2025",
            "D:20251122090000é",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
