//! Is a DOCX nothing but a text? It is a ZIP of parts that name each other; what would run, fetch or take something over is refused before
//! any other program reads the file.

use std::io::{Cursor, Read};

use praja_module::documents::DrawError;

use super::{SAVE_AS_PDF, refused};

/// More parts than any letter has.
const PARTS: usize = 4000;
/// All parts unpacked, as they say of themselves, in bytes.
const UNPACKED: u64 = 300 << 20;
/// A list of what a part refers to.
const LIST: u64 = 4 << 20;
const MAIN: &str = "word/document.xml";

/// May it be handed on?
pub(super) fn check(docx: &[u8]) -> Result<(), DrawError> {
    let broken = || {
        refused(
            "Berkas ini bukan DOCX yang utuh.",
            "Simpan kembali sebagai Dokumen Word (.docx) atau sebagai PDF, lalu unggah lagi.",
        )
    };
    let mut all = zip::ZipArchive::new(Cursor::new(docx)).map_err(|_| broken())?;
    if all.len() > PARTS {
        return Err(broken());
    }
    let (mut unpacked, mut has_text) = (0_u64, false);
    for at in 0..all.len() {
        let part = all.by_index(at).map_err(|_| broken())?;
        let name = part.name().map_err(|_| broken())?.replace('\\', "/").to_ascii_lowercase();
        if part.encrypted() {
            return Err(refused(
                "Berkas Word ini terkunci kata sandi.",
                "Buka kuncinya pada pengolah kata, simpan kembali, lalu unggah lagi.",
            ));
        }
        unpacked = unpacked.saturating_add(part.size());
        has_text |= name == MAIN;
        if name.contains("vbaproject") || name.contains("/activex/") {
            return Err(refused(
                "Berkas Word ini memuat makro.",
                "Simpan sebagai Dokumen Word tanpa makro (.docx), lalu unggah lagi.",
            ));
        }
        if name.ends_with(".rels") {
            let mut text = Vec::new();
            part.take(LIST + 1).read_to_end(&mut text).map_err(|_| broken())?;
            if text.len() as u64 > LIST {
                return Err(broken());
            }
            relations(&text)?;
        }
    }
    if !has_text {
        return Err(broken());
    }
    if unpacked > UNPACKED {
        return Err(DrawError::TooMuch(format!("Isi berkas Word ini lebih dari {} MiB. Perkecil gambarnya.", UNPACKED >> 20)));
    }
    Ok(())
}

fn relations(list: &[u8]) -> Result<(), DrawError> {
    let odd = || refused("Susunan berkas Word ini tidak dikenal.", SAVE_AS_PDF);
    // Another encoding, or letters written as numbers, would read differently here and there.
    let text = std::str::from_utf8(list).map_err(|_| odd())?;
    if text.contains('\0') || text.contains("<!") || text.contains("&#") {
        return Err(odd());
    }
    for tag in text.split('<').filter(|tag| tag.split([' ', '\t', '\r', '\n', '/', '>']).next().is_some_and(is_relation)) {
        let kind = value(tag, "Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default();
        let target = value(tag, "Target").unwrap_or_default();
        if ["oleObject", "control", "aFChunk", "vbaProject", "frame"].contains(&kind) {
            return Err(refused("Berkas Word ini memuat benda dari program lain.", SAVE_AS_PDF));
        }
        let outside = value(tag, "TargetMode").is_some_and(|mode| !mode.eq_ignore_ascii_case("internal"));
        // Where a text was begun from: named by Word, never opened.
        let template = kind == "attachedTemplate" && target.to_ascii_lowercase().starts_with("file:///c:");
        if outside && kind != "hyperlink" && !template {
            return Err(refused(
                "Berkas Word ini mengambil isinya dari tempat lain (gambar atau templat bertaut).",
                "Sematkan gambarnya ke dalam dokumen, atau simpan sebagai PDF, lalu unggah lagi.",
            ));
        }
    }
    Ok(())
}

fn is_relation(name: &str) -> bool {
    name.rsplit(':').next() == Some("Relationship")
}

/// The value of an attribute of a tag, of this very name.
fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once(name) {
        let starts = before.ends_with(|letter: char| letter.is_ascii_whitespace());
        if let Some(quoted) = after.trim_start().strip_prefix('=').map(str::trim_start).filter(|_| starts) {
            let mark = quoted.chars().next().filter(|mark| ['"', '\''].contains(mark))?;
            return quoted[1..].split(mark).next();
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut whole = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [(MAIN, "<w:document/>")].iter().chain(parts) {
            whole.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            whole.write_all(text.as_bytes()).unwrap();
        }
        whole.finish().unwrap().into_inner()
    }

    fn says(parts: &[(&str, &str)]) -> String {
        check(&docx(parts)).map_or_else(|e| e.to_string(), |()| "baik".to_owned())
    }

    const RELS: &str = "word/_rels/document.xml.rels";

    fn relation(kind: &str, target: &str, mode: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"{mode}/></Relationships>"
        )
    }

    #[test]
    fn a_text_with_pictures_of_its_own_and_links_is_taken() {
        assert_eq!(says(&[]), "baik");
        for (kind, target, mode) in [
            ("image", "media/image1.png", ""),
            ("styles", "styles.xml", " TargetMode=\"Internal\""),
            ("hyperlink", "https://contoh.example/", " TargetMode=\"External\""),
            ("attachedTemplate", "file:///C:\\Users\\a\\surat.dotx", " TargetMode=\"External\""),
        ] {
            assert_eq!(says(&[(RELS, &relation(kind, target, mode))]), "baik", "{kind}");
        }
    }

    #[test]
    fn what_runs_fetches_or_is_taken_over_is_refused() {
        for (kind, target, mode, word) in [
            ("image", "http://contoh.example/x.png", " TargetMode=\"External\"", "tempat lain"),
            ("image", "http://contoh.example/x.png", "\n TargetMode = 'External'", "tempat lain"),
            ("attachedTemplate", "http://contoh.example/x.dotm", " TargetMode=\"External\"", "tempat lain"),
            ("oleObject", "embeddings/o.bin", "", "program lain"),
            ("aFChunk", "isi.html", "", "program lain"),
            ("image", "x", " TargetMode=\"Ext&#101;rnal\"", "tidak dikenal"),
        ] {
            let told = says(&[(RELS, &relation(kind, target, mode))]);
            assert!(told.contains(word), "{kind} {mode}: {told}");
        }
        let prefixed =
            relation("image", "http://x.example/", " TargetMode=\"External\"").replace("<Relationship ", "<r:Relationship ");
        assert!(says(&[(RELS, &prefixed)]).contains("tempat lain"));
        assert!(says(&[("word/vbaProject.bin", "x")]).contains("makro"));
    }

    #[test]
    fn what_is_no_docx_is_told_so() {
        for bytes in [&b"PK\x03\x04 bukan apa-apa"[..], b"<html>", b""] {
            assert!(check(bytes).unwrap_err().to_string().contains("bukan DOCX"));
        }
        let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
        other.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let other = other.finish().unwrap().into_inner();
        assert!(check(&other).unwrap_err().to_string().contains("bukan DOCX"));
    }
}
