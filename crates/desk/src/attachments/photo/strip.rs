//! Taking away what a picture says besides itself, without writing its pixels anew.

use image::metadata::Orientation;

use super::super::Kind;

/// The same picture without place, device, time and comments; how it is turned stays. Nothing when the file is cut.
pub(super) fn strip(kind: Kind, plain: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    match kind {
        Kind::Jpeg => jpeg(plain, orientation.to_exif()),
        Kind::Png => png(plain),
        Kind::Webp => webp(plain),
        Kind::Pdf | Kind::Tiff => Some(plain.to_vec()),
    }
}

/// Walks the segments up to the picture itself. APP1 (EXIF, XMP), APP13 (IPTC) and comments go; a colour profile (APP2) stays.
fn jpeg(plain: &[u8], orientation: u8) -> Option<Vec<u8>> {
    let mut out = plain.get(..2)?.to_vec();
    let (mut at, mut turned) = (2, orientation == 1);
    loop {
        let (mark, code) = (*plain.get(at)?, *plain.get(at + 1)?);
        if mark != 0xFF {
            return None;
        }
        match code {
            // Filling.
            0xFF => {
                at += 1;
                continue;
            }
            // The picture begins: the rest is taken as it is.
            0xDA | 0xD9 => {
                if !turned {
                    out.extend(exif(orientation));
                }
                out.extend(&plain[at..]);
                return Some(out);
            }
            _ => {}
        }
        let size = usize::from(u16::from_be_bytes([*plain.get(at + 2)?, *plain.get(at + 3)?]));
        let segment = plain.get(at..at + 2 + size.max(2))?;
        if !turned && code != 0xE0 {
            out.extend(exif(orientation));
            turned = true;
        }
        let goes = matches!(code, 0xE1 | 0xE3..=0xED | 0xEF | 0xFE);
        if !goes {
            out.extend(segment);
        }
        at += segment.len();
    }
}

/// How many parts a JPEG's colours have: one is gray, three are usual, four are for printing presses. Nothing when the file is cut.
pub(super) fn components(plain: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        let (mark, code) = (*plain.get(at)?, *plain.get(at + 1)?);
        match (mark, code) {
            (0xFF, 0xFF) => at += 1,
            // The head of the picture, whichever way it is coded; the three left out say something else.
            (0xFF, 0xC0..=0xCF) if !matches!(code, 0xC4 | 0xC8 | 0xCC) => return plain.get(at + 9).copied(),
            (0xFF, 0xDA | 0xD9) => return None,
            (0xFF, _) => at += 2 + usize::from(u16::from_be_bytes([*plain.get(at + 2)?, *plain.get(at + 3)?])),
            _ => return None,
        }
    }
}

/// An EXIF segment that says nothing but how the picture is turned.
fn exif(orientation: u8) -> [u8; 36] {
    let mut segment = [0_u8; 36];
    segment[..12].copy_from_slice(&[0xFF, 0xE1, 0x00, 0x22, b'E', b'x', b'i', b'f', 0, 0, b'M', b'M']);
    segment[12..20].copy_from_slice(&[0x00, 0x2A, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01]);
    segment[20..28].copy_from_slice(&[0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01]);
    segment[29] = orientation;
    segment
}

/// Walks the chunks; texts, time and EXIF go.
fn png(plain: &[u8]) -> Option<Vec<u8>> {
    let mut out = plain.get(..8)?.to_vec();
    let mut at = 8;
    while at < plain.len() {
        let size = usize::try_from(u32::from_be_bytes(plain.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let chunk = plain.get(at..at.checked_add(size)?.checked_add(12)?)?;
        let kind = &chunk[4..8];
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" | b"eXIf") {
            out.extend(chunk);
        }
        at += chunk.len();
        if kind == b"IEND" {
            return Some(out);
        }
    }
    None
}

/// Walks the chunks; EXIF and XMP go, and the head no longer promises them.
fn webp(plain: &[u8]) -> Option<Vec<u8>> {
    let mut out = plain.get(..12)?.to_vec();
    let mut at = 12;
    while at + 8 <= plain.len() {
        let size = usize::try_from(u32::from_le_bytes(plain.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(size)?;
        let chunk = plain.get(at..end)?;
        let padded = plain.get(at..end + size % 2).unwrap_or(chunk);
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                let start = out.len();
                out.extend(padded);
                if let Some(flags) = out.get_mut(start + 8) {
                    *flags &= !0b0000_1100;
                }
            }
            _ => out.extend(padded),
        }
        at += padded.len();
    }
    let size = u32::try_from(out.len().checked_sub(8)?).ok()?;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Some(out)
}
