//! Attachments that become pages of another document: in their order, which can be changed, each as PDF.

use std::io::Read;

use praja_kernel::Id;
use praja_module::{Ctx, Jenis, Problem};
use praja_store::{Result, StoreError, Tx, audit::Entry};

use super::{Kind, of, pdf, store};

/// One attachment as pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// Name of its file.
    pub nama: String,
    /// The pages, as PDF.
    pub pdf: Vec<u8>,
}

/// What is attached to `objek`, in order, each as PDF; pictures stand on A4. The caller has checked that `objek` may be opened. Blocks:
/// for POST handlers, before the write.
///
/// # Errors
/// When a file cannot be read.
pub fn as_pages(ctx: &Ctx, objek: &str) -> Result<Vec<Pages>, Problem> {
    pages_where(ctx, objek, |_| true)
}

/// One attachment of `objek` as pages, as in [`as_pages`].
///
/// # Errors
/// [`Problem::NotFound`] when it is not there.
pub fn pages_of(ctx: &Ctx, objek: &str, id: Id) -> Result<Pages, Problem> {
    pages_where(ctx, objek, |one| one == id)?.pop().ok_or(Problem::NotFound)
}

fn pages_where(ctx: &Ctx, objek: &str, wanted: impl Fn(Id) -> bool) -> Result<Vec<Pages>, Problem> {
    let instance = ctx.instance();
    let found = ctx.read(|tx| {
        let mut all = Vec::new();
        for one in of(tx, objek)?.into_iter().filter(|one| one.dimusnahkan.is_none() && wanted(one.id)) {
            let Some((_, alamat)) = store::get(tx, one.id)? else { continue };
            let mut files = Vec::new();
            let pages = store::pages(tx, one.id)?;
            let whole = if pages.is_empty() { vec![(one.mime.clone(), alamat)] } else { Vec::new() };
            for (mime, alamat) in whole.into_iter().chain(pages.into_iter().map(|page| (page.mime, page.alamat))) {
                let kind = Kind::parse(&mime).map_err(|_| StoreError::unknown_word("jenis berkas", &mime))?;
                let blob = tx.blob(&alamat)?.ok_or_else(|| StoreError::Corrupt(format!("blob {alamat} has no row")))?;
                files.push((kind, blob));
            }
            all.push((one.nama, files));
        }
        Ok::<_, StoreError>(all)
    })?;
    let broken = |e: std::io::Error| Problem::Fault(format!("an attachment cannot be read: {e}"));
    let mut all = Vec::new();
    for (nama, files) in found {
        let mut bytes = Vec::new();
        if let [(Kind::Pdf, blob)] = files.as_slice() {
            instance.blobs.open(blob)?.read_to_end(&mut bytes).map_err(broken)?;
        } else {
            pdf::write(&mut bytes, &instance.blobs, &nama, &files, instance.jenis == Jenis::Contoh).map_err(broken)?;
        }
        all.push(Pages { nama, pdf: bytes });
    }
    Ok(all)
}

/// The file of one attachment of `objek`. The caller has checked that it may be opened. Blocks.
///
/// # Errors
/// [`Problem::NotFound`] when it is not there.
pub fn bytes(ctx: &Ctx, tx: &mut Tx<'_>, objek: &str, id: Id) -> Result<Vec<u8>, Problem> {
    let blob = match store::of_thing(tx, objek, id)? {
        Some((_, alamat)) => tx.blob(&alamat)?,
        None => None,
    };
    let mut bytes = Vec::new();
    let mut file = ctx.instance().blobs.open(&blob.ok_or(Problem::NotFound)?)?;
    file.read_to_end(&mut bytes).map_err(|e| Problem::Fault(format!("an attachment cannot be read: {e}")))?;
    Ok(bytes)
}

/// Puts an attachment one place up. The caller has checked that `objek` may be changed.
///
/// # Errors
/// [`Problem::NotFound`] for the first one, or one of another thing.
pub fn raise(tx: &mut Tx<'_>, objek: &str, id: Id) -> Result<(), Problem> {
    let all = of(tx, objek)?;
    let at = all.iter().position(|one| one.id == id).filter(|at| *at > 0).ok_or(Problem::NotFound)?;
    store::swap(tx, objek, all[at - 1].id, id)?;
    let act = Entry { tindakan: "desk.raise-lampiran", objek: objek.to_owned(), ..Entry::default() };
    Ok(tx.audit(&act.with("nama", &all[at].nama))?)
}

/// Takes one attachment away, file and all: from a thing that is not finished. The caller has checked that it may be changed.
///
/// # Errors
/// [`Problem::NotFound`] for one of another thing.
pub fn take_out(tx: &mut Tx<'_>, objek: &str, id: Id) -> Result<(), Problem> {
    let all = of(tx, objek)?;
    let one = all.iter().find(|one| one.id == id).ok_or(Problem::NotFound)?;
    store::remove_one(tx, id)?;
    let act = Entry { tindakan: "desk.remove-lampiran", objek: objek.to_owned(), ..Entry::default() };
    Ok(tx.audit(&act.with("nama", &one.nama))?)
}
