//! Which column of an old register holds what, which old service is which of ours, and how both are read. Kept as a profile, so that the next
//! file needs no second thought. Pure.

use std::collections::BTreeMap;

use praja_kernel::{FieldProblem, fold};
use praja_web::lembar::tanggal::{self, Urutan};
use serde::{Deserialize, Serialize};

use super::{
    baca,
    bidang::{Bidang, meaning},
};

praja_kernel::words! {
    /// What becomes of a licence that is recorded already.
    pub enum Ganda ("izin yang sudah tercatat") {
        /// Nothing.
        Lewati => "lewati", "Lewati; yang tercatat tidak berubah";
        /// What an earlier import wrote is replaced, as long as nobody worked with it.
        Perbarui => "perbarui", "Perbarui yang berasal dari impor dan belum dipakai; lainnya dilewati";
    }
}

praja_kernel::words! {
    /// What an empty last day means.
    pub enum Akhir ("tanggal akhir yang kosong") {
        /// It is a problem that somebody mends in the file.
        Laporkan => "laporkan", "Laporkan sebagai masalah";
        /// It follows from the first day and what the type says today.
        Jenis => "jenis", "Hitung dari masa berlaku jenis layanannya";
        /// It has none.
        Tanpa => "tanpa", "Berlaku tanpa batas waktu";
    }
}

praja_kernel::words! {
    /// What becomes of a row whose NIK is wrong.
    pub enum NikSalah ("NIK yang salah") {
        /// It is a problem that somebody mends in the file.
        Laporkan => "laporkan", "Laporkan sebagai masalah";
        /// The licence is written without one.
        Kosongkan => "kosongkan", "Catat izinnya tanpa NIK";
    }
}

/// Where a field comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sumber {
    /// The column, from 0.
    pub(crate) kolom: Option<usize>,
    /// Its heading, by which it is found again in another file.
    pub(crate) judul: String,
    /// What stands there where there is no column or the cell is empty.
    pub(crate) tetap: String,
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pemetaan {
    pub(crate) sumber: BTreeMap<Bidang, Sumber>,
    pub(crate) urutan: Urutan,
    pub(crate) ganda: Ganda,
    pub(crate) akhir: Akhir,
    pub(crate) nik_salah: NikSalah,
    /// Old name, folded, to the code of the type; an empty code leaves its rows out.
    #[serde(default)]
    pub(crate) layanan: BTreeMap<String, String>,
}

impl Default for Pemetaan {
    fn default() -> Self {
        Self {
            sumber: BTreeMap::new(),
            urutan: Urutan::HariBulan,
            ganda: Ganda::Lewati,
            akhir: Akhir::Laporkan,
            nik_salah: NikSalah::Laporkan,
            layanan: BTreeMap::new(),
        }
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

    /// The most likely reading of these headings: the first column that fits a field has it.
    pub(crate) fn guess(headings: &[String]) -> Self {
        let mut guess = Self::default();
        for (at, heading) in headings.iter().enumerate() {
            if let Some(bidang) = meaning(heading) {
                let one = Sumber { kolom: Some(at), judul: heading.clone(), tetap: String::new() };
                guess.sumber.entry(bidang).or_insert(one);
            }
        }
        // "Berlaku dari" alone is the day it was issued.
        if !guess.has(Bidang::Tanggal)
            && let Some(one) = guess.sumber.remove(&Bidang::Dari)
        {
            guess.sumber.insert(Bidang::Tanggal, one);
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
            if one.tetap.chars().count() > 160 {
                wrong.push(FieldProblem::new(fixed_field(*bidang), "Isian tetap paling panjang 160 huruf."));
            } else if let Some(message) = fixed_problem(*bidang, &one.tetap, self.urutan) {
                wrong.push(FieldProblem::new(fixed_field(*bidang), message));
            }
        }
        for bidang in [Bidang::Nomor, Bidang::Layanan, Bidang::Tanggal, Bidang::Nama] {
            if !self.has(bidang) {
                let end = if bidang.may_be_fixed() { ", atau tulis isian tetapnya" } else { "" };
                let message = format!("Pilih kolom yang berisi {}{end}.", bidang.label().to_lowercase());
                wrong.push(FieldProblem::new(column_field(bidang), message));
            }
        }
        wrong
    }
}

fn fixed_problem(bidang: Bidang, words: &str, urutan: Urutan) -> Option<&'static str> {
    if words.is_empty() {
        return None;
    }
    if !bidang.may_be_fixed() {
        return Some("Isian ini tidak dapat sama untuk semua izin. Kosongkan.");
    }
    let (fits, message) = match bidang {
        Bidang::Tanggal | Bidang::Dari => {
            (tanggal::find(words, urutan, None).is_some(), "Tulis tanggalnya, misalnya 31/12/2019.")
        }
        Bidang::Sampai => (
            baca::has_no_end(words) || tanggal::find(words, urutan, None).is_some(),
            "Tulis tanggalnya, misalnya 31/12/2029, atau \"seumur hidup\".",
        ),
        Bidang::Keadaan => (baca::keadaan(words).is_some(), "Tulis berlaku, dibekukan, atau dicabut."),
        _ => return None,
    };
    (!fits).then_some(message)
}

/// The name of a form's field, for each field of a licence.
macro_rules! named {
    ($bidang:expr, $prefix:literal) => {
        match $bidang {
            Bidang::Nomor => concat!($prefix, "nomor"),
            Bidang::Layanan => concat!($prefix, "layanan"),
            Bidang::Tanggal => concat!($prefix, "tanggal"),
            Bidang::Dari => concat!($prefix, "dari"),
            Bidang::Sampai => concat!($prefix, "sampai"),
            Bidang::Nama => concat!($prefix, "nama"),
            Bidang::Nik => concat!($prefix, "nik"),
            Bidang::Objek => concat!($prefix, "objek"),
            Bidang::Alamat => concat!($prefix, "alamat"),
            Bidang::Kecamatan => concat!($prefix, "kecamatan"),
            Bidang::Desa => concat!($prefix, "desa"),
            Bidang::Keadaan => concat!($prefix, "keadaan"),
            Bidang::Penandatangan => concat!($prefix, "penandatangan"),
            Bidang::Jabatan => concat!($prefix, "jabatan"),
            Bidang::Telepon => concat!($prefix, "telepon"),
            Bidang::Email => concat!($prefix, "email"),
        }
    };
}

/// The form's field for the column of a field.
pub(crate) const fn column_field(bidang: Bidang) -> &'static str {
    named!(bidang, "kolom_")
}

/// The form's field for what always holds.
pub(crate) const fn fixed_field(bidang: Bidang) -> &'static str {
    named!(bidang, "tetap_")
}

/// The row that most likely holds the headings: of the first rows the one that names most fields.
pub(crate) fn guess_head(rows: &[(u32, Vec<String>)]) -> u32 {
    let named = |cells: &[String]| {
        let mut fields: Vec<Bidang> = cells.iter().filter_map(|cell| meaning(cell)).collect();
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
