//! Whose agenda a post keeps, and what it may see of it.

use praja_identity::jabatan::{self, Jabatan};
use praja_kernel::{Date, Id};
use praja_module::Ctx;
use praja_store::{Result, Tx};

use super::{Acara, Pandangan};
use crate::{REGISTER, sekretaris};

/// A leader whose agenda somebody keeps, as called today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pimpinan {
    pub(crate) jabatan: Id,
    pub(crate) opd: Id,
    /// "Plt. Kepala Dinas … (Nama)".
    pub(crate) label: String,
    /// Does whoever asks see its closed events, too?
    pub(crate) utuh: bool,
}

/// The leaders whose agenda a post keeps: its own where it leads anybody, those it is the aide of, and for the registry the head of the office.
pub(crate) fn kept(tx: &mut Tx<'_>, jabatan: Id, opd: Id, registry: bool, today: Date) -> Result<Vec<Pimpinan>> {
    let mut posts: Vec<(Jabatan, bool)> = Vec::new();
    if let Some(own) = jabatan::get(tx, jabatan)?
        && own.jenis.is_structural()
    {
        posts.push((own, true));
    }
    for aide in sekretaris::store::of_aide(tx, jabatan, today)? {
        if let Some(post) = jabatan::get(tx, aide.pimpinan)? {
            posts.push((post, true));
        }
    }
    if registry && let Some(head) = jabatan::head_of(tx, opd)? {
        posts.push((head, false));
    }
    let mut all: Vec<Pimpinan> = Vec::new();
    for (post, utuh) in posts {
        if all.iter().all(|one| one.jabatan != post.id) {
            let label = jabatan::label(tx, post.id, today)?;
            all.push(Pimpinan { jabatan: post.id, opd: post.opd, label, utuh });
        }
    }
    Ok(all)
}

/// The same for whoever asks.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Pimpinan>> {
    match ctx.scope().ok().and_then(|scope| scope.acting.as_ref()) {
        Some(acting) => kept(tx, acting.jabatan, acting.opd, ctx.may(REGISTER), ctx.today()),
        None => Ok(Vec::new()),
    }
}

/// The leaders whose open events a post may read besides: the head of its own office.
pub(crate) fn read(tx: &mut Tx<'_>, opd: Id, kept: &[Pimpinan], today: Date) -> Result<Vec<Pimpinan>> {
    let mut all = kept.to_vec();
    if let Some(head) = jabatan::head_of(tx, opd)?
        && all.iter().all(|one| one.jabatan != head.id)
    {
        let label = jabatan::label(tx, head.id, today)?;
        all.push(Pimpinan { jabatan: head.id, opd: head.opd, label, utuh: false });
    }
    Ok(all)
}

/// What a post may see of an event; nothing when it may not even know of it.
pub(crate) fn sees(acara: &Acara, post: Id, read: &[Pimpinan]) -> Option<Pandangan> {
    if acara.pencatat == post || acara.wakil.as_ref().is_some_and(|(wakil, _)| *wakil == post) {
        return Some(Pandangan::Utuh);
    }
    let leader = read.iter().find(|one| one.jabatan == acara.pimpinan)?;
    Some(if leader.utuh || !acara.isi.tertutup { Pandangan::Utuh } else { Pandangan::Waktu })
}

/// May a post change an event? It keeps the agenda and sees what it changes.
pub(crate) fn may_change(acara: &Acara, post: Id, kept: &[Pimpinan]) -> bool {
    kept.iter().any(|one| one.jabatan == acara.pimpinan) && sees(acara, post, kept) == Some(Pandangan::Utuh)
}
