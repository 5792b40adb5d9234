//! The keys of settings, for whoever sets one: what kind of value it takes, and what must not be shown or changed.

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Words, with commas between them.
    List,
}

/// A key that settings know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyInfo {
    /// Its name, with dots between the levels.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// It was decided at birth and never changes.
    pub born: bool,
}

const fn key(name: &'static str, kind: Kind) -> KeyInfo {
    KeyInfo { name, kind, born: false }
}

const fn born(name: &'static str) -> KeyInfo {
    KeyInfo { name, kind: Kind::Text, born: true }
}

/// Every key.
pub const KEYS: &[KeyInfo] = &[
    born("wilayah.kode"),
    key("wilayah.nama", Kind::Text),
    born("jenis"),
    key("alamat", Kind::Text),
    key("url_publik", Kind::Text),
    key("host", Kind::List),
    key("basis_data.mesin", Kind::Text),
    key("basis_data.berkas", Kind::Text),
    key("basis_data.url", Kind::Text),
    key("blob", Kind::Text),
    key("blob.s3.alamat", Kind::Text),
    key("blob.s3.bucket", Kind::Text),
    key("blob.s3.kunci_akses", Kind::Text),
    key("blob.s3.awalan", Kind::Text),
    key("blob.s3.region", Kind::Text),
    key("blob.s3.path_style", Kind::Flag),
    key("blob.s3.ca", Kind::Text),
    key("kunci", Kind::Text),
    key("log", Kind::Text),
    key("tls.mode", Kind::Text),
    key("tls.sertifikat", Kind::Text),
    key("tls.kunci", Kind::Text),
    key("tls.surel", Kind::Text),
    key("tls.direktori", Kind::Text),
    key("tls.akar", Kind::Text),
    key("paket", Kind::Text),
    key("cadangan.tempat", Kind::Text),
    key("cadangan.jam", Kind::Text),
    key("cadangan.simpan", Kind::Number),
    key("modul", Kind::List),
    key("pekerja", Kind::Number),
];

/// A connection text with its password hidden.
pub fn without_password(url: &str) -> String {
    if let Some((scheme, rest)) = url.split_once("://")
        && let Some((who, place)) = rest.rsplit_once('@')
    {
        let name = who.split(':').next().unwrap_or_default();
        return format!("{scheme}://{name}:***@{}", hide_word(place));
    }
    hide_word(url)
}

/// `password=…` between blanks, or after `?` and `&`.
fn hide_word(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("password=") {
        let (before, after) = rest.split_at(at + "password=".len());
        out.push_str(before);
        out.push_str("***");
        rest = &after[after.find([' ', '&']).unwrap_or(after.len())..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://praja:r@hasia@db/praja?sslmode=require", "postgres://praja:***@db/praja?sslmode=require"),
            ("postgres://praja@db/praja", "postgres://praja:***@db/praja"),
            ("postgres://db/praja?user=a&password=rahasia&x=1", "postgres://db/praja?user=a&password=***&x=1"),
            ("host=db password=rahasia dbname=praja", "host=db password=*** dbname=praja"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
