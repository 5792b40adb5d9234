use praja_kernel::{Id, Moment, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table,
    export::{self, Cell as Out, Col, Format, Sheet, respond},
    frame, html,
};

use super::{LIST, address};
use crate::{
    pembayaran::{
        Cara, Status,
        store::{self, Baris, PAGE},
    },
    skrd::pages::{self, Part, me, parts},
};

const MOST: usize = 10_000;
const STEP: usize = 500;

fn asked(ctx: &Ctx) -> Result<Option<Status>, Problem> {
    let word = ctx.query("keadaan").filter(|word| !word.is_empty());
    word.map(|word| Status::parse(word).map_err(|_| Problem::NotFound)).transpose()
}

fn cursor(text: &str) -> Option<(Moment, Id)> {
    let (at, id) = text.split_once('_')?;
    Some((Moment(at.parse().ok()?), id.parse().ok()?))
}

/// GET /perizinan/izin/retribusi/setoran?keadaan=…&sebelum=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, status) = (me(ctx)?, asked(ctx)?);
    let before = ctx.query("sebelum").map(|text| cursor(text).ok_or(Problem::NotFound)).transpose()?;
    let mut rows = store::list(tx, acting.opd, status, before, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let here = Address::here(ctx).top();
    let older = rows.last().filter(|_| more).map(|row| {
        let place = format!("{}_{}", row.pembayaran.created_at.ms(), row.pembayaran.id);
        here.clone().set("sebelum", place).href()
    });
    let narrowed = |word: &str| here.clone().without("sebelum").set("keadaan", word).href();
    let mut table = Table::new("Daftar setoran")
        .column(Column::text("Referensi"))
        .column(Column::text("SKRD"))
        .column(Column::text("Wajib retribusi"))
        .column(Column::number("Jumlah"))
        .column(Column::date("Tanggal bayar"))
        .column(Column::text("Dicatat oleh").wide_only())
        .column(Column::text("Keadaan").corner())
        .chip("Semua", narrowed(""), status.is_none());
    for one in Status::ALL {
        table = table.chip(one.label(), narrowed(one.as_str()), status == Some(*one));
    }
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let nothing = if status.is_none() {
        EmptyState::new(
            Icon::Cash,
            "Belum ada setoran",
            "Setoran tercatat dari berkas bank yang cocok, atau dengan STS dari halaman sebuah SKRD.",
        )
    } else {
        EmptyState::new(Icon::Cash, "Tidak ada setoran yang cocok", "Pilih saringan lain.")
            .action(Link::new("Tampilkan semua setoran", LIST))
    };
    let first = before.is_some().then(|| here.clone().without("sebelum").href());
    let table = table.rows(rows.iter().map(line)).pager(first, older).empty(nothing);
    let header = PageHeader::new("Setoran")
        .purpose("Pembayaran dari berkas bank, dan STS yang dicatat satu petugas lalu dikonfirmasi petugas lain.")
        .crumb("Retribusi", pages::LIST);
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Setoran)) (table) }))
}

fn line(row: &Baris) -> Row {
    let one = &row.pembayaran;
    let href = match (one.cara, one.berkas) {
        (Cara::Bank, Some(berkas)) => crate::bank::pages::address(berkas),
        _ => address(one.id),
    };
    let reference = if one.referensi.is_empty() { "tanpa referensi" } else { one.referensi.as_str() };
    Row::new(vec![
        html! { (reference) br; span.redup { (one.cara.label()) } }.into(),
        row.nomor.as_str().into(),
        row.nama.as_str().into(),
        one.jumlah.to_string().into(),
        Cell::date(tanggal_pendek(one.tanggal), one.tanggal.to_string()),
        one.oleh_nama.as_str().into(),
        Cell::new(pages::payment_badge(one)),
    ])
    .href(href)
}

/// GET /perizinan/izin/retribusi/setoran/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, status) = (me(ctx)?, asked(ctx)?);
    let mut sheet = Sheet::new("Daftar setoran")
        .about("Perangkat daerah", &acting.opd_nama)
        .column(Col::text("Referensi"))
        .column(Col::text("Cara"))
        .column(Col::text("Nomor SKRD"))
        .column(Col::text("Wajib retribusi"))
        .column(Col::date("Tanggal bayar"))
        .column(Col::rupiah("Jumlah"))
        .column(Col::rupiah("Bunga di dalamnya"))
        .column(Col::text("Dicatat oleh"))
        .column(Col::moment("Dicatat pada"))
        .column(Col::text("Diputuskan oleh"))
        .column(Col::text("Keadaan"));
    let (zona, mut before) = (ctx.instance().zona, None);
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::list(tx, acting.opd, status, before, STEP)?;
        before = rows.last().map(|row| (row.pembayaran.created_at, row.pembayaran.id));
        let more = rows.len() == STEP;
        for row in rows {
            let one = row.pembayaran;
            sheet.push(vec![
                (&one.referensi).into(),
                one.cara.label().into(),
                (&row.nomor).into(),
                (&row.nama).into(),
                one.tanggal.into(),
                one.jumlah.into(),
                one.denda.into(),
                (&one.oleh_nama).into(),
                Out::moment(zona, one.created_at),
                (&one.putus_nama).into(),
                one.status.label().into(),
            ]);
        }
        Ok::<_, Problem>(more)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "setoran-retribusi")
}
