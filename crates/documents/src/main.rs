//! Draws documents for whoever keeps templates, and is the worker of this crate's own tests.
//!
//! ```text
//! praja-naskah KODE DATA.json HASIL.pdf [BERKAS-TEMPLAT…]    draws one document; files named later replace shipped ones
//! praja-naskah contoh KODE                                   prints the sample data of a kind
//! praja-naskah gambar FOLDER                                 draws the first page of every kind's sample into a small picture
//! praja-naskah __naskah MIB [FOLDER-HURUF]                  draws what comes in on standard input
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

use praja_documents::{Drawer, Engine, KINDS, Kind, Limits, Pack, kind, qr_svg, sample, worker};
use praja_module::documents::Documents;
use serde_json::json;

/// Wide enough to read the headings of a page, small enough for a guide with all of them.
const WIDE: u32 = 560;

fn main() -> ExitCode {
    if let Some(code) = worker::called() {
        return code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["contoh", code] => show_sample(code),
        ["gambar", folder] => draw_all(Path::new(folder)),
        [code, data, target, own @ ..] => draw(code, data, target, own),
        _ => Err("Tulis: praja-naskah KODE DATA.json HASIL.pdf, atau praja-naskah contoh KODE, atau praja-naskah gambar FOLDER."
            .into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Nowhere else to tell it when the screen is gone.
            let _ = writeln!(stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn show_sample(code: &str) -> Outcome {
    let kind = kind(code).ok_or_else(|| format!("Jenis naskah {code} tidak dikenal."))?;
    Ok(writeln!(stdout(), "{:#}", sample(kind))?)
}

fn draw_all(folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    let (engine, _) = Engine::new(Vec::new(), Limits::default());
    for kind in KINDS {
        let done = engine.render(&Pack::new(BTreeMap::new()).job(kind, &signed(kind)?)?)?;
        let page = Drawer::in_here(false).picture(&done.pdf, 1, WIDE)?;
        let small = fewer_greys(&page.png)?;
        fs::write(folder.join(format!("{}.png", kind.code())), &small)?;
        writeln!(stdout(), "{}: {} halaman, gambar {} byte", kind.code(), done.pages, small.len())?;
    }
    Ok(())
}

/// The sample as it looks once it is signed.
fn signed(kind: Kind) -> Result<serde_json::Value, Box<dyn std::error::Error>> {
    let mut data = sample(kind);
    let svg = qr_svg("https://contoh.example/v/7zzzzzzzzzzzzzzzzzzzzzzzzz").ok_or("alamat terlalu panjang")?;
    data["qr"] = json!({ "svg": svg, "alamat": "contoh.example/v", "kode": "7ZZZZ-ZZZZZ" });
    Ok(data)
}

/// Sixteen greys are enough for text, and half as large.
fn fewer_greys(png: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("gambar terlalu besar")?];
    let head = reader.next_frame(&mut pixels)?;
    let (wide, of) = (head.width as usize, head.color_type.samples());
    // Of a colour, the green is nearest to how bright it looks.
    let grey = |pixel: &[u8]| pixel[of / 2] >> 4;
    let mut packed = Vec::new();
    for row in pixels.chunks_exact(wide * of) {
        let greys: Vec<u8> = row.chunks_exact(of).map(grey).collect();
        packed.extend(greys.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)));
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, head.width, head.height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&packed)?;
    Ok(out)
}

fn draw(code: &str, data: &str, target: &str, own: &[&str]) -> Outcome {
    let kind = kind(code).ok_or_else(|| format!("Jenis naskah {code} tidak dikenal."))?;
    let mut files = BTreeMap::new();
    for path in own {
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, fs::read(path)?);
    }
    let job = Pack::new(files).job(kind, &serde_json::from_slice(&fs::read(data)?)?)?;
    let (engine, _) = Engine::new(Vec::new(), Limits::default());
    let done = engine.render(&job)?;
    for warning in &done.warnings {
        writeln!(stderr(), "{warning}")?;
    }
    fs::write(target, &done.pdf)?;
    Ok(writeln!(stdout(), "{target}: {} halaman", done.pages)?)
}
