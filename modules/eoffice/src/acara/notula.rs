//! Minutes of an event: a naskah that begins with what the agenda knows.

use praja_kernel::{Id, hari_tanggal, jam};
use praja_module::{Ctx, Problem};
use praja_store::{Keys, Tx};
use praja_web::FormValues;

use super::{Acara, Refusal, hak, store, write};
use crate::surat_masuk::pages::form::acting;

/// The event that a form speaks of, when whoever asks keeps its agenda.
///
/// # Errors
/// [`Problem::NotFound`] for an event they may not see, [`Refusal::NoAgenda`] for one they do not keep.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>, text: &str) -> Result<Option<Acara>, Problem> {
    let Ok(id) = text.parse::<Id>() else { return Ok(None) };
    let post = acting(ctx).map_err(Problem::refused)?.jabatan;
    let acara = store::find(tx, id)?.ok_or(Problem::NotFound)?;
    let kept = hak::of(ctx, tx)?;
    if hak::may_change(&acara, post, &kept) { Ok(Some(acara)) } else { Err(Problem::refused(Refusal::NoAgenda)) }
}

/// What the form of minutes or a report begins with.
pub(crate) fn begun(ctx: &Ctx, tx: &mut Tx<'_>, acara: &Acara) -> Result<FormValues, Problem> {
    let zona = ctx.instance().zona;
    let (from, until) = (zona.local(acara.isi.mulai), zona.local(acara.isi.selesai));
    let leader = praja_identity::jabatan::label(tx, acara.pimpinan, from.date())?;
    Ok(FormValues::new()
        .with("hal", &acara.isi.judul)
        .with("bidang_hari", hari_tanggal(from.date()))
        .with("bidang_waktu", format!("{} sampai {} {zona}", jam(from), jam(until)))
        .with("bidang_tempat", &acara.isi.tempat)
        .with("bidang_pimpinan", leader)
        .with("bidang_isi", acara.hasil.clone().unwrap_or_default()))
}

/// What a write that attaches minutes must hold.
pub(crate) fn keys(acara: Option<&Acara>) -> Keys {
    acara.map_or_else(Keys::none, |acara| write::keys(acara.pimpinan))
}

/// The naskah that was begun belongs to the event. Another one in the meantime is kept: the later is the one that is meant.
pub(crate) fn attach(tx: &mut Tx<'_>, acara: Id, naskah: Id) -> Result<(), Problem> {
    let acara = store::find(tx, acara)?.ok_or(Problem::NotFound)?;
    write::attach_naskah(tx, acara, naskah)
}
