//! The text of a naskah: paragraphs, lists and tables, read from what the drafter typed.
//!
//! A blank line ends a paragraph; a line that begins with `1.`, `a.`, `1)`, `a)` or `-` is an item, indented by two blanks per level; lines
//! with `|` are rows of a table, the first its heading when a line of dashes follows; `**bold**`, `*slanted*` and `***both***`. A backslash
//! before `*`, `|` or another one, or before what would begin an item, takes its meaning away. The editor of the form writes the same.

use praja_web::{Markup, html};

/// Deepest level of a list.
const DEEPEST: usize = 3;
/// More columns than this fit no page.
const COLUMNS: usize = 12;
/// Rows of one table: more are an annex, and keep the typesetter from other letters.
const ROWS: usize = 500;
/// What a backslash may stand before.
const ESCAPED: [char; 3] = ['*', '|', '\\'];

/// A piece of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Potong {
    pub(crate) teks: String,
    pub(crate) tebal: bool,
    pub(crate) miring: bool,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Blok {
    /// Words that belong together.
    Paragraf(Vec<Potong>),
    /// An item: its level from 0, its mark as typed, its words.
    Butir(usize, String, Vec<Potong>),
    /// Rows of cells; whether the first is a heading.
    Tabel(bool, Vec<Vec<String>>),
}

/// Takes away what editors leave behind when text is pasted: odd blanks, soft hyphens, bullets of their own, control letters.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let line: String = line
            .chars()
            .filter_map(|letter| match letter {
                '\u{a0}' | '\u{2007}' | '\u{202f}' => Some(' '),
                '\t' => Some(' '),
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
                letter if letter.is_control() => None,
                letter => Some(letter),
            })
            .collect();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line.trim();
        let bulleted = ["•", "·", "\u{f0b7}", "\u{f0a7}", "§", "▪", "►", "–", "—", "o "].iter().find_map(|mark| {
            let words = rest.strip_prefix(mark)?;
            (*mark == "o " || words.starts_with(' ')).then(|| words.trim_start())
        });
        out.extend(std::iter::repeat_n(' ', indent));
        match bulleted {
            Some(words) if !words.is_empty() => {
                out.push_str("- ");
                out.push_str(words);
            }
            _ => out.push_str(rest),
        }
        out.push('\n');
    }
    let mut kept = String::with_capacity(out.len());
    let mut blank = 0;
    for line in out.lines() {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            kept.push_str(line.trim_end());
            kept.push('\n');
        }
    }
    kept.trim_matches('\n').to_owned()
}

/// Reads a text into its parts. Every text can be read.
pub(crate) fn blocks(text: &str) -> Vec<Blok> {
    let mut all = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut heading = false;
    for line in text.lines().chain([""]) {
        let trimmed = line.trim();
        if trimmed.starts_with('|') && trimmed.len() > 1 {
            end_paragraph(&mut all, &mut words);
            let cells = cells(trimmed);
            let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|letter| "-: ".contains(letter)));
            if is_rule && rows.len() == 1 {
                heading = true
            } else {
                rows.push(cells)
            }
            continue;
        }
        if !rows.is_empty() {
            all.push(Blok::Tabel(heading, std::mem::take(&mut rows)));
            heading = false;
        }
        let meant = trimmed.strip_prefix('\\').filter(|rest| item(rest).is_some());
        if trimmed.is_empty() {
            end_paragraph(&mut all, &mut words);
        } else if let Some(alone) = meant {
            words.push(alone);
        } else if let Some((mark, rest)) = item(trimmed) {
            end_paragraph(&mut all, &mut words);
            let indent = line.len() - line.trim_start().len();
            all.push(Blok::Butir((indent / 2).min(DEEPEST), mark, pieces(rest)));
        } else {
            words.push(trimmed);
        }
    }
    all
}

fn end_paragraph(all: &mut Vec<Blok>, words: &mut Vec<&str>) {
    if !words.is_empty() {
        all.push(Blok::Paragraf(pieces(&words.join(" "))));
        words.clear();
    }
}

/// "1. Satu" is an item with the mark "1."; "Jl. Merdeka" is not.
fn item(line: &str) -> Option<(String, &str)> {
    if let Some(rest) = line.strip_prefix("- ") {
        return Some(("-".into(), rest.trim()));
    }
    let (mark, rest) = line.split_once(' ')?;
    let name = mark.strip_suffix('.').or_else(|| mark.strip_suffix(')'))?;
    let number = name.len() <= 3 && !name.is_empty() && name.chars().all(|letter| letter.is_ascii_digit());
    let letter = name.len() == 1 && name.chars().all(|letter| letter.is_ascii_lowercase());
    (number || letter).then(|| (mark.to_owned(), rest.trim()))
}

/// Words with their styles. A mark without its partner stays as it is.
fn pieces(text: &str) -> Vec<Potong> {
    let mut all: Vec<Potong> = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while !rest.is_empty() {
        if let Some(letter) = escaped(rest) {
            plain.push(letter);
            rest = &rest[1 + letter.len_utf8()..];
            continue;
        }
        let styled = ["***", "**", "*"].iter().find_map(|mark| {
            let inner = rest.strip_prefix(mark).filter(|inner| !inner.starts_with(' '))?;
            let end = unescaped(inner, mark).filter(|end| *end > 0)?;
            Some((*mark, &inner[..end], &inner[end + mark.len()..]))
        });
        match styled {
            Some((mark, inner, after)) => {
                if !plain.is_empty() {
                    all.push(Potong { teks: std::mem::take(&mut plain), tebal: false, miring: false });
                }
                all.push(Potong { teks: literal(inner), tebal: mark.len() >= 2, miring: mark.len() != 2 });
                rest = after;
            }
            None => {
                let mut letters = rest.chars();
                plain.extend(letters.next());
                rest = letters.as_str();
            }
        }
    }
    if !plain.is_empty() {
        all.push(Potong { teks: plain, tebal: false, miring: false });
    }
    all
}

/// The letter that a backslash at the start takes the meaning from.
fn escaped(text: &str) -> Option<char> {
    text.strip_prefix('\\')?.chars().next().filter(|letter| ESCAPED.contains(letter))
}

/// Where `mark` stands first with its meaning.
fn unescaped(text: &str, mark: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(letter) = escaped(rest) {
            at += 1 + letter.len_utf8();
        } else if rest.starts_with(mark) {
            return Some(at);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// The letters themselves, without the backslashes that took a meaning away.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let meant = escaped(rest);
        out.push(meant.unwrap_or(letter));
        rest = &rest[meant.map_or(letter.len_utf8(), |meant| 1 + meant.len_utf8())..];
    }
    out
}

/// The cells of a line of a table, of which the first `|` and the last are the frame.
fn cells(line: &str) -> Vec<String> {
    let mut rest = line.trim_start_matches('|');
    let mut all = Vec::new();
    while let Some(end) = unescaped(rest, "|") {
        all.push(literal(rest[..end].trim()));
        rest = &rest[end + 1..];
    }
    if !rest.trim().is_empty() {
        all.push(literal(rest.trim()));
    }
    all
}

/// What about this text no page could carry.
pub(crate) fn problem(text: &str) -> Option<String> {
    blocks(text).iter().find_map(|block| {
        let Blok::Tabel(_, rows) = block else { return None };
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns > COLUMNS {
            Some(format!("Ada tabel dengan {columns} kolom; paling banyak {COLUMNS} kolom muat pada halaman."))
        } else if rows.len() > ROWS {
            Some(format!("Ada tabel dengan {} baris; paling banyak {ROWS}. Jadikan tabel itu lampiran berkas.", rows.len()))
        } else {
            None
        }
    })
}

/// The rows of a field that holds a table or people: cells with `|` between them.
pub(crate) fn rows(text: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    text.lines().filter(|line| !line.trim().is_empty()).map(cells).collect()
}

/// The items of a field with one per line.
pub(crate) fn items(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

/// The text as it will stand on the page.
pub(crate) fn draw(text: &str) -> Markup {
    html! {
        @for block in blocks(text) {
            @match block {
                Blok::Paragraf(words) => p { (styled(&words)) },
                Blok::Butir(level, mark, words) => div class={ "butir butir-" (level) } { span { (mark) } div { (styled(&words)) } },
                Blok::Tabel(heading, rows) => table { @for (at, row) in rows.iter().enumerate() {
                    tr { @for cell in row { @if heading && at == 0 { th scope="col" { (cell) } } @else { td { (cell) } } } }
                } },
            }
        }
    }
}

fn styled(words: &[Potong]) -> Markup {
    html! { @for piece in words {
        @if piece.tebal && piece.miring { strong { em { (piece.teks) } } }
        @else if piece.tebal { strong { (piece.teks) } } @else if piece.miring { em { (piece.teks) } } @else { (piece.teks) }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(teks: &str) -> Vec<Potong> {
        vec![Potong { teks: teks.into(), tebal: false, miring: false }]
    }

    #[test]
    fn paragraphs_lists_and_tables_are_told_apart() {
        let text = "Dengan hormat,\nkami sampaikan:\n\n1. Satu\n  a. Anak\n- Lepas\nJl. Merdeka 1\n\n| No | Nama |\n|---|---|\n| 1 | Ana |\n";
        assert_eq!(
            blocks(text),
            [
                Blok::Paragraf(plain("Dengan hormat, kami sampaikan:")),
                Blok::Butir(0, "1.".into(), plain("Satu")),
                Blok::Butir(1, "a.".into(), plain("Anak")),
                Blok::Butir(0, "-".into(), plain("Lepas")),
                Blok::Paragraf(plain("Jl. Merdeka 1")),
                Blok::Tabel(true, vec![vec!["No".into(), "Nama".into()], vec!["1".into(), "Ana".into()]]),
            ]
        );
    }

    #[test]
    fn styles_need_both_their_marks() {
        let bold = Potong { teks: "penting".into(), tebal: true, miring: false };
        assert_eq!(blocks("**penting**"), [Blok::Paragraf(vec![bold])]);
        assert_eq!(blocks("2 * 3 = 6"), [Blok::Paragraf(plain("2 * 3 = 6"))]);
        assert_eq!(blocks("**buka"), [Blok::Paragraf(plain("**buka"))]);
    }

    #[test]
    fn bold_and_slanted_go_together_and_touch() {
        let piece = |teks: &str, tebal, miring| Potong { teks: teks.into(), tebal, miring };
        let read = |text: &str| match blocks(text).as_slice() {
            [Blok::Paragraf(words)] => words.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(read("***dua***"), [piece("dua", true, true)]);
        assert_eq!(read("**a***b*"), [piece("a", true, false), piece("b", false, true)]);
        assert_eq!(read("*a***b**"), [piece("a", false, true), piece("b", true, false)]);
        assert_eq!(read("***a*****b**"), [piece("a", true, true), piece("b", true, false)]);
        assert_eq!(read("*a****b***"), [piece("a", false, true), piece("b", true, true)]);
    }

    #[test]
    fn a_backslash_takes_a_marks_meaning_away() {
        assert_eq!(blocks(r"2 \* 3 \* 4"), [Blok::Paragraf(plain("2 * 3 * 4"))]);
        assert_eq!(blocks(r"C:\\data dan \lain"), [Blok::Paragraf(plain(r"C:\data dan \lain"))]);
        assert_eq!(blocks(r"\1. Bukan butir"), [Blok::Paragraf(plain("1. Bukan butir"))]);
        assert_eq!(blocks(r"\| bukan tabel"), [Blok::Paragraf(plain("| bukan tabel"))]);
        let row = vec!["a|b".to_owned(), r"c\d".into(), String::new()];
        assert_eq!(blocks(r"| a\|b | c\\d | |"), [Blok::Tabel(false, vec![row])]);
        let bold = Potong { teks: "a*b".into(), tebal: true, miring: false };
        assert_eq!(blocks(r"**a\*b**"), [Blok::Paragraf(vec![bold])]);
    }

    #[test]
    fn a_table_that_fits_no_page_is_told() {
        let table = |columns: usize, rows: usize| format!("|{}\n", " x |".repeat(columns)).repeat(rows);
        assert_eq!(problem(&table(12, 500)), None);
        assert!(problem(&table(13, 1)).unwrap().contains("13 kolom"));
        assert!(problem(&table(1, 501)).unwrap().contains("501 baris"));
        assert_eq!(problem(&"x ".repeat(20_000)), None);
    }

    #[test]
    fn what_an_editor_leaves_behind_is_taken_away() {
        let pasted = "\u{feff}Satu\u{a0}dua\u{200b}\r\n\r\n\r\n\r\n• butir\r\n\u{7}tiga\u{ad}lima  ";
        assert_eq!(clean(pasted), "Satu dua\n\n- butir\ntigalima");
        assert_eq!(clean(&clean(pasted)), clean(pasted));
    }

    /// The editor makes these of what people paste; here it arrives like anything else that is typed.
    #[test]
    fn what_the_editor_makes_of_a_clipboard_is_read_as_it_stands_and_carries_nothing_else() {
        static SAMPLES: include_dir::Dir<'static> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/tests/tempel");
        let mut seen = 0;
        for file in SAMPLES.files().filter(|file| file.path().extension().is_some_and(|end| end == "txt")) {
            seen += 1;
            let text = file.contents_utf8().unwrap();
            assert_eq!(clean(text), text, "{}", file.path().display());
            assert_eq!(problem(text), None);
            let drawn = draw(text).into_string();
            for never in ["mso", "<script", "style=", "<img", "docs-internal", "javascript:"] {
                assert!(!drawn.contains(never), "{never} in {drawn}");
            }
        }
        assert!(seen >= 7, "{seen} samples");
        // The same clipboard sent as it is, by a program or without the script, is text and never a page.
        let raw = SAMPLES.get_file("jahat.html").and_then(|file| file.contents_utf8()).unwrap();
        let drawn = draw(&clean(raw)).into_string();
        assert!(
            drawn.contains("&lt;script&gt;document.title") && !drawn.contains("<script>") && !drawn.contains("<img"),
            "{drawn}"
        );
    }

    #[test]
    fn the_page_shows_what_was_typed_and_never_runs_it() {
        let drawn = draw("<script>x</script>\n\n1. **Satu**").into_string();
        assert!(drawn.contains("&lt;script&gt;") && drawn.contains("<strong>Satu</strong>") && !drawn.contains("<script>"));
    }
}
