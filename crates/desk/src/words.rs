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

/// The words of a text for looking it up: folded, without signs, each once, in order.
pub(crate) fn folded_words(text: &str) -> Vec<String> {
    let folded = praja_kernel::fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// The first text after all that begin with `prefix`: an index is walked from one to the other. The last letter is raised by one,
/// which also holds where a database sorts by the rules of a language.
pub(crate) fn next_prefix(prefix: &str) -> String {
    let mut letters: Vec<char> = prefix.chars().collect();
    while let Some(last) = letters.pop() {
        if let Some(raised) = char::from_u32(u32::from(last) + 1) {
            letters.push(raised);
            break;
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{encode, first_upper, folded_words, next_prefix};

    #[test]
    fn a_prefix_ends_where_its_last_letter_is_raised() {
        assert_eq!(next_prefix("kes"), "ket");
        assert_eq!(next_prefix("dinaz"), "dina{");
        assert!("kesehatan" < next_prefix("kes").as_str() && "ket" >= next_prefix("kes").as_str());
    }

    #[test]
    fn words_are_folded_and_stand_once() {
        assert_eq!(folded_words("PT. Léna-Jaya, PT (Tbk)"), ["pt", "lena", "jaya", "tbk"]);
        assert!(folded_words(" -- ").is_empty());
    }

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
