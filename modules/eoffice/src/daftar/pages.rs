//! Distribution lists on screen: those of the own OPD and those of the regency, the form of one, and the addressees a naskah may name.

pub(crate) mod form;

use praja_desk::instansi;
use praja_identity::{
    jabatan,
    opd::{self, Jenis},
};
use praja_kernel::{Id, fold};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table, Tone, badge,
    export::{Col, Format, Sheet, respond},
    frame,
    picker::{self, Choice, MOST},
};

use super::{Daftar, store};
use crate::{MANAGE_LISTS, surat_masuk::pages::form::acting};

/// Where the lists of the own OPD are.
pub(crate) const OWN: &str = "/eoffice/daftar-kirim";
/// Where those of the whole regency are.
pub(crate) const ALL: &str = "/eoffice/daftar-kirim-daerah";

/// Whose lists the address is about: none is the whole regency.
fn owner(ctx: &Ctx) -> Result<Option<Id>, Problem> {
    if ctx.incoming().pattern.starts_with(ALL) { Ok(None) } else { Ok(Some(acting(ctx).map_err(Problem::refused)?.opd)) }
}

fn place(opd: Option<Id>) -> &'static str {
    if opd.is_some() { OWN } else { ALL }
}

/// What the list page of an owner is called.
fn title(opd: Option<Id>) -> &'static str {
    if opd.is_some() { "Daftar kirim" } else { "Daftar kirim daerah" }
}

/// GET /eoffice/daftar-kirim and /eoffice/daftar-kirim-daerah
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = owner(ctx)?;
    let here = place(opd);
    let may = opd.is_none() || ctx.may(MANAGE_LISTS);
    let mut header = PageHeader::new(title(opd)).purpose(
        "Satu nama untuk banyak tujuan. Tulis namanya pada tujuan atau tembusan naskah; isinya tetap sejak naskah bernomor.",
    );
    if may {
        header = header.action(Link::new("Buat daftar kirim", format!("{here}/baru")).icon(Icon::Add));
    }
    let all = shown(tx, opd)?;
    let mut empty = EmptyState::new(Icon::Send, "Belum ada daftar kirim", "Misalnya Seluruh Camat, atau Puskesmas.");
    if may {
        empty = empty.action(Link::new("Buat daftar kirim", format!("{here}/baru")).icon(Icon::Add));
    }
    let mut table = columns(title(opd)).rows(all.iter().map(|one| {
        let row = line(one);
        if may && one.opd == opd { row.href(format!("{here}/{}", one.id)) } else { row }
    }));
    if !all.is_empty() {
        table = table.downloads(&Address::here(ctx).top().at(format!("{here}/unduh")));
    }
    Ok(frame::respond(ctx, &header, table.empty(empty)))
}

/// The lists that a page shows: an office sees those of the regency, too.
fn shown(tx: &mut Tx<'_>, opd: Option<Id>) -> Result<Vec<Daftar>, Problem> {
    let mut all = store::of(tx, opd)?;
    if opd.is_some() {
        all.extend(store::of(tx, None)?);
    }
    Ok(all)
}

/// Whose list it is, as people say it.
fn whose(list: &Daftar) -> &'static str {
    if list.opd.is_some() { "OPD Anda" } else { "Daerah" }
}

fn columns(caption: &str) -> Table {
    Table::new(caption)
        .column(Column::text("Nama"))
        .column(Column::text("Milik"))
        .column(Column::number("Tujuan"))
        .column(Column::text("Keadaan").corner())
}

fn line(list: &Daftar) -> Row {
    let state = if list.aktif { badge(Tone::Good, "Dipakai") } else { badge(Tone::Neutral, "Tidak dipakai") };
    Row::new(vec![list.nama.as_str().into(), whose(list).into(), list.anggota.len().to_string().into(), Cell::new(state)])
}

/// GET …/unduh: every list with every member.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = owner(ctx)?;
    let mut sheet = Sheet::new(title(opd))
        .column(Col::text("Nama"))
        .column(Col::text("Milik"))
        .column(Col::int("Tujuan"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Isi"));
    for list in shown(tx, opd)? {
        let count = i64::try_from(list.anggota.len()).unwrap_or(i64::MAX);
        let state = if list.aktif { "Dipakai" } else { "Tidak dipakai" };
        sheet.push(vec![(&list.nama).into(), whose(&list).into(), count.into(), state.into(), list.anggota.join("; ").into()]);
    }
    respond(ctx, sheet, Format::asked(ctx), "daftar-kirim")
}

/// The kinds of offices with which a new list may begin: word of the address, label, name of the list.
pub(crate) const KINDS: [(&str, &str, &str, &[Jenis]); 4] = [
    (
        "opd",
        "semua kepala perangkat daerah",
        "Seluruh Kepala Perangkat Daerah",
        &[Jenis::Dinas, Jenis::Badan, Jenis::Inspektorat, Jenis::Sekretariat],
    ),
    ("camat", "semua camat", "Seluruh Camat", &[Jenis::Kecamatan]),
    ("lurah", "semua lurah", "Seluruh Lurah", &[Jenis::Kelurahan]),
    ("desa", "semua kepala desa", "Seluruh Kepala Desa", &[Jenis::Desa]),
];

/// The heads of all offices of these kinds, as letters address them.
pub(crate) fn heads(tx: &mut Tx<'_>, kinds: &[Jenis]) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for office in opd::list_active(tx)?.into_iter().filter(|office| kinds.contains(&office.jenis)) {
        all.push(jabatan::head_of(tx, office.id)?.map_or(office.nama, |head| head.nama));
    }
    Ok(all)
}

/// GET /eoffice/pilih/tujuan?q=: whom a naskah may be addressed to: lists, posts of the own OPD, heads of offices, correspondents.
pub(crate) fn lookup(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    let own = acting(ctx).map_err(Problem::refused)?.opd;
    let found = choices(tx, own, &asked)?;
    let more = found.len() > MOST;
    Ok(picker::answer(found, more))
}

/// Addressees by some letters of their name; the words themselves are what is chosen.
pub(crate) fn choices(tx: &mut Tx<'_>, own: Id, asked: &str) -> Result<Vec<Choice>, Problem> {
    let words: Vec<String> = fold(asked).split(' ').filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect();
    let fits = |text: &str| {
        let text = fold(text);
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut all: Vec<Choice> = Vec::new();
    let mut add = |nama: &str, note: String| {
        if !nama.is_empty() && all.len() <= MOST && all.iter().all(|known| fold(&known.value) != fold(nama)) {
            all.push(Choice::new(nama, nama).note(note));
        }
    };
    for list in store::for_opd(tx, own)?.iter().filter(|list| list.aktif && fits(&list.nama)) {
        add(&list.nama, format!("daftar kirim, {} tujuan", list.anggota.len()));
    }
    for one in crate::naskah::write::send::addresses(tx, own)? {
        // Of an office its head is addressed; it is found by its own names, too.
        let nama = one.nama.iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
        if one.nama.iter().any(|name| fits(name)) {
            let note = if one.jabatan.is_some() { "OPD Anda".to_owned() } else { one.nama.get(1).cloned().unwrap_or_default() };
            add(&nama, note);
        }
    }
    if !words.is_empty() {
        for one in instansi::suggest(tx, asked, MOST)? {
            add(&one.nama, one.jenis.label().to_owned());
        }
    }
    Ok(all)
}
