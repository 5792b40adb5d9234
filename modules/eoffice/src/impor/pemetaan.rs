//! Which column of an old book holds what, and how it is read. Kept as a profile, so that the next file needs no second thought. Pure.

use std::collections::BTreeMap;

use praja_kernel::{FieldProblem, Sifat, fold};
use praja_web::lembar::tanggal::{self, Urutan};
use serde::{Deserialize, Serialize};

use super::{
    bidang::{Bidang, meaning},
    nilai,
};

praja_kernel::words! {
    /// Which part of a cell is taken.
    pub enum Bagian ("bagian sel") {
        /// All of it.
        Utuh => "utuh", "Seluruh isi sel";
        /// The date in it.
        Tanggal => "tanggal", "Tanggalnya saja";
        /// What is left without the date.
        Sisa => "sisa", "Selain tanggalnya";
        /// What stands before the sign that divides.
        Depan => "depan", "Sebelum tanda pemisah";
        /// What stands behind it.
        Belakang => "belakang", "Sesudah tanda pemisah";
    }
}

praja_kernel::words! {
    /// What becomes of a letter whose agenda number cannot be kept.
    pub enum Ganda ("nomor yang tidak dapat dipakai") {
        /// It is a problem that somebody mends in the file.
        Laporkan => "laporkan", "Laporkan sebagai masalah";
        /// It gets the next number of its year; the old one is kept beside it.
        Berikutnya => "berikutnya", "Beri nomor sesudah nomor terakhir tahun itu, dan simpan nomor lamanya";
    }
}

/// Where a field comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sumber {
    /// The column, from 0.
    pub(crate) kolom: Option<usize>,
    /// Its heading, by which it is found again in another file.
    pub(crate) judul: String,
    /// The part of the cell that is taken.
    pub(crate) bagian: Bagian,
    /// What stands there where there is no column or the cell is empty.
    pub(crate) tetap: String,
}

impl Default for Sumber {
    fn default() -> Self {
        Self { kolom: None, judul: String::new(), bagian: Bagian::Utuh, tetap: String::new() }
    }
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pemetaan {
    pub(crate) sumber: BTreeMap<Bidang, Sumber>,
    pub(crate) urutan: Urutan,
    /// The sign that divides a cell.
    pub(crate) pemisah: String,
    pub(crate) ganda: Ganda,
}

impl Default for Pemetaan {
    fn default() -> Self {
        Self { sumber: BTreeMap::new(), urutan: Urutan::HariBulan, pemisah: String::new(), ganda: Ganda::Laporkan }
    }
}

impl Pemetaan {
    /// Where a field comes from; from nowhere when nobody said.
    pub(crate) fn of(&self, bidang: Bidang) -> Sumber {
        self.sumber.get(&bidang).cloned().unwrap_or_default()
    }

    /// Has a field a column or a word that always holds?
    pub(crate) fn has(&self, bidang: Bidang) -> bool {
        self.sumber.get(&bidang).is_some_and(|one| one.kolom.is_some() || !one.tetap.is_empty())
    }

    /// The most likely reading of these headings. A column whose cells hold number and date gives both.
    pub(crate) fn guess(headings: &[String]) -> Self {
        let mut guess = Self::default();
        let take = |guess: &mut Self, at: usize, bidang: Bidang, bagian: Bagian| {
            let one = Sumber { kolom: Some(at), judul: headings[at].clone(), bagian, tetap: String::new() };
            guess.sumber.entry(bidang).or_insert(one);
        };
        let mut spare = Vec::new();
        for (at, heading) in headings.iter().enumerate() {
            for (bidang, bagian) in meaning(heading) {
                // A heading "Tanggal" alone is the day of receipt only where no other is.
                if bidang == Bidang::TanggalTerima && fold(heading).split_whitespace().count() == 1 {
                    spare.push(at);
                } else {
                    take(&mut guess, at, bidang, bagian);
                }
            }
        }
        for at in spare {
            let free = if guess.has(Bidang::TanggalTerima) { Bidang::TanggalSurat } else { Bidang::TanggalTerima };
            take(&mut guess, at, free, Bagian::Utuh);
        }
        // Where nothing is called its subject, what is told about it is.
        if !guess.has(Bidang::Hal)
            && let Some(one) = guess.sumber.remove(&Bidang::Ringkasan)
        {
            guess.sumber.insert(Bidang::Hal, one);
        }
        if !guess.has(Bidang::Agenda) {
            guess.ganda = Ganda::Berikutnya;
        }
        guess
    }

    /// A profile for a file with other columns: each is found by its heading; one that is not there any more is left open.
    #[must_use]
    pub(crate) fn for_headings(mut self, headings: &[String]) -> Self {
        for one in self.sumber.values_mut().filter(|one| one.kolom.is_some()) {
            let wanted = fold(&one.judul);
            let same = |at: &usize| headings.get(*at).is_some_and(|heading| fold(heading) == wanted);
            // Two columns may have one heading: the place decides where it still fits.
            one.kolom = one.kolom.filter(same).or_else(|| headings.iter().position(|heading| fold(heading) == wanted));
        }
        self
    }

    /// What is wrong with it, by the names of the form's fields.
    pub(crate) fn problems(&self, columns: usize) -> Vec<FieldProblem> {
        let mut wrong = Vec::new();
        for (bidang, one) in &self.sumber {
            if one.kolom.is_some_and(|at| at >= columns) {
                wrong.push(FieldProblem::new(column_field(*bidang), "Kolom ini tidak ada pada lembar yang dipilih."));
            }
            if let Some(message) = fixed_problem(*bidang, &one.tetap, self.urutan) {
                wrong.push(FieldProblem::new(fixed_field(*bidang), message));
            }
            if one.tetap.chars().count() > 160 {
                wrong.push(FieldProblem::new(fixed_field(*bidang), "Isian tetap paling panjang 160 huruf."));
            }
            let divided = matches!(one.bagian, Bagian::Depan | Bagian::Belakang) && one.kolom.is_some();
            if divided && self.pemisah.trim().is_empty() && wrong.iter().all(|one| one.field != "pemisah") {
                wrong.push(FieldProblem::new("pemisah", "Tulis tanda yang memisahkan kedua bagian sel, misalnya titik koma."));
            }
        }
        for bidang in [Bidang::Asal, Bidang::Hal] {
            if !self.has(bidang) {
                let message = format!("Pilih kolom yang berisi {}, atau tulis isian tetapnya.", bidang.label().to_lowercase());
                wrong.push(FieldProblem::new(column_field(bidang), message));
            }
        }
        if !self.has(Bidang::TanggalTerima) && !self.has(Bidang::TanggalSurat) {
            let message = "Pilih kolom tanggal terima atau tanggal surat; tanpa keduanya surat tidak bertahun.";
            wrong.push(FieldProblem::new(column_field(Bidang::TanggalTerima), message));
        }
        if !self.has(Bidang::Agenda) && self.ganda == Ganda::Laporkan {
            let message = "Tanpa kolom nomor agenda, pilih memberi nomor sesudah nomor terakhir tahunnya.";
            wrong.push(FieldProblem::new("ganda", message));
        }
        wrong
    }
}

fn fixed_problem(bidang: Bidang, words: &str, urutan: Urutan) -> Option<&'static str> {
    if words.is_empty() {
        return None;
    }
    let fits = match bidang {
        Bidang::Tahun => words.len() == 4 && tanggal::year_in(words).is_some(),
        Bidang::TanggalTerima | Bidang::TanggalSurat => tanggal::find(words, urutan, None).is_some(),
        Bidang::Sifat => nilai::sifat(words).is_some() || words.parse::<Sifat>().is_ok(),
        Bidang::Derajat => nilai::derajat(words).is_some(),
        Bidang::Agenda => false,
        _ => true,
    };
    let message = match bidang {
        Bidang::Tahun => "Tulis tahun dengan empat angka, misalnya 2019.",
        Bidang::TanggalTerima | Bidang::TanggalSurat => "Tulis tanggalnya, misalnya 31/12/2019.",
        Bidang::Sifat => "Tulis biasa, terbatas, rahasia, atau sangat rahasia.",
        Bidang::Derajat => "Tulis biasa, segera, atau sangat segera.",
        _ => "Nomor agenda tidak dapat sama untuk semua surat. Kosongkan isian ini.",
    };
    (!fits).then_some(message)
}

/// The name of a form's field, for each field of a letter.
macro_rules! named {
    ($bidang:expr, $prefix:literal) => {
        match $bidang {
            Bidang::Agenda => concat!($prefix, "agenda"),
            Bidang::Tahun => concat!($prefix, "tahun"),
            Bidang::TanggalTerima => concat!($prefix, "tanggal_terima"),
            Bidang::Asal => concat!($prefix, "asal"),
            Bidang::NomorSurat => concat!($prefix, "nomor_surat"),
            Bidang::TanggalSurat => concat!($prefix, "tanggal_surat"),
            Bidang::Hal => concat!($prefix, "hal"),
            Bidang::Ringkasan => concat!($prefix, "ringkasan"),
            Bidang::Klasifikasi => concat!($prefix, "klasifikasi"),
            Bidang::Sifat => concat!($prefix, "sifat"),
            Bidang::Derajat => concat!($prefix, "derajat"),
            Bidang::Tujuan => concat!($prefix, "tujuan"),
            Bidang::Disposisi => concat!($prefix, "disposisi"),
            Bidang::Lampiran => concat!($prefix, "lampiran"),
            Bidang::Lokasi => concat!($prefix, "lokasi"),
        }
    };
}

/// The form's field for the column of a field.
pub(crate) const fn column_field(bidang: Bidang) -> &'static str {
    named!(bidang, "kolom_")
}

/// The form's field for the part of the cell.
pub(crate) const fn part_field(bidang: Bidang) -> &'static str {
    named!(bidang, "bagian_")
}

/// The form's field for what always holds.
pub(crate) const fn fixed_field(bidang: Bidang) -> &'static str {
    named!(bidang, "tetap_")
}

/// The row that most likely holds the headings: of the first rows the one that names most fields.
pub(crate) fn guess_head(rows: &[(u32, Vec<String>)]) -> u32 {
    let named = |cells: &[String]| {
        let mut fields: Vec<Bidang> = cells.iter().flat_map(|cell| meaning(cell)).map(|(bidang, _)| bidang).collect();
        fields.sort_unstable();
        fields.dedup();
        fields.len()
    };
    let mut best = (1, rows.first().map_or(1, |(number, _)| *number));
    for (number, cells) in rows {
        let count = named(cells);
        if count > best.0 {
            best = (count, *number);
        }
    }
    best.1
}
