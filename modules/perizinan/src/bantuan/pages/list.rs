//! The list of visits with its figures, and the same to take along.

use std::collections::BTreeMap;

use praja_kernel::{Date, Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, PageHeader, Row, Stat, Table, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box, stats,
};

use super::{LIST, here, no_licence, tone};
use crate::{
    RECEIVE,
    bantuan::{
        Keadaan, Kunjungan, channels, kbli,
        store::{self, Letak, Saringan},
    },
    jenis::Kanal,
    nik,
};

/// Rows of one page.
const PAGE: i64 = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 10_000;

/// The period is this year unless the address names another.
fn filter(ctx: &Ctx) -> Saringan {
    let day = |name: &str| ctx.query(name).and_then(|text| praja_kernel::parse_tanggal(text).ok());
    let today = ctx.today();
    Saringan {
        dari: day("dari").unwrap_or_else(|| Date::new(today.year(), 1, 1).unwrap_or(today)),
        sampai: day("sampai").unwrap_or(today),
        kanal: ctx.query("kanal").and_then(|word| Kanal::parse(word).ok()).filter(|kanal| *kanal != Kanal::Praja),
        keadaan: ctx.query("keadaan").and_then(|word| Keadaan::parse(word).ok()),
        cari: ctx.query("q").unwrap_or_default().chars().take(100).collect(),
    }
}

fn place(ctx: &Ctx) -> Result<Letak, Problem> {
    let read = |text: &str| -> Option<(Date, Id)> {
        let (day, id) = text.split_once('.')?;
        Some((day.parse().ok()?, id.parse().ok()?))
    };
    match (ctx.query("sesudah"), ctx.query("sebelum")) {
        (Some(text), _) => read(text).map(|(day, id)| Letak::Sesudah(day, id)).ok_or(Problem::NotFound),
        (None, Some(text)) => read(text).map(|(day, id)| Letak::Sebelum(day, id)).ok_or(Problem::NotFound),
        (None, None) => Ok(Letak::Atas),
    }
}

/// GET /perizinan/izin/bantuan?dari=…&sampai=…&kanal=…&keadaan=…&q=…
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    here(ctx)?;
    let (filter, at) = (filter(ctx), place(ctx)?);
    let mut rows = store::list(tx, &filter, at, PAGE + 1)?;
    let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        // Read upwards, the row too many stands at the head.
        if matches!(at, Letak::Sebelum(..)) {
            rows.remove(0)
        } else {
            rows.remove(rows.len() - 1)
        };
    }
    let address = Address::here(ctx).top().without("tampilan");
    let table = table(&address, &filter, &rows, at, more);
    let figures = figures(&store::figures(tx, filter.dari, filter.sampai)?);
    let mut header = PageHeader::new("Layanan berbantuan")
        .purpose("Kunjungan untuk OSS, SIMBG, AMDALNet, SiCANTIK, dan MPP Digital Nasional.");
    if ctx.may(RECEIVE) {
        header = header.action(Link::new("Catat kunjungan", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let find = search_box(&address, "Cari kunjungan", "Nama, usaha, NIB, atau nomor");
    Ok(frame::respond(ctx, &header, html! { (no_licence()) (stats(&figures)) (find) (table) }))
}

fn figures(rows: &[(Kanal, Keadaan, String)]) -> Vec<Stat> {
    let count = |wanted: Keadaan| rows.iter().filter(|(_, keadaan, _)| *keadaan == wanted).count();
    let mut channels: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (kanal, _, kbli) in rows {
        *channels.entry(kanal.label()).or_default() += 1;
        if !kbli.is_empty() {
            *kinds.entry(kbli).or_default() += 1;
        }
    }
    let most = |counts: &BTreeMap<&str, usize>| {
        counts.iter().max_by_key(|(_, count)| **count).map(|(name, count)| ((*name).to_owned(), *count))
    };
    let mut all = vec![
        Stat {
            label: "Kunjungan".into(),
            value: rows.len().to_string(),
            note: "pada masa yang tampil".into(),
            ..Stat::default()
        },
        Stat { label: "Terbit di sistem nasional".into(), value: count(Keadaan::Terbit).to_string(), ..Stat::default() },
        Stat { label: "Perlu diperbaiki".into(), value: count(Keadaan::Perbaikan).to_string(), ..Stat::default() },
    ];
    if let Some((name, count)) = most(&channels) {
        all.push(Stat { label: "Sistem terbanyak".into(), value: name, note: format!("{count} kunjungan"), ..Stat::default() });
    }
    if let Some((key, count)) = most(&kinds) {
        let kode = key.rsplit(':').next().unwrap_or_default().to_owned();
        let judul = kbli::get(&key).map_or_else(String::new, |one| format!("{}, ", one.judul));
        all.push(Stat {
            label: "KBLI terbanyak".into(),
            value: kode,
            note: format!("{judul}{count} kunjungan"),
            ..Stat::default()
        });
    }
    all
}

fn table(here: &Address, filter: &Saringan, rows: &[Kunjungan], at: Letak, more: bool) -> Table {
    let to =
        |name: &str, one: Option<&Kunjungan>| one.map(|one| here.clone().set(name, format!("{}.{}", one.tanggal, one.id)).href());
    // What was read upwards has something below it, and the other way round.
    let (above, below) = match at {
        Letak::Atas => (false, more),
        Letak::Sesudah(..) => (true, more),
        Letak::Sebelum(..) => (more, true),
    };
    let mut table = Table::new("Layanan berbantuan")
        .column(Column::text("Nama"))
        .column(Column::text("Sistem"))
        .column(Column::text("Keperluan").key("keperluan").wide_only())
        .column(Column::text("Usaha atau badan").key("badan").wide_only())
        .column(Column::text("Keadaan"))
        .column(Column::date("Tanggal").corner())
        .above(filters(here, filter))
        .rows(rows.iter().map(line))
        .pager(to("sebelum", rows.first().filter(|_| above)), to("sesudah", rows.last().filter(|_| below)))
        .choose_columns(here)
        .empty(
            EmptyState::new(Icon::People, "Tidak ada kunjungan", "Kunjungan pada masa dan saringan ini tampil di sini.")
                .action(Link::new("Tampilkan tahun ini", LIST)),
        );
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    table
}

fn filters(here: &Address, filter: &Saringan) -> Filters {
    let mut channel: Vec<(&str, &str)> = vec![("", "Semua sistem")];
    channel.extend(channels().map(|kanal| (kanal.as_str(), kanal.label())));
    let mut state: Vec<(&str, &str)> = vec![("", "Semua keadaan")];
    state.extend(Keadaan::ALL.iter().map(|one| (one.as_str(), one.label())));
    let filters = Filters::new(here)
        .field(Field::date("dari", "Sejak tanggal"))
        .field(Field::date("sampai", "Sampai tanggal"))
        .field(Field::select("kanal", "Sistem", &channel).value(""))
        .field(Field::select("keadaan", "Keadaan", &state).value(""))
        .is_set(format!("{} sampai {}", tanggal_pendek(filter.dari), tanggal_pendek(filter.sampai)), &["dari", "sampai"]);
    let filters = match filter.kanal {
        Some(kanal) => filters.is_set(format!("Sistem: {}", kanal.label()), &["kanal"]),
        None => filters,
    };
    match filter.keadaan {
        Some(keadaan) => filters.is_set(format!("Keadaan: {}", keadaan.label()), &["keadaan"]),
        None => filters,
    }
}

fn line(one: &Kunjungan) -> Row {
    let isi = &one.isi;
    let badan = if isi.badan.is_empty() { Cell::empty() } else { isi.badan.as_str().into() };
    Row::new(vec![
        isi.nama.as_str().into(),
        isi.kanal.label().into(),
        isi.keperluan.label().into(),
        badan,
        Cell::new(badge(tone(isi.keadaan), isi.keadaan.label())),
        tanggal_pendek(one.tanggal).into(),
    ])
    .href(format!("{LIST}/{}", one.id))
}

/// GET /perizinan/izin/bantuan/unduh: the shown list; NIK stay masked.
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    here(ctx)?;
    let filter = filter(ctx);
    let mut at = Letak::Atas;
    let mut sheet = Sheet::new("Layanan berbantuan")
        .column(Col::text("Nama"))
        .column(Col::text("Sistem"))
        .column(Col::text("Keperluan"))
        .column(Col::text("Usaha atau badan"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Tanggal"))
        .column(Col::text("NIK"))
        .column(Col::text("NIB"))
        .column(Col::text("KBLI"))
        .column(Col::text("Nomor di sistem itu"))
        .column(Col::text("Dibantu oleh"))
        .about("Masa", format!("{} sampai {}", tanggal_pendek(filter.dari), tanggal_pendek(filter.sampai)))
        .about("Catatan", "Bukan daftar izin; izin terbit pada sistem nasionalnya");
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::list(tx, &filter, at, 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        at = Letak::Sesudah(last.tanggal, last.id);
        let whole = rows.len() == 500;
        for one in rows {
            let isi = one.isi;
            sheet.rows.push(vec![
                isi.nama.into(),
                isi.kanal.label().into(),
                isi.keperluan.label().into(),
                isi.badan.into(),
                isi.keadaan.label().into(),
                one.tanggal.into(),
                nik::samar(&isi.nik).into(),
                isi.nib.into(),
                isi.kbli.into(),
                isi.nomor_luar.into(),
                one.petugas_nama.into(),
            ]);
        }
        Ok::<_, Problem>(whole)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "layanan-berbantuan")
}
