//! The paper that a demo letter came on: one page, drawn here, so that who tries Praja sees what a leader sees.

use std::fmt::Write;

use praja_kernel::{Date, tanggal_panjang};

use crate::surat_masuk::SuratMasuk;

/// A4 in points.
const WIDTH: u32 = 595;
const HEIGHT: u32 = 842;
const LEFT: u32 = 72;
/// Letters of a line at 11 points; Helvetica takes half its size for one, on the average.
const LINE: usize = 82;

/// What stands on a demo paper.
pub(super) struct Kertas<'a> {
    pub(super) asal: &'a str,
    pub(super) tanggal: Date,
    pub(super) nomor: &'a str,
    pub(super) sifat: &'a str,
    pub(super) hal: &'a str,
    pub(super) kepada: &'a str,
    pub(super) isi: &'a str,
}

/// One page of PDF 1.4 with the letter's own words. The fonts are those that every reader brings.
pub(super) fn pdf(surat: &SuratMasuk, kepada: &str) -> Vec<u8> {
    let isi = &surat.isi;
    paper(&Kertas {
        asal: &isi.asal,
        tanggal: isi.tanggal_surat,
        nomor: isi.nomor_surat.as_deref().unwrap_or("-"),
        sifat: isi.sifat.label(),
        hal: &isi.hal,
        kepada,
        isi: isi.ringkasan.as_deref().unwrap_or(&isi.hal),
    })
}

pub(super) fn paper(kertas: &Kertas<'_>) -> Vec<u8> {
    let mut page = Page::default();
    page.center(14, true, 770, &kertas.asal.to_uppercase());
    page.center(9, false, 754, "Surat rekaan untuk latihan");
    let _ = write!(page.0, "1.5 w {LEFT} 744 m {} 744 l S\n0.5 w {LEFT} 741 m {} 741 l S\n", WIDTH - LEFT, WIDTH - LEFT);
    page.right(11, 712, &day(kertas.tanggal));
    let mut at = 712;
    for (label, value) in [("Nomor", kertas.nomor), ("Sifat", kertas.sifat), ("Hal", kertas.hal)] {
        page.text(11, false, LEFT, at, label);
        // Beside the date there is only half a line.
        for line in wrap(&format!(": {value}"), if at == 712 { 40 } else { LINE - 12 }) {
            page.text(11, false, LEFT + 58, at, &line);
            at -= 15;
        }
    }
    at -= 15;
    page.text(11, false, LEFT, at, "Yth.");
    for line in wrap(kertas.kepada, 60) {
        page.text(11, false, LEFT + 30, at, &line);
        at -= 15;
    }
    page.text(11, false, LEFT + 30, at, "di tempat");
    at -= 32;
    let end = "Demikian disampaikan. Atas perhatian dan kerja samanya, kami ucapkan terima kasih.";
    for part in ["Dengan hormat,", kertas.isi, end] {
        for line in wrap(part, LINE) {
            page.text(11, false, LEFT, at, &line);
            at -= 15;
        }
        at -= 9;
    }
    at -= 20;
    page.text(11, false, 340, at, "Pimpinan,");
    page.text(9, false, 340, at.saturating_sub(38), "(ditandatangani)");
    page.center(8, false, 40, "CONTOH: bukan naskah dinas");
    page.close()
}

fn day(date: Date) -> String {
    tanggal_panjang(date)
}

/// Lines of at most `width` letters; a longer word stands alone.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last_mut().expect("there is always one");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn text(&mut self, size: u32, bold: bool, x: u32, y: u32, text: &str) {
        let mut safe = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '(' | ')' | '\\' => safe.extend(['\\', letter]),
                ' '..='~' => safe.push(letter),
                _ => safe.push('?'),
            }
        }
        let font = if bold { "F2" } else { "F1" };
        let _ = writeln!(self.0, "BT /{font} {size} Tf {x} {y} Td ({safe}) Tj ET");
    }

    fn center(&mut self, size: u32, bold: bool, y: u32, text: &str) {
        let lines = wrap(text, usize::try_from(2 * (WIDTH - 2 * LEFT) / (size + 3)).unwrap_or(LINE));
        for (line, up) in lines.iter().zip((0..u32::try_from(lines.len()).unwrap_or(1)).rev()) {
            let wide = u32::try_from(line.len()).unwrap_or(0) * size * 11 / 20;
            let wide = if bold { wide * 6 / 5 } else { wide };
            self.text(size, bold, WIDTH.saturating_sub(wide) / 2, y + up * (size + 2), line);
        }
    }

    fn right(&mut self, size: u32, y: u32, text: &str) {
        let wide = u32::try_from(text.len()).unwrap_or(0) * size / 2;
        self.text(size, false, (WIDTH - LEFT).saturating_sub(wide), y, text);
    }

    /// The whole file with its table of places.
    fn close(self) -> Vec<u8> {
        let font = |name: &str| format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>");
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            ),
            format!("<< /Length {} >>\nstream\n{}endstream", self.0.len(), self.0),
            font("Helvetica"),
            font("Helvetica-Bold"),
        ];
        let mut out = String::from("%PDF-1.4\n");
        let mut places = Vec::with_capacity(objects.len());
        for (at, object) in objects.iter().enumerate() {
            places.push(out.len());
            let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
        }
        let table = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
        for place in places {
            let _ = writeln!(out, "{place:010} 00000 n ");
        }
        let _ = write!(out, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
        out.into_bytes()
    }
}
