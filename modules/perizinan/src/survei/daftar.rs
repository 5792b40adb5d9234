//! The surveys of one officer: today and next first, with what is needed to go there.

use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html,
};

use super::{
    LIST,
    store::{self, Survei},
};
use crate::{
    alur::Status,
    jenis::{self, JenisIsian},
    meja::{href, me},
    permohonan::{self, Permohonan, isian::Jawaban},
    portal,
};

/// Rows of the list; more are found in the list of applications.
const MOST: usize = 60;
/// So many reports are fetched onto the device.
const KEPT: usize = 12;

struct Baris {
    survei: Survei,
    one: Permohonan,
    layanan: String,
    tempat: String,
    titik: String,
}

fn rows(ctx: &Ctx, tx: &mut Tx<'_>, finished: bool) -> Result<Vec<Baris>, Problem> {
    let mut all = Vec::new();
    for survei in store::own(tx, me(ctx)?, finished, MOST)? {
        let Some(one) = permohonan::store::get(tx, survei.permohonan)? else { continue };
        // One that was withdrawn or returned is not gone to.
        if !finished && !matches!(one.status, Status::SurveiDijadwalkan | Status::Bap) {
            continue;
        }
        let jenis = jenis::store::version(tx, one.jenis_versi)?;
        let jawaban = Jawaban::read(&one.isian);
        let region = jenis
            .fields()
            .find(|field| field.jenis == JenisIsian::Wilayah && !jawaban.text(&field.kode).is_empty())
            .map(|field| portal::answer(ctx, field, jawaban.text(&field.kode)));
        let titik =
            jenis.fields().find(|field| field.jenis == JenisIsian::Titik).map(|field| jawaban.text(&field.kode).to_owned());
        let named = ["letak", "lokasi", "alamat_lokasi"].iter().map(|kode| jawaban.text(kode)).find(|text| !text.is_empty());
        let place: Vec<String> = named.map(ToOwned::to_owned).into_iter().chain(region).collect();
        let tempat = if place.is_empty() { one.pemohon.alamat.clone() } else { place.join(", ") };
        all.push(Baris { survei, layanan: jenis.nama.clone(), tempat, titik: titik.unwrap_or_default(), one });
    }
    Ok(all)
}

/// GET /perizinan/izin/survei?pandangan=selesai
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let finished = ctx.query("pandangan") == Some("selesai");
    let rows = rows(ctx, tx, finished)?;
    let here = Address::here(ctx);
    let today = ctx.today();
    let lines = rows.iter().map(|row| {
        let day = row.survei.tanggal;
        let (tone, words) = match (&row.survei.hasil, row.survei.pada) {
            (_, Some(_)) => (Tone::Good, "Sah"),
            (Some(_), None) => (Tone::Warn, "Menunggu konfirmasi"),
            (None, None) if day == today => (Tone::Info, "Hari ini"),
            (None, None) if day < today => (Tone::Bad, "Lewat jadwal"),
            (None, None) => (Tone::Neutral, "Dijadwalkan"),
        };
        let point = super::laporan::plain_point(&row.titik);
        let phone = &row.one.pemohon.telepon;
        Row::new(vec![
            Cell::date(tanggal_pendek(day), praja_kernel::tanggal_panjang(day)),
            Cell::new(&row.survei.jam),
            Cell::new(html! { (row.one.pemohon.nama) ", " span.redup { (row.layanan) } }),
            Cell::new(html! { (row.tempat) @if !point.is_empty() { " " a href={ "geo:" (point) } { "Buka peta" } } }),
            Cell::new(html! { @if phone.is_empty() { "tidak ada" } @else { a href={ "tel:" (phone) } { (phone) } } }),
            Cell::new(badge(tone, words)),
        ])
        .href(href(&row.one, "bap"))
    });
    let view = ctx.query("pandangan").unwrap_or_default().to_owned();
    let mut table = Table::new("Pemeriksaan lapangan saya")
        .column(Column::date("Jadwal"))
        .column(Column::text("Jam"))
        .column(Column::text("Pemohon"))
        .column(Column::text("Tempat"))
        .column(Column::text("Telepon"))
        .column(Column::text("Keadaan").corner())
        .rows(lines)
        .chip("Hari ini dan berikutnya", here.clone().without("pandangan").href(), view.is_empty())
        .chip("Sudah sah", here.clone().set("pandangan", "selesai").href(), finished)
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada pemeriksaan lapangan",
            "Jadwal yang memuat nama Anda tampil di sini, yang terdekat di atas.",
        ));
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let header = PageHeader::new("Pemeriksaan lapangan")
        .purpose("Yang menjadi tugas tim Anda. Berita acara dapat diisi tanpa sambungan dan terkirim sendiri sesudahnya.");
    Ok(frame::respond(ctx, &header, html! { (table) }).kept(true))
}

/// GET /perizinan/izin/survei/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Pemeriksaan lapangan saya")
        .column(Col::date("Tanggal"))
        .column(Col::text("Jam"))
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Pemohon"))
        .column(Col::text("Telepon"))
        .column(Col::text("Tempat"))
        .column(Col::text("Titik"))
        .column(Col::text("Hasil"));
    for row in rows(ctx, tx, ctx.query("pandangan") == Some("selesai"))? {
        sheet.push(vec![
            export::Cell::Date(row.survei.tanggal),
            export::Cell::Text(row.survei.jam),
            export::Cell::Text(row.one.sebutan().to_owned()),
            export::Cell::Text(row.layanan),
            export::Cell::Text(row.one.pemohon.nama.clone()),
            export::Cell::Text(row.one.pemohon.telepon.clone()),
            export::Cell::Text(row.tempat),
            export::Cell::Text(row.titik),
            export::Cell::Text(row.survei.hasil.as_deref().map_or("belum diperiksa", super::hasil_label).to_owned()),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "pemeriksaan-lapangan")
}

/// What a surveyor takes along for the hours without a line: the list, and the reports that are to be written.
pub(crate) fn offline(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>, Problem> {
    if !ctx.may(crate::hak::SURVEY) {
        return Ok(Vec::new());
    }
    let mut pages = vec![LIST.to_owned()];
    for row in rows(ctx, tx, false)?.iter().take(KEPT) {
        pages.push(href(&row.one, "bap"));
    }
    Ok(pages)
}
