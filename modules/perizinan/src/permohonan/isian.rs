//! Answers to the form of a service: read leniently into a draft, checked strictly before they are sent. The form is data, so no field is
//! known here by its name.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use praja_kernel::{Desimal, FieldProblem, JenisKelamin, Nik, parse_tanggal};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::{
    jenis::{Bagian, Isian, Jenis, JenisIsian, JenisSyarat, Permintaan, Syarat},
    nik,
    rumus::{Nilai, Rumus},
};

/// Longest line, in letters.
const BARIS: usize = 300;
/// Longest text of several lines.
const PARAGRAF: usize = 5000;
/// Most rows of a table.
pub(crate) const ROWS: usize = 50;

/// The answers: names and what was typed. Rows of a table are lists of objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Jawaban(pub(crate) Map<String, Value>);

impl Jawaban {
    /// From storage; what is no object is no answers.
    pub(crate) fn read(json: &str) -> Self {
        match serde_json::from_str(json) {
            Ok(Value::Object(map)) => Self(map),
            _ => Self::default(),
        }
    }

    /// For storage.
    pub(crate) fn written(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }

    /// What was typed into a field; empty when nothing was.
    pub(crate) fn text(&self, kode: &str) -> &str {
        self.0.get(kode).and_then(Value::as_str).unwrap_or_default()
    }

    /// The SHA-256 of an answer, in hexadecimal: tells whether it was changed without keeping what it was.
    pub(crate) fn digest(&self, kode: &str) -> String {
        let said = self.0.get(kode).map(Value::to_string).unwrap_or_default();
        Sha256::digest(said).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The rows of a table.
    pub(crate) fn rows(&self, kode: &str) -> Vec<BTreeMap<String, String>> {
        let rows = self.0.get(kode).and_then(Value::as_array).cloned().unwrap_or_default();
        let cell = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let row = |row: &Value| row.as_object().map(|row| row.iter().map(|(name, value)| (name.clone(), cell(value))).collect());
        rows.iter().filter_map(row).collect()
    }

    /// Takes what was typed into the fields of a part: `typed` gives the value of a field of the page by its name. A field of a table
    /// is `kode.row.column`. Whatever it is, it is kept.
    pub(crate) fn take(&mut self, part: &Bagian, typed: impl Fn(&str) -> String) {
        for field in &part.isian {
            let value = match field.jenis {
                JenisIsian::Tabel => Value::Array(rows(field, &typed)),
                JenisIsian::Paragraf => Value::String(cut(&typed(&field.kode), PARAGRAF * 2)),
                _ => Value::String(cut(&typed(&field.kode), BARIS * 2)),
            };
            self.0.insert(field.kode.clone(), value);
        }
    }

    /// The values formulas and conditions work with.
    pub(crate) fn nilai(&self, jenis: &Jenis, permintaan: Permintaan) -> Nilai {
        Nilai::new(&self.0, &crate::rumus::jenis_isian(jenis), permintaan)
    }
}

fn cut(text: &str, letters: usize) -> String {
    text.trim().chars().take(letters).collect()
}

fn rows(field: &Isian, typed: &impl Fn(&str) -> String) -> Vec<Value> {
    let row = |at: usize| -> Option<Value> {
        let cells: Map<String, Value> = field
            .kolom
            .iter()
            .map(|column| {
                (column.kode.clone(), Value::String(cut(&typed(&format!("{}.{at}.{}", field.kode, column.kode)), BARIS)))
            })
            .collect();
        cells.values().any(|cell| cell.as_str().is_some_and(|cell| !cell.is_empty())).then_some(Value::Object(cells))
    };
    (0..ROWS).filter_map(row).collect()
}

/// Does a condition hold? An empty one does. One that cannot be told yet, because a field it asks is empty, does not.
pub(crate) fn holds(bila: &str, nilai: &Nilai) -> bool {
    bila.trim().is_empty() || Rumus::parse(bila).is_ok_and(|rule| rule.condition(nilai).unwrap_or(false))
}

/// The requirements of an application: those for what is applied for, whose condition holds.
pub(crate) fn requirements<'a>(jenis: &'a Jenis, permintaan: Permintaan, nilai: &Nilai) -> Vec<&'a Syarat> {
    let fits = |one: &&Syarat| (one.untuk.is_empty() || one.untuk.contains(&permintaan)) && holds(&one.bila, nilai);
    jenis.syarat.iter().filter(fits).collect()
}

/// Those that are met by a file.
pub(crate) fn files<'a>(jenis: &'a Jenis, permintaan: Permintaan, nilai: &Nilai) -> Vec<&'a Syarat> {
    requirements(jenis, permintaan, nilai).into_iter().filter(|one| one.jenis == JenisSyarat::Berkas).collect()
}

/// Everything that is wrong with the answers to one part, for the NIK of who applies where it is known. `is_wilayah` knows the codes of
/// regions.
pub(crate) fn check(
    part: &Bagian,
    jawaban: &Jawaban,
    nilai: &Nilai,
    (today, pemohon): (Date, Option<&Nik>),
    is_wilayah: &dyn Fn(&str) -> bool,
) -> Vec<FieldProblem> {
    let mut wrong = Vec::new();
    for field in part.isian.iter().filter(|field| holds(&field.bila, nilai)) {
        if field.jenis == JenisIsian::Tabel {
            table(field, jawaban, today, is_wilayah, &mut wrong);
        } else if let Err(message) = one(field, jawaban.text(&field.kode), today, is_wilayah) {
            wrong.push(FieldProblem::new(field.kode.clone(), message));
        } else if let Some(message) = between(part, field, jawaban) {
            wrong.push(FieldProblem::new(field.kode.clone(), message));
        } else if let Some(message) = pemohon.and_then(|nik| unlike(nik, field, jawaban.text(&field.kode))) {
            wrong.push(FieldProblem::new(field.kode.clone(), message));
        }
    }
    wrong
}

/// A day that lies before, or behind, another one it is bound to ("Sampai" before "Mulai").
fn between(part: &Bagian, field: &Isian, jawaban: &Jawaban) -> Option<String> {
    if field.jenis != JenisIsian::Tanggal {
        return None;
    }
    let day = |kode: &str| parse_tanggal(jawaban.text(kode.trim())).ok();
    let own = day(&field.kode)?;
    let label =
        |kode: &str| part.isian.iter().find(|other| other.kode == kode.trim()).map_or("tanggal lain", |other| &other.label);
    if let Some(first) = day(&field.min).filter(|first| own < *first) {
        return Some(format!("Tidak boleh sebelum \"{}\": {}.", label(&field.min), praja_kernel::tanggal_panjang(first)));
    }
    let last = day(&field.maks).filter(|last| own > *last)?;
    Some(format!("Tidak boleh sesudah \"{}\": {}.", label(&field.maks), praja_kernel::tanggal_panjang(last)))
}

/// Birth date and sex of the applicant, as the fields of that name tell them, that are not those of the NIK.
fn unlike(nik: &Nik, field: &Isian, typed: &str) -> Option<&'static str> {
    match (field.kode.as_str(), field.jenis) {
        ("tanggal_lahir", JenisIsian::Tanggal) => nik::tidak_cocok(nik, parse_tanggal(typed).ok(), None),
        ("jenis_kelamin", JenisIsian::Pilihan) => {
            let kelamin = match typed.chars().next()?.to_ascii_uppercase() {
                'L' => JenisKelamin::LakiLaki,
                'P' | 'W' => JenisKelamin::Perempuan,
                _ => return None,
            };
            nik::tidak_cocok(nik, None, Some(kelamin))
        }
        _ => None,
    }
}

fn table(field: &Isian, jawaban: &Jawaban, today: Date, is_wilayah: &dyn Fn(&str) -> bool, wrong: &mut Vec<FieldProblem>) {
    let rows = jawaban.rows(&field.kode);
    let least = field.min.trim().parse().unwrap_or(usize::from(field.wajib));
    let most = field.maks.trim().parse().unwrap_or(ROWS).min(ROWS);
    if rows.len() < least {
        wrong.push(FieldProblem::new(
            field.kode.clone(),
            format!("Isi paling sedikit {least} baris {}.", field.label.to_lowercase()),
        ));
    }
    if rows.len() > most {
        wrong.push(FieldProblem::new(field.kode.clone(), format!("Paling banyak {most} baris.")));
    }
    for (at, row) in rows.iter().enumerate() {
        for column in &field.kolom {
            let typed = row.get(&column.kode).map_or("", String::as_str);
            if let Err(message) = one(column, typed, today, is_wilayah) {
                wrong.push(FieldProblem::new(format!("{}.{at}.{}", field.kode, column.kode), message));
            }
        }
    }
}

/// What is wrong with one answer.
fn one(field: &Isian, typed: &str, today: Date, is_wilayah: &dyn Fn(&str) -> bool) -> Result<(), String> {
    let label = &field.label;
    if typed.is_empty() {
        return match (field.wajib, field.jenis) {
            (false, _) => Ok(()),
            (true, JenisIsian::Pilihan | JenisIsian::Wilayah) => Err(format!("Pilih {}.", lower(label))),
            (true, JenisIsian::Centang) => {
                Err(format!("Centang \"{label}\" bila benar demikian; tanpa itu permohonan tidak dapat dikirim."))
            }
            (true, _) => Err(format!("Isi {}.", lower(label))),
        };
    }
    match field.jenis {
        JenisIsian::Teks | JenisIsian::Paragraf => letters(field, typed),
        JenisIsian::Angka | JenisIsian::Rupiah => number(field, typed),
        JenisIsian::Tanggal => date(field, typed, today),
        JenisIsian::Nik => typed.parse::<Nik>().map(|_| ()).map_err(|e| e.to_string()),
        JenisIsian::Nib => digits(typed, "NIB", &[13]),
        JenisIsian::Npwp => digits(typed, "NPWP", &[15, 16]),
        JenisIsian::Telepon => digits(typed.trim_start_matches('+'), "Nomor telepon", &[8, 9, 10, 11, 12, 13, 14, 15]),
        JenisIsian::Surel => {
            let (name, host) = typed.split_once('@').unwrap_or_default();
            let whole = !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
            if whole && !typed.contains(char::is_whitespace) {
                Ok(())
            } else {
                Err("Alamat surel ini tidak lengkap. Contoh: siti@contoh.id".into())
            }
        }
        JenisIsian::Pilihan if field.pilihan.iter().any(|word| word == typed) => Ok(()),
        JenisIsian::Pilihan => Err(format!("Pilih salah satu: {}.", field.pilihan.join(", "))),
        JenisIsian::Centang => Ok(()),
        JenisIsian::Wilayah if is_wilayah(typed) => Ok(()),
        JenisIsian::Wilayah => Err("Wilayah itu tidak ada dalam daftar. Pilih dari daftar yang muncul.".into()),
        JenisIsian::Titik => point(typed).map(|_| ()),
        JenisIsian::Tabel => Ok(()),
    }
}

/// A label within a sentence: its first letter small, unless it is an abbreviation.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
}

fn letters(field: &Isian, typed: &str) -> Result<(), String> {
    let count = typed.chars().count();
    let whole = if field.jenis == JenisIsian::Teks { BARIS } else { PARAGRAF };
    let least: usize = field.min.trim().parse().unwrap_or(0);
    let most = field.maks.trim().parse().unwrap_or(whole).min(whole);
    if count > most {
        return Err(format!("Paling panjang {most} huruf; yang ditulis {count}."));
    }
    if count < least {
        return Err(format!("Paling sedikit {least} huruf."));
    }
    Ok(())
}

/// A number as people write it: `1.500`, `12,5`, `Rp 25.000`.
pub(crate) fn read_number(typed: &str) -> Option<Desimal> {
    let plain = typed.trim().trim_start_matches("Rp").trim();
    plain.parse().ok()
}

fn number(field: &Isian, typed: &str) -> Result<(), String> {
    let Some(value) = read_number(typed) else {
        return Err("Tulis angka saja, misalnya 1.500 atau 12,5.".into());
    };
    let places = if field.jenis == JenisIsian::Rupiah { 0 } else { field.desimal };
    if value.round(places, praja_kernel::Rounding::HalfUp) != value {
        return Err(if places == 0 {
            "Tulis angka bulat, tanpa koma.".into()
        } else {
            format!("Paling banyak {places} angka di belakang koma.")
        });
    }
    let unit = if field.satuan.is_empty() { String::new() } else { format!(" {}", field.satuan) };
    // Nothing that is counted or measured here is negative.
    let least = read_number(&field.min).unwrap_or_else(|| Desimal::from_e2(0));
    if value < least {
        return Err(format!("Paling sedikit {}{unit}.", if field.min.is_empty() { "0" } else { &field.min }));
    }
    let most = read_number(&field.maks).unwrap_or_else(|| Desimal::from_e2(99_999_999_999_999));
    if value > most {
        return Err(format!("Paling banyak {}{unit}.", if field.maks.is_empty() { "999.999.999.999" } else { &field.maks }));
    }
    Ok(())
}

fn date(field: &Isian, typed: &str, today: Date) -> Result<(), String> {
    let day = parse_tanggal(typed).map_err(|e| e.to_string())?;
    let limit = |text: &str| match text.trim() {
        "" => None,
        "hari-ini" => Some(today),
        other => other.parse::<Date>().ok(),
    };
    if let Some(first) = limit(&field.min).filter(|first| day < *first) {
        return Err(format!("Paling awal {}.", praja_kernel::tanggal_panjang(first)));
    }
    if let Some(last) = limit(&field.maks).filter(|last| day > *last) {
        return Err(format!("Paling akhir {}.", praja_kernel::tanggal_panjang(last)));
    }
    Ok(())
}

fn digits(typed: &str, what: &str, lengths: &[usize]) -> Result<(), String> {
    let bare: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    if !bare.bytes().all(|byte| byte.is_ascii_digit()) || bare.is_empty() {
        return Err(format!("{what} hanya berisi angka."));
    }
    if !lengths.contains(&bare.len()) {
        let many = match lengths {
            [one] => one.to_string(),
            [first, .., last] if lengths.len() > 2 => format!("{first} sampai {last}"),
            [a, b] => format!("{a} atau {b}"),
            _ => String::new(),
        };
        return Err(format!("{what} berisi {many} angka; yang ditulis {}.", bare.len()));
    }
    Ok(())
}

/// Latitude and longitude in degrees, as maps give them: `-2.87,108.05`.
pub(crate) fn point(typed: &str) -> Result<(f64, f64), String> {
    let wrong = || "Tulis lintang dan bujur, misalnya -2,8731; 108,0512.".to_owned();
    let normal = if typed.contains(';') { typed.replace(',', ".").replace(';', ",") } else { typed.to_owned() };
    let (lat, lon) = normal.split_once(',').ok_or_else(wrong)?;
    let read = |text: &str| text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    let (lat, lon) = (read(lat).ok_or_else(wrong)?, read(lon).ok_or_else(wrong)?);
    if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return Err("Lintang antara -90 dan 90, bujur antara -180 dan 180.".into());
    }
    Ok((lat, lon))
}
