#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    angka::{self, Ungrouped},
    desimal::{Rounding, times},
    terbilang,
};

/// Whole rupiah. Stored as BIGINT; cents do not exist in regional finance. All arithmetic is checked.
///
/// ```
/// use praja_kernel::Rupiah;
///
/// let amount: Rupiah = "Rp 1.250.000".parse()?;
/// assert_eq!(amount, Rupiah(1_250_000));
/// assert_eq!(amount.to_string(), "Rp1.250.000");
/// assert_eq!(amount.terbilang(), "satu juta dua ratus lima puluh ribu rupiah");
/// # Ok::<(), praja_kernel::RupiahError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rupiah(pub i64);

/// Why an amount of money could not be read or computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RupiahError {
    /// Nothing was typed.
    #[error("Jumlah uang belum diisi.")]
    Empty,
    /// Letters or signs that do not belong into an amount.
    #[error("\"{text}\" bukan jumlah uang. Tulis angka saja, misalnya 1.250.000.")]
    NotNumber {
        /// What was typed.
        text: String,
    },
    /// A comma with cents behind it.
    #[error("\"{text}\" memuat sen. Tulis rupiah bulat tanpa koma, misalnya 1.250.000.")]
    HasCents {
        /// What was typed.
        text: String,
    },
    /// Dots or commas that do not stand before every third digit.
    #[error("\"{text}\" dapat dibaca lebih dari satu cara. Tulis jumlah penuh, misalnya 1.250 atau 1.250.000.")]
    Ambiguous {
        /// What was typed.
        text: String,
    },
    /// Beyond about nine quintillion, typed or computed.
    #[error("Jumlah uang terlalu besar. Angka terbesar adalah Rp9.223.372.036.854.775.807.")]
    TooLarge,
    /// A division among nobody: no part, or all weights zero.
    #[error("Jumlah uang tidak dapat dibagi karena tidak ada penerima bagian.")]
    NoShares,
}

impl Rupiah {
    /// Rp0.
    pub const ZERO: Self = Self(0);

    /// The amount as stored.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum of two amounts, or [`RupiahError::TooLarge`].
    pub fn checked_add(self, other: Self) -> Result<Self, RupiahError> {
        self.0.checked_add(other.0).map(Self).ok_or(RupiahError::TooLarge)
    }

    /// The difference of two amounts, or [`RupiahError::TooLarge`]. May be below zero.
    pub fn checked_sub(self, other: Self) -> Result<Self, RupiahError> {
        self.0.checked_sub(other.0).map(Self).ok_or(RupiahError::TooLarge)
    }

    /// The amount `count` times, or [`RupiahError::TooLarge`].
    pub fn checked_mul(self, count: i64) -> Result<Self, RupiahError> {
        self.0.checked_mul(count).map(Self).ok_or(RupiahError::TooLarge)
    }

    /// The sum of many amounts, or [`RupiahError::TooLarge`].
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, RupiahError> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// The amount times an exact factor (a tariff, an index), rounded once to whole rupiah; or [`RupiahError::TooLarge`].
    pub fn times(self, factor: Decimal, rounding: Rounding) -> Result<Self, RupiahError> {
        times(self.0, factor, rounding).map(Self).ok_or(RupiahError::TooLarge)
    }

    /// `count` parts as equal as whole rupiah allow, the larger ones first; together they are exactly this amount.
    pub fn split(self, count: usize) -> Result<Vec<Self>, RupiahError> {
        self.share(&vec![1; count])
    }

    /// Parts in proportion to `weights`, together exactly this amount: what rounding down leaves over goes, rupiah by rupiah, to
    /// the parts that lost most (at a tie to the earlier one). [`RupiahError::NoShares`] when the weights are none or all zero.
    pub fn share(self, weights: &[u64]) -> Result<Vec<Self>, RupiahError> {
        let total: u128 = weights.iter().copied().map(u128::from).sum();
        if total == 0 {
            return Err(RupiahError::NoShares);
        }
        let whole = u128::from(self.0.unsigned_abs());
        let mut parts: Vec<u128> = weights.iter().map(|weight| whole * u128::from(*weight) / total).collect();
        let mut by_loss: Vec<usize> = (0..weights.len()).collect();
        by_loss.sort_by_key(|index| std::cmp::Reverse(whole * u128::from(weights[*index]) % total));
        let left_over = whole - parts.iter().sum::<u128>();
        for index in by_loss.into_iter().take(usize::try_from(left_over).unwrap_or(usize::MAX)) {
            parts[index] += 1;
        }
        parts.into_iter().map(|part| signed(self.0 < 0, part).ok_or(RupiahError::TooLarge)).collect()
    }

    /// The amount in words, for receipts and agreements: "tujuh puluh lima juta rupiah".
    pub fn terbilang(self) -> String {
        format!("{} rupiah", terbilang(self.0))
    }
}

impl fmt::Display for Rupiah {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        f.pad(&format!("{sign}Rp{}", angka::group(&self.0.unsigned_abs().to_string())))
    }
}

impl FromStr for Rupiah {
    type Err = RupiahError;

    /// Reads what people type: `1.250.000`, `Rp 1.250.000`, `Rp1250000`, `Rp. 1.250.000,-`, `-Rp5.000`.
    fn from_str(text: &str) -> Result<Self, RupiahError> {
        let typed = text.trim();
        let (minus, unsigned) = strip_minus(typed);
        let (minus_inside, digits) = strip_minus(strip_currency(unsigned).trim());
        let digits = digits.strip_suffix(",-").unwrap_or(digits).trim_end();
        if digits.is_empty() {
            return Err(RupiahError::Empty);
        }
        let plain = read_digits(digits, typed)?;
        let value: u128 = plain.parse().map_err(|_| RupiahError::TooLarge)?;
        if minus && minus_inside {
            return Err(RupiahError::NotNumber { text: typed.to_owned() });
        }
        signed(minus || minus_inside, value).ok_or(RupiahError::TooLarge)
    }
}

/// `typed` is the whole input, named in the messages.
fn read_digits(digits: &str, typed: &str) -> Result<String, RupiahError> {
    let text = || typed.to_owned();
    if let Some((whole, cents)) = digits.split_once(',') {
        let readable = angka::ungroup(whole).is_ok() && cents.chars().all(|letter| letter.is_ascii_digit());
        return Err(match (readable, cents.len()) {
            (true, 3) => RupiahError::Ambiguous { text: text() },
            (true, _) => RupiahError::HasCents { text: text() },
            _ if digits.chars().all(|letter| letter.is_ascii_digit() || ".,".contains(letter)) => {
                RupiahError::Ambiguous { text: text() }
            }
            _ => RupiahError::NotNumber { text: text() },
        });
    }
    angka::ungroup(digits).map_err(|problem| match problem {
        Ungrouped::NotDigits => RupiahError::NotNumber { text: text() },
        Ungrouped::Ambiguous => RupiahError::Ambiguous { text: text() },
    })
}

/// Word processors turn the hyphen before a number into a minus sign.
fn strip_minus(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

fn strip_currency(text: &str) -> &str {
    match text.get(..2) {
        Some(prefix) if prefix.eq_ignore_ascii_case("rp") => text[2..].strip_prefix('.').unwrap_or(&text[2..]),
        _ => text,
    }
}

fn signed(negative: bool, value: u128) -> Option<Rupiah> {
    let value = i128::try_from(value).ok()?;
    i64::try_from(if negative { -value } else { value }).ok().map(Rupiah)
}
