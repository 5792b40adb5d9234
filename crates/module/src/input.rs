use praja_kernel::Id;
use praja_store::Blob;
use sha2::{Digest, Sha256};

use crate::{response::decode, token::hex};

/// What a form brought.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Names and values as typed, in order.
    pub fields: Vec<(String, String)>,
    /// Files, already stored (encrypted) but not yet known to the database: they vanish by themselves if nobody keeps them.
    pub files: Vec<Upload>,
    /// Files that were sent and not stored.
    pub unkept: Vec<Unkept>,
}

/// A file that came with a form and was not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unkept {
    /// Name of the form's field.
    pub field: String,
    /// Its name on the sender's side.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Why it was not stored.
    pub why: NotKept,
}

/// Why a file was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotKept {
    /// Larger than the route takes.
    Large,
    /// More files than the route takes.
    Many,
}

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Name of the form's field.
    pub field: String,
    /// Its name on the sender's side, without any folder. Never used as a path.
    pub name: String,
    /// Its first bytes, by which its type is judged; the sender's claim is ignored.
    pub head: Vec<u8>,
    /// Where it is stored.
    pub blob: Blob,
}

/// Name of the hidden field with the form's own UUID.
pub const FORM_FIELD: &str = "_kunci";
/// Name of the hidden field with the proof of origin.
pub const CSRF_FIELD: &str = "_csrf";
/// Name of the hidden field with the mark of whoever the form was drawn for ([`Ctx::holder`](crate::Ctx::holder)).
pub const HOLDER_FIELD: &str = "_pemegang";
/// Hidden fields that begin like this are for the device on which the form may wait.
pub const WAITING_FIELDS: &str = "_antre";

impl Input {
    /// The value of a field, trimmed; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The value of a field exactly as typed (passwords).
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field that may be given several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    }

    /// The files of a field.
    pub fn files(&self, name: &str) -> impl Iterator<Item = &Upload> {
        self.files.iter().filter(move |file| file.field == name)
    }

    /// SHA-256 of everything that was sent but the name of the attempt and what changes with every page: the same again, or something else?
    pub(crate) fn print(&self) -> String {
        let mut sum = Sha256::new();
        let mut part = |text: &str| sum.update(format!("{}:{text}", text.len()));
        let carries = |name: &str| name != FORM_FIELD && name != CSRF_FIELD && !name.starts_with(WAITING_FIELDS);
        let mut fields: Vec<_> = self.fields.iter().filter(|(name, _)| carries(name)).collect();
        fields.sort();
        for (name, value) in fields {
            part(name);
            part(value);
        }
        for file in &self.files {
            part(&file.field);
            part(&file.name);
            part(&file.blob.sidik);
        }
        hex(&sum.finalize())
    }

    /// Takes a field out, so that no handler sees it.
    pub(crate) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.remove(at).1)
    }

    /// The form's own UUID, by which a second sending is recognised.
    pub fn form_id(&self) -> Option<Id> {
        self.text(FORM_FIELD).parse().ok()
    }

    pub(crate) fn from_urlencoded(text: &str) -> Self {
        Self { fields: pairs(text), ..Self::default() }
    }
}

/// `a=1&b=2` as names and values.
pub(crate) fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (visible(decode(name, true)), visible(decode(value, true)))
        })
        .collect()
}

/// Without what nobody types and nobody sees: signs of control (PostgreSQL cannot even keep a NUL), and those that turn the direction of
/// what follows, or have no width, by which two names look alike. Line ends and tabs stay; the soft line end of word processors
/// becomes one.
pub(crate) fn visible(text: String) -> String {
    let hidden = |letter: char| match letter {
        '\n' | '\r' | '\t' => false,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        other => other.is_control(),
    };
    if !text.chars().any(hidden) {
        return text;
    }
    text.chars().map(|letter| if letter == '\u{b}' { '\n' } else { letter }).filter(|letter| !hidden(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{pairs, visible};

    #[test]
    fn what_nobody_sees_is_left_out_and_everything_else_stays_as_typed() {
        let table = [
            ("Undangan rapat", "Undangan rapat"),
            ("a\0b\u{1}c\u{1b}[31m\u{7f}\u{85}", "abc[31m"),
            ("satu\r\ndua\ttiga", "satu\r\ndua\ttiga"),
            ("satu\u{b}dua", "satu\ndua"),
            ("surat\u{202e}fdp.exe\u{202c}", "suratfdp.exe"),
            ("Kadek\u{200b} Ari\u{feff}", "Kadek Ari"),
            // Letters of other scripts need their joiners.
            ("نمی\u{200c}خواهم 👩\u{200d}🌾", "نمی\u{200c}خواهم 👩\u{200d}🌾"),
        ];
        for (typed, kept) in table {
            assert_eq!(visible(typed.to_owned()), kept);
        }
        assert_eq!(pairs("na%00ma=%00x%0D%0Ay"), [("nama".to_owned(), "x\r\ny".to_owned())]);
    }
}
