//! Taking out of a text what tells of people. What is not known to be harmless goes.

/// Stands for what was taken out.
const HIDDEN: &str = "[…]";
/// Fields of a log line that never tell of anybody.
const HARMLESS: &[&str] =
    &["status", "ms", "took", "attempts", "count", "code", "incident", "job", "kind", "folder", "forms", "orphans"];
/// A row of digits this long may be a telephone number; NIK and NIP are longer.
const DIGITS: usize = 8;
/// A word of letters and digits this long may be a token or a key.
const TOKEN: usize = 24;

/// A line of a log: when, how grave, where in the program, its fixed words, and of its fields those that are harmless.
///
/// What is quoted, and every word that is written with a capital like a name, goes.
pub(super) fn log_line(line: &str) -> String {
    let mut out = Vec::new();
    let mut hides = false;
    for (place, word) in outside_quotes(line).split_whitespace().enumerate() {
        let word = match word.split_once('=') {
            Some((name, value)) => {
                let harmless = HARMLESS.contains(&name) && value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c));
                // The words behind a field belong to it until the next.
                hides = !harmless;
                if harmless { word.to_owned() } else { format!("{name}={HIDDEN}") }
            }
            None if hides => continue,
            None if place < 3 && is_head(word) => word.to_owned(),
            None if word.chars().next().is_some_and(char::is_uppercase) => HIDDEN.to_owned(),
            None if word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic) => HIDDEN.to_owned(),
            None => word.to_owned(),
        };
        if word != HIDDEN || out.last().is_none_or(|last| last != HIDDEN) {
            out.push(word);
        }
    }
    numbers(&out.join(" "))
}

/// A moment, a level, or a place in the program.
fn is_head(word: &str) -> bool {
    let level = ["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].contains(&word);
    let moment = word.len() >= 10 && word.starts_with("20") && word.chars().all(|c| c.is_ascii_digit() || "-T:.Z+".contains(c));
    let module =
        word.starts_with("praja") && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:".contains(c));
    level || moment || module
}

fn outside_quotes(line: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in line.chars() {
        match c {
            '"' | '“' | '”' => {
                inside = !inside;
                if inside {
                    out.push_str(HIDDEN);
                }
            }
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Long rows of digits, addresses of mail, and what may be a token, in any text.
pub(super) fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_alphanumeric() || "@._-+".contains(c) {
            word.push(c);
            continue;
        }
        out.push_str(&shown(&word));
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn shown(word: &str) -> String {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let mail = word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let is_moment = word.starts_with("20") && word.contains('-') && word.contains('T');
    let longest = word.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let run = word.split(['-', '.', '_']).map(|part| part.chars().count()).max().unwrap_or(0);
    let token = run >= TOKEN && digits > 0;
    // Moments in milliseconds are thirteen digits; a NIK has sixteen, a NIP eighteen, a telephone number ten to thirteen with a zero or 62.
    let number = longest >= DIGITS && !(longest == 13 && word.starts_with('1'));
    let groups = word.split('-').filter(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphanumeric())).count();
    if !is_moment && (mail || token || number || groups >= 3) { HIDDEN.to_owned() } else { word.to_owned() }
}

/// The names of people and accounts.
pub(super) fn people(text: &str, names: &[String]) -> String {
    let mut out = text.to_owned();
    for name in names.iter().filter(|name| name.chars().count() >= 4) {
        if out.contains(name.as_str()) {
            out = out.replace(name.as_str(), HIDDEN);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_keeps_its_fixed_words_and_loses_what_was_put_in() {
        let line = "2026-11-26T01:02:03.004Z  WARN praja_server::background: a job failed job=12 kind=desk.send-notice error=surel budi@contoh.go.id ditolak";
        let shown = log_line(line);
        assert!(shown.starts_with("2026-11-26T01:02:03.004Z WARN praja_server::background: a job failed job=12"), "{shown}");
        assert!(!shown.contains("budi") && !shown.contains("ditolak"), "{shown}");
    }

    #[test]
    fn names_numbers_and_what_is_quoted_go() {
        for (line, gone) in [
            ("WARN praja: cannot open the letter of Siti Rahmawati", "Rahmawati"),
            ("WARN praja: nik 1906012345678901 asked", "1906012345678901"),
            ("INFO praja: \"Pemberhentian sementara\" saved", "Pemberhentian"),
            ("INFO praja: token 9f86d081884c7d659a2feaa0c55ad015 used", "9f86d081"),
            ("INFO praja: password=rahasia123", "rahasia123"),
            ("INFO praja: sandi z86w-ewez-9yqz-b2fb", "ewez"),
            ("INFO praja: telepon 081234567890", "0812"),
        ] {
            assert!(!log_line(line).contains(gone), "{}", log_line(line));
        }
    }

    #[test]
    fn a_key_of_settings_keeps_what_is_needed_to_help() {
        let text = "alamat: 127.0.0.1:7321\nurl_publik: https://praja.contoh.go.id\ncadangan.jam: 01:30\n\"at\":1764122523004\n";
        assert_eq!(numbers(text), text);
    }

    #[test]
    fn a_known_name_goes_from_any_text() {
        assert_eq!(people("/home/Siti Rahmawati/praja", &["Siti Rahmawati".into(), "x".into()]), "/home/[…]/praja");
    }
}
