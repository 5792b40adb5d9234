use std::collections::BTreeMap;

use praja_identity::opd;
use praja_kernel::{CaraKerja, FieldProblem, Id, Moment, parse_tanggal, tanggal_jam};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, PageHeader, Row, Table, badge,
    export::{self, Col, Format, Sheet},
    frame,
};

use super::{LIST, PAGE, ms, rate, show::tone};
use crate::ukur::{Ukur, store};

/// Rows of one page.
const ROWS: usize = 50;
/// Rows read in one step when the list is taken along, and how many are taken along at most.
const STEP: usize = 500;
const MOST: usize = 20_000;

/// Names of the offices, looked up once each.
#[derive(Default)]
struct Names(BTreeMap<Id, String>);

impl Names {
    fn of(&mut self, tx: &mut Tx<'_>, id: Id) -> praja_store::Result<String> {
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let nama = opd::name(tx, id)?.unwrap_or_default();
        self.0.insert(id, nama.clone());
        Ok(nama)
    }
}

/// What was asked for, with what could not be read of it.
fn asked(ctx: &Ctx) -> Result<(store::Filter, Vec<FieldProblem>), Problem> {
    let mut problems = Vec::new();
    let mut day = |name: &'static str| {
        let text = ctx.query(name).filter(|text| !text.is_empty())?;
        match parse_tanggal(text) {
            Ok(day) => Some(day),
            Err(error) => {
                problems.push(FieldProblem::new(name, error.to_string()));
                None
            }
        }
    };
    let (dari, sampai) = (day("dari"), day("sampai"));
    let zona = ctx.instance().zona;
    let word = |name: &str| ctx.query(name).filter(|text| !text.is_empty());
    Ok((
        store::Filter {
            opd: word("opd").map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()?,
            cara: word("cara").map(|text| CaraKerja::parse(text).map_err(|_| Problem::NotFound)).transpose()?,
            dari: dari.map(|day| zona.start_of(day)),
            sampai: sampai.and_then(|day| day.tomorrow().ok()).map(|day| zona.start_of(day)),
            sebelum: word("sebelum").map(|text| place(text).ok_or(Problem::NotFound)).transpose()?,
        },
        problems,
    ))
}

fn place(text: &str) -> Option<(Moment, Id)> {
    let (pada, id) = text.split_once('_')?;
    Some((Moment(pada.parse().ok()?), id.parse().ok()?))
}

/// GET /desk/ukur?opd=…&cara=…&dari=…&sampai=…&sebelum=…: the newest first.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (filter, problems) = asked(ctx)?;
    let mut found = store::list(tx, &filter, ROWS as i64 + 1)?;
    let more = found.len() > ROWS;
    found.truncate(ROWS);
    let here = Address::here(ctx).top();
    let mut names = Names::default();
    let mut rows = Vec::new();
    for one in &found {
        let nama = names.of(tx, one.opd)?;
        rows.push(row(ctx, one, nama));
    }
    let mut table = Table::new("Jaringan kantor")
        .column(Column::text("Kantor"))
        .column(Column::text("Jawaban"))
        .column(Column::text("Unduh"))
        .column(Column::text("Unggah"))
        .column(Column::text("Diukur"))
        .column(Column::text("Oleh").wide_only())
        .column(Column::text("Cara kerja").corner())
        .rows(rows)
        .chip("Semua", here.clone().without("cara").href(), filter.cara.is_none());
    for cara in CaraKerja::ALL {
        table = table.chip(cara.label(), here.clone().set("cara", cara.as_str()).href(), filter.cara == Some(*cara));
    }
    if !found.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let older =
        found.last().filter(|_| more).map(|last| here.clone().set("sebelum", format!("{}_{}", last.pada.ms(), last.id)).href());
    let empty = EmptyState::new(
        Icon::Chart,
        "Belum ada pengukuran di sini",
        "Minta seorang pegawai di setiap kantor membuka halaman Jaringan kantor, lalu mengukur.",
    )
    .action(Link::new("Buka halaman ukur", PAGE));
    let table =
        table.above(filters(tx, &here, &filter, &problems)?).pager(filter.sebelum.map(|_| here.href()), older).empty(empty);
    let header = PageHeader::new("Jaringan semua kantor")
        .purpose(
            "Yang diukur pegawai dari kantornya. Penilaian mesin (praja assess) memakainya untuk memilih cara kerja tiap kantor.",
        )
        .crumb("Jaringan kantor", PAGE);
    Ok(frame::respond(ctx, &header, table))
}

fn filters(tx: &mut Tx<'_>, here: &Address, filter: &store::Filter, problems: &[FieldProblem]) -> Result<Filters, Problem> {
    let offices = opd::list_active(tx)?;
    let mut choices = vec![(String::new(), "Semua kantor".to_owned())];
    choices.extend(offices.iter().map(|one| (one.id.to_string(), one.nama.clone())));
    let mut form = Filters::new(here)
        .field(Field::select("opd", "Kantor", &choices).value(""))
        .field(Field::date("dari", "Dari tanggal"))
        .field(Field::date("sampai", "Sampai tanggal"))
        .problems(problems);
    if let Some(opd) = filter.opd {
        let nama = opd::name(tx, opd)?.unwrap_or_default();
        form = form.is_set(format!("Kantor: {nama}"), &["opd"]);
    }
    for (name, label, set) in [("dari", "Dari", filter.dari.is_some()), ("sampai", "Sampai", filter.sampai.is_some())] {
        if set {
            form = form.is_set(format!("{label}: {}", here.get(name).unwrap_or_default()), &[name]);
        }
    }
    Ok(form)
}

fn row(ctx: &Ctx, one: &Ukur, nama: String) -> Row {
    let when = tanggal_jam(ctx.instance().zona.local(one.pada));
    let texts =
        [nama, ms(one.angka.p95_us), rate(one.angka.unduh_kbit), rate(one.angka.unggah_kbit), when, one.oleh_nama.clone()];
    let mut cells: Vec<Cell> = texts.into_iter().map(Cell::from).collect();
    cells.push(badge(tone(one.cara), one.cara.label()).into());
    Row::new(cells)
}

/// GET /desk/ukur/unduh: what the list shows, all its pages.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (mut filter, _) = asked(ctx)?;
    filter.sebelum = None;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Jaringan kantor")
        .column(Col::text("Kantor"))
        .column(Col::text("Jawaban"))
        .column(Col::int("Jawaban tengah (mikrodetik)"))
        .column(Col::int("Goyah (mikrodetik)"))
        .column(Col::text("Unduh"))
        .column(Col::int("Unduh (kbit/detik)"))
        .column(Col::text("Unggah"))
        .column(Col::int("Unggah (kbit/detik)"))
        .column(Col::moment("Diukur"))
        .column(Col::text("Oleh"))
        .column(Col::text("Cara mengukur"))
        .column(Col::text("Cara kerja"));
    let mut names = Names::default();
    let count = |value: Option<u64>| value.map_or(export::Cell::Empty, |value| i64::try_from(value).unwrap_or(i64::MAX).into());
    sheet.gather(MOST, export::narrow, |sheet| {
        let page = store::list(tx, &filter, STEP as i64)?;
        for one in &page {
            sheet.push(vec![
                names.of(tx, one.opd)?.into(),
                ms(one.angka.p95_us).into(),
                count(Some(one.angka.p50_us)),
                count(Some(one.angka.goyah_us)),
                rate(one.angka.unduh_kbit).into(),
                count(one.angka.unduh_kbit),
                rate(one.angka.unggah_kbit).into(),
                count(one.angka.unggah_kbit),
                export::Cell::moment(zona, one.pada),
                one.oleh_nama.as_str().into(),
                one.dengan.label().into(),
                one.cara.label().into(),
            ]);
        }
        filter.sebelum = page.last().map(|last| (last.pada, last.id));
        Ok::<_, Problem>(page.len() == STEP)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "jaringan-kantor")
}
