//! The comments on the page of what they are about, and the two acts: say, take back.

use praja_kernel::{Id, Moment, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Undo, seal, unseal};
use praja_store::{Keys, Result, Tx};
use praja_web::{Act, Field, Form, Icon, Link, Markup, PageHeader, frame, html, icon};

use super::{
    GOOD_MS, Komentar, MAX_LETTERS, add, check,
    files::{self, FIELD},
    get, may_take_back, of, put_back, take_back,
};
use crate::attachments::{self, Attachment, Rule};

/// What the seal of a leave to comment is for.
const PURPOSE: &str = "komentar";

/// The comments on `objek` with the form for the next one. Drawn by the page of `objek`, which has checked that it may be seen;
/// whoever sends the form comes back to that page.
pub fn section(ctx: &Ctx, tx: &mut Tx<'_>, objek: &str) -> Result<Markup> {
    let comments = of(tx, objek)?;
    let attached = files::of(tx, &comments)?;
    Ok(html! {
        section.bagian #komentar {
            h2 { "Komentar" }
            @if comments.is_empty() { p.redup { "Belum ada komentar. Tulis di bawah agar rekan Anda membacanya di sini." } }
            @else { ol.riwayat { @for one in &comments { (line(ctx, one, &attached)) } } }
            (form(ctx, objek))
        }
    })
}

fn line(ctx: &Ctx, one: &Komentar, attached: &[(String, Attachment)]) -> Markup {
    let (when, machine) = frame::time(ctx.instance().zona, one.pada);
    let who = one.jabatan.as_ref().map_or_else(|| one.oleh_nama.clone(), |jabatan| format!("{} ({jabatan})", one.oleh_nama));
    let mine = ctx.scope().is_ok_and(|scope| may_take_back(one, &scope.actor.key(), ctx.now()).is_ok());
    html! {
        li.netral #{ "komentar-" (one.id) } {
            (icon(Icon::Comment))
            div {
                p { strong { (who) } }
                @if one.dihapus.is_some() { p.redup { "Komentar ini ditarik oleh penulisnya." } }
                @else {
                    @for line in one.isi.split('\n') { p { (line) } }
                    (files::list(ctx, one.id, attached))
                }
                p.redup { time datetime=(machine) { (when) } }
                @if mine && one.dihapus.is_none() {
                    (Act::post("Tarik komentar", format!("/desk/komentar/{}/tarik", one.id), ctx.csrf(), ctx.form_id().to_string())
                        .value("kembali", &ctx.incoming().path))
                }
            }
        }
    }
}

fn form(ctx: &Ctx, objek: &str) -> Markup {
    let Ok(scope) = ctx.scope() else { return html! {} };
    let until = ctx.now().plus_ms(GOOD_MS).ms();
    let leave = [objek, &scope.actor.key(), &until.to_string(), &ctx.incoming().path].join("\n");
    html! { (fields(frame::form(ctx, "/desk/komentar").hidden("izin", seal(ctx.instance().keys(), PURPOSE, &leave)))) }
}

fn fields(form: Form) -> Form {
    let most = u32::try_from(MAX_LETTERS).unwrap_or(u32::MAX);
    form.multipart()
        .field(
            Field::textarea("isi", "Komentar Anda")
                .rows(3)
                .required()
                .max_length(most)
                .hint("Dibaca semua yang boleh membuka halaman ini."),
        )
        .field(attachments::field(FIELD, "Lampiran komentar").multiple().stepwise())
        .submit("Kirim komentar")
}

/// What a form may do, as [`form`] sealed it.
struct Leave {
    objek: String,
    back: String,
}

/// The leave that a form brought, when it was made for whoever sends it and not too long ago.
fn leave(ctx: &Ctx, input: &Input) -> Result<Leave, Problem> {
    let opened = unseal(ctx.instance().keys(), PURPOSE, input.text("izin")).ok_or(Problem::StaleForm)?;
    let parts: Vec<&str> = opened.split('\n').collect();
    let [objek, pelaku, until, back] = parts.as_slice() else { return Err(Problem::StaleForm) };
    let good = until.parse().is_ok_and(|until| ctx.now() <= Moment(until)) && *pelaku == ctx.scope()?.actor.key();
    if !good {
        return Err(Problem::refused(super::Refusal::OldPage));
    }
    Ok(Leave { objek: (*objek).to_owned(), back: (*back).to_owned() })
}

/// POST /desk/komentar
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let Leave { objek, back } = leave(ctx, input)?;
    let isi = input.raw("isi").to_owned();
    if let Err(refusal) = check(&isi) {
        return Ok(again(ctx, input, &back, &refusal));
    }
    let uploads = match attachments::received(ctx, input, FIELD, &Rule::ANY) {
        Ok(uploads) => uploads,
        Err(Problem::Refused(refusal)) => return Ok(again(ctx, input, &back, &*refusal)),
        Err(other) => return Err(other),
    };
    let to = format!("{back}#komentar");
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        add(tx, &objek, &isi, &uploads)?;
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(saved.with_notice("Komentar sudah dikirim."))
}

fn again(ctx: &Ctx, input: &Input, back: &str, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, "/desk/komentar", input)
        .hidden("izin", input.raw("izin"))
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let form = fields(form).cancel("Kembali tanpa berkomentar", back);
    let header = PageHeader::new("Kirim komentar").purpose("Komentar tampil pada halaman naskahnya.");
    let link = Link::new("Kembali ke halaman naskah", back);
    let content = html! { (form) p { a href=(link.href) { (link.label) } } };
    Response::form_again(praja_web::page(&frame::shell(ctx), &header, content))
}

/// POST /desk/komentar/{id}/tarik
pub(crate) fn withdraw(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let back = page_of(input);
    let to = format!("{back}#komentar");
    let (before, had_files) =
        ctx.read(|tx| Ok::<_, Problem>((get(tx, id)?, !attachments::of(tx, &files::objek(id))?.is_empty())))?;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        take_back(tx, id)?;
        Ok::<_, Problem>(to.clone())
    })?;
    let said = if had_files {
        "Komentar sudah ditarik. Lampirannya terhapus; yang dapat dikembalikan hanya kata-katanya."
    } else {
        "Komentar sudah ditarik."
    };
    Ok(match before.filter(|one| one.dihapus.is_none() && one.isi.len() <= SHORT) {
        Some(one) => saved.with_undo(ctx, said, &way_back(ctx, &one, back)),
        None => saved.with_notice(said),
    })
}

/// What the seal of a withdrawn comment is for.
const WITHDRAWN: &str = "komentar-ditarik";
/// Longest comment in bytes that the cookie of the way back holds. Longer ones are withdrawn for good: their words are kept nowhere.
const SHORT: usize = 700;

/// The words travel sealed with the reader's browser and nowhere else: what is not brought back is gone.
fn way_back(ctx: &Ctx, one: &Komentar, back: &str) -> Undo {
    let kept = format!("{}\n{}", one.id, one.isi);
    Undo::new("Kembalikan komentar", format!("/desk/komentar/{}/pulihkan", one.id))
        .value("isi", seal(ctx.instance().keys(), WITHDRAWN, &kept))
        .value("kembali", back)
}

/// POST /desk/komentar/{id}/pulihkan
pub(crate) fn restore(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let kept = unseal(ctx.instance().keys(), WITHDRAWN, input.text("isi")).ok_or(Problem::StaleForm)?;
    let (of, isi) = kept.split_once('\n').ok_or(Problem::StaleForm)?;
    if of != id.to_string() {
        return Err(Problem::StaleForm);
    }
    let (isi, to) = (isi.to_owned(), format!("{}#komentar", page_of(input)));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        put_back(tx, id, &isi)?;
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(saved.with_notice("Komentar sudah dikembalikan."))
}

/// The page of ours from which an act was sent.
fn page_of(input: &Input) -> &str {
    Some(input.text("kembali")).filter(|path| path.starts_with('/') && !path.starts_with("//")).unwrap_or("/")
}
