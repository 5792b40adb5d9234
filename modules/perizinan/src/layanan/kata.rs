//! Conditions and formulas as people say them: labels in place of names, words in place of signs.

use crate::{jenis::Jenis, rumus::Rumus};

/// A condition in words: `luas > 10 dan sifat = "Tetap"` is "Luas lebih dari 10 dan Sifat adalah Tetap".
pub(crate) fn condition(text: &str, jenis: &Jenis) -> String {
    told(text, jenis, true)
}

/// A formula with labels in place of names; its signs stay.
pub(crate) fn formula(text: &str, jenis: &Jenis) -> String {
    told(text, jenis, false)
}

fn told(text: &str, jenis: &Jenis, words: bool) -> String {
    // As the language writes it: one blank around each sign, quotes doubled within quotes.
    let Ok(rule) = Rumus::parse(text) else { return text.to_owned() };
    let written = rule.to_string();
    let mut out = String::new();
    let mut rest = written.as_str();
    while let Some(letter) = rest.chars().next() {
        let end = if letter == '"' {
            quoted(rest)
        } else if letter.is_ascii_alphabetic() {
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len())
        } else if matches!(letter, '<' | '>' | '=') {
            rest.find(|c: char| !matches!(c, '<' | '>' | '=')).unwrap_or(rest.len())
        } else {
            letter.len_utf8()
        };
        let (token, after) = rest.split_at(end);
        out.push_str(&one(token, jenis, words));
        rest = after;
    }
    out
}

/// Where a quoted text at the beginning ends; two quotes within stand for one.
fn quoted(text: &str) -> usize {
    let mut at = 1;
    while let Some(found) = text[at..].find('"') {
        at += found + 1;
        if !text[at..].starts_with('"') {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn one(token: &str, jenis: &Jenis, words: bool) -> String {
    if token.starts_with('"') {
        let inner = token.trim_matches('"').replace("\"\"", "\"");
        let known = crate::jenis::Permintaan::parse(&inner).map(|kind| kind.label().to_lowercase());
        return if words { known.unwrap_or(inner) } else { format!("\"{inner}\"") };
    }
    if token == crate::rumus::PERMOHONAN {
        return "jenis permohonan".to_owned();
    }
    if let Some((table, column)) = token.split_once('.') {
        let label =
            jenis.field(table).and_then(|field| field.kolom.iter().find(|one| one.kode == column)).map(|one| one.label.clone());
        return label.unwrap_or_else(|| token.to_owned());
    }
    if let Some(field) = jenis.field(token) {
        return field.label.clone();
    }
    let word = match token {
        "=" => "adalah",
        "<>" => "bukan",
        "<" => "kurang dari",
        "<=" => "paling banyak",
        ">" => "lebih dari",
        ">=" => "paling sedikit",
        other => other,
    };
    if words { word } else { token }.to_owned()
}
