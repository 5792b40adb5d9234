//! The inbox.

use praja_kernel::{Date, Id, WorkingCalendar, tanggal_pendek};
use praja_module::{Ctx, Input, Module, Outcome, Problem, Response, Undo};
use praja_store::{Keys, Tx};
use praja_web::{
    Bulk, CHOSEN, Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, icon,
};

use super::{Filter, Task, View, due_state, find, tick_off, untick as open_again};
use crate::{
    calendar, views,
    words::{encode, first_upper},
};

/// Rows of one page.
const PAGE: usize = 50;
/// Rows of a file that is taken along.
const DOWNLOAD: usize = 5000;

/// GET /kotak-masuk?lihat=…&modul=…&untuk=…&q=…&setelah=…
pub(crate) fn inbox(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let filter = asked(ctx);
    let after = ctx.query("setelah").and_then(|text| text.parse().ok());
    let page = find(tx, ctx.scope()?, &filter, ctx.today(), after.as_ref(), PAGE)?;
    let calendar = calendar::of(tx, ctx.today())?;
    let here = address("/kotak-masuk", &filter);
    let mut content = table(ctx, "Tugas", &page.tasks, filter.view, &calendar, false)
        .pager(after.map(|_| here.clone()), page.next.map(|next| format!("{here}&setelah={}", encode(&next.to_string()))))
        .empty(empty(&filter));
    for one in View::ALL {
        content =
            content.chip(one.label(), address("/kotak-masuk", &Filter { view: *one, ..filter.clone() }), *one == filter.view);
    }
    for module in givers(ctx) {
        let set = filter.modul.as_deref() == Some(module.id);
        let next = Filter { modul: (!set).then(|| module.id.to_owned()), ..filter.clone() };
        content = content.chip(module.title, address("/kotak-masuk", &next), set);
    }
    for (kind, label) in KINDS {
        let set = filter.untuk.as_deref() == Some(kind);
        let next = Filter { untuk: (!set).then(|| kind.to_owned()), ..filter.clone() };
        content = content.chip(label, address("/kotak-masuk", &next), set);
    }
    if let (View::Terbuka, None, None, "", Some(waiting)) =
        (filter.view, &filter.modul, &filter.untuk, filter.kata.as_str(), ctx.waiting)
    {
        content = content.count(format!("{} tugas terbuka", waiting.tugas));
    }
    for format in Format::ALL {
        let href = format!("{}&format={}", address("/kotak-masuk/unduh", &filter), format.ending());
        content = content.export(Link::new(format.label(), href));
    }
    let header = PageHeader::new("Kotak masuk")
        .purpose("Semua yang menunggu Anda, dari semua layanan, yang paling mendesak lebih dahulu.");
    if filter.view != View::Selesai && page.tasks.iter().any(|task| task.ringan) {
        let bulk = Bulk::new("/kotak-masuk/selesai", ctx.csrf(), ctx.form_id().to_string(), "tugas yang cukup dibaca");
        content = content.bulk(bulk.act("Tandai selesai", "selesai", Icon::Check));
    }
    let content = html! {
        (views::bar(ctx, tx)?)
        (search(&filter))
        (content)
    };
    // Lines of secret letters name no more than their numbers.
    Ok(frame::respond(ctx, &header, content).kept(true))
}

/// Whose tasks, as the subject begins, and what the reader calls it.
const KINDS: [(&str, &str); 3] = [("jabatan", "Jabatan Anda"), ("opd", "OPD Anda"), ("pegawai", "Anda pribadi")];

fn asked(ctx: &Ctx) -> Filter {
    Filter {
        view: ctx.query("lihat").and_then(|word| View::parse(word).ok()).unwrap_or(View::Terbuka),
        modul: ctx.query("modul").filter(|id| givers(ctx).iter().any(|module| module.id == *id)).map(str::to_owned),
        untuk: ctx.query("untuk").filter(|kind| KINDS.iter().any(|(known, _)| known == kind)).map(str::to_owned),
        kata: ctx.query("q").unwrap_or_default().chars().take(100).collect(),
    }
}

/// The modules that are on and may give tasks.
fn givers(ctx: &Ctx) -> Vec<&'static Module> {
    let all = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    all.filter(|module| module.id != "identity").copied().collect()
}

fn address(path: &str, filter: &Filter) -> String {
    let mut address = format!("{path}?lihat={}", filter.view.as_str());
    for (name, value) in
        [("modul", filter.modul.as_deref()), ("untuk", filter.untuk.as_deref()), ("q", Some(filter.kata.as_str()))]
    {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            address.push_str(&format!("&{name}={}", encode(value)));
        }
    }
    address
}

/// Folded while nothing is looked for: on a phone the tasks themselves stand first.
fn search(filter: &Filter) -> Markup {
    html! {
        details.simpan-tampilan open[!filter.kata.is_empty()] {
            summary { (icon(Icon::Search)) span { "Cari tugas" } }
            (search_form(filter))
        }
    }
}

fn search_form(filter: &Filter) -> Form {
    let mut form = Form::get("/kotak-masuk").hidden("lihat", filter.view.as_str());
    for (name, value) in [("modul", &filter.modul), ("untuk", &filter.untuk)] {
        if let Some(value) = value {
            form = form.hidden(name, value.as_str());
        }
    }
    form.field(Field::search("q", "Kata pada tugas").value(&filter.kata)).submit("Cari tugas")
}

/// The identities sent under a name: one for each, or many in one value as the way back holds them.
pub(crate) fn chosen(input: &Input, name: &str) -> Vec<Id> {
    let all = input.all(name);
    all.into_iter().flat_map(|text| text.split(',')).filter_map(spelled).take(PAGE).collect()
}

/// An identity as it is, or without its hyphens.
fn spelled(text: &str) -> Option<Id> {
    if text.len() != 32 || !text.is_ascii() {
        return text.parse().ok();
    }
    format!("{}-{}-{}-{}-{}", &text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]).parse().ok()
}

/// Identities in one value. They stand in a cookie that holds 4 KB, so each is as short as it can be read again.
pub(crate) fn joined(ids: &[Id]) -> String {
    ids.iter().map(|id| id.to_string().replace('-', "")).collect::<Vec<_>>().join(",")
}

/// POST /kotak-masuk/selesai.
pub(crate) fn tick(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, ids) = (ctx.scope()?.clone(), chosen(input, CHOSEN));
    if ids.is_empty() {
        return Ok(Response::redirect("/kotak-masuk").with_notice("Belum ada tugas yang dipilih."));
    }
    let undo = Undo::new("Urungkan", "/kotak-masuk/urungkan").value("tugas", joined(&ids));
    let said = format!("{} tugas ditandai selesai.", ids.len());
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        tick_off(tx, &scope, &ids)?;
        Ok::<_, Problem>("/kotak-masuk".to_owned())
    })?;
    Ok(response.with_undo(ctx, &said, &undo))
}

/// POST /kotak-masuk/urungkan.
pub(crate) fn untick(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, ids) = (ctx.scope()?.clone(), chosen(input, "tugas"));
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        open_again(tx, &scope, &ids)?;
        Ok::<_, Problem>("/kotak-masuk".to_owned())
    })?;
    Ok(response.with_notice("Tugas itu terbuka lagi."))
}

/// GET /kotak-masuk/unduh?format=…: the list as it is filtered.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let zona = ctx.instance().zona;
    let calendar = calendar::of(tx, ctx.today())?;
    let mut sheet = Sheet::new("Kotak masuk")
        .column(Col::text("Tugas"))
        .column(Col::date("Jatuh tempo"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Untuk"))
        .column(Col::text("Dari"))
        .column(Col::moment("Sejak"))
        .column(Col::moment("Selesai"));
    sheet.gather(DOWNLOAD, export::narrow, |sheet| {
        for task in &find(tx, ctx.scope()?, &asked(ctx), ctx.today(), None, DOWNLOAD + 1)?.tasks {
            sheet.push(vec![
                (&task.judul).into(),
                task.jatuh_tempo.into(),
                due_state(task, ctx.today(), &calendar).map(|(_, words)| words).into(),
                task.untuk_label().into(),
                (&task.oleh).into(),
                export::Cell::moment(zona, task.dibuat),
                task.selesai_pada.map(|at| export::Cell::moment(zona, at)).into(),
            ]);
        }
        Ok::<_, Problem>(false)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "kotak-masuk")
}

/// Tasks as a list; each row leads to where it is done. A brief list leaves out who gave the task and when.
pub(crate) fn table(ctx: &Ctx, caption: &str, tasks: &[Task], view: View, calendar: &WorkingCalendar, brief: bool) -> Table {
    let zona = ctx.instance().zona;
    let rows = tasks.iter().map(|task| {
        let (since, state) = match task.selesai_pada.filter(|_| view == View::Selesai) {
            Some(at) => (at, done_state(task)),
            None => (task.dibuat, state(task, ctx.today(), calendar)),
        };
        let mut cells = vec![
            Cell::new(words(task)),
            task.jatuh_tempo.map_or_else(Cell::empty, |due| Cell::new(tanggal_pendek(due))),
            state,
            task.untuk_label().into(),
        ];
        if !brief {
            cells.push(task.oleh.as_str().into());
            cells.push(Cell::date(tanggal_pendek(zona.date(since)), frame::time(zona, since).0));
        }
        let row = Row::new(cells).href(&task.tautan);
        if task.ringan && !brief { row.pick(task.id, &task.judul) } else { row }
    });
    let table = Table::new(caption)
        .column(Column::text("Tugas"))
        .column(Column::date("Jatuh tempo"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Untuk"))
        .rows(rows);
    if brief {
        return table;
    }
    let moment = if view == View::Selesai { "Selesai" } else { "Sejak" };
    table.column(Column::text("Dari").wide_only()).column(Column::date(moment).wide_only())
}

/// The line, and who held it before.
fn words(task: &Task) -> Markup {
    html! { (task.judul) @if let Some(nama) = &task.semula { span.redup.baris-dua { "Semula dipegang " (nama) } } }
}

fn done_state(task: &Task) -> Cell {
    Cell::new(html! {
        (badge(Tone::Good, "Selesai"))
        @if let Some(nama) = &task.selesai_oleh { span.redup.baris-dua { "oleh " (nama) } }
    })
}

fn state(task: &Task, today: Date, calendar: &WorkingCalendar) -> Cell {
    due_state(task, today, calendar).map_or_else(Cell::empty, |(tone, words)| badge(tone, &first_upper(&words)).into())
}

fn empty(filter: &Filter) -> EmptyState {
    if filter.modul.is_some() || filter.untuk.is_some() || !filter.kata.is_empty() {
        return EmptyState::new(Icon::Filter, "Tidak ada tugas yang cocok", "Longgarkan saringan atau kata pencariannya.")
            .action(Link::new("Lihat semua tugas", "/kotak-masuk?lihat=terbuka"));
    }
    match filter.view {
        View::Terbuka => EmptyState::new(
            Icon::Good,
            "Tidak ada yang menunggu Anda",
            "Tugas baru tampil di sini begitu seseorang mengirim surat atau permintaan kepada Anda.",
        ),
        View::Terlambat => {
            EmptyState::new(Icon::Good, "Tidak ada yang terlambat", "Semua tugas Anda masih dalam batas waktunya.")
        }
        View::Pekan => EmptyState::new(
            Icon::Good,
            "Tidak ada yang jatuh tempo tujuh hari ke depan",
            "Tugas yang batas waktunya dekat tampil di sini.",
        ),
        View::Selesai => {
            EmptyState::new(Icon::Inbox, "Belum ada tugas yang selesai", "Tugas yang sudah Anda kerjakan tersimpan di sini.")
        }
    }
}
