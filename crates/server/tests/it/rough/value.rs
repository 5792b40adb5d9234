//! What is put into a field: what is likely, and what nobody should be able to do harm with.

use super::form::{Field, Kind};

/// What a page must never show as it was typed: each would run, or end an attribute.
pub const MARKS: [&str; 3] = ["<script>kasar", "<img src=x onerror=kasar", "\" onfocus=\"kasar"];
/// An identity that nothing has.
const NOTHING: &str = "01935b6e-0000-7000-8000-0000000000ff";

/// What a field sends instead of what it should.
#[derive(Debug, Clone)]
pub enum Sent {
    /// This value.
    Value(String),
    /// The field is missing.
    Missing,
    /// What it should send, and this besides.
    Doubled(String),
    /// A file.
    File { name: String, content: Vec<u8> },
}

impl Sent {
    /// For the list of what went wrong.
    pub fn word(&self) -> String {
        let short = |text: &str| format!("{:?}", text.chars().take(24).collect::<String>());
        match self {
            Self::Value(value) => short(value),
            Self::Missing => "missing".into(),
            Self::Doubled(value) => format!("doubled with {}", short(value)),
            Self::File { name, content } => format!("file {} of {} bytes", short(name), content.len()),
        }
    }
}

/// What a field is tried with. `most` is the size of the largest file that its form takes.
pub fn hostile(field: &Field, most: Option<u64>) -> Vec<Sent> {
    match field.kind {
        Kind::File => files().into_iter().chain(most.map(larger_than)).collect(),
        Kind::Hidden | Kind::Choice => {
            let values = [
                String::new(),
                "tidak-ada".into(),
                "bukan-uuid-01935b6e".into(),
                NOTHING.into(),
                "<script>kasar()</script>".into(),
                "a".repeat(10_000),
                "x\0y\u{1}".into(),
                "-1".into(),
                "99999999999999999999".into(),
            ];
            let doubled = [Sent::Doubled("tidak-ada".into()), Sent::Missing];
            values.into_iter().map(Sent::Value).chain(doubled).collect()
        }
        _ => {
            let values = [
                String::new(),
                "   ".into(),
                "a".repeat(10_000),
                "baris\0nol\u{1}\u{8}\u{1b}[31m\u{7f}".into(),
                "\u{202e}fdp.tarus\u{202c} a\u{200b}b\u{feff}c\u{200d}".into(),
                "<script>kasar()</script>".into(),
                "\"><img src=x onerror=kasar()>".into(),
                "x\" onfocus=\"kasar()".into(),
                "'; DROP TABLE identity_orang; --".into(),
                "%_!\\*?[]{}$&;|`".into(),
                "=1+1;@SUM(A1)".into(),
                "-1".into(),
                "0".into(),
                "99999999999999999999".into(),
                "9223372036854775807".into(),
                "1e400".into(),
                "2026-02-31".into(),
                "0000-01-01".into(),
                "9999-12-31".into(),
                "31/02/2026".into(),
                "bukan-uuid".into(),
                NOTHING.into(),
                "🏛️ e\u{301} 漢字 ظ".into(),
                "satu\r\nSet-Cookie: a=b\r\n\r\ndua".into(),
                "../../../../etc/passwd".into(),
            ];
            let rest = [Sent::Doubled("kedua".into()), Sent::Missing];
            values.into_iter().map(Sent::Value).chain(rest).collect()
        }
    }
}

/// Files of the wrong kind, size and name.
fn files() -> Vec<Sent> {
    let file = |name: &str, content: &[u8]| Sent::File { name: name.into(), content: content.to_vec() };
    vec![
        Sent::Missing,
        file("", b""),
        file("kosong.pdf", b""),
        file("../../../etc/passwd.pdf", PDF),
        file("C:\\Windows\\surat\u{202e}fdp.pdf", PDF),
        file(&format!("{}.pdf", "p".repeat(10_000)), PDF),
        file("<script>kasar()</script>.pdf", PDF),
        file("nol\0\u{1}.pdf", PDF),
        file("program.pdf", b"MZ\x90\0\x03\0\0\0 bukan pdf"),
        file("halaman.pdf", b"<html><script>kasar()</script></html>"),
        file("potong.pdf", b"%PDF-1.7\n1 0 obj"),
        file("tabel.csv", b"nama;jabatan\n\"<script>kasar()</script>;x\n\0;\xff\xfe"),
        file("tabel.xlsx", b"PK\x03\x04rusak"),
        file("foto.jpg", b"\xff\xd8\xff\xe0rusak"),
    ]
}

/// One byte more than is taken.
fn larger_than(most: u64) -> Sent {
    let mut content = PDF.to_vec();
    content.resize(usize::try_from(most).unwrap_or_default() + 1, b' ');
    Sent::File { name: "besar.pdf".into(), content }
}

/// A document of one line.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";

/// What somebody would type into an empty field.
pub fn likely(field: &Field, today: &str) -> Option<String> {
    let by_name = match field.name.as_str() {
        "nik" => Some("5171012304850001"),
        "nip" => Some("198504232010011001"),
        "nib" => Some("9120001234567"),
        "tahun" => Some("2027"),
        "nama" | "judul" => Some("Uji Kasar"),
        _ => None,
    };
    if let Some(value) = by_name {
        return Some(value.into());
    }
    Some(match field.kind {
        Kind::Date => today.to_owned(),
        Kind::Number => "1".into(),
        Kind::Email => "uji.kasar@contoh.test".into(),
        Kind::Phone => "081234567890".into(),
        Kind::Password => "Sandi-Uji-Kasar-9".into(),
        Kind::Area => "Uraian uji kasar yang cukup panjang untuk dibaca.".into(),
        Kind::Text => "Uji kasar".into(),
        Kind::Choice | Kind::Hidden => field.options.first()?.clone(),
        Kind::File => return None,
    })
}
