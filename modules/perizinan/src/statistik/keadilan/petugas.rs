//! Returns and days of each officer, against the median of the desk.

use std::collections::BTreeMap;

use praja_kernel::fold;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Icon, Row, Table,
    export::{self, Col, Format, Sheet},
};

use super::{ROWS, after, filters, period, respond, turns};
use crate::{
    alur::Meja,
    statistik::{
        angka::{Sebaran, per_seribu, persen},
        jejak::Kerja,
        keadilan::PAGE,
        periode::Periode,
        store,
    },
};

/// What an officer did at a desk within a period, and what is usual there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Baris {
    meja: Meja,
    kerja: Kerja,
    /// Median of everybody at this desk.
    biasa: Option<i64>,
}

impl Baris {
    fn share(&self) -> Option<i64> {
        per_seribu(self.kerja.kembali, self.kerja.berkas)
    }

    /// How much longer than the desk, in words.
    fn beside(&self) -> String {
        match (self.kerja.hari.median(), self.biasa) {
            (Some(own), Some(usual)) if own > usual => format!("{} hari lebih lama", own - usual),
            (Some(own), Some(usual)) if own < usual => format!("{} hari lebih cepat", usual - own),
            (Some(_), Some(_)) => "sama".to_owned(),
            _ => String::new(),
        }
    }
}

/// First and last month of a period, as they are kept.
fn between(periode: Periode) -> (String, String) {
    let (year, first, last) = match periode {
        Periode::Tahun(year) => (year, 1, 12),
        Periode::Triwulan(year, one) => (year, one * 3 - 2, one * 3),
        Periode::Bulan(year, one) => (year, one, one),
    };
    (Periode::Bulan(year, first).to_string(), Periode::Bulan(year, last).to_string())
}

fn desk(ctx: &Ctx) -> Option<Meja> {
    ctx.query("meja").and_then(|word| Meja::parse(word).ok())
}

/// Everything of the choice, in its order.
fn gathered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Periode, Vec<Baris>), Problem> {
    let periode = period(ctx)?;
    let (from, to) = between(periode);
    let mut all: BTreeMap<(Meja, String), Kerja> = BTreeMap::new();
    let mut usual: BTreeMap<Meja, Sebaran> = BTreeMap::new();
    for (meja, petugas, kerja) in store::officers(tx, &from, &to, desk(ctx))? {
        let sum = all.entry((meja, petugas)).or_default();
        sum.nama = kerja.nama;
        sum.berkas += kerja.berkas;
        sum.tindakan += kerja.tindakan;
        sum.kembali += kerja.kembali;
        for (hari, count) in kerja.hari.iter() {
            sum.hari.add_many(hari, count);
            usual.entry(meja).or_default().add_many(hari, count);
        }
    }
    let mut rows: Vec<Baris> = all
        .into_iter()
        .map(|((meja, _), kerja)| Baris { meja, kerja, biasa: usual.get(&meja).and_then(Sebaran::median) })
        .collect();
    let asked = ctx.query("urut").unwrap_or_default();
    let name = |one: &Baris| (one.meja, fold(&one.kerja.nama));
    match asked.trim_start_matches('-') {
        "petugas" => rows.sort_by_cached_key(|one| (fold(&one.kerja.nama), one.meja)),
        "kembali" => rows.sort_by_cached_key(|one| (one.share(), name(one))),
        "hari" => rows.sort_by_cached_key(|one| (one.kerja.hari.median(), name(one))),
        _ => rows.sort_by_cached_key(name),
    }
    if asked.starts_with('-') {
        rows.reverse();
    }
    Ok((periode, rows))
}

/// GET /perizinan/izin/keadilan?masa=2026-11&meja=loket&urut=-kembali
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (periode, rows) = gathered(ctx, tx)?;
    let (here, from) = (Address::here(ctx), after(ctx)?);
    let (first, next) = turns(&here, from, rows.len());
    let mut desks = vec![(String::new(), "Semua meja".to_owned())];
    desks.extend(
        Meja::ALL
            .iter()
            .filter(|meja| !matches!(meja, Meja::Pemohon | Meja::Selesai))
            .map(|meja| (meja.as_str().to_owned(), meja.label().to_owned())),
    );
    let mut filters = filters(ctx, tx, &here, periode)?.field(Field::select("meja", "Meja", &desks));
    if let Some(meja) = desk(ctx) {
        filters = filters.is_set(format!("Meja: {}", meja.label()), &["meja"]);
    }
    let number = |value: Option<i64>| value.map_or_else(Cell::empty, Cell::new);
    let lines = rows.iter().skip(from).take(ROWS).map(|one| {
        let beside = one.beside();
        Row::new(vec![
            Cell::new(&one.kerja.nama),
            Cell::new(one.meja.label()),
            Cell::new(one.kerja.berkas),
            Cell::new(one.kerja.kembali),
            one.share().map_or_else(Cell::empty, |share| Cell::new(persen(share))),
            number(one.kerja.hari.median()),
            number(one.kerja.hari.p90()),
            if beside.is_empty() { Cell::empty() } else { Cell::new(beside) },
        ])
    });
    let top = here.clone().top();
    let mut table = Table::new("Pengembalian dan lama menurut petugas")
        .column(Column::text("Petugas").sort_by(&top, "petugas"))
        .column(Column::text("Meja"))
        .column(Column::number("Berkas"))
        .column(Column::number("Dikembalikan"))
        .column(Column::number("Bagian").sort_by(&top, "kembali"))
        .column(Column::number("Median hari").sort_by(&top, "hari"))
        .column(Column::number("9 dari 10 hari"))
        .column(Column::text("Terhadap median meja"))
        .above(filters)
        .rows(lines)
        .pager(first, next)
        .empty(EmptyState::new(
            Icon::Chart,
            "Belum ada angka",
            "Angka dihitung setiap malam dari langkah yang dicatat pada masa ini.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.at("/perizinan/izin/keadilan/unduh"));
    }
    let purpose = "Berapa bagian berkas yang dikembalikan setiap petugas, dan berapa hari kerja berkas ada pada mejanya dibandingkan dengan median meja itu. Dihitung setiap malam.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (periode, rows) = gathered(ctx, tx)?;
    let mut sheet = Sheet::new("Pengembalian dan lama menurut petugas")
        .column(Col::text("Petugas"))
        .column(Col::text("Meja"))
        .column(Col::int("Berkas"))
        .column(Col::int("Dikembalikan"))
        .column(Col::text("Bagian"))
        .column(Col::int("Median hari"))
        .column(Col::int("9 dari 10 hari"))
        .column(Col::text("Terhadap median meja"))
        .about("Masa", periode.label());
    for one in rows {
        let (share, beside) = (one.share().map(persen), one.beside());
        sheet.push(vec![
            one.kerja.nama.as_str().into(),
            one.meja.label().into(),
            one.kerja.berkas.into(),
            one.kerja.kembali.into(),
            share.into(),
            one.kerja.hari.median().into(),
            one.kerja.hari.p90().into(),
            beside.into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "keadilan-petugas")
}
