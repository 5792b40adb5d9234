use std::fmt::Write;

/// A value as it may stand in the query of an address: everything but letters, digits and `-_.~` in percent signs.
pub(crate) fn encode(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The same words with a capital at the front.
pub(crate) fn first_upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::{encode, first_upper};

    #[test]
    fn words_begin_with_a_capital() {
        assert_eq!(first_upper("surat masuk"), "Surat masuk");
        assert_eq!(first_upper(""), "");
    }

    #[test]
    fn nothing_typed_can_leave_its_part_of_the_address() {
        assert_eq!(encode("a&b=c d/é"), "a%26b%3Dc%20d%2F%C3%A9");
        assert_eq!(encode("2026-11-22_x.y~"), "2026-11-22_x.y~");
    }
}
