//! Schema files: their names, their order, and whose tables they make.

use std::path::Path;

use crate::tree::{files, packages, read};

/// Folder and table prefix of every package that keeps rows.
fn owners() -> Vec<(String, String)> {
    packages()
        .into_iter()
        .filter(|package| !files(&format!("{}/migrations", package.folder), &["sql"]).is_empty())
        .map(|package| {
            let id = package.folder.rsplit('/').next().unwrap_or_default().replace('-', "_");
            (format!("{}/migrations", package.folder), format!("{id}_"))
        })
        .collect()
}

#[test]
fn every_table_carries_the_name_of_its_crate_or_module() {
    let mut wrong = Vec::new();
    for (folder, prefix) in owners() {
        for path in files(&folder, &["sql"]) {
            for table in tables(&read(&path)) {
                if !table.starts_with(&prefix) {
                    wrong.push(format!("{}: {table} does not start with {prefix}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn migrations_are_numbered_without_gaps_and_named_for_a_noun() {
    let mut wrong = Vec::new();
    for (folder, _) in owners() {
        for (at, path) in files(&folder, &["sql"]).iter().enumerate() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let noun = name.strip_prefix(&format!("{:04}-", at + 1)).unwrap_or_default();
            let plain = noun.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-');
            if noun.is_empty() || !plain || path.parent() != Some(Path::new(&folder)) {
                wrong.push(format!("{}: expected {:04}-noun.sql", path.display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The tables a migration creates, changes, drops or indexes.
fn tables(sql: &str) -> Vec<String> {
    let plain: String = sql.lines().map(|line| line.split("--").next().unwrap_or_default().to_owned() + "\n").collect();
    plain.split(';').filter_map(|statement| table_of(&statement.split_whitespace().collect::<Vec<_>>())).collect()
}

fn table_of(words: &[&str]) -> Option<String> {
    let upper: Vec<_> = words.iter().map(|word| word.to_uppercase()).collect();
    let at = match upper.first()?.as_str() {
        "CREATE" if upper.iter().take(3).any(|word| word == "INDEX") => upper.iter().position(|word| word == "ON")? + 1,
        "CREATE" | "ALTER" | "DROP" => upper.iter().position(|word| word == "TABLE")? + 1,
        "INSERT" | "UPDATE" => upper.iter().position(|word| !["INSERT", "UPDATE", "INTO"].contains(&word.as_str()))?,
        _ => return None,
    };
    let name = at + upper[at..].iter().position(|word| !["IF", "NOT", "EXISTS", "ONLY"].contains(&word.as_str()))?;
    Some(words[name].split('(').next().unwrap_or_default().trim_matches('"').to_owned())
}

#[test]
fn tables_are_recognised_in_every_statement_a_migration_may_use() {
    let sql = "-- CREATE TABLE lain (x);\nCREATE TABLE IF NOT EXISTS eoffice_surat(id TEXT);\ncreate unique index i\n ON eoffice_surat (id);
        ALTER TABLE desk_tugas ADD COLUMN x TEXT; DROP INDEX lama; INSERT INTO desk_libur (a) VALUES (1);";
    assert_eq!(tables(sql), ["eoffice_surat", "eoffice_surat", "desk_tugas", "desk_libur"]);
}
