//! The body of a regulation or an agreement: chapters, articles and their numbered paragraphs, read from what the drafter typed. Pure.
//!
//! "BAB II" begins a chapter, "Pasal 4" an article, "(2)" one of its paragraphs; a title stands behind the number or on the next line. The
//! numbers are typed, because other articles refer to them, and are checked to follow each other before the naskah is handed on.

use super::isi::problem as problem_of_text;

/// A title is at most so long; longer lines are text.
const TITLE: usize = 120;

/// A chapter. What has no chapters is one without number and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bab {
    /// "II", as typed.
    nomor: Option<String>,
    pub(crate) judul: String,
    pub(crate) pasal: Vec<Pasal>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pasal {
    /// As typed; `None` for text before the first article.
    nomor: Option<u32>,
    /// Agreements have one.
    pub(crate) judul: String,
    pub(crate) ayat: Vec<Ayat>,
}

/// A paragraph of an article; one without number where the article has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ayat {
    nomor: Option<u32>,
    /// In the notation of every text.
    pub(crate) teks: String,
}

/// Reads a body; nothing of the text is left out. `titled` articles have titles, as those of agreements do.
pub(crate) fn read(text: &str, titled: bool) -> Vec<Bab> {
    let mut all = vec![Bab { nomor: None, judul: String::new(), pasal: Vec::new() }];
    // Whether the next words are the title of the chapter, or of the article, that was begun.
    let (mut names_bab, mut names_pasal) = (false, false);
    for line in text.lines() {
        let plain = line.trim().trim_matches('*').trim();
        let Some(bab) = all.last_mut() else { break };
        if let Some((nomor, judul)) = chapter(plain) {
            names_bab = judul.is_empty();
            names_pasal = false;
            let begun = Bab { nomor: Some(nomor), judul, pasal: Vec::new() };
            if bab.nomor.is_none() && bab.pasal.is_empty() { *bab = begun } else { all.push(begun) }
        } else if let Some((nomor, judul)) = article(plain, titled) {
            names_bab = false;
            names_pasal = titled && judul.is_empty();
            bab.pasal.push(Pasal { nomor: Some(nomor), judul, ayat: Vec::new() });
        } else if plain.is_empty() {
            if let Some(ayat) = bab.pasal.last_mut().and_then(|pasal| pasal.ayat.last_mut()) {
                ayat.teks.push('\n');
            }
        } else if names_bab && is_title(plain) {
            names_bab = false;
            plain.clone_into(&mut bab.judul);
        } else if names_pasal && is_title(plain) {
            names_pasal = false;
            if let Some(pasal) = bab.pasal.last_mut() {
                plain.clone_into(&mut pasal.judul);
            }
        } else {
            (names_bab, names_pasal) = (false, false);
            add(bab, line);
        }
    }
    for ayat in all.iter_mut().flat_map(|bab| &mut bab.pasal).flat_map(|pasal| &mut pasal.ayat) {
        ayat.teks.truncate(ayat.teks.trim_end().len());
    }
    all
}

/// Adds a line to the paragraph that is open, or begins one.
fn add(bab: &mut Bab, line: &str) {
    if bab.pasal.is_empty() {
        bab.pasal.push(Pasal { nomor: None, judul: String::new(), ayat: Vec::new() });
    }
    let Some(pasal) = bab.pasal.last_mut() else { return };
    if let Some((nomor, rest)) = paragraph(line.trim()) {
        pasal.ayat.push(Ayat { nomor: Some(nomor), teks: format!("{rest}\n") });
    } else if let Some(open) = pasal.ayat.last_mut() {
        open.teks.push_str(line);
        open.teks.push('\n');
    } else {
        pasal.ayat.push(Ayat { nomor: None, teks: format!("{line}\n") });
    }
}

/// "BAB II KETENTUAN PENUTUP".
fn chapter(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("BAB ").or_else(|| line.strip_prefix("Bab "))?.trim();
    let (nomor, judul) = rest.split_once(' ').unwrap_or((rest, ""));
    let is_roman = !nomor.is_empty() && nomor.chars().all(|letter| "IVXLC".contains(letter));
    is_roman.then(|| (nomor.to_owned(), judul.trim().to_owned()))
}

/// "Pasal 4"; of an agreement also "Pasal 4 Jangka Waktu". "Pasal 4 ayat (2)" at the beginning of a line is text.
fn article(line: &str, titled: bool) -> Option<(u32, String)> {
    let rest = line.strip_prefix("Pasal ").or_else(|| line.strip_prefix("PASAL "))?.trim();
    let (nomor, judul) = rest.split_once(' ').unwrap_or((rest, ""));
    let nomor = nomor.trim_end_matches(['.', ':']).parse().ok()?;
    let judul = judul.trim();
    let names = titled && judul.starts_with(char::is_uppercase) && is_title(judul);
    (judul.is_empty() || names).then(|| (nomor, judul.to_owned()))
}

/// "(2) Words."
fn paragraph(line: &str) -> Option<(u32, &str)> {
    let (nomor, rest) = line.strip_prefix('(')?.split_once(')')?;
    Some((nomor.parse().ok()?, rest.trim_start()))
}

/// A title is short, no sentence and no item.
fn is_title(line: &str) -> bool {
    let ends = line.ends_with(['.', ';', ':', ',']);
    line.chars().count() <= TITLE && !ends && line.starts_with(char::is_alphabetic) && paragraph(line).is_none()
}

/// What is wrong with a body that is to be handed on: no article at all, text outside of them, numbers that do not follow each other.
pub(crate) fn problem(text: &str, titled: bool) -> Option<String> {
    let all = read(text, titled);
    let mut bab_before = 0;
    let mut pasal_before = 0;
    if all.iter().all(|bab| bab.pasal.iter().all(|pasal| pasal.nomor.is_none())) {
        return Some("Tulis isinya dalam pasal: \"Pasal 1\" pada baris sendiri, lalu isinya; ayat diawali (1), (2).".into());
    }
    for bab in &all {
        if let Some(nomor) = &bab.nomor {
            bab_before += 1;
            let should = roman(bab_before);
            if *nomor != should {
                return Some(format!("Bab ditulis berurutan: BAB {nomor} seharusnya BAB {should}."));
            }
            if bab.judul.is_empty() {
                return Some(format!("BAB {nomor} belum berjudul. Tulis judulnya di belakang atau di bawah nomornya."));
            }
            if bab.pasal.is_empty() {
                return Some(format!("BAB {nomor} belum memuat pasal."));
            }
        }
        for pasal in &bab.pasal {
            let Some(nomor) = pasal.nomor else {
                let begun = pasal.ayat.first().map_or("", |ayat| ayat.teks.as_str()).chars().take(40).collect::<String>();
                return Some(format!("Teks \"{begun}\" ada di luar pasal. Pindahkan ke dalam pasalnya."));
            };
            pasal_before += 1;
            if nomor != pasal_before {
                return Some(format!("Pasal ditulis berurutan: Pasal {nomor} seharusnya Pasal {pasal_before}."));
            }
            if let Some(found) = of_article(pasal, nomor, titled) {
                return Some(found);
            }
        }
    }
    None
}

fn of_article(pasal: &Pasal, nomor: u32, titled: bool) -> Option<String> {
    if titled && pasal.judul.is_empty() {
        return Some(format!("Pasal {nomor} belum berjudul. Tulis judulnya di belakang atau di bawah nomornya."));
    }
    if pasal.ayat.iter().all(|ayat| ayat.teks.trim().is_empty()) {
        return Some(format!("Pasal {nomor} belum berisi."));
    }
    let numbered = pasal.ayat.iter().any(|ayat| ayat.nomor.is_some());
    for (ayat, should) in pasal.ayat.iter().zip(1..) {
        match ayat.nomor {
            None if numbered => return Some(format!("Pasal {nomor} memuat teks sebelum ayat (1). Jadikan teks itu ayat.")),
            Some(typed) if typed != should => {
                return Some(format!("Ayat ditulis berurutan: pada Pasal {nomor}, ayat ({typed}) seharusnya ayat ({should})."));
            }
            _ => {}
        }
        if let Some(found) = problem_of_text(&ayat.teks) {
            return Some(format!("Pasal {nomor}: {found}"));
        }
    }
    None
}

/// 4 → "IV"; chapters are few.
fn roman(mut number: u32) -> String {
    let mut out = String::new();
    for (value, sign) in [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "BAB I\nKETENTUAN UMUM\n\nPasal 1\nDalam peraturan ini:\n1. Daerah adalah kabupaten.\n2. Bupati adalah bupati.\n\n\
        Pasal 2\n(1) Setiap OPD mengelola naskah.\n(2) Pengelolaan sebagaimana dimaksud pada\nPasal 1 ayat (1) meliputi:\n  a. penciptaan;\n\n\
        **BAB II PENUTUP**\n**Pasal 3**\nPeraturan ini mulai berlaku pada tanggal diundangkan.";

    fn ayat(pasal: &Pasal) -> Vec<&str> {
        pasal.ayat.iter().map(|ayat| ayat.teks.as_str()).collect()
    }

    #[test]
    fn chapters_articles_and_paragraphs_are_read_as_they_are_typed() {
        let all = read(BODY, false);
        assert_eq!(all.iter().map(|bab| bab.judul.as_str()).collect::<Vec<_>>(), ["KETENTUAN UMUM", "PENUTUP"]);
        assert_eq!(all.iter().map(|bab| bab.pasal.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(
            ayat(&all[0].pasal[0]),
            ["Dalam peraturan ini:\n1. Daerah adalah kabupaten.\n2. Bupati adalah bupati."],
            "a list belongs to its article"
        );
        assert_eq!(ayat(&all[0].pasal[1]).len(), 2, "a line that begins with a reference begins no article");
        assert!(ayat(&all[0].pasal[1])[1].ends_with("meliputi:\n  a. penciptaan;"));
        assert_eq!(problem(BODY, false), None);
    }

    #[test]
    fn articles_of_an_agreement_have_titles_behind_or_below_their_number() {
        let text = "Pasal 1\nMaksud dan Tujuan\n\nKerja sama ini dimaksudkan untuk belajar.\n\nPasal 2 Jangka Waktu\n(1) Tiga tahun.\n(2) Dapat diperpanjang.";
        let all = read(text, true);
        assert_eq!(all.len(), 1);
        assert_eq!(
            all[0].pasal.iter().map(|pasal| pasal.judul.as_str()).collect::<Vec<_>>(),
            ["Maksud dan Tujuan", "Jangka Waktu"]
        );
        assert_eq!(ayat(&all[0].pasal[0]), ["Kerja sama ini dimaksudkan untuk belajar."]);
        assert_eq!(ayat(&all[0].pasal[1]), ["Tiga tahun.", "Dapat diperpanjang."]);
        assert_eq!(problem(text, true), None);
        assert!(problem("Pasal 1\nKerja sama ini berlaku tiga tahun.", true).is_some_and(|said| said.contains("belum berjudul")));
    }

    #[test]
    fn everything_out_of_order_is_named_with_what_it_should_be() {
        for (text, said) in [
            ("Isi tanpa pasal.", "\"Pasal 1\" pada baris sendiri"),
            ("Pembuka.\nPasal 1\nIsi.", "di luar pasal"),
            ("Pasal 1\nIsi.\nPasal 3\nIsi.", "Pasal 3 seharusnya Pasal 2"),
            ("Pasal 1\nPasal 2\nIsi.", "Pasal 1 belum berisi"),
            ("Pasal 1\n(1) Satu.\n(3) Tiga.", "ayat (3) seharusnya ayat (2)"),
            ("Pasal 1\nPembuka:\n(1) Satu.", "teks sebelum ayat (1)"),
            ("BAB I UMUM\nPasal 1\nIsi.\nBAB III LAIN\nPasal 2\nIsi.", "BAB III seharusnya BAB II"),
            ("BAB I\nPasal 1\nIsi.", "BAB I belum berjudul"),
            ("BAB I UMUM\nBAB II LAIN\nPasal 1\nIsi.", "BAB I belum memuat pasal"),
        ] {
            assert!(problem(text, false).is_some_and(|found| found.contains(said)), "{text:?}: {:?}", problem(text, false));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_ever_lost(text in "(?:(?:BAB I|Pasal [0-9]|\\([0-9]\\) |- |a\\. )?[a-zA-Z .:]{0,20}\n){0,12}") {
            let kept: String = read(&text, true).iter().map(|bab| {
                let pasal = bab.pasal.iter().map(|pasal| format!("{}{}", pasal.judul, ayat(pasal).concat())).collect::<String>();
                format!("{}{pasal}", bab.judul)
            }).collect();
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count();
            let marks: usize = text.lines().map(|line| {
                let plain = line.trim();
                if let Some((nomor, _)) = chapter(plain) { 3 + nomor.len() } else if article(plain, true).is_some() { 5 } else { 0 }
            }).sum();
            proptest::prop_assert_eq!(letters(&kept) + marks, letters(&text));
        }
    }

    #[test]
    fn chapters_are_counted_in_roman_numbers() {
        assert_eq!([1, 4, 9, 14, 40, 99].map(roman), ["I", "IV", "IX", "XIV", "XL", "XCIX"]);
    }
}
