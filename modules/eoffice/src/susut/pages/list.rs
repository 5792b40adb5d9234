use praja_kernel::{Date, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Markup, Row, Table,
    export::{self, Col, Format, Sheet, respond},
    frame, html, section,
};

use super::{LIST, address, choose_address, status_badge, under};
use crate::{
    arsip::{
        pages::{Part, me, parts},
        store::{self as files, PAGE},
    },
    susut::{Jenis, Susut, fate, store},
};

/// Candidates are counted to so many.
const COUNTED: usize = 100;
/// Rows taken along at most.
const MOST_ROWS: usize = 10_000;
/// Rows read at once for a file.
const STEP: usize = 500;

fn asked(ctx: &Ctx) -> Result<Option<Jenis>, Problem> {
    ctx.query("jenis").map(|word| Jenis::parse(word).map_err(|_| Problem::NotFound)).transpose()
}

/// GET /eoffice/arsip/penyusutan?jenis=…&sebelum=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, jenis) = (me(ctx)?, asked(ctx)?);
    let here = Address::here(ctx).top().without("tampilan");
    let before = ctx.query("sebelum").map(|text| text.parse::<i64>().map_err(|_| Problem::NotFound)).transpose()?;
    let mut rows = store::list(tx, acting.opd, jenis, before, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|row| here.clone().set("sebelum", row.nomor.to_string()).href());
    let narrowed = |word: &str| here.clone().without("sebelum").set("jenis", word).href();
    let mut table = columns().chip("Semua", narrowed(""), jenis.is_none());
    for one in Jenis::ALL {
        table = table.chip(one.label(), narrowed(one.as_str()), jenis == Some(*one));
    }
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let zona = ctx.instance().zona;
    let rows: Vec<Row> = rows.iter().map(|one| line(one, zona.date(one.created_at))).collect();
    let table =
        table.rows(rows).pager(before.is_some().then(|| here.clone().without("sebelum").href()), next).empty(EmptyState::new(
            Icon::Archive,
            "Belum ada daftar penyusutan",
            "Daftar pemindahan, pemusnahan, dan penyerahan arsip OPD Anda tampil di sini beserta berita acaranya.",
        ));
    let header = under("Penyusutan").purpose(format!("Pemindahan, pemusnahan, dan penyerahan arsip {}.", acting.opd_nama));
    let waiting = waiting(ctx, tx)?;
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Penyusutan)) (waiting) (table) }))
}

/// What may be moved, destroyed or handed over now.
fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let (opd, today) = (me(ctx)?.opd, ctx.today());
    let mut all = Vec::new();
    for jenis in Jenis::ALL {
        let count = files::candidates(tx, opd, fate(*jenis), None, today, None, COUNTED)?.len();
        let words = if count >= COUNTED { format!("{COUNTED} berkas atau lebih") } else { format!("{count} berkas") };
        all.push((*jenis, count, words));
    }
    Ok(section(
        "Menunggu penyusutan",
        html! {
            ul.tautan {
                @for (jenis, count, words) in &all {
                    li {
                        @if *count == 0 { (jenis.label()) ": tidak ada berkas yang menunggu" }
                        @else { a href=(choose_address(*jenis)) { (jenis.label()) ": " (words) } }
                    }
                }
            }
        },
    ))
}

fn columns() -> Table {
    Table::new("Daftar penyusutan")
        .column(Column::text("Jenis dan nomor"))
        .column(Column::number("Berkas").key("isi"))
        .column(Column::text("Persetujuan").wide_only().key("persetujuan"))
        .column(Column::text("Disusun oleh").key("oleh"))
        .column(Column::date("Disusun pada").key("pada"))
        .column(Column::text("Status").corner())
}

fn line(one: &Susut, day: Date) -> Row {
    Row::new(vec![
        html! { (one.jenis.label()) br; span.redup { "nomor " (one.nomor) } }.into(),
        one.jumlah.to_string().into(),
        one.persetujuan.map_or_else(Cell::empty, |whose| whose.label().into()),
        one.oleh_nama.clone().into(),
        tanggal_pendek(day).into(),
        Cell::new(status_badge(one.status)),
    ])
    .href(address(one))
}

/// GET /eoffice/arsip/penyusutan/unduh?jenis=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, jenis, zona) = (me(ctx)?, asked(ctx)?, ctx.instance().zona);
    let mut sheet = Sheet::new("Daftar penyusutan arsip")
        .about("OPD", &acting.opd_nama)
        .column(Col::int("Nomor"))
        .column(Col::text("Jenis"))
        .column(Col::int("Berkas"))
        .column(Col::text("Persetujuan"))
        .column(Col::text("Disusun oleh"))
        .column(Col::date("Disusun pada"))
        .column(Col::text("Status"));
    let mut before = None;
    sheet.gather(MOST_ROWS, export::narrow, |sheet| {
        let rows = store::list(tx, acting.opd, jenis, before, STEP)?;
        before = rows.last().map(|row| row.nomor);
        for one in &rows {
            sheet.push(vec![
                one.nomor.into(),
                one.jenis.label().into(),
                one.jumlah.into(),
                one.persetujuan.map(|whose| whose.label().to_owned()).into(),
                (&one.oleh_nama).into(),
                Some(zona.date(one.created_at)).into(),
                one.status.label().into(),
            ]);
        }
        Ok::<_, Problem>(rows.len() == STEP)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "daftar-penyusutan")
}
