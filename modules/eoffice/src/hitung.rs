//! Counts per OPD, month and kind, kept with every act so that statistics count nothing when they are read.

pub(crate) mod gambar;
pub(crate) mod mingguan;
pub(crate) mod pages;
pub(crate) mod saringan;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Moment};

praja_kernel::words! {
    /// What is counted.
    pub enum Jenis ("jenis hitungan") {
        /// Letters registered, by month of receipt.
        Masuk => "masuk", "Surat dicatat";
        /// Letters of old books that were imported, by month of receipt.
        Impor => "impor", "Surat diimpor";
        /// Hours from registration to the first desk, by month of registration.
        Arahan => "arahan", "Jam sampai diarahkan";
        /// Hours on that desk until the first order, by month of registration.
        Meja => "meja", "Jam di meja sampai disposisi";
        /// Hours from registration to the first order, by month of registration.
        Disposisi => "disposisi", "Jam sampai disposisi";
        /// Hours from the first order to the end, by month of registration.
        Selesai => "selesai", "Jam sampai selesai";
        /// Letters sent on or given back, by month of registration.
        SalahAlamat => "salah_alamat", "Salah alamat";
        /// Naskah handed on for initials and signature, each time anew.
        Diajukan => "diajukan", "Naskah diajukan";
        /// Naskah sent back to their writers.
        Dikembalikan => "dikembalikan", "Naskah dikembalikan";
        /// Naskah that were signed, by the month of their date.
        Keluar => "keluar", "Naskah ditandatangani";
    }
}

/// "2026-11".
pub(crate) fn bulan(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

/// Whole hours between two moments, none below zero. Beyond three days only every sixth is told apart, beyond thirty only days: nobody
/// reads more from a median, and a year of a whole regency stays a short list.
pub(crate) fn jam(from: Moment, to: Moment) -> i64 {
    match ((to.ms() - from.ms()) / 3_600_000).max(0) {
        jam @ 0..=72 => jam,
        jam @ 73..=720 => jam / 6 * 6,
        jam => jam / 24 * 24,
    }
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
