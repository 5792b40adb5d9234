//! The list of attachments on the page of what they belong to, the field that takes them, and opening one: inline where the browser shows it, saved where the reader asks for it, and never without being written
//! down where it is restricted.

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Body, Ctx, Input, Jenis, Outcome, Problem, Response, Writer, seal, unseal};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Icon, Link, PageHeader, Row, Table, Tone, badge, badge_with, confirm, frame,
    html,
};

use super::{ACCEPT, Attachment, Kind, MAX_MIB, Rule, find, move_up, pdf, store};

/// What the seal of a leave to see the pages of a restricted attachment is for.
const PURPOSE: &str = "lampiran";
/// Such a leave is good for ten minutes: as long as the pages take to load, and a little.
const GOOD_MS: i64 = 10 * 60 * 1000;
/// Asks for several pictures as one document.
const BOUND: &str = "pdf";

/// The field of a form that takes attachments; ask `.multiple()` for several at once.
pub fn field(name: &str, label: &str) -> Field {
    Field::file(name, label, ACCEPT).hint("PDF, JPEG, PNG, WebP, atau TIFF.").max_mib(MAX_MIB)
}

/// A field for a use of its own.
pub fn field_for(name: &str, label: &str, rule: &Rule) -> Field {
    let field = Field::file(name, label, rule.accept()).hint(format!("{}.", rule.words())).max_mib(rule.max_bytes >> 20);
    if rule.max_files > 1 { field.multiple() } else { field }
}

/// The attachments of a thing, for its page. A restricted one says so before it is opened.
pub fn table(ctx: &Ctx, attachments: &[Attachment]) -> Table {
    let zona = ctx.instance().zona;
    let row = |one: &Attachment| {
        let restricted = one.dibatasi.then(|| badge_with(Tone::Warn, Icon::Lock, "Dibatasi"));
        Row::new(vec![
            if one.halaman > 1 { format!("{} ({} halaman)", one.nama, one.halaman).into() } else { one.nama.as_str().into() },
            one.size().into(),
            Cell::date(tanggal_pendek(zona.date(one.pada)), frame::time(zona, one.pada).0),
            one.oleh.as_str().into(),
            match restricted {
                _ if one.dimusnahkan.is_some() => badge(Tone::Neutral, "Sudah dimusnahkan").into(),
                Some(badge) => badge.into(),
                None if one.halaman > 1 => {
                    html! { a href={ (one.href()) "?" (BOUND) "=1" } { "Unduh PDF" span.senyap { " " (one.nama) } } }.into()
                }
                None => html! { a href={ (one.href()) "?unduh=1" } { "Unduh" span.senyap { " " (one.nama) } } }.into(),
            },
        ])
        .href(one.href())
    };
    Table::new("Lampiran")
        .column(Column::text("Berkas"))
        .column(Column::number("Ukuran"))
        .column(Column::date("Diunggah"))
        .column(Column::text("Oleh").wide_only())
        .column(Column::text("Tindakan").corner())
        .rows(attachments.iter().map(row))
        .empty(EmptyState::new(Icon::Attachment, "Belum ada lampiran", "Pindaian dan berkas pendukung akan tampil di sini."))
}

/// GET /desk/lampiran/{id}: the file, or for a restricted one the page that asks first. `?unduh=1` saves it; `?pdf=1` saves several
/// pictures as one document.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = find(tx, ctx.scope()?, ctx.param("id")?)?;
    let (attachment, _, alamat) = found.ok_or(Problem::NotFound)?;
    if let Some(told) = destroyed(ctx, &attachment) {
        return Ok(told);
    }
    let bound = attachment.halaman > 1 && ctx.query(BOUND).is_some();
    if attachment.dibatasi && !(bound && has_leave(ctx, &attachment, &ctx.scope()?.actor.key())) {
        return Ok(ask_first(ctx, &attachment));
    }
    if bound {
        return one_pdf(ctx, tx, &attachment);
    }
    if attachment.halaman > 1 {
        return pages(ctx, tx, &attachment);
    }
    file(tx, attachment, &alamat, ctx.query("unduh").is_some())
}

/// The pictures of an attachment as one document.
fn one_pdf(ctx: &Ctx, tx: &mut Tx<'_>, attachment: &Attachment) -> Outcome {
    let mut pages = Vec::new();
    for page in store::pages(tx, attachment.id)? {
        let kind = Kind::parse(&page.mime).map_err(|_| StoreError::unknown_word("jenis berkas", &page.mime))?;
        let blob = tx.blob(&page.alamat)?.ok_or_else(|| StoreError::Corrupt(format!("blob {} has no row", page.alamat)))?;
        pages.push((kind, blob));
    }
    let instance = ctx.instance().clone();
    let latihan = instance.jenis == Jenis::Contoh;
    let title = attachment.nama.rsplit_once('.').map_or(attachment.nama.as_str(), |(stem, _)| stem).to_owned();
    let name = format!("{title}.pdf");
    let write = Writer::new(move |out| pdf::write(out, &instance.blobs, &title, &pages, latihan));
    Ok(Response::of(Body::Stream { write, mime: "application/pdf", name }))
}

/// A file of one thing, for whoever has checked its reader; several pictures come as one document.
///
/// # Errors
/// [`Problem::NotFound`] when the thing has no such file.
pub fn of_thing(ctx: &Ctx, tx: &mut Tx<'_>, objek: &str, id: Id, save: bool) -> Outcome {
    let (attachment, alamat) = store::of_thing(tx, objek, id)?.ok_or(Problem::NotFound)?;
    if let Some(told) = destroyed(ctx, &attachment) {
        return Ok(told);
    }
    if attachment.halaman > 1 {
        return one_pdf(ctx, tx, &attachment);
    }
    file(tx, attachment, &alamat, save)
}

/// A picture of an attachment of one or several, for a page that has checked its reader itself.
pub(crate) fn picture(tx: &mut Tx<'_>, id: Id, urut: i64) -> Outcome {
    let (attachment, alamat) = store::get(tx, id)?.filter(|(one, _)| one.dimusnahkan.is_none()).ok_or(Problem::NotFound)?;
    if attachment.halaman == 1 && urut == 1 {
        return file(tx, attachment, &alamat, false);
    }
    let page = store::pages(tx, id)?.into_iter().find(|page| page.urut == urut).ok_or(Problem::NotFound)?;
    let alamat = page.alamat.clone();
    file(tx, Attachment { nama: page.nama, mime: page.mime, ..attachment }, &alamat, false)
}

/// POST /desk/lampiran/{id}: opens a restricted file and writes down who did. A GET only reads, so it cannot.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, id) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let save = !input.text("unduh").is_empty();
    let again = ctx.clone();
    ctx.write(Keys::none(), move |tx| {
        let (attachment, objek, alamat) = find(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        if let Some(told) = destroyed(&again, &attachment) {
            return Ok(told);
        }
        let act = Entry { tindakan: "desk.open-lampiran", objek, ..Entry::default() };
        tx.audit(&act.with("lampiran", id).with("nama", &attachment.nama))?;
        if attachment.halaman > 1 {
            return pages(&again, tx, &attachment);
        }
        file(tx, attachment, &alamat, save)
    })
}

/// The pages of an attachment one below the other, as a reader turns them.
fn pages(ctx: &Ctx, tx: &mut Tx<'_>, attachment: &Attachment) -> Outcome {
    let scope = ctx.scope()?;
    let leave = if attachment.dibatasi {
        let until = ctx.now().plus_ms(GOOD_MS).ms();
        format!("?izin={}", seal(ctx.instance().keys(), PURPOSE, &format!("{}\n{}\n{until}", attachment.id, scope.actor.key())))
    } else {
        String::new()
    };
    let own = store::attached_by(tx, attachment.id)?.is_some_and(|oleh| oleh == scope.actor.key());
    let list = store::pages(tx, attachment.id)?;
    let and = if leave.is_empty() { '?' } else { '&' };
    let header = PageHeader::new(&attachment.nama)
        .purpose(format!("{} halaman, {}.", list.len(), attachment.size()))
        .action(Link::new("Unduh satu PDF", format!("{}{leave}{and}{BOUND}=1", attachment.href())).icon(Icon::Download));
    let content = html! {
        ol.halaman-lampiran {
            @for page in &list {
                li {
                    figure {
                        a href={ (attachment.href()) "/halaman/" (page.urut) (leave) } {
                            img src={ (attachment.href()) "/halaman/" (page.urut) (leave) } alt={ "Halaman " (page.urut) " dari " (list.len()) } loading="lazy";
                        }
                        figcaption { "Halaman " (page.urut) span.redup { " · " (page.nama) } }
                    }
                    @if own && page.urut > 1 {
                        (Act::post("Naikkan halaman", format!("{}/halaman/{}/naik", attachment.href(), page.urut), ctx.csrf(), ctx.form_id().to_string())
                            .icon(Icon::SortUp))
                    }
                }
            }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /desk/lampiran/{id}/halaman/{urut}: one picture of an attachment of several. Of a restricted one only with the leave that its
/// opening gave, so that every look is written down.
pub(crate) fn page(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let scope = ctx.scope()?;
    let (attachment, _, _) = find(tx, scope, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let leave = !attachment.dibatasi || has_leave(ctx, &attachment, &scope.actor.key());
    if !leave || attachment.dimusnahkan.is_some() {
        return Err(Problem::NotFound);
    }
    let urut: i64 = ctx.param("urut")?;
    let page = store::pages(tx, attachment.id)?.into_iter().find(|page| page.urut == urut).ok_or(Problem::NotFound)?;
    let alamat = page.alamat.clone();
    file(tx, Attachment { nama: page.nama, mime: page.mime, ..attachment }, &alamat, false)
}

fn has_leave(ctx: &Ctx, attachment: &Attachment, pelaku: &str) -> bool {
    let opened = ctx.query("izin").and_then(|sealed| unseal(ctx.instance().keys(), PURPOSE, sealed)).unwrap_or_default();
    let parts: Vec<&str> = opened.split('\n').collect();
    let [id, whose, until] = parts.as_slice() else { return false };
    *id == attachment.id.to_string() && *whose == pelaku && until.parse().is_ok_and(|until: i64| ctx.now().ms() <= until)
}

/// POST /desk/lampiran/{id}/halaman/{urut}/naik
pub(crate) fn raise(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, id, urut) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?, ctx.param::<i64>("urut")?);
    let moved = ctx.submit(input, Keys::none(), move |tx| {
        move_up(tx, &scope, id, urut)?;
        Ok::<_, Problem>(format!("/desk/lampiran/{id}"))
    })?;
    Ok(moved.with_notice("Urutan halaman sudah diubah."))
}

fn file(tx: &mut Tx<'_>, attachment: Attachment, alamat: &str, save: bool) -> Outcome {
    let kind = Kind::parse(&attachment.mime).map_err(|_| StoreError::unknown_word("jenis berkas", &attachment.mime))?;
    let blob = tx.blob(alamat)?.ok_or_else(|| StoreError::Corrupt(format!("blob {alamat} has no row")))?;
    let inline = kind.is_shown() && !save;
    Ok(Response::of(Body::File { blob, mime: attachment.mime, name: attachment.nama, inline }))
}

/// The page of what was destroyed: what is known of it, and by which berita acara.
fn destroyed(ctx: &Ctx, attachment: &Attachment) -> Option<Response> {
    let (at, dasar) = attachment.dimusnahkan.as_ref()?;
    let header = PageHeader::new(&attachment.nama).purpose("Isi berkas ini sudah dimusnahkan; yang tersisa hanya catatannya.");
    let facts = Facts::new()
        .add("Berkas", &attachment.nama)
        .add("Ukuran", attachment.size())
        .add("Sidik SHA-256", &attachment.sidik)
        .add("Diunggah", format!("{} oleh {}", frame::time(ctx.instance().zona, attachment.pada).0, attachment.oleh))
        .add("Dimusnahkan", frame::time(ctx.instance().zona, *at).0)
        .add("Menurut", dasar);
    Some(frame::respond(ctx, &header, facts))
}

fn ask_first(ctx: &Ctx, attachment: &Attachment) -> Response {
    let header = PageHeader::new("Buka lampiran yang dibatasi").purpose("Hanya penerima yang disebut naskahnya boleh membuka.");
    let facts = Facts::new()
        .add("Berkas", &attachment.nama)
        .add("Ukuran", attachment.size())
        .add("Diunggah", format!("{} oleh {}", frame::time(ctx.instance().zona, attachment.pada).0, attachment.oleh));
    let form = frame::form(ctx, attachment.href()).submit("Buka lampiran").submit_as("Unduh lampiran", "unduh", "1");
    let consequences = ["Nama Anda, jabatan, dan waktu pembukaan dicatat dalam riwayat naskah."];
    frame::respond(ctx, &header, confirm(Tone::Info, &consequences, &facts, &form))
}
