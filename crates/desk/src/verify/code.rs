//! How tokens and signed bytes are written in addresses.

/// Crockford's letters in small: nothing on paper is read two ways.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in letters of five bits.
const LENGTH: usize = 26;
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A fresh token of 128 bits.
pub(super) fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(letters(u128::from_be_bytes(bytes)))
}

fn letters(mut value: u128) -> String {
    let mut letters = [b'0'; LENGTH];
    for place in letters.iter_mut().rev() {
        *place = LETTERS[usize::try_from(value & 31).unwrap_or(0)];
        value >>= 5;
    }
    letters.iter().map(|letter| char::from(*letter)).collect()
}

/// A token as somebody typed it from paper: capitals, blanks and hyphens are forgiven, O is 0, I and L are 1.
pub(super) fn normal(typed: &str) -> Option<String> {
    let mut token = String::with_capacity(LENGTH);
    for letter in typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').take(LENGTH + 1) {
        let letter = match letter.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        LETTERS.iter().position(|known| char::from(*known) == letter)?;
        token.push(letter);
    }
    (token.len() == LENGTH).then_some(token)
}

/// Base64 for addresses, without padding (RFC 4648, section 5).
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let value = group.iter().fold(0_u32, |value, byte| (value << 8) | u32::from(*byte)) << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            let index = usize::try_from((value >> (18 - 6 * at)) & 63).unwrap_or(0);
            text.push(char::from(URL[index]));
        }
    }
    text
}

/// Undoes [`encode`]; nothing for another text, or one whose last letter carries bits that no bytes gave.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for group in text.as_bytes().chunks(4) {
        let mut value = 0_u32;
        for letter in group {
            let at = URL.iter().position(|known| known == letter)?;
            value = (value << 6) | u32::try_from(at).ok()?;
        }
        value <<= 6 * (4 - group.len());
        let whole = group.len().checked_sub(1).filter(|whole| *whole > 0)?;
        bytes.extend(&value.to_be_bytes()[1..=whole]);
    }
    (encode(&bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_has_26_letters_and_is_read_back_from_paper() {
        let token = token().unwrap();
        assert_eq!((token.len(), normal(&token)), (26, Some(token.clone())));
        let typed = format!(" {}-{} ", token[..13].to_uppercase(), token[13..].replace('0', "O").replace('1', "l"));
        assert_eq!(normal(&typed), Some(token.clone()));
        for wrong in ["", "abc", "u0000000000000000000000000", &format!("{token}0"), "../../../../../../../etc/pa"] {
            assert_eq!(normal(wrong), None, "{wrong}");
        }
        assert_eq!(letters(0), "0".repeat(26));
        assert_eq!(letters(u128::MAX), "7zzzzzzzzzzzzzzzzzzzzzzzzz");
    }

    proptest! {
        #[test]
        fn bytes_come_back_from_their_letters(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let text = encode(&bytes);
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        /// Nothing is read two ways: what was read is written as one text, which is read as the same.
        #[test]
        fn any_text_is_refused_or_read_in_one_way(text in prop_oneof!["\\PC{0,40}", "[A-Za-z0-9_-]{0,40}", "[0-9a-zA-Z -]{24,30}"]) {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text.clone());
            } else {
                let foreign = text.bytes().any(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(&byte));
                // What is refused has a foreign letter, a length no bytes have, or bits at its end that no bytes gave.
                prop_assert!(foreign || text.len() % 4 != 0, "{} is refused without a reason", text);
            }
            if let Some(token) = normal(&text) {
                prop_assert_eq!(token.len(), LENGTH);
                prop_assert!(token.bytes().all(|letter| LETTERS.contains(&letter)));
                prop_assert_eq!(normal(&token), Some(token.clone()));
            } else {
                let written: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
                let readable = |letter: &char| letter.is_ascii_alphanumeric() && !"uU".contains(*letter);
                prop_assert!(written.len() != LENGTH || !written.iter().all(readable), "{} is refused without a reason", text);
            }
        }

        #[test]
        fn a_token_typed_with_any_blanks_and_capitals_is_the_same_token(value in any::<u128>(), at in 0..LENGTH, upper in any::<bool>()) {
            let token = letters(value);
            let typed = format!("{} - {}", &token[..at], &token[at..]);
            let typed = if upper { typed.to_uppercase() } else { typed };
            prop_assert_eq!(normal(&typed), Some(token));
        }
    }
}
