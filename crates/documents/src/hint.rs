//! The typesetter's messages in Indonesian, with what to do now.

const NO_WORKS: &str = "Praja tidak memuat penyusun daftar pustaka.";
const WRITE_WORKS: &str = "Tulis daftar pustakanya sebagai teks atau tabel biasa.";

/// Beginnings of messages, what they mean, and what helps. `{}` stands for what the message quotes.
const KNOWN: [(&str, &str, &str); 19] = [
    ("unknown variable: ", "Nama {} tidak dikenal.", "Periksa ejaannya, atau ambil dengan #import \"umum.typ\": *."),
    ("dictionary does not contain key ", "Data tidak memuat isian {}.", "Isi pada data, atau pakai d.at({}, default: none)."),
    ("unclosed delimiter", "Ada kurung yang tidak ditutup.", "Tutup kurung yang dibuka pada baris ini."),
    ("unclosed string", "Ada tanda petik yang tidak ditutup.", "Tutup tanda petik yang dibuka pada baris ini."),
    ("unexpected closing", "Ada kurung tutup yang tidak pernah dibuka.", "Hapus kurung itu, atau buka sebelumnya."),
    (
        "failed to load file (access denied)",
        "Berkas itu tidak diberikan kepada templat.",
        "Templat hanya dapat membaca berkas paketnya sendiri.",
    ),
    ("file not found", "Berkas itu tidak ada dalam paket.", "Periksa nama berkasnya."),
    (
        "unknown font family: ",
        "Huruf {} tidak tersedia.",
        "Taruh berkas hurufnya (TTF atau OTF) di folder fonts/, atau pakai Arimo atau Tinos.",
    ),
    ("array index out of bounds", "Daftar lebih pendek daripada yang diminta templat.", "Periksa jumlah butir pada data."),
    ("unexpected argument", "Bagian ini diberi nilai yang tidak dikenalnya.", "Periksa nama nilai di antara kurung."),
    ("missing argument", "Bagian ini kekurangan nilai.", "Lengkapi nilai di antara kurung."),
    ("expected ", "Ada tulisan yang bukan tempatnya, atau nilai yang bukan jenisnya.", "Periksa penulisan pada baris ini."),
    ("panicked with: ", "Templat menolak datanya: {}.", "Perbaiki datanya."),
    ("condition is always true", "Perulangan tidak berakhir.", "Beri perulangan itu syarat berhenti."),
    ("loop seems to be infinite", "Perulangan tidak berakhir.", "Beri perulangan itu syarat berhenti."),
    (
        "failed to load WebAssembly module",
        "Praja tidak memuat penjalan plugin.",
        "Tulis dengan bahasa templat sendiri, atau siapkan nilainya dalam data.",
    ),
    ("failed to parse BibLaTeX", NO_WORKS, WRITE_WORKS),
    ("failed to parse YAML (bibliographies", NO_WORKS, WRITE_WORKS),
    ("maximum function call depth exceeded", "Sebuah fungsi memanggil dirinya tanpa akhir.", "Beri fungsi itu syarat berhenti."),
];

/// What is wrong and what to do.
pub(crate) fn translate(message: &str, hints: &[&str]) -> (String, String) {
    for (lead, what, hint) in KNOWN {
        if let Some(rest) = message.strip_prefix(lead) {
            let quoted = rest.trim();
            return (what.replace("{}", quoted), hint.replace("{}", quoted));
        }
    }
    // What was never met before is passed on as the typesetter says it: better a foreign sentence than none.
    let hint = if hints.is_empty() { "Periksa penulisan pada baris ini.".to_owned() } else { hints.join("; ") };
    (format!("Penyusun naskah berkata: {message}."), hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_message_is_told_in_indonesian_with_what_it_quotes() {
        let (what, hint) = translate("dictionary does not contain key \"hal\"", &[]);
        assert_eq!(what, "Data tidak memuat isian \"hal\".");
        assert!(hint.contains("d.at(\"hal\", default: none)"), "{hint}");
        assert_eq!(translate("unknown variable: kopp", &[]).0, "Nama kopp tidak dikenal.");
    }

    #[test]
    fn an_unknown_message_is_passed_on_with_its_hint() {
        let (what, hint) = translate("cannot add dictionary and length", &["try something else"]);
        assert!(what.contains("cannot add dictionary and length") && hint == "try something else");
    }
}
