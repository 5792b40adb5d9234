//! Changing one key in a text of YAML, so that every other line stays as somebody wrote it, comments included.

use serde_json::Value;

/// How far a level stands in from the one above.
const STEP: usize = 2;

/// The text with the key set.
pub(super) fn set(text: &str, key: &str, value: &Value) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let parts: Vec<&str> = key.split('.').collect();
    let end = lines.len();
    place(&mut lines, 0, end, 0, &parts, value);
    lines.join("\n") + "\n"
}

/// Sets a key among the lines from `from` to `to`, which stand in by `indent`.
fn place(lines: &mut Vec<String>, from: usize, to: usize, indent: usize, parts: &[&str], value: &Value) {
    let (Some(name), rest) = (parts.first(), &parts[1.min(parts.len())..]) else { return };
    let Some(at) = (from..to).find(|at| names(&lines[*at], indent, name)) else {
        let at = behind(lines, from, to);
        for (row, line) in new_lines(indent, parts, value).into_iter().enumerate() {
            lines.insert(at + row, line);
        }
        return;
    };
    let end = (at + 1..to).find(|row| ends(&lines[*row], indent)).unwrap_or(to);
    let end = behind(lines, at + 1, end);
    let (head, comment) = split_comment(&lines[at]);
    let inline = head.trim_start()[name.len() + 1..].trim().to_owned();
    if rest.is_empty() {
        // What stood below this key goes with its old value.
        lines.drain(at + 1..end.max(at + 1));
        lines[at] = joined(&format!("{}{name}: {}", " ".repeat(indent), written(value)), &comment);
    } else if inline.is_empty() {
        let inner = (at + 1..end).find(|row| !is_blank(&lines[*row])).map_or(indent + STEP, |row| stands_in(&lines[row]));
        place(lines, at + 1, end, inner.max(indent + 1), rest, value);
    } else {
        // A map on one line is read, changed and written as one line; JSON is YAML.
        let old: Value = praja_server::read_settings_text(&inline).unwrap_or_default();
        let new = changed(old, rest, value);
        lines[at] = joined(&format!("{}{name}: {}", " ".repeat(indent), written(&new)), &comment);
    }
}

fn changed(old: Value, parts: &[&str], value: &Value) -> Value {
    let Some((name, rest)) = parts.split_first() else { return value.clone() };
    let mut map = match old {
        Value::Object(map) => map,
        _ => serde_json::Map::new(),
    };
    let below = map.remove(*name).unwrap_or_default();
    map.insert((*name).to_owned(), changed(below, rest, value));
    Value::Object(map)
}

fn new_lines(indent: usize, parts: &[&str], value: &Value) -> Vec<String> {
    let last = parts.len() - 1;
    let line = |(depth, name): (usize, &&str)| {
        let lead = " ".repeat(indent + depth * STEP);
        if depth == last { format!("{lead}{name}: {}", written(value)) } else { format!("{lead}{name}:") }
    };
    parts.iter().enumerate().map(line).collect()
}

/// A text in double quotes, anything else as JSON writes it: both are YAML.
fn written(value: &Value) -> String {
    value.to_string()
}

fn names(line: &str, indent: usize, name: &str) -> bool {
    stands_in(line) == indent && line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with(':')) && !is_blank(line)
}

/// A line of the same or an outer level ends what stands below a key.
fn ends(line: &str, indent: usize) -> bool {
    !is_blank(line) && stands_in(line) <= indent
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn stands_in(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Behind the last line that says something: comments before the next key belong to that.
fn behind(lines: &[String], from: usize, to: usize) -> usize {
    (from..to).rev().find(|row| !is_blank(&lines[*row])).map_or(if to == lines.len() { to } else { from }, |row| row + 1)
}

/// A line and the comment at its end. A number sign inside quotes is none.
fn split_comment(line: &str) -> (String, String) {
    let mut quote = None;
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        match (letter, quote) {
            ('"' | '\'', None) => quote = Some(letter),
            (letter, Some(open)) if letter == open => quote = None,
            ('#', None) if before == ' ' => return (line[..at].trim_end().to_owned(), line[at..].to_owned()),
            _ => {}
        }
        before = letter;
    }
    (line.trim_end().to_owned(), String::new())
}

fn joined(line: &str, comment: &str) -> String {
    if comment.is_empty() { line.to_owned() } else { format!("{line}  {comment}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OVERLAY: &str = "# Milik Diskominfo
alamat: 127.0.0.1:9000  # sesudah pindah ruang

# Cadangan ke disk luar
cadangan:
  # tiap malam
  jam: \"01:30\"
  simpan: 7
modul: [eoffice]
basis_data: {mesin: postgres, url: \"postgres://a:b#c@d/e\"} # peladen lama
";

    #[test]
    fn one_line_changes_and_every_other_stays() {
        for (key, value, changed) in [
            ("alamat", json!("127.0.0.1:8000"), "alamat: \"127.0.0.1:8000\"  # sesudah pindah ruang"),
            ("cadangan.jam", json!("02:00"), "  jam: \"02:00\""),
            ("cadangan.simpan", json!(30), "  simpan: 30"),
            ("cadangan.tempat", json!("/mnt/a"), "  tempat: \"/mnt/a\""),
            ("modul", json!(["a", "b"]), "modul: [\"a\",\"b\"]"),
            ("pekerja", json!(4), "pekerja: 4"),
        ] {
            let new = set(OVERLAY, key, &value);
            assert!(new.lines().any(|line| line == changed), "{key}: {new}");
            let kept = OVERLAY.lines().filter(|line| new.lines().any(|new| new == *line)).count();
            assert!(kept + 1 >= OVERLAY.lines().count(), "{key} changed more than its line: {new}");
            let read = praja_server::read_settings_text(&new).unwrap();
            assert_eq!(key.split('.').try_fold(&read, |read, part| read.get(part)), Some(&value), "{new}");
        }
    }

    #[test]
    fn a_map_on_one_line_keeps_its_other_keys_and_its_comment() {
        let new = set(OVERLAY, "basis_data.url", &json!("postgres://x/y"));
        let read = praja_server::read_settings_text(&new).unwrap();
        assert_eq!(read["basis_data"], json!({"mesin": "postgres", "url": "postgres://x/y"}));
        assert!(new.contains("# peladen lama"), "{new}");
    }

    #[test]
    fn an_empty_overlay_and_one_of_comments_take_a_key_of_any_depth() {
        for text in ["", "# belum ada apa-apa\n"] {
            let new = set(text, "blob.s3.bucket", &json!("praja"));
            assert_eq!(praja_server::read_settings_text(&new).unwrap()["blob"]["s3"]["bucket"], "praja", "{new}");
            assert!(new.starts_with(text.trim_end()));
        }
    }

    #[test]
    fn a_value_of_several_lines_goes_with_its_key() {
        let text = "modul:\n  - eoffice\n  - lain\nalamat: x\n";
        assert_eq!(set(text, "modul", &json!([])), "modul: []\nalamat: x\n");
    }
}
