//! The pictures of one attachment as the pages of one PDF, written while it is sent: A4, upright or on its side as the picture is.

use std::io::{self, Read, Write};

use praja_store::{Blob, Blobs};

use super::{
    Kind,
    photo::{Picture, as_jpeg},
};

/// A4 in points.
const SHORT: f64 = 595.28;
const LONG: f64 = 841.89;
/// White around a picture.
const EDGE: f64 = 18.0;

/// A document under way: what was written so far, and where each object begins.
struct Document<'a> {
    out: &'a mut dyn Write,
    at: usize,
    begins: Vec<usize>,
}

impl Document<'_> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len();
        self.out.write_all(bytes)
    }

    /// The next object; they are numbered from one.
    fn object(&mut self, dictionary: &str, stream: Option<&[u8]>) -> io::Result<()> {
        self.begins.push(self.at);
        let number = self.begins.len();
        self.put(format!("{number} 0 obj\n<< {dictionary}").as_bytes())?;
        match stream {
            None => self.put(b" >>\nendobj\n"),
            Some(bytes) => {
                self.put(format!(" /Length {} >>\nstream\n", bytes.len()).as_bytes())?;
                self.put(bytes)?;
                self.put(b"\nendstream\nendobj\n")
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        let (table, count) = (self.at, self.begins.len() + 1);
        self.put(format!("xref\n0 {count}\n0000000000 65535 f \n").as_bytes())?;
        for begin in std::mem::take(&mut self.begins) {
            self.put(format!("{begin:010} 00000 n \n").as_bytes())?;
        }
        let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n");
        self.put(trailer.as_bytes())
    }
}

/// Writes these pictures in order. `latihan` stands on every page of a regency for trying.
pub(super) fn write(out: &mut dyn Write, blobs: &Blobs, title: &str, pages: &[(Kind, Blob)], latihan: bool) -> io::Result<()> {
    let mut document = Document { out, at: 0, begins: Vec::new() };
    // Four bytes beyond ASCII tell who copies the file that it is not text.
    document.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
    document.object("/Type /Catalog /Pages 2 0 R /Lang (id-ID) /ViewerPreferences << /DisplayDocTitle true >>", None)?;
    // Catalog, list of pages, title and letters come first; each page then has three objects.
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 3 * at)).collect();
    document.object(&format!("/Type /Pages /Count {} /Kids [{}]", pages.len(), kids.join(" ")), None)?;
    document.object(&format!("/Title {} /Producer (Praja)", text(title)), None)?;
    document.object("/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold", None)?;
    for (at, (kind, blob)) in pages.iter().enumerate() {
        let mut plain = Vec::new();
        blobs.open(blob).map_err(io::Error::other)?.read_to_end(&mut plain)?;
        let picture = as_jpeg(*kind, plain).map_err(io::Error::other)?;
        page(&mut document, 5 + 3 * at, &picture, latihan)?;
    }
    document.end()
}

fn page(document: &mut Document<'_>, number: usize, picture: &Picture, latihan: bool) -> io::Result<()> {
    let (width, height) = if picture.width > picture.height { (LONG, SHORT) } else { (SHORT, LONG) };
    let (across, down) = (f64::from(picture.width.max(1)), f64::from(picture.height.max(1)));
    let scale = ((width - 2.0 * EDGE) / across).min((height - 2.0 * EDGE) / down);
    let (shown, tall) = (across * scale, down * scale);
    let (left, bottom) = ((width - shown) / 2.0, (height - tall) / 2.0);
    document.object(
        &format!(
            "/Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R \
             /Resources << /XObject << /Foto {} 0 R >> /Font << /Huruf 4 0 R >> >>",
            number + 1,
            number + 2
        ),
        None,
    )?;
    let mut drawn = format!("q {shown:.2} 0 0 {tall:.2} {left:.2} {bottom:.2} cm /Foto Do Q\n");
    if latihan {
        drawn += &format!("BT 0.64 0.14 0.12 rg /Huruf 20 Tf {EDGE} {:.2} Td (LATIHAN) Tj ET\n", height - EDGE - 14.0);
    }
    document.object("", Some(drawn.as_bytes()))?;
    let color = if picture.gray { "/DeviceGray" } else { "/DeviceRGB" };
    let about = format!(
        "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace {color} /BitsPerComponent 8 /Filter /DCTDecode",
        picture.width, picture.height
    );
    document.object(&about, Some(&picture.jpeg))
}

/// A text as PDF takes every letter: UTF-16 in hexadecimal.
fn text(words: &str) -> String {
    let letters: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{letters}>")
}
