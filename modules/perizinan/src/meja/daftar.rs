//! The list of applications: one's own turn first, everything by state, desk, service and lateness, and search.

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{LIST, me};
use crate::{
    alur::{Jam, Meja, Status},
    jenis, pengaturan,
    permohonan::{
        store::daftar::{self, Baris, PAGE, Saring},
        write::Kerja,
    },
    sla,
};

/// At most so many rows are taken along at once.
const MOST: usize = 20_000;

/// What is asked for.
fn asked(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Saring, bool), Problem> {
    let word = |name: &str| ctx.query(name).filter(|text| !text.is_empty());
    let mine = word("pandangan") == Some("saya");
    let mut saring = Saring { petugas: if mine { Some(me(ctx)?) } else { None }, ..Saring::default() };
    if let Some(text) = word("keadaan") {
        saring.status = Some(Status::parse(text).map_err(|_| Problem::NotFound)?);
    }
    if let Some(text) = word("meja") {
        saring.meja = Some(Meja::parse(text).map_err(|_| Problem::NotFound)?);
    }
    if let Some(text) = word("layanan") {
        saring.jenis = Some(text.parse::<Id>().map_err(|_| Problem::NotFound)?);
    }
    if word("pandangan") == Some("terlambat") {
        saring.terlambat = Some(ctx.today());
    }
    if let Some(text) = word("q") {
        let text: String = text.chars().take(100).collect();
        let number = text.trim().to_uppercase().replace(' ', "");
        let is_number = number.len() == 10 && crate::permohonan::read_resi(&number).is_some() || number.matches('-').count() == 2;
        if is_number {
            saring.nomor = Some(number);
        } else {
            saring.ids = Some(daftar::named(tx, ctx.scope()?, &text)?);
        }
    }
    Ok((saring, mine))
}

/// GET /perizinan/izin?pandangan=…&keadaan=…&meja=…&layanan=…&q=…&sesudah=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saring, mine) = asked(ctx, tx)?;
    let after = match ctx.query("sesudah") {
        None => None,
        Some(text) => {
            let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
            Some(parts.ok_or(Problem::NotFound)?)
        }
    };
    let mut rows = daftar::list(tx, ctx.scope()?, &saring, after, PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let kerja = Kerja::of(ctx, tx)?;
    let here = Address::here(ctx).without("sesudah");
    let next = rows.last().filter(|_| more).map(|row| {
        let at = if mine { row.sejak } else { row.diajukan };
        here.clone().set("sesudah", format!("{}.{}", at.ms(), row.id)).href()
    });
    let first = after.map(|_| here.clone().href());
    let empty = if mine {
        EmptyState::new(
            Icon::Good,
            "Tidak ada yang menunggu Anda",
            "Permohonan yang menjadi giliran Anda tampil di sini, yang masuk lebih dahulu di atas.",
        )
    } else {
        EmptyState::new(
            Icon::Document,
            "Tidak ada permohonan yang cocok",
            "Ubah saringan, atau tunggu permohonan masuk dari portal dan loket.",
        )
    };
    let view = ctx.query("pandangan").unwrap_or_default().to_owned();
    let to = |word: &str| here.clone().set("pandangan", word).href();
    let mut table = columns(&kerja, ctx, &rows)?
        .chip("Semua", to(""), view.is_empty())
        .chip("Giliran saya", to("saya"), view == "saya")
        .chip("Terlambat", to("terlambat"), view == "terlambat")
        .pager(first, next)
        .empty(empty);
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let no_gifts = pengaturan::no_gifts(tx)?;
    let content = html! {
        (search_box(&here, "Cari permohonan", "Nomor pendaftaran, resi, atau nama pemohon"))
        (filters(tx, &here)?)
        (table.choose_columns(&here))
        (no_gifts)
    };
    let header = PageHeader::new("Permohonan izin")
        .purpose("Yang masuk lebih dahulu dikerjakan lebih dahulu. Giliran dibagi oleh sistem.");
    Ok(frame::respond(ctx, &header, content))
}

fn filters(tx: &mut Tx<'_>, here: &Address) -> Result<Filters, Problem> {
    let mut states = vec![(String::new(), "Semua keadaan".to_owned())];
    states.extend(Status::ALL.iter().filter(|s| **s != Status::Draf).map(|s| (s.as_str().to_owned(), s.label().to_owned())));
    let mut desks = vec![(String::new(), "Semua meja".to_owned())];
    desks.extend(Meja::ALL.iter().map(|m| (m.as_str().to_owned(), m.label().to_owned())));
    let mut services = vec![(String::new(), "Semua layanan".to_owned())];
    services.extend(jenis::store::names(tx)?.into_iter().map(|(id, nama)| (id.to_string(), nama)));
    Ok(Filters::new(here)
        .field(Field::select("layanan", "Layanan", &services))
        .field(Field::select("keadaan", "Keadaan", &states))
        .field(Field::select("meja", "Di meja", &desks)))
}

fn columns(kerja: &Kerja, ctx: &Ctx, rows: &[Baris]) -> Result<Table, Problem> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let day = ctx.instance().zona.date(row.diajukan);
        lines.push(
            Row::new(vec![
                Cell::new(html! { span.utuh { (row.nomor) } }),
                Cell::new(&row.jenis_nama),
                Cell::new(&row.nama),
                Cell::new(badge(tone(row.status), row.status.label())),
                Cell::new(if row.petugas_nama.is_empty() {
                    row.meja.label().to_owned()
                } else {
                    format!("{}, {}", row.meja.label(), row.petugas_nama)
                }),
                Cell::new(due(kerja, row)?),
                Cell::date(tanggal_pendek(day), praja_kernel::tanggal_panjang(day)),
            ])
            .href(format!("{LIST}/{}", row.id)),
        );
    }
    Ok(Table::new("Permohonan izin")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan").key("layanan"))
        .column(Column::text("Pemohon"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Di meja").key("meja"))
        .column(Column::text("Tenggat"))
        .column(Column::date("Diajukan").key("diajukan"))
        .rows(lines))
}

/// The colour of a state.
pub(crate) const fn tone(status: Status) -> Tone {
    match status {
        Status::Terbit | Status::Diserahkan => Tone::Good,
        Status::Ditolak | Status::Gugur => Tone::Bad,
        Status::Dikembalikan | Status::Ditangguhkan | Status::MenungguBayar => Tone::Warn,
        Status::DicabutPemohon | Status::Draf => Tone::Neutral,
        _ => Tone::Info,
    }
}

/// The due date with its light: words and colour, never colour alone.
fn due(kerja: &Kerja, row: &Baris) -> Result<praja_web::Markup, Problem> {
    if let Some(used) = row.hari_pakai {
        let late = used > row.sla;
        return Ok(html! { (used) " hari kerja" @if late { " " (badge(Tone::Bad, "lewat janji")) } });
    }
    if row.status.jam() == Jam::Jalan
        && let Some(due) = row.tenggat
    {
        let jam = sla::Jam { sla: row.sla, mulai: row.mulai, terpakai: row.terpakai, lanjut: row.lanjut };
        let light = jam.light(&kerja.calendar, kerja.today).map_err(crate::permohonan::write::beyond)?;
        let tone = match light {
            sla::Lampu::Hijau => Tone::Good,
            sla::Lampu::Kuning => Tone::Warn,
            sla::Lampu::Merah => Tone::Bad,
            sla::Lampu::Belum | sla::Lampu::Berhenti => Tone::Neutral,
        };
        return Ok(html! { (tanggal_pendek(due)) " " (badge(tone, light.label())) });
    }
    Ok(match (row.status, row.batas_langkah) {
        (Status::Diajukan, Some(day)) => html! { "periksa sampai " (tanggal_pendek(day)) },
        (Status::Dikembalikan, Some(day)) => html! { "diperbaiki sampai " (tanggal_pendek(day)) },
        _ => html! { "waktu berhenti" },
    })
}

/// GET /perizinan/izin/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saring, _) = asked(ctx, tx)?;
    let rows = daftar::list(tx, ctx.scope()?, &saring, None, MOST)?;
    let mut sheet = Sheet::new("Permohonan izin")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Pemohon"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Di meja"))
        .column(Col::text("Petugas"))
        .column(Col::date("Diajukan"))
        .column(Col::date("Lengkap"))
        .column(Col::date("Tenggat"))
        .column(Col::date("Selesai"))
        .column(Col::int("Janji hari kerja"))
        .column(Col::int("Hari kerja terpakai"));
    let zona = ctx.instance().zona;
    let day = |date: Option<praja_kernel::Date>| date.map_or(export::Cell::Empty, export::Cell::Date);
    for row in rows {
        sheet.push(vec![
            export::Cell::Text(row.nomor),
            export::Cell::Text(row.jenis_nama),
            export::Cell::Text(row.nama),
            export::Cell::Text(row.status.label().into()),
            export::Cell::Text(row.meja.label().into()),
            export::Cell::Text(row.petugas_nama),
            export::Cell::Date(zona.date(row.diajukan)),
            day(row.mulai),
            day(row.tenggat),
            day(row.selesai),
            export::Cell::Int(row.sla),
            row.hari_pakai.map_or(export::Cell::Empty, export::Cell::Int),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "permohonan-izin")
}

/// What waits for whoever asks, and how much of it is due.
pub(crate) fn tile(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let Ok(orang) = me(ctx) else { return Ok(TileValue { value: "0".into(), note: String::new(), href: LIST.into() }) };
    let Ok(scope) = ctx.scope() else { return Ok(TileValue { value: "0".into(), note: String::new(), href: LIST.into() }) };
    let saring = Saring { petugas: Some(orang), ..Saring::default() };
    let rows = daftar::list(tx, scope, &saring, None, PAGE)?;
    let today = ctx.today();
    let due = rows.iter().filter(|row| row.lanjut.is_some() && row.tenggat.is_some_and(|due| due <= today)).count();
    let note = if due > 0 { format!("{due} jatuh tempo atau terlambat") } else { "tidak ada yang jatuh tempo".into() };
    let value = if rows.len() == PAGE { format!("{PAGE}+") } else { rows.len().to_string() };
    Ok(TileValue { value, note, href: format!("{LIST}?pandangan=saya") })
}
