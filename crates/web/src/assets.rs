//! Style sheet, script and pictures, embedded in the binary and addressed by their content so that browsers keep them for ever.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use crate::{
    color::{Accent, theme_css},
    crest::Crest,
    icon::{DRAWINGS, SHEET},
};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// Every file that is answered, by its name. The style sheet and the script are written in several files, one subject each, and
/// sent as one: a page on a slow line should wait for as few answers as possible.
static WHOLE: LazyLock<BTreeMap<&'static str, Whole>> = LazyLock::new(|| {
    let whole = |name, bytes: Cow<'static, [u8]>| (name, Whole { hash: hash(&bytes), bytes });
    let files = FILES.files().filter_map(|file| {
        let name = file.path().to_str()?;
        Some(match parts_of(name) {
            Some(folder) => whole(name, joined(file.contents(), folder).into()),
            None => whole(name, file.contents().into()),
        })
    });
    files.chain([whole(SHEET, DRAWINGS.as_bytes().into())]).collect()
});

struct Whole {
    bytes: Cow<'static, [u8]>,
    hash: String,
}

/// The folder whose files stand behind a file of this name.
fn parts_of(name: &str) -> Option<&'static str> {
    match name {
        "praja.css" => Some("css"),
        "praja.js" => Some("js"),
        "penyunting.js" => Some("penyunting"),
        "luring.js" => Some("luring"),
        _ => None,
    }
}

fn joined(first: &[u8], folder: &str) -> Vec<u8> {
    let mut parts: Vec<_> = FILES.get_dir(folder).into_iter().flat_map(Dir::files).collect();
    parts.sort_by_key(|file| file.path());
    parts.iter().fold(bare(first), |mut whole, file| {
        whole.push(b'\n');
        whole.extend(bare(file.contents()));
        whole
    })
}

/// Without indentation and the lines that are nothing but a comment: they are for who works on the files, not for a phone on a slow line.
/// No text in these files goes over a line.
fn bare(text: &[u8]) -> Vec<u8> {
    let is_comment = |line: &[u8]| {
        let line = line.trim_ascii();
        let whole = line.starts_with(b"/*") && line.windows(2).position(|pair| pair == b"*/") == line.len().checked_sub(2);
        line.starts_with(b"//") || whole
    };
    let lines = text.split(|byte| *byte == b'\n').filter(|line| !is_comment(line)).map(<[u8]>::trim_ascii);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(&b'\n')
}

/// Where assets live: the server answers `GET /aset/{path}` with [`find`].
pub const PREFIX: &str = "/aset/";

/// An embedded file, ready to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// The content.
    pub bytes: Cow<'static, [u8]>,
    /// Value of `Content-Type`.
    pub mime: &'static str,
    /// Value of `ETag`, with its quotation marks.
    pub etag: String,
    /// True when the address carries the hash of this very content, so that it can be kept for ever.
    pub immutable: bool,
}

impl Asset {
    /// Value of `Cache-Control`: a year for an address with the right hash, else ask each time (a page of an older release may
    /// still be open somewhere).
    pub const fn cache_control(&self) -> &'static str {
        if self.immutable { "public, max-age=31536000, immutable" } else { "public, no-cache" }
    }
}

/// Finds an asset by what follows [`PREFIX`]: `<hash>/<name>` or just `<name>`. Also answers the sheets that [`theme_url`] names.
pub fn find(path: &str) -> Option<Asset> {
    let path = path.strip_prefix(PREFIX).unwrap_or(path);
    let (given, name) = match path.split_once('/') {
        Some((given, name)) => (Some(given), name),
        None => (None, path),
    };
    let made = theme_accent(name).map(|accent| theme_css(&accent)).or_else(|| Crest::parse(name).map(|crest| crest.svg()));
    let (bytes, hash): (Cow<'static, [u8]>, String) = match made {
        Some(text) => {
            let hash = hash(text.as_bytes());
            (text.into_bytes().into(), hash)
        }
        None => {
            let whole = WHOLE.get(name)?;
            (Cow::Borrowed(&*whole.bytes), whole.hash.clone())
        }
    };
    Some(Asset { bytes, mime: mime(name), etag: format!("\"{hash}\""), immutable: given == Some(hash.as_str()) })
}

/// Address of an embedded file, as `/aset/<hash>/praja.css`. An unknown name gives an address that answers 404.
pub fn url(name: &str) -> String {
    let hash = WHOLE.get(name).map_or("tidak-ada", |whole| whole.hash.as_str());
    format!("{PREFIX}{hash}/{name}")
}

/// Address of the sheet that carries a regency's accent colour.
pub fn theme_url(accent: &Accent) -> String {
    format!("{PREFIX}{}/tema-{}.css", hash(theme_css(accent).as_bytes()), &accent.hex()[1..])
}

/// Address of the drawing that stands for a regency's emblem.
pub fn crest_url(crest: &Crest) -> String {
    format!("{PREFIX}{}/{}", hash(crest.svg().as_bytes()), crest.file_name())
}

/// Names of all embedded files.
pub fn names() -> impl Iterator<Item = &'static str> {
    WHOLE.keys().copied()
}

/// The parts of a script as they were written, one after the other, without the lines that are nothing but a comment.
pub(crate) fn script_of(names: &[&str]) -> String {
    let parts = names.iter().filter_map(|name| FILES.get_file(name)).map(|file| bare(file.contents()));
    parts.fold(String::new(), |mut text, part| {
        text.push_str(&String::from_utf8_lossy(&part));
        text.push('\n');
        text
    })
}

fn theme_accent(name: &str) -> Option<Accent> {
    Accent::parse(name.strip_prefix("tema-")?.strip_suffix(".css")?).ok()
}

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// Sixteen hexadecimal letters: long enough that two contents of one name never meet.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_finds_its_file_and_may_be_kept_for_ever() {
        for name in names() {
            let asset = find(&url(name)).expect("embedded");
            assert!(asset.immutable, "{name}");
            assert_ne!(asset.mime, "application/octet-stream", "{name}");
            assert!(!asset.bytes.is_empty());
        }
        assert!(find(&url("praja.css")).is_some() && find(&url("praja.js")).is_some());
    }

    #[test]
    fn an_old_address_still_answers_but_is_asked_again() {
        let asset = find("0000000000000000/praja.css").expect("embedded");
        assert!(!asset.immutable);
        assert_eq!(asset.cache_control(), "public, no-cache");
        assert!(asset.etag.starts_with('"') && asset.etag.ends_with('"'));
    }

    #[test]
    fn nothing_outside_the_embedded_folder_is_found() {
        for path in ["", "../Cargo.toml", "x/../../Cargo.toml", "tidak-ada.css", "tema-zz.css", "tema-.css"] {
            assert_eq!(find(path), None, "{path}");
        }
    }

    #[test]
    fn the_sheet_of_an_accent_is_found_under_its_address() {
        let accent = Accent::parse("#7a1f3d").expect("valid");
        let asset = find(&theme_url(&accent)).expect("made on demand");
        assert!(asset.immutable);
        assert_eq!(asset.mime, "text/css; charset=utf-8");
        assert_eq!(asset.bytes.as_ref(), theme_css(&accent).as_bytes());
    }

    #[test]
    fn lines_that_are_only_comments_are_not_sent() {
        let text = b"// why\na(); // stays\n  // too\n/* one */\n/* a */ .b {} /* c */\n/* open\n*/\n";
        assert_eq!(bare(text), b"a(); // stays\n/* a */ .b {} /* c */\n/* open\n*/");
    }
}
