use std::fmt;

/// By which a bill is paid at a bank: regency 4, office 2, year 2, sequence 7, check digit 1 (mod 10, as on bank cards). Sixteen digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KodeBayar(String);

/// Digits of a code.
const DIGITS: usize = 16;

impl KodeBayar {
    /// The code of the `urut`-th bill of a year. None where a part does not have its digits.
    pub(crate) fn new(daerah: &str, pd: &str, tahun: i16, urut: i64) -> Option<Self> {
        let number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        if !number(daerah, 4) || !number(pd, 2) || !(1..=9_999_999).contains(&urut) || !(1..=9999).contains(&tahun) {
            return None;
        }
        let body = format!("{daerah}{pd}{:02}{urut:07}", tahun % 100);
        let check = check_digit(&body);
        Some(Self(format!("{body}{check}")))
    }

    /// A stored or typed code: sixteen digits, spaces and dots between them left out, whose last is right.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
        let (body, last) = digits.split_at_checked(DIGITS - 1)?;
        let right = last.len() == 1 && digits.bytes().all(|byte| byte.is_ascii_digit());
        (right && last == check_digit(body).to_string()).then_some(Self(digits))
    }

    /// The code within the words a bank writes beside a credit.
    pub(crate) fn find(text: &str) -> Option<Self> {
        Self::parse(text.trim()).or_else(|| text.split(|letter: char| !letter.is_ascii_digit()).find_map(Self::parse))
    }

    /// The sixteen digits.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KodeBayar {
    /// In fours, as people read it to a teller.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str(" ")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// Finds every single wrong digit and nearly every two that changed places.
fn check_digit(body: &str) -> u32 {
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    (10 - sum % 10) % 10
}
