//! The officers' list: each sees what is theirs, nobody what is about themselves.

use praja_identity::opd;
use praja_kernel::{Date, Id, WorkingCalendar, relatif, sisa_waktu, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::LIST;
use crate::{
    INSPECT_PENGADUAN, MANAGE_PENGADUAN, calendar,
    complaints::{
        Jalur, Pengaduan, Status, hak, seen,
        store::{self, Bagian},
    },
    words::encode,
};

/// Rows of one page.
const PAGE: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 5_000;

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Open,
    One(Status),
}

impl View {
    fn asked(ctx: &Ctx) -> Result<Self, Problem> {
        match ctx.query("status").filter(|word| !word.is_empty()) {
            None => Ok(Self::Open),
            Some(word) => Status::parse(word).map(Self::One).map_err(|_| Problem::NotFound),
        }
    }

    fn statuses(self) -> Vec<Status> {
        match self {
            Self::Open => Status::OPEN.to_vec(),
            Self::One(status) => vec![status],
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::One(status) => Some(status.as_str()),
        }
    }
}

/// Which complaints whoever asks has at all.
fn parts(ctx: &Ctx) -> Result<Vec<Bagian>, Problem> {
    let scope = ctx.scope()?;
    let mut all = Vec::new();
    if ctx.may(MANAGE_PENGADUAN) {
        all.push(Bagian::Semua(Jalur::Biasa));
    } else {
        all.extend(scope.opd_set.iter().copied().map(Bagian::Opd));
    }
    if ctx.may(INSPECT_PENGADUAN) {
        all.extend([Bagian::Semua(Jalur::Petugas), Bagian::Semua(Jalur::Wbs)]);
    } else if let Some(acting) = &scope.acting {
        all.push(Bagian::Kepada(acting.jabatan));
    }
    Ok(all)
}

/// GET /desk/pengaduan?status=…&q=…&sesudah=…: the nearest deadline first.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = View::asked(ctx)?;
    let after = ctx.query("sesudah").map(|text| read_place(text).ok_or(Problem::NotFound)).transpose()?;
    let asked: String = ctx.query("q").unwrap_or_default().trim().chars().take(60).collect();
    let (rows, more) =
        if asked.is_empty() { page(ctx, tx, view, after.as_ref(), PAGE)? } else { (named(ctx, tx, &asked)?, false) };
    let calendar = calendar::of(tx, ctx.today())?;
    let narrowed = view.word().map_or_else(String::new, |word| format!("status={word}&"));
    let next = rows.last().filter(|_| more).map(|last| format!("{LIST}?{narrowed}sesudah={}", encode(&place(last))));
    let mut lines = Vec::new();
    for one in &rows {
        let name = office(tx, one)?;
        lines.push(line(ctx, one, name, &calendar));
    }
    let mut table = Table::new("Pengaduan")
        .column(Column::text("Nomor"))
        .column(Column::text("Pengaduan"))
        .column(Column::text("Jenis").wide_only())
        .column(Column::text("OPD"))
        .column(Column::text("Batas waktu"))
        .column(Column::text("Keadaan").corner())
        .rows(lines)
        .chip("Perlu ditangani", LIST, view == View::Open && asked.is_empty());
    for status in Status::ALL {
        table = table.chip(status.label(), format!("{LIST}?status={}", status.as_str()), view == View::One(*status));
    }
    if !rows.is_empty() && asked.is_empty() {
        for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
            table = table.export(Link::new(label, format!("{LIST}/unduh?{narrowed}format={format}")));
        }
    }
    let empty = EmptyState::new(
        Icon::Good,
        "Tidak ada pengaduan di sini",
        "Pengaduan warga tampil setelah dikirim melalui halaman pengaduan, atau dicatat untuk mereka.",
    )
    .action(Link::new("Buka halaman pengaduan", "/pengaduan"));
    let header = PageHeader::new("Pengaduan")
        .purpose("Yang paling dekat batas waktunya di atas.")
        .action(Link::new("Catat pengaduan", format!("{LIST}/baru")).icon(Icon::Add));
    let table = table.pager(after.map(|_| format!("{LIST}?{narrowed}")), next).empty(empty);
    let content = html! {
        p.tautan-samping {
            a href={ (LIST) "/angka" } { "Angka pengaduan" }
            @if ctx.may(MANAGE_PENGADUAN) { " · " a href={ (LIST) "/batas" } { "Batas waktu" } " · " a href={ (LIST) "/lapor" } { "Nomor SP4N-LAPOR" } }
        }
        (search_box(&Address::here(ctx).without("sesudah").without("status"), "Cari pengaduan", "Nomor pengaduan atau nomor SP4N-LAPOR"))
        (table)
    };
    Ok(frame::respond(ctx, &header, content))
}

/// What has this number, of what whoever asks may see.
fn named(ctx: &Ctx, tx: &mut Tx<'_>, asked: &str) -> Result<Vec<Pengaduan>, Problem> {
    let mut found: Vec<Pengaduan> = store::by_number(tx, &asked.to_uppercase())?.into_iter().collect();
    if !found.iter().any(|one| one.id_lapor == asked) {
        found.extend(store::by_lapor(tx, asked)?);
    }
    let scope = ctx.scope()?;
    let mut all = Vec::new();
    for one in found {
        if seen(tx, scope, &one)? {
            all.push(one);
        }
    }
    Ok(all)
}

/// Reads one page: each part and state walks its own index, and the walks are merged here.
fn page(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    view: View,
    after: Option<&(String, Id)>,
    size: usize,
) -> Result<(Vec<Pengaduan>, bool), Problem> {
    let own = hak::person(ctx.scope()?);
    let after = after.map(|(tenggat, id)| (tenggat.as_str(), *id));
    let wanted = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let mut rows: Vec<Pengaduan> = Vec::new();
    for part in parts(ctx)? {
        for status in view.statuses() {
            rows.extend(store::list(tx, part, status, after, own, wanted)?);
        }
    }
    let key = |one: &Pengaduan| (one.tenggat, one.id);
    if view.statuses().iter().all(|status| status.is_open()) {
        rows.sort_by_key(key);
    } else {
        rows.sort_by_key(|one| std::cmp::Reverse(key(one)));
    }
    rows.dedup_by_key(|one| one.id);
    let more = rows.len() > size;
    rows.truncate(size);
    Ok((rows, more))
}

fn place(one: &Pengaduan) -> String {
    format!("{}_{}", one.tenggat, one.id)
}

fn read_place(text: &str) -> Option<(String, Id)> {
    let (tenggat, id) = text.split_once('_')?;
    tenggat.parse::<Date>().ok()?;
    Some((tenggat.to_owned(), id.parse().ok()?))
}

/// The OPD it is with, in words.
pub(super) fn office(tx: &mut Tx<'_>, one: &Pengaduan) -> praja_store::Result<String> {
    Ok(match one.opd {
        Some(opd) => opd::name(tx, opd)?.unwrap_or_default(),
        None => "Belum ditentukan".into(),
    })
}

fn line(ctx: &Ctx, one: &Pengaduan, opd: String, calendar: &WorkingCalendar) -> Row {
    let first: String = one.isi.lines().next().unwrap_or_default().chars().take(90).collect();
    Row::new(vec![
        html! { (one.nomor) @if !one.id_lapor.is_empty() { br; span.redup { "LAPOR " (one.id_lapor) } } }.into(),
        html! { (first) @if !one.tentang.is_empty() { br; span.redup { (one.tentang) } } }.into(),
        html! { (one.jenis.label()) @if one.is_protected() { br; (badge(Tone::Warn, one.jalur.label())) } }.into(),
        opd.into(),
        if one.status.is_open() { due(one, ctx.today(), calendar).into() } else { Cell::new(tanggal_pendek(one.tenggat)) },
        status_badge(one.status).into(),
    ])
    .href(format!("{LIST}/{}", one.id))
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Masuk | Status::DibukaLagi => Tone::Warn,
        Status::Verifikasi | Status::Diteruskan => Tone::Info,
        Status::Ditanggapi | Status::Selesai => Tone::Good,
        Status::Ditolak => Tone::Neutral,
    };
    badge(tone, status.label())
}

pub(super) fn due(one: &Pengaduan, today: Date, calendar: &WorkingCalendar) -> Markup {
    let until = if one.status == Status::Masuk { one.batas_tanggap } else { one.tenggat };
    let left = match calendar.working_days_between(today, until) {
        Ok(working) => sisa_waktu(until, today, working),
        Err(_) => relatif(until, today),
    };
    let tone = if until < today { Tone::Bad } else { Tone::Neutral };
    html! { (tanggal_pendek(until)) " " (badge(tone, &left)) }
}

/// GET /desk/pengaduan/unduh: what the list shows, without who complained.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = View::asked(ctx)?;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Pengaduan")
        .column(Col::text("Nomor"))
        .column(Col::text("Nomor SP4N-LAPOR"))
        .column(Col::date("Diterima"))
        .column(Col::text("Saluran"))
        .column(Col::text("Jalur"))
        .column(Col::text("Jenis"))
        .column(Col::text("Tentang"))
        .column(Col::text("Isi"))
        .column(Col::text("OPD"))
        .column(Col::date("Batas waktu"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Dijawab"))
        .column(Col::text("Jawaban"))
        .about("Saringan", view.word().unwrap_or("perlu ditangani"));
    sheet.gather(MOST, export::narrow, |sheet| {
        for one in page(ctx, tx, view, None, MOST + 1)?.0 {
            let name = one.opd.map(|opd| opd::name(tx, opd)).transpose()?.flatten().unwrap_or_default();
            sheet.push(vec![
                one.nomor.into(),
                one.id_lapor.into(),
                zona.date(one.dibuat).into(),
                one.saluran.label().into(),
                one.jalur.label().into(),
                one.jenis.label().into(),
                one.tentang.into(),
                one.isi.into(),
                name.into(),
                one.tenggat.into(),
                one.status.label().into(),
                one.dijawab.map(|at| zona.date(at)).into(),
                one.jawaban.into(),
            ]);
        }
        Ok::<_, Problem>(false)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "pengaduan")
}
