//! The workspace as cargo and the disk show it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// One package of the workspace.
pub struct Package {
    /// Name in Cargo.toml, such as `praja-kernel`.
    pub name: String,
    /// Folder relative to the root, such as `crates/kernel`.
    pub folder: String,
    /// Everything it names under `[dependencies]` and `[build-dependencies]`, dev-dependencies left out.
    pub uses: Vec<Dependency>,
}

/// A line under `[dependencies]`.
pub struct Dependency {
    /// The package it comes from, such as `serde-saphyr`.
    pub package: String,
    /// The name by which sources call it, such as `serde_yaml`.
    pub word: String,
}

impl Package {
    /// Whether this is a service module.
    pub fn is_module(&self) -> bool {
        self.folder.starts_with("modules/")
    }

    /// Its own Rust sources, without tests and build script, relative to the root.
    pub fn sources(&self) -> Vec<PathBuf> {
        files(&format!("{}/src", self.folder), &["rs"]).into_iter().filter(|path| !is_test(path)).collect()
    }

    /// The files of its tests.
    pub fn tests(&self) -> Vec<PathBuf> {
        let beside = files(&format!("{}/src", self.folder), &["rs"]).into_iter().filter(|path| is_test(path));
        let folder = format!("{}/tests", self.folder);
        let apart = if root().join(&folder).is_dir() { files(&folder, &["rs"]) } else { Vec::new() };
        beside.chain(apart).collect()
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the crate lies two folders below the root")
}

/// Every package of the workspace, read from its Cargo.toml without touching the network.
pub fn packages() -> Vec<Package> {
    let root = root();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--no-deps", "--format-version", "1"])
        .current_dir(&root)
        .output()
        .expect("cargo runs these tests, so it can be started");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON");
    list(&metadata["packages"]).iter().map(|package| read_package(&root, package)).collect()
}

fn read_package(root: &Path, package: &Value) -> Package {
    let manifest = Path::new(text(&package["manifest_path"]));
    let folder = manifest.parent().and_then(|folder| folder.strip_prefix(root).ok()).expect("members lie below the root");
    let uses = list(&package["dependencies"]).iter().filter(|one| one["kind"] != "dev").map(|one| Dependency {
        package: text(&one["name"]).to_owned(),
        word: one["rename"].as_str().unwrap_or(text(&one["name"])).replace('-', "_"),
    });
    Package { name: text(&package["name"]).to_owned(), folder: folder.display().to_string(), uses: uses.collect() }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("cargo metadata has a list here")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo metadata has a text here")
}

/// The files below a folder that end in one of `endings`, relative to the root, sorted. A missing folder is empty.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let root = root();
    let mut found = Vec::new();
    let mut left = vec![root.join(folder)];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("a folder of the source tree can be read").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                // Built things and what npm fetched are not ours.
                if !matches!(name.as_str(), "target" | "node_modules") && !name.starts_with('.') {
                    left.push(path);
                }
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                found.push(path.strip_prefix(&root).expect("found below the root").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

/// The text of a file named relative to the root.
pub fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// Whether a source file holds only tests: `tests.rs`, or anything below a folder `tests`.
pub fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

/// Packages, and files on which other tests of this folder rely, are really found.
#[test]
fn the_workspace_is_read_as_it_lies_on_disk() {
    let packages = packages();
    let kernel = packages.iter().find(|one| one.name == "praja-kernel").expect("the kernel is a member");
    assert_eq!(kernel.folder, "crates/kernel");
    assert!(kernel.sources().iter().any(|path| path.ends_with("crates/kernel/src/lib.rs")));
    assert!(packages.iter().any(Package::is_module));
}
