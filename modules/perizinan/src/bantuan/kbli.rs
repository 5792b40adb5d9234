//! Kinds of business by the list of 2020 (Peraturan BPS 2/2020): the groups of five digits, each with its year, because codes change.

use std::sync::OnceLock;

use praja_kernel::fold;

const SHIPPED: &str = include_str!("../../../../config-templates/data/kbli_2020.csv");
/// The year of the list.
pub(crate) const TAHUN: u16 = 2020;
/// A licence names a group of five digits.
const DIGITS: usize = 5;

/// A kind of business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kbli {
    pub(crate) kode: String,
    pub(crate) judul: String,
    fold: String,
}

impl Kbli {
    /// "2020:56101": what is stored.
    pub(crate) fn key(&self) -> String {
        format!("{TAHUN}:{}", self.kode)
    }

    /// "56101 Restoran".
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.kode, self.judul)
    }
}

fn all() -> &'static [Kbli] {
    static LIST: OnceLock<Vec<Kbli>> = OnceLock::new();
    LIST.get_or_init(|| {
        let rows = csv::Reader::from_reader(SHIPPED.as_bytes()).into_records().filter_map(Result::ok);
        let kinds = rows.filter_map(|row| Some((row.get(0)?.to_owned(), row.get(2)?.to_owned())));
        kinds
            .filter(|(kode, _)| kode.len() == DIGITS && kode.bytes().all(|digit| digit.is_ascii_digit()))
            .map(|(kode, judul)| Kbli { fold: fold(&judul), kode, judul })
            .collect()
    })
}

/// One by its key; a key of another year is none of this list.
pub(crate) fn get(key: &str) -> Option<&'static Kbli> {
    let kode = key.strip_prefix("2020:")?;
    all().iter().find(|one| one.kode == kode)
}

/// As it is shown, also when its list is no longer the present one.
pub(crate) fn shown(key: &str) -> String {
    match get(key) {
        Some(one) => format!("{} (KBLI {TAHUN})", one.label()),
        None => key.split_once(':').map_or_else(|| key.to_owned(), |(year, kode)| format!("{kode} (KBLI {year})")),
    }
}

/// Those whose code begins so, or whose title has every word.
pub(crate) fn search(typed: &str, limit: usize) -> Vec<&'static Kbli> {
    let typed = fold(typed);
    let is_code = typed.starts_with(|first: char| first.is_ascii_digit());
    let code: &str = typed.split(' ').next().unwrap_or_default();
    let fits = |one: &&Kbli| {
        if is_code { one.kode.starts_with(code) } else { typed.split(' ').all(|word| one.fold.contains(word)) }
    };
    if typed.is_empty() { Vec::new() } else { all().iter().filter(fits).take(limit).collect() }
}
