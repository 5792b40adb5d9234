//! "Bantuan untuk halaman ini": what a page is for and how it is used, as data for each route.

use std::{collections::BTreeMap, sync::OnceLock};

use maud::{Markup, html};

static TEXTS: &str = include_str!("../../../config-templates/data/bantuan.csv");

/// The sentences for a route's pattern: its own, else those of the page above it.
pub fn of(pattern: &str) -> &'static [String] {
    static READ: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    let all = READ.get_or_init(|| read(TEXTS));
    let mut wanted = pattern;
    loop {
        if let Some(found) = all.get(wanted) {
            return found;
        }
        match wanted.rsplit_once('/') {
            Some((above, _)) if !above.is_empty() => wanted = above,
            _ => return &[],
        }
    }
}

fn read(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in reader.records().filter_map(Result::ok) {
        if let (Some(pattern), Some(words)) = (row.get(0), row.get(1)) {
            all.entry(pattern.to_owned()).or_default().push(words.to_owned());
        }
    }
    all
}

/// Drawn at the end of a page, closed: whoever knows the page is not disturbed.
pub(crate) fn draw(sentences: &[String]) -> Markup {
    html! {
        @if !sentences.is_empty() {
            details.bantuan {
                summary { "Bantuan untuk halaman ini" }
                ul { @for sentence in sentences { li { (sentence) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_own_help_or_that_of_the_page_above() {
        let list = of("/identity/opd");
        assert!(!list.is_empty());
        assert_eq!(of("/identity/opd/{id}/jabatan/baru"), list);
        assert_ne!(of("/identity/opd/lebur"), list);
        assert_ne!(of("/"), list);
        assert!(of("/identity").is_empty() && of("/masuk").is_empty());
    }

    #[test]
    fn every_line_of_the_file_is_whole_sentences_for_one_pattern() {
        let lines = TEXTS.lines().count() - 1;
        let all = read(TEXTS);
        assert_eq!(all.values().map(Vec::len).sum::<usize>(), lines);
        for (pattern, sentences) in &all {
            assert!(pattern.starts_with('/'), "{pattern}");
            for one in sentences {
                assert!(one.len() > 20 && one.ends_with('.') && !one.contains('!'), "{pattern}: {one}");
            }
        }
    }
}
