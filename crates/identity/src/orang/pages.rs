use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Field, Form, FormValues, Icon, PageHeader, Row, Table, frame, html};

use super::store::{Filter, page, posts_on};
use crate::opd::{Reach, reach};

/// Rows of one page.
const PAGE: usize = 50;

/// GET /identity/orang: people by name, with the posts they hold today.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kata = ctx.query("q").unwrap_or_default().to_owned();
    let after = (ctx.query("fold").unwrap_or_default().to_owned(), ctx.query("id").unwrap_or_default().to_owned());
    let is_first = after.1.is_empty();
    let opd = match reach(ctx, tx)? {
        Reach::All => None,
        Reach::Only(ids) => Some(ids),
    };
    let filter = Filter { opd, kata: kata.clone(), sesudah: after };
    let mut people = page(tx, &filter, ctx.today(), PAGE as i64)?;
    let more = people.len() > PAGE;
    people.truncate(PAGE);
    let next = people.last().filter(|_| more).map(|last| {
        let mut address = Form::get("/identity/orang").hidden("fold", &last.fold).hidden("id", last.id.to_string());
        if !kata.is_empty() {
            address = address.hidden("q", &kata);
        }
        address.submit_as("Nama berikutnya", "hal", "berikut")
    });
    let mut rows = Vec::new();
    for orang in &people {
        let posts = posts_on(tx, orang.id, ctx.today())?;
        let held = html! { @for (jabatan, opd) in &posts { div { (jabatan) " (" (opd) ")" } } };
        let nip = orang.nip.as_deref().map_or_else(Cell::empty, |nip| nip.into());
        let held = if posts.is_empty() { Cell::empty() } else { Cell::new(held) };
        rows.push(Row::new(vec![orang.nama.as_str().into(), held, nip]));
    }
    let table = Table::new("Pegawai dan pejabat")
        .column(Column::text("Nama"))
        .column(Column::text("Jabatan hari ini"))
        .column(Column::text("NIP").wide_only())
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Tidak ada yang ditemukan", "Periksa ejaan nama, atau kosongkan pencarian."));
    let search = Form::get("/identity/orang")
        .values(FormValues::default().with("q", &kata))
        .field(Field::search("q", "Nama atau NIP").hint("Sebagian nama, atau angka awal NIP."))
        .submit("Cari pegawai");
    let header = PageHeader::new("Pegawai").purpose("Pegawai dan pejabat dengan jabatan yang dipegang hari ini.");
    let content = html! {
        (search)
        (table)
        @if !is_first { p { a href="/identity/orang" { "Kembali ke awal daftar" } } }
        @if let Some(next) = next { (next) }
    };
    Ok(frame::respond(ctx, &header, content))
}
