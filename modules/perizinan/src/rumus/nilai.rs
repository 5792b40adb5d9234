use std::collections::BTreeMap;

use praja_kernel::{Date, Decimal, Desimal, Rupiah, parse_tanggal};
use serde_json::{Map, Value};

use super::{PERMOHONAN, Pecahan};
use crate::jenis::{JenisIsian, Permintaan};

/// What the fields of a form hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Nilai(pub(super) Baris);

/// One row: a name and what it holds.
pub(super) type Baris = BTreeMap<String, Satu>;

/// What one field holds; a field without an entry is not filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Satu {
    Angka(Pecahan),
    Teks(String),
    Tanggal(Date),
    Ya(bool),
    Tabel(Vec<Baris>),
}

impl Nilai {
    /// The answers of a form, JSON as stored, read by what each field holds; `tabel.kolom` is asked for by that name.
    ///
    /// Numbers are JSON numbers, or texts as people type them ("1.234,5"); dates are texts; ticks are `true`, "ya" or "true"; tables are
    /// arrays of objects. What cannot be read as what its field holds stays a text, with which nothing can be computed.
    pub(crate) fn new(isian: &Map<String, Value>, jenis: &dyn Fn(&str) -> Option<JenisIsian>, permintaan: Permintaan) -> Self {
        let mut row = row(isian, &|nama| jenis(nama), jenis);
        row.insert(PERMOHONAN.into(), Satu::Teks(permintaan.as_str().into()));
        Self(row)
    }

    /// Sets a number, for formulas over other things than forms.
    pub(crate) fn with_number(mut self, nama: &str, angka: Pecahan) -> Self {
        self.0.insert(nama.into(), Satu::Angka(angka));
        self
    }
}

fn row(
    answers: &Map<String, Value>,
    of_field: &dyn Fn(&str) -> Option<JenisIsian>,
    jenis: &dyn Fn(&str) -> Option<JenisIsian>,
) -> Baris {
    answers.iter().filter_map(|(nama, value)| Some((nama.clone(), one(nama, value, of_field(nama), jenis)?))).collect()
}

fn one(nama: &str, value: &Value, of: Option<JenisIsian>, jenis: &dyn Fn(&str) -> Option<JenisIsian>) -> Option<Satu> {
    match value {
        Value::Null => None,
        Value::Bool(ya) => Some(Satu::Ya(*ya)),
        Value::Number(number) => Some(
            Decimal::from_str_exact(&number.to_string())
                .ok()
                .and_then(Pecahan::decimal)
                .map_or_else(|| Satu::Teks(number.to_string()), Satu::Angka),
        ),
        Value::String(text) => typed(text.trim(), of),
        Value::Array(rows) => {
            let rows = rows.iter().filter_map(Value::as_object);
            Some(Satu::Tabel(rows.map(|each| row(each, &|kolom| jenis(&format!("{nama}.{kolom}")), jenis)).collect()))
        }
        Value::Object(_) => None,
    }
}

fn typed(text: &str, of: Option<JenisIsian>) -> Option<Satu> {
    if of == Some(JenisIsian::Centang) {
        return Some(Satu::Ya(matches!(text, "ya" | "true" | "on" | "1")));
    }
    if text.is_empty() {
        return None;
    }
    let read = match of {
        Some(JenisIsian::Angka) => text.parse::<Desimal>().ok().and_then(|number| Pecahan::decimal(number.0)).map(Satu::Angka),
        Some(JenisIsian::Rupiah) => text.parse::<Rupiah>().ok().map(|money| Satu::Angka(Pecahan::whole(money.0))),
        Some(JenisIsian::Tanggal) => parse_tanggal(text).ok().map(Satu::Tanggal),
        _ => None,
    };
    Some(read.unwrap_or_else(|| Satu::Teks(text.to_owned())))
}
