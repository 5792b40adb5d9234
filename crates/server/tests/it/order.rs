//! Who may use whom: the list of `docs/architecture.md`, section 1.

use crate::tree::{Package, packages};

/// Each package may use only what stands above it. `modules/*` stands for every service module.
const ORDER: [&str; 12] = [
    "crates/kernel",
    "crates/store",
    "crates/module",
    "crates/web",
    "crates/identity",
    "crates/desk",
    "modules/*",
    "crates/documents",
    "crates/deploy",
    "crates/release",
    "crates/server",
    "installer",
];

/// Test help stands outside the list: it uses kernel to desk, and only tests use it.
const TESTKIT: &str = "crates/testkit";

fn rank(folder: &str) -> usize {
    let name = if folder.starts_with("modules/") { "modules/*" } else { folder };
    ORDER.iter().position(|one| *one == name).unwrap_or_else(|| panic!("{folder} has no place in the order; give it one"))
}

/// Every ordinary dependency between two packages of the workspace.
fn links(packages: &[Package]) -> impl Iterator<Item = (&Package, &Package)> {
    packages.iter().flat_map(move |from| {
        from.uses.iter().filter_map(move |one| Some((from, packages.iter().find(|to| to.name == one.package)?)))
    })
}

#[test]
fn each_crate_uses_only_what_stands_above_it() {
    let packages = packages();
    let wrong: Vec<_> = links(&packages)
        .filter(|(from, to)| {
            let limit = if from.folder == TESTKIT { rank("crates/desk") + 1 } else { rank(&from.folder) };
            to.folder != TESTKIT && rank(&to.folder) >= limit
        })
        .map(|(from, to)| format!("{} uses {}", from.folder, to.folder))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_server_names_a_module() {
    let packages = packages();
    let wrong: Vec<_> = links(&packages)
        .filter(|(from, to)| to.is_module() && from.folder != "crates/server")
        .map(|(from, to)| format!("{} uses {}; modules meet through ports and events", from.folder, to.folder))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_is_an_optional_part_of_the_server_under_its_own_name() {
    let packages = packages();
    let manifest = crate::tree::read(std::path::Path::new("crates/server/Cargo.toml"));
    for module in packages.iter().filter(|one| one.is_module()) {
        let id = module.folder.trim_start_matches("modules/");
        assert_eq!(module.name, format!("praja-{id}"), "a folder is its package without praja-");
        let feature = format!("{id} = [\"dep:{}\"]", module.name);
        assert!(manifest.contains(&feature), "crates/server/Cargo.toml lacks the feature {feature}");
    }
}

#[test]
fn only_tests_use_testkit() {
    let packages = packages();
    let wrong: Vec<_> = links(&packages).filter(|(_, to)| to.folder == TESTKIT).map(|(from, _)| &from.folder).collect();
    assert!(wrong.is_empty(), "testkit is an ordinary dependency of {wrong:?}");
}

#[test]
fn only_documents_links_typst() {
    for package in packages().iter().filter(|one| one.folder != "crates/documents") {
        let found = package.uses.iter().find(|one| one.package.starts_with("typst"));
        assert!(found.is_none(), "{} names typst; the renderer comes through a port", package.folder);
    }
}
