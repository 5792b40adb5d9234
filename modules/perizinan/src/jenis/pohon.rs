//! YAML as a tree that knows its lines: what serde reads straight into a type stops at the first mistake.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::Spanned;

/// What stands at a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Apa {
    /// Nothing.
    Kosong,
    /// Yes or no.
    Benar(bool),
    /// A whole number.
    Bulat(i64),
    /// Any other number; its text is read from the source.
    Pecahan,
    /// Text.
    Teks(String),
    /// Items.
    Deret(Vec<Simpul>),
    /// Keys, each with its line.
    Peta(Vec<(String, usize, Simpul)>),
}

/// A place with its line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Simpul {
    /// From 1.
    pub(super) baris: usize,
    /// What stands there.
    pub(super) apa: Apa,
}

impl Simpul {
    pub(super) fn read(yaml: &str) -> Result<Self, serde_yaml::Error> {
        Ok(node(serde_yaml::from_str::<Spanned<Isi>>(yaml)?))
    }

    /// As text. A number keeps every digit as typed: 500.10 is a code, and not 500.1.
    pub(super) fn text(&self, yaml: &str) -> Option<String> {
        match &self.apa {
            Apa::Teks(text) => Some(text.clone()),
            Apa::Bulat(number) => Some(number.to_string()),
            Apa::Pecahan => self.typed(yaml),
            _ => None,
        }
    }

    fn typed(&self, yaml: &str) -> Option<String> {
        let line = yaml.lines().nth(self.baris.checked_sub(1)?)?;
        let value = line.rsplit_once(": ").map_or(line, |(_, value)| value);
        let value = value.split(" #").next()?.trim().trim_start_matches("- ").trim();
        value.parse::<f64>().is_ok().then(|| value.to_owned())
    }
}

fn node(spanned: Spanned<Isi>) -> Simpul {
    let baris = usize::try_from(spanned.referenced.line()).unwrap_or_default();
    Simpul { baris, apa: spanned.value.0 }
}

struct Isi(Apa);

impl<'de> Deserialize<'de> for Isi {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Baca).map(Self)
    }
}

struct Baca;

impl<'de> Visitor<'de> for Baca {
    type Value = Apa;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nilai YAML")
    }

    fn visit_unit<E>(self) -> Result<Apa, E> {
        Ok(Apa::Kosong)
    }

    fn visit_none<E>(self) -> Result<Apa, E> {
        Ok(Apa::Kosong)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Apa, E> {
        Ok(Apa::Benar(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Apa, E> {
        Ok(Apa::Bulat(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Apa, E> {
        Ok(i64::try_from(value).map_or(Apa::Pecahan, Apa::Bulat))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Apa, E> {
        Ok(Apa::Pecahan)
    }

    fn visit_str<E>(self, value: &str) -> Result<Apa, E> {
        Ok(Apa::Teks(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Apa, E> {
        Ok(Apa::Teks(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Apa, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element::<Spanned<Isi>>()? {
            items.push(node(item));
        }
        Ok(Apa::Deret(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Apa, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            let value = map.next_value::<Spanned<Isi>>()?;
            pairs.push((key.value, usize::try_from(key.referenced.line()).unwrap_or_default(), node(value)));
        }
        Ok(Apa::Peta(pairs))
    }
}
