//! A list on paper: drawn through the port for documents, because this crate knows no typesetter.

use praja_kernel::{Date, ribuan, tanggal_jam};
use praja_module::documents::{Documents, DrawError, Drawing, TABLE};
use serde_json::{Value, json};

use super::{Cell, ColKind, Sheet};

/// More rows than this are no list to read on paper but data to work with.
pub const MOST_ROWS: usize = 2_000;
/// A column is at least and at most as wide as so many letters, whatever it holds.
const LETTERS: (usize, usize) = (5, 38);
/// A row with a cell of more letters may go on over the page.
const LONG_CELL: usize = 600;
/// A word without a place to break is given one after so many letters.
const LONG_WORD: usize = 16;

/// Why a list does not become a PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too long for paper.
    #[error("Daftar ini {rows} baris; PDF memuat paling banyak {most} baris.", rows = ribuan(*.0 as u64), most = ribuan(MOST_ROWS as u64))]
    TooLong(usize),
    /// Nothing can be drawn.
    #[error("PDF belum dapat dibuat. {0}")]
    Undrawn(DrawError),
}

impl praja_kernel::Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "web.pdf.too-long",
            Self::Undrawn(_) => "web.pdf.undrawn",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::TooLong(_) => "Persempit saringan daftar, atau unduh sebagai Excel.",
            Self::Undrawn(_) => "Unduh daftar yang sama sebagai Excel atau CSV.",
        }
        .to_owned()
    }
}

/// The list as PDF.
pub(super) fn write(sheet: &Sheet, region: &str, today: Date, documents: Option<&dyn Documents>) -> Result<Vec<u8>, Refusal> {
    if sheet.rows.len() > MOST_ROWS {
        return Err(Refusal::TooLong(sheet.rows.len()));
    }
    let documents = documents.ok_or_else(|| Refusal::Undrawn(DrawError::absent()))?;
    documents.draw(&Drawing::new(TABLE, data(sheet, region), today)).map(|done| done.pdf).map_err(Refusal::Undrawn)
}

fn data(sheet: &Sheet, region: &str) -> Value {
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let columns: Vec<Value> = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
            let widest = cells.max().unwrap_or(0).max(longest_word(&column.title)).clamp(LETTERS.0, LETTERS.1);
            let rata = if matches!(column.kind, ColKind::Int | ColKind::Rupiah) { "kanan" } else { "kiri" };
            json!({ "judul": breakable(&column.title), "rata": rata, "lebar": widest })
        })
        .collect();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            // A short row would push its neighbours into its columns.
            let mut row: Vec<String> = row.iter().map(|cell| breakable(cell)).collect();
            row.resize(sheet.columns.len(), String::new());
            row
        })
        .collect();
    let panjang = rows.iter().flatten().any(|cell| cell.len() > LONG_CELL);
    let count = ("Jumlah baris".to_owned(), ribuan(sheet.rows.len() as u64));
    let about: Vec<_> = std::iter::once(count).chain(sheet.about.iter().cloned()).collect();
    json!({
        "judul": sheet.title, "pemda": region, "kolom": columns, "baris": rows, "keterangan": about, "latihan": sheet.latihan,
        "panjang": panjang,
    })
}

/// As people write it, not as programs do.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Int(number) => number.to_string(),
        Cell::Rupiah(amount) => amount.to_string(),
        Cell::Date(date) => date.strftime("%d-%m-%Y").to_string(),
        Cell::Moment(local) => tanggal_jam(*local),
    }
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0)
}

/// Gives long words (codes, addresses) places to break that nobody sees.
fn breakable(text: &str) -> String {
    if longest_word(text) <= LONG_WORD {
        return text.to_owned();
    }
    let (mut out, mut run) = (String::with_capacity(text.len() + 16), 0);
    for letter in text.chars() {
        out.push(letter);
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run >= LONG_WORD || (run > 4 && "/-_.@:".contains(letter)) {
            out.push('\u{200B}');
            run = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Col;

    #[test]
    fn a_list_that_is_too_long_for_paper_is_refused_with_another_way() {
        use praja_kernel::Refuse;
        let mut sheet = Sheet::new("Uji").column(Col::int("Ke"));
        (0..=MOST_ROWS as i64).for_each(|at| sheet.push(vec![at.into()]));
        let refused = write(&sheet, "Kabupaten Contoh", Date::constant(2026, 11, 22), None).unwrap_err();
        assert_eq!(refused.to_string(), "Daftar ini 2.001 baris; PDF memuat paling banyak 2.000 baris.");
        assert!(refused.next_step().contains("Excel"));
    }

    #[test]
    fn a_program_without_the_typesetter_says_so_and_names_another_way() {
        use praja_kernel::Refuse;
        let refused = write(&Sheet::new("Uji"), "x", Date::constant(2026, 11, 22), None).unwrap_err();
        assert!(refused.to_string().contains("tanpa pembuat PDF") && refused.next_step().contains("CSV"), "{refused}");
    }

    #[test]
    fn long_words_get_places_to_break_and_short_ones_none() {
        assert_eq!(breakable("Dinas Komunikasi dan Informatika"), "Dinas Komunikasi dan Informatika");
        let long = breakable("000.8.3.3/15/Diskominfo/2026/XI");
        assert!(long.contains('\u{200B}') && long.replace('\u{200B}', "") == "000.8.3.3/15/Diskominfo/2026/XI");
        assert!(breakable(&"a".repeat(100)).split('\u{200B}').all(|part| part.len() <= LONG_WORD));
    }

    #[test]
    fn a_row_that_lacks_cells_is_filled_up_and_dates_are_written_for_readers() {
        let sheet = Sheet::new("Uji").column(Col::date("Tanggal")).column(Col::text("Hal"));
        let found = data(&sheet.row(vec![Date::constant(2026, 11, 2).into()]), "x");
        assert_eq!(found["baris"], json!([["02-11-2026", ""]]));
    }
}
