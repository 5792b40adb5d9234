//! What was issued, at the desks: the list, one licence with its history, and what the head does with it.

mod aksi;
mod satu;

use praja_desk::attachments;
use praja_kernel::{Date, Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{
    daur::Tampak,
    store::{
        Izin,
        daftar::{self, Bagi, Baris, Saring},
    },
};
use crate::{
    hak::{READ, SIGN},
    jenis, pengaturan,
    permohonan::store as applications,
};

/// Where what was issued is listed.
pub(crate) const PAGE: &str = "/perizinan/izin/terbit";
/// Rows of a page.
const ROWS: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 20_000;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, READ, "Daftar izin yang terbit", list),
    Route::get("/perizinan/izin/terbit/unduh", READ, "Mengunduh daftar izin yang terbit", download),
    Route::get("/perizinan/izin/terbit/{id}", READ, "Satu izin dengan riwayatnya", satu::show),
    Route::get("/perizinan/izin/terbit/{id}/berkas", READ, "Berkas izin yang ditandatangani", satu::paper),
    Route::get(
        "/perizinan/izin/terbit/{id}/risalah/{peristiwa}/{lampiran}",
        READ,
        "Risalah pemeriksaan suatu tindakan",
        satu::minutes,
    ),
    Route::post(
        "/perizinan/izin/terbit/{id}/{tindakan}",
        SIGN,
        "Memperingatkan, membekukan, mencairkan, atau mencabut izin",
        aksi::act,
    )
    .with_judged_upload(attachments::MAX_BYTES, 1),
];

/// Whose licences whoever asks may see: at the PTSP all, elsewhere those the own OPD was asked about.
fn share<'a>(ctx: &'a Ctx, tx: &mut Tx<'_>) -> Result<Bagi<'a>, Problem> {
    let scope = ctx.scope()?;
    let all = pengaturan::ptsp(tx)?.is_some_and(|opd| scope.covers_opd(opd));
    Ok(if all { Bagi::Semua } else { Bagi::Teknis(scope) })
}

/// The licence of this address, when whoever asks may see it.
fn seen(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Izin, Problem> {
    let id: Id = ctx.param("id")?;
    let one = super::store::get(tx, id)?.filter(|one| one.keadaan != super::Keadaan::Menunggu).ok_or(Problem::NotFound)?;
    if let Bagi::Teknis(scope) = share(ctx, tx)? {
        let asked = one.permohonan.map(|id| applications::get(tx, id)).transpose()?.flatten();
        if !asked.and_then(|one| one.opd_teknis).is_some_and(|opd| scope.covers_opd(opd)) {
            return Err(Problem::NotFound);
        }
    }
    Ok(one)
}

/// A page of one licence.
pub(crate) fn href(id: Id, rest: &str) -> String {
    if rest.is_empty() { format!("{PAGE}/{id}") } else { format!("{PAGE}/{id}/{rest}") }
}

/// The colour of a state.
pub(crate) const fn tone(tampak: Tampak) -> Tone {
    match tampak {
        Tampak::Berlaku => Tone::Good,
        Tampak::AkanHabis | Tampak::Dibekukan => Tone::Warn,
        Tampak::Habis | Tampak::Dicabut => Tone::Bad,
        Tampak::Diperpanjang | Tampak::Diubah => Tone::Neutral,
    }
}

/// What is asked of a list in its address.
pub(super) fn asked(ctx: &Ctx) -> Result<Saring, Problem> {
    let word = |name: &str| ctx.query(name).filter(|text| !text.is_empty());
    let mut saring = Saring { menurut_akhir: word("urut") == Some("akhir"), ..Saring::default() };
    if let Some(text) = word("layanan") {
        saring.jenis = Some(text.parse::<Id>().map_err(|_| Problem::NotFound)?);
    }
    if let Some(text) = word("keadaan") {
        saring.tampak = Some(Tampak::parse(text).map_err(|_| Problem::NotFound)?);
    }
    if let Some(text) = word("tahun") {
        saring.tahun = Some(text.parse().ok().filter(|year| (1945..=9000).contains(year)).ok_or(Problem::NotFound)?);
    }
    if let Some(text) = word("wilayah") {
        let is_code = text.len() <= 13 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        saring.wilayah = Some(is_code.then(|| text.to_owned()).ok_or(Problem::NotFound)?);
    }
    saring.cari = word("q").map(|text| text.trim().chars().take(100).collect()).filter(|text: &String| !text.is_empty());
    Ok(saring)
}

/// Where a page continues, from its address.
pub(super) fn after(ctx: &Ctx) -> Result<Option<daftar::Sesudah>, Problem> {
    let Some(text) = ctx.query("sesudah") else { return Ok(None) };
    let parts = text.split_once('_').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    parts.map(Some).ok_or(Problem::NotFound)
}

/// Where the next page begins.
pub(super) fn mark(saring: &Saring, row: &Baris) -> String {
    let day = if saring.by_end() { row.berlaku_sampai.unwrap_or(row.tanggal) } else { row.tanggal };
    format!("{day}_{}", row.id)
}

/// The fields that narrow a list.
pub(super) fn filters(tx: &mut Tx<'_>, here: &Address, today: Date) -> Result<Filters, Problem> {
    let mut services = vec![(String::new(), "Semua layanan".to_owned())];
    services.extend(jenis::store::names(tx)?.into_iter().map(|(id, nama)| (id.to_string(), nama)));
    let mut states = vec![(String::new(), "Semua keadaan".to_owned())];
    states.extend(Tampak::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())));
    let mut years = vec![(String::new(), "Semua tahun".to_owned())];
    years.extend((0..10).map(|back| (i32::from(today.year()) - back).to_string()).map(|year| (year.clone(), year)));
    Ok(Filters::new(here)
        .field(Field::select("layanan", "Layanan", &services))
        .field(Field::select("keadaan", "Keadaan", &states))
        .field(Field::select("tahun", "Terbit pada", &years)))
}

/// GET /perizinan/izin/terbit?layanan=…&keadaan=…&tahun=…&q=…&urut=…&sesudah=…
fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saring, after, today) = (asked(ctx)?, after(ctx)?, ctx.today());
    let bagi = share(ctx, tx)?;
    let mut rows = daftar::list(tx, bagi, &saring, today, after, ROWS + 1)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next = rows.last().filter(|_| more).map(|row| here.clone().set("sesudah", mark(&saring, row)).href());
    let first = after.map(|_| here.href());
    let near = saring.tampak == Some(Tampak::AkanHabis);
    let all = here.clone().without("keadaan").without("urut").href();
    let ending = here.clone().set("keadaan", Tampak::AkanHabis.as_str()).set("urut", "akhir").href();
    let mut table = Table::new("Izin yang terbit")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan").key("layanan"))
        .column(Column::text("Pemegang"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Tanggal").key("tanggal"))
        .column(Column::date("Berlaku sampai").key("sampai"))
        .rows(rows.iter().map(line))
        .chip("Semua", all, !near)
        .chip("Akan habis", ending, near)
        .pager(first, next)
        .empty(EmptyState::new(
            Icon::Document,
            "Tidak ada izin yang cocok",
            "Ubah saringan. Izin tampil di sini begitu dokumennya ditandatangani.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PAGE}/unduh")));
    }
    let content = html! {
        (search_box(&here, "Cari izin", "Nomor lengkap, atau bagian dari nama pemegang"))
        (filters(tx, &here, today)?)
        (table.choose_columns(&here))
    };
    let header = PageHeader::new("Izin yang terbit").purpose("Semua yang pernah terbit, dengan keadaannya hari ini.");
    Ok(frame::respond(ctx, &header, content))
}

fn line(row: &Baris) -> Row {
    let tampak = row.tampak;
    let end = row.berlaku_sampai;
    Row::new(vec![
        Cell::new(&row.nomor),
        Cell::new(&row.jenis_nama),
        Cell::new(&row.nama),
        Cell::new(badge(tone(tampak), tampak.label())),
        Cell::date(tanggal_pendek(row.tanggal), tanggal_panjang(row.tanggal)),
        end.map_or_else(|| Cell::new("tanpa batas"), |end| Cell::date(tanggal_pendek(end), tanggal_panjang(end))),
    ])
    .href(href(row.id, ""))
}

/// GET /perizinan/izin/terbit/unduh
fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saring, today) = (asked(ctx)?, ctx.today());
    let bagi = share(ctx, tx)?;
    let rows = daftar::list(tx, bagi, &saring, today, None, MOST)?;
    let mut sheet = Sheet::new("Izin yang terbit")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Pemegang"))
        .column(Col::text("Objek"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Tanggal"))
        .column(Col::date("Berlaku sampai"));
    for row in rows {
        let tampak = row.tampak;
        sheet.push(vec![
            export::Cell::Text(row.nomor),
            export::Cell::Text(row.jenis_nama),
            export::Cell::Text(row.nama),
            export::Cell::Text(row.objek),
            export::Cell::Text(tampak.label().into()),
            export::Cell::Date(row.tanggal),
            row.berlaku_sampai.map_or(export::Cell::Empty, export::Cell::Date),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "izin-terbit")
}
