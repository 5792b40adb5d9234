//! Choosing files that are past their time, for a new list or one that is drawn up.

use praja_kernel::{Date, Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Address, Bulk, CHOSEN, Cell, Column, EmptyState, Icon, Link, Row, Table,
    export::{self, Col, Format, Sheet, respond},
    frame,
};

use super::{LIST, address, choose_address, name, under};
use crate::{
    arsip::{
        Berkas, Persetujuan,
        pages::{LIST as FILES, me},
        store::{self as files, PAGE},
        write::keys,
    },
    susut::{Jenis, Refusal, Susut, fate, store, write},
};

/// What the button sends.
const ACT: &str = "susun";
/// Rows taken along at most.
const MOST_ROWS: usize = 10_000;
/// Rows read at once for a file.
const STEP: usize = 500;

fn jenis(ctx: &Ctx) -> Result<Jenis, Problem> {
    Jenis::parse(&ctx.param::<String>("jenis")?).map_err(|_| Problem::NotFound)
}

/// Whose approval the list needs: a destruction has one approver for all its files.
fn whose(ctx: &Ctx, jenis: Jenis) -> Result<Option<Persetujuan>, Problem> {
    if jenis != Jenis::Musnah {
        return Ok(None);
    }
    let word = ctx.query("persetujuan").unwrap_or(Persetujuan::KepalaDaerah.as_str());
    Persetujuan::parse(word).map(Some).map_err(|_| Problem::NotFound)
}

/// The list that is drawn up and gets more files; none for a new one.
fn open_list(ctx: &Ctx, tx: &mut Tx<'_>, jenis: Jenis) -> Result<Option<Susut>, Problem> {
    let Some(text) = ctx.query("daftar") else { return Ok(None) };
    let id: Id = text.parse().map_err(|_| Problem::NotFound)?;
    let found = store::find(tx, &[me(ctx)?.opd], id)?.filter(|one| one.jenis == jenis).ok_or(Problem::NotFound)?;
    if found.is_open() { Ok(Some(found)) } else { Err(Problem::refused(Refusal::Fixed)) }
}

fn place(text: &str) -> Option<(Date, Id)> {
    let (tempo, id) = text.split_once('_')?;
    Some((tempo.parse().ok()?, id.parse().ok()?))
}

/// GET /eoffice/arsip/penyusutan/susun/{jenis}?persetujuan=…&daftar=…&setelah=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, jenis) = (me(ctx)?, jenis(ctx)?);
    let into = open_list(ctx, tx, jenis)?;
    let whose = match &into {
        Some(list) => list.persetujuan,
        None => whose(ctx, jenis)?,
    };
    let after = ctx.query("setelah").map(|text| place(text).ok_or(Problem::NotFound)).transpose()?;
    let mut rows = files::candidates(tx, acting.opd, fate(jenis), whose, ctx.today(), after, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let here = Address::here(ctx).top().without("tampilan");
    let next = rows
        .last()
        .filter(|_| more)
        .and_then(|row| Some(here.clone().set("setelah", format!("{}_{}", row.tempo()?, row.id)).href()));
    let mut table = Table::new("Berkas yang dapat dipilih")
        .column(Column::text("Nama berkas"))
        .column(Column::text("Nomor dan kode"))
        .column(Column::number("Isi"))
        .column(Column::date("Berakhir"))
        .column(Column::text("Nasib akhir"))
        .column(Column::text("Tempat").wide_only());
    if let (Some(_), None) = (whose, &into) {
        for one in Persetujuan::ALL {
            let href = here.clone().without("setelah").set("persetujuan", one.as_str()).href();
            table = table.chip(format!("Persetujuan {}", one.label()), href, whose == Some(*one));
        }
    }
    let button = match &into {
        Some(list) => format!("Tambahkan ke daftar nomor {}", list.nomor),
        None => "Susun daftar".to_owned(),
    };
    if !rows.is_empty() {
        let mut act = Address::here(ctx).top().without("setelah");
        if let Some(whose) = whose {
            act = act.set("persetujuan", whose.as_str());
        }
        table = table
            .downloads(&here.clone().at(format!("{}/unduh", choose_address(jenis))))
            .bulk(Bulk::new(act.href(), ctx.csrf(), ctx.form_id().to_string(), "berkas").act(button, ACT, Icon::Archive));
    }
    let table =
        table.rows(rows.iter().map(line)).pager(after.is_some().then(|| here.clone().without("setelah").href()), next).empty(
            EmptyState::new(
                Icon::Good,
                "Tidak ada berkas yang menunggu",
                "Berkas tampil di sini setelah masa simpannya berakhir, selama tidak ada dalam daftar lain.",
            )
            .action(Link::new("Kembali ke penyusutan", LIST)),
        );
    let header = under(jenis.label()).purpose(match &into {
        Some(list) => format!("Beri tanda pada berkas yang ditambahkan ke {}.", name(list)),
        None => "Beri tanda pada berkas yang masa simpannya sudah berakhir, lalu susun daftarnya.".to_owned(),
    });
    Ok(frame::respond(ctx, &header, table))
}

fn line(row: &Berkas) -> Row {
    Row::new(vec![
        row.nama.clone().into(),
        praja_web::html! { "Nomor " (row.nomor) br; span.redup { (row.kode) } }.into(),
        row.jumlah.to_string().into(),
        row.tempo().map_or_else(Cell::empty, |day| tanggal_pendek(day).into()),
        row.masa.nasib_teks.clone().into(),
        row.lokasi.clone().map_or_else(Cell::empty, Cell::from),
    ])
    .href(format!("{FILES}/{}", row.id))
    .pick(row.id, row.nama.clone())
}

/// GET /eoffice/arsip/penyusutan/susun/{jenis}/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, jenis) = (me(ctx)?, jenis(ctx)?);
    let whose = whose(ctx, jenis)?;
    let mut sheet = Sheet::new(format!("Berkas yang menunggu {}", jenis.label().to_lowercase()))
        .about("Unit pengolah", &acting.opd_nama)
        .column(Col::int("Nomor berkas"))
        .column(Col::text("Kode klasifikasi"))
        .column(Col::text("Nama berkas"))
        .column(Col::int("Isi"))
        .column(Col::date("Berakhir"))
        .column(Col::text("Nasib akhir"))
        .column(Col::text("Persetujuan pemusnahan"))
        .column(Col::text("Tempat"));
    let mut after = None;
    sheet.gather(MOST_ROWS, export::narrow, |sheet| {
        let rows = files::candidates(tx, acting.opd, fate(jenis), whose, ctx.today(), after, STEP)?;
        after = rows.last().and_then(|row| Some((row.tempo()?, row.id)));
        for row in &rows {
            sheet.push(vec![
                row.nomor.into(),
                (&row.kode).into(),
                (&row.nama).into(),
                row.jumlah.into(),
                row.tempo().into(),
                (&row.masa.nasib_teks).into(),
                row.masa.persetujuan().label().into(),
                row.lokasi.clone().into(),
            ]);
        }
        Ok::<_, Problem>(rows.len() == STEP)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "berkas-menunggu")
}

/// POST /eoffice/arsip/penyusutan/susun/{jenis}?persetujuan=…&daftar=…
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (opd, jenis, today) = (me(ctx)?.opd, jenis(ctx)?, ctx.today());
    let (into, whose) = ctx.read(|tx| Ok::<_, Problem>((open_list(ctx, tx, jenis)?.map(|list| list.id), whose(ctx, jenis)?)))?;
    let chosen: Vec<Id> = input.all(CHOSEN).into_iter().filter_map(|text| text.parse().ok()).take(PAGE).collect();
    if chosen.is_empty() {
        let back = Address::here(ctx).top().href();
        return Ok(Response::redirect(back).with_notice(&Refusal::Nothing.message()));
    }
    let saved = ctx.submit(input, keys(opd), move |tx| {
        let list = match into {
            Some(id) => store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?,
            None => write::begin(tx, opd, jenis, whose)?,
        };
        let to = address(&list);
        write::add(tx, list, &chosen, today)?;
        Ok::<_, Problem>(to)
    })?;
    Ok(saved.with_notice("Berkas sudah masuk daftar."))
}
