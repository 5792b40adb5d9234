//! The first page a stranger reads.

use std::path::Path;

use crate::tree::{read, root};

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read(Path::new("README.md"));
    for command in ["cargo run --release -- try", "scripts/test"] {
        assert!(readme.contains(command), "README.md does not name `{command}`");
    }
}

#[test]
fn every_script_the_readme_could_name_is_there_and_can_be_run() {
    use std::os::unix::fs::PermissionsExt;
    for script in ["scripts/test", "scripts/new-module", ".ci/run"] {
        let about = root().join(script).metadata().unwrap_or_else(|cause| panic!("{script}: {cause}"));
        assert!(about.permissions().mode() & 0o111 != 0, "{script} is not executable");
    }
}

#[test]
fn the_licence_is_the_whole_apache_text() {
    let licence = read(Path::new("LICENSE"));
    assert!(licence.contains("Apache License") && licence.contains("END OF TERMS AND CONDITIONS"));
}
