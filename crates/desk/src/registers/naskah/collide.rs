//! Could two kinds of naskah get equal numbers? Asked when numbering is configured, because on the letter it is too late.

use std::collections::BTreeSet;

use praja_kernel::{NumberPattern, NumberToken, fold};

use super::{JenisNaskah, Pemegang};

/// Two kinds whose numbers could be equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// The OPDs count for themselves and nothing in the number tells them apart.
    BetweenOpd {
        /// The kind.
        kode: String,
        /// Its name.
        nama: String,
    },
    /// Two kinds of one family count apart and their patterns can give one text.
    BetweenKinds {
        /// One kind.
        kode: String,
        /// Its name.
        nama: String,
        /// The other kind.
        lain: String,
        /// Its name.
        nama_lain: String,
    },
}

impl Clash {
    /// Is it about this kind?
    pub fn names(&self, kind: &str) -> bool {
        match self {
            Self::BetweenOpd { kode, .. } => kode == kind,
            Self::BetweenKinds { kode, lain, .. } => kode == kind || lain == kind,
        }
    }

    /// What can be done.
    pub fn next_step(&self) -> String {
        match self {
            Self::BetweenOpd { .. } => "Tambahkan {unit} pada pola, atau pilih satu register untuk seluruh daerah.",
            Self::BetweenKinds { .. } => "Pakai register yang sama untuk keduanya, atau tambahkan {jenis} pada salah satu pola.",
        }
        .to_owned()
    }
}

impl std::fmt::Display for Clash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BetweenOpd { nama, .. } => write!(f, "Dua OPD dapat memberi nomor {nama} yang sama."),
            Self::BetweenKinds { nama, nama_lain, .. } => {
                write!(f, "{nama} dan {nama_lain} memakai register berbeda tetapi nomornya dapat sama.")
            }
        }
    }
}

/// Every pair of kinds in use whose numbers could be equal.
pub fn clashes(kinds: &[JenisNaskah]) -> Vec<Clash> {
    let numbered: Vec<(&JenisNaskah, &NumberPattern)> =
        kinds.iter().filter(|kind| kind.aktif).filter_map(|kind| Some((kind, kind.aturan.pattern.as_ref()?))).collect();
    let mut found = Vec::new();
    for (at, (kind, pattern)) in numbered.iter().enumerate() {
        if kind.pemegang == Pemegang::Opd && !pattern.tokens().any(|token| token == NumberToken::Unit) {
            found.push(Clash::BetweenOpd { kode: kind.kode.clone(), nama: kind.nama.clone() });
        }
        for (other, its) in &numbered[at + 1..] {
            let apart = kind.register != other.register || kind.pemegang != other.pemegang;
            if kind.rumpun == other.rumpun && apart && meet(&atoms(kind, pattern), &atoms(other, its)) {
                found.push(Clash::BetweenKinds {
                    kode: kind.kode.clone(),
                    nama: kind.nama.clone(),
                    lain: other.kode.clone(),
                    nama_lain: other.nama.clone(),
                });
            }
        }
    }
    found
}

/// A set of letters of which one, or one or more, stand at a place.
#[derive(Debug, Clone)]
struct Atom {
    letters: &'static str,
    literal: Option<char>,
    many: bool,
}

const DIGITS: &str = "0123456789";
const CODE: &str = "0123456789.";
const NAME: &str = "abcdefghijklmnopqrstuvwxyz0123456789.- ";
const CLASS: &str = "btrs";
const ROMAN: &str = "ivx";

impl Atom {
    const fn many(letters: &'static str) -> Self {
        Self { letters, literal: None, many: true }
    }

    const fn one(letter: char) -> Self {
        Self { letters: "", literal: Some(letter), many: false }
    }

    fn holds(&self, letter: char) -> bool {
        self.literal == Some(letter) || self.letters.contains(letter)
    }

    fn overlaps(&self, other: &Self) -> bool {
        match (self.literal, other.literal) {
            (Some(letter), _) => other.holds(letter),
            (None, Some(letter)) => self.holds(letter),
            (None, None) => self.letters.chars().any(|letter| other.holds(letter)),
        }
    }
}

/// What a pattern can become, letter by letter.
fn atoms(kind: &JenisNaskah, pattern: &NumberPattern) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let literal = |atoms: &mut Vec<Atom>, text: &str| atoms.extend(fold_keeping_blanks(text).chars().map(Atom::one));
    let mut rest = pattern.as_str();
    while let Some(open) = rest.find('{') {
        literal(&mut atoms, &rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        let token = rest[open + 1..open + close].split(':').next().unwrap_or_default();
        match token {
            "klas" => atoms.push(Atom::many(CODE)),
            "no" | "bln" | "bln2" | "tahun" => atoms.push(Atom::many(DIGITS)),
            "unit" => atoms.push(Atom::many(NAME)),
            "aman" => atoms.push(Atom::many(CLASS)),
            "ROM" => atoms.push(Atom::many(ROMAN)),
            _ => literal(&mut atoms, &kind.singkatan),
        }
        rest = &rest[open + close + 1..];
    }
    literal(&mut atoms, rest);
    atoms
}

/// As numbers are compared, but a blank at either end stays: it stands between two parts.
fn fold_keeping_blanks(text: &str) -> String {
    let folded = fold(text);
    let (before, after) = (text.starts_with(' '), text.ends_with(' ') && !folded.is_empty());
    format!("{}{folded}{}", if before { " " } else { "" }, if after { " " } else { "" })
}

/// Is there a text that both can become? Walks both at once.
fn meet(a: &[Atom], b: &[Atom]) -> bool {
    let (mut seen, mut left) = (BTreeSet::new(), vec![(0, 0)]);
    while let Some((at, bt)) = left.pop() {
        if at == a.len() && bt == b.len() {
            return true;
        }
        let (Some(one), Some(other)) = (a.get(at), b.get(bt)) else { continue };
        if !seen.insert((at, bt)) || !one.overlaps(other) {
            continue;
        }
        for next_a in if one.many { vec![at, at + 1] } else { vec![at + 1] } {
            for next_b in if other.many { vec![bt, bt + 1] } else { vec![bt + 1] } {
                left.push((next_a, next_b));
            }
        }
    }
    false
}
