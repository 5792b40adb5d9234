//! How long people waited, by service, in one month.

use std::collections::BTreeMap;

use praja_kernel::{Date, nama_bulan};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, PageHeader, Row, Stat, Table,
    export::{self, Col, Format, Sheet},
    frame, html, stats,
};

use super::DESK;
use crate::antrean::{Tiket, rules::Angka, store};

const PAGE: &str = "/perizinan/izin/antrean/statistik";
/// Back to so many months.
const MONTHS: i32 = 6;

/// The first day of the month that is asked for: the present one unless the address names another.
fn month(ctx: &Ctx) -> Date {
    let asked = ctx.query("bulan").and_then(|text| format!("{text}-01").parse::<Date>().ok());
    asked.unwrap_or_else(|| ctx.today().first_of_month())
}

fn back(from: Date, months: i32) -> Date {
    let at = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 - months;
    let year = i16::try_from(at.div_euclid(12)).unwrap_or(from.year());
    Date::new(year, i8::try_from(at.rem_euclid(12) + 1).unwrap_or(1), 1).unwrap_or(from)
}

fn word(month: Date) -> String {
    format!("{} {}", nama_bulan(month.month()), month.year())
}

fn gathered(tx: &mut Tx<'_>, month: Date) -> praja_store::Result<(Angka, Vec<(String, Angka)>)> {
    let all = store::between(tx, month, month.last_of_month())?;
    let mut parts: BTreeMap<String, Vec<&Tiket>> = BTreeMap::new();
    for one in &all {
        parts.entry(format!("{} {}", one.huruf, one.layanan)).or_default().push(one);
    }
    let parts = parts.into_iter().map(|(name, tickets)| (name, Angka::of(&tickets))).collect();
    Ok((Angka::of(&all.iter().collect::<Vec<_>>()), parts))
}

/// Whole minutes, halves up.
fn minutes(ms: i64) -> i64 {
    (ms + 30_000) / 60_000
}

const HEADS: [&str; 8] =
    ["Layanan", "Nomor", "Dilayani", "Dilewati", "Prioritas", "Menit menunggu", "9 dari 10 paling lama", "Menit dilayani"];

fn figures(angka: &Angka) -> [Option<i64>; 7] {
    let count = |number: usize| i64::try_from(number).ok();
    [
        count(angka.nomor),
        count(angka.dilayani),
        count(angka.dilewati),
        count(angka.prioritas),
        angka.tunggu.map(|(mean, _)| minutes(mean)),
        angka.tunggu.map(|(_, p90)| minutes(p90)),
        angka.layan.map(minutes),
    ]
}

/// GET /perizinan/izin/antrean/statistik?bulan=2026-11
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let month = month(ctx);
    let (all, parts) = gathered(tx, month)?;
    let mut table =
        HEADS.iter().skip(1).fold(Table::new("Waktu tunggu menurut layanan").column(Column::text(HEADS[0])), |table, head| {
            table.column(Column::number(*head))
        });
    for before in 0..MONTHS {
        let one = back(ctx.today().first_of_month(), before);
        table = table.chip(word(one), format!("{PAGE}?bulan={}-{:02}", one.year(), one.month()), one == month);
    }
    let row = |(name, angka): &(String, Angka)| {
        let mut cells: Vec<Cell> = vec![name.as_str().into()];
        cells.extend(figures(angka).map(|figure| figure.map_or_else(Cell::empty, Cell::new)));
        Row::new(cells)
    };
    let mut table = table.rows(parts.iter().map(row)).empty(EmptyState::new(
        Icon::Chart,
        "Belum ada nomor antrean pada bulan ini",
        "Angka tampil begitu nomor diambil dan dipanggil.",
    ));
    if !parts.is_empty() {
        table = table.downloads(&Address::here(ctx).at(format!("{PAGE}/unduh")));
    }
    let told = |ms: Option<i64>| ms.map_or_else(|| "-".to_owned(), |ms| format!("{} menit", minutes(ms)));
    let tiles = [
        Stat { label: "Nomor diambil".into(), value: all.nomor.to_string(), note: word(month), ..Stat::default() },
        Stat { label: "Rata-rata menunggu".into(), value: told(all.tunggu.map(|(mean, _)| mean)), ..Stat::default() },
        Stat {
            label: "Sembilan dari sepuluh".into(),
            value: told(all.tunggu.map(|(_, p90)| p90)),
            note: "menunggu paling lama".into(),
            ..Stat::default()
        },
        Stat { label: "Rata-rata dilayani".into(), value: told(all.layan), ..Stat::default() },
    ];
    let header = PageHeader::new("Waktu tunggu di loket")
        .purpose("Dari nomor diambil sampai dipanggil, dan dari dipanggil sampai selesai.")
        .crumb("Antrean loket", DESK);
    Ok(frame::respond(ctx, &header, html! { (stats(&tiles)) (table) }))
}

/// GET /perizinan/izin/antrean/statistik/unduh?bulan=…
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let month = month(ctx);
    let (_, parts) = gathered(tx, month)?;
    let sheet = Sheet::new("Waktu tunggu di loket").column(Col::text(HEADS[0])).about("Bulan", word(month));
    let mut sheet = HEADS.iter().skip(1).fold(sheet, |sheet, head| sheet.column(Col::int(*head)));
    for (name, angka) in &parts {
        let mut row: Vec<export::Cell> = vec![name.clone().into()];
        row.extend(figures(angka).map(Into::into));
        sheet.push(row);
    }
    let outcome: Result<_, Problem> = export::respond(ctx, sheet, Format::asked(ctx), "waktu-tunggu-loket");
    outcome
}
