//! A program that serves gives memory back to the system as soon as nobody uses it: docs/adr/0035.

use std::{env, os::unix::process::CommandExt, path::Path, process::Command};

/// How many milliseconds the allocator keeps what was freed. It reads this before `main` begins, so only an environment can say it; and it
/// looks at what is due no sooner than a further large block is freed, which on a quiet server may be never.
const DELAY: &str = "MIMALLOC_PURGE_DELAY";

/// Begins this program anew in the same process, with the delay set to nothing. Whoever has set it has decided.
pub(crate) fn at_once() {
    if env::var_os(DELAY).is_some() {
        return;
    }
    // Begun by naming the loader: then it is the loader that would be begun.
    if env::current_exe().is_ok_and(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ld-"))) {
        return;
    }
    let mut all = env::args_os();
    let Some(name) = all.next() else { return };
    let words: Vec<_> = all.collect();
    // By its own path first, so that lists of processes call it praja; by the kernel's when that file was replaced meanwhile. Both only come
    // back when the system refuses: then it serves as it is.
    let anew = |program: &Path| drop(Command::new(program).arg0(&name).args(&words).env(DELAY, "0").exec());
    if let Ok(path) = env::current_exe() {
        anew(&path);
    }
    anew(Path::new("/proc/self/exe"));
}
