use praja_module::{Ctx, Input, Outcome, Problem};

use super::{address, load};
use crate::{
    bank::{store, write},
    skrd::write::keys,
};

/// POST /perizinan/izin/retribusi/bank/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| load(ctx, tx))?;
    let apply = match input.text("aksi") {
        "terapkan" => true,
        "buang" => false,
        _ => return Err(Problem::Unreadable("formulir ini tidak lengkap")),
    };
    let (id, opd, at) = (one.id, one.opd, ctx.instance().zona.local(ctx.now()));
    let saved = ctx.submit(input, keys(opd, ctx.today()), move |tx| {
        let one = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        if apply {
            write::apply(tx, one, at)?
        } else {
            write::discard(tx, one)?
        }
        Ok::<_, Problem>(address(id))
    })?;
    Ok(saved.with_notice(if apply { "Baris yang cocok sudah diterapkan." } else { "Berkas ini tidak dipakai." }))
}
