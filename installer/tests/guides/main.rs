//! Every command of docs/panduan is run, in the order of its page; what a guide shows is what the program says.
//!
//! What is replaced and what cannot be run stands in `table.rs`. A command that the table does not know makes this fail.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test may stop at once, and counts aloud what it left out

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod page;
mod peers;
mod reader;
mod scene;
mod table;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use page::Part;
use peers::Peers;
use scene::Scene;
use table::Way;

/// Every guide, by its name.
fn pages() -> Vec<(String, String)> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/panduan"));
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut pages: Vec<(String, String)> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    pages.sort();
    assert!(pages.len() > 10, "the guides were moved: {pages:?}");
    pages
}

#[test]
fn every_command_of_the_guides_runs_and_answers_what_they_show() {
    let only = std::env::var("PRAJA_GUIDE").ok();
    let mut count = Count::default();
    for (name, text) in pages() {
        if only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            Walk::new(&name).go(&text, &mut count);
        }
    }
    let Count { run, compared, cannot, left, failed, .. } = &count;
    println!("guides: {run} commands run, {compared} answers compared, {} cannot be run here:", cannot.len());
    for line in cannot {
        println!("  {line}");
    }
    if !left.is_empty() {
        common::skipped(
            "commands of the guides",
            &format!("{} commands need the servers of the group panduan (PostgreSQL, S3)", left.len()),
        );
    }
    assert!(failed.is_empty(), "{} faults in the guides:\n{}", failed.len(), failed.join("\n"));
    assert!(only.is_some() || (*run > 30 && *compared > 10), "hardly anything was run: {run}, {compared}");
}

#[test]
fn every_option_the_guides_name_is_one_of_the_program() {
    let scene = &mut Scene::new();
    for command in [
        "try",
        "assess",
        "serve",
        "status",
        "audit verify",
        "audit anchor",
        "backup create",
        "backup verify",
        "backup restore",
        "backup list",
        "backup drill",
        "recovery-sheet",
        "doctor",
        "config set",
        "support-bundle",
        "admin link",
        "install",
        "uninstall",
        "dokumen verify",
    ] {
        scene.run(&format!("praja {command} --help"), &[0]).unwrap();
    }
    let known: BTreeSet<&str> =
        scene.said.split(|c: char| c.is_whitespace() || c == ',').filter(|word| word.starts_with("--")).collect();
    for (name, text) in pages() {
        for (line, part) in page::parts(&text) {
            let Part::Option(option) = part else { continue };
            assert!(known.contains(option.as_str()), "{name}:{line}: no command has {option}; there are {known:?}");
        }
    }
}

/// Guides that name what officers press; each name must stand in the program's source as it is written.
const PRESSED: &[&str] = &["tata-usaha.md", "pimpinan.md", "sekretaris.md", "pegawai.md"];

#[test]
fn every_button_and_menu_the_guides_of_officers_name_stands_in_the_program() {
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut source = String::new();
    for part in ["crates", "modules"] {
        words_of_program(&root.join(part), &mut source);
    }
    let mut named = 0;
    for (name, text) in pages().iter().filter(|(name, _)| PRESSED.contains(&name.as_str())) {
        for (n, line) in text.lines().enumerate() {
            for label in line.split("**").skip(1).step_by(2).map(|label| label.trim_end_matches(" …")) {
                if label.starts_with(char::is_uppercase) && !label.ends_with('.') {
                    named += 1;
                    assert!(source.contains(label), "{name}:{}: nothing in the program is called \"{label}\"", n + 1);
                }
            }
        }
    }
    assert!(named > 80, "the guides name only {named} things to press");
}

/// Rust source without tests.
fn words_of_program(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("tests") && !path.ends_with("target") {
            words_of_program(&path, all);
        } else if path.extension().is_some_and(|end| end == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[derive(Default)]
struct Count {
    run: usize,
    compared: usize,
    cannot: Vec<String>,
    left: Vec<String>,
    failed: Vec<String>,
}

/// One reader of one page.
struct Walk<'n> {
    page: &'n str,
    scene: Scene,
    peers: Peers,
    /// Answers to compare when the page has ended, for the last of them come with Ctrl-C.
    shown: Vec<(usize, String)>,
}

impl<'n> Walk<'n> {
    fn new(page: &'n str) -> Self {
        Self { page, scene: Scene::new(), peers: Peers::new(), shown: Vec::new() }
    }

    fn go(mut self, text: &str, count: &mut Count) {
        if table::BEGIN_WITH_A_BOX.contains(&self.page) {
            self.scene.serve("praja try").unwrap();
            self.scene.stop("praja-box");
        }
        for (line, part) in page::parts(text) {
            let done = match part {
                Part::Command(command) => self.command(&command, line, count),
                Part::Answer(text) => self.answer(line, text),
                Part::Settings(text) => self.settings(&text, count),
                Part::Option(_) => Ok(()),
                Part::Unknown(language) => Err(format!("a block of \"{language}\" is known to no rule")),
            };
            if let Err(fault) = done {
                count.failed.push(format!("{}:{line}: {fault}", self.page));
            }
        }
        self.scene.end();
        for (line, shown) in &self.shown {
            match compare::stands_in(shown, &self.scene.said) {
                Ok(()) => count.compared += 1,
                Err(passage) => count.failed.push(format!("{}:{line}: no command says {passage:?}", self.page)),
            }
        }
        if std::env::var_os("PRAJA_GUIDE_SAID").is_some() {
            println!("=== {}\n{}", self.page, self.scene.said);
        }
    }

    fn command(&mut self, typed: &str, line: usize, count: &mut Count) -> Result<(), String> {
        let Some(way) = table::way(self.page, typed) else { return Err(format!("`{typed}` is not in the table of this test")) };
        let at = format!("{}:{line}: {typed}", self.page);
        let postgres = matches!(way, Way::Postgres | Way::PostgresServes | Way::S3);
        if let Way::Cannot(why) = way {
            count.cannot.push(format!("{at} ({why})"));
            return Ok(());
        }
        if (postgres && !self.peers.has_postgres()) || (way == Way::S3 && !self.peers.has_s3()) {
            count.left.push(at);
            return Ok(());
        }
        reader::before(&mut self.scene, &mut self.peers, self.page, typed)?;
        let command = self.swapped(typed);
        match way {
            Way::Serves | Way::PostgresServes => self.scene.serve(&command)?,
            Way::Judges => self.scene.run(&command, &[0, 10, 20, 30])?,
            Way::Refuses(code) => self.scene.run(&command, &[code])?,
            Way::Named => self.scene.run(&format!("{command} --help"), &[0])?,
            _ => self.scene.run(&command, &[0])?,
        }
        reader::after(&mut self.scene, &mut self.peers, self.page, typed)?;
        count.run += 1;
        Ok(())
    }

    fn answer(&mut self, line: usize, text: String) -> Result<(), String> {
        let here = |page: &str, begin: &str| page == self.page && text.starts_with(begin);
        if table::NOT_PRINTED.iter().any(|(page, begin, _)| here(page, begin)) {
            return Ok(());
        }
        if let Some((_, _, command, codes)) = table::ANSWERED_BY.iter().find(|(page, begin, ..)| here(page, begin)) {
            self.scene.run(command, codes)?;
        }
        self.shown.push((line, text));
        Ok(())
    }

    fn settings(&mut self, text: &str, count: &mut Count) -> Result<(), String> {
        let rule = table::SETTINGS.iter().find(|(page, begin, ..)| *page == self.page && text.starts_with(begin));
        let Some((_, _, file, then)) = rule else {
            return Err(format!("these settings are not in the table of this test:\n{text}"));
        };
        let text = self.swapped(text);
        if let Some(command) = then {
            self.scene.add(file, &text);
            self.scene.serve(command)?;
        } else {
            reader::takes(&self.scene, &text)?;
            if !file.is_empty() {
                self.scene.add(file, &text);
            }
        }
        count.run += 1;
        Ok(())
    }

    /// What is typed here in the place of what the guide writes.
    fn swapped(&mut self, typed: &str) -> String {
        let mut text = typed.to_owned();
        for (page, from, to) in table::SWAPS {
            if *page == self.page && text.contains(from) {
                text = text.replace(from, to);
            }
        }
        if text.contains("{porta}") {
            text = text.replace("{porta}", &common::free_port().to_string());
        }
        if text.contains("{cadangan}") {
            text = text.replace("{cadangan}", &self.scene.backup());
        }
        let folder = self.scene.path("").display().to_string();
        self.peers.fill(&text.replace("{folder}", folder.trim_end_matches('/')))
    }
}
