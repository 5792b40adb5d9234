//! QR codes: as SVG for pages, as characters for a terminal.

use std::fmt::{self, Write as _};

use fast_qr::{ECL, QRBuilder, QRCode};
use maud::{Markup, html};

/// Light margin around the code, in modules: ISO/IEC 18004 asks for four.
const QUIET: usize = 4;
/// A terminal has little room; two modules are enough for phones held close to a screen.
const QUIET_TERMINAL: usize = 2;
/// Width that every terminal has.
const COLUMNS: usize = 80;

/// Why a text has no QR code here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QrError {
    /// More than a QR code holds (2,331 bytes at medium error correction).
    TooLong,
    /// The code would be wider than 80 columns.
    TooWide {
        /// Columns it would need.
        columns: usize,
    },
}

impl fmt::Display for QrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "teks terlalu panjang untuk kode QR"),
            Self::TooWide { columns } => write!(f, "kode QR memerlukan {columns} kolom; terminal hanya {COLUMNS} kolom"),
        }
    }
}

impl std::error::Error for QrError {}

/// The code as one SVG path, dark on white in both themes because scanners want it so. `label` says what it leads to.
///
/// # Errors
/// [`QrError::TooLong`].
pub fn svg(text: &str, label: &str) -> Result<Markup, QrError> {
    let code = encode(text)?;
    let side = code.size + 2 * QUIET;
    Ok(html! {
        svg.qr xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) } width="180" height="180" role="img" aria-label=(label)
            shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#ffffff" {}
            path fill="#000000" d=(path(&code)) {}
        }
    })
}

/// The code in half blocks, two modules a character, light modules drawn: right on a dark terminal, and phones read it inverted
/// on a light one.
///
/// # Errors
/// [`QrError::TooLong`], or [`QrError::TooWide`] past 80 columns.
pub fn terminal(text: &str) -> Result<String, QrError> {
    let code = encode(text)?;
    let side = fitting(code.size + 2 * QUIET_TERMINAL, 1)?;
    let mut drawn = String::new();
    for y in (0..side).step_by(2) {
        for x in 0..side {
            let lower = y + 1 >= side || light(&code, x, y + 1);
            drawn.push(match (light(&code, x, y), lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        drawn.push('\n');
    }
    Ok(drawn)
}

/// The same for terminals without Unicode: two number signs for a light module.
///
/// # Errors
/// [`QrError::TooLong`], or [`QrError::TooWide`] past 80 columns (texts of more than about 80 bytes).
pub fn terminal_ascii(text: &str) -> Result<String, QrError> {
    let code = encode(text)?;
    let side = fitting(code.size + 2 * QUIET_TERMINAL, 2)?;
    let line = |y| (0..side).map(|x| if light(&code, x, y) { "##" } else { "  " }).collect::<String>() + "\n";
    Ok((0..side).map(line).collect())
}

fn encode(text: &str) -> Result<QRCode, QrError> {
    QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| QrError::TooLong)
}

fn fitting(side: usize, per_module: usize) -> Result<usize, QrError> {
    let columns = side * per_module;
    if columns > COLUMNS { Err(QrError::TooWide { columns }) } else { Ok(side) }
}

/// Light at this place of a terminal drawing; the margin is light.
fn light(code: &QRCode, x: usize, y: usize) -> bool {
    let inside = |at: usize| at.checked_sub(QUIET_TERMINAL).filter(|at| *at < code.size);
    match (inside(x), inside(y)) {
        (Some(x), Some(y)) => !code[y][x].value(),
        _ => true,
    }
}

/// Every run of dark modules in a line becomes one rectangle.
fn path(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|at| code[y][*at].value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_finders_and_a_margin() {
        let drawn = svg("https://praja.contoh.go.id/v/abc", "Alamat pemeriksaan").expect("short").into_string();
        assert!(drawn.contains("M4 4h7v1h-7z"), "{drawn}");
        assert!(drawn.contains(r#"aria-label="Alamat pemeriksaan""#) && !drawn.contains("style="));
    }

    #[test]
    fn an_address_fits_a_terminal_of_80_columns() {
        let text = "http://192.168.100.100:8080/masuk?kunjungan=0198f0a2-0000-7000-8000-000000000000";
        for drawn in [terminal(text).expect("fits"), terminal_ascii("http://192.168.1.10:8080/").expect("fits")] {
            let widths: Vec<usize> = drawn.lines().map(|line| line.chars().count()).collect();
            assert!(widths.iter().all(|width| *width == widths[0] && *width <= 80), "{widths:?}");
        }
    }

    #[test]
    fn half_blocks_and_number_signs_draw_the_same_code() {
        let text = "PRAJA";
        let blocks = terminal(text).expect("fits");
        let signs = terminal_ascii(text).expect("fits");
        for (y, line) in signs.lines().enumerate() {
            let half: Vec<char> = blocks.lines().nth(y / 2).expect("a line").chars().collect();
            for (x, sign) in line.chars().step_by(2).enumerate() {
                let upper = matches!(half[x], '█' | '▀');
                let lower = matches!(half[x], '█' | '▄');
                assert_eq!(sign == '#', if y % 2 == 0 { upper } else { lower }, "{x},{y}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert_eq!(svg(&"x".repeat(4000), "x").err(), Some(QrError::TooLong));
        assert!(matches!(terminal(&"x".repeat(1500)), Err(QrError::TooWide { columns }) if columns > 80));
    }
}
