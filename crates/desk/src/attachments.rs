//! Attachments of anything: judged by their content, stored encrypted, shown only to the subjects they were given to.

mod halaman;
pub(crate) mod pages;
mod pdf;
mod photo;
mod sniff;
mod store;
#[cfg(test)]
mod tests;
pub mod uploads;

use praja_kernel::{FieldProblem, Id, Moment, Refuse, Scope};
use praja_module::{Ctx, Input, Instance, NotKept, Problem, Upload};
use praja_store::{PutError, Result, Tx, audit::Entry};

pub use halaman::{Pages, as_pages, bytes, pages_of, raise, take_out};
pub use pages::{field, field_for, of_thing, table};
pub use sniff::{ACCEPT, Kind, sniff};

/// One attachment is at most this large, in bytes: 15 MiB, a photograph of a phone or a scan of fifty pages.
pub const MAX_BYTES: u64 = 15 << 20;
/// [`MAX_BYTES`] in MiB, for the hint of a field.
pub const MAX_MIB: u64 = MAX_BYTES >> 20;
/// At most this many files are attached with one form.
pub const MAX_FILES: usize = 20;

/// What one use accepts: a field for scans takes more than one for a portrait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Largest file in bytes; at most [`MAX_BYTES`].
    pub max_bytes: u64,
    /// Most files of one form.
    pub max_files: usize,
    /// Kinds that are taken.
    pub kinds: &'static [Kind],
}

impl Rule {
    /// Scans of letters and whatever else belongs to a file: every kind.
    pub const ANY: Self = Self { max_bytes: MAX_BYTES, max_files: MAX_FILES, kinds: Kind::ALL };
    /// Photographs.
    pub const PHOTOS: Self = Self { kinds: &[Kind::Jpeg, Kind::Png, Kind::Webp], ..Self::ANY };
    /// Documents that were made, not scanned.
    pub const DOCUMENTS: Self = Self { kinds: &[Kind::Pdf], ..Self::ANY };

    /// For the attribute `accept` of a file field.
    pub fn accept(&self) -> String {
        self.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
    }

    /// "PDF, JPEG, atau PNG".
    pub fn words(&self) -> String {
        match self.kinds.split_last() {
            None => String::new(),
            Some((last, [])) => last.label().to_owned(),
            Some((last, rest)) => {
                let rest = rest.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(", ");
                format!("{rest}, atau {}", last.label())
            }
        }
    }
}

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
    /// Several pictures are the ordered pages of one attachment.
    pub halaman: i64,
    /// When its content was lawfully destroyed, and by which berita acara: what is known of it stays.
    pub dimusnahkan: Option<(Moment, String)>,
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
    #[error("Berkas \"{nama}\" bukan {diterima}.")]
    Kind {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
        /// What is accepted there.
        diterima: String,
    },
    /// Nothing in it.
    #[error("Berkas \"{nama}\" kosong.")]
    Empty {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
    },
    /// Larger than its use allows.
    #[error("Berkas \"{nama}\" berukuran {}; batasnya {batas} MiB.", size(*.ukuran))]
    Large {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
        /// Its size in bytes.
        ukuran: i64,
        /// The limit in MiB.
        batas: u64,
    },
    /// More files than one form takes.
    #[error("Terlalu banyak berkas; paling banyak {batas} berkas dalam satu formulir.")]
    Many {
        /// Name of the form's field.
        field: &'static str,
        /// The limit.
        batas: usize,
    },
    /// A picture that cannot be shown.
    #[error("Gambar \"{nama}\" rusak dan tidak dapat dibuka.")]
    Broken {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
    },
    /// A picture of too many pixels.
    #[error("Gambar \"{nama}\" memuat terlalu banyak piksel untuk diolah.")]
    Pixels {
        /// Name of the form's field.
        field: &'static str,
        /// Name of the file.
        nama: String,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Kind { .. } => "desk.lampiran.kind",
            Self::Empty { .. } => "desk.lampiran.empty",
            Self::Large { .. } => "desk.lampiran.large",
            Self::Many { .. } => "desk.lampiran.many",
            Self::Broken { .. } => "desk.lampiran.broken",
            Self::Pixels { .. } => "desk.lampiran.pixels",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Kind { diterima, .. } => {
                return format!("Pindai atau simpan dokumen itu sebagai {diterima}, lalu unggah lagi.");
            }
            Self::Empty { .. } => "Periksa berkas itu pada perangkat Anda, lalu unggah lagi.",
            Self::Large { .. } => "Pindai dengan resolusi 200 dpi, atau bagi menjadi beberapa berkas.",
            Self::Many { .. } => "Gabungkan beberapa halaman menjadi satu PDF, atau kirim sisanya kemudian.",
            Self::Broken { .. } => "Buka gambar itu pada perangkat Anda, simpan kembali, lalu unggah lagi.",
            Self::Pixels { .. } => "Ambil foto dengan resolusi lebih kecil, lalu unggah lagi.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let (Self::Kind { field, .. }
        | Self::Empty { field, .. }
        | Self::Large { field, .. }
        | Self::Many { field, .. }
        | Self::Broken { field, .. }
        | Self::Pixels { field, .. }) = self;
        vec![FieldProblem::new(*field, format!("{self} {}", self.next_step()))]
    }
}

/// May this file be attached? Gives its kind. `field` is the form's field that the refusal points to.
///
/// # Errors
/// [`Refusal`] for another kind of content, an empty file, or one that is too large.
pub fn check(field: &'static str, upload: &Upload) -> Result<Kind, Refusal> {
    check_by(field, upload, &Rule::ANY)
}

/// The same for a use of its own.
///
/// # Errors
/// As [`check`].
pub fn check_by(field: &'static str, upload: &Upload, rule: &Rule) -> Result<Kind, Refusal> {
    let (nama, ukuran) = (upload.name.clone(), upload.blob.ukuran);
    if ukuran == 0 {
        return Err(Refusal::Empty { field, nama });
    }
    if u64::try_from(ukuran).unwrap_or(u64::MAX) > rule.max_bytes {
        return Err(Refusal::Large { field, nama, ukuran, batas: rule.max_bytes >> 20 });
    }
    match sniff(&upload.head).filter(|kind| rule.kinds.contains(kind)) {
        Some(kind) => Ok(kind),
        None => Err(Refusal::Kind { field, nama, diterima: rule.words() }),
    }
}

/// The files of a field, ready to be attached: those that came with the form and those that were uploaded before it, in order; judged
/// by `rule`; pictures not larger than needed and without where they were taken. Blocks: for POST handlers, before the write.
///
/// # Errors
/// [`Refusal`] or [`uploads::Refusal`] as a [`Problem::Refused`].
pub fn received(ctx: &Ctx, input: &Input, field: &'static str, rule: &Rule) -> Result<Vec<Upload>, Problem> {
    let owner = ctx.scope().map(|scope| scope.actor.key()).unwrap_or_default();
    arrived(ctx, input, field, rule, &owner)?.iter().map(|file| prepared(ctx, field, file, rule)).collect()
}

/// The files of a field as they were sent, judged only by how many they are: those that came before the form are `owner`'s. Each goes through
/// [`prepared`] before it is attached. Blocks.
///
/// # Errors
/// As [`received`].
pub fn arrived(ctx: &Ctx, input: &Input, field: &'static str, rule: &Rule, owner: &str) -> Result<Vec<Upload>, Problem> {
    if let Some(unkept) = input.unkept.iter().find(|unkept| unkept.field == field) {
        let (nama, ukuran) = (unkept.name.clone(), i64::try_from(unkept.size).unwrap_or(i64::MAX));
        return Err(Problem::refused(match unkept.why {
            NotKept::Large => Refusal::Large { field, nama, ukuran, batas: rule.max_bytes >> 20 },
            NotKept::Many => Refusal::Many { field, batas: rule.max_files },
        }));
    }
    let mut files: Vec<Upload> = input.files(field).cloned().collect();
    for sent in input.all(&format!("{field}{}", uploads::SENT)) {
        if let Ok(id) = sent.parse() {
            files.push(uploads::take(ctx, field, id, owner)?);
        }
    }
    if files.len() > rule.max_files {
        return Err(Problem::refused(Refusal::Many { field, batas: rule.max_files }));
    }
    Ok(files)
}

/// A file judged by `rule`; a picture not larger than needed and without where it was taken. Blocks.
///
/// # Errors
/// [`Refusal`] as a [`Problem::Refused`].
pub fn prepared(ctx: &Ctx, field: &'static str, file: &Upload, rule: &Rule) -> Result<Upload, Problem> {
    check_by(field, file, rule).map_err(Problem::refused)?;
    let nama = || file.name.clone();
    photo::prepare(&ctx.instance().blobs, file).map_err(|e| match e {
        photo::PhotoError::Broken => Problem::refused(Refusal::Broken { field, nama: nama() }),
        photo::PhotoError::Pixels => Problem::refused(Refusal::Pixels { field, nama: nama() }),
        photo::PhotoError::Store(e) => Problem::Store(e),
    })
}

/// Attaches what came with one form: several pictures become the ordered pages of one attachment, everything else stands by itself.
///
/// # Errors
/// As [`attach`].
pub fn attach_all(
    tx: &mut Tx<'_>,
    objek: &str,
    subjects: &[String],
    files: &[Upload],
    dibatasi: bool,
) -> Result<Vec<Id>, Problem> {
    let is_picture = |file: &&Upload| matches!(sniff(&file.head), Some(Kind::Jpeg | Kind::Png | Kind::Webp));
    let (pictures, others): (Vec<&Upload>, Vec<&Upload>) = files.iter().partition(is_picture);
    let mut all = Vec::new();
    if let Some((first, rest)) = pictures.split_first() {
        let id = attach_as(tx, objek, subjects, first, dibatasi)?;
        if !rest.is_empty() {
            add_pages(tx, id, &pictures)?;
        }
        all.push(id);
    }
    for file in others {
        all.push(attach_as(tx, objek, subjects, file, dibatasi)?);
    }
    Ok(all)
}

/// Writes the pages of an attachment; the first is the attachment's own file.
fn add_pages(tx: &mut Tx<'_>, id: Id, pictures: &[&Upload]) -> Result<(), Problem> {
    for (at, page) in pictures.iter().enumerate() {
        let kind = check("lampiran", page).map_err(Problem::refused)?;
        if at > 0 {
            tx.keep_blob(&page.blob)?;
        }
        let urut = i64::try_from(at).unwrap_or(i64::MAX) + 1;
        store::insert_page(tx, id, urut, &kind.name_of(&page.name), kind, &page.blob)?;
    }
    Ok(store::set_pages(tx, id, i64::try_from(pictures.len()).unwrap_or(i64::MAX))?)
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

/// The subjects who may open one attachment: for background work that must not tell others of it.
pub fn openers(tx: &mut Tx<'_>, id: Id) -> Result<Vec<String>> {
    store::openers(tx, id)
}

/// Copies of what is attached to `objek`, as if they had come with a form under `field`: files have one owner, and a letter that reaches
/// another office is that office's own. The caller has checked that `objek` may be opened. Blocks: for POST handlers, before the write.
///
/// # Errors
/// When a file cannot be read or stored.
pub fn copies(ctx: &Ctx, objek: &str, field: &'static str) -> Result<Vec<Upload>, Problem> {
    let blobs = &ctx.instance().blobs;
    let mut all = Vec::new();
    for (nama, blob) in ctx.read(|tx| store::blobs_of(tx, objek))? {
        let mut reader = blobs.open(&blob)?;
        let limit = u64::try_from(blob.ukuran).unwrap_or(u64::MAX).saturating_add(1);
        let mut head = vec![0; HEAD];
        let length = fill(&mut reader, &mut head).map_err(|e| Problem::Fault(format!("a stored file cannot be read: {e}")))?;
        head.truncate(length);
        let stored = blobs.put(&mut std::io::Read::chain(head.as_slice(), reader), limit);
        let blob = stored.map_err(|e| Problem::Fault(format!("a file cannot be copied: {e}")))?;
        all.push(Upload { field: field.to_owned(), name: nama, head, blob });
    }
    Ok(all)
}

/// The content of the file attached to `objek` with this SHA-256, and its name. The caller has checked that `objek` may be opened. Blocks: not
/// inside a write.
///
/// # Errors
/// When the file cannot be read.
pub fn content(instance: &Instance, objek: &str, sidik: &str) -> Result<Option<(String, Vec<u8>)>> {
    let found = instance.db.read(|tx| store::blobs_of(tx, objek))?;
    let Some((nama, blob)) = found.into_iter().find(|(_, blob)| blob.sidik == sidik) else { return Ok(None) };
    let mut bytes = Vec::with_capacity(usize::try_from(blob.ukuran).unwrap_or(0));
    instance.blobs.get(&blob, &mut bytes)?;
    Ok(Some((nama, bytes)))
}

/// A file that did not come with a form, stored and judged by its content like one that did: what another box sent.
///
/// # Errors
/// [`Refusal`] as a [`Problem::Refused`] for another kind than `rule` takes, or a size beyond it.
pub fn made(instance: &Instance, field: &'static str, name: &str, bytes: &[u8], rule: &Rule) -> Result<Upload, Problem> {
    let mut reader = bytes;
    let blob = match instance.blobs.put(&mut reader, rule.max_bytes.min(MAX_BYTES)) {
        Ok(blob) => blob,
        Err(PutError::TooLarge { .. }) => {
            let (ukuran, batas) = (i64::try_from(bytes.len()).unwrap_or(i64::MAX), rule.max_bytes.min(MAX_BYTES) >> 20);
            return Err(Problem::refused(Refusal::Large { field, nama: name.to_owned(), ukuran, batas }));
        }
        Err(PutError::Store(e)) => return Err(Problem::Store(e)),
        Err(PutError::Cut(e)) => return Err(Problem::Fault(format!("bytes in memory cannot be read: {e}"))),
    };
    let upload = Upload { field: field.to_owned(), name: name.to_owned(), head: bytes[..bytes.len().min(HEAD)].to_vec(), blob };
    check_by(field, &upload, rule).map_err(Problem::refused)?;
    Ok(upload)
}

/// So many first bytes tell what a file is.
const HEAD: usize = 512;

fn fill(reader: &mut dyn std::io::Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut at = 0;
    while at < into.len() {
        match reader.read(&mut into[at..])? {
            0 => break,
            read => at += read,
        }
    }
    Ok(at)
}

/// What is attached to any of these things, each with its thing, in order. The caller has checked that they may be seen.
pub(crate) fn of_all(tx: &mut Tx<'_>, things: &[String]) -> Result<Vec<(String, Attachment)>> {
    if things.is_empty() { Ok(Vec::new()) } else { store::of_all(tx, things) }
}

/// Takes away what is attached to `objek`, files and all: only for what its owner may take back without a trace of its content.
pub(crate) fn remove(tx: &mut Tx<'_>, objek: &str) -> Result<()> {
    store::remove(tx, objek)
}

/// Destroys the content of everything attached to `objek` and keeps what is known of it: name, size, hash, who and when. `dasar` names
/// the berita acara by which it is done. Gives the addresses of the stored files, for [`praja_store::Blobs::remove`] after the
/// transaction. Doing it twice changes nothing.
pub fn destroy(tx: &mut Tx<'_>, objek: &str, dasar: &str) -> Result<Vec<String>> {
    let mut gone = Vec::new();
    for attachment in of(tx, objek)?.into_iter().filter(|one| one.dimusnahkan.is_none()) {
        gone.extend(store::destroy(tx, attachment.id, dasar)?);
        let act = Entry { tindakan: "desk.destroy-lampiran", objek: objek.to_owned(), ..Entry::default() };
        let act = act.with("lampiran", attachment.id).with("nama", &attachment.nama).with("sidik", &attachment.sidik);
        tx.audit(&act.because(dasar))?;
    }
    Ok(gone)
}

/// Lets whoever attached several pictures put them in order: the page at `urut` goes one place up.
///
/// # Errors
/// [`Problem::NotFound`] for the first page, or for somebody else's attachment.
pub(crate) fn move_up(tx: &mut Tx<'_>, scope: &Scope, id: Id, urut: i64) -> Result<(), Problem> {
    let (attachment, objek, _) = find(tx, scope, id)?.ok_or(Problem::NotFound)?;
    if attachment.dimusnahkan.is_some() {
        return Err(Problem::NotFound);
    }
    let is_own = store::attached_by(tx, id)?.is_some_and(|oleh| oleh == scope.actor.key());
    if !is_own || !(2..=attachment.halaman).contains(&urut) {
        return Err(Problem::NotFound);
    }
    store::swap_pages(tx, id, urut - 1, urut)?;
    let act = Entry { tindakan: "desk.move-halaman-lampiran", objek, ..Entry::default() };
    Ok(tx.audit(&act.with("lampiran", id).with("nama", &attachment.nama).with("urut", urut))?)
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
