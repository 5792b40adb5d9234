//! Who files for others, and how much.

use praja_kernel::{fold, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Row, Table,
    export::{self, Col, Format, Sheet},
};

use super::{ROWS, after, filters, moments, period, respond, turns};
use crate::{
    nik,
    statistik::store::{self, Kuasa},
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/kuasa";

/// Proxies of the choice, who files most first.
fn gathered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Kuasa>, Problem> {
    let (from, before) = moments(ctx, period(ctx)?)?;
    let mut all = store::proxies(tx, from, before)?;
    all.sort_by_cached_key(|one| (std::cmp::Reverse(one.berkas), fold(&one.nama), one.nik.clone()));
    Ok(all)
}

/// GET /perizinan/izin/keadilan/kuasa?masa=2026
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = gathered(ctx, tx)?;
    let (here, from) = (Address::here(ctx), after(ctx)?);
    let (first, next) = turns(&here, from, rows.len());
    let zona = ctx.instance().zona;
    let lines = rows.iter().skip(from).take(ROWS).map(|one| {
        let day = zona.date(one.terakhir);
        Row::new(vec![
            Cell::new(&one.nama),
            Cell::new(nik::samar(&one.nik)),
            Cell::new(one.berkas),
            Cell::date(tanggal_pendek(day), tanggal_panjang(day)),
        ])
    });
    let mut table = Table::new("Penerima kuasa")
        .column(Column::text("Nama"))
        .column(Column::text("NIK"))
        .column(Column::number("Permohonan").corner())
        .column(Column::date("Terakhir"))
        .above(filters(ctx, tx, &here, period(ctx)?)?)
        .rows(lines)
        .pager(first, next)
        .empty(EmptyState::new(
            Icon::People,
            "Tidak ada penerima kuasa",
            "Semua permohonan pada masa ini diajukan pemohonnya sendiri.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose =
        "Siapa yang mengajukan untuk orang lain, dan berapa permohonan. Dokumen selalu diserahkan kepada pemohonnya sendiri.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Penerima kuasa")
        .column(Col::text("Nama"))
        .column(Col::text("NIK"))
        .column(Col::int("Permohonan"))
        .column(Col::date("Terakhir"))
        .about("Masa", period(ctx)?.label());
    for one in gathered(ctx, tx)? {
        let day = ctx.instance().zona.date(one.terakhir);
        sheet.push(vec![one.nama.into(), nik::samar(&one.nik).into(), one.berkas.into(), day.into()]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "penerima-kuasa")
}
