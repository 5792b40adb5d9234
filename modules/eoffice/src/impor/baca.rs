//! From a row of the old book to a letter, or to what is wrong with it. Pure.

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{Date, Derajat, Sifat, fold, tanggal_pendek};
use praja_web::lembar::{Baris, Masalah, Sel, tanggal};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    bidang::Bidang,
    nilai::{self, Nomor},
    pemetaan::{Bagian, Pemetaan},
};
use crate::surat_masuk::Isi as Surat;

/// Longest name of a sender, number, addressee: as in the form of a letter.
const ASAL: usize = 160;
const NOMOR: usize = 80;
/// Longest subject; a longer one is shortened and kept whole in the summary.
const HAL: usize = 120;
const RINGKASAN: usize = 2_000;
/// Longest words for whom it was handed to.
const DISPOSISI: usize = 120;
/// No book of an office is older.
const OLDEST: i16 = 1945;

/// A letter of the old book, ready to be compared with what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Calon {
    /// Row of the spreadsheet.
    pub(crate) baris: u32,
    /// Year of the agenda.
    pub(crate) tahun: i64,
    /// Its number, where it can stand in a register.
    pub(crate) agenda: Option<i64>,
    /// Its number as the book has it, where that is another.
    pub(crate) agenda_lama: Option<String>,
    /// What the book says of it; a sender of the directory is found when it is taken over.
    pub(crate) isi: Surat,
    /// Whom it was handed to, as written.
    pub(crate) disposisi: String,
    /// What makes it this very letter of this very book.
    pub(crate) sidik: String,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Isi {
    /// A letter.
    Surat(Box<Calon>),
    /// A heading between rows, or a number without a letter.
    Sela,
    /// Something in it must be mended first; what, was noted.
    Salah,
}

/// Reads the rows of a book in order: a line such as "TAHUN 2019" holds for those below it.
pub(crate) struct Pembaca<'a> {
    pemetaan: &'a Pemetaan,
    today: Date,
    klasifikasi: &'a Klasifikasi,
    /// The year of the last such line.
    tahun: Option<i16>,
}

/// A cell with the part of it that is meant.
struct Petik<'r> {
    sel: &'r Sel,
    words: String,
}

impl<'a> Pembaca<'a> {
    /// A reader at the beginning of a book.
    pub(crate) fn new(pemetaan: &'a Pemetaan, today: Date, klasifikasi: &'a Klasifikasi) -> Self {
        Self { pemetaan, today, klasifikasi, tahun: None }
    }

    /// Reads one row and notes what is wrong with it.
    pub(crate) fn read(&mut self, row: &Baris, masalah: &mut Vec<Masalah>) -> Isi {
        if let Some(words) = between(row) {
            self.tahun = tanggal::year_in(&words).or(self.tahun);
            return Isi::Sela;
        }
        let before = masalah.len();
        let tahun_kolom = self.tahun_of(row, masalah);
        let tahun = tahun_kolom.or(self.tahun);
        let (terima, surat) = self.days(row, tahun, masalah);
        let asal = self.needed(row, Bidang::Asal, tahun, masalah);
        let asal = self.fitting(row, Bidang::Asal, asal, ASAL, masalah);
        let nomor_surat = self.optional(row, Bidang::NomorSurat, tahun);
        let nomor_surat = self.fitting(row, Bidang::NomorSurat, nomor_surat, NOMOR, masalah);
        let (sifat, derajat) = self.classes(row, masalah);
        let hal = if sifat.is_secret() {
            self.optional(row, Bidang::Hal, tahun).or(Some(String::new()))
        } else {
            self.needed(row, Bidang::Hal, tahun, masalah)
        };
        let (agenda, agenda_lama, raw) = self.agenda(row, tahun);
        let (Some(terima), Some(surat), Some(asal), Some(hal)) = (terima, surat, asal, hal) else { return Isi::Salah };
        let tahun = i64::from(tahun.filter(|tahun| (*tahun - terima.year()).abs() <= 1).unwrap_or(terima.year()));
        if let Some(named) = tahun_kolom.map(i64::from).filter(|named| *named != tahun) {
            let message = format!("Tahun agenda {named} tidak cocok dengan tanggal terima {}.", tanggal_pendek(terima));
            self.refuse(row, Bidang::Tahun, masalah, message, "Periksa kembali tahun dan tanggalnya.".into());
        }
        if masalah.len() > before {
            return Isi::Salah;
        }
        let klasifikasi = self.optional(row, Bidang::Klasifikasi, None).map(|code| code.split_whitespace().collect::<String>());
        let (kode, kode_lama) = match klasifikasi {
            Some(code) if self.klasifikasi.uraian(&code).is_some() && code.split('.').count() >= 3 => (Some(code), None),
            other => (None, other),
        };
        let disposisi = self.optional(row, Bidang::Disposisi, None).unwrap_or_default();
        let tujuan = self.optional(row, Bidang::Tujuan, None).unwrap_or_default();
        let sidik = sidik(&[&tahun.to_string(), &raw, &asal, nomor_surat.as_deref().unwrap_or_default(), &hal], [surat, terima]);
        let ringkasan = joined(&[
            (self.optional(row, Bidang::Ringkasan, None).unwrap_or_default(), ""),
            (longer(&hal, HAL), "Hal selengkapnya: "),
            (longer(&disposisi, DISPOSISI), "Disposisi selengkapnya: "),
            (longer(&tujuan, ASAL), "Ditujukan kepada: "),
            (kode_lama.unwrap_or_default(), "Kode klasifikasi lama: "),
        ]);
        Isi::Surat(Box::new(Calon {
            baris: row.nomor,
            tahun,
            agenda,
            agenda_lama,
            isi: Surat {
                asal,
                instansi: None,
                nomor_surat,
                tanggal_surat: surat,
                tanggal_terima: terima,
                hal: shortened(&hal, HAL),
                // Of a closed envelope nothing is kept that its own words would say.
                ringkasan: ringkasan.filter(|_| !sifat.is_secret()),
                klasifikasi: kode,
                sifat,
                derajat,
                tujuan: Some(shortened(&tujuan, ASAL)).filter(|words| !words.is_empty()),
                jumlah_lampiran: nilai::lampiran(&self.optional(row, Bidang::Lampiran, None).unwrap_or_default()),
                lokasi: self.optional(row, Bidang::Lokasi, None).map(|words| shortened(&words, ASAL)),
            },
            disposisi: shortened(&disposisi, DISPOSISI),
            sidik,
        }))
    }

    fn cell<'r>(&self, row: &'r Baris, bidang: Bidang, tahun: Option<i16>) -> Petik<'r> {
        let from = self.pemetaan.of(bidang);
        let sel = from.kolom.map_or(&Sel::Kosong, |at| row.at(at));
        let words = sel.shown();
        let words = nilai::part(&words, from.bagian, &self.pemetaan.pemisah, self.pemetaan.urutan, tahun);
        if words.is_empty() {
            return Petik { sel: &Sel::Kosong, words: from.tetap };
        }
        let whole = matches!(from.bagian, Bagian::Utuh | Bagian::Tanggal);
        Petik { sel: if whole { sel } else { &Sel::Kosong }, words }
    }

    /// Words of a field; a mere dash says that there are none.
    fn optional(&self, row: &Baris, bidang: Bidang, tahun: Option<i16>) -> Option<String> {
        let words = self.cell(row, bidang, tahun).words;
        words.chars().any(char::is_alphanumeric).then_some(words)
    }

    fn needed(&self, row: &Baris, bidang: Bidang, tahun: Option<i16>, masalah: &mut Vec<Masalah>) -> Option<String> {
        let words = self.optional(row, bidang, tahun);
        if words.is_none() {
            let (what, how) = (
                format!("{} kosong.", bidang.label()),
                format!("Isi {} pada baris ini, atau tulis isian tetapnya pada pemetaan.", bidang.label().to_lowercase()),
            );
            self.refuse(row, bidang, masalah, what, how);
        }
        words
    }

    fn fitting(
        &self,
        row: &Baris,
        bidang: Bidang,
        words: Option<String>,
        most: usize,
        masalah: &mut Vec<Masalah>,
    ) -> Option<String> {
        let count = words.as_deref().map_or(0, |words| words.chars().count());
        if count > most {
            let what = format!("{} {count} huruf; paling panjang {most} huruf.", bidang.label());
            self.refuse(row, bidang, masalah, what, "Persingkat isinya, atau periksa kolom yang dipilih.".into());
        }
        words
    }

    /// The year of the column for it, where there is one.
    fn tahun_of(&self, row: &Baris, masalah: &mut Vec<Masalah>) -> Option<i16> {
        let words = self.optional(row, Bidang::Tahun, None)?;
        let tahun = tanggal::year_in(&words);
        if tahun.is_none() {
            let what = "Tahun agenda tidak terbaca.".to_owned();
            self.refuse(row, Bidang::Tahun, masalah, what, "Tulis tahun dengan empat angka, misalnya 2019.".into());
        }
        tahun
    }

    /// Day of receipt and date of the letter; each stands for the other where only one is known.
    fn days(&self, row: &Baris, tahun: Option<i16>, masalah: &mut Vec<Masalah>) -> (Option<Date>, Option<Date>) {
        let before = masalah.len();
        let terima = self.day(row, Bidang::TanggalTerima, tahun, masalah);
        let surat = self.day(row, Bidang::TanggalSurat, tahun, masalah);
        if masalah.len() == before && terima.is_none() && surat.is_none() {
            let bidang = if self.pemetaan.has(Bidang::TanggalTerima) { Bidang::TanggalTerima } else { Bidang::TanggalSurat };
            let (what, how) = ("Tanggalnya kosong.", "Isi tanggal terima atau tanggal suratnya.");
            self.refuse(row, bidang, masalah, what.into(), how.into());
        }
        (terima.or(surat), surat.or(terima))
    }

    fn day(&self, row: &Baris, bidang: Bidang, tahun: Option<i16>, masalah: &mut Vec<Masalah>) -> Option<Date> {
        let cell = self.cell(row, bidang, tahun);
        if !cell.words.chars().any(char::is_alphanumeric) {
            return None;
        }
        let read = tanggal::day(cell.sel, &cell.words, self.pemetaan.urutan, tahun);
        // A column of numbers and dates holds many a number without a date.
        if read.is_none() && self.pemetaan.of(bidang).bagian == Bagian::Tanggal && !nilai::announces_day(&cell.words) {
            return None;
        }
        let Some(day) = read else {
            let how = "Tulis hari, bulan, dan tahun, misalnya 31/12/2019 atau 31 Desember 2019; periksa pula urutan tanggal pada pemetaan.";
            self.refuse(row, bidang, masalah, "Tanggal tidak terbaca, atau tidak ada dalam kalender.".into(), how.into());
            return None;
        };
        if day > self.today {
            let what = format!("Tanggal {} belum tiba.", tanggal_pendek(day));
            self.refuse(row, bidang, masalah, what, "Periksa tahunnya, dan urutan tanggal pada pemetaan.".into());
            return None;
        }
        if day.year() < OLDEST {
            let what = format!("Tanggal {} sebelum tahun {OLDEST}.", tanggal_pendek(day));
            self.refuse(row, bidang, masalah, what, "Periksa tahunnya.".into());
            return None;
        }
        Some(day)
    }

    /// Security and urgency. Books often wrote "Segera" where the security class belongs.
    fn classes(&self, row: &Baris, masalah: &mut Vec<Masalah>) -> (Sifat, Derajat) {
        let (typed_sifat, typed_derajat) = (self.optional(row, Bidang::Sifat, None), self.optional(row, Bidang::Derajat, None));
        let mut urgent = None;
        let sifat = match typed_sifat.as_deref() {
            None => Sifat::Biasa,
            Some(words) => nilai::sifat(words).unwrap_or_else(|| {
                urgent = nilai::derajat(words);
                if urgent.is_none() {
                    let how = "Pilihan: biasa, terbatas, rahasia, sangat rahasia.";
                    self.refuse(row, Bidang::Sifat, masalah, format!("Sifat \"{words}\" tidak dikenal."), how.into());
                }
                Sifat::Biasa
            }),
        };
        let derajat = match typed_derajat.as_deref() {
            None => urgent.unwrap_or(Derajat::Biasa),
            Some(words) => nilai::derajat(words).unwrap_or_else(|| {
                let how = "Pilihan: biasa, segera, sangat segera.";
                self.refuse(row, Bidang::Derajat, masalah, format!("Derajat \"{words}\" tidak dikenal."), how.into());
                Derajat::Biasa
            }),
        };
        (sifat, derajat)
    }

    /// The number where it can stand in a register, else as it is written; and the words of the cell.
    fn agenda(&self, row: &Baris, tahun: Option<i16>) -> (Option<i64>, Option<String>, String) {
        let words = self.cell(row, Bidang::Agenda, tahun).words;
        match nilai::agenda(&words) {
            Nomor::Kosong => (None, None, String::new()),
            Nomor::Angka(number) => (Some(number), None, number.to_string()),
            Nomor::Lain(written) => (None, Some(shortened(&written, NOMOR)), written),
        }
    }

    fn refuse(&self, row: &Baris, bidang: Bidang, masalah: &mut Vec<Masalah>, pesan: String, saran: String) {
        let from = self.pemetaan.of(bidang);
        let isi = from.kolom.map(|at| row.at(at).shown()).unwrap_or_default();
        let kolom = if from.judul.is_empty() { bidang.label() } else { &from.judul };
        masalah.push(Masalah::new(row.nomor, kolom, &isi, pesan, saran));
    }
}

/// The words of a row that is no letter: all its cells say the same ("TAHUN 2019", merged over the whole width), or only one says
/// anything (a number that was never given to a letter).
fn between(row: &Baris) -> Option<String> {
    let mut cells = row.sel.iter().map(Sel::shown).filter(|words| words.chars().any(char::is_alphanumeric));
    let first = cells.next().unwrap_or_default();
    cells.all(|words| words == first).then_some(first)
}

fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The words when they are too long for their field.
fn longer(words: &str, most: usize) -> String {
    if words.chars().count() > most { words.to_owned() } else { String::new() }
}

fn joined(parts: &[(String, &str)]) -> Option<String> {
    let lines: Vec<String> =
        parts.iter().filter(|(words, _)| !words.is_empty()).map(|(words, label)| format!("{label}{words}")).collect();
    let text = lines.join("\n");
    (!text.is_empty()).then(|| shortened(&text, RINGKASAN))
}

/// What a letter of a book is known by: the same file read again gives the same, whatever its rows are numbered.
fn sidik(words: &[&str], days: [Date; 2]) -> String {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(fold(word).as_bytes());
        hash.update([0]);
    }
    for day in days {
        hash.update(day.to_string().as_bytes());
    }
    hash.finalize().iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
