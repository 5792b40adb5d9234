use std::collections::{HashMap, HashSet};

use praja_desk::{registers::naskah as kinds, views};
use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::{
    Tx,
    search::{Hit, Narrow},
};
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table,
    export::{Col, Format, Sheet, narrow, respond},
    frame, html, search_box,
};

use super::{LIST, marks, status_badge};
use crate::{
    NASKAH, WRITE,
    naskah::{
        Status,
        store::{self, Baris},
    },
    surat_masuk::store::{Cursor, PAGE, Place},
};

/// At most so many rows are taken along at once.
const MOST: usize = 10_000;
const CHIPS: [Status; 7] = [
    Status::Konsep,
    Status::Dikoreksi,
    Status::Paraf,
    Status::SiapTte,
    Status::Menandatangani,
    Status::Tertandatangani,
    Status::Dikirim,
];

/// GET /eoffice/naskah?status=…&lama=…&baru=…&q=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(200).collect();
    let here = Address::here(ctx).top().without("tampilan");
    let table = if asked.is_empty() { page(ctx, tx, &here)? } else { search(ctx, tx, &asked)? };
    let find = search_box(&here, "Cari naskah", "Nomor, hal, tujuan, atau isi naskah yang sudah ditandatangani");
    let mut header =
        PageHeader::new("Naskah").purpose("Surat keluar dan naskah internal yang Anda susun, paraf, tanda tangani, atau terima.");
    if ctx.may(WRITE) {
        header = header.action(Link::new("Buat naskah", format!("{LIST}/baru")).icon(Icon::Add));
    }
    Ok(frame::respond(ctx, &header, html! { (views::bar(ctx, tx)?) (find) (table.choose_columns(&here)) }))
}

/// So many drafts are worth keeping on a device without a line.
const DRAFTS: usize = 5;

/// The newest drafts and their forms, for the hours without a line. Whose form it is, and whether it may be kept, the page says itself.
pub(crate) fn offline(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>, Problem> {
    if !ctx.may(WRITE) {
        return Ok(Vec::new());
    }
    let mut pages = Vec::new();
    for status in [Status::Dikoreksi, Status::Konsep] {
        let drafts = store::list(tx, ctx.scope()?, Some(status), Place::Top, DRAFTS)?.rows;
        for row in drafts.iter().filter(|row| !row.sifat.is_secret()) {
            pages.push(format!("{LIST}/{}", row.id));
            pages.push(format!("{LIST}/{}/ubah", row.id));
        }
    }
    Ok(pages)
}

fn status(ctx: &Ctx) -> Result<Option<Status>, Problem> {
    match ctx.query("status") {
        None => Ok(None),
        Some(word) => Status::parse(word).map(Some).map_err(|_| Problem::NotFound),
    }
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, here: &Address) -> Result<Table, Problem> {
    let status = status(ctx)?;
    let place = match (ctx.query("lama"), ctx.query("baru")) {
        (Some(text), _) => Place::Older(read(text).ok_or(Problem::NotFound)?),
        (None, Some(text)) => Place::Newer(read(text).ok_or(Problem::NotFound)?),
        (None, None) => Place::Top,
    };
    let found = store::list(tx, ctx.scope()?, status, place, PAGE)?;
    let to = |part: &str, at: Cursor| here.clone().set(part, format!("{}.{}", at.kunci, at.id)).href();
    let narrowed = |word: &str| here.clone().set("status", word).href();
    let names = names(tx)?;
    let empty = found.rows.is_empty();
    let mut table = columns().rows(found.rows.into_iter().map(|row| line(row, &names, false)));
    table = table.chip("Semua", narrowed(""), status.is_none());
    for one in CHIPS {
        table = table.chip(one.label(), narrowed(one.as_str()), status == Some(one));
    }
    if !empty {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let nothing = match status {
        None => EmptyState::new(
            Icon::Document,
            "Belum ada naskah",
            "Naskah yang Anda susun, paraf, tanda tangani, atau terima tampil di sini.",
        ),
        Some(status) => EmptyState::new(
            Icon::Document,
            format!("Tidak ada naskah berstatus {}", status.label()),
            "Pilih saringan lain untuk melihat naskah yang ada.",
        ),
    };
    let nothing = if ctx.may(WRITE) && status.is_none() {
        nothing.action(Link::new("Buat naskah", format!("{LIST}/baru")).icon(Icon::Add))
    } else {
        nothing.action(Link::new("Tampilkan semua naskah", LIST))
    };
    Ok(table.pager(found.newer.map(|at| to("baru", at)), found.older.map(|at| to("lama", at))).empty(nothing))
}

fn read(text: &str) -> Option<Cursor> {
    let (kunci, id) = text.split_once('.')?;
    Some(Cursor { kunci: kunci.parse().ok()?, id: id.parse().ok()? })
}

fn search(ctx: &Ctx, tx: &mut Tx<'_>, asked: &str) -> Result<Table, Problem> {
    let scope = ctx.scope()?;
    let narrow = Narrow { modul: Some(crate::ID), jenis: Some(NASKAH) };
    let found = tx.find_within(&scope.subjects(), asked, narrow, None, i64::try_from(PAGE).unwrap_or(i64::MAX))?;
    let id = |hit: &Hit| hit.tautan.rsplit('/').next()?.parse::<Id>().ok();
    let ids: Vec<Id> = found.hits.iter().filter_map(id).collect();
    let within: HashSet<Id> = found.hits.iter().filter(|hit| hit.dalam_lampiran).filter_map(id).collect();
    let rows = store::list_found(tx, scope, &ids)?;
    let names = names(tx)?;
    let empty = EmptyState::new(
        Icon::Search,
        format!("Tidak ada naskah untuk \"{asked}\""),
        "Pencarian memuat naskah yang sudah ditandatangani dan tidak rahasia. Konsep ditemukan pada daftar menurut statusnya.",
    )
    .action(Link::new("Tampilkan semua naskah", LIST));
    let count = if found.more { format!("{} naskah pertama", rows.len()) } else { format!("{} naskah", rows.len()) };
    let nothing = rows.is_empty();
    let table = columns().chip("Semua", LIST, false).empty(empty).rows(rows.into_iter().map(|row| {
        let found = within.contains(&row.id);
        line(row, &names, found)
    }));
    Ok(if nothing { table } else { table.count(count) })
}

/// The names of the kinds, by their words.
pub(super) fn names(tx: &mut Tx<'_>) -> Result<HashMap<String, String>, Problem> {
    Ok(kinds::all(tx)?.into_iter().map(|kind| (kind.kode, kind.nama)).collect())
}

fn columns() -> Table {
    Table::new("Naskah")
        .column(Column::text("Jenis dan nomor").key("nomor"))
        .column(Column::text("Hal"))
        .column(Column::text("Tujuan").key("tujuan"))
        .column(Column::text("Sifat dan derajat").key("sifat"))
        .column(Column::text("Penandatangan").key("penandatangan").wide_only())
        .column(Column::text("Menunggu").key("pemegang").wide_only())
        .column(Column::text("Status"))
}

/// "Kepala Dinas Kesehatan dan 2 lainnya".
pub(super) fn first(kepada: &str) -> String {
    let mut lines = kepada.lines();
    match (lines.next(), lines.count()) {
        (None, _) => String::new(),
        (Some(first), 0) => first.to_owned(),
        (Some(first), more) => format!("{first} dan {more} lainnya"),
    }
}

/// `within`: it was found by a word of its file.
fn line(row: Baris, names: &HashMap<String, String>, within: bool) -> Row {
    let kind = names.get(&row.jenis).cloned().unwrap_or_default();
    let number = match (&row.nomor, row.tanggal) {
        (Some(nomor), Some(tanggal)) => format!("{nomor} · {}", tanggal_pendek(tanggal)),
        _ => "belum bernomor".to_owned(),
    };
    let to = first(&row.kepada);
    Row::new(vec![
        html! { (kind) br; span.redup { (number) } }.into(),
        if within { html! { (row.hal) br; span.redup { "Kata itu ada dalam berkasnya" } }.into() } else { row.hal.into() },
        if to.is_empty() { Cell::empty() } else { to.into() },
        Cell::new(marks(row.sifat, row.derajat)),
        row.penandatangan.into(),
        if row.pemegang.is_empty() { Cell::empty() } else { row.pemegang.into() },
        Cell::new(status_badge(row.status)),
    ])
    .href(format!("{LIST}/{}", row.id))
}

/// GET /eoffice/naskah/unduh?status=…&format=csv|xlsx
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let status = status(ctx)?;
    let names = names(tx)?;
    let mut all = sheet("Naskah");
    if let Some(status) = status {
        all = all.about("Status", status.label());
    }
    let mut place = Place::Top;
    all.gather(MOST, narrow, |all| {
        let found = store::list(tx, ctx.scope()?, status, place, 500)?;
        for row in &found.rows {
            push(all, row, &names);
        }
        let Some(at) = found.older else { return Ok(false) };
        place = Place::Older(at);
        Ok::<_, Problem>(true)
    })?;
    respond(ctx, all, Format::asked(ctx), "naskah")
}

pub(super) fn sheet(title: &str) -> Sheet {
    Sheet::new(title)
        .column(Col::text("Nomor"))
        .column(Col::date("Tanggal"))
        .column(Col::text("Jenis"))
        .column(Col::text("Hal"))
        .column(Col::text("Tujuan"))
        .column(Col::text("Semua tujuan"))
        .column(Col::text("Klasifikasi"))
        .column(Col::text("Sifat"))
        .column(Col::text("Derajat"))
        .column(Col::text("Penandatangan"))
        .column(Col::text("Status"))
}

pub(super) fn push(all: &mut Sheet, row: &Baris, names: &HashMap<String, String>) {
    all.push(vec![
        row.nomor.clone().into(),
        row.tanggal.into(),
        names.get(&row.jenis).cloned().into(),
        (&row.hal).into(),
        first(&row.kepada).into(),
        row.kepada.replace('\n', "; ").into(),
        row.klasifikasi.clone().into(),
        row.sifat.label().into(),
        row.derajat.label().into(),
        (&row.penandatangan).into(),
        row.status.label().into(),
    ]);
}

/// Tile: naskah that wait for the reader's signature.
pub(crate) fn tile_sign(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let waiting = match ctx.scope() {
        Ok(scope) => match &scope.acting {
            Some(acting) => store::waiting_for_signature(tx, acting.jabatan)?,
            None => 0,
        },
        Err(_) => 0,
    };
    let note = if waiting == 0 { "tidak ada yang menunggu" } else { "menunggu tanda tangan Anda" };
    Ok(TileValue { value: waiting.to_string(), note: note.into(), href: super::tte::massal::address() })
}
