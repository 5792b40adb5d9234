use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Act, Facts, Field, Form, Markup, PageHeader, Tone, act_bar, decision, frame, html};

use super::{act::acting, back_to, below};
use crate::{
    disposisi::{Disposisi, Konfirmasi, Refusal, Side, instruksi, pokok::Pokok, store, write},
    kerja::Kerja,
};

/// Where the leader's word is asked.
pub(crate) const CONFIRM: &str = "/eoffice/pembenaran";

/// What the aide wrote down for whoever asks, on the page of its letter or naskah: one tap confirms it.
pub(crate) fn boxes(ctx: &Ctx, tx: &mut Tx<'_>, pokok: Id) -> Result<Option<Markup>, Problem> {
    let Some(acting) = &ctx.scope()?.acting else { return Ok(None) };
    let orders = store::of_surat(tx, pokok)?;
    let mine: Vec<&Disposisi> =
        orders.iter().filter(|one| one.dari == acting.jabatan && one.konfirmasi == Konfirmasi::Menunggu).collect();
    if mine.is_empty() {
        return Ok(None);
    }
    let mut all = Vec::new();
    for one in mine {
        let to: Vec<String> = store::tujuan_of(tx, one.id)?.into_iter().map(|tujuan| tujuan.kepada_jabatan).collect();
        let (nama, jabatan) = one.dicatat.clone().unwrap_or_default();
        let acts = [
            Act::post("Benarkan disposisi", format!("{CONFIRM}/{}", one.id), ctx.csrf(), ctx.form_id().to_string()).main(),
            Act::link("Tidak benar", format!("{CONFIRM}/{}/batal", one.id)),
        ];
        all.push(html! {
            div.pesan.awas role="status" {
                div {
                    p.pesan-judul { (nama) " (" (jabatan) ") mencatat disposisi atas arahan Anda" }
                    p { "Kepada " (to.join("; ")) ": " (instruksi::texts(&one.instruksi).join("; ")) "." }
                    @if !one.catatan.is_empty() { p.kutipan { (one.catatan) } }
                    (act_bar(&acts))
                }
            }
        });
    }
    Ok(Some(html! { @for one in &all { (one) } }))
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<(Disposisi, Pokok), Problem> {
    let disposisi = store::find(tx, id)?.ok_or(Problem::NotFound)?;
    let pokok = Pokok::find(tx, ctx.scope()?, disposisi.pokok, disposisi.surat)?.ok_or(Problem::NotFound)?;
    if ctx.scope()?.acting.as_ref().map(|acting| acting.jabatan) != Some(disposisi.dari) {
        return Err(Problem::refused(Refusal::NotYours(Side::Giver)));
    }
    Ok((disposisi, pokok))
}

/// POST /eoffice/pembenaran/{id}
pub(crate) fn yes(ctx: &Ctx, input: &Input) -> Outcome {
    let id = ctx.param("id")?;
    ctx.read(|tx| load(ctx, tx, id))?;
    Ok(decide(ctx, input, id, true)?.with_notice("Disposisi sudah Anda benarkan."))
}

/// GET /eoffice/pembenaran/{id}/batal
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (disposisi, pokok) = load(ctx, tx, ctx.param("id")?)?;
    let form = fields(frame::form(ctx, format!("{CONFIRM}/{}/batal", disposisi.id)), &pokok);
    Ok(frame::respond(ctx, &header(&pokok), content(&disposisi, &form)))
}

/// POST /eoffice/pembenaran/{id}/batal
pub(crate) fn no(ctx: &Ctx, input: &Input) -> Outcome {
    let id = ctx.param("id")?;
    if input.text("alasan").is_empty() {
        return again(ctx, input, id, &Refusal::NoReason("Alasan belum ditulis."));
    }
    ctx.read(|tx| load(ctx, tx, id))?;
    Ok(decide(ctx, input, id, false)?.with_notice("Disposisi itu dibatalkan. Yang didisposisi kembali menunggu arahan Anda."))
}

fn decide(ctx: &Ctx, input: &Input, id: Id, yes: bool) -> Result<Response, Problem> {
    let (kerja, scope, jabatan) = (Kerja::of(ctx), ctx.scope()?.clone(), acting(ctx)?);
    let alasan: String = input.text("alasan").chars().take(500).collect();
    ctx.submit(input, Keys::none(), move |tx| {
        let disposisi = store::find(tx, id)?.ok_or(Problem::NotFound)?;
        let pokok = Pokok::find_opened(tx, &scope, disposisi.pokok, disposisi.surat)?.ok_or(Problem::NotFound)?;
        let to = pokok.tautan();
        write::confirm(tx, &kerja, pokok, disposisi, jabatan, yes, &alasan)?;
        Ok(to)
    })
}

fn header(pokok: &Pokok) -> PageHeader {
    below(pokok, "Batalkan disposisi yang dicatat")
}

fn content(disposisi: &Disposisi, form: &Form) -> Markup {
    let (nama, jabatan) = disposisi.dicatat.clone().unwrap_or_default();
    let facts = Facts::new()
        .add("Dicatat oleh", format!("{nama} ({jabatan})"))
        .add("Instruksi", instruksi::texts(&disposisi.instruksi).join("; "))
        .add_maybe("Catatan", Some(&disposisi.catatan).filter(|catatan| !catatan.is_empty()));
    let lines = [
        "Penerima yang belum membaca tidak lagi melihatnya; yang sudah membaca dibebaskan.",
        "Pencatatannya membaca alasan Anda.",
    ];
    decision(Tone::Warn, "Bila disposisi ini tidak Anda benarkan", &lines, &facts, form)
}

fn fields(form: Form, pokok: &Pokok) -> Form {
    form.field(Field::textarea("alasan", "Alasan").rows(3).required().hint("Apa yang seharusnya dicatat."))
        .submit_danger("Batalkan disposisi")
        .cancel(back_to(pokok), pokok.tautan())
}

fn again(ctx: &Ctx, input: &Input, id: Id, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let (disposisi, pokok) = load(ctx, tx, id)?;
        let form = frame::form_again(ctx, format!("{CONFIRM}/{id}/batal"), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = content(&disposisi, &fields(form, &pokok));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&pokok), content)))
    })
}
