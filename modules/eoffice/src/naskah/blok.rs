//! The text of a field as the blocks that the templates of the typesetter draw. Pure.

use serde_json::{Value, json};

use super::isi::{Blok, Potong, blocks};

/// The text of a field as the blocks that templates draw.
pub(crate) fn text(typed: &str) -> Value {
    let parts = blocks(typed);
    let mut all = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        match &parts[at] {
            Blok::Paragraf(words) => all.push(match pieces(words) {
                Value::Array(words) => json!({"p": words}),
                plain => plain,
            }),
            Blok::Tabel(headed, rows) => all.push(table(*headed, rows)),
            Blok::Butir(..) => {
                let end =
                    parts[at..].iter().position(|part| !matches!(part, Blok::Butir(..))).map_or(parts.len(), |more| at + more);
                all.extend(list(&parts[at..end]));
                at = end;
                continue;
            }
        }
        at += 1;
    }
    json!(all)
}

/// The items of a text, or its paragraphs where there are none, one after the other.
pub(crate) fn lines_of(typed: &str) -> Value {
    let words = |part: &Blok| match part {
        Blok::Butir(_, _, words) | Blok::Paragraf(words) => Some(pieces(words)),
        Blok::Tabel(..) => None,
    };
    json!(blocks(typed).iter().filter_map(words).collect::<Vec<_>>())
}

fn pieces(all: &[Potong]) -> Value {
    match all {
        [one] if !one.tebal && !one.miring => json!(one.teks),
        all => json!(all.iter().map(|one| json!({"t": one.teks, "tebal": one.tebal, "miring": one.miring})).collect::<Vec<_>>()),
    }
}

/// Items that follow each other, with those below them.
fn list(items: &[Blok]) -> Vec<Value> {
    let level = |part: &Blok| if let Blok::Butir(level, ..) = part { *level } else { 0 };
    let Some(lowest) = items.iter().map(level).min() else { return Vec::new() };
    let (mut lists, mut entries, mut mark): (Vec<Value>, Vec<Value>, Option<String>) = (Vec::new(), Vec::new(), None);
    let mut at = 0;
    while at < items.len() {
        let Blok::Butir(_, shown, words) = &items[at] else { break };
        let deeper = items[at + 1..].iter().take_while(|part| level(part) > lowest).count();
        let below = list(&items[at + 1..at + 1 + deeper]);
        let kind = numbering(shown);
        if mark.as_deref().is_some_and(|known| known != kind) {
            lists.push(ended(mark.take(), std::mem::take(&mut entries)));
        }
        mark = Some(kind.to_owned());
        entries.push(if below.is_empty() { pieces(words) } else { json!({"p": pieces(words), "lalu": below}) });
        at += 1 + deeper;
    }
    lists.push(ended(mark, entries));
    lists
}

fn ended(mark: Option<String>, entries: Vec<Value>) -> Value {
    match mark.as_deref() {
        None | Some("-") => json!({"butir": entries}),
        Some(mark) => json!({"angka": entries, "bentuk": mark}),
    }
}

/// "3." → "1.", "c)" → "a)".
fn numbering(mark: &str) -> &'static str {
    let digits = mark.starts_with(|letter: char| letter.is_ascii_digit());
    match (mark, digits, mark.ends_with(')')) {
        ("-", ..) => "-",
        (_, true, false) => "1.",
        (_, true, true) => "1)",
        (_, false, false) => "a.",
        (_, false, true) => "a)",
    }
}

fn table(headed: bool, rows: &[Vec<String>]) -> Value {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |row: &Vec<String>| (0..columns).map(|at| row.get(at).cloned().unwrap_or_default()).collect::<Vec<_>>();
    let mut all: Vec<Vec<String>> = rows.iter().map(wide).collect();
    let head = if headed && !all.is_empty() { all.remove(0) } else { vec![String::new(); columns] };
    json!({"tabel": {"kepala": head, "baris": all}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_levels_and_their_marks() {
        assert_eq!(
            text("1. Satu\n  a. Anak\n2. Dua\n- Lepas"),
            json!([
                {"angka": [{"p": "Satu", "lalu": [{"angka": ["Anak"], "bentuk": "a."}]}, "Dua"], "bentuk": "1."},
                {"butir": ["Lepas"]}
            ])
        );
        assert_eq!(
            text("**Penting** sekali"),
            json!([{"p": [{"t": "Penting", "tebal": true, "miring": false}, {"t": " sekali", "tebal": false, "miring": false}]}])
        );
        assert_eq!(text(""), json!([]));
    }
}
