mod alur;
mod baca;
mod pemetaan;
mod pilah;
mod tanggal;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::Date;
use praja_web::lembar::{Masalah, Reading};

use super::{
    baca::{Calon, Isi, Pembaca},
    pemetaan::{Pemetaan, guess_head},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Reads a CSV as the wizard would when everything it guesses is taken: letters, problems, rows between.
fn read(text: &str) -> (Vec<Calon>, Vec<Masalah>, usize) {
    let rows = praja_web::lembar::read(text.as_bytes(), &Reading::book("", 1_000)).unwrap();
    let cells: Vec<(u32, Vec<String>)> =
        rows.iter().map(|row| (row.nomor, row.sel.iter().map(praja_web::lembar::Sel::shown).collect())).collect();
    let head = guess_head(&cells);
    let headings = cells.iter().find(|(number, _)| *number == head).map(|(_, cells)| cells.clone()).unwrap();
    read_as(text, head, &Pemetaan::guess(&headings))
}

fn read_as(text: &str, head: u32, pemetaan: &Pemetaan) -> (Vec<Calon>, Vec<Masalah>, usize) {
    let rows = praja_web::lembar::read(text.as_bytes(), &Reading::book("", 1_000)).unwrap();
    let mut reader = Pembaca::new(pemetaan, day("2026-11-22"), Klasifikasi::shipped());
    let (mut all, mut wrong, mut between) = (Vec::new(), Vec::new(), 0);
    for row in rows.iter().filter(|row| row.nomor > head) {
        match reader.read(row, &mut wrong) {
            Isi::Surat(one) => all.push(*one),
            Isi::Sela => between += 1,
            Isi::Salah => {}
        }
    }
    (all, wrong, between)
}
