//! The types that come with the program: where a regency begins, never what it must offer.

use include_dir::{Dir, include_dir};

use super::{Jenis, baca};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../config-templates/perizinan");

/// Their names and texts, in the order of names.
pub(crate) fn files() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<_> = SHIPPED
        .files()
        .filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)))
        .filter(|(name, _)| name.ends_with(".yaml"))
        .collect();
    all.sort_unstable();
    all
}

/// Every one of them.
pub(crate) fn all() -> Vec<Jenis> {
    files().into_iter().map(|(_, yaml)| baca::read(yaml).expect("every shipped type is read in a test")).collect()
}
