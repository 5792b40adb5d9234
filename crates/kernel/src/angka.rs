//! Digits with Indonesian grouping: a dot before every third digit from the right.

/// Why a text is not a row of digits, grouped or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ungrouped {
    /// Something other than digits and dots, or nothing at all.
    NotDigits,
    /// Dots that do not stand before every third digit, as in `1.25`.
    Ambiguous,
}

/// A whole number with dots between the thousands: `1250000` becomes `1.250.000`.
pub fn ribuan(value: u64) -> String {
    group(&value.to_string())
}

/// `1250000` becomes `1.250.000`.
pub(crate) fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `1.250.000` or `1250000` becomes `1250000`.
pub(crate) fn ungroup(text: &str) -> Result<String, Ungrouped> {
    if !text.chars().all(|letter| letter.is_ascii_digit() || letter == '.') || !text.chars().any(|letter| letter.is_ascii_digit())
    {
        return Err(Ungrouped::NotDigits);
    }
    let Some((first, rest)) = text.split_once('.') else { return Ok(text.to_owned()) };
    // "0.250" reads as a quarter to some and as 250 to nobody.
    let grouped = (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.split('.').all(|three| three.len() == 3);
    if grouped { Ok(text.replace('.', "")) } else { Err(Ungrouped::Ambiguous) }
}
