//! Rebuilds the program when the embedded templates change, notes the day it was built for, and packs its addresses where that can be read.

#![allow(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]

use std::process::Command;

/// 1 January 2026 00:00 WIB: the day noted when the builder names none, so that two builds of one source are equal.
const DEFAULT_EPOCH: &str = "1767200400";

/// The first GNU C library whose loader reads packed relative relocations (`DT_RELR`).
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").unwrap_or_else(|_| DEFAULT_EPOCH.to_owned());
    let seconds: i64 = epoch.trim().parse().expect("SOURCE_DATE_EPOCH is a number of seconds");
    println!("cargo::rustc-env=PRAJA_BUILD_SECONDS={seconds}");
    println!("cargo::rerun-if-env-changed=SOURCE_DATE_EPOCH");
    println!("cargo::rerun-if-changed=../config-templates");
    println!("cargo::rustc-check-cfg=cfg(packed)");
    // The profile's `strip` does not reach a package with a level of its own.
    if told("PROFILE") == "release" && told("CARGO_CFG_TARGET_OS") == "linux" {
        println!("cargo::rustc-link-arg-bins=-Wl,-s");
    }
    // 140,000 addresses of a program that may lie anywhere take 24 bytes each otherwise: 3.3 MiB of the file (ADR 0039).
    if released_for_this_machine() && gnu_libc().is_some_and(|version| version >= READS_PACKED) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
        println!("cargo::rustc-cfg=packed");
    }
}

/// Whether this is a release build for the kind of machine that builds it, with the GNU C library.
fn released_for_this_machine() -> bool {
    told("PROFILE") == "release"
        && told("TARGET") == told("HOST")
        && told("CARGO_CFG_TARGET_OS") == "linux"
        && told("CARGO_CFG_TARGET_ENV") == "gnu"
}

/// What cargo tells this script; empty where it does not.
fn told(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// The version of this machine's GNU C library; `None` where nobody can tell.
fn gnu_libc() -> Option<(u32, u32)> {
    let answer = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
