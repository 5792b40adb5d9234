//! The container itself: exactly the files of a package, each once, under their own names, with nothing before or behind them. Programs
//! that unpack read such oddities each in its own way, and would show somebody else's table.

use std::io::{Read, SeekFrom};

use super::{Masalah, Open, archive, wrong};
use crate::pengawasan::paket::ISI;

/// How an entry of the central directory begins.
const ENTRY: [u8; 4] = [0x50, 0x4B, 1, 2];
/// Its fixed part.
const FIXED: usize = 46;
/// A directory of nine files is far smaller.
const MOST: u64 = 16 * 1024;

/// Is this the container of a package?
///
/// # Errors
/// What is odd about it.
pub(super) fn check(open: Open<'_>) -> Result<(), Masalah> {
    let odd = |kata: &str| wrong("", None, kata);
    let archive = archive(open)?;
    if archive.offset() != 0 || !archive.comment().is_empty() {
        return Err(odd("berkas ini berisi data di luar paket"));
    }
    let mut file = open().map_err(|_| odd("berkas ekspor tidak dapat dibuka"))?;
    let unread = |_| odd("berkas ini rusak atau terpotong");
    file.seek(SeekFrom::Start(archive.central_directory_start())).map_err(unread)?;
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).map_err(unread)?;
    let names = names(&bytes).ok_or_else(|| odd("daftar isi berkas ini rusak"))?;
    if let Some(strange) = names.iter().find(|name| !ISI.iter().any(|known| known.as_bytes() == **name)) {
        let shown: String = String::from_utf8_lossy(strange).chars().filter(|c| !c.is_control()).take(60).collect();
        return Err(odd(&format!("paket berisi berkas yang bukan bagian ekspor: \"{shown}\"")));
    }
    if let Some(missing) = ISI.iter().find(|known| !names.contains(&known.as_bytes())) {
        return Err(wrong(missing, None, "tidak ada dalam paket"));
    }
    if names.len() != ISI.len() || archive.len() != ISI.len() {
        return Err(odd("paket berisi dua berkas bernama sama"));
    }
    Ok(())
}

/// The names of a central directory, as they stand there; nothing when it is cut.
fn names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut all = Vec::new();
    let mut rest = bytes;
    while rest.starts_with(&ENTRY) {
        let field = |at: usize| Some(usize::from(u16::from_le_bytes([*rest.get(at)?, *rest.get(at + 1)?])));
        let (name, extra, comment) = (field(28)?, field(30)?, field(32)?);
        all.push(rest.get(FIXED..FIXED + name)?);
        rest = rest.get(FIXED + name + extra + comment..)?;
    }
    Some(all)
}
