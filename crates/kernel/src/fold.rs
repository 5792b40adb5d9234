#[cfg(test)]
mod tests;

/// Plain letters and the accented ones that people expect to find under them; the second text is sought letter by letter.
const PLAIN: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặḁ"),
    ("ae", "æ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďđðḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧḡ"),
    ("h", "ĥħḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐḭḯỉị"),
    ("j", "ĵ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľŀłḷḹḻḽ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňŉŋṅṇṉṋ"),
    ("o", "òóôõöøōŏőǒṍṏṑṓọỏốồổỗộớờởỡợơ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩſ"),
    ("ss", "ß"),
    ("t", "ţťŧțṫṭṯṱẗ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųǔṳṵṷṹṻụủứừửữựư"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
    ("'", "\u{2018}\u{2019}\u{02BC}\u{02BB}\u{02BE}\u{02BF}´"),
    ("\"", "\u{201C}\u{201D}"),
    ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2212}"),
];

/// Folds text for search columns: lower case, accents removed, curly quotes and dashes made plain, white space collapsed.
///
/// What is sought and what was stored pass through this one function. Folding twice changes nothing.
///
/// ```
/// assert_eq!(praja_kernel::fold("  Ma’ruf  AMÎN\n"), "ma'ruf amin");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_graphic() {
            folded.push(letter);
        } else if letter.is_whitespace() || letter.is_control() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if !is_invisible(letter) {
            match PLAIN.iter().find(|(_, accented)| accented.contains(letter)) {
                Some((plain, _)) => folded.push_str(plain),
                None => folded.push(letter),
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Escapes what LIKE would read as a pattern, for `LIKE ?1 ESCAPE '!'`: `50%` becomes `50!%`.
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '!' | '%' | '_') {
            escaped.push('!');
        }
        escaped.push(letter);
    }
    escaped
}

/// Combining marks (an accent typed as a letter of its own), zero-width signs and the soft hyphen.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}
