//! A sheet as the page shows it on which somebody says which column holds what.

use super::{Baris, Reading, Sel, Unreadable, sheets};

/// Sheets and rows of each that are shown.
const SHEETS: usize = 12;
const SAMPLES: usize = 40;
/// Letters of a cell that are shown.
const SHOWN: usize = 60;

/// A sheet as the page of its mapping shows it: its first rows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Contoh {
    /// Name of the sheet; empty for text.
    pub nama: String,
    /// Rows in it.
    pub jumlah: usize,
    /// Its first rows, with their numbers.
    pub baris: Vec<(u32, Vec<String>)>,
}

impl Contoh {
    /// How many columns its first rows have.
    pub fn columns(&self) -> usize {
        self.baris.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0)
    }

    /// The headings of a row, one for each column; where it says nothing, the row above may.
    pub fn headings(&self, kepala: u32) -> Vec<String> {
        let place = self.baris.iter().position(|(number, _)| *number == kepala);
        let cells = |at: Option<usize>| at.and_then(|at| self.baris.get(at)).map(|(_, cells)| cells.as_slice());
        let (own, above) = (cells(place), cells(place.and_then(|at| at.checked_sub(1))));
        let said = |row: Option<&[String]>, at: usize| row.and_then(|row| row.get(at)).filter(|word| !word.is_empty()).cloned();
        (0..self.columns()).map(|at| said(own, at).or_else(|| said(above, at)).unwrap_or_default()).collect()
    }
}

/// The first rows of each sheet of a file.
///
/// # Errors
/// [`Unreadable`]; of a book of empty sheets that it is empty.
pub fn samples(bytes: &[u8], rows: usize) -> Result<Vec<Contoh>, Unreadable> {
    let mut all = Vec::new();
    for nama in sheets(bytes)?.into_iter().take(SHEETS) {
        match super::read(bytes, &Reading::book(&nama, rows)) {
            Ok(rows) => all.push(sample(nama, &rows)),
            Err(Unreadable::Empty) => {}
            Err(why) => return Err(why),
        }
    }
    if all.is_empty() { Err(Unreadable::Empty) } else { Ok(all) }
}

fn sample(nama: String, rows: &[Baris]) -> Contoh {
    let cell = |sel: &Sel| sel.shown().chars().take(SHOWN).collect();
    let baris = rows.iter().take(SAMPLES).map(|row| (row.nomor, row.sel.iter().map(cell).collect())).collect();
    Contoh { nama, jumlah: rows.len(), baris }
}
