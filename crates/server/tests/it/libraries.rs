//! The libraries on which Praja is built on purpose: named by a package, and really called.

use std::collections::BTreeMap;

use crate::{
    source,
    tree::{packages, read},
};

/// Name in the sources, and the package it comes from.
const CHOSEN: [(&str, &str); 8] = [
    ("clap", "clap"),
    ("tokio", "tokio"),
    ("rusqlite", "rusqlite"),
    ("actix_web", "actix-web"),
    ("include_dir", "include_dir"),
    ("dialoguer", "dialoguer"),
    ("serde_yaml", "serde-saphyr"),
    ("indicatif", "indicatif"),
];

#[test]
fn the_chosen_libraries_are_direct_dependencies_and_are_called() {
    let mut calls: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in packages() {
        let named: Vec<_> = CHOSEN
            .iter()
            .filter(|(word, from)| package.uses.iter().any(|one| one.package == *from && one.word == *word))
            .collect();
        for path in package.sources() {
            let code = source::parse(&read(&path)).code;
            for (word, _) in named.iter().filter(|(word, _)| calls_library(&code, word)) {
                calls.entry(word).or_default().push(path.display().to_string());
            }
        }
    }
    let missing: Vec<_> = CHOSEN.iter().filter(|(word, _)| !calls.contains_key(word)).collect();
    assert!(missing.is_empty(), "no package both names and calls: {missing:?}");
}

/// Whether the code says `word::` as a path of its own, in a `use` or in place.
fn calls_library(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().last();
        let after = &code[at + word.len()..];
        !before.is_some_and(|one| one.is_alphanumeric() || one == '_') && (after.starts_with("::") || after.starts_with('!'))
    })
}

#[test]
fn a_longer_name_is_not_a_call() {
    assert!(calls_library("use clap::Parser;", "clap"));
    assert!(!calls_library("fn my_clap() {} clap_mangen::x(); clap();", "clap"));
}
