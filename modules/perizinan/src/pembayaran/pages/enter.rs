use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Markup, Tone, decision, form::Width, frame, page};

use super::address;
use crate::{
    pembayaran::{read, write},
    skrd::{
        Refusal, Skrd, Status,
        pages::{self, below, load},
        store,
        write::keys,
    },
};

const TITLE: &str = "Catat setoran STS";

fn action(skrd: &Skrd) -> String {
    format!("{}/setor", pages::address(skrd.id))
}

fn content(ctx: &Ctx, skrd: &Skrd, form: Form) -> Result<Markup, Problem> {
    let owed = skrd.owed(ctx.today()).map_err(Problem::refused)?;
    let form = form
        .field(
            Field::text("sts", "Nomor STS")
                .max_length(60)
                .hint("Surat tanda setoran ke kas daerah. Tanpa nomor ini setoran tidak dapat dicatat.")
                .required(),
        )
        .field(Field::date("tanggal", "Tanggal setor").hint("Tanggal uang masuk kas daerah, menurut STS.").required())
        .field(Field::money("jumlah", "Jumlah disetor").hint(format!("Bila disetor hari ini: {owed}.")).required())
        .field(Field::textarea("catatan", "Catatan").rows(2).width(Width::Full).max_length(500))
        .submit("Catat setoran")
        .cancel("Kembali ke SKRD", pages::address(skrd.id));
    let facts = Facts::new()
        .add("SKRD", &skrd.nomor)
        .add("Wajib retribusi", &skrd.nama)
        .add("Jumlah", skrd.jumlah.to_string())
        .add("Jatuh tempo", tanggal_panjang(skrd.jatuh_tempo));
    let told = &[
        "Setoran menunggu konfirmasi petugas lain; Anda tidak dapat mengonfirmasi setoran sendiri.",
        "SKRD menjadi lunas sesudah dikonfirmasi, dan permohonannya berlanjut.",
    ];
    Ok(decision(Tone::Info, "Yang akan terjadi", told, &facts, &form))
}

/// GET /perizinan/izin/retribusi/skrd/{id}/setor
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let skrd = load(ctx, tx)?;
    if skrd.status != Status::Terbit {
        let keadaan = skrd.status.label().to_lowercase();
        return Err(Problem::refused(Refusal::Closed { nomor: skrd.nomor, keadaan }));
    }
    let content = content(ctx, &skrd, frame::form(ctx, action(&skrd)))?;
    Ok(frame::respond(ctx, &below(&skrd, TITLE), content))
}

/// POST /perizinan/izin/retribusi/skrd/{id}/setor
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let skrd = ctx.read(|tx| load(ctx, tx))?;
    let setoran = match read(&skrd, &|name| input.text(name).to_owned(), ctx.today()) {
        Ok(setoran) => setoran,
        Err(refusal) => return again(ctx, input, &skrd, &refusal),
    };
    let (id, opd) = (skrd.id, skrd.opd);
    let saved = ctx.submit(input, keys(opd, ctx.today()), move |tx| {
        let skrd = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        write::propose(tx, &skrd, &setoran).map(address)
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Setoran sudah dicatat dan menunggu konfirmasi petugas lain.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &skrd, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, skrd: &Skrd, refusal: &dyn Refuse) -> Outcome {
    let form =
        frame::form_again(ctx, action(skrd), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    Ok(Response::form_again(page(&frame::shell(ctx), &below(skrd, TITLE), content(ctx, skrd, form)?)))
}
