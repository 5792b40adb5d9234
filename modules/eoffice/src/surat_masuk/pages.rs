//! The screens of a surat masuk: the list and its copy to take along; `form` and `show` beside it.

pub(crate) mod away;
pub(crate) mod batch;
pub(crate) mod book;
pub(crate) mod form;
mod narrow;
pub(crate) mod route;
pub(crate) mod show;
mod take;

use std::collections::{HashMap, HashSet, hash_map::Entry};

use praja_desk::views;
use praja_identity::opd;
use praja_kernel::{Derajat, Id, Moment, Sifat, Zona, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge, badge_with, frame, html,
    search_box,
};

use super::{
    Status, nomor_agenda,
    store::{self, Baris, COUNT_CAP, Cursor, Filter, PAGE, Place},
};
use crate::{REGISTER, ROUTE};
use narrow::{Asked, Found, LOOK};

pub(crate) use take::download;

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/eoffice/surat-masuk";
/// The word for late letters in the address: no state, but a chip beside the states.
const LATE: &str = "lewat";
/// The states that have a chip: those that letters can be in now.
const CHIPS: [Status; 6] =
    [Status::Tercatat, Status::Dipindai, Status::Diarahkan, Status::Didisposisi, Status::Ditindaklanjuti, Status::Selesai];
/// A search looks through so many results of all modules for letters.
const SEARCH_PAGES: usize = 4;

/// GET /eoffice/surat-masuk?status=…&lama=…&baru=…&q=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(200).collect();
    let table = if asked.is_empty() { page(ctx, tx)? } else { search(ctx, tx, &asked)? };
    let find = search_box(&here(ctx), "Cari surat masuk", "Nomor agenda, nomor surat, pengirim, atau hal");
    let mut header = PageHeader::new("Surat masuk").purpose("Buku agenda surat yang diterima OPD Anda, terbaru di atas.");
    if ctx.may(REGISTER) {
        header = header.action(Link::new("Catat surat masuk", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let table = table.choose_columns(&here(ctx));
    Ok(frame::respond(ctx, &header, html! { (views::bar(ctx, tx)?) (find) (table) }))
}

/// The list with its filters, its order and its columns, from its top.
fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Table, Problem> {
    let asked = Asked::of(ctx)?;
    let Found { page, tired } = narrow::walk(ctx, tx, &asked, place(ctx)?, PAGE, LOOK)?;
    let (filter, here) = (asked.filter, here(ctx));
    let to = |part: &str, cursor: Cursor| here.clone().set(part, written(cursor)).href();
    let narrowed = |word: &str| here.clone().set("status", word).href();
    let empty = page.rows.is_empty();
    let others = others(ctx, tx, &page.rows)?;
    let mut table = columns(Some(&here)).upward(asked.naik).above(asked.form(ctx, &here));
    let desk = own_desk(ctx);
    if page.rows.iter().any(|row| desk == Some(row.opd) && batch::is_new(row.status)) {
        table = table.bulk(batch::bulk(ctx));
    }
    table = table.rows(page.rows.into_iter().map(|row| line(row, &others, ctx.now(), ctx.instance().zona, desk, false)));
    table = table.chip("Semua", narrowed(""), filter == Filter::All);
    for status in CHIPS {
        table = table.chip(status.label(), narrowed(status.as_str()), filter == Filter::Status(status));
    }
    table = table.chip("Lewat batas waktu", narrowed(LATE), matches!(filter, Filter::Late(_)));
    if !empty {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let pager = (page.newer.map(|cursor| to("baru", cursor)), page.older.map(|cursor| to("lama", cursor)));
    let empty = match (tired, asked.is_plain()) {
        (true, _) => EmptyState::new(
            Icon::Search,
            format!("Belum ada yang cocok di antara {LOOK} surat yang dilihat"),
            "Lanjutkan ke halaman berikutnya, atau tambah saringannya.",
        ),
        (false, false) => EmptyState::new(
            Icon::Filter,
            "Tidak ada surat yang cocok dengan saringan ini",
            "Hapus sebagian saringan, atau perlebar tanggalnya.",
        )
        .action(Link::new("Tampilkan semua surat masuk", LIST)),
        (false, true) => nothing(ctx, filter),
    };
    Ok(table.pager(pager.0, pager.1).empty(empty))
}

/// An agenda number is looked up in the book itself, because secret letters are in no index; the rest goes to the search.
fn search(ctx: &Ctx, tx: &mut Tx<'_>, asked: &str) -> Result<Table, Problem> {
    let scope = ctx.scope()?;
    let this_year = i64::from(ctx.today().year());
    let mut rows = match agenda(asked, this_year) {
        Some((agenda, tahun)) => store::list_agenda(tx, scope, agenda, &tahun)?,
        None => Vec::new(),
    };
    let (mut before, mut ids, mut within) = (None, Vec::new(), HashSet::new());
    for _ in 0..SEARCH_PAGES {
        let found = tx.find(&scope.subjects(), asked, before, 50)?;
        before = found.hits.last().map(|hit| hit.seq);
        let ours = found.hits.iter().filter(|hit| hit.modul == crate::ID && hit.jenis == crate::SURAT_MASUK);
        for hit in ours {
            let Some(id) = hit.tautan.rsplit('/').next().and_then(|id| id.parse::<Id>().ok()) else { continue };
            ids.push(id);
            if hit.dalam_lampiran {
                within.insert(id);
            }
        }
        if !found.more || ids.len() >= PAGE {
            break;
        }
    }
    ids.truncate(PAGE);
    ids.retain(|id| rows.iter().all(|row| row.id != *id));
    rows.extend(store::list_found(tx, scope, &ids)?);
    let count = if rows.len() >= PAGE { format!("{} surat pertama", rows.len()) } else { format!("{} surat", rows.len()) };
    let empty = EmptyState::new(
        Icon::Search,
        format!("Tidak ada surat masuk untuk \"{asked}\""),
        "Periksa ejaannya, pakai lebih sedikit kata, atau tulis sebagian nomornya. Surat rahasia hanya ditemukan dengan nomor agendanya.",
    )
    .action(Link::new("Tampilkan semua surat masuk", LIST));
    let table = columns(None).chip("Semua", LIST, false).empty(empty);
    let nothing = rows.is_empty();
    let others = others(ctx, tx, &rows)?;
    let table = table.rows(rows.into_iter().map(|row| {
        let found = within.contains(&row.id);
        line(row, &others, ctx.now(), ctx.instance().zona, None, found)
    }));
    Ok(if nothing { table } else { table.count(count) })
}

/// "12" in this year's and last year's book; "12/2025" in that one.
fn agenda(asked: &str, this_year: i64) -> Option<(i64, Vec<i64>)> {
    match asked.split_once('/') {
        None => Some((asked.parse().ok()?, vec![this_year, this_year - 1])),
        Some((agenda, tahun)) => Some((agenda.parse().ok()?, vec![tahun.parse().ok().filter(|tahun| *tahun > 1900)?])),
    }
}

/// What a search found stands by its fit and is sorted by nothing.
fn columns(sorted: Option<&Address>) -> Table {
    let agenda = Column::text("Agenda");
    Table::new("Surat masuk")
        .column(match sorted {
            Some(here) => agenda.sort_first(here, "-agenda"),
            None => agenda,
        })
        .column(Column::date("Diterima").corner().key("diterima"))
        .column(Column::text("Hal"))
        .column(Column::text("Pengirim dan surat").key("pengirim"))
        .column(Column::text("Sifat dan derajat").key("sifat"))
        .column(Column::date("Batas waktu").wide_only().key("tenggat").spare())
        .column(Column::text("Status"))
}

/// The short names of other OPDs whose letters are among the rows: their numbers are of another book than the reader's.
fn others(ctx: &Ctx, tx: &mut Tx<'_>, rows: &[Baris]) -> Result<HashMap<Id, String>, Problem> {
    let own = &ctx.scope()?.opd_set;
    let mut names = HashMap::new();
    for row in rows.iter().filter(|row| !own.contains(&row.opd)) {
        if let Entry::Vacant(place) = names.entry(row.opd) {
            place.insert(short_name(tx, row.opd)?);
        }
    }
    Ok(names)
}

/// "Dinkes"; the full name where no short one is kept.
pub(crate) fn short_name(tx: &mut Tx<'_>, id: Id) -> praja_store::Result<String> {
    let found = opd::get(tx, id)?;
    Ok(found.map(|opd| if opd.singkatan.is_empty() { opd.nama } else { opd.singkatan }).unwrap_or_default())
}

/// The OPD whose new letters the reader may put on desks.
fn own_desk(ctx: &Ctx) -> Option<Id> {
    ctx.may(ROUTE).then(|| form::acting(ctx).ok().map(|acting| acting.opd)).flatten()
}

/// `within`: it was found by a word of its scan.
fn line(row: Baris, others: &HashMap<Id, String>, now: Moment, zona: Zona, desk: Option<Id>, within: bool) -> Row {
    let nomor = row.nomor_surat.as_deref().unwrap_or("tanpa nomor");
    let marked = row.sifat != Sifat::Biasa || row.derajat != Derajat::Biasa;
    let pick = (desk == Some(row.opd) && batch::is_new(row.status)).then(|| nomor_agenda(row.agenda, row.tahun));
    let (id, href) = (row.id, format!("{LIST}/{}", row.id));
    let line = Row::new(vec![
        match others.get(&row.opd) {
            Some(opd) => html! { (nomor_agenda(row.agenda, row.tahun)) br; span.redup { (opd) } }.into(),
            None => nomor_agenda(row.agenda, row.tahun).into(),
        },
        tanggal_pendek(row.tanggal_terima).into(),
        if within { html! { (row.hal) br; span.redup { "Kata itu ada dalam pindaiannya" } }.into() } else { row.hal.into() },
        html! { (row.asal) br; span.redup { (nomor) " · " (tanggal_pendek(row.tanggal_surat)) } }.into(),
        if marked { Cell::new(html! { (sifat_badge(row.sifat)) (derajat_badge(row.derajat)) }) } else { Cell::empty() },
        if row.status.is_open() { tanggal_pendek(zona.date(row.tenggat)).into() } else { Cell::empty() },
        Cell::new(html! { (status_badge(row.status)) @if row.impor { (imported()) } @if row.status.is_open() && row.tenggat < now { (badge(Tone::Bad, "Lewat batas")) } }),
    ])
    .href(href);
    match pick {
        Some(nomor) => line.pick(id, format!("surat agenda {nomor}")),
        None => line,
    }
}

fn nothing(ctx: &Ctx, filter: Filter) -> EmptyState {
    match filter {
        Filter::All => {
            let empty = EmptyState::new(
                Icon::Mail,
                "Belum ada surat masuk",
                "Surat yang diterima OPD Anda tampil di sini setelah dicatat dalam buku agenda.",
            );
            if ctx.may(REGISTER) {
                empty.action(Link::new("Catat surat masuk", format!("{LIST}/baru")).icon(Icon::Add))
            } else {
                empty
            }
        }
        Filter::Status(status) => EmptyState::new(
            Icon::Mail,
            format!("Tidak ada surat berstatus {}", status.label()),
            "Pilih saringan lain untuk melihat surat yang ada.",
        )
        .action(Link::new("Tampilkan semua surat masuk", LIST)),
        Filter::Late(_) => EmptyState::new(
            Icon::Good,
            "Tidak ada surat yang lewat batas waktu",
            "Semua surat yang belum selesai masih dalam batas waktunya.",
        )
        .action(Link::new("Tampilkan semua surat masuk", LIST)),
    }
}

/// The filter of the address; an unknown word is an address that does not exist.
fn filter(ctx: &Ctx) -> Result<Filter, Problem> {
    match ctx.query("status") {
        None => Ok(Filter::All),
        Some(LATE) => Ok(Filter::Late(ctx.now())),
        Some(word) => Status::parse(word).map(Filter::Status).map_err(|_| Problem::NotFound),
    }
}

fn place(ctx: &Ctx) -> Result<Place, Problem> {
    match (ctx.query("lama"), ctx.query("baru")) {
        (Some(text), _) => Ok(Place::Older(read(text).ok_or(Problem::NotFound)?)),
        (None, Some(text)) => Ok(Place::Newer(read(text).ok_or(Problem::NotFound)?)),
        (None, None) => Ok(Place::Top),
    }
}

fn written(cursor: Cursor) -> String {
    format!("{}.{}", cursor.kunci, cursor.id)
}

fn read(text: &str) -> Option<Cursor> {
    let (kunci, id) = text.split_once('.')?;
    Some(Cursor { kunci: kunci.parse().ok()?, id: id.parse().ok()? })
}

/// A state as colour, word and icon.
pub(crate) fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Diterima | Status::Tercatat => Tone::Warn,
        Status::Dipindai | Status::Diarahkan | Status::Didisposisi | Status::Ditindaklanjuti => Tone::Info,
        Status::Selesai | Status::Diberkaskan | Status::Aktif | Status::Inaktif | Status::Permanen => Tone::Good,
        Status::Musnah | Status::SalahAlamat | Status::Diteruskan | Status::Dikembalikan | Status::Duplikat => Tone::Neutral,
    };
    badge(tone, status.label())
}

/// Security above Biasa, as a badge; nothing for Biasa.
pub(crate) fn sifat_badge(sifat: Sifat) -> Markup {
    html! { @if sifat != Sifat::Biasa { (badge_with(Tone::Neutral, Icon::Lock, sifat.label())) } }
}

/// The mark of a letter that came from an old book.
pub(crate) fn imported() -> Markup {
    badge_with(Tone::Neutral, Icon::Upload, "Impor")
}

/// Urgency above Biasa, as a badge; nothing for Biasa.
pub(crate) fn derajat_badge(derajat: Derajat) -> Markup {
    html! { @if derajat != Derajat::Biasa { (badge_with(Tone::Warn, Icon::Clock, derajat.label())) } }
}

/// Tile: how many letters were registered today.
pub(crate) fn tile_today(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let since = ctx.instance().zona.start_of(ctx.today());
    let count = match ctx.scope() {
        Ok(scope) => store::count_since(tx, scope, since)?,
        Err(_) => 0,
    };
    Ok(TileValue { value: capped(count), note: "dicatat sejak pukul 00.00".into(), href: LIST.into() })
}

/// Tile: how many open letters are past their deadline.
pub(crate) fn tile_late(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let count = match ctx.scope() {
        Ok(scope) => store::count_late(tx, scope, ctx.now())?,
        Err(_) => 0,
    };
    let note = if count == 0 { "semua masih dalam batas waktu" } else { "belum selesai ditangani" };
    Ok(TileValue { value: capped(count), note: note.into(), href: format!("{LIST}?status={LATE}") })
}

fn capped(count: i64) -> String {
    if count > COUNT_CAP { "1.000+".into() } else { count.to_string() }
}
