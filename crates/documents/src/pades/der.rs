//! As much of DER (X.690) as a signature needs: writing nested values, and walking through those of others.

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[0]` with something inside.
pub(super) const ZERO: u8 = 0xA0;

/// One value with its tag and length.
pub(super) fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short @ 0..=127) => out.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let length = &length[length.iter().take_while(|byte| **byte == 0).count()..];
            out.push(0x80 | u8::try_from(length.len()).unwrap_or(0x7F));
            out.extend_from_slice(length);
        }
    }
    out.extend_from_slice(content);
    out
}

/// Several values in one.
pub(super) fn group(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    value(tag, &parts.concat())
}

/// A SET OF: its members stand in the order of their bytes.
pub(super) fn set(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    group(SET, &parts)
}

/// A value that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'b> {
    pub(super) tag: u8,
    pub(super) content: &'b [u8],
    /// With tag and length.
    pub(super) whole: &'b [u8],
}

impl<'b> Node<'b> {
    /// The first value in these bytes, and what follows it. Nothing where the bytes end too early.
    pub(super) fn read(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let (&tag, rest) = bytes.split_first()?;
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            let count = usize::from(first & 0x7F);
            let (digits, rest) = rest.split_at_checked(count).filter(|_| (1..=4).contains(&count))?;
            (digits.iter().fold(0, |length, digit| (length << 8) | usize::from(*digit)), rest)
        };
        let (content, after) = rest.split_at_checked(length)?;
        Some((Self { tag, content, whole: &bytes[..bytes.len() - after.len()] }, after))
    }

    /// The values inside, or nothing when they are not whole.
    pub(super) fn inside(&self) -> Option<Vec<Self>> {
        let (mut rest, mut found) = (self.content, Vec::new());
        while !rest.is_empty() {
            let (node, after) = Self::read(rest)?;
            found.push(node);
            rest = after;
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_at_any_length() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let written = value(OCTETS, &vec![7; length]);
            let (node, rest) = Node::read(&written).unwrap();
            assert_eq!((node.tag, node.content.len(), node.whole.len(), rest.len()), (OCTETS, length, written.len(), 0));
            assert!(Node::read(&written[..written.len() - 1]).is_none(), "{length}: cut");
        }
    }

    #[test]
    fn a_length_that_nothing_could_have_is_refused() {
        for bytes in [&[0x30_u8, 0x80][..], &[0x30, 0x85, 1, 1, 1, 1, 1], &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], &[0x30], &[]] {
            assert!(Node::read(bytes).is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn a_set_is_ordered_by_its_bytes() {
        assert_eq!(set(vec![vec![2, 1, 9], vec![2, 1, 3]]), [SET, 6, 2, 1, 3, 2, 1, 9]);
    }
}
