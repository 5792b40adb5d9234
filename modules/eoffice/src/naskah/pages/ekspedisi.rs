//! The expedition book: by period, on paper with room for signatures, and as a spreadsheet.

use praja_kernel::{Id, Moment, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, Notice, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet, narrow, respond},
    frame, html,
};

use super::LIST;
use crate::{
    naskah::{
        store::ekspedisi::{Bagian, Baris, list},
        tujuan::Keadaan,
    },
    periode::Periode,
    surat_masuk::{pages::form::acting, store::PAGE},
};

/// Where the book is.
pub(crate) const BOOK: &str = "/eoffice/buku-ekspedisi";
/// Rows on paper at most.
const PAPER: usize = 1000;
/// Rows taken along at most.
const MOST: usize = 10_000;

/// The part of the book that a page shows.
fn part(ctx: &Ctx, periode: &Periode, setelah: Option<(Moment, Id)>, terbaru: bool) -> Bagian {
    let zona = ctx.instance().zona;
    let after = periode.sampai.tomorrow().unwrap_or(periode.sampai);
    Bagian { dari: zona.at(periode.dari.at(0, 0, 0, 0)), sebelum: zona.at(after.at(0, 0, 0, 0)), setelah, terbaru }
}

fn opd(ctx: &Ctx) -> Result<Id, Problem> {
    Ok(acting(ctx).map_err(Problem::refused)?.opd)
}

/// GET /eoffice/buku-ekspedisi?dari=…&sampai=…&cetak=1&setelah=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (own, asked) = (opd(ctx)?, Periode::of_month(ctx));
    let paper = ctx.query("cetak").is_some();
    let read = |text: &str| {
        let (at, id) = text.split_once('.')?;
        Some((Moment(at.parse().ok()?), id.parse().ok()?))
    };
    let after = match ctx.query("setelah") {
        Some(text) => Some(read(text).ok_or(Problem::NotFound)?),
        None => None,
    };
    let size = if paper { PAPER } else { PAGE };
    let mut rows = list(tx, ctx.scope()?, own, part(ctx, &asked, after, !paper), size + 1)?;
    let more = rows.len() > size;
    rows.truncate(size);
    let period = asked.words();
    let mut table = Table::new("Buku ekspedisi")
        .column(Column::date("Tanggal"))
        .column(Column::text("Nomor naskah"))
        .column(Column::text("Hal"))
        .column(Column::text("Penerima"))
        .column(Column::text("Cara kirim"))
        .column(Column::text("Diterima oleh"))
        .column(if paper { Column::text("Tanda tangan") } else { Column::text("Keadaan").corner() })
        .rows(rows.iter().map(|row| line(ctx, row, paper)));
    let mut header = PageHeader::new("Buku ekspedisi");
    if paper {
        let office = ctx.scope()?.acting.as_ref().map(|acting| acting.opd_nama.clone()).unwrap_or_default();
        header = header.purpose(format!("{office}, {period}."));
        let content = html! {
            @if more { (Notice::new(Tone::Warn, format!("Hanya {PAPER} baris pertama yang dicetak")).text("Persempit periodenya, atau unduh sebagai Excel.")) }
            div.lanskap { (table) }
        };
        return Ok(frame::respond(ctx, &header, content));
    }
    let here = Address::here(ctx).top();
    header = header.purpose(format!("Naskah yang dikirim ke luar Praja, {period}."));
    let filters = Filters::new(&here)
        .field(Field::date("dari", "Dikirim dari").value(asked.dari.to_string()))
        .field(Field::date("sampai", "Sampai").value(asked.sampai.to_string()))
        .problems(&asked.wrong);
    table = asked.chips(table, &here, ctx.today());
    if !rows.is_empty() {
        let paper = here.clone().set("cetak", "1").href();
        table = table.export(Link::new("Cetak", paper).icon(Icon::Print)).downloads(&here.clone().at(format!("{BOOK}/unduh")));
    }
    let next =
        rows.last().filter(|_| more).map(|row| here.clone().set("setelah", format!("{}.{}", row.masuk_pada.ms(), row.id)).href());
    let empty = EmptyState::new(
        Icon::Book,
        "Tidak ada kiriman ke luar dalam periode ini",
        "Penerima di luar Praja masuk buku ini ketika naskahnya dikirim.",
    )
    .action(Link::new("Tampilkan bulan ini", BOOK));
    Ok(frame::respond(ctx, &header, table.pager(after.map(|_| here.href()), next).empty(empty).above(filters)))
}

fn line(ctx: &Ctx, row: &Baris, paper: bool) -> Row {
    let zona = ctx.instance().zona;
    let day = zona.date(row.masuk_pada);
    let receipt = match row.diterima_pada {
        Some(at) => html! { (row.tanda_terima) br; span.redup { (frame::time(zona, at).0) } },
        None => html! { (row.tanda_terima) },
    };
    let last = if paper {
        // Room for a pen.
        Cell::from("\u{a0}")
    } else {
        let tone = if row.keadaan == Keadaan::Diterima { Tone::Good } else { Tone::Warn };
        Cell::new(badge(tone, row.keadaan.label()))
    };
    let one = Row::new(vec![
        tanggal_pendek(day).into(),
        row.nomor.as_str().into(),
        row.hal.as_str().into(),
        row.penerima.as_str().into(),
        row.cara.label().into(),
        Cell::new(receipt),
        last,
    ]);
    if paper { one } else { one.href(format!("{LIST}/{}/penerima/{}", row.naskah, row.id)) }
}

/// GET /eoffice/buku-ekspedisi/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (own, asked, zona) = (opd(ctx)?, Periode::of_month(ctx), ctx.instance().zona);
    let mut sheet = Sheet::new("Buku ekspedisi")
        .about("Periode", asked.short())
        .column(Col::date("Tanggal"))
        .column(Col::text("Nomor naskah"))
        .column(Col::text("Hal"))
        .column(Col::text("Penerima"))
        .column(Col::text("Cara kirim"))
        .column(Col::text("Diterima oleh"))
        .column(Col::moment("Diterima pada"))
        .column(Col::text("Keadaan"));
    let mut after = None;
    sheet.gather(MOST, narrow, |sheet| {
        let rows = list(tx, ctx.scope()?, own, part(ctx, &asked, after, false), 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        after = Some((last.masuk_pada, last.id));
        for row in rows {
            sheet.push(vec![
                zona.date(row.masuk_pada).into(),
                row.nomor.into(),
                row.hal.into(),
                row.penerima.into(),
                row.cara.label().into(),
                row.tanda_terima.into(),
                row.diterima_pada.map(|at| export::Cell::moment(zona, at)).unwrap_or(export::Cell::Empty),
                row.keadaan.label().into(),
            ]);
        }
        Ok::<_, Problem>(true)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "buku-ekspedisi")
}
