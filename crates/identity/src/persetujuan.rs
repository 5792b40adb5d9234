//! Consents of citizens and bodies: for what, to which text, and since when (UU 27/2022, Pasal 20 and 22).

pub(crate) mod store;

use std::sync::LazyLock;

use serde::Deserialize;

/// What may be consented to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tujuan {
    /// Permanent.
    pub(crate) kunci: String,
    /// Which text.
    pub(crate) versi: String,
    /// Short name.
    pub(crate) judul: String,
    /// The sentence that is agreed to.
    pub(crate) isi: String,
    /// Is the account impossible without it?
    pub(crate) wajib: bool,
}

impl Tujuan {
    /// What is stored: which purpose, in which words.
    pub(crate) fn teks(&self) -> String {
        format!("{}: {}", self.versi, self.isi)
    }
}

/// Everything that may be consented to, in the order of the file.
pub(crate) static SEMUA: LazyLock<Vec<Tujuan>> = LazyLock::new(|| {
    let text = include_str!("../../../config-templates/identity/persetujuan.yaml");
    serde_yaml::from_str(text).expect("the embedded list of consents is read by a test")
});

/// The purpose of this name.
pub(crate) fn tujuan(kunci: &str) -> Option<&'static Tujuan> {
    SEMUA.iter().find(|one| one.kunci == kunci)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read_names_each_purpose_once_and_has_one_that_is_needed() {
        let mut names: Vec<&str> = SEMUA.iter().map(|one| one.kunci.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SEMUA.len());
        assert!(SEMUA.iter().any(|one| one.wajib) && SEMUA.iter().any(|one| !one.wajib));
        assert!(tujuan("layanan").is_some_and(|one| one.wajib) && tujuan("lain").is_none());
    }
}
