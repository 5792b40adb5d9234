//! Accounts: the names under which somebody may log in.

pub(crate) mod admin;
mod demo;
mod kartu;
pub(crate) mod store;

pub use demo::{DemoAccount, create_demo};
pub use kartu::open_cards;

praja_kernel::words! {
    /// Whose account it is.
    pub enum Jenis ("jenis akun") {
        /// An officer or elected official.
        Pegawai => "pegawai", "Pegawai";
        /// A citizen.
        Warga => "warga", "Warga";
        /// A legal body.
        Badan => "badan", "Badan";
    }
}

/// What is typed at log-in, as it is looked up: folded; numbers may be typed in groups, a telephone number with 0 or +62 in front.
pub fn lookup_name(typed: &str) -> String {
    let plain = praja_kernel::fold(typed);
    let digits: String = plain.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '.')).collect();
    if let Some(phone) = crate::telepon::parse(&digits) {
        return phone;
    }
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
            ("5315 0152 0985 0001", "5315015209850001"),
            ("Siti@Contoh.go.id", "siti@contoh.go.id"),
            ("0812-3456-7890", "+6281234567890"),
            ("+62 812 3456 7890", "+6281234567890"),
            ("tu.setda", "tu.setda"),
            ("", ""),
        ];
        for (typed, looked_up) in cases {
            assert_eq!(lookup_name(typed), looked_up);
        }
    }
}
