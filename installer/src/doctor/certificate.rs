//! How long a certificate lasts: only the one field of X.509 that is asked for.

use std::{fs, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use praja_kernel::{DateTime, Moment, Zona};

const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// When the first certificate of a PEM file ends.
pub(crate) fn ends(path: &Path) -> Result<Moment, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{} {}", path.display(), crate::words::of(&error)))?;
    not_after(&text).ok_or_else(|| format!("{} tidak memuat sertifikat PEM", path.display()))
}

fn not_after(pem: &str) -> Option<Moment> {
    let body = pem.split("-----BEGIN CERTIFICATE-----").nth(1)?.split("-----END").next()?;
    let der = BASE64_STANDARD.decode(body.split_whitespace().collect::<String>()).ok()?;
    let certificate = inside(&der, SEQUENCE)?.0;
    let mut fields = inside(certificate, SEQUENCE)?.0;
    if fields.first() == Some(&VERSION) {
        fields = next(fields)?.2;
    }
    // serial number, algorithm, issuer
    for _ in 0..3 {
        fields = next(fields)?.2;
    }
    let validity = inside(fields, SEQUENCE)?.0;
    let (kind, time, _) = next(next(validity)?.2)?;
    moment(kind, std::str::from_utf8(time).ok()?)
}

/// The content of the first element, and what follows it.
fn inside(der: &[u8], kind: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = next(der)?;
    (found == kind).then_some((content, rest))
}

fn next(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&kind, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        length = 0;
        for _ in 0..first & 0x7f {
            let (&byte, more) = rest.split_first()?;
            length = length.checked_mul(256)?.checked_add(usize::from(byte))?;
            rest = more;
        }
    }
    let (content, rest) = rest.split_at_checked(length)?;
    Some((kind, content, rest))
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ` (RFC 5280, 4.1.2.5).
fn moment(kind: u8, text: &str) -> Option<Moment> {
    let text = text.strip_suffix('Z')?;
    let full = match kind {
        UTC_TIME if text.get(..2)? < "50" => format!("20{text}"),
        UTC_TIME => format!("19{text}"),
        GENERALIZED_TIME => text.to_owned(),
        _ => return None,
    };
    let part = |from: usize, to: usize| full.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize| i8::try_from(part(from, from + 2)?).ok();
    let local = DateTime::new(part(0, 4)?, small(4)?, small(6)?, small(8)?, small(10)?, small(12)?, 0).ok()?;
    // The time is UTC; a zone of ours is ahead of it by whole hours.
    Some(Zona::Wib.at(local).plus_ms(i64::from(Zona::Wib.hours()) * 60 * 60 * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by openssl for one name, valid until 31 December 2049 23:59:59 and 1 January 2050 00:00:00 UTC: either side of the change
    /// between the two ways of writing a time.
    const UNTIL_2049: &str = include_str!("uji-2049.pem");
    const UNTIL_2050: &str = include_str!("uji-2050.pem");

    #[test]
    fn the_end_of_a_certificate_is_read_however_it_is_written() {
        let end = not_after(UNTIL_2049).unwrap();
        assert_eq!(Zona::Wib.local(end).to_string(), "2050-01-01T06:59:59");
        assert_eq!(not_after(UNTIL_2050).unwrap(), end.plus_ms(1000));
    }

    #[test]
    fn what_is_no_certificate_has_no_end() {
        assert_eq!(not_after("bukan sertifikat"), None);
        assert_eq!(not_after("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"), None);
        let cut: String = UNTIL_2049.lines().take(4).collect::<Vec<_>>().join("\n") + "\n-----END CERTIFICATE-----";
        assert_eq!(not_after(&cut), None);
    }
}
