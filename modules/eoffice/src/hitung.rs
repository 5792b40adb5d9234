//! Counts per OPD, month and kind, kept with every act so that statistics count nothing when they are read.

pub(crate) mod mingguan;
pub(crate) mod pages;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Moment};

praja_kernel::words! {
    /// What is counted.
    pub enum Jenis ("jenis hitungan") {
        /// Letters registered, by month of receipt.
        Masuk => "masuk", "Surat dicatat";
        /// Hours from registration to the first order, by month of registration.
        Disposisi => "disposisi", "Jam sampai disposisi";
        /// Hours from the first order to the end, by month of registration.
        Selesai => "selesai", "Jam sampai selesai";
        /// Letters sent on or given back, by month of registration.
        SalahAlamat => "salah_alamat", "Salah alamat";
    }
}

/// "2026-11".
pub(crate) fn bulan(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

/// Whole hours between two moments, none below zero.
pub(crate) fn jam(from: Moment, to: Moment) -> i64 {
    ((to.ms() - from.ms()) / 3_600_000).max(0)
}

/// The middle value of a histogram of (value, how often); none of an empty one. Of an even number the lower middle.
pub(crate) fn median(histogram: &[(i64, i64)]) -> Option<i64> {
    let total: i64 = histogram.iter().map(|(_, count)| count).sum();
    let mut sorted = histogram.to_vec();
    sorted.sort_unstable();
    let mut seen = 0;
    sorted
        .into_iter()
        .find(|(_, count)| {
            seen += count;
            *count > 0 && seen * 2 >= total
        })
        .map(|(value, _)| value)
}

/// "5 jam", "2 hari 3 jam", "12 hari".
pub(crate) fn lama(jam: i64) -> String {
    match (jam / 24, jam % 24) {
        (0, 0) => "kurang dari 1 jam".to_owned(),
        (0, jam) => format!("{jam} jam"),
        (hari, 0) => format!("{hari} hari"),
        (hari @ 10.., _) => format!("{hari} hari"),
        (hari, jam) => format!("{hari} hari {jam} jam"),
    }
}
