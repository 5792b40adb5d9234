//! Ranks, as letters write them after the name.

use super::Jenis;

/// Ranks of PNS (PP 11/2017 jo. PP 17/2020; names after PP 99/2000 jo. PP 12/2002, lampiran).
const PNS: [(&str, &str); 17] = [
    ("I/a", "Juru Muda"),
    ("I/b", "Juru Muda Tingkat I"),
    ("I/c", "Juru"),
    ("I/d", "Juru Tingkat I"),
    ("II/a", "Pengatur Muda"),
    ("II/b", "Pengatur Muda Tingkat I"),
    ("II/c", "Pengatur"),
    ("II/d", "Pengatur Tingkat I"),
    ("III/a", "Penata Muda"),
    ("III/b", "Penata Muda Tingkat I"),
    ("III/c", "Penata"),
    ("III/d", "Penata Tingkat I"),
    ("IV/a", "Pembina"),
    ("IV/b", "Pembina Tingkat I"),
    ("IV/c", "Pembina Utama Muda"),
    ("IV/d", "Pembina Utama Madya"),
    ("IV/e", "Pembina Utama"),
];

/// Classes of PPPK (Perpres 98/2020), which have no names.
const PPPK: [&str; 17] =
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII"];

/// The code as it is stored, however it was typed, when the kind of person has such a rank.
pub(crate) fn read(typed: &str, jenis: Jenis) -> Option<&'static str> {
    let plain: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let same = |code: &str| code.eq_ignore_ascii_case(&plain);
    match jenis {
        Jenis::Pns => PNS.iter().map(|(code, _)| *code).find(|code| same(code)),
        Jenis::Pppk => PPPK.iter().copied().find(|code| same(code)),
        Jenis::PejabatNegara | Jenis::NonAsn => None,
    }
}

/// "Penata Tingkat I (III/d)"; a class of PPPK is "Golongan IX".
pub fn display(code: &str) -> String {
    match PNS.iter().find(|(known, _)| *known == code) {
        Some((_, name)) => format!("{name} ({code})"),
        None => format!("Golongan {code}"),
    }
}

/// Every rank with its words, for a choice.
pub(crate) fn choices() -> Vec<(String, String)> {
    let pns = PNS.iter().map(|(code, _)| ((*code).to_owned(), format!("PNS: {}", display(code))));
    let pppk = PPPK.iter().map(|code| ((*code).to_owned(), format!("PPPK: {}", display(code))));
    pns.chain(pppk).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rank_belongs_to_its_kind_of_person() {
        assert_eq!(read(" iii / D", Jenis::Pns), Some("III/d"));
        assert_eq!(read("ix", Jenis::Pppk), Some("IX"));
        assert_eq!(read("IX", Jenis::Pns), None);
        assert_eq!(read("III/d", Jenis::Pppk), None);
        assert_eq!(read("III/d", Jenis::NonAsn), None);
    }

    #[test]
    fn letters_write_the_name_before_the_code() {
        assert_eq!(display("III/d"), "Penata Tingkat I (III/d)");
        assert_eq!(display("IX"), "Golongan IX");
        assert_eq!(choices().len(), 34);
    }
}
