//! Sending, and the expedition book: how a naskah reached those outside this box.

use praja_identity::opd;
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Markup, Tone, decision, frame, html};

use super::{LIST, below, kind, load, meja, short_facts, show};
use crate::naskah::{
    Naskah, Refusal, Status,
    alur::Langkah,
    store,
    tujuan::{Cara, Keadaan, Penerima},
    write::{TABLE, send},
};

/// Longest name of who took it.
const LONGEST: usize = 160;

fn action(naskah: &Naskah) -> String {
    format!("{LIST}/{}/kirim", naskah.id)
}

/// GET /eoffice/naskah/{id}/kirim: to whom it goes, and how.
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    check(ctx, &naskah)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let all = send::recipients(tx, &naskah)?;
    let here = all.iter().filter(|one| one.cara == Cara::Praja).count();
    let facts = short_facts(&naskah, &kind).add(
        "Penerima",
        html! { ul { @for one in &all { li { (one.nama) span.redup { " · " (one.peran.label()) ", " (one.cara.label()) } } } } },
    );
    let lines = [
        format!("{here} penerima di Praja menerimanya seketika dan diberi tahu."),
        format!("{} penerima di luar Praja masuk buku ekspedisi; catat pengirimannya pada halaman naskah.", all.len() - here),
        "Daftar penerima tersimpan seperti saat ini.".to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let form =
        frame::form(ctx, action(&naskah)).submit("Kirim naskah").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
    Ok(frame::respond(
        ctx,
        &below(&naskah, &kind, "Kirim naskah"),
        decision(Tone::Info, "Yang akan terjadi", &lines, &facts, &form),
    ))
}

fn check(ctx: &Ctx, naskah: &Naskah) -> Result<(), Problem> {
    if !show::dispatches(ctx, naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status == Status::Tertandatangani {
        Ok(())
    } else {
        Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Kirim, status: naskah.status }))
    }
}

/// POST /eoffice/naskah/{id}/kirim
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind, office) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        let office = opd::name(tx, naskah.opd)?.unwrap_or_default();
        Ok::<_, Problem>((naskah, kind, office))
    })?;
    if !show::dispatches(ctx, &naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    let (scope, id) = (ctx.scope()?.clone(), naskah.id);
    ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        send::send(tx, &meja, naskah, &kind.nama, &office)?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })
    .map(|response| response.with_notice("Naskah sudah dikirim."))
}

fn recipient(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Naskah, Penerima), Problem> {
    let naskah = load(ctx, tx)?;
    if !show::dispatches(ctx, &naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    let id: Id = ctx.param("penerima")?;
    let found = store::penerima::of(tx, naskah.id)?.into_iter().find(|one| one.id == id && one.cara != Cara::Praja);
    Ok((naskah, found.ok_or(Problem::NotFound)?))
}

/// GET /eoffice/naskah/{id}/penerima/{penerima}
pub(crate) fn record(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (naskah, one) = recipient(ctx, tx)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let form = record_fields(frame::form(ctx, record_action(&naskah, &one)), &naskah, &one);
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Catat pengiriman"), record_page(&one, &form)))
}

fn record_action(naskah: &Naskah, one: &Penerima) -> String {
    format!("{LIST}/{}/penerima/{}", naskah.id, one.id)
}

fn record_page(one: &Penerima, form: &Form) -> Markup {
    html! { (Facts::new().add("Penerima", &one.nama).add("Keadaan", one.keadaan.label())) (form) }
}

fn record_fields(form: Form, naskah: &Naskah, one: &Penerima) -> Form {
    let ways: Vec<(&str, &str)> =
        Cara::ALL.iter().filter(|cara| **cara != Cara::Praja).map(|cara| (cara.as_str(), cara.label())).collect();
    form.field(Field::radio("cara", "Dikirim lewat", &ways).value(one.cara.as_str()))
        .field(Field::checkbox("diterima", "Sudah diterima"))
        .field(Field::text("tanda_terima", "Nama penerima atau nomor resi").max_length(160).hint("Wajib bila sudah diterima."))
        .submit("Simpan pengiriman")
        .cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id))
}

/// POST /eoffice/naskah/{id}/penerima/{penerima}
pub(crate) fn save_record(ctx: &Ctx, input: &Input) -> Outcome {
    let (naskah, one) = ctx.read(|tx| recipient(ctx, tx))?;
    let receipt = input.text("tanda_terima").split_whitespace().collect::<Vec<_>>().join(" ");
    let got = !input.text("diterima").is_empty();
    let mut problems = Vec::new();
    let cara = Cara::parse(input.text("cara")).ok().filter(|cara| *cara != Cara::Praja);
    if cara.is_none() {
        problems.push(FieldProblem::new("cara", "Cara kirim belum dipilih."));
    }
    if got && receipt.is_empty() {
        problems.push(FieldProblem::new("tanda_terima", "Tulis siapa yang menerima, atau nomor resinya."));
    }
    let length = receipt.chars().count();
    if length > LONGEST {
        problems.push(FieldProblem::new("tanda_terima", format!("Tulisan {length} huruf; paling panjang {LONGEST} huruf.")));
    }
    let Some(cara) = cara.filter(|_| problems.is_empty()) else {
        let refusal = Refusal::Fields(problems);
        return ctx.read(|tx| {
            let (kind, _) = kind(tx, &naskah.jenis)?;
            let form = frame::form_again(ctx, record_action(&naskah, &one), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = record_page(&one, &record_fields(form, &naskah, &one));
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(&naskah, &kind, "Catat pengiriman"), content)))
        });
    };
    let (id, penerima) = (naskah.id, one.id);
    ctx.submit(input, Keys::none(), move |tx| {
        let now = tx.now()?;
        let found = store::penerima::of(tx, id)?.into_iter().find(|one| one.id == penerima);
        let mut one = found.ok_or(Problem::NotFound)?;
        one.cara = cara;
        one.dikirim_pada = one.dikirim_pada.or(Some(now));
        one.keadaan = if got { Keadaan::Diterima } else { Keadaan::Dikirim };
        one.diterima_pada = got.then_some(now);
        one.tanda_terima = Some(receipt.clone()).filter(|text| !text.is_empty());
        store::penerima::save(tx, &one)?;
        let act = praja_store::audit::Entry::new("eoffice.dispatch-naskah", TABLE, id);
        tx.audit(&act.with("penerima", &one.nama).with("cara", cara.as_str()).with("keadaan", one.keadaan.as_str()))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })
    .map(|response| response.with_notice("Pengiriman sudah dicatat."))
}
