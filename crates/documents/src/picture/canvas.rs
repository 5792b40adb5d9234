//! What a page says is to be drawn, drawn with the rasteriser that the typesetter links already. Good for looking: gradients and patterns
//! become one grey, masks of groups are left out.

use hayro_interpret::font::Glyph;
use hayro_interpret::{
    BlendMode, ClipPath, Device, FillRule, GlyphDrawMode, Image, ImageData, LumaData, Paint, PathDrawMode, SoftMask, StrokeProps,
};
use kurbo::{Affine, BezPath, PathEl, Point, Shape};
use tiny_skia::{
    Color, FilterQuality, LineCap, LineJoin, Mask, Path, PathBuilder, Pixmap, PixmapPaint, PremultipliedColorU8, Stroke,
    StrokeDash, Transform,
};

/// A line is at least so many pixels wide, as readers draw it.
const THINNEST: f32 = 0.7;
/// What stands for a gradient or a pattern.
const GREY: [u8; 4] = [200, 200, 200, 255];
/// Groups within groups, beyond which a page was made to be a trap.
const DEEPEST: usize = 12;

pub(super) struct Canvas {
    /// The page, and above it the groups that are not finished.
    layers: Vec<(Pixmap, PixmapPaint)>,
    /// Of each group, whether it is a layer of its own; others are drawn into the one below.
    groups: Vec<bool>,
    clips: Vec<Option<Mask>>,
    blend: tiny_skia::BlendMode,
}

impl Canvas {
    /// White paper.
    pub(super) fn new(wide: u32, tall: u32) -> Option<Self> {
        let mut page = Pixmap::new(wide, tall)?;
        page.fill(Color::WHITE);
        Some(Self {
            layers: vec![(page, PixmapPaint::default())],
            groups: Vec::new(),
            clips: Vec::new(),
            blend: tiny_skia::BlendMode::SourceOver,
        })
    }

    /// The page when everything is drawn.
    pub(super) fn done(mut self) -> Pixmap {
        while self.layers.len() > 1 {
            self.lower();
        }
        self.layers.swap_remove(0).0
    }

    fn lower(&mut self) {
        let Some((group, paint)) = self.layers.pop() else { return };
        if let Some((below, _)) = self.layers.last_mut() {
            below.draw_pixmap(0, 0, group.as_ref(), &paint, Transform::identity(), None);
        }
    }

    fn fill(&mut self, path: &Path, rule: tiny_skia::FillRule, transform: Transform, color: [u8; 4]) {
        let paint = self.paint(color);
        let clip = self.clips.last().and_then(Option::as_ref);
        if let Some((page, _)) = self.layers.last_mut() {
            page.fill_path(path, &paint, rule, transform, clip);
        }
    }

    fn stroke(&mut self, path: &Path, props: &StrokeProps, transform: Transform, color: [u8; 4]) {
        let paint = self.paint(color);
        let scale = (transform.sx * transform.sy - transform.kx * transform.ky).abs().sqrt().max(1e-6);
        let stroke = Stroke {
            width: props.line_width.max(THINNEST / scale),
            miter_limit: props.miter_limit.max(1.0),
            line_cap: match props.line_cap {
                kurbo::Cap::Butt => LineCap::Butt,
                kurbo::Cap::Round => LineCap::Round,
                kurbo::Cap::Square => LineCap::Square,
            },
            line_join: match props.line_join {
                kurbo::Join::Miter => LineJoin::Miter,
                kurbo::Join::Round => LineJoin::Round,
                kurbo::Join::Bevel => LineJoin::Bevel,
            },
            dash: dash(props),
        };
        let clip = self.clips.last().and_then(Option::as_ref);
        if let Some((page, _)) = self.layers.last_mut() {
            page.stroke_path(path, &paint, &stroke, transform, clip);
        }
    }

    fn paint(&self, [red, green, blue, alpha]: [u8; 4]) -> tiny_skia::Paint<'static> {
        let mut paint = tiny_skia::Paint { anti_alias: true, blend_mode: self.blend, ..tiny_skia::Paint::default() };
        paint.set_color_rgba8(red, green, blue, alpha);
        paint
    }

    /// Pixels with their opacity, upper left first, in a square of `wide` by `tall` under this transformation.
    fn place(&mut self, pixels: &[[u8; 4]], wide: u32, tall: u32, transform: Affine) {
        let target = |x: f64, y: f64| {
            let from = transform * Point::ORIGIN;
            ((transform * Point::new(x, y)) - from).hypot()
        };
        // Of a scan that is drawn smaller, pixels are put together first: one of many alone would be another picture.
        let step = |side: u32, drawn: f64| ((f64::from(side) / drawn.max(1.0)).floor() as u32).clamp(1, 64);
        let (across, down) = (step(wide, target(f64::from(wide), 0.0)), step(tall, target(0.0, f64::from(tall))));
        let Some(picture) = shrunk(pixels, wide, tall, across, down) else { return };
        let transform = transform * Affine::scale_non_uniform(f64::from(across), f64::from(down));
        let paint = PixmapPaint { opacity: 1.0, blend_mode: self.blend, quality: FilterQuality::Bilinear };
        let clip = self.clips.last().and_then(Option::as_ref);
        if let Some((page, _)) = self.layers.last_mut() {
            page.draw_pixmap(0, 0, picture.as_ref(), &paint, convert(transform), clip);
        }
    }
}

fn dash(props: &StrokeProps) -> Option<StrokeDash> {
    let mut parts = props.dash_array.to_vec();
    if parts.len() % 2 == 1 {
        parts.extend(parts.clone());
    }
    if parts.is_empty() { None } else { StrokeDash::new(parts, props.dash_offset) }
}

fn shrunk(pixels: &[[u8; 4]], wide: u32, tall: u32, across: u32, down: u32) -> Option<Pixmap> {
    let mut out = Pixmap::new(wide.div_ceil(across).max(1), tall.div_ceil(down).max(1))?;
    let (out_wide, out_tall) = (out.width(), out.height());
    for y in 0..out_tall {
        for x in 0..out_wide {
            let (mut sum, mut count) = ([0_u32; 4], 0);
            for from_y in y * down..((y + 1) * down).min(tall) {
                for from_x in x * across..((x + 1) * across).min(wide) {
                    let [red, green, blue, alpha] = pixels.get((from_y * wide + from_x) as usize)?.map(u32::from);
                    for (place, value) in sum.iter_mut().zip([red * alpha / 255, green * alpha / 255, blue * alpha / 255, alpha])
                    {
                        *place += value;
                    }
                    count += 1;
                }
            }
            let [red, green, blue, alpha] = sum.map(|value| (value / count.max(1)).min(255) as u8);
            let mixed = PremultipliedColorU8::from_rgba(red.min(alpha), green.min(alpha), blue.min(alpha), alpha)?;
            *out.pixels_mut().get_mut((y * out_wide + x) as usize)? = mixed;
        }
    }
    Some(out)
}

fn convert(affine: Affine) -> Transform {
    let [a, b, c, d, e, f] = affine.as_coeffs().map(|number| number as f32);
    Transform::from_row(a, b, c, d, e, f)
}

fn outline(path: &BezPath) -> Option<Path> {
    let mut made = PathBuilder::new();
    let at = |point: Point| (point.x as f32, point.y as f32);
    for part in path.elements() {
        match *part {
            PathEl::MoveTo(to) => made.move_to(at(to).0, at(to).1),
            PathEl::LineTo(to) => made.line_to(at(to).0, at(to).1),
            PathEl::QuadTo(by, to) => made.quad_to(at(by).0, at(by).1, at(to).0, at(to).1),
            PathEl::CurveTo(one, two, to) => made.cubic_to(at(one).0, at(one).1, at(two).0, at(two).1, at(to).0, at(to).1),
            PathEl::ClosePath => made.close(),
        }
    }
    made.finish()
}

const fn rule(rule: FillRule) -> tiny_skia::FillRule {
    match rule {
        FillRule::NonZero => tiny_skia::FillRule::Winding,
        FillRule::EvenOdd => tiny_skia::FillRule::EvenOdd,
    }
}

fn color(paint: &Paint<'_>) -> [u8; 4] {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8(),
        Paint::Pattern(_) => GREY,
    }
}

const fn blend(mode: BlendMode) -> tiny_skia::BlendMode {
    use tiny_skia::BlendMode as Own;
    match mode {
        BlendMode::Normal => Own::SourceOver,
        BlendMode::Multiply => Own::Multiply,
        BlendMode::Screen => Own::Screen,
        BlendMode::Overlay => Own::Overlay,
        BlendMode::Darken => Own::Darken,
        BlendMode::Lighten => Own::Lighten,
        BlendMode::ColorDodge => Own::ColorDodge,
        BlendMode::ColorBurn => Own::ColorBurn,
        BlendMode::HardLight => Own::HardLight,
        BlendMode::SoftLight => Own::SoftLight,
        BlendMode::Difference => Own::Difference,
        BlendMode::Exclusion => Own::Exclusion,
        BlendMode::Hue => Own::Hue,
        BlendMode::Saturation => Own::Saturation,
        BlendMode::Color => Own::Color,
        BlendMode::Luminosity => Own::Luminosity,
    }
}

/// The opacity of each pixel of a picture, where its mask has another size.
fn opacity(mask: &LumaData, x: u32, y: u32, wide: u32, tall: u32) -> u8 {
    let (from_x, from_y) = (x * mask.width / wide.max(1), y * mask.height / tall.max(1));
    mask.data.get((from_y * mask.width + from_x) as usize).copied().unwrap_or(255)
}

fn pixels(image: &ImageData, mask: Option<&LumaData>) -> Vec<[u8; 4]> {
    let (wide, tall) = (image.width(), image.height());
    let one = |at: usize| match image {
        ImageData::Rgb(rgb) => rgb.data.get(at * 3..at * 3 + 3).map_or([255; 3], |part| [part[0], part[1], part[2]]),
        ImageData::Luma(luma) => [luma.data.get(at).copied().unwrap_or(255); 3],
    };
    let all = (0..tall).flat_map(|y| (0..wide).map(move |x| (x, y)));
    all.map(|(x, y)| {
        let [red, green, blue] = one((y * wide + x) as usize);
        [red, green, blue, mask.map_or(255, |mask| opacity(mask, x, y, wide, tall))]
    })
    .collect()
}

impl<'a> Device<'a> for Canvas {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}

    fn set_blend_mode(&mut self, mode: BlendMode) {
        self.blend = blend(mode);
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'a>, mode: &PathDrawMode) {
        let Some(path) = outline(path) else { return };
        match mode {
            PathDrawMode::Fill(how) => self.fill(&path, rule(*how), convert(transform), color(paint)),
            PathDrawMode::Stroke(props) => self.stroke(&path, props, convert(transform), color(paint)),
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let (wide, tall) = self.layers.last().map_or((1, 1), |(page, _)| (page.width(), page.height()));
        let known = self.clips.last().cloned().flatten();
        let page = kurbo::Rect::new(0.0, 0.0, wide.into(), tall.into());
        let bounds = clip.path.bounding_box();
        // Most clips are the page itself.
        let whole = is_upright(&clip.path) && bounds.contains(page.origin()) && bounds.contains(Point::new(page.x1, page.y1));
        let mask = match (outline(&clip.path), known) {
            (Some(_), known) if whole => known,
            (Some(path), Some(mut mask)) => {
                mask.intersect_path(&path, rule(clip.fill), true, Transform::identity());
                Some(mask)
            }
            (Some(path), None) => Mask::new(wide, tall).map(|mut mask| {
                mask.fill_path(&path, rule(clip.fill), true, Transform::identity());
                mask
            }),
            // Nothing is inside.
            (None, _) => Mask::new(wide, tall),
        };
        self.clips.push(mask);
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, mode: BlendMode) {
        let (wide, tall) = self.layers.last().map_or((1, 1), |(page, _)| (page.width(), page.height()));
        let plain = opacity >= 1.0 && mode == BlendMode::Normal;
        let layer = (!plain && self.layers.len() < DEEPEST).then(|| Pixmap::new(wide, tall)).flatten();
        match layer {
            Some(layer) => {
                let paint = PixmapPaint { opacity, blend_mode: blend(mode), quality: FilterQuality::Nearest };
                self.layers.push((layer, paint));
                self.groups.push(true);
            }
            _ => self.groups.push(false),
        }
        self.blend = tiny_skia::BlendMode::SourceOver;
    }

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, shape: Affine, paint: &Paint<'a>, mode: &GlyphDrawMode) {
        match (glyph, mode) {
            (_, GlyphDrawMode::Invisible) => {}
            (Glyph::Outline(glyph), mode) => {
                let Some(path) = outline(&(shape * glyph.outline())) else { return };
                match mode {
                    GlyphDrawMode::Stroke(props) => self.stroke(&path, props, convert(transform), color(paint)),
                    _ => self.fill(&path, tiny_skia::FillRule::Winding, convert(transform), color(paint)),
                }
            }
            (Glyph::Type3(glyph), _) => glyph.interpret(self, transform, shape, paint),
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, transform: Affine) {
        let scaled = |(x, y): (f32, f32)| transform * Affine::scale_non_uniform(x.into(), y.into());
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, paint| {
                    let [red, green, blue, alpha] = color(paint);
                    let shade = |value: &u8| [red, green, blue, (u16::from(*value) * u16::from(alpha) / 255) as u8];
                    let all: Vec<[u8; 4]> = mask.data.iter().map(shade).collect();
                    self.place(&all, mask.width, mask.height, scaled(mask.scale_factors));
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |image, mask| {
                    let all = pixels(&image, mask.as_ref());
                    self.place(&all, image.width(), image.height(), scaled(image.scale_factors()));
                },
                None,
            ),
        }
    }

    fn pop_clip_path(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        if self.groups.pop() == Some(true) && self.layers.len() > 1 {
            self.lower();
        }
    }
}

/// A rectangle along the edges of the page.
fn is_upright(path: &BezPath) -> bool {
    let bounds = path.bounding_box();
    let on_edge = |point: Point| {
        let near = |one: f64, other: f64| (one - other).abs() < 0.01;
        (near(point.x, bounds.x0) || near(point.x, bounds.x1)) && (near(point.y, bounds.y0) || near(point.y, bounds.y1))
    };
    let points = path.elements().iter().filter_map(|part| match part {
        PathEl::MoveTo(to) | PathEl::LineTo(to) => Some(Some(*to)),
        PathEl::ClosePath => None,
        _ => Some(None),
    });
    path.elements().len() <= 6 && points.into_iter().all(|point| point.is_some_and(on_edge))
}
