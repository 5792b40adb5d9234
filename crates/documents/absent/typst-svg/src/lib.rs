//! Pictures for pages in HTML, which this program never makes: they stay empty.

use comemo::Tracked;
use ecow::EcoString;
use typst_library::{
    foundations::Smart,
    layout::{Abs, Frame, Point},
    model::LateLinkResolver,
    visualize::{Image, ImageScaling},
};

/// A drawing within a page in HTML.
pub fn svg_in_html(
    _: &Frame,
    _: Abs,
    _: bool,
    _: Option<&str>,
    _: &str,
    _: &[(Point, EcoString)],
    _: Tracked<LateLinkResolver>,
) -> String {
    String::new()
}

/// An image within a page in HTML.
pub struct WebImage;

impl WebImage {
    /// The image of this one.
    pub fn new(_: &Image) -> Self {
        Self
    }

    /// Its address.
    pub fn to_base64_url(&self) -> EcoString {
        EcoString::from("data:,")
    }
}

/// How an image is scaled there.
pub fn convert_image_scaling(_: Smart<ImageScaling>) -> Option<&'static str> {
    None
}
