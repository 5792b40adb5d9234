//! The list of attachments on the page of what they belong to, the field that takes them, and opening one: inline where the browser shows it, saved where the reader asks for it, and never without being written
//! down where it is restricted.

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Cell, Column, EmptyState, Facts, Field, Icon, PageHeader, Row, Table, Tone, badge_with, confirm, frame, html};

use super::{ACCEPT, Attachment, Kind, MAX_MIB, find};

/// The field of a form that takes attachments; ask `.multiple()` for several at once.
pub fn field(name: &str, label: &str) -> Field {
    Field::file(name, label, ACCEPT).hint("PDF, JPEG, PNG, WebP, atau TIFF.").max_mib(MAX_MIB)
}

/// The attachments of a thing, for its page. A restricted one says so before it is opened.
pub fn table(ctx: &Ctx, attachments: &[Attachment]) -> Table {
    let zona = ctx.instance().zona;
    let row = |one: &Attachment| {
        let restricted = one.dibatasi.then(|| badge_with(Tone::Warn, Icon::Lock, "Dibatasi"));
        Row::new(vec![
            one.nama.as_str().into(),
            one.size().into(),
            Cell::date(tanggal_pendek(zona.date(one.pada)), frame::time(zona, one.pada).0),
            one.oleh.as_str().into(),
            match restricted {
                Some(badge) => badge.into(),
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

/// GET /desk/lampiran/{id}: the file, or for a restricted one the page that asks first. `?unduh=1` saves it.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = find(tx, ctx.scope()?, ctx.param("id")?)?;
    let (attachment, _, alamat) = found.ok_or(Problem::NotFound)?;
    if attachment.dibatasi {
        return Ok(ask_first(ctx, &attachment));
    }
    file(tx, attachment, &alamat, ctx.query("unduh").is_some())
}

/// POST /desk/lampiran/{id}: opens a restricted file and writes down who did. A GET only reads, so it cannot.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, id) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let save = !input.text("unduh").is_empty();
    ctx.write(Keys::none(), move |tx| {
        let (attachment, objek, alamat) = find(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        let act = Entry { tindakan: "desk.open-lampiran", objek, ..Entry::default() };
        tx.audit(&act.with("lampiran", id).with("nama", &attachment.nama))?;
        file(tx, attachment, &alamat, save)
    })
}

fn file(tx: &mut Tx<'_>, attachment: Attachment, alamat: &str, save: bool) -> Outcome {
    let kind = Kind::parse(&attachment.mime).map_err(|_| StoreError::unknown_word("jenis berkas", &attachment.mime))?;
    let blob = tx.blob(alamat)?.ok_or_else(|| StoreError::Corrupt(format!("blob {alamat} has no row")))?;
    let inline = kind.is_shown() && !save;
    Ok(Response::of(Body::File { blob, mime: attachment.mime, name: attachment.nama, inline }))
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
