//! Where SQL may stand: in a noun's `store.rs` or, where that grew, in the files of its folder `store`, and in the crate `store`.

use std::path::Path;

use crate::{
    source,
    tree::{packages, read},
};

const VERBS: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "CREATE TABLE", "DROP TABLE"];

#[test]
fn no_sql_stands_outside_a_store_file() {
    let mut wrong = Vec::new();
    for package in packages().iter().filter(|one| !matches!(one.folder.as_str(), "crates/store" | "crates/testkit")) {
        for path in package.sources().iter().filter(|path| !is_store(path)) {
            for literal in source::parse(&read(path)).literals {
                if is_sql(&literal.text) {
                    wrong.push(format!(
                        "{}:{}: {}",
                        path.display(),
                        literal.line,
                        literal.text.lines().next().unwrap_or_default()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "SQL belongs into a store.rs: {wrong:#?}");
}

fn is_store(path: &Path) -> bool {
    path.ends_with("store.rs") || path.parent().is_some_and(|folder| folder.ends_with("store"))
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    VERBS.iter().any(|verb| text.strip_prefix(verb).is_some_and(|rest| rest.starts_with(char::is_whitespace)))
}

#[test]
fn a_sentence_is_not_taken_for_sql() {
    assert!(is_sql("\n  SELECT id FROM eoffice_surat"));
    assert!(!is_sql("Select a letter") && !is_sql("SELECTED"));
}
