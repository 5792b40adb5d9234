use praja_kernel::{Id, Moment, tanggal_jam};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame,
};

use super::super::{LIST, PARTICIPANTS, Percobaan, all, store};

/// Rows of one page.
const ROWS: usize = 50;
/// Rows read in one step when the list is taken along, and how many are taken along at most.
const STEP: usize = 500;
const MOST: usize = 20_000;

fn asked(ctx: &Ctx) -> Result<store::Filter, Problem> {
    let word = |name: &str| ctx.query(name).filter(|text| !text.is_empty());
    let place = |text: &str| {
        let (mulai, id) = text.split_once('_')?;
        Some((Moment(mulai.parse().ok()?), id.parse::<Id>().ok()?))
    };
    Ok(store::Filter {
        skenario: word("latihan").map(str::to_owned),
        sebelum: word("sebelum").map(|text| place(text).ok_or(Problem::NotFound)).transpose()?,
    })
}

/// What it is called, or its identity when the module that had it is off.
fn title(names: &[(String, String)], id: &str) -> String {
    names.iter().find(|(known, _)| known == id).map_or(id, |(_, judul)| judul).to_owned()
}

fn names(ctx: &Ctx) -> Result<Vec<(String, String)>, Problem> {
    Ok(all(ctx)?.into_iter().map(|scenario| (scenario.id, scenario.judul)).collect())
}

/// GET /desk/latihan/peserta?latihan=…&sebelum=…: every attempt, the newest first.
pub(crate) fn participants(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (filter, names) = (asked(ctx)?, names(ctx)?);
    let mut found = store::list(tx, &filter, ROWS as i64 + 1)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let here = Address::here(ctx).top();
    let mut table = Table::new("Hasil peserta")
        .column(Column::text("Peserta"))
        .column(Column::text("Kantor"))
        .column(Column::text("Latihan"))
        .column(Column::text("Mulai"))
        .column(Column::text("Lama"))
        .column(Column::text("Keadaan").corner())
        .rows(found.iter().map(|one| row(ctx, one, title(&names, &one.skenario))))
        .chip("Semua latihan", here.clone().without("latihan").href(), filter.skenario.is_none());
    for (id, judul) in &names {
        table = table.chip(judul, here.clone().set("latihan", id).href(), filter.skenario.as_ref() == Some(id));
    }
    if !found.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PARTICIPANTS}/unduh")));
    }
    let older =
        found.last().filter(|_| more).map(|last| here.clone().set("sebelum", format!("{}_{}", last.mulai.ms(), last.id)).href());
    let table = table.pager(filter.sebelum.map(|_| here.href()), older).empty(EmptyState::new(
        Icon::Chart,
        "Belum ada yang berlatih",
        "Hasil tampil di sini setelah seorang peserta menekan Mulai latihan.",
    ));
    let header = PageHeader::new("Hasil peserta latihan")
        .purpose("Siapa berlatih apa, sampai langkah ke berapa, dan berapa lama.")
        .crumb("Latihan", LIST);
    Ok(frame::respond(ctx, &header, table))
}

fn row(ctx: &Ctx, one: &Percobaan, judul: String) -> Row {
    let mulai = tanggal_jam(ctx.instance().zona.local(one.mulai));
    let mut cells: Vec<Cell> =
        [one.orang_nama.clone(), one.opd_nama.clone(), judul, mulai, minutes(one)].into_iter().map(Cell::from).collect();
    let (tone, state) = state(one);
    cells.push(badge(tone, &state).into());
    Row::new(cells)
}

fn state(one: &Percobaan) -> (Tone, String) {
    match one.selesai {
        Some(_) => (Tone::Good, "Selesai".to_owned()),
        None => (Tone::Warn, format!("{} dari {} langkah", one.sudah, one.semua)),
    }
}

/// "12 menit" once it is finished.
fn minutes(one: &Percobaan) -> String {
    one.selesai.map_or_else(String::new, |selesai| format!("{} menit", ((selesai.ms() - one.mulai.ms()) / 60_000).max(1)))
}

/// GET /desk/latihan/peserta/unduh: what the list shows, all its pages.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (mut filter, names) = (asked(ctx)?, names(ctx)?);
    filter.sebelum = None;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Hasil peserta")
        .column(Col::text("Peserta"))
        .column(Col::text("Kantor"))
        .column(Col::text("Latihan"))
        .column(Col::moment("Mulai"))
        .column(Col::text("Lama"))
        .column(Col::text("Keadaan"));
    sheet.gather(MOST, export::narrow, |sheet| {
        let page = store::list(tx, &filter, STEP as i64)?;
        for one in &page {
            sheet.push(vec![
                one.orang_nama.as_str().into(),
                one.opd_nama.as_str().into(),
                title(&names, &one.skenario).into(),
                export::Cell::moment(zona, one.mulai),
                minutes(one).into(),
                state(one).1.into(),
            ]);
        }
        filter.sebelum = page.last().map(|last| (last.mulai, last.id));
        Ok::<_, Problem>(page.len() == STEP)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "hasil-peserta-latihan")
}
