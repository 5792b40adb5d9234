//! What a naskah's page says of the orders given on it.

use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Act, Icon, Markup};

use super::LIST;
use crate::{
    HANDLE, READ,
    disposisi::{
        pages::{chain, confirm, give},
        store as orders,
        write::PAGE,
    },
    naskah::Naskah,
};

/// The part of the page about orders.
pub(super) struct Perintah {
    /// What an aide wrote down and the reader must confirm.
    pub(super) waiting: Option<Markup>,
    /// Who was ordered what, and what became of it.
    pub(super) chain: Option<Markup>,
    pub(super) acts: Vec<Act>,
}

/// What whoever asks sees of the orders and may do about them.
pub(super) fn part(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Perintah, Problem> {
    let waiting = confirm::boxes(ctx, tx, naskah.id)?;
    let given = orders::tujuan_of_surat(tx, naskah.id)?;
    let sifat = naskah.isi.sifat;
    let chain = if given.is_empty() { None } else { Some(chain::draw(ctx, tx, naskah.id, sifat, true)?) };
    let mine = ctx.scope()?.acting.as_ref().map(|acting| acting.jabatan);
    let address = format!("{LIST}/{}", naskah.id);
    let mut acts = Vec::new();
    for one in given.iter().filter(|one| Some(one.kepada) == mine && one.status.is_open()) {
        acts.push(Act::link("Buka disposisi untuk Anda", format!("{PAGE}/{}", one.id)).icon(Icon::Forward).main());
    }
    let gives = ctx.may(HANDLE) && give::desk(ctx, tx, give::On::Naskah(naskah.id)).is_ok();
    if gives {
        let label = if given.is_empty() { "Disposisikan naskah" } else { "Tambah disposisi" };
        acts.push(Act::link(label, format!("{address}/disposisi")).icon(Icon::Forward));
    }
    if (gives || !given.is_empty()) && ctx.may(READ) {
        acts.push(Act::link("Cetak lembar disposisi", format!("{address}/lembar-disposisi")).icon(Icon::Print));
    }
    Ok(Perintah { waiting, chain, acts })
}
