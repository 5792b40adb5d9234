//! Pictures as they are kept: not larger than a screen needs, turned as they were taken, and without where and with what they were
//! taken.

mod strip;

use std::{
    io::{Cursor, Read},
    sync::{Mutex, PoisonError},
};

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
    metadata::Orientation,
};
use praja_module::Upload;
use praja_store::{Blobs, PutError, StoreError};

use super::{Kind, sniff};

/// A picture is kept at most so wide or high: an A4 page at 300 dpi can be read well.
const MAX_SIDE: u32 = 3508;
/// A picture of more bytes is written anew even when it is small enough.
const HEAVY: usize = 3 << 20;
/// Quality of what is written anew.
const QUALITY: u8 = 82;
/// Decoded, a picture may take so many bytes: 85 megapixels. A smaller box has no more to spare.
const MAX_ALLOC: u64 = 256 << 20;
/// Wider or higher is no photograph.
const MAX_DIMENSION: u32 = 20_000;

/// Decoding takes much memory for a moment: one picture at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Why a picture is not kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum PhotoError {
    /// It cannot be decoded.
    #[error("the picture is damaged")]
    Broken,
    /// More pixels than can be worked on.
    #[error("the picture has too many pixels")]
    Pixels,
    /// Our side failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The file as it is to be kept. What is no picture comes back as it is.
pub(super) fn prepare(blobs: &Blobs, upload: &Upload) -> Result<Upload, PhotoError> {
    let kind = match sniff(&upload.head) {
        Some(kind @ (Kind::Jpeg | Kind::Png | Kind::Webp)) => kind,
        _ => return Ok(upload.clone()),
    };
    let mut plain = Vec::new();
    blobs.open(&upload.blob)?.read_to_end(&mut plain).map_err(|e| StoreError::Unavailable(e.to_string()))?;
    let kept = keep(kind, &plain)?;
    if kept == plain {
        return Ok(upload.clone());
    }
    let blob = blobs.put(&mut kept.as_slice(), u64::MAX).map_err(|e| match e {
        PutError::Store(e) => e,
        PutError::TooLarge { .. } | PutError::Cut(_) => StoreError::Unavailable(e.to_string()),
    })?;
    let head = kept[..kept.len().min(512)].to_vec();
    Ok(Upload { field: upload.field.clone(), name: upload.name.clone(), head, blob })
}

/// The bytes to keep: written anew when large, else the same picture without what it says about place and device.
pub(super) fn keep(kind: Kind, plain: &[u8]) -> Result<Vec<u8>, PhotoError> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Pdf | Kind::Tiff => return Ok(plain.to_vec()),
    };
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut decoder = decoder(format, plain)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = decoder.dimensions();
    if width.max(height) <= MAX_SIDE && plain.len() <= HEAVY {
        return strip::strip(kind, plain, orientation).ok_or(PhotoError::Broken);
    }
    if decoder.total_bytes() > MAX_ALLOC {
        return Err(PhotoError::Pixels);
    }
    let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    if width.max(height) > MAX_SIDE {
        picture = picture.resize(MAX_SIDE, MAX_SIDE, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    write(&picture)
}

fn decoder(format: ImageFormat, plain: &[u8]) -> Result<impl ImageDecoder + '_, PhotoError> {
    let mut reader = ImageReader::with_format(Cursor::new(plain), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC);
    (limits.max_image_width, limits.max_image_height) = (Some(MAX_DIMENSION), Some(MAX_DIMENSION));
    reader.limits(limits);
    reader.into_decoder().map_err(why)
}

/// A picture as other documents take it: upright, nothing shining through.
pub(super) struct Picture {
    pub(super) jpeg: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) gray: bool,
}

/// A kept picture as JPEG; what is JPEG and stands upright comes back as it is.
pub(super) fn as_jpeg(kind: Kind, plain: Vec<u8>) -> Result<Picture, PhotoError> {
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::Webp => ImageFormat::WebP,
        Kind::Pdf | Kind::Tiff => return Err(PhotoError::Broken),
    };
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut picture = {
        let mut decoder = decoder(format, &plain)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let (width, height) = decoder.dimensions();
        if let (Kind::Jpeg, Orientation::NoTransforms, Some(parts @ (1 | 3))) = (kind, orientation, strip::components(&plain)) {
            drop(decoder);
            return Ok(Picture { jpeg: plain, width, height, gray: parts == 1 });
        }
        let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
        picture.apply_orientation(orientation);
        picture
    };
    if picture.color().has_alpha() {
        let mut over = picture.to_rgba8();
        for pixel in over.pixels_mut() {
            let [.., alpha] = pixel.0;
            let paper = |ink: u8| ((u16::from(ink) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255) as u8;
            pixel.0 = [paper(pixel.0[0]), paper(pixel.0[1]), paper(pixel.0[2]), 255];
        }
        picture = DynamicImage::ImageRgba8(over);
    }
    let opaque = DynamicImage::ImageRgb8(picture.to_rgb8());
    let mut out = Cursor::new(Vec::new());
    opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).map_err(why)?;
    Ok(Picture { jpeg: out.into_inner(), width: opaque.width(), height: opaque.height(), gray: false })
}

/// JPEG, except where something shines through: that stays PNG.
fn write(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let mut out = Cursor::new(Vec::new());
    if picture.color().has_alpha() {
        picture.write_to(&mut out, ImageFormat::Png).map_err(why)?;
    } else {
        let opaque = DynamicImage::ImageRgb8(picture.to_rgb8());
        opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY)).map_err(why)?;
    }
    Ok(out.into_inner())
}

fn why(e: image::ImageError) -> PhotoError {
    match e {
        image::ImageError::Limits(_) => PhotoError::Pixels,
        _ => PhotoError::Broken,
    }
}
