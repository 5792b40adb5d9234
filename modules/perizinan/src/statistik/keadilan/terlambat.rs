//! What is late, and what was decided late: for whoever was told of it and does not work at its desks.

use std::collections::BTreeMap;

use praja_kernel::{Date, Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Icon, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
};

use super::{MOST, ROWS, after, by_service, filters, period, respond, service, services, turns};
use crate::{
    jenis::{self, AkibatDiam, Diam},
    permohonan::write,
    statistik::store::terlambat::{Lewat, decided, running},
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/terlambat";

/// What the law may make of silence.
const RISK: &str = "Berisiko dikabulkan menurut hukum";

praja_kernel::words! {
    /// Which of the two the list is narrowed to.
    enum Keadaan ("keadaan yang terlambat") {
        /// Nobody decided yet.
        Berjalan => "berjalan", "Masih berjalan";
        /// Somebody decided, after its last day.
        Diputus => "diputus", "Sudah diputus";
    }
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Baris {
    isi: Lewat,
    /// Working days after the last one.
    lewat: i64,
    berisiko: bool,
}

impl Baris {
    fn keadaan(&self) -> String {
        match self.isi.selesai {
            Some((day, _)) => format!("{}, diputus {}", self.isi.status.label(), tanggal_panjang(day)),
            None => self.isi.status.label().to_owned(),
        }
    }
}

/// Does the law, as the type names it, grant what nobody decides? Without a rule to name, silence is only a warning.
fn is_risky(diam: &AkibatDiam) -> bool {
    diam.akibat != Diam::Peringatan && !diam.dasar.trim().is_empty()
}

fn keadaan(ctx: &Ctx) -> Option<Keadaan> {
    ctx.query("keadaan").and_then(|word| Keadaan::parse(word).ok())
}

/// Everything of the choice: what still runs first, and in each part what is latest.
fn gathered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Baris>, Problem> {
    let all = services(tx)?;
    let (jenis, asked, today) = (service(ctx, &all)?.map(|one| one.id), keadaan(ctx), ctx.today());
    let (first, last) = period(ctx)?.days().ok_or(Problem::NotFound)?;
    let mut found = Vec::new();
    if asked != Some(Keadaan::Diputus) {
        // Of a period that has ended: what was late by its end, and is still.
        found.extend(running(tx, today.min(next(last)?), jenis, MOST)?);
    }
    if asked != Some(Keadaan::Berjalan) {
        found.extend(decided(tx, (first, last), jenis, MOST)?);
    }
    let calendar = praja_desk::calendar::of(tx, today)?;
    let mut risky: BTreeMap<Id, bool> = BTreeMap::new();
    let mut rows = Vec::with_capacity(found.len());
    for isi in found {
        let used = match isi.selesai {
            Some((_, used)) => used,
            None => isi.jam.used(&calendar, today).map_err(write::beyond)?,
        };
        let berisiko = match risky.get(&isi.jenis_versi) {
            Some(known) => *known,
            None => {
                let told = is_risky(&jenis::store::version(tx, isi.jenis_versi)?.diam);
                risky.insert(isi.jenis_versi, told);
                told
            }
        };
        rows.push(Baris { lewat: used - isi.jam.sla, berisiko, isi });
    }
    rows.sort_by(|a, b| {
        let key = |one: &Baris| (one.isi.selesai.is_some(), -one.lewat);
        key(a).cmp(&key(b)).then_with(|| a.isi.nomor.cmp(&b.isi.nomor))
    });
    Ok(rows)
}

fn next(day: Date) -> Result<Date, Problem> {
    day.tomorrow().map_err(|_| Problem::NotFound)
}

/// GET /perizinan/izin/keadilan/terlambat?masa=2026&layanan=…&keadaan=berjalan
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = gathered(ctx, tx)?;
    let (here, from) = (Address::here(ctx), after(ctx)?);
    let (newer, older) = turns(&here, from, rows.len());
    let all = services(tx)?;
    let mut words = vec![(String::new(), "Semua keadaan".to_owned())];
    words.extend(Keadaan::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())));
    let mut filters = by_service(filters(ctx, tx, &here, period(ctx)?)?, &all, service(ctx, &all)?.as_ref())
        .field(Field::select("keadaan", "Keadaan", &words));
    if let Some(one) = keadaan(ctx) {
        filters = filters.is_set(format!("Keadaan: {}", one.label().to_lowercase()), &["keadaan"]);
    }
    let lines = rows.iter().skip(from).take(ROWS).map(|one| {
        let tenggat = one.isi.tenggat;
        Row::new(vec![
            Cell::new(&one.isi.nomor),
            Cell::new(&one.isi.layanan),
            Cell::new(one.keadaan()),
            Cell::new(one.isi.meja.label()),
            if one.isi.petugas.is_empty() { Cell::empty() } else { Cell::new(&one.isi.petugas) },
            Cell::date(tanggal_pendek(tenggat), tanggal_panjang(tenggat)),
            Cell::new(one.lewat),
            if one.berisiko { Cell::new(badge(Tone::Bad, RISK)) } else { Cell::empty() },
        ])
    });
    let mut table = Table::new("Terlambat")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("Keadaan"))
        .column(Column::text("Meja"))
        .column(Column::text("Petugas"))
        .column(Column::date("Tenggat"))
        .column(Column::number("Hari kerja lewat").corner())
        .column(Column::text("Akibat bila tidak diputus"))
        .above(filters)
        .rows(lines)
        .pager(newer, older)
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada yang terlambat",
            "Tidak ada permohonan yang lewat tenggat atau diputus terlambat pada masa dan layanan ini.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose = "Permohonan yang lewat tenggat dan belum diputus, lalu yang diputus terlambat pada masa ini. Untuk yang sudah diputus, meja dan petugasnya adalah yang memegang berkas ketika tenggat lewat. Pemohon tidak disebut.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Permohonan yang terlambat")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Meja"))
        .column(Col::text("Petugas"))
        .column(Col::date("Tenggat"))
        .column(Col::date("Diputus"))
        .column(Col::int("Hari kerja lewat"))
        .column(Col::text("Akibat bila tidak diputus"))
        .about("Masa", period(ctx)?.label());
    for one in gathered(ctx, tx)? {
        sheet.push(vec![
            one.isi.nomor.into(),
            one.isi.layanan.into(),
            one.isi.status.label().into(),
            one.isi.meja.label().into(),
            one.isi.petugas.into(),
            one.isi.tenggat.into(),
            one.isi.selesai.map(|(day, _)| day).into(),
            one.lewat.into(),
            one.berisiko.then(|| RISK.to_owned()).into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "terlambat")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_a_risk_only_where_a_rule_grants_what_nobody_decides() {
        for (akibat, dasar, risky) in [
            (Diam::Peringatan, "", false),
            (Diam::Peringatan, "UU 30/2014 pasal 53", false),
            (Diam::Dikabulkan, " ", false),
            (Diam::Dikabulkan, "UU 30/2014 pasal 53", true),
            (Diam::TerbitOtomatis, "Perbup 1/2026", true),
        ] {
            assert_eq!(is_risky(&AkibatDiam { akibat, dasar: dasar.into() }), risky, "{akibat:?} {dasar}");
        }
    }
}
