//! Files that come piece by piece: an upload that was cut goes on where it stopped, and a form that is shown again after a refusal
//! still has its files.
//!
//! The page's script begins an upload ([`pages::begin`]), sends pieces of [`PIECE`] bytes, asks how far it is after a break, and puts
//! the upload's identity into the hidden field `<name>_unggahan` of the form. Without the script the form carries the file itself.

pub mod pages;
mod store;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Instance, Problem, Upload};
use praja_store::{Blob, Blobs, Keys, PutError, Result};

use super::MAX_BYTES;

/// One piece is at most this large, in bytes.
pub const PIECE: u64 = 1 << 20;
/// What stands behind a field's name in the name of the uploads that came before the form.
pub const SENT: &str = "_unggahan";
/// Nobody has more than so many uploads under way.
const MOST_OPEN: usize = 60;
/// An upload that nobody took up is forgotten after so long, in milliseconds: two days.
const KEPT_MS: i64 = 2 * 24 * 60 * 60 * 1000;

/// The job that forgets old uploads.
pub(crate) const SWEEP: &str = "desk.sweep-unggahan";

/// An upload under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unggahan {
    /// Identity.
    pub id: Id,
    /// Whose: an officer as [`praja_kernel::Actor::key`], or what a module knows a stranger by.
    pub pemilik: String,
    /// Name of the file as sent.
    pub nama: String,
    /// Size that was announced.
    pub ukuran: i64,
    /// Bytes that came.
    pub diterima: i64,
}

/// Why an upload is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing, or too much.
    #[error("Ukuran berkas harus 1 byte sampai {} MiB.", MAX_BYTES >> 20)]
    Size,
    /// Too many at once.
    #[error("Terlalu banyak unggahan yang belum selesai.")]
    TooMany,
    /// Not all pieces came, or it was forgotten.
    #[error("Unggahan berkas belum selesai atau sudah kedaluwarsa.")]
    Unfinished {
        /// The form's field.
        field: &'static str,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Size => "desk.unggahan.size",
            Self::TooMany => "desk.unggahan.too-many",
            Self::Unfinished { .. } => "desk.unggahan.unfinished",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Size => "Pilih berkas lain, atau bagi menjadi beberapa berkas.",
            Self::TooMany => "Kirim formulir yang terbuka, atau tunggu sampai besok.",
            Self::Unfinished { .. } => "Pilih berkasnya kembali.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Unfinished { field } => vec![FieldProblem::new(*field, format!("{self} {}", self.next_step()))],
            Self::Size | Self::TooMany => Vec::new(),
        }
    }
}

/// The whole file of an upload of this owner, as if it had come with the form. Blocks.
pub(super) fn take(ctx: &Ctx, field: &'static str, id: Id, owner: &str) -> Result<Upload, Problem> {
    let unfinished = || Problem::refused(Refusal::Unfinished { field });
    let (upload, pieces) = ctx.read(|tx| {
        let Some(upload) = store::get(tx, id)?.filter(|one| one.pemilik == owner) else { return Err(unfinished()) };
        Ok((upload, store::pieces(tx, id)?))
    })?;
    if upload.diterima != upload.ukuran {
        return Err(unfinished());
    }
    let blobs = &ctx.instance().blobs;
    let mut head = vec![0; 512];
    let mut first = Joined { blobs, pieces: pieces.iter(), open: None };
    let mut filled = 0;
    while let Ok(read @ 1..) = first.read(&mut head[filled..]) {
        filled += read;
    }
    head.truncate(filled);
    let blob = blobs.put(&mut Joined { blobs, pieces: pieces.iter(), open: None }, MAX_BYTES).map_err(|e| match e {
        PutError::Store(e) => Problem::Store(e),
        PutError::TooLarge { limit } => Problem::TooLarge { limit },
        PutError::Cut(e) => Problem::Fault(e.to_string()),
    })?;
    Ok(Upload { field: field.to_owned(), name: upload.nama, head, blob })
}

/// Runs [`SWEEP`].
pub(crate) fn sweep(instance: &Instance, _: &str) -> Result<()> {
    let by = instance.by_system(SWEEP);
    let before = instance.now().plus_ms(-KEPT_MS);
    loop {
        let swept = instance.db.write(&by, Keys::unaudited(), move |tx| store::forget_older(tx, before, 100))?;
        if swept == 0 {
            return Ok(());
        }
    }
}

/// The pieces one after the other.
struct Joined<'a> {
    blobs: &'a Blobs,
    pieces: std::slice::Iter<'a, Blob>,
    open: Option<Box<dyn Read + Send>>,
}

impl Read for Joined<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(open) = &mut self.open {
                let read = open.read(out)?;
                if read > 0 || out.is_empty() {
                    return Ok(read);
                }
            }
            match self.pieces.next() {
                None => return Ok(0),
                Some(piece) => self.open = Some(self.blobs.open(piece).map_err(io::Error::other)?),
            }
        }
    }
}

/// May an upload of this size begin, beside so many others?
fn may_begin(ukuran: i64, open: usize) -> Result<(), Refusal> {
    if open >= MOST_OPEN {
        return Err(Refusal::TooMany);
    }
    match u64::try_from(ukuran) {
        Ok(size) if (1..=MAX_BYTES).contains(&size) => Ok(()),
        _ => Err(Refusal::Size),
    }
}

/// Does a piece fit: it begins where the last one ended and does not reach beyond the announced size?
fn fits(upload: &Unggahan, dari: i64, ukuran: i64) -> bool {
    dari == upload.diterima && ukuran > 0 && dari + ukuran <= upload.ukuran
}

const _: () = assert!(PIECE < MAX_BYTES);
