//! The bar of saved views above a list, and the page where they are kept in order.

use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Method, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, Icon, Markup, PageHeader, Row, Table, Tone, badge, frame, html, icon,
};

use super::{Draft, Refusal, Tampilan, address, canonical, check, of, store};

/// The views of the present list: each a link, and a small form that saves what is shown now. For the top of a list's page.
///
/// # Errors
/// When the database cannot be read.
pub fn bar(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let daftar = ctx.incoming().path.clone();
    let views = of(tx, ctx, &daftar)?;
    let now = canonical(&ctx.incoming().query);
    let is_saved = views.iter().any(|view| view.kueri == now);
    Ok(html! {
        @if !views.is_empty() || !now.is_empty() {
            div.tampilan {
                @if !views.is_empty() {
                    ul.saring aria-label="Tampilan tersimpan" {
                        li { a.cip href=(address(&daftar, "")) aria-current=[now.is_empty().then_some("true")] { span { "Semua" } } }
                        @for view in &views {
                            li { a.cip href=(view.href()) aria-current=[(view.kueri == now).then_some("true")] {
                                (icon(Icon::Bookmark)) span { (view.nama) }
                            } }
                        }
                    }
                }
                @if !now.is_empty() && !is_saved {
                    details.simpan-tampilan { summary { (icon(Icon::Bookmark)) span { "Simpan tampilan ini" } } (save_form(ctx, &daftar, &now)) }
                }
                @if !views.is_empty() { a.redup href="/desk/tampilan" { "Kelola tampilan" } }
            }
        }
    })
}

fn save_form(ctx: &Ctx, daftar: &str, kueri: &str) -> Form {
    fields(frame::form(ctx, "/desk/tampilan").hidden("daftar", daftar).hidden("kueri", kueri))
}

fn fields(form: Form) -> Form {
    form.field(Field::text("nama", "Nama tampilan").hint("Misalnya \"Surat segera minggu ini\".").required().max_length(40))
        .field(Field::checkbox("bawaan", "Buka daftar ini selalu dengan tampilan ini"))
        .submit("Simpan tampilan")
}

/// GET /desk/tampilan: all views of whoever asks.
pub(crate) fn manage(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::list(tx, &ctx.scope()?.actor.key(), None)?;
    let rows = all.iter().map(|view| {
        Row::new(vec![
            view.nama.as_str().into(),
            Cell::new(list_name(ctx, &view.daftar)),
            if view.bawaan { badge(Tone::Good, "Pembuka daftar").into() } else { Cell::empty() },
            Cell::new(acts(ctx, view)),
        ])
        .href(view.href())
    });
    let table = Table::new("Tampilan tersimpan")
        .column(Column::text("Tampilan"))
        .column(Column::text("Daftar"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Tindakan"))
        .rows(rows)
        .empty(EmptyState::new(
            Icon::Bookmark,
            "Belum ada tampilan tersimpan",
            "Saring sebuah daftar, lalu pilih Simpan tampilan ini di atas daftarnya.",
        ));
    let header = PageHeader::new("Tampilan tersimpan").purpose("Daftar yang sering Anda buka, lengkap dengan saringannya.");
    let undo = ctx.query("dihapus").and_then(|id| id.parse::<Id>().ok());
    Ok(frame::respond(ctx, &header, html! { @if let Some(id) = undo { (undo_act(ctx, id)) } (table) }))
}

fn undo_act(ctx: &Ctx, id: Id) -> Markup {
    let act = Act::post("Urungkan penghapusan", format!("/desk/tampilan/{id}/pulihkan"), ctx.csrf(), ctx.form_id().to_string());
    html! { div.aksi { (act) } }
}

fn acts(ctx: &Ctx, view: &Tampilan) -> Markup {
    let post = |label: &str, what: &str| {
        Act::post(label, format!("/desk/tampilan/{}/{what}", view.id), ctx.csrf(), ctx.form_id().to_string())
    };
    let begin = if view.bawaan {
        post("Jangan jadikan pembuka", "bawaan")
    } else {
        post("Jadikan pembuka", "bawaan").value("bawaan", "ya")
    };
    html! { div.aksi { (begin) (Act::link("Ganti nama", format!("/desk/tampilan/{}", view.id))) (post("Hapus tampilan", "hapus")) } }
}

/// GET /desk/tampilan/{id}: another name for it.
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (view, _) = own(ctx, tx)?;
    Ok(frame::respond(
        ctx,
        &edit_header(&view),
        rename_form(frame::form(ctx, view_address(&view)).hidden("versi", view.versi.to_string()), &view),
    ))
}

fn edit_header(view: &Tampilan) -> PageHeader {
    PageHeader::new(format!("Ganti nama \"{}\"", view.nama)).crumb("Tampilan tersimpan", "/desk/tampilan")
}

fn view_address(view: &Tampilan) -> String {
    format!("/desk/tampilan/{}", view.id)
}

fn rename_form(form: Form, view: &Tampilan) -> Form {
    form.field(Field::text("nama", "Nama tampilan").value(&view.nama).required().max_length(40))
        .submit("Simpan nama")
        .cancel("Batal", "/desk/tampilan")
}

/// POST /desk/tampilan/{id}.
pub(crate) fn rename(ctx: &Ctx, input: &Input) -> Outcome {
    let (view, _) = ctx.read(|tx| own(ctx, tx))?;
    let existing = ctx.read(|tx| of(tx, ctx, &view.daftar))?;
    let draft =
        Draft { daftar: view.daftar.clone(), nama: input.text("nama").into(), kueri: view.kueri.clone(), bawaan: view.bawaan };
    let checked = match check(draft, &existing, Some(view.id)) {
        Ok(checked) => checked,
        Err(refusal) => {
            let form = frame::form_again(ctx, view_address(&view), input).hidden("versi", input.text("versi"));
            let form = rename_form(form.problems(&refusal.fields()), &view);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &edit_header(&view), form)));
        }
    };
    let versi = input.text("versi").parse().unwrap_or(view.versi);
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        if !store::rename(tx, view.id, &checked.nama, versi)? {
            return Err(Problem::Conflict);
        }
        Ok("/desk/tampilan".to_owned())
    })?;
    Ok(response.with_notice("Nama tampilan sudah diganti."))
}

/// POST /desk/tampilan: saves the list as it is shown.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let pemilik = ctx.scope()?.actor.key();
    let draft = Draft {
        daftar: input.text("daftar").into(),
        nama: input.text("nama").into(),
        kueri: input.text("kueri").into(),
        bawaan: input.text("bawaan") == "ya",
    };
    if !is_list(ctx, &draft.daftar) {
        return Err(Problem::refused(Refusal::NoList));
    }
    let existing = ctx.read(|tx| of(tx, ctx, &draft.daftar))?;
    let checked = match check(draft, &existing, None) {
        Ok(checked) => checked,
        Err(refusal) => return save_again(ctx, input, &refusal),
    };
    let notice = format!("Tampilan \"{}\" tersimpan.", checked.nama);
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        let id = store::insert(tx, &pemilik, &checked)?;
        if checked.bawaan {
            store::begin_with(tx, &pemilik, &checked.daftar, Some(id))?;
        }
        Ok::<_, Problem>(address(&checked.daftar, &checked.kueri))
    })?;
    Ok(response.with_notice(&notice))
}

fn save_again(ctx: &Ctx, input: &Input, refusal: &Refusal) -> Outcome {
    let back = address(input.text("daftar"), input.text("kueri"));
    let mut form = frame::form_again(ctx, "/desk/tampilan", input)
        .hidden("daftar", input.text("daftar"))
        .hidden("kueri", input.text("kueri"))
        .problems(&refusal.fields());
    if refusal.fields().is_empty() {
        form = form.refusal(refusal.message(), "");
    }
    let header = PageHeader::new("Simpan tampilan").crumb("Tampilan tersimpan", "/desk/tampilan");
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, fields(form).cancel("Kembali ke daftar", back))))
}

/// POST /desk/tampilan/{id}/bawaan: begin the list with it, or no longer.
pub(crate) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    let (view, _) = ctx.read(|tx| own(ctx, tx))?;
    let (pemilik, wanted) = (ctx.scope()?.actor.key(), input.text("bawaan") == "ya");
    let notice = if wanted { "Daftar itu kini dibuka dengan tampilan ini." } else { "Daftar itu kini dibuka tanpa saringan." };
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        store::begin_with(tx, &pemilik, &view.daftar, wanted.then_some(view.id))?;
        Ok::<_, Problem>("/desk/tampilan".to_owned())
    })?;
    Ok(response.with_notice(notice))
}

/// POST /desk/tampilan/{id}/hapus.
pub(crate) fn remove(ctx: &Ctx, input: &Input) -> Outcome {
    let (view, _) = ctx.read(|tx| own(ctx, tx))?;
    let (id, notice) = (view.id, format!("Tampilan \"{}\" dihapus.", view.nama));
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        store::remove(tx, id)?;
        Ok::<_, Problem>(format!("/desk/tampilan?dihapus={id}"))
    })?;
    Ok(response.with_notice(&notice))
}

/// POST /desk/tampilan/{id}/pulihkan.
pub(crate) fn bring_back(ctx: &Ctx, input: &Input) -> Outcome {
    let (view, removed) = ctx.read(|tx| own(ctx, tx))?;
    let existing = ctx.read(|tx| of(tx, ctx, &view.daftar))?;
    let draft = Draft { daftar: view.daftar.clone(), nama: view.nama.clone(), kueri: view.kueri.clone(), bawaan: false };
    check(draft, &existing, Some(view.id)).map_err(Problem::refused)?;
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        if removed {
            store::bring_back(tx, &view)?;
        }
        Ok::<_, Problem>("/desk/tampilan".to_owned())
    })?;
    Ok(response.with_notice("Tampilan itu sudah kembali."))
}

fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Tampilan, bool), Problem> {
    let id: Id = ctx.param("id")?;
    store::get(tx, &ctx.scope()?.actor.key(), id)?.ok_or(Problem::NotFound)
}

/// Is this the address of a page of this box that whoever asks may open?
fn is_list(ctx: &Ctx, daftar: &str) -> bool {
    !daftar.contains('{')
        && routes(ctx).any(|route| route.path == daftar && route.method == Method::Get && ctx.allows(route.access))
}

fn routes(ctx: &Ctx) -> impl Iterator<Item = &'static praja_module::Route> {
    let on = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    on.flat_map(|module| module.routes.iter())
}

/// What a list is called: its entry in the rail, else what its page is for.
fn list_name(ctx: &Ctx, daftar: &str) -> String {
    let entry = ctx.menu().into_iter().find(|(_, entry)| entry.href == daftar).map(|(_, entry)| entry.label.to_owned());
    let purpose = || routes(ctx).find(|route| route.path == daftar).map(|route| route.purpose.to_owned());
    entry.or_else(purpose).unwrap_or_else(|| daftar.to_owned())
}
