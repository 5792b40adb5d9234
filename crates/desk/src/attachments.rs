//! Attachments of anything: judged by their content, stored encrypted, shown only to the subjects they were given to.

pub(crate) mod pages;
mod sniff;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{FieldProblem, Id, Moment, Refuse, Scope};
use praja_module::{Problem, Upload};
use praja_store::{Result, Tx, audit::Entry};

pub use pages::{field, table};
pub use sniff::{ACCEPT, Kind, sniff};

/// One attachment is at most this large, in bytes: 15 MiB, a photograph of a phone or a scan of fifty pages.
pub const MAX_BYTES: u64 = 15 << 20;
/// [`MAX_BYTES`] in MiB, for the hint of a field.
pub const MAX_MIB: u64 = MAX_BYTES >> 20;
/// At most this many files are attached with one form.
pub const MAX_FILES: usize = 20;

/// An attachment as its owner's page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its row; its page is [`Attachment::href`].
    pub id: Id,
    /// Name of the file as it was sent. Never a path.
    pub nama: String,
    /// Its type, from its content.
    pub mime: String,
    /// Size in bytes.
    pub ukuran: i64,
    /// SHA-256 of the plain file, in hexadecimal.
    pub sidik: String,
    /// When it was attached.
    pub pada: Moment,
    /// Name of who attached it, at the time.
    pub oleh: String,
    /// Rahasia and above: every opening is written down.
    pub dibatasi: bool,
}

impl Attachment {
    /// The page that shows it.
    pub fn href(&self) -> String {
        format!("/desk/lampiran/{}", self.id)
    }

    /// Its size as people read it: "1,4 MiB", "312 KiB".
    pub fn size(&self) -> String {
        size(self.ukuran)
    }
}

/// Why a file was not attached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its content is none of the kinds that are safe to show.
    #[error("Berkas \"{nama}\" bukan PDF, JPEG, PNG, WebP, atau TIFF.")]
    Kind {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
    },
    /// Nothing in it.
    #[error("Berkas \"{nama}\" kosong.")]
    Empty {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
    },
    /// Larger than [`MAX_BYTES`].
    #[error("Berkas \"{nama}\" berukuran {}; batasnya {MAX_MIB} MiB.", size(*.ukuran))]
    Large {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
        /// Its size in bytes.
        ukuran: i64,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Kind { .. } => "desk.lampiran.kind",
            Self::Empty { .. } => "desk.lampiran.empty",
            Self::Large { .. } => "desk.lampiran.large",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Kind { .. } => "Pindai atau simpan dokumen itu sebagai PDF atau gambar, lalu unggah lagi.",
            Self::Empty { .. } => "Periksa berkas itu pada perangkat Anda, lalu unggah lagi.",
            Self::Large { .. } => "Pindai dengan resolusi 200 dpi, atau bagi menjadi beberapa berkas.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let (Self::Kind { field, .. } | Self::Empty { field, .. } | Self::Large { field, .. }) = self;
        vec![FieldProblem::new(field, format!("{self} {}", self.next_step()))]
    }
}

/// May this file be attached? Gives its kind. `field` is the form's field that the refusal points to.
///
/// # Errors
/// [`Refusal`] for another kind of content, an empty file, or one that is too large.
pub fn check(field: &'static str, upload: &Upload) -> Result<Kind, Refusal> {
    let (nama, ukuran) = (upload.name.clone(), upload.blob.ukuran);
    if ukuran == 0 {
        return Err(Refusal::Empty { field, nama });
    }
    if u64::try_from(ukuran).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Refusal::Large { field, nama, ukuran });
    }
    sniff(&upload.head).ok_or(Refusal::Kind { field, nama })
}

/// Attaches a file to `objek` (`<table>:<id>`) for these subjects. The refusal points to the form's field `lampiran`; ask
/// [`check`] before with the name of your own field to show the problem in your form.
///
/// # Errors
/// [`Refusal`] as a [`Problem::Refused`].
pub fn attach(tx: &mut Tx<'_>, objek: &str, subjects: &[String], upload: &Upload) -> Result<Id, Problem> {
    attach_as(tx, objek, subjects, upload, false)
}

/// As [`attach`]; with `dibatasi` (Rahasia and above) the file opens only after the reader was told that the opening is written
/// down, and it is.
///
/// # Errors
/// As [`attach`].
pub fn attach_as(tx: &mut Tx<'_>, objek: &str, subjects: &[String], upload: &Upload, dibatasi: bool) -> Result<Id, Problem> {
    let kind = check("lampiran", upload).map_err(Problem::refused)?;
    tx.keep_blob(&upload.blob)?;
    let id = store::insert(tx, objek, &kind.name_of(&upload.name), kind, &upload.blob, dibatasi)?;
    for subject in subjects {
        store::grant(tx, id, subject)?;
    }
    let act = Entry { tindakan: "desk.attach-lampiran", objek: objek.to_owned(), ..Entry::default() };
    tx.audit(&act.with("lampiran", id).with("nama", &upload.name).with("sidik", &upload.blob.sidik))?;
    Ok(id)
}

/// Lets further subjects open everything attached to `objek` so far: a letter that is sent on takes its scan along.
pub fn grant(tx: &mut Tx<'_>, objek: &str, subjects: &[String]) -> Result<()> {
    for attachment in of(tx, objek)? {
        for subject in subjects {
            store::grant(tx, attachment.id, subject)?;
        }
    }
    Ok(())
}

/// Takes back what [`grant`] gave: an order that was withdrawn before anybody read it.
pub fn withdraw(tx: &mut Tx<'_>, objek: &str, subjects: &[String]) -> Result<()> {
    for attachment in of(tx, objek)? {
        for subject in subjects {
            store::withdraw(tx, attachment.id, subject)?;
        }
    }
    Ok(())
}

/// What is attached to `objek`, in order. The caller has checked that `objek` may be seen.
pub fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Attachment>> {
    store::of(tx, objek)
}

/// One attachment with the address of its stored file, when the scope may open it.
pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<(Attachment, String, String)>> {
    store::find(tx, &scope.subjects(), id)
}

/// "312 B", "312 KiB", "1,4 MiB".
fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KiB", bytes / 1024),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            format!("{},{} MiB", tenths / 10, tenths % 10)
        }
    }
}
