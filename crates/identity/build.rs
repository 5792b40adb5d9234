//! Rebuilds the crate when an embedded migration or the demo data change.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=demo");
}
