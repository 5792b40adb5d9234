//! Refusals by service and code, nothing hidden.

use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Row, Table,
    export::{self, Col, Format, Sheet},
};

use super::{ROWS, after, by_service, filters, period, respond, service, services, turns};
use crate::statistik::{
    angka::{per_seribu, persen},
    periode::Periode,
    store, ukuran,
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/penolakan";

struct Baris {
    layanan: String,
    alasan: &'static str,
    jumlah: i64,
    /// Of what was decided of the service, in tenths of a percent.
    bagian: Option<i64>,
}

fn gathered(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Baris>, Problem> {
    let (periode, all) = (period(ctx)?, services(tx)?);
    let chosen = service(ctx, &all)?;
    let key = periode.to_string();
    let figures = store::dalam(tx, &Periode::Tahun(periode.tahun()).to_string())?;
    let mut rows = Vec::new();
    for layanan in all.iter().filter(|one| chosen.as_ref().is_none_or(|chosen| chosen.id == one.id)) {
        let Some(isi) = figures.iter().find(|one| one.jenis == Some(layanan.id)).map(|one| &one.isi) else { continue };
        let count = |name: &str| isi.count(&key, name).value().unwrap_or(0);
        let decided = count(ukuran::PUTUS);
        let mut own: Vec<Baris> = ukuran::refusals()
            .map(|(name, alasan)| (count(&name), alasan))
            .filter(|(jumlah, _)| *jumlah > 0)
            .map(|(jumlah, alasan)| Baris { layanan: layanan.nama.clone(), alasan, jumlah, bagian: per_seribu(jumlah, decided) })
            .collect();
        own.sort_by_key(|one| (std::cmp::Reverse(one.jumlah), one.alasan));
        rows.append(&mut own);
    }
    Ok(rows)
}

/// GET /perizinan/izin/keadilan/penolakan?masa=2026&layanan=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = gathered(ctx, tx)?;
    let (here, from) = (Address::here(ctx), after(ctx)?);
    let (first, next) = turns(&here, from, rows.len());
    let all = services(tx)?;
    let filters = by_service(filters(ctx, tx, &here, period(ctx)?)?, &all, service(ctx, &all)?.as_ref());
    let lines = rows.iter().skip(from).take(ROWS).map(|one| {
        Row::new(vec![
            Cell::new(&one.layanan),
            Cell::new(one.alasan),
            Cell::new(one.jumlah),
            one.bagian.map_or_else(Cell::empty, |share| Cell::new(persen(share))),
        ])
    });
    let mut table = Table::new("Penolakan menurut alasan")
        .column(Column::text("Layanan"))
        .column(Column::text("Alasan"))
        .column(Column::number("Jumlah").corner())
        .column(Column::number("Bagian dari yang diputus"))
        .above(filters)
        .rows(lines)
        .pager(first, next)
        .empty(EmptyState::new(Icon::Good, "Tidak ada yang ditolak", "Tidak ada penolakan pada masa dan layanan ini."));
    if !rows.is_empty() {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose = "Alasan yang dipakai untuk menolak, menurut layanan. Bunyi setiap penolakan dibaca pada Tinjau penolakan.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Penolakan menurut alasan")
        .column(Col::text("Layanan"))
        .column(Col::text("Alasan"))
        .column(Col::int("Jumlah"))
        .column(Col::text("Bagian dari yang diputus"))
        .about("Masa", period(ctx)?.label());
    for one in gathered(ctx, tx)? {
        sheet.push(vec![one.layanan.into(), one.alasan.into(), one.jumlah.into(), one.bagian.map(persen).into()]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "penolakan-menurut-alasan")
}
