//! Telephone numbers of Indonesia, in the form that gateways want.

/// Fewest digits after the country code: a landline in a small town.
const SHORTEST: usize = 8;
/// Most digits after the country code.
const LONGEST: usize = 12;

/// `0812-3456-7890`, `62812…` or `+62 812…` as `+6281234567890`; nothing when it is no number of this country.
pub fn parse(typed: &str) -> Option<String> {
    let sign = typed.trim().starts_with('+');
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '+')).collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rest = match (sign, digits.strip_prefix("62"), digits.strip_prefix('0')) {
        (true, Some(rest), _) => rest,
        (true, None, _) => return None,
        // 62 without a plus is a country code only in front of a mobile number: a NIP or NIK may begin with it, too.
        (false, Some(rest), _) if rest.starts_with('8') => rest,
        (false, _, Some(rest)) => rest,
        _ => return None,
    };
    let fits = (SHORTEST..=LONGEST).contains(&rest.len()) && !rest.starts_with('0');
    fits.then(|| format!("+62{rest}"))
}

/// May it get a text message? Mobile numbers begin with 8.
pub fn is_mobile(number: &str) -> bool {
    number.starts_with("+628")
}

/// "+62812••••7890", so that its owner recognises it and nobody else learns it.
pub fn masked(number: &str) -> String {
    let letters: Vec<char> = number.chars().collect();
    if letters.len() < 10 {
        return "•".repeat(letters.len());
    }
    letters.iter().enumerate().map(|(at, c)| if at < 5 || at + 3 >= letters.len() { *c } else { '•' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written_and_what_is_none_is_not() {
        let cases = [
            ("081234567890", Some("+6281234567890")),
            ("0812-3456-7890", Some("+6281234567890")),
            ("+62 812 3456 7890", Some("+6281234567890")),
            ("6281234567890", Some("+6281234567890")),
            ("(0719) 21234567", Some("+6271921234567")),
            ("+15551234567", None),
            ("0812", None),
            ("198503122010012004", None),
            ("6215015209850001", None),
            ("tanya", None),
            ("", None),
        ];
        for (typed, read) in cases {
            assert_eq!(parse(typed).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn a_masked_number_shows_its_beginning_and_its_last_three() {
        assert_eq!(masked("+6281234567890"), "+6281••••••890");
        assert_eq!(masked("+62"), "•••");
    }
}
