//! Comments on anything: who may see a thing may say something about it, in the order in which it was said.
//!
//! The page of a thing draws [`section`] after it has checked that the thing may be seen. The form in it carries a sealed leave to
//! comment on this one thing, made for this one person and good for a day, so that no module needs a route of its own.

pub(crate) mod files;
pub(crate) mod pages;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{FieldProblem, Id, Moment, Refuse};
use praja_module::{Problem, Upload};
use praja_store::{Result, Tx, audit::Entry};

use crate::attachments;

pub use pages::section;

/// Longest comment, in letters.
pub const MAX_LETTERS: usize = 2000;
/// What was said can be taken back for so long, in milliseconds: a quarter of an hour.
pub const TAKE_BACK_MS: i64 = 15 * 60 * 1000;

/// A leave to comment is good for a day, in milliseconds: as long as a page stays open on a desk.
const GOOD_MS: i64 = 24 * 60 * 60 * 1000;

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Komentar {
    /// Identity.
    pub id: Id,
    /// What it is about, `<table>:<id>`.
    pub objek: String,
    /// The words; empty once it was taken back.
    pub isi: String,
    /// Who, as [`praja_kernel::Actor::key`].
    pub oleh: String,
    /// The name at the time.
    pub oleh_nama: String,
    /// The post acted for at the time.
    pub jabatan: Option<String>,
    /// When.
    pub pada: Moment,
    /// When it was taken back.
    pub dihapus: Option<Moment>,
}

/// Why a comment is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing typed.
    #[error("Komentar belum ditulis.")]
    Empty,
    /// Too long.
    #[error("Komentar memuat {letters} huruf; paling panjang {MAX_LETTERS} huruf.")]
    Long {
        /// How many letters were typed.
        letters: usize,
    },
    /// The page was open for more than a day, or was made for somebody else.
    #[error("Halaman ini sudah terlalu lama terbuka, sehingga komentar belum disimpan.")]
    OldPage,
    /// Somebody else's.
    #[error("Komentar hanya dapat ditarik oleh penulisnya.")]
    NotYours,
    /// More than a quarter of an hour ago.
    #[error("Komentar hanya dapat ditarik dalam 15 menit setelah ditulis.")]
    TooLate,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "desk.komentar.empty",
            Self::Long { .. } => "desk.komentar.long",
            Self::OldPage => "desk.komentar.old-page",
            Self::NotYours => "desk.komentar.not-yours",
            Self::TooLate => "desk.komentar.too-late",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Empty => "Tulis komentar Anda, lalu kirim.",
            Self::Long { .. } => "Ringkas komentar, atau lampirkan naskahnya.",
            Self::OldPage => "Buka kembali halamannya, lalu kirim komentar dari sana.",
            Self::NotYours => "Tulis komentar baru untuk menanggapinya.",
            Self::TooLate => "Tulis komentar baru untuk meralatnya.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Empty | Self::Long { .. } => vec![FieldProblem::new("isi", format!("{self} {}", self.next_step()))],
            Self::OldPage | Self::NotYours | Self::TooLate => Vec::new(),
        }
    }
}

/// The words as they are kept: without blanks around, line breaks of one kind.
///
/// # Errors
/// [`Refusal`] for nothing, or too much.
pub fn check(isi: &str) -> Result<String, Refusal> {
    let isi = isi.replace("\r\n", "\n").trim().to_owned();
    match isi.chars().count() {
        0 => Err(Refusal::Empty),
        letters if letters > MAX_LETTERS => Err(Refusal::Long { letters }),
        _ => Ok(isi),
    }
}

/// What was said about `objek`, oldest first. The caller has checked that `objek` may be seen.
pub fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Komentar>> {
    store::of(tx, objek)
}

/// Says something about `objek` (`<table>:<id>`), with files; several photographs are the pages of one. The caller has checked that `objek` may be seen. The words stand in no
/// audit row: a comment that was taken back is gone.
///
/// # Errors
/// [`Refusal`] for nothing, or too much; what [`crate::attachments::attach`] refuses.
pub fn add(tx: &mut Tx<'_>, objek: &str, isi: &str, uploads: &[Upload]) -> Result<Id, Problem> {
    let isi = check(isi).map_err(Problem::refused)?;
    let id = store::insert(tx, objek, &isi)?;
    attachments::attach_all(tx, &files::objek(id), &[], uploads, false)?;
    let act = Entry { tindakan: "desk.add-komentar", objek: objek.to_owned(), ..Entry::default() };
    let act = act.with("komentar", id);
    tx.audit(&if uploads.is_empty() { act } else { act.with("lampiran", uploads.len()) })?;
    Ok(id)
}

/// Takes an own comment back; its place stays, its files are gone for good.
///
/// # Errors
/// [`Refusal`] when it is somebody else's or too old; [`Problem::NotFound`] when it is gone.
pub fn take_back(tx: &mut Tx<'_>, id: Id) -> Result<(), Problem> {
    let komentar = store::get(tx, id)?.filter(|one| one.dihapus.is_none()).ok_or(Problem::NotFound)?;
    let by = tx.by()?;
    may_take_back(&komentar, &by.actor.key(), by.at).map_err(Problem::refused)?;
    store::empty(tx, id)?;
    attachments::remove(tx, &files::objek(id))?;
    let act = Entry { tindakan: "desk.withdraw-komentar", objek: komentar.objek, ..Entry::default() };
    Ok(tx.audit(&act.with("komentar", id))?)
}

/// Destroys the files of all comments on `objek`, as [`attachments::destroy`] does; the words of the comments stay.
///
/// # Errors
/// Those of the database.
pub fn destroy_files(tx: &mut Tx<'_>, objek: &str, dasar: &str) -> Result<Vec<String>> {
    let mut gone = Vec::new();
    for one in of(tx, objek)?.into_iter().filter(|one| one.dihapus.is_none()) {
        gone.extend(attachments::destroy(tx, &files::objek(one.id), dasar)?);
    }
    Ok(gone)
}

/// One comment, whoever asks.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Komentar>> {
    store::get(tx, id)
}

/// Gives an own comment its words again, as long as it could still be taken back.
///
/// # Errors
/// [`Refusal`] when it is somebody else's or too old; [`Problem::NotFound`] when it was not taken back.
pub(crate) fn put_back(tx: &mut Tx<'_>, id: Id, isi: &str) -> Result<(), Problem> {
    let komentar = store::get(tx, id)?.filter(|one| one.dihapus.is_some()).ok_or(Problem::NotFound)?;
    let by = tx.by()?;
    may_take_back(&komentar, &by.actor.key(), by.at).map_err(Problem::refused)?;
    store::fill(tx, id, isi)?;
    let act = Entry { tindakan: "desk.restore-komentar", objek: komentar.objek, ..Entry::default() };
    Ok(tx.audit(&act.with("komentar", id))?)
}

/// May `pelaku` take this comment back at `now`?
pub(crate) fn may_take_back(komentar: &Komentar, pelaku: &str, now: Moment) -> Result<(), Refusal> {
    if komentar.oleh != pelaku {
        return Err(Refusal::NotYours);
    }
    if komentar.pada.plus_ms(TAKE_BACK_MS) < now {
        return Err(Refusal::TooLate);
    }
    Ok(())
}
