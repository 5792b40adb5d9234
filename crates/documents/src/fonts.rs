//! The typefaces that are always there, and those a regency adds.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Arimo has the widths of Arial, Tinos those of Times New Roman; `fonts/README.md` says where they come from.
const BUNDLED: [(&str, &[u8]); 8] = [
    ("Arimo-Regular", include_bytes!("../fonts/Arimo-Regular.ttf")),
    ("Arimo-Bold", include_bytes!("../fonts/Arimo-Bold.ttf")),
    ("Arimo-Italic", include_bytes!("../fonts/Arimo-Italic.ttf")),
    ("Arimo-BoldItalic", include_bytes!("../fonts/Arimo-BoldItalic.ttf")),
    ("Tinos-Regular", include_bytes!("../fonts/Tinos-Regular.ttf")),
    ("Tinos-Bold", include_bytes!("../fonts/Tinos-Bold.ttf")),
    ("Tinos-Italic", include_bytes!("../fonts/Tinos-Italic.ttf")),
    ("Tinos-BoldItalic", include_bytes!("../fonts/Tinos-BoldItalic.ttf")),
];

/// The file of a bundled face by its name; the first for a name that is none.
pub(crate) fn bundled(name: &str) -> &'static [u8] {
    BUNDLED.iter().find(|(known, _)| *known == name).unwrap_or(&BUNDLED[0]).1
}

/// All faces, with the book by which they are found.
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) faces: Vec<Font>,
}

impl Fonts {
    /// Does any face have a shape for this letter?
    pub(crate) fn have(&self, letter: char) -> bool {
        self.faces.iter().any(|face| face.info().coverage.contains(letter.into()))
    }

    /// The bundled faces and then those of `own`: whole TTF, OTF or TTC files. What is no font is left out and counted.
    pub(crate) fn with(own: Vec<Vec<u8>>) -> (Self, usize) {
        let mut faces: Vec<Font> = BUNDLED.iter().flat_map(|(_, data)| Font::iter(Bytes::new(*data))).collect();
        let mut unreadable = 0;
        for file in own {
            let before = faces.len();
            faces.extend(Font::iter(Bytes::new(file)));
            unreadable += usize::from(faces.len() == before);
        }
        (Self { book: LazyHash::new(FontBook::from_fonts(&faces)), faces }, unreadable)
    }
}
