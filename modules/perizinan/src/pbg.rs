//! An estimate of the fee for a building permit (PBG): SIMBG sets it, here somebody learns what to reckon with. Pure rules.
//!
//! PP 16/2021, annex: area × (locality index × standard price) × integrated index × index of the building. Formula and indices are data with
//! their source.

pub(crate) mod pages;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Desimal, FieldProblem, Rupiah};

use crate::rumus::{Gagal, Nilai, Pecahan, Rumus};

const DATA: &str = include_str!("../../../config-templates/data/pbg_indeks.csv");
/// Largest building, in square metres.
const LUAS_MAKS: i64 = 1_000_000;
/// Highest standard price of a square metre.
const SHST_MAKS: i64 = 1_000_000_000;
/// What is asked by a choice: field, label.
pub(crate) const PILIHAN: [(&str, &str); 5] = [
    ("fungsi", "Fungsi bangunan"),
    ("kompleksitas", "Kompleksitas"),
    ("permanensi", "Permanensi"),
    ("lantai", "Jumlah lantai"),
    ("kepemilikan", "Kepemilikan"),
];

/// One index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) kelompok: String,
    pub(crate) kode: String,
    pub(crate) label: String,
    /// A number with decimal comma, or the formula.
    pub(crate) nilai: String,
    pub(crate) sumber: String,
    pub(crate) berlaku_dari: Date,
}

/// The indices and the formula over them.
#[derive(Debug, Clone)]
pub(crate) struct Indeks {
    pub(crate) baris: Vec<Baris>,
    rumus: Rumus,
}

/// What was estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Perkiraan {
    /// Whole rupiah.
    pub(crate) jumlah: Rupiah,
    /// Each number that went into it: name, value, source.
    pub(crate) dari: Vec<(String, String, String)>,
}

impl Indeks {
    /// The indices that come with the program.
    ///
    /// # Errors
    /// What is wrong with the file, which a test rules out.
    pub(crate) fn load() -> Result<Self, String> {
        let mut reader = csv::Reader::from_reader(DATA.as_bytes());
        let mut baris = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|e| e.to_string())?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let berlaku_dari = cell(5).parse().map_err(|e| format!("{}: {e}", cell(1)))?;
            let one = Baris { kelompok: cell(0), kode: cell(1), label: cell(2), nilai: cell(3), sumber: cell(4), berlaku_dari };
            if one.kelompok != "rumus" {
                number(&one.nilai).ok_or_else(|| format!("{} is no number", one.kode))?;
            }
            baris.push(one);
        }
        let formula = baris.iter().find(|one| one.kelompok == "rumus").ok_or("there is no formula")?;
        let rumus = Rumus::parse(&formula.nilai).map_err(|e| e.to_string())?;
        Ok(Self { baris, rumus })
    }

    /// The choices of a group.
    pub(crate) fn of<'a>(&'a self, kelompok: &'a str) -> impl Iterator<Item = &'a Baris> {
        self.baris.iter().filter(move |one| one.kelompok == kelompok)
    }

    /// The estimate for what was typed.
    ///
    /// # Errors
    /// Each field that cannot be used, with what to do.
    pub(crate) fn estimate(&self, typed: &dyn Fn(&str) -> String) -> Result<Perkiraan, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let (mut nilai, mut dari) = (Nilai::default(), Vec::new());
        let luas = typed("luas").parse::<Desimal>().map_err(|e| e.to_string()).and_then(|luas| {
            let fits = luas > Desimal::ZERO && luas.0 <= LUAS_MAKS.into();
            if fits { Ok(luas) } else { Err(format!("Luas lebih dari 0 dan paling banyak {} m2.", Desimal(LUAS_MAKS.into()))) }
        });
        match luas {
            Ok(luas) => {
                nilai = nilai.with_number("luas", Pecahan::decimal(luas.0).unwrap_or(Pecahan::NOL));
                dari.push(("Luas total lantai".into(), format!("{luas} m2"), "isian Anda".into()));
            }
            Err(message) => problems.push(FieldProblem::new("luas", message)),
        }
        match typed("shst").parse::<Rupiah>() {
            Ok(shst) if (1..=SHST_MAKS).contains(&shst.0) => {
                nilai = nilai.with_number("shst", Pecahan::whole(shst.0));
                dari.push(("SHST setiap m2".into(), shst.to_string(), "isian Anda".into()));
            }
            Ok(_) => {
                problems.push(FieldProblem::new("shst", format!("SHST lebih dari 0 dan paling banyak {}.", Rupiah(SHST_MAKS))))
            }
            Err(e) => problems.push(FieldProblem::new("shst", e.to_string())),
        }
        for (field, label) in PILIHAN {
            match self.of(field).find(|one| one.kode == typed(field)) {
                Some(one) => {
                    nilai = nilai.with_number(field, number(&one.nilai).unwrap_or(Pecahan::NOL));
                    dari.push((format!("{label}: {}", one.label), one.nilai.clone(), one.sumber.clone()));
                }
                None => problems.push(FieldProblem::new(field, format!("{label} belum dipilih."))),
            }
        }
        for one in self.of("tetapan") {
            nilai = nilai.with_number(&one.kode, number(&one.nilai).unwrap_or(Pecahan::NOL));
            dari.push((one.label.clone(), one.nilai.clone(), one.sumber.clone()));
        }
        // A small house is small by what was typed, not by what was chosen.
        if typed("fungsi") == "hunian-kecil" && !small(&typed("luas"), &typed("lantai")) {
            problems.push(FieldProblem::new(
                "fungsi",
                "Hunian ini 100 m2 atau lebih, atau lebih dari satu lantai. Pilih hunian lainnya.",
            ));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let jumlah = self.rumus.rupiah(&nilai).map_err(|gagal: Gagal| vec![FieldProblem::new("luas", gagal.to_string())])?;
        Ok(Perkiraan { jumlah, dari })
    }
}

fn small(luas: &str, lantai: &str) -> bool {
    luas.parse::<Desimal>().is_ok_and(|luas| luas.0 < 100.into()) && lantai == "1"
}

fn number(text: &str) -> Option<Pecahan> {
    text.parse::<Desimal>().ok().and_then(|number| Pecahan::decimal(number.0))
}
