//! Rebuilds the program when the embedded templates change, and notes the day it was built for.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]

/// 1 January 2026 00:00 WIB: the day noted when the builder names none, so that two builds of one source are equal.
const DEFAULT_EPOCH: &str = "1767200400";

fn main() {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").unwrap_or_else(|_| DEFAULT_EPOCH.to_owned());
    let seconds: i64 = epoch.trim().parse().expect("SOURCE_DATE_EPOCH is a number of seconds");
    println!("cargo::rustc-env=PRAJA_BUILD_SECONDS={seconds}");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo::rerun-if-changed=../config-templates");
}
