//! Reading a type from YAML: everything that does not fit the shape of `jenis.schema.json` is told at once, with its line.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Cacat, Jenis, periksa,
    pohon::{Apa, Simpul},
};

/// The shape, as editors outside read it, too: one truth for both.
pub(crate) const SKEMA: &str = include_str!("../../../../config-templates/perizinan/jenis.schema.json");

/// A description is text somebody typed; more than this is something else.
pub(crate) const LIMIT: usize = 256 * 1024;

/// Reads a description and checks it.
///
/// # Errors
/// Everything that is wrong, in the order of its lines.
pub(crate) fn read(yaml: &str) -> Result<Jenis, Vec<Cacat>> {
    if yaml.len() > LIMIT {
        return Err(vec![unreadable(0, "Uraian ini lebih besar dari 256 KiB.", "Kirim uraian satu jenis layanan saja.")]);
    }
    let root = Simpul::read(yaml).map_err(|e| vec![broken(&e)])?;
    let schema: Value = serde_json::from_str(SKEMA).expect("the embedded schema is read in a test");
    let mut shape = Bentuk { schema: &schema, yaml, cacat: Vec::new(), lines: BTreeMap::new() };
    let value = shape.fit(&root, &schema, "");
    let Bentuk { mut cacat, lines, .. } = shape;
    if cacat.is_empty() {
        match from_value(value) {
            Ok(jenis) => {
                cacat = periksa::check(&jenis).into_iter().map(|one| located(one, &lines)).collect();
                if cacat.is_empty() {
                    return Ok(jenis);
                }
            }
            Err(e) => {
                cacat.push(unreadable(0, &format!("Uraian ini tidak dapat dipakai: {e}."), "Bandingkan dengan contoh bawaan."))
            }
        }
    }
    cacat.sort_by_key(|one| one.baris);
    Err(cacat)
}

/// The one way from data to a type, so that the program carries its reader once.
pub(crate) fn from_value(value: Value) -> Result<Jenis, serde_json::Error> {
    serde_json::from_value(value)
}

/// The description as YAML, as it is exported and read again.
pub(crate) fn write(jenis: &Jenis) -> String {
    let value = serde_json::to_value(jenis).unwrap_or_default();
    serde_yaml::to_string(&value).unwrap_or_default()
}

fn unreadable(baris: usize, pesan: &str, saran: &str) -> Cacat {
    Cacat { jalur: String::new(), baris, pesan: pesan.to_owned(), saran: saran.to_owned() }
}

fn broken(e: &serde_yaml::Error) -> Cacat {
    let baris = e.location().map_or(0, |at| usize::try_from(at.line()).unwrap_or_default());
    match e.without_snippet() {
        serde_yaml::Error::DuplicateMappingKey { key, .. } => unreadable(
            baris,
            &format!("Kunci \"{}\" ditulis dua kali pada bagian yang sama.", key.as_deref().unwrap_or_default()),
            "Hapus salah satunya.",
        ),
        serde_yaml::Error::Budget { .. } => unreadable(
            baris,
            "Uraian ini terlalu dalam atau terlalu besar.",
            "Tulis ulang tanpa rujukan dan tanpa susunan berlapis-lapis.",
        ),
        _ => unreadable(
            baris,
            "Baris ini tidak dapat dibaca sebagai YAML.",
            "Periksa titik dua, tanda hubung, tanda kutip, dan lekukan baris ini serta baris sebelumnya; lekukan memakai spasi, bukan tab.",
        ),
    }
}

/// With the line of what it speaks of, or of what holds that.
fn located(mut cacat: Cacat, lines: &BTreeMap<String, usize>) -> Cacat {
    let mut path = cacat.jalur.as_str();
    while cacat.baris == 0 && !path.is_empty() {
        cacat.baris = lines.get(path).copied().unwrap_or_default();
        path = path.rfind(['.', '[']).map_or("", |at| &path[..at]);
    }
    if cacat.baris == 0 {
        cacat.baris = lines.get("").copied().unwrap_or_default();
    }
    cacat
}

/// Fits nodes to the schema. It knows what the schema uses: type, properties, required, additionalProperties, propertyNames, items, enum, format,
/// bounds, and references into `$defs`. Patterns are left to [`periksa`], which says in words what they mean.
struct Bentuk<'a> {
    schema: &'a Value,
    yaml: &'a str,
    cacat: Vec<Cacat>,
    lines: BTreeMap<String, usize>,
}

impl Bentuk<'_> {
    fn tell(&mut self, node: &Simpul, path: &str, pesan: String, saran: String) {
        self.cacat.push(Cacat { jalur: path.to_owned(), baris: node.baris, pesan, saran });
    }

    fn fit(&mut self, node: &Simpul, schema: &Value, path: &str) -> Value {
        let whole = self.schema;
        let schema = match schema["$ref"].as_str() {
            Some(name) => whole.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null),
            None => schema,
        };
        self.lines.insert(path.to_owned(), node.baris);
        if let Some(words) = schema["enum"].as_array() {
            return self.word(node, words, path);
        }
        match schema["type"].as_str() {
            Some("object") => self.object(node, schema, path),
            Some("array") => self.array(node, schema, path),
            Some("integer") => self.integer(node, schema, path),
            Some("boolean") => self.boolean(node, path),
            _ => self.text(node, schema, path),
        }
    }

    fn object(&mut self, node: &Simpul, schema: &Value, path: &str) -> Value {
        let Apa::Peta(pairs) = &node.apa else {
            self.tell(
                node,
                path,
                format!("{} harus berisi kunci dan nilai.", here(path)),
                "Tulis \"kunci: nilai\" pada baris-baris di bawahnya.".into(),
            );
            return Value::Null;
        };
        let known = schema["properties"].as_object();
        let mut out = Map::new();
        for (key, baris, value) in pairs {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let at = Simpul { baris: *baris, apa: Apa::Kosong };
            match known.and_then(|known| known.get(key)) {
                // A key without a value counts as left out.
                Some(_) if value.apa == Apa::Kosong => {}
                Some(shape) => {
                    let value = self.fit(value, shape, &below);
                    self.lines.insert(below, *baris);
                    out.insert(key.clone(), value);
                }
                None if schema["additionalProperties"].is_object() => {
                    if let Some(words) = schema["propertyNames"]["enum"].as_array()
                        && !words.iter().any(|word| word == key)
                    {
                        self.unknown(&at, key, path, words.iter().filter_map(Value::as_str));
                    }
                    let value = self.fit(value, &schema["additionalProperties"], &below);
                    out.insert(key.clone(), value);
                }
                None => self.unknown(&at, key, path, known.into_iter().flatten().map(|(name, _)| name.as_str())),
            }
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !out.contains_key(name) {
                self.tell(node, path, format!("{} belum memuat \"{name}\".", here(path)), format!("Tambahkan \"{name}: …\"."));
            }
        }
        Value::Object(out)
    }

    fn unknown<'w>(&mut self, node: &Simpul, key: &str, path: &str, words: impl Iterator<Item = &'w str>) {
        let words: Vec<&str> = words.collect();
        let saran = match nearest(key, &words) {
            Some(word) => format!("Mungkin maksud Anda \"{word}\"."),
            None => format!("Yang dikenal: {}.", words.join(", ")),
        };
        self.tell(node, path, format!("Kunci \"{key}\" tidak dikenal pada {}.", there(path)), saran);
    }

    fn array(&mut self, node: &Simpul, schema: &Value, path: &str) -> Value {
        let Apa::Deret(items) = &node.apa else {
            self.tell(
                node,
                path,
                format!("{} harus berupa daftar.", here(path)),
                "Tulis setiap butirnya pada baris sendiri yang diawali \"- \".".into(),
            );
            return Value::Null;
        };
        items.iter().enumerate().map(|(at, item)| self.fit(item, &schema["items"], &format!("{path}[{}]", at + 1))).collect()
    }

    fn word(&mut self, node: &Simpul, words: &[Value], path: &str) -> Value {
        let known: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        let text = node.text(self.yaml);
        match text.as_deref() {
            Some(text) if known.contains(&text) => return json!(text),
            Some(text) => {
                let saran = match nearest(text, &known) {
                    Some(word) => format!("Mungkin maksud Anda \"{word}\"."),
                    None => format!("Pilih salah satu: {}.", known.join(", ")),
                };
                self.tell(node, path, format!("Kata \"{text}\" tidak dikenal untuk {}.", there(path)), saran);
            }
            None => self.tell(
                node,
                path,
                format!("{} harus berupa satu kata.", here(path)),
                format!("Pilih salah satu: {}.", known.join(", ")),
            ),
        }
        Value::Null
    }

    fn integer(&mut self, node: &Simpul, schema: &Value, path: &str) -> Value {
        let (low, high) = (schema["minimum"].as_i64().unwrap_or(0), schema["maximum"].as_i64().unwrap_or(i64::MAX));
        match node.apa {
            Apa::Bulat(number) if (low..=high).contains(&number) => return json!(number),
            Apa::Bulat(number) => {
                self.tell(
                    node,
                    path,
                    format!("{} tidak dapat bernilai {number}.", here(path)),
                    format!("Tulis angka dari {low} sampai {high}."),
                );
            }
            _ => self.tell(
                node,
                path,
                format!("{} harus berupa angka bulat.", here(path)),
                format!("Tulis angka dari {low} sampai {high}, tanpa tanda kutip."),
            ),
        }
        Value::Null
    }

    fn boolean(&mut self, node: &Simpul, path: &str) -> Value {
        if let Apa::Benar(value) = node.apa {
            return json!(value);
        }
        self.tell(
            node,
            path,
            format!("{} harus berupa ya atau tidak.", here(path)),
            "Tulis true untuk ya atau false untuk tidak.".into(),
        );
        Value::Null
    }

    fn text(&mut self, node: &Simpul, schema: &Value, path: &str) -> Value {
        let Some(text) = node.text(self.yaml) else {
            let saran = "Tulis teks; bila memuat titik dua atau tanda pagar, apit dengan tanda kutip.";
            self.tell(node, path, format!("{} harus berupa teks.", here(path)), saran.into());
            return Value::Null;
        };
        let letters = text.chars().count();
        let bound = |name: &str| schema[name].as_u64().and_then(|n| usize::try_from(n).ok());
        if let Some(most) = bound("maxLength").filter(|most| letters > *most) {
            self.tell(
                node,
                path,
                format!("{} terlalu panjang: {letters} huruf.", here(path)),
                format!("Ringkas sampai {most} huruf."),
            );
        }
        if let Some(least) = bound("minLength").filter(|least| letters < *least) {
            self.tell(node, path, format!("{} terlalu pendek.", here(path)), format!("Tulis sedikitnya {least} huruf."));
        }
        if schema["format"] == "date" && text.parse::<praja_kernel::Date>().is_err() {
            self.tell(
                node,
                path,
                format!("{} bukan tanggal: \"{text}\".", here(path)),
                "Tulis tahun-bulan-hari, misalnya 2026-01-31.".into(),
            );
        }
        json!(text)
    }
}

/// The name of a place at the beginning of a sentence.
pub(crate) fn here(path: &str) -> String {
    if path.is_empty() { "Uraian".to_owned() } else { format!("Bagian \"{path}\"") }
}

/// The name of a place within a sentence.
fn there(path: &str) -> String {
    if path.is_empty() { "uraian".to_owned() } else { format!("bagian \"{path}\"") }
}

/// The word that was probably meant.
pub(crate) fn nearest<'w>(typed: &str, words: &[&'w str]) -> Option<&'w str> {
    let typed: String = typed.chars().take(64).collect::<String>().to_lowercase();
    let best = words.iter().map(|word| (distance(&typed, &word.to_lowercase()), *word)).min()?;
    (best.0 <= 1 + typed.chars().count() / 4).then_some(best.1)
}

/// Letters to change, add or leave out on the way from one word to the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, against) in other.iter().enumerate() {
            let change = before + usize::from(letter != *against);
            before = row[j + 1];
            row[j + 1] = change.min(before + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}
