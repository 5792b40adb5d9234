//! The public register of what was issued: number, service, holder as the type allows, area, dates, state. No NIK, telephone or address.

use std::collections::HashSet;

use praja_desk::{visitors, wilayah as regions};
use praja_kernel::{Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Access, Ctx, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Icon, PageHeader, Row, Table, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{
    store::daftar::{self, Bagi, Saring},
    terbit::{after, asked, filters, mark, tone},
};
use crate::{jenis, layanan::HOME};

/// Where anybody looks a licence up.
pub(crate) const PAGE: &str = "/perizinan/daftar-izin";
/// Rows of a page.
const ROWS: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 20_000;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get_as(PAGE, Access::Public, "Daftar izin untuk umum", list),
    Route::get_as("/perizinan/daftar-izin/unduh", Access::Public, "Mengunduh daftar izin untuk umum", download),
];

/// Types whose holders are not named.
fn closed(tx: &mut Tx<'_>) -> Result<HashSet<Id>, Problem> {
    let all = jenis::store::all(tx)?;
    Ok(all.into_iter().filter(|one| one.isi.dokumen.nama_tertutup).map(|one| one.versi.jenis).collect())
}

fn narrowed(ctx: &Ctx, closed: &HashSet<Id>) -> Result<Saring, Problem> {
    Ok(Saring { tertutup: closed.iter().copied().collect(), ..asked(ctx)? })
}

/// The district of a place: closer than that is nobody's business here.
fn district(lookup: &regions::Lookup, kode: &str) -> String {
    let kecamatan: Vec<&str> = kode.split('.').take(3).collect();
    lookup.get(&kecamatan.join(".")).map(|one| one.nama.clone()).unwrap_or_default()
}

/// GET /perizinan/daftar-izin?layanan=…&keadaan=…&tahun=…&wilayah=…&q=…&sesudah=…
fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let closed = closed(tx)?;
    let (saring, after, today) = (narrowed(ctx, &closed)?, after(ctx)?, ctx.today());
    let mut rows = daftar::list(tx, Bagi::Semua, &saring, today, after, ROWS + 1)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next = rows.last().filter(|_| more).map(|row| here.clone().set("sesudah", mark(&saring, row)).href());
    let first = after.map(|_| here.href());
    let lookup = regions::Lookup::of(&ctx.instance().paket);
    let lines = rows.iter().map(|row| {
        let tampak = row.tampak;
        let end = row.berlaku_sampai;
        let line = Row::new(vec![
            Cell::new(&row.nomor),
            Cell::new(&row.jenis_nama),
            if closed.contains(&row.jenis) { Cell::new("tidak ditampilkan") } else { Cell::new(&row.nama) },
            Cell::new(badge(tone(tampak), tampak.label())),
            Cell::new(district(&lookup, &row.lokasi)),
            Cell::date(tanggal_pendek(row.tanggal), tanggal_panjang(row.tanggal)),
            end.map_or_else(|| Cell::new("tanpa batas"), |end| Cell::date(tanggal_pendek(end), tanggal_panjang(end))),
        ]);
        match &row.token {
            Some(token) => line.href(format!("/v/{token}")),
            None => line,
        }
    });
    let mut table = Table::new("Daftar izin")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("Pemegang"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Kecamatan"))
        .column(Column::date("Tanggal").wide_only())
        .column(Column::date("Berlaku sampai"))
        .rows(lines)
        .pager(first, next)
        .empty(EmptyState::new(
            Icon::Document,
            "Tidak ada izin yang cocok",
            "Periksa ketikan nomor atau nama, atau ubah saringan.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PAGE}/unduh")));
    }
    let mut areas = vec![(String::new(), "Semua kecamatan".to_owned())];
    let own = ctx.instance().paket.bagian_wilayah.iter().filter(|(kode, _)| kode.split('.').count() == 3);
    areas.extend(own.map(|(kode, nama)| (kode.clone(), nama.clone())));
    let content = html! {
        (search_box(&here, "Cari izin", "Nomor lengkap, atau bagian dari nama pemegang"))
        (filters(tx, &here, today)?.field(Field::select("wilayah", "Kecamatan", &areas)))
        (table)
        p { "Daftar ini tidak memuat NIK, alamat, atau nomor telepon siapa pun. Keaslian satu izin diperiksa pada halaman pemeriksaannya." }
    };
    let header = PageHeader::new("Daftar izin")
        .purpose("Izin yang diterbitkan pemerintah daerah, dengan keadaannya hari ini.")
        .crumb("Perizinan", HOME);
    Ok(frame::respond(ctx, &header, content))
}

/// GET /perizinan/daftar-izin/unduh: open data.
fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let closed = closed(tx)?;
    let (saring, today) = (narrowed(ctx, &closed)?, ctx.today());
    let rows = daftar::list(tx, Bagi::Semua, &saring, today, None, MOST)?;
    let lookup = regions::Lookup::of(&ctx.instance().paket);
    let mut sheet = Sheet::new("Daftar izin")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Pemegang"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Kecamatan"))
        .column(Col::date("Tanggal"))
        .column(Col::date("Berlaku sampai"));
    for row in rows {
        let tampak = row.tampak;
        sheet.push(vec![
            export::Cell::Text(row.nomor),
            export::Cell::Text(row.jenis_nama),
            if closed.contains(&row.jenis) { export::Cell::Empty } else { export::Cell::Text(row.nama) },
            export::Cell::Text(tampak.label().into()),
            export::Cell::Text(district(&lookup, &row.lokasi)),
            export::Cell::Date(row.tanggal),
            row.berlaku_sampai.map_or(export::Cell::Empty, export::Cell::Date),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "daftar-izin")
}
