//! Checks a list before it is taken: every line by itself, then the list as a whole. Pure.

use super::{Klasifikasi, MIN_LEVEL};

/// At most so many problems are told at once.
pub(super) const TOLD: usize = 50;
/// More lines are no classification.
const MOST: usize = 20_000;

/// What is wrong with a file, by its line (1 is the head).
pub(super) type Masalah = (usize, String);

/// The list of a file, or what is wrong with it.
pub(super) fn check(text: &str) -> Result<Klasifikasi, Vec<Masalah>> {
    let mut wrong: Vec<Masalah> = Vec::new();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> =
        reader.headers().map(|head| head.iter().map(|cell| cell.trim().to_lowercase()).collect()).unwrap_or_default();
    let wanted = ["kode", "induk", "tingkat", "uraian"];
    if head.iter().take(4).map(String::as_str).ne(wanted) {
        return Err(vec![(1, format!("Kepala kolom harus diawali {}.", wanted.join(",")))]);
    }
    let mut seen: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    let mut parents: Vec<(usize, String, String)> = Vec::new();
    for (at, row) in reader.records().enumerate() {
        let line = at + 2;
        let Ok(row) = row else {
            wrong.push((line, "Baris ini tidak terbaca sebagai CSV. Periksa tanda petiknya.".into()));
            continue;
        };
        let (kode, uraian) = (row.get(0).unwrap_or_default().trim(), row.get(3).unwrap_or_default().trim());
        let is_code =
            !kode.is_empty() && kode.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_code {
            wrong.push((line, format!("\"{kode}\" bukan kode klasifikasi, misalnya 000.1.2.")));
            continue;
        }
        if uraian.is_empty() {
            wrong.push((line, format!("Uraian kode {kode} belum diisi.")));
        }
        if !seen.insert(kode.to_owned()) {
            wrong.push((line, format!("Kode {kode} tertulis dua kali.")));
        }
        if let Some((above, _)) = kode.rsplit_once('.') {
            parents.push((line, kode.to_owned(), above.to_owned()));
        }
    }
    let missing = parents.into_iter().filter(|(_, _, above)| !seen.contains(above));
    wrong.extend(missing.map(|(line, kode, above)| (line, format!("Induk {above} dari kode {kode} tidak ada dalam berkas."))));
    if seen.len() > MOST {
        wrong.push((1, format!("Berkas memuat {} kode; paling banyak {MOST}.", seen.len())));
    }
    let usable = seen.iter().filter(|kode| kode.split('.').count() >= usize::from(MIN_LEVEL)).count();
    if wrong.is_empty() && usable == 0 {
        wrong
            .push((1, format!("Tidak ada kode tingkat {MIN_LEVEL} atau lebih dalam, sehingga surat tidak dapat diklasifikasi.")));
    }
    wrong.sort();
    if wrong.is_empty() { Ok(Klasifikasi::read(text)) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_list_is_taken_whole_or_told_line_by_line_what_is_wrong() {
        let good = "kode,induk,tingkat,uraian\n900,,1,UJI\n900.1,900,2,Uji satu\n900.1.1,900.1,3,Uji satu satu\n";
        assert_eq!(check(good).expect("good").uraian("900.1.1"), Some("Uji satu satu"));
        let lines = |text: &str| check(text).err().unwrap_or_default().into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        for (text, wrong) in [
            ("nomor,nama\n1,2\n", vec![1]),
            ("kode,induk,tingkat,uraian\n900,,1,UJI\n", vec![1]),
            ("kode,induk,tingkat,uraian\n900,,1,UJI\n900.1.1,900.1,3,Tanpa induk\n", vec![3]),
            ("kode,induk,tingkat,uraian\n900,,1,\n900,,1,UJI\nabc,,1,X\n", vec![2, 3, 4]),
        ] {
            assert_eq!(lines(text), wrong, "{text}");
        }
    }

    #[test]
    fn the_shipped_list_passes_its_own_check() {
        assert!(check(super::super::DAFTAR).is_ok());
    }
}
