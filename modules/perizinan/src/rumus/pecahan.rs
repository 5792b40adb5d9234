use std::{cmp::Ordering, fmt};

use praja_kernel::{Decimal, Rupiah};

use super::Gagal;

/// An exact number as a fraction: thirds stay thirds, so that nothing but the end is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pecahan {
    /// Above the line.
    atas: i128,
    /// Below it, more than zero, with no common factor.
    bawah: i128,
}

impl Pecahan {
    /// 0.
    pub(crate) const NOL: Self = Self { atas: 0, bawah: 1 };

    /// A whole number.
    pub(crate) const fn whole(number: i64) -> Self {
        Self { atas: number as i128, bawah: 1 }
    }

    /// A decimal number; none for one with too many digits.
    pub(crate) fn decimal(number: Decimal) -> Option<Self> {
        let number = number.normalize();
        Self::new(number.mantissa(), 10i128.checked_pow(number.scale())?)
    }

    /// A fraction; none below a line of zero or beyond what fits.
    pub(crate) fn new(atas: i128, bawah: i128) -> Option<Self> {
        if bawah == 0 || atas == i128::MIN || bawah == i128::MIN {
            return None;
        }
        let common = gcd(atas.unsigned_abs(), bawah.unsigned_abs());
        let common = i128::try_from(common).ok()?;
        let sign = bawah.signum();
        Some(Self { atas: atas / common * sign, bawah: bawah / common * sign })
    }

    /// The sum.
    pub(crate) fn plus(self, other: Self) -> Result<Self, Gagal> {
        // Over the least common denominator, so that many terms of the same fineness do not outgrow the space.
        let common = i128::try_from(gcd(self.bawah.unsigned_abs(), other.bawah.unsigned_abs())).unwrap_or(1);
        let (left, right) = (other.bawah / common, self.bawah / common);
        let atas = self.atas.checked_mul(left).zip(other.atas.checked_mul(right)).and_then(|(a, b)| a.checked_add(b));
        atas.zip(self.bawah.checked_mul(left)).and_then(|(atas, bawah)| Self::new(atas, bawah)).ok_or(Gagal::TooLarge)
    }

    /// The difference.
    pub(crate) fn minus(self, other: Self) -> Result<Self, Gagal> {
        self.plus(other.negated())
    }

    /// The product.
    pub(crate) fn times(self, other: Self) -> Result<Self, Gagal> {
        let one = Self::new(self.atas, other.bawah).ok_or(Gagal::TooLarge)?;
        let two = Self::new(other.atas, self.bawah).ok_or(Gagal::TooLarge)?;
        one.atas
            .checked_mul(two.atas)
            .zip(one.bawah.checked_mul(two.bawah))
            .and_then(|(atas, bawah)| Self::new(atas, bawah))
            .ok_or(Gagal::TooLarge)
    }

    /// The quotient.
    pub(crate) fn over(self, other: Self) -> Result<Self, Gagal> {
        if other.atas == 0 {
            return Err(Gagal::DividedByZero);
        }
        self.times(Self::new(other.bawah, other.atas).ok_or(Gagal::TooLarge)?)
    }

    /// With the other sign.
    pub(crate) const fn negated(self) -> Self {
        // Never the smallest number: `new` refuses it.
        Self { atas: -self.atas, bawah: self.bawah }
    }

    /// Less than nothing?
    pub(crate) const fn is_negative(self) -> bool {
        self.atas < 0
    }

    /// To the nearest whole number, halves away from zero.
    pub(crate) const fn nearest(self) -> i128 {
        let (whole, rest) = (self.atas.abs() / self.bawah, self.atas.abs() % self.bawah);
        let up = rest >= self.bawah - rest;
        let rounded = if up { whole + 1 } else { whole };
        if self.atas < 0 { -rounded } else { rounded }
    }

    /// Up to a whole number.
    pub(crate) const fn up(self) -> i128 {
        -(-self.atas).div_euclid(self.bawah)
    }

    /// Down to a whole number.
    pub(crate) const fn down(self) -> i128 {
        self.atas.div_euclid(self.bawah)
    }

    /// A whole number that may be large.
    pub(crate) const fn from_whole(number: i128) -> Self {
        Self { atas: number, bawah: 1 }
    }

    /// Whole rupiah, rounded half up; never below zero.
    pub(crate) fn rupiah(self) -> Result<Rupiah, Gagal> {
        if self.is_negative() {
            return Err(Gagal::Negative);
        }
        i64::try_from(self.nearest()).map(Rupiah).map_err(|_| Gagal::TooLarge)
    }

    /// Which is larger, exactly.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        // Whole parts first, then the fractions turned over: never multiplies, so never overflows.
        let (mut a, mut b) = ((self.atas, self.bawah), (other.atas, other.bawah));
        let mut turned = false;
        loop {
            let order = a.0.div_euclid(a.1).cmp(&b.0.div_euclid(b.1));
            let (left, right) = (a.0.rem_euclid(a.1), b.0.rem_euclid(b.1));
            let order = if order == Ordering::Equal { (left > 0).cmp(&(right > 0)) } else { order };
            if order != Ordering::Equal || left == 0 {
                return if turned { order.reverse() } else { order };
            }
            ((a, b), turned) = (((a.1, left), (b.1, right)), !turned);
        }
    }
}

impl fmt::Display for Pecahan {
    /// With a decimal comma as it is typed into a formula; one that never ends is shown as a division.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut bawah, mut places) = (self.bawah, 0usize);
        let (mut twos, mut fives) = (0, 0);
        while bawah % 2 == 0 {
            (bawah, twos) = (bawah / 2, twos + 1);
        }
        while bawah % 5 == 0 {
            (bawah, fives) = (bawah / 5, fives + 1);
        }
        if bawah != 1 {
            return write!(f, "{} / {}", self.atas, self.bawah);
        }
        places = places.max(twos).max(fives);
        let (mut rest, whole) = (self.atas.abs() % self.bawah, self.atas.abs() / self.bawah);
        write!(f, "{}{whole}", if self.atas < 0 { "-" } else { "" })?;
        for place in 0..places {
            if place == 0 {
                f.write_str(",")?;
            }
            // Below 10 times the denominator, which is at most 10^28.
            write!(f, "{}", rest * 10 / self.bawah)?;
            rest = rest * 10 % self.bawah;
        }
        Ok(())
    }
}

const fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}
