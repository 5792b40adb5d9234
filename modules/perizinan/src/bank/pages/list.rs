use praja_kernel::{Id, Moment};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table,
    export::{self, Cell as Out, Col, Format, Sheet, respond},
    frame, html,
};

use super::{LIST, address, status_badge};
use crate::{
    bank::store::{self, PAGE},
    skrd::pages::{self, Part, me, parts},
};

const MOST: usize = 10_000;
const STEP: usize = 500;

fn cursor(text: &str) -> Option<(Moment, Id)> {
    let (at, id) = text.split_once('_')?;
    Some((Moment(at.parse().ok()?), id.parse().ok()?))
}

/// GET /perizinan/izin/retribusi/bank?sebelum=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = me(ctx)?;
    let before = ctx.query("sebelum").map(|text| cursor(text).ok_or(Problem::NotFound)).transpose()?;
    let mut rows = store::list(tx, acting.opd, before, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let here = Address::here(ctx).top();
    let older =
        rows.last().filter(|_| more).map(|row| here.clone().set("sebelum", format!("{}_{}", row.created_at.ms(), row.id)).href());
    let first = before.is_some().then(|| here.clone().without("sebelum").href());
    let zona = ctx.instance().zona;
    let table = Table::new("Berkas bank")
        .column(Column::text("Berkas"))
        .column(Column::number("Baris"))
        .column(Column::number("Cocok"))
        .column(Column::number("Nilai cocok"))
        .column(Column::text("Diunggah oleh").wide_only())
        .column(Column::date("Waktu"))
        .column(Column::text("Keadaan").corner());
    let table = if rows.is_empty() { table } else { table.downloads(&here.clone().at(format!("{LIST}/unduh"))) };
    let upload = || Link::new("Unggah berkas bank", format!("{LIST}/baru")).icon(Icon::Upload);
    let table = table
        .rows(rows.iter().map(|one| {
            let (when, _) = frame::time(zona, one.created_at);
            Row::new(vec![
                html! { (one.nama) br; span.redup { (one.profil_nama) } }.into(),
                one.baris.to_string().into(),
                one.cocok.to_string().into(),
                one.nilai.to_string().into(),
                one.oleh_nama.as_str().into(),
                Cell::date(when.clone(), when),
                Cell::new(status_badge(one.status)),
            ])
            .href(address(one.id))
        }))
        .pager(first, older)
        .empty(EmptyState::new(Icon::Upload, "Belum ada berkas bank", "Unduh mutasi rekening sebagai CSV dari kanal bank, lalu unggah di sini. Belum ada yang berubah sampai Anda menerapkannya."));
    let header = PageHeader::new("Berkas bank")
        .purpose("Kredit di rekening kas dicocokkan dengan kode bayar SKRD.")
        .crumb("Retribusi", pages::LIST)
        .action(upload());
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Bank)) (table) }))
}

/// GET /perizinan/izin/retribusi/bank/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = me(ctx)?;
    let mut sheet = Sheet::new("Berkas bank")
        .about("Perangkat daerah", &acting.opd_nama)
        .column(Col::text("Berkas"))
        .column(Col::text("Profil"))
        .column(Col::text("Sidik SHA-256"))
        .column(Col::int("Baris"))
        .column(Col::int("Cocok"))
        .column(Col::rupiah("Nilai cocok"))
        .column(Col::text("Diunggah oleh"))
        .column(Col::moment("Diunggah pada"))
        .column(Col::text("Keadaan"));
    let (zona, mut before) = (ctx.instance().zona, None);
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::list(tx, acting.opd, before, STEP)?;
        before = rows.last().map(|row| (row.created_at, row.id));
        let more = rows.len() == STEP;
        for one in rows {
            sheet.push(vec![
                (&one.nama).into(),
                (&one.profil_nama).into(),
                (&one.sidik).into(),
                one.baris.into(),
                one.cocok.into(),
                one.nilai.into(),
                (&one.oleh_nama).into(),
                Out::moment(zona, one.created_at),
                one.status.label().into(),
            ]);
        }
        Ok::<_, Problem>(more)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "berkas-bank")
}
