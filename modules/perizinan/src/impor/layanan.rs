//! Which service of ours an old name means. Pure.

use std::collections::BTreeSet;

use praja_kernel::{Id, fold};

use crate::jenis::Masa;

/// A service of ours that a licence may belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layanan {
    pub(crate) jenis: Id,
    pub(crate) kode: String,
    pub(crate) nama: String,
    pub(crate) masa: Masa,
}

/// Words that name no service: they stand in the name of nearly every one.
const COMMON: [&str; 10] =
    ["izin", "ijin", "surat", "keterangan", "rekomendasi", "dan", "baru", "perpanjangan", "permohonan", "untuk"];

fn words(nama: &str) -> BTreeSet<String> {
    let plain: String = fold(nama).chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    plain.split_whitespace().filter(|word| !COMMON.contains(word)).map(str::to_owned).collect()
}

/// The service that has exactly this name or code.
pub(crate) fn exact<'a>(all: &'a [Layanan], nama: &str) -> Option<&'a Layanan> {
    let wanted = fold(nama);
    all.iter().find(|one| fold(&one.nama) == wanted || fold(&one.kode) == wanted)
}

/// The service whose name shares most words, where at least half of them are shared; only a proposal that somebody confirms.
pub(crate) fn likely<'a>(all: &'a [Layanan], nama: &str) -> Option<&'a Layanan> {
    if let Some(one) = exact(all, nama) {
        return Some(one);
    }
    let wanted = words(nama);
    let shared = |one: &Layanan| {
        let own = words(&one.nama);
        (own.intersection(&wanted).count(), own.union(&wanted).count())
    };
    let best = all.iter().map(|one| (shared(one), one)).filter(|((same, all), _)| *same > 0 && same * 2 >= *all);
    best.max_by(|((a, x), _), ((b, y), _)| (a * y).cmp(&(b * x))).map(|(_, one)| one)
}
