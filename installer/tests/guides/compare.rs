//! Whether the program said what a guide shows: word by word, but for what is drawn, counted, measured or dated.

/// Passes when every passage of `shown` stands in `said`, in its order. A line that is only `…` leaves something out.
pub fn stands_in(shown: &str, said: &str) -> Result<(), String> {
    let said = masked(said);
    let mut rest = said.as_str();
    for passage in passages(shown) {
        let wanted = masked(&passage);
        match rest.find(&wanted) {
            Some(at) => rest = &rest[at + wanted.len()..],
            None => return Err(wanted),
        }
    }
    Ok(())
}

fn passages(shown: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for line in shown.lines() {
        if line.trim() == "…" {
            all.push(String::new());
        } else if let Some(last) = all.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    all.retain(|passage| !passage.trim().is_empty());
    all
}

const MONTHS: &[&str] =
    &["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

/// Secrets, figures and dates as signs, and every gap as one blank.
pub fn masked(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_secret(bare) {
            return word.replacen(bare, "RAHASIA", 1);
        }
        if MONTHS.contains(&bare) {
            return word.replacen(bare, "BULAN", 1);
        }
        figures(word)
    });
    // The port a test listens on is no port of the guide's, and the command that comes next then names it.
    words.collect::<Vec<_>>().join(" ").replace(" --port #", "").replace(" KiB", " MiB")
}

/// Groups of four, as passwords and recovery keys are written.
fn is_secret(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    groups.len() >= 4 && groups.iter().all(|group| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A row of digits, however long, becomes one sign.
fn figures(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

#[test]
fn only_secrets_figures_and_dates_may_differ() {
    let said = "Praja siap\n  Sandi  abcd-efgh-2345-6789\n  Berkas  praja-1906-2026-01-02-0304.cadangan\n  Ukuran 1 MiB\n  Hasil  utuh\n";
    for shown in [
        "Sandi z86w-ewez-9yqz-b2fb",
        "Praja siap\n…\nHasil   utuh",
        "Ukuran     492 KiB\n  Hasil                 utuh",
        "Berkas praja-1906-2026-11-23-0041.cadangan",
    ] {
        assert_eq!(stands_in(shown, said), Ok(()), "{shown}");
    }
    for shown in ["Hasil rusak", "Hasil utuh\n…\nPraja siap", "Berkas praja.cadangan", "Sandi abc"] {
        assert!(stands_in(shown, said).is_err(), "{shown}");
    }
    assert_eq!(stands_in("12 Maret 2026, bupati", "3 Agustus 2027, bupati"), Ok(()));
}
