//! How long each technical OPD took, against the days it was given.

use praja_identity::opd;
use praja_kernel::{Id, fold};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Row, Table,
    export::{self, Col, Format, Sheet},
};

use super::{ROWS, after, by_service, filters, moments, period, respond, service, services, turns};
use crate::{
    permohonan::write,
    statistik::{angka::persen, store::teknis, teknis::Waktu},
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/opd-teknis";

/// Each OPD that was asked within the choice, by name.
fn gathered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(String, Waktu)>, Problem> {
    let (all, between, today) = (services(tx)?, moments(ctx, period(ctx)?)?, ctx.today());
    let jenis: Option<Id> = service(ctx, &all)?.map(|one| one.id);
    let calendar = praja_desk::calendar::of(tx, today)?;
    let mut rows = Vec::new();
    for opd in teknis::asked(tx)? {
        let mut sum = Waktu::default();
        for one in teknis::requests(tx, opd, between, jenis)? {
            // Days are counted through one by one, so only of what still waits.
            let waits = one.pakai.is_none() && one.menunggu;
            let berjalan = if waits { calendar.working_days_between(one.diminta, today).map_err(write::beyond)? } else { 0 };
            sum.add(&one, berjalan);
        }
        if sum.diminta > 0 {
            rows.push((opd::name(tx, opd)?.unwrap_or_default(), sum));
        }
    }
    rows.sort_by_cached_key(|(nama, _)| fold(nama));
    Ok(rows)
}

/// GET /perizinan/izin/keadilan/opd-teknis?masa=2026&layanan=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = gathered(ctx, tx)?;
    let (here, from) = (Address::here(ctx), after(ctx)?);
    let (first, next) = turns(&here, from, rows.len());
    let all = services(tx)?;
    let filters = by_service(filters(ctx, tx, &here, period(ctx)?)?, &all, service(ctx, &all)?.as_ref());
    let number = |value: Option<i64>| value.map_or_else(Cell::empty, Cell::new);
    let lines = rows.iter().skip(from).take(ROWS).map(|(nama, one)| {
        Row::new(vec![
            Cell::new(nama),
            Cell::new(one.diminta),
            Cell::new(one.dijawab),
            Cell::new(one.dilewatkan),
            number(one.jatah.median()),
            number(one.hari.median()),
            number(one.hari.p90()),
            one.tepat_waktu().map_or_else(Cell::empty, |share| Cell::new(persen(share))),
        ])
    });
    let mut table = Table::new("Waktu OPD teknis")
        .column(Column::text("OPD"))
        .column(Column::number("Diminta"))
        .column(Column::number("Dijawab"))
        .column(Column::number("Belum dijawab, lewat jatah"))
        .column(Column::number("Median jatah"))
        .column(Column::number("Median hari"))
        .column(Column::number("9 dari 10 hari"))
        .column(Column::number("Tepat waktu").corner())
        .above(filters)
        .rows(lines)
        .pager(first, next)
        .empty(EmptyState::new(
            Icon::Chart,
            "Tidak ada rekomendasi yang diminta",
            "Tidak ada OPD teknis yang diminta menilai permohonan pada masa dan layanan ini.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose = "Rekomendasi yang diminta pada masa ini: berapa hari kerja jatah setiap OPD teknis, dan berapa yang terpakai. Yang tidak dijawab sampai lewat jatahnya dihitung tidak tepat waktu.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Waktu OPD teknis")
        .column(Col::text("OPD"))
        .column(Col::int("Diminta"))
        .column(Col::int("Dijawab"))
        .column(Col::int("Belum dijawab, lewat jatah"))
        .column(Col::int("Median jatah"))
        .column(Col::int("Median hari"))
        .column(Col::int("9 dari 10 hari"))
        .column(Col::text("Tepat waktu"))
        .about("Masa", period(ctx)?.label());
    for (nama, one) in gathered(ctx, tx)? {
        sheet.push(vec![
            nama.into(),
            one.diminta.into(),
            one.dijawab.into(),
            one.dilewatkan.into(),
            one.jatah.median().into(),
            one.hari.median().into(),
            one.hari.p90().into(),
            one.tepat_waktu().map(persen).into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "waktu-opd-teknis")
}
