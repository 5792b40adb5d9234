//! A neutral emblem for a regency whose real one was not given: its letters on a shield in its colour, over an ornament nobody owns.

use std::fmt::Write;

use praja_module::{Hias, Lambang};

use crate::color::Accent;

/// The drawing of one regency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crest {
    letters: String,
    ornament: Hias,
    accent: Accent,
}

const ORNAMENTS: [(&str, Hias); 5] =
    [("ombak", Hias::Ombak), ("gunung", Hias::Gunung), ("daun", Hias::Daun), ("candi", Hias::Candi), ("polos", Hias::Polos)];

impl Crest {
    /// The drawing that a pack asks for. What is no letter or digit is left out.
    pub fn new(lambang: &Lambang, accent: Accent) -> Self {
        let letters = lambang.huruf.chars().filter(char::is_ascii_alphanumeric).take(3).collect::<String>().to_uppercase();
        Self { letters, ornament: lambang.hias, accent }
    }

    /// The file name that carries everything the drawing needs: `lambang-BT-ombak-0e5a63.svg`.
    pub fn file_name(&self) -> String {
        let word = ORNAMENTS.iter().find(|(_, ornament)| *ornament == self.ornament).map_or("polos", |(word, _)| word);
        format!("lambang-{}-{word}-{}.svg", self.letters, &self.accent.hex()[1..])
    }

    /// Reads such a file name; nothing when it is not one.
    pub fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix("lambang-")?.strip_suffix(".svg")?.split('-');
        let (letters, word, color) = (parts.next()?, parts.next()?, parts.next()?);
        let ornament = ORNAMENTS.iter().find(|(known, _)| *known == word)?.1;
        let plain = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !plain || parts.next().is_some() {
            return None;
        }
        Some(Self { letters: letters.to_owned(), ornament, accent: Accent::parse(&format!("#{color}")).ok()? })
    }

    /// The picture.
    pub fn svg(&self) -> String {
        let color = self.accent.hex();
        let size = match self.letters.len() {
            1 => 28,
            2 => 23,
            _ => 17,
        };
        let ornament = match self.ornament {
            Hias::Ombak => {
                "<path d=\"M14 50c4-4 8-4 12 0s8 4 12 0 8-4 12 0M17 57c3.500-3 7-3 10 0s6.500 3 10 0 6.500-3 10 0\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2.600\" stroke-linecap=\"round\"/>"
            }
            Hias::Gunung => "<path d=\"m13 57 11-13 6 7 6-10 15 16z\" fill=\"#fff\"/>",
            Hias::Daun => {
                "<path d=\"M32 62V46m0 8c-7 0-11-3-13-9 7-1 12 2 13 9zm0-3c1-7 6-10 13-9-2 6-6 9-13 9z\" fill=\"#fff\" stroke=\"#fff\" stroke-width=\"1.600\" stroke-linejoin=\"round\"/>"
            }
            Hias::Candi => "<path d=\"M15 60h34v-4H15zm4-6h26v-4H19zm4-6h6v-5h-6zm12 0h6v-5h-6z\" fill=\"#fff\"/>",
            Hias::Polos => "<path d=\"M18 50h28v3H18zm5 7h18v3H23z\" fill=\"#fff\"/>",
        };
        let mut svg = String::new();
        // Writing into a text cannot fail.
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 72\" role=\"img\" aria-label=\"Lambang contoh\">\
             <path d=\"M32 2c9 5 18 7 28 7v26c0 18-12 29-28 35C16 64 4 53 4 35V9c10 0 19-2 28-7z\" fill=\"{color}\"/>\
             <path d=\"M32 6.500c8 4 15.600 5.900 24 6.300V35c0 15.600-10.200 25.200-24 30.700C18.200 60.200 8 50.600 8 35V12.800c8.400-.4 16-2.300 24-6.300z\" fill=\"none\" stroke=\"#e9c46a\" stroke-width=\"1.600\"/>\
             <text x=\"32\" y=\"37\" text-anchor=\"middle\" font-family=\"system-ui, sans-serif\" font-weight=\"700\" font-size=\"{size}\" fill=\"#fff\">{}</text>{ornament}</svg>",
            self.letters
        );
        svg
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crest(huruf: &str, hias: Hias) -> Crest {
        Crest::new(&Lambang { huruf: huruf.into(), hias }, Accent::default())
    }

    #[test]
    fn a_crest_is_drawn_from_its_file_name_alone() {
        for (_, hias) in ORNAMENTS {
            let crest = crest("bt", hias);
            assert_eq!(Crest::parse(&crest.file_name()).unwrap().svg(), crest.svg());
            assert!(crest.svg().contains(">BT</text>"));
        }
    }

    #[test]
    fn nothing_but_letters_and_digits_reaches_the_picture() {
        assert!(crest("<a", Hias::Ombak).svg().contains(">A</text>"));
        for name in [
            "lambang-<s>-ombak-0e5a63.svg",
            "lambang-BT-lain-0e5a63.svg",
            "lambang-BT-ombak-zz.svg",
            "lambang-ABCD-ombak-0e5a63.svg",
            "crest.svg",
        ] {
            assert_eq!(Crest::parse(name), None, "{name}");
        }
    }
}
