//! Turns a migration, written once in PostgreSQL's types, into what each engine understands.
//!
//! Allowed: CREATE TABLE, CREATE [UNIQUE] INDEX, ALTER TABLE … ADD COLUMN with a default, DROP INDEX, data statements
//! (INSERT, UPDATE), and `REBUILD TABLE name (columns) COPY (a, b) FROM (a, 'x')` for what SQLite cannot alter.

use crate::{Result, StoreError, tx::Engine};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// A quoted text or name, with its quotes.
    Quoted(String),
    /// One other letter.
    Sign(char),
    Space,
}

/// The statements of a migration for one engine, in order.
pub(crate) fn statements(sql: &str, engine: Engine) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for tokens in split(tokenize(sql)?) {
        let words = leading_words(&tokens);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if matches!(words.as_slice(), ["CREATE", "TABLE", ..] | ["ALTER", ..] | ["REBUILD", ..]) {
            refuse_types(&tokens)?;
        }
        match words.as_slice() {
            ["CREATE", "TABLE", "IF", ..] => {
                return Err(StoreError::Statement("a migration runs once: CREATE TABLE without IF NOT EXISTS".into()));
            }
            ["CREATE", "TABLE", ..] => all.push(table(&tokens, engine)),
            ["CREATE", "INDEX" | "UNIQUE", ..] | ["DROP", "INDEX", ..] | ["INSERT" | "UPDATE", ..] => {
                all.push(text(&tokens, engine));
            }
            ["ALTER", "TABLE", _, "ADD", "COLUMN", ..] => all.push(columns(&tokens, engine)),
            ["REBUILD", "TABLE", ..] => all.extend(rebuild(&tokens, engine)?),
            other => return Err(StoreError::Statement(format!("a migration may not begin with {other:?}"))),
        }
    }
    Ok(all)
}

/// The tables a migration creates, in order.
pub(crate) fn tables(sql: &str) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for tokens in split(tokenize(sql)?) {
        let mut words = tokens.iter().filter_map(|token| match token {
            Token::Word(word) => Some(word),
            _ => None,
        });
        let first: Vec<String> = words.by_ref().take(2).map(|word| word.to_uppercase()).collect();
        if first == ["CREATE", "TABLE"] {
            names.extend(words.next().cloned());
        }
    }
    Ok(names)
}

fn tokenize(sql: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '-' && letters.peek() == Some(&'-') {
            for skipped in letters.by_ref() {
                if skipped == '\n' {
                    break;
                }
            }
            space(&mut tokens);
        } else if letter == '\'' || letter == '"' {
            let mut quoted = String::from(letter);
            loop {
                let next = letters.next().ok_or_else(|| StoreError::Statement("a quote is not closed".into()))?;
                quoted.push(next);
                if next == letter {
                    break;
                }
            }
            tokens.push(Token::Quoted(quoted));
        } else if letter.is_alphanumeric() || letter == '_' {
            let mut word = String::from(letter);
            while let Some(next) = letters.next_if(|next| next.is_alphanumeric() || *next == '_') {
                word.push(next);
            }
            tokens.push(Token::Word(word));
        } else if letter.is_whitespace() {
            space(&mut tokens);
        } else {
            tokens.push(Token::Sign(letter));
        }
    }
    Ok(tokens)
}

fn space(tokens: &mut Vec<Token>) {
    if tokens.last() != Some(&Token::Space) {
        tokens.push(Token::Space);
    }
}

fn split(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let is_empty = |part: &[Token]| part.iter().all(|token| *token == Token::Space);
    tokens.split(|token| *token == Token::Sign(';')).filter(|part| !is_empty(part)).map(<[Token]>::to_vec).collect()
}

/// Names that only one engine knows, or that mean different widths on the two.
const UNPORTABLE: [&str; 16] = [
    "INTEGER",
    "INT",
    "SMALLINT",
    "SERIAL",
    "BIGSERIAL",
    "REAL",
    "FLOAT",
    "NUMERIC",
    "DECIMAL",
    "BLOB",
    "VARCHAR",
    "UUID",
    "JSON",
    "JSONB",
    "TIMESTAMP",
    "TIMESTAMPTZ",
];

fn refuse_types(tokens: &[Token]) -> Result<()> {
    let found = tokens.iter().find_map(|token| match token {
        Token::Word(word) if UNPORTABLE.contains(&word.to_uppercase().as_str()) => Some(word),
        _ => None,
    });
    match found {
        None => Ok(()),
        Some(word) => Err(StoreError::Statement(format!(
            "'{word}' is no portable type: BIGINT, TEXT, BOOLEAN, BYTEA and DOUBLE PRECISION are"
        ))),
    }
}

fn leading_words(tokens: &[Token]) -> Vec<String> {
    let words = tokens.iter().filter(|token| **token != Token::Space).map_while(|token| match token {
        Token::Word(word) => Some(word.to_uppercase()),
        _ => None,
    });
    words.take(6).collect()
}

/// What defines columns. On PostgreSQL a text column says how it is ordered, whatever the database was made with.
fn columns(tokens: &[Token], engine: Engine) -> String {
    if engine == Engine::Sqlite {
        return text(tokens, engine);
    }
    let mut ordered = Vec::with_capacity(tokens.len() * 2);
    for token in tokens {
        ordered.push(token.clone());
        if matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("TEXT")) {
            ordered.extend([Token::Space, Token::Word("COLLATE".into()), Token::Space, Token::Quoted("\"C\"".into())]);
        }
    }
    text(&ordered, engine)
}

fn text(tokens: &[Token], engine: Engine) -> String {
    let mut out = String::new();
    let mut index = 0;
    while index < tokens.len() {
        match &tokens[index] {
            Token::Space => out.push(' '),
            Token::Sign(sign) => out.push(*sign),
            Token::Quoted(quoted) => out.push_str(quoted),
            Token::Word(word) => match (engine, word.to_uppercase().as_str()) {
                (Engine::Sqlite, "BIGINT" | "BOOLEAN") => out.push_str("INTEGER"),
                (Engine::Sqlite, "BYTEA") => out.push_str("BLOB"),
                (Engine::Sqlite, "DOUBLE") if is_precision(&tokens[index + 1..]) => {
                    // "DOUBLE PRECISION" is two words.
                    out.push_str("REAL");
                    index += 2;
                }
                _ => out.push_str(word),
            },
        }
        index += 1;
    }
    out.trim().to_owned()
}

fn is_precision(after: &[Token]) -> bool {
    matches!(after, [Token::Space, Token::Word(word), ..] if word.eq_ignore_ascii_case("PRECISION"))
}

fn table(tokens: &[Token], engine: Engine) -> String {
    let created = columns(tokens, engine);
    match engine {
        Engine::Postgres => created,
        // Rows that are little more than their key stand in the key's own tree: one tree to write instead of two.
        Engine::Sqlite if has_compound_key(&created) => format!("{created} STRICT, WITHOUT ROWID"),
        Engine::Sqlite => format!("{created} STRICT"),
    }
}

fn has_compound_key(created: &str) -> bool {
    let key = created.split_once("PRIMARY KEY (").and_then(|(_, rest)| rest.split_once(')'));
    key.is_some_and(|(columns, _)| columns.contains(','))
}

fn rebuild(tokens: &[Token], engine: Engine) -> Result<Vec<String>> {
    let wrong = || StoreError::Statement("REBUILD TABLE name (columns) COPY (columns) FROM (expressions)".into());
    let words: Vec<&Token> = tokens.iter().filter(|token| **token != Token::Space).collect();
    let Some(Token::Word(name)) = words.get(2).copied() else { return Err(wrong()) };
    let groups = groups(tokens);
    let [shape, copied, expressions] = groups.as_slice() else { return Err(wrong()) };
    let shape = point_to_itself(shape.clone(), name);
    let (shape, copied, expressions) = (columns(&shape, engine), text(copied, engine), text(expressions, engine));
    let strict = if engine == Engine::Sqlite { " STRICT" } else { "" };
    Ok(vec![
        format!("CREATE TABLE {name}_baru ({shape}){strict}"),
        format!("INSERT INTO {name}_baru ({copied}) SELECT {expressions} FROM {name}"),
        format!("DROP TABLE {name}"),
        format!("ALTER TABLE {name}_baru RENAME TO {name}"),
    ])
}

/// A table that refers to itself must refer to its new shape, or the old one could not be dropped. Renaming carries it along.
fn point_to_itself(mut columns: Vec<Token>, name: &str) -> Vec<Token> {
    let mut refers = false;
    for token in &mut columns {
        match token {
            Token::Word(word) if refers && word == name => {
                word.push_str("_baru");
                refers = false;
            }
            Token::Word(word) => refers = word.eq_ignore_ascii_case("REFERENCES"),
            Token::Space => {}
            _ => refers = false,
        }
    }
    columns
}

/// What stands inside each outermost pair of brackets.
fn groups(tokens: &[Token]) -> Vec<Vec<Token>> {
    let mut groups = Vec::new();
    let mut depth = 0;
    let mut current = Vec::new();
    for token in tokens {
        match token {
            Token::Sign(')') if depth == 1 => {
                depth = 0;
                groups.push(std::mem::take(&mut current));
            }
            Token::Sign('(') if depth == 0 => depth = 1,
            other => {
                depth += match other {
                    Token::Sign('(') => 1,
                    Token::Sign(')') => -1,
                    _ => 0,
                };
                if depth > 0 {
                    current.push(other.clone());
                }
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQL: &str = "-- a comment; with a semicolon\nCREATE TABLE a_b (id TEXT PRIMARY KEY, n BIGINT NOT NULL DEFAULT 0, ok BOOLEAN, isi BYTEA, r DOUBLE PRECISION, s TEXT DEFAULT 'BIGINT; x');\nCREATE INDEX a_b_n ON a_b (n DESC)";

    #[test]
    fn types_are_turned_for_sqlite_outside_quotes_only() {
        let all = statements(SQL, Engine::Sqlite).unwrap();
        assert_eq!(
            all[0],
            "CREATE TABLE a_b (id TEXT PRIMARY KEY, n INTEGER NOT NULL DEFAULT 0, ok INTEGER, isi BLOB, r REAL, s TEXT DEFAULT 'BIGINT; x') STRICT"
        );
        assert_eq!(all[1], "CREATE INDEX a_b_n ON a_b (n DESC)");
    }

    #[test]
    fn postgres_gets_the_text_as_it_stands_with_the_order_of_each_text_column() {
        let all = statements(SQL, Engine::Postgres).unwrap();
        assert_eq!(
            all[0],
            "CREATE TABLE a_b (id TEXT COLLATE \"C\" PRIMARY KEY, n BIGINT NOT NULL DEFAULT 0, ok BOOLEAN, isi BYTEA, r DOUBLE PRECISION, s TEXT COLLATE \"C\" DEFAULT 'BIGINT; x')"
        );
        let added = statements("ALTER TABLE a ADD COLUMN t TEXT NOT NULL DEFAULT 'TEXT'", Engine::Postgres).unwrap();
        assert_eq!(added, ["ALTER TABLE a ADD COLUMN t TEXT COLLATE \"C\" NOT NULL DEFAULT 'TEXT'"]);
        let rebuilt = "REBUILD TABLE a (id TEXT PRIMARY KEY) COPY (id) FROM (CAST(id AS TEXT))";
        assert_eq!(
            statements(rebuilt, Engine::Postgres).unwrap()[..2],
            ["CREATE TABLE a_baru (id TEXT COLLATE \"C\" PRIMARY KEY)", "INSERT INTO a_baru (id) SELECT CAST(id AS TEXT) FROM a"]
        );
    }

    #[test]
    fn what_sqlite_cannot_do_is_refused_on_both_engines() {
        for sql in ["ALTER TABLE a DROP COLUMN b", "DROP TABLE a", "DELETE FROM a", "CREATE VIEW v AS SELECT 1"] {
            assert!(statements(sql, Engine::Postgres).is_err(), "{sql}");
        }
    }

    #[test]
    fn a_rebuild_copies_the_rows_into_the_new_shape() {
        let sql =
            "REBUILD TABLE a (id TEXT PRIMARY KEY, n BIGINT NOT NULL, UNIQUE (id, n)) COPY (id, n) FROM (id, coalesce(n, 0))";
        let all = statements(sql, Engine::Sqlite).unwrap();
        assert_eq!(all[0], "CREATE TABLE a_baru (id TEXT PRIMARY KEY, n INTEGER NOT NULL, UNIQUE (id, n)) STRICT");
        assert_eq!(all[1], "INSERT INTO a_baru (id, n) SELECT id, coalesce(n, 0) FROM a");
        assert_eq!(all.len(), 4);
    }

    #[test]
    fn tables_are_named_in_the_order_they_are_created() {
        assert_eq!(tables(SQL).unwrap(), ["a_b"]);
    }

    #[test]
    fn a_table_that_refers_to_itself_is_rebuilt_referring_to_its_new_shape() {
        let sql = "REBUILD TABLE a (id TEXT PRIMARY KEY, induk TEXT REFERENCES a (id), lain TEXT REFERENCES ab (id)) COPY (id) FROM (id)";
        let all = statements(sql, Engine::Postgres).unwrap();
        assert!(all[0].contains("REFERENCES a_baru (id)") && all[0].contains("REFERENCES ab (id)"), "{}", all[0]);
    }

    #[test]
    fn two_words_are_one_type_only_with_nothing_but_blanks_between_them() {
        let turned =
            |between: &str| statements(&format!("UPDATE a SET x = DOUBLE{between}PRECISION"), Engine::Sqlite).unwrap().remove(0);
        assert_eq!(turned(" -- two\n -- words\n "), "UPDATE a SET x = REAL");
        assert_eq!(turned(","), "UPDATE a SET x = DOUBLE,PRECISION");
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_stands_in_quotes_reaches_both_engines_unchanged(text in "[^'\0]{0,40}", before in "[a-z_ ,()0-9]{0,20}") {
            let sql = format!("INSERT INTO a {before} VALUES ('{text}', 'it''s -- ; BIGINT')");
            for engine in [Engine::Sqlite, Engine::Postgres] {
                let all = statements(&sql, engine).unwrap();
                proptest::prop_assert_eq!(all.len(), 1);
                let tail = format!("VALUES ('{text}', 'it''s -- ; BIGINT')");
                proptest::prop_assert!(all[0].ends_with(&tail), "{}", all[0]);
            }
        }

        #[test]
        fn any_text_is_taken_or_refused_by_both_engines_alike(sql in "\\PC{0,200}") {
            let (lite, post) = (statements(&sql, Engine::Sqlite), statements(&sql, Engine::Postgres));
            proptest::prop_assert_eq!(lite.is_ok(), post.is_ok(), "{:?} {:?}", lite, post);
            if let (Ok(lite), Ok(post)) = (lite, post) {
                proptest::prop_assert_eq!(lite.len(), post.len());
                proptest::prop_assert!(lite.iter().chain(&post).all(|one| !one.trim().is_empty()));
            }
        }

        #[test]
        fn of_what_a_migration_says_only_the_types_change(
            begin in proptest::sample::select(&["INSERT INTO a ", "UPDATE a SET ", "CREATE INDEX b ON a ", "ALTER TABLE a ADD COLUMN b "]),
            parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..40),
        ) {
            let sql = format!("{begin}{}", parts.concat());
            let Ok(said) = tokenize(&sql) else { return Ok(()) };
            for engine in [Engine::Sqlite, Engine::Postgres] {
                // A second statement may begin with anything, and is then refused.
                let Ok(all) = statements(&sql, engine) else { continue };
                let written = tokenize(&all.join(" ; ")).unwrap();
                let kept = |tokens: &[Token]| -> Vec<Token> {
                    let known = |token: &&Token| match token {
                        Token::Word(word) => !TYPES.contains(&word.to_uppercase().as_str()),
                        // What orders a text is added.
                        Token::Quoted(quoted) => quoted != "\"C\"",
                        Token::Sign(sign) => *sign != ';',
                        Token::Space => false,
                    };
                    tokens.iter().filter(known).cloned().collect()
                };
                proptest::prop_assert_eq!(kept(&written), kept(&said), "{:?}: {:?}", engine, all);
                if engine == Engine::Sqlite {
                    let foreign = |token: &Token| matches!(token, Token::Word(word) if ["BIGINT", "BOOLEAN", "BYTEA"].contains(&word.to_uppercase().as_str()));
                    proptest::prop_assert!(!written.iter().any(foreign), "{:?}", all);
                }
            }
        }
    }

    /// What migrations are made of, and what could confuse the reader of one.
    const PARTS: &[&str] = &[
        " ",
        "\n",
        ",",
        "(",
        ")",
        ";",
        "=",
        "-",
        "-- BIGINT; '\n",
        "'BIGINT; --'",
        "'it''s'",
        "\"DOUBLE\"",
        "BIGINT",
        "bytea",
        "Boolean",
        "DOUBLE",
        "PRECISION",
        "TEXT",
        "nama",
        "_n1",
        "DOUBLE PRECISION",
        "NULL",
        "UPDATE x SET ",
        "é",
    ];
    /// What is a type in one dialect or the other, and what is added to a text on PostgreSQL.
    const TYPES: [&str; 10] = ["BIGINT", "BOOLEAN", "BYTEA", "DOUBLE", "PRECISION", "INTEGER", "BLOB", "REAL", "TEXT", "COLLATE"];
}
