//! A page of a PDF as a picture: for whoever places something on it, and beside a form while it is filled in.
//!
//! What is drawn may come from a stranger, so it is drawn by a worker as documents are: with its own bound of time and memory.

mod canvas;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro_interpret::font::{FontData, FontQuery, StandardFont};
use hayro_interpret::util::{RectExt, TransformExt};
use hayro_interpret::{
    ClipPath, Context, Device, FillRule, InterpreterCache, InterpreterSettings, hayro_syntax::Pdf, interpret_page,
};
use kurbo::{Affine, Rect, Shape};

use self::canvas::Canvas;
use crate::{DATA, Job, Problem, Rendered, Trouble, fonts::bundled};

/// The job's main file says that no template is to be drawn.
pub(crate) const MAIN: &str = "gambar";
const FILE: &str = "berkas.pdf";
/// Files above this are not drawn: reading one alone takes several times its size.
const LARGEST: usize = 64 * 1024 * 1024;
/// Widest and highest picture.
const PIXELS: f32 = 2400.0;

#[derive(serde::Serialize, serde::Deserialize)]
struct Wanted {
    page: usize,
    wide: u32,
}

/// What a worker is asked for a page, counted from 1, `wide` pixels across.
pub(crate) fn job(pdf: &[u8], page: usize, wide: u32) -> Result<Job, Problem> {
    if pdf.len() > LARGEST {
        return Err(Problem::TooMuchInput { given_kib: pdf.len().div_ceil(1024), most_kib: LARGEST / 1024 });
    }
    let wanted = serde_json::to_vec(&Wanted { page, wide }).map_err(|e| Problem::Worker(e.to_string()))?;
    let files = BTreeMap::from([(FILE.to_owned(), pdf.to_vec()), (DATA.to_owned(), wanted)]);
    Ok(Job { main: MAIN.to_owned(), files, date: (1, 1, 1) })
}

/// The picture as PNG, in the place of the document.
pub(crate) fn draw(job: &Job) -> Result<Rendered, Problem> {
    let wanted = job.files.get(DATA).and_then(|bytes| serde_json::from_slice::<Wanted>(bytes).ok());
    let (Some(wanted), Some(file)) = (wanted, job.files.get(FILE)) else {
        return Err(Problem::NoTemplate { name: FILE.to_owned() });
    };
    // A reader of other people's files meets what its authors never saw; one file must not end the process.
    catch_unwind(AssertUnwindSafe(|| page(file.clone(), &wanted))).unwrap_or_else(|_| Err(unreadable()))
}

fn page(file: Vec<u8>, wanted: &Wanted) -> Result<Rendered, Problem> {
    let pdf = Pdf::new(file).map_err(|_| unreadable())?;
    let pages = pdf.pages();
    let page = wanted.page.checked_sub(1).and_then(|at| pages.get(at)).ok_or_else(unreadable)?;
    let cut = page.intersected_crop_box();
    if cut.width() <= 0.0 || cut.height() <= 0.0 {
        return Err(unreadable());
    }
    let (wide, tall) = page.render_dimensions();
    let scale = (wanted.wide as f32).min(PIXELS) / wide.max(1.0);
    let scale = scale.min(PIXELS / tall.max(1.0));
    // An edge of a part of a pixel would be cut.
    let pixels = |side: f32| (side * scale).round().clamp(1.0, PIXELS) as u32;
    let (width, height) = (pixels(wide), pixels(tall));
    let mut canvas = Canvas::new(width, height).ok_or_else(unreadable)?;
    let transform = Affine::scale(scale.into()) * page.initial_transform(true).to_kurbo();
    let (cache, area) = (InterpreterCache::new(), Rect::new(0.0, 0.0, width.into(), height.into()));
    let mut context = Context::new(transform, area, &cache, page.xref(), interpreter());
    let mut shown = cut.to_kurbo().to_path(0.1);
    shown.apply_affine(transform);
    canvas.push_clip_path(&ClipPath { path: shown, fill: FillRule::NonZero });
    interpret_page(page, &mut context, &mut canvas);
    canvas.pop_clip_path();
    let png = encode(canvas.done().data(), width, height).map_err(|e| Problem::Worker(e.to_string()))?;
    Ok(Rendered { pdf: png, pages: pages.len(), warnings: Vec::new() })
}

/// Of four bytes a pixel the last says how opaque it is; on white paper everything is. Pages without colour need one byte.
fn encode(pixels: &[u8], width: u32, height: u32) -> Result<Vec<u8>, png::EncodingError> {
    let (all, _) = pixels.as_chunks::<4>();
    let grey = all.iter().all(|[red, green, blue, _]| red == green && green == blue);
    let bytes: Vec<u8> = if grey {
        all.iter().map(|[red, ..]| *red).collect()
    } else {
        all.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect()
    };
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(if grey { png::ColorType::Grayscale } else { png::ColorType::Rgb });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(out)
}

/// Typefaces that a file only names are drawn with ours of the same widths.
fn interpreter() -> InterpreterSettings {
    InterpreterSettings {
        font_resolver: Arc::new(|query| {
            let standard = match query {
                FontQuery::Standard(font) => *font,
                FontQuery::Fallback(wanted) => wanted.pick_standard_font(),
            };
            let face: FontData = Arc::new(bundled(match standard {
                StandardFont::TimesRoman => "Tinos-Regular",
                StandardFont::TimesBold => "Tinos-Bold",
                StandardFont::TimesItalic => "Tinos-Italic",
                StandardFont::TimesBoldItalic => "Tinos-BoldItalic",
                StandardFont::HelveticaBold | StandardFont::CourierBold => "Arimo-Bold",
                StandardFont::HelveticaOblique | StandardFont::CourierOblique => "Arimo-Italic",
                StandardFont::HelveticaBoldOblique | StandardFont::CourierBoldOblique => "Arimo-BoldItalic",
                _ => "Arimo-Regular",
            }));
            Some((face, 0))
        }),
        ..InterpreterSettings::default()
    }
}

fn unreadable() -> Problem {
    Problem::Template(vec![Trouble {
        file: FILE.to_owned(),
        line: 0,
        what: "Halaman ini tidak dapat digambar.".to_owned(),
        hint: "Letaknya tetap dapat diisi dengan angka.".to_owned(),
    }])
}
