use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::frame;

use super::{
    Terms, at,
    begin::{REPLACES, told, with_replacing},
    found, show, terms, versi,
};
use crate::penugasan::{
    Refusal,
    acts::{self, Asker},
    midnight::key,
};

const PURPOSE: &str = "Perbaiki cara dan tanggalnya, atau perpanjang. Pegawai dan jabatannya tetap.";

/// GET /identity/penugasan/{id}/ubah
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx, ctx.param("id")?)?;
    let start = Terms {
        jenis: one.held.jenis,
        mulai: one.held.mulai.to_string(),
        sampai: one.held.sampai.map(|day| day.to_string()).unwrap_or_default(),
        dasar: one.dasar.clone().unwrap_or_default(),
    };
    let form = frame::form(ctx, action(one.held.id)).hidden("versi", one.versi.to_string());
    let form = terms(form, Some(&start)).submit("Simpan perubahan").cancel("Kembali ke penugasan", at(one.held.id));
    let header = show::header(tx, &one, "Ubah penugasan", PURPOSE)?;
    Ok(frame::respond(ctx, &header, form))
}

/// POST /identity/penugasan/{id}/ubah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (today, id, versi) = (ctx.today(), ctx.param::<Id>("id")?, versi(input)?);
    let one = ctx.read(|tx| found(ctx, tx, id))?;
    let replaces = input.text(REPLACES.0) == REPLACES.1;
    let read = acts::terms(input.text("jenis"), input.text("mulai"), input.text("sampai"), input.text("dasar"), replaces, today);
    let read = match read {
        Ok(read) => read,
        Err(problems) => return again(ctx, input, id, &Refusal::Fields(problems)),
    };
    let asker = Asker::of(ctx)?;
    let saved = ctx.submit(input, Keys::of([key(one.held.jabatan)]), move |tx| {
        acts::change(tx, &asker, id, versi, &read)?;
        Ok::<_, Problem>(at(id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan penugasan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, id, &*refusal),
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, input: &Input, id: Id, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, action(id), input).hidden("versi", input.text("versi"));
    let form = with_replacing(terms(told(form, refusal), None).submit("Simpan perubahan"), refusal);
    let form = form.cancel("Kembali ke penugasan", at(id));
    let header = ctx.read(|tx| {
        let one = found(ctx, tx, id)?;
        show::header(tx, &one, "Ubah penugasan", PURPOSE)
    })?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, form)))
}

fn action(id: Id) -> String {
    format!("{}/ubah", at(id))
}
