//! Accounts: the names under which somebody may log in.

mod demo;
pub(crate) mod store;

pub use demo::{DemoAccount, create_demo};

/// What is typed at log-in, as it is looked up: folded; a NIP may be typed in groups.
pub fn lookup_name(typed: &str) -> String {
    let plain = praja_kernel::fold(typed);
    let digits: String = plain.chars().filter(|letter| !letter.is_whitespace()).collect();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits } else { plain }
}

#[cfg(test)]
mod tests {
    use super::lookup_name;

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        let cases = [
            ("  Tata-Usaha ", "tata-usaha"),
            ("19850312 201001 2 004", "198503122010012004"),
            ("Siti@Contoh.go.id", "siti@contoh.go.id"),
            ("", ""),
        ];
        for (typed, looked_up) in cases {
            assert_eq!(lookup_name(typed), looked_up);
        }
    }
}
