//! How fairly desks work, for the inspectorate and the head: officers and technical OPD, what is late, files out of order, proxies, refusals,
//! and signs of trade.

mod didahulukan;
mod kuasa;
mod penolakan;
mod perantara;
mod petugas;
mod teknis;
mod terlambat;

use praja_kernel::Moment;
use praja_module::{Ctx, Problem, Route};
use praja_store::Tx;
use praja_web::{Address, Field, Filters, Link, Markup, PageHeader, frame, html, tabs};

use super::{periode::Periode, store, tampil::Layanan};
use crate::hak::{INSPECT, REVIEW};

/// The first of the pages.
pub(crate) const PAGE: &str = "/perizinan/izin/keadilan";
/// Rows of a page.
const ROWS: usize = 50;
/// Rows of a file.
const MOST: usize = 10_000;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, INSPECT, "Pengembalian dan lama menurut petugas", petugas::list),
    Route::get("/perizinan/izin/keadilan/unduh", INSPECT, "Mengunduh angka menurut petugas", petugas::download),
    Route::get(teknis::PAGE, INSPECT, "Waktu OPD teknis terhadap jatahnya", teknis::list),
    Route::get("/perizinan/izin/keadilan/opd-teknis/unduh", INSPECT, "Mengunduh waktu OPD teknis", teknis::download),
    Route::get(terlambat::PAGE, INSPECT, "Permohonan yang lewat tenggat dan yang diputus terlambat", terlambat::list),
    Route::get("/perizinan/izin/keadilan/terlambat/unduh", INSPECT, "Mengunduh daftar yang terlambat", terlambat::download),
    Route::get(didahulukan::PAGE, INSPECT, "Permohonan yang didahulukan dari urutan", didahulukan::list),
    Route::get("/perizinan/izin/keadilan/didahulukan/unduh", INSPECT, "Mengunduh daftar yang didahulukan", didahulukan::download),
    Route::get(kuasa::PAGE, INSPECT, "Penerima kuasa dan banyaknya permohonan", kuasa::list),
    Route::get("/perizinan/izin/keadilan/kuasa/unduh", INSPECT, "Mengunduh daftar penerima kuasa", kuasa::download),
    Route::get(penolakan::PAGE, INSPECT, "Penolakan menurut layanan dan alasan", penolakan::list),
    Route::get("/perizinan/izin/keadilan/penolakan/unduh", INSPECT, "Mengunduh penolakan menurut alasan", penolakan::download),
    Route::get(perantara::PAGE, INSPECT, "Tanda perantara untuk ditinjau", perantara::list),
    Route::get("/perizinan/izin/keadilan/perantara/unduh", INSPECT, "Mengunduh tanda perantara", perantara::download),
    Route::get("/perizinan/izin/keadilan/perantara/{id}", INSPECT, "Satu tanda perantara", perantara::show),
    Route::post("/perizinan/izin/keadilan/perantara/{id}", REVIEW, "Mencatat tinjauan tanda perantara", perantara::save),
];

/// The pages beside each other.
fn parts(here: &str) -> Markup {
    let all = [
        ("Petugas dan meja", PAGE),
        ("OPD teknis", teknis::PAGE),
        ("Terlambat", terlambat::PAGE),
        ("Didahulukan", didahulukan::PAGE),
        ("Penerima kuasa", kuasa::PAGE),
        ("Penolakan", penolakan::PAGE),
        ("Tanda perantara", perantara::PAGE),
    ];
    tabs("Keadilan layanan", &all.map(|(label, href)| (Link::new(label, href), href == here, None)))
}

fn header(purpose: &str) -> PageHeader {
    PageHeader::new("Keadilan layanan").purpose(purpose.to_owned())
}

/// A page of one of them.
fn respond(ctx: &Ctx, here: &str, purpose: &str, content: impl maud::Render) -> praja_module::Response {
    frame::respond(ctx, &header(purpose), html! { (parts(here)) (content) })
}

/// The period of the address: this year unless it names another.
fn period(ctx: &Ctx) -> Result<Periode, Problem> {
    match ctx.query("masa").map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => text.parse().map_err(|()| Problem::NotFound),
        None => Ok(Periode::Tahun(ctx.today().year())),
    }
}

/// Its first moment, and the first one after it.
fn moments(ctx: &Ctx, periode: Periode) -> Result<(Moment, Moment), Problem> {
    let (first, last) = periode.days().ok_or(Problem::NotFound)?;
    let zona = ctx.instance().zona;
    let after = last.tomorrow().map_err(|_| Problem::NotFound)?;
    Ok((zona.at(first.at(0, 0, 0, 0)), zona.at(after.at(0, 0, 0, 0))))
}

/// Every service with its code, by name.
fn services(tx: &mut Tx<'_>) -> praja_store::Result<Vec<Layanan>> {
    let all = crate::jenis::store::all(tx)?;
    Ok(all.into_iter().map(|one| Layanan { id: one.versi.jenis, kode: one.versi.kode, nama: one.versi.nama }).collect())
}

/// The service of the address.
fn service(ctx: &Ctx, all: &[Layanan]) -> Result<Option<Layanan>, Problem> {
    match ctx.query("layanan").map(str::trim).filter(|text| !text.is_empty()) {
        Some(kode) => all.iter().find(|one| one.kode == kode).cloned().map(Some).ok_or(Problem::NotFound),
        None => Ok(None),
    }
}

/// A filter by period, set to this one.
fn filters(ctx: &Ctx, tx: &mut Tx<'_>, here: &Address, periode: Periode) -> praja_store::Result<Filters> {
    let mut years = store::years(tx)?;
    for year in [ctx.today().year(), periode.tahun()] {
        if !years.contains(&year) {
            years.push(year);
        }
    }
    years.sort_unstable_by_key(|year| std::cmp::Reverse(*year));
    let begun = |one: &Periode| one.days().is_some_and(|(first, _)| first <= ctx.today());
    let all: Vec<(String, String)> = years
        .into_iter()
        .flat_map(Periode::of_year)
        .filter(|one| begun(one) || *one == periode)
        .map(|one| (one.to_string(), one.label()))
        .collect();
    let filters = Filters::new(here).field(Field::select("masa", "Masa", &all).value(periode.to_string()));
    Ok(filters.is_set(format!("Masa: {}", periode.label().to_lowercase()), &["masa"]))
}

/// A filter by service besides.
fn by_service(filters: Filters, all: &[Layanan], chosen: Option<&Layanan>) -> Filters {
    let mut words = vec![(String::new(), "Semua layanan".to_owned())];
    words.extend(all.iter().map(|one| (one.kode.clone(), one.nama.clone())));
    let filters = filters.field(Field::select("layanan", "Layanan", &words));
    match chosen {
        Some(one) => filters.is_set(format!("Layanan: {}", one.nama), &["layanan"]),
        None => filters,
    }
}

/// Which page of a list that was put together here: after so many rows.
fn after(ctx: &Ctx) -> Result<usize, Problem> {
    ctx.query("sesudah").map_or(Ok(0), |text| text.parse().map_err(|_| Problem::NotFound))
}

/// The ways to the first page and to the next one of such a list.
fn turns(here: &Address, from: usize, all: usize) -> (Option<String>, Option<String>) {
    let here = here.clone().without("sesudah");
    let next = (from + ROWS < all).then(|| here.clone().set("sesudah", (from + ROWS).to_string()).href());
    ((from > 0).then(|| here.href()), next)
}

/// A place in a list by moment and identity: "1764201600000.0198…".
fn place(ctx: &Ctx) -> Result<Option<store::Letak>, Problem> {
    let Some(text) = ctx.query("sesudah") else { return Ok(None) };
    let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    parts.map(Some).ok_or(Problem::NotFound)
}
