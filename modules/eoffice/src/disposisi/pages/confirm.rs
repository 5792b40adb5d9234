use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Act, Facts, Field, Form, Markup, PageHeader, Tone, act_bar, decision, frame, html};

use super::act::acting;
use crate::{
    disposisi::{Disposisi, Konfirmasi, Refusal, Side, instruksi, store, write},
    kerja::Kerja,
    surat_masuk::{self, SuratMasuk, nomor_agenda, pages::LIST},
};

/// Where the leader's word is asked.
pub(crate) const CONFIRM: &str = "/eoffice/pembenaran";

/// What the aide wrote down for whoever asks, on the page of its letter: one tap confirms it.
pub(crate) fn boxes(ctx: &Ctx, tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<Option<Markup>, Problem> {
    let Some(acting) = &ctx.scope()?.acting else { return Ok(None) };
    let orders = store::of_surat(tx, surat.id)?;
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

fn load(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<(Disposisi, SuratMasuk), Problem> {
    let disposisi = store::find(tx, id)?.ok_or(Problem::NotFound)?;
    let surat = surat_masuk::store::find(tx, ctx.scope()?, disposisi.surat)?.ok_or(Problem::NotFound)?;
    if ctx.scope()?.acting.as_ref().map(|acting| acting.jabatan) != Some(disposisi.dari) {
        return Err(Problem::refused(Refusal::NotYours(Side::Giver)));
    }
    Ok((disposisi, surat))
}

/// POST /eoffice/pembenaran/{id}
pub(crate) fn yes(ctx: &Ctx, input: &Input) -> Outcome {
    let id = ctx.param("id")?;
    ctx.read(|tx| load(ctx, tx, id))?;
    Ok(decide(ctx, input, id, true)?.with_notice("Disposisi sudah Anda benarkan."))
}

/// GET /eoffice/pembenaran/{id}/batal
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (disposisi, surat) = load(ctx, tx, ctx.param("id")?)?;
    let form = fields(frame::form(ctx, format!("{CONFIRM}/{}/batal", disposisi.id)), &surat);
    Ok(frame::respond(ctx, &header(&surat), content(&disposisi, &form)))
}

/// POST /eoffice/pembenaran/{id}/batal
pub(crate) fn no(ctx: &Ctx, input: &Input) -> Outcome {
    let id = ctx.param("id")?;
    if input.text("alasan").is_empty() {
        return again(ctx, input, id, &Refusal::NoReason("Alasan belum ditulis."));
    }
    ctx.read(|tx| load(ctx, tx, id))?;
    Ok(decide(ctx, input, id, false)?.with_notice("Disposisi itu dibatalkan. Surat kembali menunggu arahan Anda."))
}

fn decide(ctx: &Ctx, input: &Input, id: Id, yes: bool) -> Result<Response, Problem> {
    let (kerja, scope, jabatan) = (Kerja::of(ctx), ctx.scope()?.clone(), acting(ctx)?);
    let alasan: String = input.text("alasan").chars().take(500).collect();
    ctx.submit(input, Keys::none(), move |tx| {
        let disposisi = store::find(tx, id)?.ok_or(Problem::NotFound)?;
        let surat = surat_masuk::store::find_opened(tx, &scope, disposisi.surat)?.ok_or(Problem::NotFound)?;
        let to = format!("{LIST}/{}", surat.id);
        write::confirm(tx, &kerja, surat, disposisi, jabatan, yes, &alasan)?;
        Ok(to)
    })
}

fn header(surat: &SuratMasuk) -> PageHeader {
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    PageHeader::new("Batalkan disposisi yang dicatat")
        .purpose(format!("Surat masuk agenda {nomor} dari {}.", surat.isi.asal))
        .crumb("Surat masuk", LIST)
        .crumb(format!("Agenda {nomor}"), format!("{LIST}/{}", surat.id))
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

fn fields(form: Form, surat: &SuratMasuk) -> Form {
    form.field(Field::textarea("alasan", "Alasan").rows(3).required().hint("Apa yang seharusnya dicatat."))
        .submit_danger("Batalkan disposisi")
        .cancel("Kembali ke surat", format!("{LIST}/{}", surat.id))
}

fn again(ctx: &Ctx, input: &Input, id: Id, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let (disposisi, surat) = load(ctx, tx, id)?;
        let form = frame::form_again(ctx, format!("{CONFIRM}/{id}/batal"), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = content(&disposisi, &fields(form, &surat));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&surat), content)))
    })
}
