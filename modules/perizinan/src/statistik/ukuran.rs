//! What is counted for the public, and which figures are sums of which. Pure.

use std::sync::LazyLock;

use super::{angka::KELAS, samar::Jumlahan};
use crate::{
    alur::Meja,
    permohonan::{AlasanLompat, AlasanTolak},
};

/// Received.
pub(crate) const MASUK: &str = "masuk";
/// Received from a proxy.
pub(crate) const KUASA: &str = "masuk:kuasa";
/// Received from whoever it is for.
pub(crate) const SENDIRI: &str = "masuk:sendiri";
/// Issued or refused.
pub(crate) const PUTUS: &str = "putus";
/// Issued.
pub(crate) const TERBIT: &str = "putus:terbit";
/// Refused.
pub(crate) const TOLAK: &str = "putus:tolak";
/// Decided, and never returned.
pub(crate) const UTUH: &str = "putus:utuh";
/// Decided, and returned at least once.
pub(crate) const PERNAH: &str = "putus:pernah-kembali";
/// Decided, with days that were counted.
pub(crate) const DIUKUR: &str = "diukur";
/// Decided without counted days: from the program before this one.
pub(crate) const TANPA: &str = "tanpa-hari";
/// Decided within the days promised.
pub(crate) const TEPAT: &str = "tepat";
/// Decided later.
pub(crate) const LAMBAT: &str = "lambat";
/// Acts of returning.
pub(crate) const KEMBALI: &str = "kembali";
/// Acts on a file out of its turn.
pub(crate) const LOMPAT: &str = "lompat";
/// Waits now.
pub(crate) const ANTRE: &str = "antre";
/// Half of those decided took no longer.
pub(crate) const MEDIAN: &str = "median";
/// Nine of ten took no longer.
pub(crate) const P90: &str = "p90";

/// Refused with this code.
pub(crate) fn tolak(kode: &str) -> String {
    let known = AlasanTolak::parse(kode).map_or("lain", AlasanTolak::as_str);
    format!("tolak:{known}")
}

/// Out of order with this code.
pub(crate) fn lompat(kode: AlasanLompat) -> String {
    format!("lompat:{}", kode.as_str())
}

/// Took days of this class.
pub(crate) fn hari(kelas: usize) -> String {
    format!("hari:{kelas}")
}

/// Waits at this desk.
pub(crate) fn antre(meja: Meja) -> String {
    format!("antre:{}", meja.as_str())
}

/// The codes of refusals as they are counted, with their words.
pub(crate) fn refusals() -> impl Iterator<Item = (String, &'static str)> {
    AlasanTolak::ALL.iter().map(|one| (tolak(one.as_str()), one.label())).chain(std::iter::once((tolak(""), "Alasan lain")))
}

/// A total by its name, and the names of its parts.
fn families() -> Vec<(&'static str, Vec<String>)> {
    let words = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    vec![
        (MASUK, words(&[KUASA, SENDIRI])),
        (PUTUS, words(&[TERBIT, TOLAK])),
        (PUTUS, words(&[UTUH, PERNAH])),
        (PUTUS, words(&[DIUKUR, TANPA])),
        (TOLAK, refusals().map(|(name, _)| name).collect()),
        (DIUKUR, words(&[TEPAT, LAMBAT])),
        (DIUKUR, (0..=KELAS.len()).map(hari).collect()),
        (LOMPAT, AlasanLompat::ALL.iter().map(|one| lompat(*one)).collect()),
        (ANTRE, Meja::ALL.iter().filter(|meja| **meja != Meja::Selesai).map(|meja| antre(*meja)).collect()),
    ]
}

/// Every figure by name; each total once, its parts beside it.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut all = vec![KEMBALI.to_owned()];
    for (total, parts) in families() {
        for name in std::iter::once(total.to_owned()).chain(parts) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
    }
    all
});

static SUMS: LazyLock<Vec<Jumlahan>> = LazyLock::new(|| {
    families()
        .into_iter()
        .map(|(total, parts)| Jumlahan {
            total: place(total).unwrap_or(0),
            bagian: parts.iter().filter_map(|name| place(name)).collect(),
        })
        .collect()
});

/// Every figure by name.
pub(crate) fn names() -> &'static [String] {
    &NAMES
}

/// Where a figure stands among them.
pub(crate) fn place(name: &str) -> Option<usize> {
    NAMES.iter().position(|known| known == name)
}

/// Which are sums of which, by places.
pub(crate) fn sums() -> &'static [Jumlahan] {
    &SUMS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_place_and_no_total_is_its_own_part() {
        let count = |(total, parts): &(&str, Vec<String>)| {
            assert!(place(total).is_some() && !parts.iter().any(|part| part == total || place(part).is_none()), "{total}");
            parts.len()
        };
        let declared: usize = families().iter().map(count).sum();
        assert_eq!(sums().iter().map(|one| one.bagian.len()).sum::<usize>(), declared);
    }

    #[test]
    fn an_unknown_code_of_a_refusal_is_counted_as_another_reason() {
        assert_eq!(tolak("kuota-habis"), "tolak:kuota-habis");
        assert_eq!(tolak("dari-aplikasi-lama"), "tolak:lain");
    }
}
