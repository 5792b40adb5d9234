#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::angka::{self, Ungrouped};

crate::words! {
    /// What happens to the part that does not fit. Say which one the regulation asks for.
    pub enum Rounding ("cara pembulatan") {
        /// To the nearest, halves away from zero: how people round on paper.
        HalfUp => "terdekat", "Ke angka terdekat";
        /// Towards zero: the rest is dropped.
        Down => "bawah", "Ke bawah";
        /// Away from zero: any rest counts as one.
        Up => "atas", "Ke atas";
        /// To the nearest, halves to the even neighbour.
        HalfEven => "genap", "Ke angka genap terdekat";
    }
}

/// An exact decimal number, shown and typed the Indonesian way ("1.234,56"). Never a binary float.
///
/// Stored as a scaled BIGINT in columns named `_e2` or `_e6`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Desimal(pub Decimal);

/// Why a decimal number could not be read, stored or computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DesimalError {
    /// Nothing was typed.
    #[error("Angka belum diisi.")]
    Empty,
    /// Letters or signs that do not belong into a number.
    #[error("\"{text}\" bukan angka. Tulis misalnya 1.234,56.")]
    NotNumber {
        /// What was typed.
        text: String,
    },
    /// A dot where a comma was probably meant.
    #[error(
        "\"{text}\" dapat dibaca lebih dari satu cara. Gunakan koma untuk desimal dan titik untuk ribuan, misalnya 1.234,56."
    )]
    Ambiguous {
        /// What was typed.
        text: String,
    },
    /// More digits behind the comma than the column keeps.
    #[error("Angka {value} memuat lebih dari {places} angka di belakang koma.")]
    TooFine {
        /// The number.
        value: Desimal,
        /// Digits behind the comma that are kept.
        places: u32,
    },
    /// Too many digits, typed or computed.
    #[error("Angka terlalu besar atau terlalu panjang.")]
    TooLarge,
    /// A division by zero.
    #[error("Angka tidak dapat dibagi nol.")]
    DividedByZero,
}

impl Desimal {
    /// 0.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The number stored as hundredths in an `_e2` column.
    pub fn from_e2(stored: i64) -> Self {
        Self(Decimal::new(stored, 2))
    }

    /// The number stored as millionths in an `_e6` column.
    pub fn from_e6(stored: i64) -> Self {
        Self(Decimal::new(stored, 6))
    }

    /// Hundredths for an `_e2` column; refuses what would lose a digit.
    pub fn to_e2(self) -> Result<i64, DesimalError> {
        self.scaled(2)
    }

    /// Millionths for an `_e6` column; refuses what would lose a digit.
    pub fn to_e6(self) -> Result<i64, DesimalError> {
        self.scaled(6)
    }

    /// This number with at most `places` digits behind the comma.
    pub fn round(self, places: u32, rounding: Rounding) -> Self {
        Self(self.0.round_dp_with_strategy(places, rounding.strategy()))
    }

    /// The sum, or [`DesimalError::TooLarge`].
    pub fn checked_add(self, other: Self) -> Result<Self, DesimalError> {
        self.0.checked_add(other.0).map(Self).ok_or(DesimalError::TooLarge)
    }

    /// The difference, or [`DesimalError::TooLarge`].
    pub fn checked_sub(self, other: Self) -> Result<Self, DesimalError> {
        self.0.checked_sub(other.0).map(Self).ok_or(DesimalError::TooLarge)
    }

    /// The product (28 significant digits), or [`DesimalError::TooLarge`].
    pub fn checked_mul(self, other: Self) -> Result<Self, DesimalError> {
        self.0.checked_mul(other.0).map(Self).ok_or(DesimalError::TooLarge)
    }

    /// The quotient (28 significant digits), [`DesimalError::DividedByZero`] or [`DesimalError::TooLarge`].
    pub fn checked_div(self, other: Self) -> Result<Self, DesimalError> {
        if other.0.is_zero() {
            return Err(DesimalError::DividedByZero);
        }
        self.0.checked_div(other.0).map(Self).ok_or(DesimalError::TooLarge)
    }

    /// How many percent `part` is of `whole`, rounded once to `places` digits: `percent_of(1, 3, 2, HalfUp)` is 33,33.
    pub fn percent_of(part: i64, whole: i64, places: u32, rounding: Rounding) -> Result<Self, DesimalError> {
        let hundredfold = Self(Decimal::from(part)).checked_mul(Self(Decimal::ONE_HUNDRED))?;
        Ok(hundredfold.checked_div(Self(Decimal::from(whole)))?.round(places, rounding))
    }

    /// This many percent as a factor: 12,5 becomes 0,125. For [`crate::Rupiah::times`].
    pub fn percent_factor(self) -> Result<Decimal, DesimalError> {
        let factor = self.0.normalize();
        match factor.scale() + 2 {
            scale @ 0..=28 => Ok(Decimal::from_i128_with_scale(factor.mantissa(), scale)),
            _ => Err(DesimalError::TooFine { value: self, places: 26 }),
        }
    }

    /// With exactly `places` digits behind the comma, halves away from zero: "1.234,50".
    pub fn format(self, places: u32) -> String {
        let rounded = self.round(places, Rounding::HalfUp).0;
        // Rust pads a Decimal to the precision asked for; nothing is left to round here.
        indonesian(&format!("{rounded:.*}", places as usize))
    }

    /// With a percent sign and as many digits as there are: "87,5%".
    pub fn persen(self) -> String {
        format!("{self}%")
    }

    /// Reads a percentage with or without its sign: "87,5%", "87,5 %" or "87,5".
    pub fn parse_persen(text: &str) -> Result<Self, DesimalError> {
        let text = text.trim();
        text.strip_suffix('%').unwrap_or(text).parse()
    }

    fn scaled(self, places: u32) -> Result<i64, DesimalError> {
        let exact = self.0.normalize();
        if exact.scale() > places {
            return Err(DesimalError::TooFine { value: self, places });
        }
        let scale = 10i128.pow(places - exact.scale());
        exact.mantissa().checked_mul(scale).and_then(|scaled| i64::try_from(scaled).ok()).ok_or(DesimalError::TooLarge)
    }
}

impl Rounding {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
        }
    }
}

/// `number` × `factor`, exact until the one rounding at the end; none when it does not fit.
///
/// `Decimal` itself would round once to 28 digits and then again.
pub(crate) fn times(number: i64, factor: Decimal, rounding: Rounding) -> Option<i64> {
    let negative = (number < 0) != factor.is_sign_negative();
    let one = 10u128.pow(factor.scale());
    let (whole, fraction) = (factor.mantissa().unsigned_abs() / one, factor.mantissa().unsigned_abs() % one);
    let (mut quotient, mut rest) = (0u128, 0u128);
    for digit in number.unsigned_abs().to_string().bytes() {
        // Long multiplication and division at once: below 20 × 10^28, so nothing overflows.
        rest = rest * 10 + u128::from(digit - b'0') * fraction;
        quotient = quotient * 10 + rest / one;
        rest %= one;
    }
    let product = u128::from(number.unsigned_abs()).checked_mul(whole)?.checked_add(quotient)?;
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::HalfUp => rest * 2 >= one && rest > 0,
        Rounding::HalfEven => rest * 2 > one || (rest * 2 == one && product % 2 == 1),
    };
    let rounded = i128::try_from(product.checked_add(u128::from(up))?).ok()?;
    i64::try_from(if negative { -rounded } else { rounded }).ok()
}

/// `-1234.50` becomes `-1.234,50`.
fn indonesian(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{},{fraction}", angka::group(whole)),
        None => format!("{sign}{}", angka::group(digits)),
    }
}

impl fmt::Display for Desimal {
    /// Indonesian, with as many digits behind the comma as there are, or as many as the precision asks for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => f.write_str(&self.format(u32::try_from(places).unwrap_or(u32::MAX))),
            None => f.write_str(&indonesian(&self.0.normalize().to_string())),
        }
    }
}

impl fmt::Debug for Desimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Desimal({self})")
    }
}

impl FromStr for Desimal {
    type Err = DesimalError;

    /// Reads `1.234,56`, `1234,56`, `-0,5`, `12`; refuses `12.5`, which some mean as twelve and a half.
    fn from_str(text: &str) -> Result<Self, DesimalError> {
        let typed = text.trim();
        if typed.is_empty() {
            return Err(DesimalError::Empty);
        }
        let not_number = || DesimalError::NotNumber { text: typed.to_owned() };
        let (sign, unsigned) = typed.strip_prefix(['-', '\u{2212}']).map_or(("", typed), |rest| ("-", rest));
        let (whole, fraction) = unsigned.split_once(',').unwrap_or((unsigned, "0"));
        let whole = angka::ungroup(whole).map_err(|problem| match problem {
            Ungrouped::NotDigits => not_number(),
            Ungrouped::Ambiguous => DesimalError::Ambiguous { text: typed.to_owned() },
        })?;
        if fraction.is_empty() || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(not_number());
        }
        let value = Decimal::from_str_exact(&format!("{sign}{whole}.{fraction}")).map_err(|_| DesimalError::TooLarge)?;
        // Decimal knows a negative zero, which would be shown as "-0".
        Ok(Self(if value.is_zero() { Decimal::ZERO } else { value }))
    }
}

impl Serialize for Desimal {
    /// As text with a dot (`"1234.56"`): JSON numbers are binary floats to many readers.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Desimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Decimal::from_str_exact(&text).map(Self).map_err(de::Error::custom)
    }
}
