//! The connection text: what it says about TLS is ours to carry out, the rest goes to the client as it is.

use std::path::PathBuf;

use crate::{ServerTrouble, trust::Check};

/// How the line to the server is secured, in libpq's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Security {
    pub(crate) mode: Mode,
    pub(crate) roots: Roots,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// Whose signature is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Roots {
    Unsaid,
    Machine,
    File(PathBuf),
}

impl Security {
    /// As libpq: a named root is looked at, even where the mode only says `require`.
    pub(crate) fn check(&self) -> Check {
        match (self.mode, &self.roots) {
            (Mode::VerifyFull, _) | (Mode::Require | Mode::Prefer, Roots::Machine) => Check::IssuerAndName,
            (Mode::VerifyCa, _) | (Mode::Require, Roots::File(_)) => Check::Issuer,
            _ => Check::Nothing,
        }
    }
}

const SECURITY: [&str; 2] = ["sslmode", "sslrootcert"];

/// Takes `sslmode` and `sslrootcert` out of a connection text of either form (`postgres://…` or `host=… dbname=…`).
pub(crate) fn split(text: &str) -> Result<(String, Security), ServerTrouble> {
    let (rest, found) = if text.contains("://") { split_url(text) } else { split_words(text)? };
    let mut security = Security { mode: Mode::Prefer, roots: Roots::Unsaid };
    let mut said_mode = false;
    for (name, value) in found {
        if name == "sslmode" {
            said_mode = true;
            security.mode = match value.as_str() {
                "disable" => Mode::Disable,
                "allow" | "prefer" => Mode::Prefer,
                "require" => Mode::Require,
                "verify-ca" => Mode::VerifyCa,
                "verify-full" => Mode::VerifyFull,
                other => return Err(ServerTrouble::Address(format!("sslmode={other}"))),
            };
        } else if value == "system" {
            security.roots = Roots::Machine;
        } else if value.starts_with('/') {
            security.roots = Roots::File(PathBuf::from(value));
        } else {
            // The program is started from many places; a path that depends on it would be found only sometimes.
            return Err(ServerTrouble::Address(format!("sslrootcert={value}")));
        }
    }
    if !said_mode && security.roots == Roots::Machine {
        security.mode = Mode::VerifyFull;
    }
    Ok((rest, security))
}

type Found = Vec<(String, String)>;

fn split_url(url: &str) -> (String, Found) {
    let Some((front, query)) = url.split_once('?') else { return (url.to_owned(), Vec::new()) };
    let (mut kept, mut found) = (Vec::new(), Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if SECURITY.contains(&name) {
            found.push((name.to_owned(), percent_decoded(value)));
        } else {
            kept.push(pair);
        }
    }
    let rest = if kept.is_empty() { front.to_owned() } else { format!("{front}?{}", kept.join("&")) };
    (rest, found)
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        let two = after.get(..2).filter(|_| *byte == b'%').and_then(|two| std::str::from_utf8(two).ok());
        (rest, _) = match two.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(decoded) => (&after[2..], out.push(decoded)),
            None => (after, out.push(*byte)),
        };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `name = value` pairs; a value in single quotes may hold blanks, a backslash makes the next letter an ordinary one.
fn split_words(text: &str) -> Result<(String, Found), ServerTrouble> {
    let wrong = || ServerTrouble::Address("nilai tanpa nama".into());
    let (mut kept, mut found) = (Vec::new(), Vec::new());
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(wrong)?;
        let (value, length) = value_of(after.trim_start());
        let end = rest.len() - after.trim_start().len() + length;
        if SECURITY.contains(&name.trim()) {
            found.push((name.trim().to_owned(), value));
        } else {
            kept.push(rest[..end].to_owned());
        }
        rest = rest[end..].trim_start();
    }
    Ok((kept.join(" "), found))
}

/// The value at the front and how many bytes it takes.
fn value_of(text: &str) -> (String, usize) {
    let quoted = text.starts_with('\'');
    let (mut value, mut escaped) = (String::new(), false);
    for (at, letter) in text.char_indices().skip(usize::from(quoted)) {
        match letter {
            _ if escaped => {
                value.push(letter);
                escaped = false;
            }
            '\\' => escaped = true,
            '\'' if quoted => return (value, at + 1),
            blank if !quoted && blank.is_whitespace() => return (value, at),
            other => value.push(other),
        }
    }
    (value, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn security(mode: Mode, roots: Roots) -> Security {
        Security { mode, roots }
    }

    #[test]
    fn what_a_connection_text_says_about_tls_is_taken_out_of_it() {
        let file = || Roots::File("/etc/praja/ca pusat.pem".into());
        for (text, rest, expected) in [
            ("postgres://a@h1,h2:5/d", "postgres://a@h1,h2:5/d", security(Mode::Prefer, Roots::Unsaid)),
            (
                "postgres://a@h/d?sslmode=verify-full&connect_timeout=1&sslrootcert=%2Fetc/praja/ca%20pusat.pem",
                "postgres://a@h/d?connect_timeout=1",
                security(Mode::VerifyFull, file()),
            ),
            ("postgresql://h/d?sslmode=require", "postgresql://h/d", security(Mode::Require, Roots::Unsaid)),
            ("postgres://h/d?sslrootcert=system", "postgres://h/d", security(Mode::VerifyFull, Roots::Machine)),
            (
                "host=h sslmode = verify-ca sslrootcert='/etc/praja/ca pusat.pem' password='a\\'b c' dbname=d",
                "host=h password='a\\'b c' dbname=d",
                security(Mode::VerifyCa, file()),
            ),
            ("host=h sslmode=disable", "host=h", security(Mode::Disable, Roots::Unsaid)),
        ] {
            assert_eq!(split(text).unwrap(), (rest.to_owned(), expected), "{text}");
        }
    }

    #[test]
    fn unknown_modes_and_paths_that_depend_on_the_folder_are_refused() {
        for (text, named) in [
            ("postgres://h/d?sslmode=full", "sslmode=full"),
            ("postgres://h/d?sslrootcert=ca.pem", "sslrootcert=ca.pem"),
            ("host=h dbname", "nilai tanpa nama"),
        ] {
            assert_eq!(split(text).unwrap_err(), ServerTrouble::Address(named.into()));
        }
    }

    #[test]
    fn a_named_root_is_looked_at_and_a_name_only_by_verify_full() {
        let file = || Roots::File("/ca".into());
        for (mode, roots, check) in [
            (Mode::Prefer, Roots::Unsaid, Check::Nothing),
            (Mode::Require, Roots::Unsaid, Check::Nothing),
            (Mode::Require, file(), Check::Issuer),
            (Mode::VerifyCa, file(), Check::Issuer),
            (Mode::VerifyCa, Roots::Unsaid, Check::Issuer),
            (Mode::VerifyFull, file(), Check::IssuerAndName),
            (Mode::VerifyFull, Roots::Unsaid, Check::IssuerAndName),
        ] {
            assert_eq!(security(mode, roots.clone()).check(), check, "{mode:?} {roots:?}");
        }
    }
}
