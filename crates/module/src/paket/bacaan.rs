//! What a reader of YAML found wrong in a pack, told to whoever wrote it: line, key, and what belongs there.

use serde_yaml::Error;

/// One sentence in Indonesian. The reader's own words are English, so only the kind of the error and its place are taken from it.
pub(super) fn reason(error: &Error, yaml: &str) -> String {
    let error = error.without_snippet();
    let line = error.location().map(|at| at.line()).filter(|line| *line > 0);
    let written = line.and_then(|line| key_on(yaml, line));
    let key = written.map(|key| format!(", kunci \"{key}\"")).unwrap_or_default();
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            format!("{}kunci \"{field}\" tidak dikenal; yang dikenal: {}", at(line), expected.join(", "))
        }
        Error::SerdeMissingField { field, .. } => format!("{}kunci \"{field}\" belum ada", at(line)),
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            format!("{}nilai \"{variant}\" tidak dikenal; pilih {}", at_key(line, &key), expected.join(", "))
        }
        Error::DuplicateMappingKey { key: Some(twice), .. } => format!("{}kunci \"{twice}\" ditulis dua kali", at(line)),
        Error::DuplicateMappingKey { .. } => format!("{}satu kunci ditulis dua kali", at(line)),
        Error::SerdeInvalidType { .. }
        | Error::SerdeInvalidValue { .. }
        | Error::SerdeInvalidLength { .. }
        | Error::InvalidScalar { .. }
        | Error::Message { .. }
        | Error::NullIntoString { .. }
        | Error::InvalidBooleanStrict { .. }
        | Error::Unexpected { .. } => {
            format!("{}nilainya tidak sesuai bentuk yang diminta; {}", at_key(line, &key), form_of(written))
        }
        _ => format!("{}bukan YAML yang benar; periksa indentasi, titik dua, tanda kutip, dan kurung", at(line)),
    }
}

fn at(line: Option<u64>) -> String {
    line.map(|line| format!("baris {line}: ")).unwrap_or_default()
}

fn at_key(line: Option<u64>, key: &str) -> String {
    line.map(|line| format!("baris {line}{key}: ")).unwrap_or_default()
}

/// The key that stands first on a line, past the dash and the brace of an entry.
fn key_on(yaml: &str, line: u64) -> Option<&str> {
    let text = yaml.lines().nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
    let (key, _) = text.trim_start_matches([' ', '-', '{']).split_once(':')?;
    let key = key.trim();
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_key.then_some(key)
}

/// What belongs to a key, with an example.
fn form_of(key: Option<&str>) -> &'static str {
    match key {
        Some("alamat") => "tulis daftar baris: [Jalan Contoh 1, Ruteng]",
        Some("tanggal" | "libur_daerah") => "tulis daftar { tanggal: 2027-03-30, nama: …, dasar: … }",
        Some("lambang") => "tulis { huruf: MG, hias: gunung }",
        Some("struktur" | "opd" | "contoh") => "tulis contoh: true dan daftar opd",
        _ => "tulis satu teks; pakai tanda kutip bila memuat titik dua atau #",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Paket;

    /// Words that only the reader of YAML would say.
    const ENGLISH: &[&str] = &[
        "invalid",
        "expected",
        "unexpected",
        "unknown",
        "missing",
        "line",
        "column",
        "found",
        "mapping",
        "field",
        "error",
        "while",
    ];

    #[test]
    fn what_cannot_be_read_names_line_and_key_in_indonesian() {
        let head = "kode: \"19.06\"\nnama: Kabupaten Uji\n";
        for (rest, expected) in [
            ("namaa: Y\n", "baris 3: kunci \"namaa\" tidak dikenal"),
            ("provinsi: [A, B]\n", "baris 3, kunci \"provinsi\": nilainya"),
            ("alamat: Jalan Contoh\n", "baris 3, kunci \"alamat\": nilainya tidak sesuai bentuk yang diminta; tulis daftar"),
            ("lambang: { huruf: UJ, hias: naga }\n", "baris 3, kunci \"lambang\": nilai \"naga\" tidak dikenal; pilih ombak"),
            ("lambang: { hias: daun }\n", "kunci \"huruf\" belum ada"),
            ("libur_daerah:\n  - { tanggal: 2027-02-31, nama: Hari jadi }\n", "baris 4, kunci \"tanggal\": nilainya"),
            ("libur_daerah:\n  - { nama: Hari jadi }\n", "baris 4: kunci \"tanggal\" belum ada"),
            ("struktur: { contoh: barangkali }\n", "baris 3, kunci \"struktur\""),
            ("struktur:\n  contoh: true\n  opd:\n    - { kode: \"1\" }\n", "baris 6: kunci \"nama\" belum ada"),
            ("nama: Dua\n", "kunci \"nama\" ditulis dua kali"),
            ("aksen: \"#0b5a70\n", "bukan YAML yang benar"),
            ("  provinsi: Bali\n", "bukan YAML yang benar"),
            ("alamat: [Jalan\n", "bukan YAML yang benar"),
        ] {
            let said = Paket::parse(&format!("{head}{rest}"), "").unwrap_err().to_string();
            assert!(said.contains(expected), "{rest}: {said}");
            let words = said.to_lowercase();
            for english in ENGLISH {
                let alone = words.split(|c: char| !c.is_alphanumeric()).any(|word| word == *english);
                assert!(!alone, "{rest}: {said} says {english}");
            }
        }
        let said = Paket::parse("nama: X\n", "").unwrap_err().to_string();
        assert!(said.contains("kunci \"kode\" belum ada"), "{said}");
        assert!(Paket::parse("", "").is_err() && Paket::parse("- satu\n", "").is_err());
    }
}
