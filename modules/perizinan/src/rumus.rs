//! The small language for conditions and fees over the fields of a form, written by whoever keeps the types of service.
//!
//! `jika(jenis = "permanen"; luas * 2500,5; 0)`: numbers (decimal comma, no dots between thousands), texts in quotes, names of fields,
//! `+ - * /`, `= <> < <= > >=`, `dan`, `atau`, `bukan`, `ya`, `tidak`, parentheses and the functions of [`Fungsi`]. `permohonan` is what is
//! applied for ("baru", "perpanjangan" …). What is computed is exact; a fee is rounded once, half up, to whole rupiah.
//! A field that is not filled makes a comparison false and a fee impossible, not zero.

mod baca;
mod hitung;
mod nilai;
mod pecahan;
mod tipe;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt};

pub(crate) use hitung::Gagal;
pub(crate) use nilai::Nilai;
pub(crate) use pecahan::Pecahan;
use praja_kernel::{Rupiah, words};
pub(crate) use tipe::{Tipe, jenis_isian};

use crate::jenis::JenisIsian;

/// Longest formula, in letters.
pub(crate) const PANJANG_MAKS: usize = 2000;
/// Deepest nesting.
pub(crate) const DALAM_MAKS: usize = 64;
/// What is applied for, as a name in formulas.
pub(crate) const PERMOHONAN: &str = "permohonan";

/// A condition or a formula that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rumus {
    akar: Simpul,
}

/// Where a formula cannot be understood, why, and what helps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Rumus, huruf ke-{posisi}: {pesan} {saran}")]
pub(crate) struct Salah {
    /// The letter, from 1.
    pub(crate) posisi: usize,
    /// What is wrong.
    pub(crate) pesan: String,
    /// What to write instead.
    pub(crate) saran: String,
}

impl Salah {
    fn new(posisi: usize, pesan: impl Into<String>, saran: impl Into<String>) -> Self {
        Self { posisi, pesan: pesan.into(), saran: saran.into() }
    }
}

words! {
    /// What can be called.
    pub(crate) enum Fungsi ("fungsi rumus") {
        /// One of two, by a condition.
        Jika => "jika", "jika(kondisi; bila ya; bila tidak)";
        /// The smallest.
        Min => "min", "min(a; b; …)";
        /// The largest.
        Maks => "maks", "maks(a; b; …)";
        /// To the nearest whole number, halves up.
        Bulat => "bulat", "bulat(angka)";
        /// Up to a whole number: a part counts as one.
        Naik => "naik", "naik(angka)";
        /// Down to a whole number: a part is dropped.
        Turun => "turun", "turun(angka)";
        /// Adds up over the rows of a table.
        Jumlah => "jumlah", "jumlah(tabel.kolom)";
        /// Rows of a table.
        Banyak => "banyak", "banyak(tabel)";
        /// Is it filled?
        Terisi => "terisi", "terisi(isian)";
    }
}

/// Operators between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Atau,
    Dan,
    Sama,
    Beda,
    Kurang,
    KurangSama,
    Lebih,
    LebihSama,
    Tambah,
    Kurangi,
    Kali,
    Bagi,
}

impl Operator {
    /// How strongly it binds.
    const fn kuat(self) -> u8 {
        match self {
            Self::Atau => 1,
            Self::Dan => 2,
            Self::Sama | Self::Beda | Self::Kurang | Self::KurangSama | Self::Lebih | Self::LebihSama => 4,
            Self::Tambah | Self::Kurangi => 5,
            Self::Kali | Self::Bagi => 6,
        }
    }

    const fn tanda(self) -> &'static str {
        match self {
            Self::Atau => "atau",
            Self::Dan => "dan",
            Self::Sama => "=",
            Self::Beda => "<>",
            Self::Kurang => "<",
            Self::KurangSama => "<=",
            Self::Lebih => ">",
            Self::LebihSama => ">=",
            Self::Tambah => "+",
            Self::Kurangi => "-",
            Self::Kali => "*",
            Self::Bagi => "/",
        }
    }
}

/// How strongly `bukan` binds: weaker than a comparison, as it is spoken.
const KUAT_BUKAN: u8 = 3;
/// How strongly a sign binds.
const KUAT_MINUS: u8 = 7;

/// A part of a formula and the letter at which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Simpul {
    posisi: usize,
    dalam: usize,
    isi: Isi,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Isi {
    Angka(Pecahan),
    Teks(String),
    Ya(bool),
    Nama(String),
    Kolom(String, String),
    Bukan(Box<Simpul>),
    Minus(Box<Simpul>),
    Dua(Operator, Box<Simpul>, Box<Simpul>),
    Panggil(Fungsi, Vec<Simpul>),
}

impl Rumus {
    /// Reads a condition or formula.
    ///
    /// # Errors
    /// [`Salah`] with the place and a remedy.
    pub(crate) fn parse(text: &str) -> Result<Self, Salah> {
        baca::read(text).map(|akar| Self { akar })
    }

    /// The fields it uses; of `tabel.kolom` the table.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.akar.visit(&mut |simpul| match &simpul.isi {
            Isi::Nama(nama) | Isi::Kolom(nama, _) if nama != PERMOHONAN => {
                found.insert(nama.as_str());
            }
            _ => {}
        });
        found
    }

    /// What it gives, when the fields hold what `jenis` says; `tabel.kolom` is asked for by that name.
    ///
    /// # Errors
    /// [`Salah`] for a field nobody declared or sides that do not fit together.
    pub(crate) fn check(&self, jenis: &dyn Fn(&str) -> Option<JenisIsian>) -> Result<Tipe, Salah> {
        tipe::of(&self.akar, jenis)
    }

    /// [`Rumus::check`] of a condition.
    ///
    /// # Errors
    /// As there, and when it is not yes or no.
    pub(crate) fn check_condition(&self, jenis: &dyn Fn(&str) -> Option<JenisIsian>) -> Result<(), Salah> {
        self.check_as(jenis, Tipe::Ya)
    }

    /// [`Rumus::check`] of a fee.
    ///
    /// # Errors
    /// As there, and when it is not a number.
    pub(crate) fn check_fee(&self, jenis: &dyn Fn(&str) -> Option<JenisIsian>) -> Result<(), Salah> {
        self.check_as(jenis, Tipe::Angka)
    }

    fn check_as(&self, jenis: &dyn Fn(&str) -> Option<JenisIsian>, expected: Tipe) -> Result<(), Salah> {
        match self.check(jenis)? {
            found if found == expected => Ok(()),
            found => Err(tipe::mismatch(1, expected, found)),
        }
    }

    /// Does the condition hold?
    ///
    /// # Errors
    /// [`Gagal`] where it cannot be computed. What is not filled is no error: a comparison with it is false.
    pub(crate) fn condition(&self, nilai: &Nilai) -> Result<bool, Gagal> {
        hitung::condition(&self.akar, nilai)
    }

    /// The exact number it gives.
    ///
    /// # Errors
    /// [`Gagal`] where a field is missing or the result does not fit.
    pub(crate) fn number(&self, nilai: &Nilai) -> Result<Pecahan, Gagal> {
        hitung::number(&self.akar, nilai)
    }

    /// The fee it gives: whole rupiah, rounded once, half up.
    ///
    /// # Errors
    /// [`Gagal`] where a field is missing, the result does not fit, or is below zero.
    pub(crate) fn rupiah(&self, nilai: &Nilai) -> Result<Rupiah, Gagal> {
        self.number(nilai)?.rupiah()
    }
}

/// Words that cannot be the name of a field.
pub(crate) fn is_reserved(name: &str) -> bool {
    ["dan", "atau", "bukan", "ya", "tidak", PERMOHONAN].contains(&name) || Fungsi::ALL.iter().any(|one| one.as_str() == name)
}

impl Simpul {
    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match &self.isi {
            Isi::Bukan(inner) | Isi::Minus(inner) => inner.visit(see),
            Isi::Dua(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Isi::Panggil(_, arguments) => arguments.iter().for_each(|one| one.visit(see)),
            Isi::Angka(_) | Isi::Teks(_) | Isi::Ya(_) | Isi::Nama(_) | Isi::Kolom(..) => {}
        }
    }

    /// Does it name this field?
    fn uses(&self, isian: &str) -> bool {
        let mut found = false;
        self.visit(&mut |simpul| found |= matches!(&simpul.isi, Isi::Nama(nama) if nama == isian));
        found
    }

    /// How strongly the outermost part binds; 9 where nothing can come between.
    fn kuat(&self) -> u8 {
        match &self.isi {
            Isi::Dua(operator, ..) => operator.kuat(),
            Isi::Bukan(_) => KUAT_BUKAN,
            Isi::Minus(_) => KUAT_MINUS,
            _ => 9,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, at_least: u8) -> fmt::Result {
        if self.kuat() < at_least {
            f.write_str("(")?;
            self.write(f, 0)?;
            return f.write_str(")");
        }
        match &self.isi {
            Isi::Angka(angka) => write!(f, "{angka}"),
            Isi::Teks(teks) => write!(f, "\"{}\"", teks.replace('"', "\"\"")),
            Isi::Ya(ya) => f.write_str(if *ya { "ya" } else { "tidak" }),
            Isi::Nama(nama) => f.write_str(nama),
            Isi::Kolom(tabel, kolom) => write!(f, "{tabel}.{kolom}"),
            Isi::Bukan(inner) => {
                f.write_str("bukan ")?;
                inner.write(f, KUAT_BUKAN)
            }
            Isi::Minus(inner) => {
                f.write_str("-")?;
                inner.write(f, KUAT_MINUS)
            }
            Isi::Dua(operator, left, right) => {
                let kuat = operator.kuat();
                // A comparison stands alone: one beside another is in parentheses.
                left.write(f, if kuat == 4 { 5 } else { kuat })?;
                write!(f, " {} ", operator.tanda())?;
                right.write(f, kuat + 1)
            }
            Isi::Panggil(fungsi, arguments) => {
                write!(f, "{}(", fungsi.as_str())?;
                for (index, one) in arguments.iter().enumerate() {
                    f.write_str(if index > 0 { "; " } else { "" })?;
                    one.write(f, 0)?;
                }
                f.write_str(")")
            }
        }
    }
}

impl fmt::Display for Rumus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.akar.write(f, 0)
    }
}
