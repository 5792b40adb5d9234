//! Just enough of Rust's lexing to tell code, text and comments apart.

/// A text in the source: a string literal of any kind, without its quotes, escapes left as written.
#[derive(Debug, PartialEq)]
pub struct Literal {
    /// Line of its opening quote, from 1.
    pub line: usize,
    /// What stands between the quotes.
    pub text: String,
    /// Where in [`Source::code`] it stood.
    pub at: usize,
}

/// A source file taken apart.
pub struct Source {
    /// The program without comments; each literal is an empty `""`. Lines are kept.
    pub code: String,
    /// Its texts, in order.
    pub literals: Vec<Literal>,
}

/// Takes a source file apart. Everything from an inline `#[cfg(test)] mod … {` on is left out: by our order, tests come last.
pub fn parse(text: &str) -> Source {
    let text = without_tests(text);
    let mut source = Source { code: String::new(), literals: Vec::new() };
    let mut rest = text;
    let mut line = 1;
    while let Some(next) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some((length, inner)) = literal(rest, source.code.chars().last()) {
            source.literals.push(Literal { line, text: inner.to_owned(), at: source.code.len() });
            source.code.push_str("\"\"");
            length
        } else if next == '\'' {
            let length = quoted_char(rest);
            source.code.push_str(if length == 1 { "'" } else { "' '" });
            length
        } else {
            source.code.push(next);
            next.len_utf8()
        };
        let newlines = rest[..taken].matches('\n').count();
        line += newlines;
        if next != '\n' {
            source.code.extend(std::iter::repeat_n('\n', newlines));
        }
        rest = &rest[taken..];
    }
    source
}

fn without_tests(text: &str) -> &str {
    let start = text.match_indices("#[cfg(test)]").find(|(at, mark)| {
        let after = text[at + mark.len()..].trim_start();
        let opens = after.find(['{', ';']).is_some_and(|at| after[at..].starts_with('{'));
        after.starts_with("mod ") && opens
    });
    start.map_or(text, |(at, _)| &text[..at])
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Length and content of a string literal that starts here: `"…"`, `b"…"`, `c"…"`, `r"…"`, `r#"…"#`, `br#"…"#`.
fn literal(rest: &str, before: Option<char>) -> Option<(usize, &str)> {
    let prefix = if before.is_some_and(|one| one.is_alphanumeric() || one == '_') {
        0 // `r` at the end of a name is part of the name
    } else {
        rest.find(|one| !matches!(one, 'r' | 'b' | 'c')).unwrap_or(0)
    };
    let (raw, after) = (rest[..prefix].contains('r'), &rest[prefix..]);
    let hashes = if raw { after.len() - after.trim_start_matches('#').len() } else { 0 };
    let inner = after[hashes..].strip_prefix('"')?;
    let start = prefix + hashes + 1;
    let end = if raw { inner.find(&format!("\"{}", "#".repeat(hashes)))? } else { closing_quote(inner)? };
    Some((start + end + 1 + hashes, &inner[..end]))
}

fn closing_quote(inner: &str) -> Option<usize> {
    let mut escaped = false;
    inner.find(|one| {
        let closes = one == '"' && !escaped;
        escaped = one == '\\' && !escaped;
        closes
    })
}

/// Length of a character literal, or 1 for the tick of a lifetime.
fn quoted_char(rest: &str) -> usize {
    let inner = &rest[1..];
    if let Some(escape) = inner.strip_prefix('\\') {
        return escape.char_indices().skip(1).find(|(_, one)| *one == '\'').map_or(1, |(at, _)| at + 3);
    }
    let first = inner.chars().next().map_or(0, char::len_utf8);
    if inner[first..].starts_with('\'') { first + 2 } else { 1 }
}

#[test]
fn texts_are_found_and_comments_are_not() {
    let source = parse(concat!(
        "let a = \"satu \\\"dua\\\"\"; // \"komentar\"\n",
        "/* \"lagi\" /* dalam */ */ let b = br#\"tiga \"empat\"\"#;\n",
        "let c = '\"'; let d: &'static str = r\"lima\"; let e = '\\''; for_r(\"enam\")\n",
    ));
    let found: Vec<_> = source.literals.iter().map(|one| (one.line, one.text.as_str())).collect();
    assert_eq!(found, [(1, "satu \\\"dua\\\""), (2, "tiga \"empat\""), (3, "lima"), (3, "enam")]);
    assert_eq!(source.code.lines().count(), 3);
    assert!(!source.code.contains("komentar") && source.code.contains("&'static str"));
}

#[test]
fn lines_are_counted_across_long_texts() {
    let source = parse("let a = \"satu\ndua\";\nlet b = \"tiga\";");
    assert_eq!(source.literals[1].line, 3);
    assert_eq!(source.code, "let a = \"\"\n;\nlet b = \"\";");
}

#[test]
fn inline_tests_are_left_out_and_a_test_file_is_only_named() {
    assert_eq!(parse("const A: &str = \"a\";\n#[cfg(test)]\nmod tests {\n const B: &str = \"b\"; }").literals.len(), 1);
    assert_eq!(parse("#[cfg(test)]\nmod tests;\nconst A: &str = \"a\"; fn f() {}").literals.len(), 1);
}
