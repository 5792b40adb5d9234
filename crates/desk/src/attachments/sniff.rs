use praja_kernel::words;

words! {
    /// The kinds of files that may be attached: what a browser shows by itself without running anything, and TIFF, which old
    /// scanners make.
    pub enum Kind ("jenis berkas") {
        /// A document.
        Pdf => "application/pdf", "PDF";
        /// A photograph.
        Jpeg => "image/jpeg", "JPEG";
        /// A picture.
        Png => "image/png", "PNG";
        /// A picture.
        Webp => "image/webp", "WebP";
        /// A scan; browsers do not show it.
        Tiff => "image/tiff", "TIFF";
    }
}

/// For the attribute `accept` of a file field.
pub const ACCEPT: &str = "application/pdf,image/jpeg,image/png,image/webp,image/tiff";

/// The kind of a file by its first bytes; what the sender claims is ignored. SVG and HTML can carry programs, HEIC is shown by
/// few browsers: they are not accepted.
///
/// ```
/// use praja_desk::attachments::{Kind, sniff};
///
/// assert_eq!(sniff(b"%PDF-1.7\n"), Some(Kind::Pdf));
/// assert_eq!(sniff(b"<html>"), None);
/// ```
pub fn sniff(head: &[u8]) -> Option<Kind> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Kind::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'I', b'I', 0x2A, 0x00, ..] | [b'M', b'M', 0x00, 0x2A, ..] => Some(Kind::Tiff),
        _ if is_pdf(head) => Some(Kind::Pdf),
        _ => None,
    }
}

/// Some scanners put a byte order mark or blank lines before `%PDF-`. Anything else there could be read as another kind of
/// file by another program.
fn is_pdf(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"%PDF-")
}

impl Kind {
    /// Does every browser show it by itself?
    pub const fn is_shown(self) -> bool {
        !matches!(self, Self::Tiff)
    }

    /// The endings its files have; the first is put on where none of them stands.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Tiff => &["tif", "tiff"],
        }
    }

    /// The name under which the file is kept: as sent, with an ending that tells the truth.
    pub(super) fn name_of(self, sent: &str) -> String {
        let sent = sent.trim();
        let ending = sent.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        if sent.is_empty() {
            return format!("lampiran.{}", self.endings()[0]);
        }
        match ending {
            Some(ending) if self.endings().contains(&ending.as_str()) => sent.to_owned(),
            _ => format!("{sent}.{}", self.endings()[0]),
        }
    }
}
