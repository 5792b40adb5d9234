//! Texts of messages that leave the house: data of the release, changed by the regency, filled in here.

pub(crate) mod pages;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use include_dir::{Dir, include_dir};
use praja_store::{Result, StoreError, Tx};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../config-templates/kabar");

/// Longest text, in bytes.
const LONGEST: usize = 8 * 1024;
/// Begins the line of an e-mail's subject.
const SUBJECT: &str = "Perihal:";

/// Every token with what it stands for.
pub const TOKENS: [(&str, &str); 11] = [
    ("nama", "nama penerima"),
    ("perihal", "isi kabar dalam satu baris"),
    ("isi", "keterangannya, dapat kosong"),
    ("tautan", "alamat halaman yang dituju"),
    ("dari", "nama pengirim kabar"),
    ("derajat", "derajat kecepatan"),
    ("jenis", "jenis kabar"),
    ("daerah", "nama daerah"),
    ("tanggal", "tanggal dan jam kirim"),
    ("jumlah", "jumlah kabar dalam ringkasan"),
    ("daftar", "kabar dalam ringkasan, satu per baris"),
];

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing is left.
    #[error("Teks pesan belum diisi.")]
    Empty,
    /// Longer than any message.
    #[error("Teks pesan terlalu panjang. Paling panjang {most} huruf.")]
    TooLong {
        /// So many fit.
        most: usize,
    },
    /// A token that stands for nothing.
    #[error("Tanda {{{{{token}}}}} tidak dikenal. Yang dapat dipakai: {known}.")]
    UnknownToken {
        /// What was written.
        token: String,
        /// What there is.
        known: String,
    },
    /// Two braces open and never close.
    #[error("Ada tanda {{{{ yang tidak ditutup dengan }}}}.")]
    OpenToken,
    /// An e-mail without a subject.
    #[error("Baris pertama surel harus diawali \"Perihal:\".")]
    NoSubject,
    /// A message that leads nowhere.
    #[error("Teks pesan harus memuat {{{{tautan}}}} supaya penerima dapat membuka yang dikabarkan.")]
    NoLink,
}

impl praja_kernel::Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "desk.templat.empty",
            Self::TooLong { .. } => "desk.templat.too-long",
            Self::UnknownToken { .. } => "desk.templat.unknown-token",
            Self::OpenToken => "desk.templat.open-token",
            Self::NoSubject => "desk.templat.no-subject",
            Self::NoLink => "desk.templat.no-link",
        }
    }

    fn fields(&self) -> Vec<praja_kernel::FieldProblem> {
        vec![praja_kernel::FieldProblem::new("isi", self.to_string())]
    }
}

/// How a value is written so that it cannot become anything else where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// As it is.
    Plain,
    /// Inside a JSON string.
    Json,
    /// In a form or an address.
    Percent,
}

/// The names of all texts, in order: `surel-tugas`, `pesan-tugas`, …
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = SHIPPED.files().filter_map(|file| file.path().to_str()?.strip_suffix(".txt")).collect();
    names.sort_unstable();
    names
}

/// The text as the release brings it.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.get_file(format!("{name}.txt"))?.contents_utf8()
}

/// A file of the folder that is no text of a message.
pub(crate) fn shipped_file(name: &str) -> Option<&'static str> {
    SHIPPED.get_file(name)?.contents_utf8()
}

/// The text in use: the regency's own, else the release's.
///
/// # Errors
/// [`StoreError::Corrupt`] for a name that does not exist.
pub fn of(tx: &mut Tx<'_>, name: &str) -> Result<String> {
    if let Some(own) = store::get(tx, name)?.filter(|own| !own.isi.is_empty()) {
        return Ok(own.isi);
    }
    shipped(name).map(str::to_owned).ok_or_else(|| StoreError::Corrupt(format!("no text is called {name}")))
}

/// Checks a text before it is used.
///
/// # Errors
/// [`Refusal`]
pub fn check(name: &str, text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.len() > LONGEST {
        return Err(Refusal::TooLong { most: LONGEST });
    }
    let tokens = tokens(&text)?;
    if let Some(token) = tokens.iter().find(|token| !TOKENS.iter().any(|(known, _)| known == *token)) {
        let known = TOKENS.map(|(known, _)| format!("{{{{{known}}}}}")).join(", ");
        return Err(Refusal::UnknownToken { token: (*token).to_owned(), known });
    }
    if name.starts_with("surel-") && !text.starts_with(SUBJECT) {
        return Err(Refusal::NoSubject);
    }
    if !tokens.contains(&"tautan") {
        return Err(Refusal::NoLink);
    }
    Ok(text)
}

/// The tokens of a text, in order.
///
/// # Errors
/// [`Refusal::OpenToken`]
pub fn tokens(text: &str) -> Result<Vec<&str>, Refusal> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("{{") {
        let (token, after) = after.split_once("}}").ok_or(Refusal::OpenToken)?;
        found.push(token.trim());
        rest = after;
    }
    Ok(found)
}

/// Fills a text in. A token without a value leaves nothing, and lines that become empty by it close up.
pub fn fill(text: &str, values: &[(&str, &str)], escape: Escape) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((token, after)) = after.split_once("}}") else {
            rest = "";
            break;
        };
        let value = values.iter().find(|(name, _)| *name == token.trim()).map_or("", |(_, value)| *value);
        out.push_str(&escaped(value, escape));
        rest = after;
    }
    out.push_str(rest);
    if escape == Escape::Plain { closed_up(&out) } else { out }
}

/// Never more than one empty line, and no blank ends.
fn closed_up(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && out.last().is_none_or(|last| last.is_empty())) {
            out.push(line);
        }
    }
    out.join("\n").trim_end().to_owned()
}

fn escaped(value: &str, escape: Escape) -> String {
    match escape {
        Escape::Plain => value.to_owned(),
        Escape::Json => {
            let quoted = serde_json::Value::from(value).to_string();
            quoted[1..quoted.len() - 1].to_owned()
        }
        Escape::Percent => crate::words::encode(value),
    }
}

/// Subject and body of a filled e-mail. A subject is one line, whatever was in its values.
pub fn mail(filled: &str) -> (String, String) {
    let (first, rest) = filled.split_once('\n').unwrap_or((filled, ""));
    (first.trim_start_matches(SUBJECT).trim().to_owned(), rest.trim().to_owned())
}
