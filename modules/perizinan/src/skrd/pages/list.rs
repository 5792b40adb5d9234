use praja_desk::views;
use praja_kernel::{Date, Id, Rupiah};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, SORT, Table,
    export::{self, Col, Format, Sheet, respond},
    frame, html, search_box,
};

use super::{LIST, Part, address, day, me, parts, status_badge};
use crate::skrd::{
    Skrd, Status,
    store::{self, PAGE, Saringan},
};

/// Rows taken along at most.
const MOST: usize = 10_000;
/// Rows read at once for a file.
const STEP: usize = 500;
/// The word for bills that are past their day.
const TERLAMBAT: &str = "terlambat";

/// What the address asks for.
fn asked(ctx: &Ctx) -> Result<Saringan, Problem> {
    let word = ctx.query("keadaan").unwrap_or_default();
    let late = word == TERLAMBAT;
    let status = match word {
        "" => None,
        TERLAMBAT => Some(Status::Terbit),
        word => Some(Status::parse(word).map_err(|_| Problem::NotFound)?),
    };
    let sort = ctx.query(SORT).unwrap_or("-tanggal");
    let cari: String = ctx.query("q").unwrap_or_default().trim().chars().take(100).collect();
    Ok(Saringan {
        status,
        tempo_sebelum: late.then(|| ctx.today()),
        cari,
        menurut_tempo: late || sort.ends_with("tempo"),
        turun: sort.starts_with('-'),
    })
}

/// Where a page begins.
fn cursor(text: &str) -> Option<(Date, Id)> {
    let (day, id) = text.split_once('_')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

/// GET /perizinan/izin/retribusi?keadaan=…&q=…&urut=…&setelah=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (acting, saringan) = (me(ctx)?, asked(ctx)?);
    let after = ctx.query("setelah").map(|text| cursor(text).ok_or(Problem::NotFound)).transpose()?;
    let mut rows = store::list(tx, acting.opd, &saringan, after, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let here = Address::here(ctx).top().without("tampilan");
    let next = rows.last().filter(|_| more).map(|row| {
        let (day, id) = saringan.key(row);
        here.clone().set("setelah", format!("{day}_{id}")).href()
    });
    let first = after.is_some().then(|| here.clone().without("setelah").href());
    let word = ctx.query("keadaan").unwrap_or_default();
    let narrowed = |word: &str| here.clone().without("setelah").set("keadaan", word).href();
    let mut table = Table::new("Daftar SKRD")
        .column(Column::text("Nomor dan kode bayar"))
        .column(Column::text("Wajib retribusi"))
        .column(Column::text("Layanan").wide_only().key("layanan"))
        .column(Column::number("Jumlah"))
        .column(Column::date("Tanggal").sort_first(&here, "-tanggal").key("tanggal"))
        .column(Column::date("Jatuh tempo").sort_by(&here, "tempo"))
        .column(Column::text("Keadaan").corner())
        .chip("Semua", narrowed(""), word.is_empty());
    for status in Status::ALL {
        table = table.chip(status.label(), narrowed(status.as_str()), word == status.as_str());
    }
    table = table.chip("Terlambat", narrowed(TERLAMBAT), word == TERLAMBAT);
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let nothing = if word.is_empty() && saringan.cari.is_empty() {
        EmptyState::new(Icon::Money, "Belum ada SKRD", "SKRD terbit ketika bendahara mengirim tagihan permohonan yang berbayar.")
    } else {
        EmptyState::new(
            Icon::Money,
            "Tidak ada SKRD yang cocok",
            "Pilih saringan lain, atau cari dengan kode bayar, nomor, atau nama.",
        )
        .action(Link::new("Tampilkan semua SKRD", LIST))
    };
    let today = ctx.today();
    let table = table
        .rows(rows.iter().map(|skrd| line(skrd, today)))
        .pager(first, next)
        .choose_columns(&here)
        .empty(nothing)
        .above(search_box(&here, "Cari SKRD", "Kode bayar, nomor, atau nama"));
    let header = PageHeader::new("Retribusi perizinan")
        .purpose(format!("SKRD, setoran, dan pencocokan bank {}.", acting.opd_nama))
        .action(Link::new("Unggah berkas bank", format!("{}/baru", crate::bank::pages::LIST)).icon(Icon::Upload));
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Skrd)) (views::bar(ctx, tx)?) (table) }))
}

fn line(skrd: &Skrd, today: Date) -> Row {
    Row::new(vec![
        html! { (skrd.nomor) br; span.redup { (skrd.kode) } }.into(),
        skrd.nama.as_str().into(),
        skrd.layanan.as_str().into(),
        skrd.jumlah.to_string().into(),
        Cell::date(day(skrd.tanggal), skrd.tanggal.to_string()),
        Cell::date(day(skrd.jatuh_tempo), skrd.jatuh_tempo.to_string()),
        Cell::new(status_badge(skrd, today)),
    ])
    .href(address(skrd.id))
}

/// GET /perizinan/izin/retribusi/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, saringan) = (me(ctx)?, asked(ctx)?);
    let mut sheet = Sheet::new("Daftar SKRD")
        .about("Perangkat daerah", &acting.opd_nama)
        .column(Col::text("Nomor SKRD"))
        .column(Col::text("Kode bayar"))
        .column(Col::text("Nomor permohonan"))
        .column(Col::text("Wajib retribusi"))
        .column(Col::text("Layanan"))
        .column(Col::date("Tanggal"))
        .column(Col::date("Jatuh tempo"))
        .column(Col::rupiah("Jumlah"))
        .column(Col::rupiah("Bunga bila dibayar hari ini"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Lunas pada"));
    if let Some(status) = saringan.status {
        sheet = sheet.about("Keadaan", if saringan.tempo_sebelum.is_some() { "Terlambat" } else { status.label() });
    }
    let (today, mut after) = (ctx.today(), None);
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::list(tx, acting.opd, &saringan, after, STEP)?;
        after = rows.last().map(|row| saringan.key(row));
        let more = rows.len() == STEP;
        for row in rows {
            let open = row.status == Status::Terbit;
            let denda = if open { row.late(today).map(|denda| denda.jumlah).map_err(Problem::refused)? } else { Rupiah::ZERO };
            sheet.push(vec![
                (&row.nomor).into(),
                row.kode.as_str().into(),
                (&row.permohonan_nomor).into(),
                (&row.nama).into(),
                (&row.layanan).into(),
                row.tanggal.into(),
                row.jatuh_tempo.into(),
                row.jumlah.into(),
                denda.into(),
                (if row.is_late(today) { "Terlambat" } else { row.status.label() }).into(),
                row.lunas_tanggal.into(),
            ]);
        }
        Ok::<_, Problem>(more)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "skrd")
}
