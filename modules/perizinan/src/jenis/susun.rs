//! Conditions put together from a field, a comparison and a value, by people who write no formulas. What does not fit this shape is kept as it was
//! written.

use praja_kernel::words;

use super::{Isian, Jenis, JenisIsian};
use crate::rumus::Rumus;

words! {
    /// How a field is compared.
    pub(crate) enum Banding ("perbandingan") {
        /// Equal.
        Adalah => "=", "adalah";
        /// Not equal.
        Bukan => "<>", "bukan";
        /// More.
        Lebih => ">", "lebih dari";
        /// At least.
        Sedikitnya => ">=", "paling sedikit";
        /// Less.
        Kurang => "<", "kurang dari";
        /// At most.
        Sebanyaknya => "<=", "paling banyak";
    }
}

/// How many comparisons can be put together.
pub(crate) const ROWS: usize = 3;

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    /// Name of the field.
    pub(crate) isian: String,
    /// How it is compared.
    pub(crate) banding: Banding,
    /// With what, as typed.
    pub(crate) nilai: String,
}

/// Comparisons of which all, or one, must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Susunan {
    /// The comparisons.
    pub(crate) baris: Vec<Baris>,
    /// Is one enough?
    pub(crate) salah_satu: bool,
}

/// Can a field be compared here?
pub(crate) fn is_comparable(field: &Isian) -> bool {
    !matches!(field.jenis, JenisIsian::Tabel | JenisIsian::Titik | JenisIsian::Paragraf)
}

impl Susunan {
    /// As the language writes it. The value of a number stands as typed, that of a tick is ya or tidak, any other in quotes.
    pub(crate) fn written(&self, jenis: &Jenis) -> String {
        let parts: Vec<String> = self.baris.iter().map(|one| one.written(jenis)).collect();
        parts.join(if self.salah_satu { " atau " } else { " dan " })
    }

    /// From a rule; nothing when it has another shape.
    pub(crate) fn read(bila: &str, jenis: &Jenis) -> Option<Self> {
        if bila.trim().is_empty() {
            return Some(Self::default());
        }
        let written = Rumus::parse(bila).ok()?.to_string();
        let tokens = tokens(&written)?;
        let mut found = Self::default();
        for (at, part) in tokens.chunks(4).enumerate() {
            let [isian, banding, nilai, join @ ..] = part else { return None };
            let field = jenis.field(isian)?;
            let nilai = match nilai.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
                Some(inner) => inner.replace("\"\"", "\""),
                None if jenis.field(nilai).is_none() => nilai.clone(),
                None => return None,
            };
            found.baris.push(Baris { isian: field.kode.clone(), banding: Banding::parse(banding).ok()?, nilai });
            match join {
                [] => {}
                [word] => {
                    let one = word == "atau";
                    if (!one && word != "dan") || (at > 0 && one != found.salah_satu) {
                        return None;
                    }
                    found.salah_satu = one;
                }
                _ => return None,
            }
        }
        let same = Rumus::parse(&found.written(jenis)).is_ok_and(|rule| rule.to_string() == written);
        (found.baris.len() <= ROWS && same).then_some(found)
    }
}

impl Baris {
    fn written(&self, jenis: &Jenis) -> String {
        let nilai = self.nilai.trim();
        let nilai = match jenis.field(&self.isian).map(|field| field.jenis) {
            Some(JenisIsian::Angka | JenisIsian::Rupiah) => nilai.to_owned(),
            Some(JenisIsian::Centang) => nilai.to_lowercase(),
            _ => format!("\"{}\"", nilai.replace('"', "\"\"")),
        };
        format!("{} {} {nilai}", self.isian, self.banding.as_str())
    }
}

/// The words between blanks, a text in quotes as one.
fn tokens(text: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = if rest.starts_with('"') {
            let mut at = 1;
            loop {
                at += rest[at..].find('"')? + 1;
                if !rest[at..].starts_with('"') {
                    break at;
                }
                at += 1;
            }
        } else {
            rest.find(' ').unwrap_or(rest.len())
        };
        found.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    Some(found)
}

/// A name for formulas from a label: small letters, digits and `_`.
pub(crate) fn name_of(label: &str) -> String {
    let mut name = String::new();
    for letter in praja_kernel::fold(label).chars() {
        if letter.is_ascii_lowercase() || (letter.is_ascii_digit() && !name.is_empty()) {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
        if name.len() >= 32 {
            break;
        }
    }
    name.trim_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::jenis::bawaan;

    fn rek() -> Jenis {
        bawaan::all().into_iter().find(|one| one.kode == "REK").unwrap()
    }

    #[test]
    fn every_condition_of_the_shipped_types_can_be_put_together() {
        for jenis in bawaan::all() {
            let rules = jenis.syarat.iter().map(|one| &one.bila).chain(jenis.fields().map(|one| &one.bila));
            for bila in rules.filter(|bila| !bila.is_empty() && !bila.contains("permohonan")) {
                let found = Susunan::read(bila, &jenis).unwrap_or_else(|| panic!("{} {bila}", jenis.kode));
                assert_eq!(found.written(&jenis), *bila);
            }
        }
    }

    #[test]
    fn what_has_another_shape_is_left_alone() {
        for bila in
            ["bukan (sisi > 1)", "sisi > 1 dan sisi < 3 atau sisi = 9", "sisi + 1 > 2", "panjang > lebar", "terisi(npwp)", "(("]
        {
            assert_eq!(Susunan::read(bila, &rek()), None, "{bila}");
        }
    }

    #[test]
    fn a_label_gives_a_name() {
        assert_eq!(name_of("Luas tanah (m²)"), "luas_tanah_m");
        assert_eq!(name_of("2 lembar foto"), "lembar_foto");
        assert_eq!(name_of("!!!"), "");
    }

    proptest! {
        #[test]
        fn what_is_put_together_is_read_back(
            rows in prop::collection::vec((0usize..2, 0usize..6, "[a-zA-Z\" ]{1,12}", 0u32..500), 1..4),
            one in any::<bool>(),
        ) {
            let jenis = rek();
            let baris: Vec<Baris> = rows
                .into_iter()
                .map(|(field, banding, text, number)| match field {
                    0 => Baris { isian: "sisi".into(), banding: Banding::ALL[banding], nilai: number.to_string() },
                    _ => Baris { isian: "letak".into(), banding: Banding::ALL[banding % 2], nilai: text.trim().to_owned() },
                })
                .collect();
            let salah_satu = one && baris.len() > 1;
            let made = Susunan { baris, salah_satu };
            prop_assert_eq!(Susunan::read(&made.written(&jenis), &jenis), Some(made));
        }
    }
}
