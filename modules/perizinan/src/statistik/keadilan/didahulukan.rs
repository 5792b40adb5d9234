//! Files that were taken out of their turn, each with its reason.

use praja_kernel::{tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Icon, Row, Table,
    export::{self, Col, Format, Sheet},
};

use super::{MOST, ROWS, by_service, filters, moments, period, place, respond, service, services};
use crate::{
    alur::Meja,
    permohonan::AlasanLompat,
    statistik::store::{self, SaringLompat},
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/didahulukan";

fn asked(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<SaringLompat, Problem> {
    let all = services(tx)?;
    Ok(SaringLompat {
        alasan: ctx.query("alasan").and_then(|word| AlasanLompat::parse(word).ok()),
        jenis: service(ctx, &all)?.map(|one| one.id),
        meja: ctx.query("meja").and_then(|word| Meja::parse(word).ok()),
        masa: Some(moments(ctx, period(ctx)?)?),
    })
}

/// GET /perizinan/izin/keadilan/didahulukan?masa=2026&alasan=…&layanan=…&meja=…&sesudah=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saring, after) = (asked(ctx, tx)?, place(ctx)?);
    let mut rows = store::jumps(tx, &saring, after, ROWS + 1)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next =
        rows.last().filter(|_| more).map(|row| here.clone().set("sesudah", format!("{}.{}", row.pada.ms(), row.id)).href());
    let all = services(tx)?;
    let chosen = service(ctx, &all)?;
    let mut reasons = vec![(String::new(), "Semua alasan".to_owned())];
    reasons.extend(AlasanLompat::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())));
    let mut filters = by_service(filters(ctx, tx, &here, period(ctx)?)?, &all, chosen.as_ref())
        .field(Field::select("alasan", "Alasan", &reasons));
    if let Some(alasan) = saring.alasan {
        filters = filters.is_set(format!("Alasan: {}", alasan.label()), &["alasan"]);
    }
    let zona = ctx.instance().zona;
    let empty = rows.is_empty();
    let lines = rows.iter().map(|row| {
        let day = zona.date(row.pada);
        Row::new(vec![
            Cell::new(&row.nomor),
            Cell::new(&row.layanan),
            Cell::new(row.alasan.label()),
            Cell::new(row.meja.label()),
            Cell::new(&row.petugas),
            Cell::new(row.langkah.label()),
            if row.catatan.is_empty() { Cell::empty() } else { Cell::new(&row.catatan) },
            Cell::date(tanggal_pendek(day), tanggal_panjang(day)),
        ])
    });
    let mut table = Table::new("Didahulukan dari urutan")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("Alasan"))
        .column(Column::text("Meja"))
        .column(Column::text("Petugas"))
        .column(Column::text("Langkah"))
        .column(Column::text("Catatan"))
        .column(Column::date("Tanggal"))
        .above(filters)
        .rows(lines)
        .pager(after.map(|_| here.href()), next)
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada yang didahulukan",
            "Semua permohonan pada masa ini dikerjakan menurut urutannya.",
        ));
    if !empty {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose =
        "Permohonan yang dikerjakan sebelum yang masuk lebih dahulu, dengan alasan yang dipilih petugas. Pemohon tidak disebut.";
    Ok(respond(ctx, PAGE, purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let saring = asked(ctx, tx)?;
    let mut sheet = Sheet::new("Didahulukan dari urutan")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Alasan"))
        .column(Col::text("Meja"))
        .column(Col::text("Petugas"))
        .column(Col::text("Langkah"))
        .column(Col::text("Catatan"))
        .column(Col::date("Tanggal"))
        .about("Masa", period(ctx)?.label());
    let (zona, mut after) = (ctx.instance().zona, None);
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::jumps(tx, &saring, after, 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        after = Some((last.pada.ms(), last.id));
        let whole = rows.len() == 500;
        for row in rows {
            sheet.rows.push(vec![
                row.nomor.into(),
                row.layanan.into(),
                row.alasan.label().into(),
                row.meja.label().into(),
                row.petugas.into(),
                row.langkah.label().into(),
                row.catatan.into(),
                zona.date(row.pada).into(),
            ]);
        }
        Ok::<_, Problem>(whole)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "didahulukan")
}
