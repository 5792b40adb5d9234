//! Rebuilds the crate when an embedded migration or demo file changes: `include_dir!` alone does not tell cargo.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=latihan");
    println!("cargo:rerun-if-changed=../../config-templates/perizinan");
}
