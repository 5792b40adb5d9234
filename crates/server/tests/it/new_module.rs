//! `scripts/new-module` on a copy of what it touches: what it lays out is complete, and the workspace knows about it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::{
    source,
    tree::{files, root},
};

/// What the script reads or changes.
const TOUCHED: [&str; 5] = ["Cargo.toml", "installer/Cargo.toml", "crates/server/Cargo.toml", "crates/server/src", "scripts"];

/// A copy in cargo's folder for tests, made anew.
fn copy(name: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&to);
    for touched in TOUCHED.iter().chain(&["modules/eoffice/clippy.toml"]) {
        let from = root().join(touched);
        let all = if from.is_dir() { files(touched, &["rs", "tmpl"]) } else { vec![PathBuf::from(touched)] };
        for path in all {
            fs::create_dir_all(to.join(&path).parent().expect("a file has a folder")).expect("the copy can be made");
            fs::copy(root().join(&path), to.join(&path)).expect("the copy can be made");
        }
    }
    fs::copy(root().join("scripts/new-module"), to.join("scripts/new-module")).expect("the script is there");
    to
}

fn run(at: &Path, words: &[&str]) -> Output {
    Command::new(at.join("scripts/new-module")).args(words).output().expect("bash runs the script")
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

#[test]
fn a_new_module_is_complete_and_known_to_the_workspace() {
    let at = copy("new-module");
    let output = run(&at, &["hibah", "proposal"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));

    let laid_out = [
        "README.md",
        "Cargo.toml",
        "build.rs",
        "clippy.toml",
        "src/lib.rs",
        "src/proposal.rs",
        "src/proposal/store.rs",
        "src/proposal/pages.rs",
        "src/proposal/tests.rs",
        "migrations/0001-proposal.sql",
        "demo/proposal.yaml",
    ];
    for name in laid_out {
        let content = text(&at.join("modules/hibah").join(name));
        assert!(
            !content.contains("{{modul") && !content.contains("{{noun") && !content.contains("{{tabel"),
            "{name}: a word was not filled in"
        );
        assert!(!content.contains("eoffice"), "{name} speaks of e-Office");
    }
    let table = text(&at.join("modules/hibah/migrations/0001-proposal.sql"));
    assert!(table.contains("CREATE TABLE hibah_proposal ("));
    for touched in ["Cargo.toml", "installer/Cargo.toml", "crates/server/Cargo.toml"] {
        let (before, after) = (text(&root().join(touched)), text(&at.join(touched)));
        assert_eq!(before.matches("eoffice").count() > 0, after.contains("hibah"), "{touched} does not know the module");
    }
    let mentions = |folder: &Path, id: &str| {
        files("crates/server/src", &["rs"])
            .iter()
            .filter(|path| source::parse(&text(&folder.join(path))).code.contains(id))
            .count()
    };
    assert_eq!(mentions(&root(), "praja_eoffice::"), mentions(&at, "praja_hibah::"), "the server's list lacks the module");
}

#[test]
fn a_name_that_cannot_be_a_module_is_refused_and_nothing_is_written() {
    let at = copy("new-module-refused");
    for words in [&["Hibah"][..], &["dana-hibah"], &["kernel"], &["hibah", "Proposal"], &["1a"]] {
        assert!(!run(&at, words).status.success(), "{words:?} was taken");
    }
    assert_eq!(fs::read_dir(at.join("modules")).expect("it was copied").count(), 1);
}
