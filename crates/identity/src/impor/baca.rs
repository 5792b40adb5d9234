//! From cells to values: each with its own word when a spreadsheet has spoilt it.

use std::collections::HashMap;

use praja_kernel::{Date, Nip, fold, parse_tanggal};
use praja_web::lembar::{Baris, Sel};

use super::{
    Jenis, Masalah,
    kolom::{Isi, Kolom, Pilihan},
};

/// The rows of a file under the titles of its kind.
#[derive(Debug, Clone)]
pub struct Tabel {
    columns: HashMap<&'static str, (usize, &'static Kolom)>,
    /// The rows below the head.
    pub baris: Vec<Baris>,
}

impl Tabel {
    /// Finds the columns by their titles, in any order; letters, blanks and a star behind the title do not matter.
    ///
    /// # Errors
    /// A [`Masalah`] for each title that is missing, doubled or unknown.
    pub fn of(jenis: Jenis, mut rows: Vec<Baris>) -> Result<Self, Vec<Masalah>> {
        let head = if rows.is_empty() { Baris { nomor: 1, sel: Vec::new() } } else { rows.remove(0) };
        let known = jenis.columns();
        let (mut columns, mut wrong) = (HashMap::new(), Vec::new());
        for (at, cell) in head.sel.iter().enumerate() {
            let Sel::Teks(title) = cell else { continue };
            if title == super::templat::LATIHAN {
                continue;
            }
            let plain = fold(title.trim().trim_end_matches('*'));
            match known.iter().find(|column| fold(column.judul) == plain) {
                None => wrong.push(Masalah::new(
                    head.nomor,
                    title,
                    title,
                    "Kolom ini tidak dikenal.",
                    format!("Hapus kolom ini, atau pakai judul dari templat: {}.", titles(known)),
                )),
                Some(column) => {
                    if columns.insert(column.judul, (at, column)).is_some() {
                        let (what, how) = ("Judul kolom ini ada dua kali.", "Sisakan satu kolom dengan judul ini.");
                        wrong.push(Masalah::new(head.nomor, column.judul, title, what, how));
                    }
                }
            }
        }
        for column in known.iter().filter(|column| column.wajib && !columns.contains_key(column.judul)) {
            let how =
                format!("Tambahkan kolom berjudul \"{}\" pada baris {}, atau mulai dari templat.", column.judul, head.nomor);
            wrong.push(Masalah::new(head.nomor, column.judul, "", "Kolom wajib ini tidak ada.", how));
        }
        if wrong.is_empty() { Ok(Self { columns, baris: rows }) } else { Err(wrong) }
    }
}

fn titles(known: &[Kolom]) -> String {
    known.iter().map(|column| column.judul).collect::<Vec<_>>().join(", ")
}

/// Reads the cells of one row and gathers what is wrong with them.
pub struct Pembaca<'a> {
    tabel: &'a Tabel,
    row: &'a Baris,
    masalah: &'a mut Vec<Masalah>,
    before: usize,
}

impl<'a> Pembaca<'a> {
    /// A reader of one row.
    pub fn new(tabel: &'a Tabel, row: &'a Baris, masalah: &'a mut Vec<Masalah>) -> Self {
        let before = masalah.len();
        Self { tabel, row, masalah, before }
    }

    /// Number of the row.
    pub fn nomor(&self) -> u32 {
        self.row.nomor
    }

    /// Was nothing wrong so far?
    pub fn is_clean(&self) -> bool {
        self.masalah.len() == self.before
    }

    /// Says what is wrong with a column of this row.
    pub fn refuse(&mut self, judul: &str, pesan: impl Into<String>, saran: impl Into<String>) {
        let isi = self.tabel.columns.get(judul).map(|(at, _)| shown(self.row.at(*at))).unwrap_or_default();
        self.masalah.push(Masalah::new(self.row.nomor, judul, &isi, pesan, saran));
    }

    /// A text of a column, as `Isi` of that column allows; none when it is empty or was refused.
    pub fn text(&mut self, judul: &'static str) -> Option<String> {
        let (at, column) = *self.tabel.columns.get(judul)?;
        let tabel_row = self.row;
        match tabel_row.at(at) {
            Sel::Kosong => {
                if column.wajib {
                    self.refuse(judul, format!("{judul} belum diisi."), format!("Isi kolom {judul}."));
                }
                None
            }
            Sel::Teks(words) if words.chars().count() > 200 => {
                self.refuse(judul, "Isinya lebih dari 200 huruf.", "Persingkat isinya.");
                None
            }
            Sel::Teks(words) if column.isi != Isi::Teks && is_scientific(words) => {
                self.lost_digits(judul);
                None
            }
            Sel::Teks(words) => Some(words.clone()),
            Sel::Angka(number) => self.number(judul, column.isi, *number),
            Sel::Tanggal(day) if column.isi == Isi::Tanggal => Some(day.to_string()),
            other => {
                let (pesan, saran) = odd(other);
                self.refuse(judul, pesan, saran);
                None
            }
        }
    }

    fn number(&mut self, judul: &'static str, isi: Isi, number: f64) -> Option<String> {
        match isi {
            Isi::Nip => self.lost_digits(judul),
            Isi::Kode | Isi::Telepon => self.refuse(
                judul,
                format!("{judul} tersimpan sebagai angka, sehingga nol di depan atau di belakang dapat hilang."),
                "Ubah format kolom menjadi Teks, lalu ketik ulang isinya.",
            ),
            Isi::Tanggal => {
                self.refuse(judul, "Angka ini bukan tanggal.", "Ubah format sel menjadi tanggal, atau ketik misalnya 22-11-2026.")
            }
            // A name may be a number ("Puskesmas 1" is cut to 1 by nobody); whole numbers are taken as written.
            Isi::Teks if number.fract() == 0.0 && number.abs() < 1e15 => return Some(format!("{number:.0}")),
            Isi::Teks | Isi::Pilihan(_) => {
                self.refuse(judul, "Isinya angka, bukan kata.", "Ubah format sel menjadi Teks, lalu ketik ulang isinya.");
            }
        }
        None
    }

    fn lost_digits(&mut self, judul: &'static str) {
        self.refuse(
            judul,
            format!("{judul} tersimpan sebagai angka, sehingga angka terakhirnya sudah hilang."),
            "Ubah format kolom menjadi Teks, lalu ketik ulang dari sumbernya; jangan disalin dari sel ini.",
        );
    }

    /// A date of a column.
    pub fn date(&mut self, judul: &'static str) -> Option<Date> {
        let words = self.text(judul)?;
        match parse_tanggal(&words) {
            Ok(day) if (1900..=2100).contains(&day.year()) => Some(day),
            Ok(_) => {
                self.refuse(judul, "Tahunnya di luar jangkauan.", "Periksa kembali tahunnya.");
                None
            }
            Err(e) => {
                self.refuse(judul, e.to_string(), "Ketik hari, bulan, lalu tahun, misalnya 22-11-2026.");
                None
            }
        }
    }

    /// A NIP.
    pub fn nip(&mut self, judul: &'static str) -> Option<Nip> {
        // An apostrophe before the digits keeps spreadsheets from calculating; some exports write it into the cell.
        let words = self.text(judul)?;
        match words.trim_start_matches('\'').parse() {
            Ok(nip) => Some(nip),
            Err(e) => {
                let e: praja_kernel::NipError = e;
                self.refuse(judul, e.to_string(), "Cocokkan dengan surat keputusan pengangkatan.");
                None
            }
        }
    }

    /// One of the words of a column, as its label or as it is stored; its place among [`Pilihan::labels`].
    pub fn choice(&mut self, judul: &'static str, words: &[(&str, &str)]) -> Option<usize> {
        let typed = self.text(judul)?;
        let wanted = bare(&typed);
        let found = words.iter().position(|(stored, label)| bare(stored) == wanted || bare(label) == wanted);
        if found.is_none() {
            let labels = words.iter().map(|(_, label)| *label).collect::<Vec<_>>().join(", ");
            self.refuse(
                judul,
                format!("\"{typed}\" tidak dikenal."),
                format!("Pilih salah satu: {}.", labels.trim_end_matches('.')),
            );
        }
        found
    }
}

impl Pilihan {
    /// Stored word and label of each.
    pub fn words(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Opd => crate::opd::Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect(),
            Self::Jabatan => crate::jabatan::Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect(),
            Self::Penugasan => crate::penugasan::Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect(),
        }
    }
}

/// Letters and digits alone, so that "Plt", "Plt." and "plt" are one.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// "1.98503E+17" or "1,98503E+17": what is left of a NIP after a spreadsheet took it for a number.
fn is_scientific(words: &str) -> bool {
    let Some((front, back)) = words.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ','));
    digits(front) && back.trim_start_matches(['+', '-']).bytes().all(|byte| byte.is_ascii_digit()) && back.len() > 1
}

fn odd(sel: &Sel) -> (String, &'static str) {
    match sel {
        Sel::Rumus => ("Sel ini berisi rumus.".into(), "Salin selnya, lalu tempel sebagai nilai (Tempel Khusus, Nilai)."),
        Sel::Gabung => ("Sel ini digabung dengan sel lain.".into(), "Batalkan penggabungan sel, lalu isi setiap baris."),
        Sel::Tanggal(day) => (
            format!("Aplikasi lembar kerja mengubah isi sel ini menjadi tanggal ({}).", praja_kernel::tanggal_pendek(*day)),
            "Ubah format kolom menjadi Teks, lalu ketik ulang isinya.",
        ),
        _ => ("Isi sel ini bukan kata atau angka.".into(), "Ketik ulang isinya sebagai teks."),
    }
}

fn shown(sel: &Sel) -> String {
    match sel {
        Sel::Kosong | Sel::Gabung => String::new(),
        Sel::Teks(words) | Sel::Lain(words) => words.clone(),
        Sel::Angka(number) if number.abs() >= 1e15 => format!("{number:.5e}").replace('e', "E+").replace('.', ","),
        Sel::Angka(number) => number.to_string().replace('.', ","),
        Sel::Tanggal(day) => praja_kernel::tanggal_pendek(*day),
        Sel::Rumus => "rumus".into(),
    }
}

#[cfg(test)]
mod tests;
