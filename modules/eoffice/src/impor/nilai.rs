//! From a cell to a value: the part that is meant, and the words that offices have used over the years. Pure.

use praja_kernel::{Derajat, Sifat, fold};
use praja_web::lembar::tanggal::{self, Urutan};

use super::pemetaan::Bagian;

/// The part of a cell that is meant.
pub(crate) fn part(words: &str, bagian: Bagian, pemisah: &str, urutan: Urutan, tahun: Option<i16>) -> String {
    let sign = pemisah.trim();
    match bagian {
        Bagian::Utuh | Bagian::Tanggal => words.to_owned(),
        Bagian::Sisa => match tanggal::find(words, urutan, tahun) {
            Some((_, at)) => without_label(&format!("{} {}", &words[..at.start], &words[at.end..])),
            None => without_label(words),
        },
        Bagian::Depan if sign.is_empty() => words.to_owned(),
        Bagian::Depan => words.split_once(sign).map_or(words, |(front, _)| front).trim().to_owned(),
        Bagian::Belakang if sign.is_empty() => String::new(),
        Bagian::Belakang => words.split_once(sign).map_or("", |(_, back)| back).trim().to_owned(),
    }
}

/// Without the words that only announce a number or a date, and without what then hangs at either end.
fn without_label(words: &str) -> String {
    const ANNOUNCE: [&str; 9] = ["tgl", "tgl.", "tanggal", "tertanggal", "tg", "tgl:", "tanggal:", "no.", "nomor:"];
    let kept: Vec<&str> = words.split_whitespace().filter(|word| !ANNOUNCE.contains(&fold(word).as_str())).collect();
    let hangs = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '(' | ')' | '-' | '/' | '|');
    kept.join(" ").trim_matches(hangs).to_owned()
}

/// Does it say that a date follows, whether or not that can be read?
pub(crate) fn announces_day(words: &str) -> bool {
    fold(words)
        .split(|letter: char| !letter.is_alphanumeric())
        .any(|word| matches!(word, "tgl" | "tanggal" | "tertanggal" | "tg"))
}

/// A number of the old book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Nomor {
    /// None was written.
    Kosong,
    /// A number that can stand in a register.
    Angka(i64),
    /// "12a", "bis 7": as it was written.
    Lain(String),
}

/// Largest number that a book of one year can hold.
const MOST_NUMBER: i64 = 99_999;

/// "12", "012", "No. 12", "12/2019"; what has letters of its own is kept as it was written.
pub(crate) fn agenda(words: &str) -> Nomor {
    let plain = words.trim();
    if plain.is_empty() || plain.chars().all(|letter| !letter.is_alphanumeric()) {
        return Nomor::Kosong;
    }
    let bare = plain.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let announced = fold(&plain[..plain.len() - bare.len()]);
    let (digits, rest) = bare.split_at(bare.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(bare.len()));
    // Behind the number only its year may stand.
    let year = rest.trim_start_matches(['/', '-', '.', ' ']);
    let whole =
        rest.is_empty() || rest == "." || (rest.len() > year.len() && tanggal::year_in(year).is_some() && year.len() == 4);
    match digits.parse() {
        Ok(number) if whole && matches!(announced.trim_end_matches(['.', ' ', ':']), "" | "no" | "nomor") => {
            if (1..=MOST_NUMBER).contains(&number) { Nomor::Angka(number) } else { Nomor::Lain(plain.to_owned()) }
        }
        _ => Nomor::Lain(plain.to_owned()),
    }
}

/// Letters and digits alone, so that "Sangat-Rahasia" and "sangat rahasia" are one.
fn bare(words: &str) -> String {
    fold(words).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The security class of a word; nothing for a word that names none.
pub(crate) fn sifat(words: &str) -> Option<Sifat> {
    match &*bare(words) {
        "biasa" | "b" | "terbuka" | "umum" | "penting" => Some(Sifat::Biasa),
        "terbatas" | "t" | "konfidensial" => Some(Sifat::Terbatas),
        "rahasia" | "r" => Some(Sifat::Rahasia),
        "sangatrahasia" | "sr" => Some(Sifat::SangatRahasia),
        _ => None,
    }
}

/// The urgency of a word; elsewhere the highest is called kilat or amat segera.
pub(crate) fn derajat(words: &str) -> Option<Derajat> {
    match &*bare(words) {
        "biasa" => Some(Derajat::Biasa),
        "segera" => Some(Derajat::Segera),
        "sangatsegera" | "amatsegera" | "kilat" => Some(Derajat::SangatSegera),
        _ => None,
    }
}

/// "2 berkas" is two; without a number none.
pub(crate) fn lampiran(words: &str) -> i64 {
    let digits: String = words.trim().chars().take_while(char::is_ascii_digit).take(4).collect();
    digits.parse().unwrap_or(0).min(999)
}
