//! Files of a bank: how one is read is data (a profile), what each of its rows means is told before anything changes. Pure rules.

mod baca;
mod judge;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
pub(crate) mod write;

#[cfg(test)]
mod tests;

pub(crate) use baca::{Baris, read};
pub(crate) use judge::{Putusan, Temuan, judge};
use praja_kernel::{Id, Moment, Rupiah, words};
pub(crate) use refusal::{FileRefusal, Refusal};

/// At most so many rows in a file: one is read, judged and applied as a whole.
pub(crate) const MOST_ROWS: usize = 500;
/// Largest file.
pub(crate) const MAX_BYTES: u64 = 1 << 20;

words! {
    /// What stands between the columns.
    pub(crate) enum Pemisah ("pemisah kolom") {
        /// ;
        TitikKoma => "titik-koma", "Titik koma (;)";
        /// ,
        Koma => "koma", "Koma (,)";
        /// Tab.
        Tab => "tab", "Tab";
        /// |
        Garis => "garis", "Garis tegak (|)";
    }
}

impl Pemisah {
    pub(crate) const fn sign(self) -> u8 {
        match self {
            Self::TitikKoma => b';',
            Self::Koma => b',',
            Self::Tab => b'\t',
            Self::Garis => b'|',
        }
    }
}

words! {
    /// How days are written.
    pub(crate) enum BentukTanggal ("bentuk tanggal") {
        /// 30/11/2026
        Hbt => "hbt", "30/11/2026 atau 30-11-2026";
        /// 2026-11-30
        Tbh => "tbh", "2026-11-30 atau 2026/11/30";
        /// 11/30/2026
        Bht => "bht", "11/30/2026 (bulan di depan)";
        /// 20261130
        TbhRapat => "tbh-rapat", "20261130";
        /// 30112026
        HbtRapat => "hbt-rapat", "30112026";
    }
}

words! {
    /// How amounts are written.
    pub(crate) enum BentukAngka ("bentuk angka") {
        /// 1.500.000,00
        Indonesia => "indonesia", "1.500.000 atau 1.500.000,00";
        /// 1,500,000.00
        Inggris => "inggris", "1,500,000 atau 1,500,000.00";
    }
}

words! {
    /// What became of a file.
    pub(crate) enum Status ("keadaan berkas bank") {
        /// Read and judged; nothing changed yet.
        Diperiksa => "diperiksa", "Diperiksa, belum diterapkan";
        /// Its matching credits count.
        Diterapkan => "diterapkan", "Diterapkan";
        /// Put away unused.
        Dibuang => "dibuang", "Tidak dipakai";
    }
}

/// How a bank writes its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profil {
    pub(crate) id: Id,
    pub(crate) nama: String,
    pub(crate) pemisah: Pemisah,
    /// Lines before the table.
    pub(crate) lewati: i64,
    /// Does the table begin with the titles of its columns?
    pub(crate) judul: bool,
    /// Titles of columns, or their places from 1.
    pub(crate) kolom: Kolom,
    pub(crate) bentuk_tanggal: BentukTanggal,
    pub(crate) bentuk_angka: BentukAngka,
    pub(crate) oleh_nama: String,
    pub(crate) versi: i64,
}

/// Which column holds what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kolom {
    pub(crate) kode: String,
    pub(crate) jumlah: String,
    pub(crate) tanggal: String,
    /// May be empty: not every bank gives one.
    pub(crate) referensi: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Berkas {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) profil_nama: String,
    pub(crate) nama: String,
    /// SHA-256 of the file.
    pub(crate) sidik: String,
    pub(crate) status: Status,
    pub(crate) baris: i64,
    pub(crate) cocok: i64,
    pub(crate) nilai: Rupiah,
    pub(crate) oleh_nama: String,
    pub(crate) created_at: Moment,
    pub(crate) selesai_nama: String,
    pub(crate) selesai_pada: Option<Moment>,
    pub(crate) versi: i64,
}
