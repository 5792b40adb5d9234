mod pattern;
mod rule;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use pattern::{NumberPattern, PatternError};
pub use rule::{NUMBER_PRESETS, NumberPreset, NumberRule};

/// What stands between braces in a number pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberToken {
    /// `{klas}`: code of the archive classification, "000.8.3.3".
    Klas,
    /// `{no}` or `{no:03}`: the register's number, padded with zeros to so many digits (0: not padded).
    No {
        /// Digits at least, 0 to 9.
        width: u8,
    },
    /// `{unit}`: short name of the unit, "DPMPTSP".
    Unit,
    /// `{aman}`: letter of the security class, "R".
    Aman,
    /// `{jenis}`: short name of the kind of letter, "BA".
    Jenis,
    /// `{bln}`: month as 1 to 12.
    Bln,
    /// `{bln2}`: month as 01 to 12.
    Bln2,
    /// `{ROM}`: month as I to XII.
    Rom,
    /// `{tahun}`: year of the letter's date.
    Tahun,
}

impl NumberToken {
    /// The names that may stand between braces.
    pub const NAMES: [&'static str; 9] = ["klas", "no", "unit", "aman", "jenis", "bln", "bln2", "ROM", "tahun"];

    /// The name between the braces, without padding.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Klas => "klas",
            Self::No { .. } => "no",
            Self::Unit => "unit",
            Self::Aman => "aman",
            Self::Jenis => "jenis",
            Self::Bln => "bln",
            Self::Bln2 => "bln2",
            Self::Rom => "ROM",
            Self::Tahun => "tahun",
        }
    }

    pub(crate) fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "klas" => Self::Klas,
            "no" => Self::No { width: 0 },
            "unit" => Self::Unit,
            "aman" => Self::Aman,
            "jenis" => Self::Jenis,
            "bln" => Self::Bln,
            "bln2" => Self::Bln2,
            "ROM" => Self::Rom,
            "tahun" => Self::Tahun,
            _ => return None,
        })
    }
}

/// What fills a number pattern. Begin with [`NumberParts::new`] and add what the pattern names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberParts<'a> {
    /// The number drawn from the register, from 1.
    pub no: u64,
    /// The letter's own date in the regency; never the server's clock.
    pub tanggal: Date,
    /// Code of the archive classification.
    pub klas: &'a str,
    /// Short name of the unit.
    pub unit: &'a str,
    /// Letter of the security class ([`crate::Sifat::huruf`]).
    pub aman: &'a str,
    /// Short name of the kind of letter.
    pub jenis: &'a str,
}

impl<'a> NumberParts<'a> {
    /// Number and date, which every letter has; the other parts are empty.
    pub const fn new(no: u64, tanggal: Date) -> Self {
        Self { no, tanggal, klas: "", unit: "", aman: "", jenis: "" }
    }

    /// With the code of the archive classification.
    pub const fn klas(self, klas: &'a str) -> Self {
        Self { klas, ..self }
    }

    /// With the short name of the unit.
    pub const fn unit(self, unit: &'a str) -> Self {
        Self { unit, ..self }
    }

    /// With the letter of the security class.
    pub const fn aman(self, aman: &'a str) -> Self {
        Self { aman, ..self }
    }

    /// With the short name of the kind of letter.
    pub const fn jenis(self, jenis: &'a str) -> Self {
        Self { jenis, ..self }
    }
}
