//! Dates as people wrote them into books for years: "12/01/2024", "12 Jan 24", "tgl. 5 Nopember 2019", or the bare day number of a
//! spreadsheet. Pure.

use std::ops::Range;

use praja_kernel::{Date, fold};

use super::Sel;

praja_kernel::words! {
    /// Which part of a date in digits comes first.
    pub enum Urutan ("urutan tanggal") {
        /// As everybody writes here.
        HariBulan => "hari-bulan", "Hari, bulan, tahun, misalnya 31/12/2024";
        /// As a spreadsheet set to American English writes.
        BulanHari => "bulan-hari", "Bulan, hari, tahun, misalnya 12/31/2024";
    }
}

/// Names and shortened names by month.
const MONTHS: [&[&str]; 12] = [
    &["januari", "jan", "january"],
    &["februari", "pebruari", "feb", "peb", "february"],
    &["maret", "mar", "mrt", "march"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "jun", "june"],
    &["juli", "jul", "july"],
    &["agustus", "agu", "ags", "agt", "agst", "aug", "august"],
    &["september", "sep", "sept"],
    &["oktober", "okt", "oct", "october"],
    &["november", "nopember", "nov", "nop"],
    &["desember", "des", "dec", "december"],
];

/// The month of a name; nothing for any other word.
pub fn month(word: &str) -> Option<i8> {
    let plain = fold(word);
    let place = MONTHS.iter().position(|names| names.contains(&plain.trim_end_matches('.')))?;
    i8::try_from(place + 1).ok()
}

/// What a text is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
    Blank,
    Sign(char),
}

#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    kind: Kind,
    text: &'a str,
    at: usize,
}

impl Piece<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// A number of so many digits.
    fn number(&self, most: usize) -> Option<i16> {
        (self.kind == Kind::Digits && self.text.len() <= most).then(|| self.text.parse().ok())?
    }
}

fn kind(letter: char) -> Kind {
    match letter {
        letter if letter.is_ascii_digit() => Kind::Digits,
        letter if letter.is_alphabetic() => Kind::Letters,
        letter if letter.is_whitespace() => Kind::Blank,
        other => Kind::Sign(other),
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all: Vec<Piece<'_>> = Vec::new();
    for (at, letter) in text.char_indices() {
        let (one, end) = (kind(letter), at + letter.len_utf8());
        match all.last_mut() {
            Some(last) if last.kind == one && !matches!(one, Kind::Sign(_)) => last.text = &text[last.at..end],
            _ => all.push(Piece { kind: one, text: &text[at..end], at }),
        }
    }
    all
}

/// "24" is 2024 and "87" is 1987: no book is older than its office.
fn year(piece: &Piece<'_>) -> Option<i16> {
    match (piece.text.len(), piece.number(4)?) {
        (4, year) => Some(year),
        (2, year @ 0..70) => Some(2000 + year),
        (2, year) => Some(1900 + year),
        _ => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The next piece that is neither blank nor one of these signs, from a place on.
fn skip(all: &[Piece<'_>], from: usize, signs: &[char]) -> usize {
    let mut at = from;
    while all.get(at).is_some_and(|one| match one.kind {
        Kind::Blank => true,
        Kind::Sign(sign) => signs.contains(&sign),
        Kind::Digits | Kind::Letters => false,
    }) {
        at += 1;
    }
    at
}

/// "12 Januari 2024", "12-Jan-24"; without a year where one is known.
fn named(all: &[Piece<'_>], from: usize, tahun: Option<i16>) -> Option<(Date, usize)> {
    let day = all[from].number(2)?;
    let at = skip(all, from + 1, &['-', '.', '/', ',']);
    let bulan = i16::from(month(all.get(at).filter(|one| one.kind == Kind::Letters)?.text)?);
    let then = skip(all, at + 1, &['-', '.', '/', ',', '\'']);
    let own = all.get(then).and_then(|one| Some((year(one)?, then)));
    let (tahun, last) = own.or(tahun.map(|tahun| (tahun, at)))?;
    Some((date(tahun, bulan, day)?, last))
}

/// "12/01/2024", "2024-01-12", "12.1.24"; the three parts have one sign between them.
fn plain(all: &[Piece<'_>], from: usize, urutan: Urutan) -> Option<(Date, usize)> {
    let sign = |at: usize| match all.get(at)?.kind {
        Kind::Sign(sign @ ('-' | '/' | '.')) => Some(sign),
        _ => None,
    };
    let one = skip(all, from + 1, &[]);
    let two = skip(all, one + 1, &[]);
    let three = skip(all, two + 1, &[]);
    let last = skip(all, three + 1, &[]);
    if sign(one)? != sign(three)? {
        return None;
    }
    let (first, second, third) = (&all[from], all.get(two)?, all.get(last)?);
    if first.text.len() == 4 {
        return Some((date(first.number(4)?, second.number(2)?, third.number(2)?)?, last));
    }
    let (left, right) = (first.number(2)?, second.number(2)?);
    let (day, bulan) = if urutan == Urutan::HariBulan { (left, right) } else { (right, left) };
    Some((date(year(third)?, bulan, day)?, last))
}

/// Stands something before or after it that makes it part of a longer number, like `005/12/01/2024`?
fn is_apart(all: &[Piece<'_>], from: usize, last: usize) -> bool {
    let joins = |at: Option<usize>| {
        at.and_then(|at| all.get(at)).is_some_and(|one| match one.kind {
            Kind::Letters | Kind::Digits | Kind::Sign('/' | '-') => true,
            Kind::Blank | Kind::Sign(_) => false,
        })
    };
    !joins(from.checked_sub(1)) && !joins(Some(last + 1))
}

/// The date a text holds and where: the last one with the name of its month, else the last one in digits. `tahun` is the year of
/// what is written without one.
pub fn find(text: &str, urutan: Urutan, tahun: Option<i16>) -> Option<(Date, Range<usize>)> {
    let all = pieces(text);
    let (mut with_name, mut in_digits) = (None, None);
    for (from, piece) in all.iter().enumerate().filter(|(_, piece)| piece.kind == Kind::Digits) {
        if let Some((day, last)) = named(&all, from, tahun) {
            with_name = Some((day, piece.at..all[last].end()));
        } else if let Some((day, last)) = plain(&all, from, urutan).filter(|(_, last)| is_apart(&all, from, *last)) {
            in_digits = Some((day, piece.at..all[last].end()));
        }
    }
    with_name.or(in_digits).or_else(|| short(&all, urutan, tahun?).map(|day| (day, 0..text.len())))
}

/// "12/01" and nothing else, in a year that is known.
fn short(all: &[Piece<'_>], urutan: Urutan, tahun: i16) -> Option<Date> {
    let [left, sign, right] = all else { return None };
    let (Kind::Sign('/' | '-' | '.'), left, right) = (sign.kind, left.number(2)?, right.number(2)?) else { return None };
    let (day, bulan) = if urutan == Urutan::HariBulan { (left, right) } else { (right, left) };
    date(tahun, bulan, day)
}

/// The day that a spreadsheet's day number means, within the years of any book: 1 January 1955 to 2118.
pub fn serial(number: f64) -> Option<Date> {
    if !(20_090.0..80_000.0).contains(&number) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within the limits above; the time of day is cut")]
    let days = number.trunc() as i32;
    praja_kernel::days_after(Date::constant(1899, 12, 30), days)
}

/// The year that a line such as "TAHUN 2019" or "Agenda 2019" names.
pub fn year_in(text: &str) -> Option<i16> {
    let all = pieces(text);
    let fits = |one: &&Piece<'_>| one.kind == Kind::Digits && one.text.len() == 4;
    all.iter().filter(fits).filter_map(|one| one.number(4)).rfind(|year| (1945..=2100).contains(year))
}

/// The day a cell names.
pub fn day(sel: &Sel, words: &str, urutan: Urutan, tahun: Option<i16>) -> Option<Date> {
    match sel {
        Sel::Tanggal(day) => Some(*day),
        Sel::Angka(number) => serial(*number),
        _ => find(words, urutan, tahun).map(|(day, _)| day).or_else(|| {
            // A spreadsheet saved as text leaves the bare day number.
            let digits = words.len() == 5 && words.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| words.parse().ok().and_then(serial))?
        }),
    }
}
