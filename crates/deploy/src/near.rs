/// Letters to add, take away or change to make one word of the other.
pub fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (column, to) in right.iter().enumerate() {
            let changed = corner + usize::from(from != *to);
            corner = row[column + 1];
            row[column + 1] = changed.min(corner + 1).min(row[column] + 1);
        }
    }
    row[right.len()]
}

/// The word of `known` that somebody who typed `asked` most likely meant; `None` only where nothing is known.
pub fn nearest<'k>(asked: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let asked = asked.to_lowercase();
    // A word that begins alike is meant sooner than one that is as short.
    let alike = |word: &str| asked.chars().zip(word.chars()).take_while(|(left, right)| left == right).count();
    known.into_iter().min_by_key(|word| (distance(&asked, word), usize::MAX - alike(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_meant_is_named() {
        let known = ["wilayah", "jenis", "profil", "modul", "alamat", "url_publik", "basis_data", "tls", "cadangan"];
        for (asked, meant) in [
            ("wilayh", "wilayah"),
            ("modules", "modul"),
            ("URL", "tls"),
            ("url", "tls"),
            ("basisdata", "basis_data"),
            ("cadang", "cadangan"),
        ] {
            assert_eq!(nearest(asked, known), Some(meant), "{asked}");
        }
        assert_eq!(nearest("apa", []), None);
    }
}
