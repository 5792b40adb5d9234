//! The archive classification (Permendagri 83/2022): which codes exist, what they mean, and finding one by a few letters.

pub(crate) mod aktif;
pub(crate) mod pages;
mod periksa;
mod retensi;
mod store;
#[cfg(test)]
mod tests;

use std::{
    cmp::Ordering,
    sync::{Arc, OnceLock},
};

use praja_kernel::fold;
use praja_store::{Result, Tx};

pub use retensi::{Nasib, Retensi};

static DAFTAR: &str = include_str!("../../../config-templates/data/klasifikasi_arsip_jra.csv");

/// A letter carries a code of at least this level: 000.1 says too little to file by (domain rule, may be changed by a regency).
pub const MIN_LEVEL: u8 = 3;

/// So many of the codes somebody used last are offered first.
pub const RECENT: usize = 10;

/// One code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kode {
    /// `000.8.3.3`.
    pub kode: String,
    /// What it means.
    pub uraian: String,
    /// How deep it stands, from 1.
    pub tingkat: u8,
    /// How long records under it are kept; nothing for a heading.
    pub retensi: Option<Retensi>,
    fold: String,
}

/// The codes with their meaning.
#[derive(Debug, Default)]
pub struct Klasifikasi(Vec<Kode>);

impl Klasifikasi {
    /// The list that comes with the program, read at first use.
    pub fn shipped() -> &'static Arc<Self> {
        static LIST: OnceLock<Arc<Klasifikasi>> = OnceLock::new();
        LIST.get_or_init(|| Arc::new(Self::read(DAFTAR)))
    }

    /// Reads `kode,induk,tingkat,uraian,…`; lines that cannot be read are left out.
    pub fn read(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().filter_map(std::result::Result::ok);
        let mut codes: Vec<Kode> = rows
            .filter_map(|row| {
                let (kode, uraian) = (row.get(0)?.to_owned(), row.get(3)?.to_owned());
                let tingkat = u8::try_from(kode.split('.').count()).ok()?;
                Some(Kode { fold: fold(&uraian), retensi: Retensi::read(&row), kode, uraian, tingkat })
            })
            .collect();
        codes.sort_by(|a, b| a.kode.cmp(&b.kode));
        Self(codes)
    }

    /// How many codes it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub fn codes(&self) -> impl Iterator<Item = &Kode> {
        self.0.iter()
    }

    /// No code at all?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The codes directly below one, or the roots.
    pub(crate) fn below(&self, above: Option<&str>) -> Vec<&Kode> {
        let mut found: Vec<&Kode> = self.0.iter().filter(|kode| kode.induk() == above).collect();
        found.sort_by(|a, b| order(&a.kode, &b.kode));
        found
    }

    /// As [`Self::search`], of every level and without a limit: for looking through the list.
    pub(crate) fn search_all(&self, typed: &str) -> Vec<&Kode> {
        let typed = fold(typed);
        let words: Vec<&str> = typed.split(' ').collect();
        let fits = |kode: &&Kode| kode.kode.starts_with(typed.as_str()) || words.iter().all(|word| has_word(&kode.fold, word));
        let mut found: Vec<&Kode> = self.0.iter().filter(fits).collect();
        found.sort_by(|a, b| order(&a.kode, &b.kode));
        found
    }

    /// Against another list: how many codes are new, how many are gone, how many mean something else.
    pub(crate) fn compared_with(&self, before: &Self) -> (usize, usize, usize) {
        let added = self.0.iter().filter(|kode| before.get(&kode.kode).is_none()).count();
        let gone = before.0.iter().filter(|kode| self.get(&kode.kode).is_none()).count();
        let changed = self.0.iter().filter(|kode| before.uraian(&kode.kode).is_some_and(|words| words != kode.uraian)).count();
        (added, gone, changed)
    }

    /// What a code means.
    pub fn uraian(&self, code: &str) -> Option<&str> {
        self.get(code).map(|kode| kode.uraian.as_str())
    }

    /// A code.
    pub fn get(&self, code: &str) -> Option<&Kode> {
        let at = self.0.binary_search_by(|known| known.kode.as_str().cmp(code)).ok()?;
        self.0.get(at)
    }

    /// May a letter carry this code? It exists and stands deep enough.
    pub fn is_usable(&self, code: &str) -> bool {
        self.get(code).is_some_and(|kode| kode.tingkat >= MIN_LEVEL)
    }

    /// Codes that begin with what was typed, then those whose meaning has every typed word (each may be unfinished), in the order
    /// of the list. Only codes a letter may carry.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<&Kode> {
        let typed = fold(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let words: Vec<&str> = typed.split(' ').collect();
        let usable = || self.0.iter().filter(|kode| kode.tingkat >= MIN_LEVEL);
        let by_code = |kode: &&Kode| kode.kode.starts_with(typed.as_str());
        let mut found: Vec<&Kode> = usable().filter(by_code).collect();
        found.extend(usable().filter(|kode| !by_code(kode) && words.iter().all(|word| has_word(&kode.fold, word))));
        found.sort_by(|a, b| by_code(b).cmp(&by_code(a)).then_with(|| order(&a.kode, &b.kode)));
        found.truncate(limit);
        found
    }
}

impl Kode {
    /// The code above it; none for a root.
    pub fn induk(&self) -> Option<&str> {
        self.kode.rsplit_once('.').map(|(above, _)| above)
    }

    /// "000.1.2 Perjalanan Dinas Dalam Negeri".
    pub fn label(&self) -> String {
        format!("{} {}", self.kode, self.uraian)
    }
}

/// By numbers and not by letters: 000.1.2 stands before 000.1.10.
pub fn order(a: &str, b: &str) -> Ordering {
    let parts = |code: &str| code.split('.').map(|part| part.parse::<u32>().unwrap_or(u32::MAX)).collect::<Vec<_>>();
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

/// Notes that whoever writes used a code, so that it is offered first next time.
pub fn used(tx: &mut Tx<'_>, kode: &str) -> Result<()> {
    store::used(tx, kode)
}

/// The codes somebody (as [`praja_kernel::Actor::key`]) used last, the latest first.
pub fn recent(tx: &mut Tx<'_>, pemakai: &str) -> Result<Vec<String>> {
    store::recent(tx, pemakai, RECENT)
}

fn has_word(text: &str, typed: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(typed))
}
