//! The lookup routes that pickers ask: regions, classification codes, correspondents.

use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::picker::{self, Choice, MOST};

use crate::{instansi, klasifikasi, wilayah};

/// GET /desk/pilih/wilayah?q=
pub(crate) fn wilayah(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let lookup = wilayah::Lookup::of(&ctx.instance().paket);
    let found = lookup.search(&asked(ctx), MOST + 1);
    let choices = found.into_iter().map(|one| Choice::new(&one.kode, &one.nama).note(lookup.path(one)));
    Ok(picker::answer(choices.collect(), false))
}

/// GET /desk/pilih/klasifikasi?q=: without a word, what the asker used last.
pub(crate) fn klasifikasi(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let list = klasifikasi::Klasifikasi::in_force(tx, ctx.instance())?;
    let asked = asked(ctx);
    let found: Vec<_> = if asked.is_empty() {
        let recent = klasifikasi::recent(tx, &ctx.scope()?.actor.key())?;
        recent.iter().filter_map(|kode| list.get(kode)).collect()
    } else {
        list.search(&asked, MOST + 1)
    };
    let above = |kode: &klasifikasi::Kode| kode.induk().and_then(|above| list.uraian(above)).unwrap_or_default().to_owned();
    Ok(picker::answer(found.into_iter().map(|one| Choice::new(&one.kode, one.label()).note(above(one))).collect(), false))
}

/// GET /desk/pilih/instansi?q=
pub(crate) fn instansi(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = instansi::suggest(tx, &asked(ctx), MOST + 1)?;
    Ok(picker::answer(found.iter().map(choice).collect(), false))
}

fn asked(ctx: &Ctx) -> String {
    ctx.query("q").unwrap_or_default().chars().take(100).collect()
}

/// A correspondent as a choice.
pub(crate) fn choice(one: &instansi::Instansi) -> Choice {
    Choice::new(one.id, &one.nama).note(one.jenis.label())
}
