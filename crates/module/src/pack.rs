//! Pages leave compressed by the thread that drew them: handing them to another thread for that costs more than the compressing.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

/// Shorter pages are not worth it, in bytes.
const SHORTEST: usize = 1024;
/// Base-2 logarithm of the window that gzip looks back through.
const WINDOW: u8 = 15;

thread_local! {
    /// Its tables take a quarter of a megabyte, which is not worth making anew for each page.
    static PACKER: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::fast(), WINDOW));
}

/// Does a reader who sends this header take gzip? `gzip;q=0` says no.
pub(crate) fn takes_gzip(accept_encoding: &str) -> bool {
    accept_encoding.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        named && !parts.any(|weight| matches!(weight.strip_prefix("q="), Some(q) if q.parse() == Ok(0.0)))
    })
}

/// The page as gzip; nothing when it is short or will not be packed, and is then sent as it is.
pub(crate) fn pack(html: &str) -> Option<Vec<u8>> {
    if html.len() < SHORTEST {
        return None;
    }
    PACKER.with_borrow_mut(|packer| {
        packer.reset();
        // Pages shrink to a tenth; what is worst in theory fits, too, because the vector is asked to grow below.
        let mut out = Vec::with_capacity(html.len() / 4 + 256);
        loop {
            let read = usize::try_from(packer.total_in()).ok()?;
            match packer.compress_vec(html.as_bytes().get(read..)?, &mut out, FlushCompress::Finish).ok()? {
                Status::StreamEnd => return Some(out),
                Status::Ok | Status::BufError => out.reserve(html.len() / 4 + 256),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{SHORTEST, pack, takes_gzip};

    #[test]
    fn a_packed_page_is_the_same_page() {
        let noise: String =
            (0..200_000_u32).map(|n| char::from(b'!' + u8::try_from(n.wrapping_mul(2_654_435_761) >> 26).unwrap())).collect();
        for html in ["<p>Surat masuk</p>".repeat(4000), noise, "x".repeat(SHORTEST)] {
            let mut back = String::new();
            flate2::read::GzDecoder::new(pack(&html).unwrap().as_slice()).read_to_string(&mut back).unwrap();
            assert_eq!(back, html);
        }
        assert_eq!(pack("<p>pendek</p>"), None);
    }

    #[test]
    fn a_reader_who_refuses_gzip_gets_the_plain_page() {
        let cases = [
            ("gzip, deflate, br", true),
            ("br;q=1.0, gzip;q=0.5", true),
            ("*", true),
            ("gzip;q=0", false),
            ("identity", false),
            ("", false),
            ("br", false),
        ];
        for (header, takes) in cases {
            assert_eq!(takes_gzip(header), takes, "{header}");
        }
    }
}
