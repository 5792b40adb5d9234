//! What was issued, refused and became late in each month: for the head of the regency and whoever leads with him.

use praja_desk::READ_ANGKA;
use praja_kernel::nama_bulan;
use praja_module::{Ctx, Outcome, Problem, Route, TileValue};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, PageHeader, Row, Stat, Table, Tone,
    export::{self, Col, Format, Sheet},
    frame, html, stats,
};

use super::{
    bulan,
    store::{self, Baris},
};
use crate::jenis;

/// The page.
const PAGE: &str = "/perizinan/izin/bulanan";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, READ_ANGKA, "Izin yang terbit, ditolak, dan terlambat setiap bulan", list),
    Route::get("/perizinan/izin/bulanan/unduh", READ_ANGKA, "Mengunduh angka izin setiap bulan", download),
];

/// `2026-11` is "November 2026".
fn named(bulan: &str) -> String {
    let parts = bulan.split_once('-').and_then(|(year, month)| Some((year, month.parse::<i8>().ok()?)));
    match parts.filter(|(_, month)| (1..=12).contains(month)) {
        Some((year, month)) => format!("{} {year}", nama_bulan(month)),
        None => bulan.to_owned(),
    }
}

/// The year that is asked for; this one where none is.
fn year(ctx: &Ctx) -> Result<i16, Problem> {
    match ctx.query("tahun").filter(|text| !text.is_empty()) {
        None => Ok(ctx.today().year()),
        Some(text) => text.parse().ok().filter(|year| (1945..=9000).contains(year)).ok_or(Problem::NotFound),
    }
}

fn rows(tx: &mut Tx<'_>, year: i16) -> Result<Vec<Baris>, Problem> {
    Ok(store::of(tx, &format!("{year}-01"), &format!("{year}-12"))?)
}

fn sums(rows: &[Baris]) -> (i64, i64, i64) {
    rows.iter().fold((0, 0, 0), |sum, row| (sum.0 + row.terbit, sum.1 + row.ditolak, sum.2 + row.terlambat))
}

/// The name of each service by its code.
fn services(tx: &mut Tx<'_>) -> Result<impl Fn(&str) -> String, Problem> {
    let all: Vec<(String, String)> =
        jenis::store::all(tx)?.into_iter().map(|one| (one.isi.kode.clone(), one.isi.nama.clone())).collect();
    Ok(move |kode: &str| all.iter().find(|(known, _)| known == kode).map_or_else(|| kode.to_owned(), |(_, nama)| nama.clone()))
}

/// GET /perizinan/izin/bulanan?tahun=…
fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let year = year(ctx)?;
    let rows = rows(tx, year)?;
    let service = services(tx)?;
    let (terbit, ditolak, terlambat) = sums(&rows);
    let here = Address::here(ctx);
    let tile = |label: &str, value: i64, note: &str, tone| Stat {
        label: label.into(),
        value: value.to_string(),
        note: note.to_owned(),
        tone,
        href: None,
    };
    let late = if terlambat > 0 { Tone::Bad } else { Tone::Neutral };
    let tiles = [
        tile("Terbit", terbit, "dokumen ditandatangani", Tone::Neutral),
        tile("Ditolak", ditolak, "dengan alasan dan dasarnya", Tone::Neutral),
        tile("Menjadi terlambat", terlambat, "lewat tenggat sebelum diputuskan", late),
    ];
    let mut table = Table::new(format!("Izin tahun {year} menurut bulan dan layanan"))
        .column(Column::text("Bulan"))
        .column(Column::text("Layanan"))
        .column(Column::number("Terbit"))
        .column(Column::number("Ditolak"))
        .column(Column::number("Menjadi terlambat"))
        .rows(rows.iter().map(|row| {
            Row::new(vec![
                Cell::new(named(&row.bulan)),
                Cell::new(service(&row.jenis)),
                Cell::new(row.terbit.to_string()),
                Cell::new(row.ditolak.to_string()),
                Cell::new(row.terlambat.to_string()),
            ])
        }))
        .empty(EmptyState::new(
            Icon::Chart,
            "Belum ada keputusan pada tahun ini",
            "Angka bertambah begitu dokumen ditandatangani, permohonan ditolak, atau tenggatnya terlewati.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PAGE}/unduh")));
    }
    let now = i32::from(ctx.today().year());
    let years: Vec<(String, String)> = (0..10).map(|back| (now - back).to_string()).map(|one| (one.clone(), one)).collect();
    let filters = Filters::new(&here).field(Field::select("tahun", "Tahun", &years));
    let header = PageHeader::new("Izin setiap bulan").purpose("Yang terbit, ditolak, dan menjadi terlambat, menurut layanan.");
    Ok(frame::respond(ctx, &header, html! { (filters) (stats(&tiles)) (table) }))
}

/// GET …/unduh
fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let year = year(ctx)?;
    let rows = rows(tx, year)?;
    let service = services(tx)?;
    let mut sheet = Sheet::new(format!("Izin tahun {year}"))
        .column(Col::text("Bulan"))
        .column(Col::text("Layanan"))
        .column(Col::int("Terbit"))
        .column(Col::int("Ditolak"))
        .column(Col::int("Menjadi terlambat"));
    for row in rows {
        sheet.push(vec![
            named(&row.bulan).into(),
            service(&row.jenis).into(),
            row.terbit.into(),
            row.ditolak.into(),
            row.terlambat.into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "izin-bulanan")
}

/// This month, on the start page of whoever leads.
pub(crate) fn tile(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let now = bulan(ctx.today());
    let (terbit, ditolak, terlambat) = sums(&store::of(tx, &now, &now)?);
    Ok(TileValue {
        value: format!("{terbit} terbit"),
        note: format!("{ditolak} ditolak, {terlambat} menjadi terlambat"),
        href: PAGE.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_month_is_read_by_its_name() {
        assert_eq!((named("2026-11"), named("2026-13"), named("x")), ("November 2026".into(), "2026-13".into(), "x".into()));
    }
}
