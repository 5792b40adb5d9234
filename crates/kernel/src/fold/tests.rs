use proptest::prelude::*;

use super::*;

/// LIKE as both engines understand it, with '!' as escape sign and case kept.
fn like(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['!', sign, rest @ ..] => text.first() == Some(sign) && like(&text[1..], rest),
        ['%', rest @ ..] => (0..=text.len()).any(|skipped| like(&text[skipped..], rest)),
        ['_', rest @ ..] => !text.is_empty() && like(&text[1..], rest),
        [sign, rest @ ..] => text.first() == Some(sign) && like(&text[1..], rest),
    }
}

#[test]
fn names_are_found_however_they_were_typed() {
    for (text, folded) in [
        ("Dinas Pekerjaan Umum", "dinas pekerjaan umum"),
        ("  KÉPALA\t\tDesa\u{a0}Sukamaju \n", "kepala desa sukamaju"),
        ("Ma’ruf", "ma'ruf"),
        ("Jum\u{2018}at", "jum'at"),
        ("Ḥasan Aṣ-Ṣiddīq", "hasan as-siddiq"),
        ("e\u{301}", "e"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("000.8.3.3/15/OR", "000.8.3.3/15/or"),
        ("2024–2026", "2024-2026"),
        ("a\u{200b}b", "ab"),
        ("ꦗꦮ", "ꦗꦮ"),
        ("", ""),
        ("   ", ""),
    ] {
        assert_eq!(fold(text), folded, "{text:?}");
    }
}

#[test]
fn signs_of_like_are_escaped() {
    for (text, escaped) in [("50%", "50!%"), ("a_b", "a!_b"), ("awas!", "awas!!"), ("biasa", "biasa"), ("", "")] {
        assert_eq!(escape_like(text), escaped);
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC*") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn folding_any_letters_twice_changes_nothing(text: String) {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        prop_assert!(!folded.contains("  ") && folded.trim() == folded);
    }

    #[test]
    fn an_escaped_text_finds_itself_and_nothing_else(text in "[a-c!%_ ]{0,6}", other in "[a-c!%_ ]{0,6}") {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        prop_assert!(like(&letters(&text), &letters(&escape_like(&text))));
        prop_assert_eq!(like(&letters(&other), &letters(&escape_like(&text))), other == text);
    }
}
