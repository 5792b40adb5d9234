//! The page Kabar.

use praja_kernel::{Derajat, Id, tanggal_pendek};
use praja_module::{Ctx, Input, MessageKind, Outcome, Problem, Response, SignedIn, Undo};
use praja_store::{Keys, Tx};
use praja_web::{Act, Bulk, CHOSEN, Cell, Column, EmptyState, Icon, Markup, PageHeader, Row, Table, Tone, badge, frame, html};

use super::{Filter, Kabar, Status, get, list, read, read_all, unread};
use crate::{
    USE_DESK,
    tasks::pages::{chosen, joined},
    views,
    words::encode,
};

/// Rows of one page.
const PAGE: usize = 50;
/// The acts on chosen notices, as they are sent.
const READ: &str = "dibaca";
const UNREAD: &str = "belum";

/// GET /kabar?lihat=baru|semua&jenis=…&sebelum=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    // Saved views, choices and what one has sent are an officer's: a citizen only reads.
    let is_officer = ctx.may(USE_DESK);
    if is_officer && let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let filter = Filter {
        baru: ctx.query("lihat") != Some("semua"),
        jenis: ctx.query("jenis").and_then(|word| MessageKind::parse(word).ok()),
        sebelum: ctx.query("sebelum").and_then(|text| text.parse().ok()),
    };
    let (all, next) = list(tx, ctx.scope()?, &filter, PAGE)?;
    let newest = all.first().map(|kabar| kabar.id).filter(|_| filter.sebelum.is_none());
    let waits = ctx.waiting.is_some_and(|waiting| waiting.kabar > 0);
    let header = PageHeader::new("Kabar").purpose("Apa yang terjadi pada urusan dan akun Anda, yang terbaru lebih dahulu.");
    let content = html! {
        @if is_officer { (views::bar(ctx, tx)?) }
        (table(ctx, &all, &filter, next))
        @if let Some(newest) = newest.filter(|_| waits) { (mark_all(ctx, newest)) }
        @if is_officer { div.aksi {
            (Act::link("Pilihan kabar", "/desk/pilihan-kabar").icon(Icon::Settings))
            (Act::link("Kabar yang Anda kirim", "/kabar/terkirim").icon(Icon::Send))
        } }
    };
    if is_officer {
        return Ok(frame::respond(ctx, &header, content));
    }
    let home = ctx.who().map_or(super::OWN_PAGE, SignedIn::home);
    Ok(frame::respond_plain(ctx, &header.crumb("Akun saya", home), content))
}

fn mark_all(ctx: &Ctx, newest: Id) -> Markup {
    let act = Act::post("Tandai semua sudah dibaca", "/kabar/dibaca", ctx.csrf(), ctx.form_id().to_string());
    html! { div.aksi { (act.value("sampai", newest.to_string()).icon(Icon::Check)) } }
}

fn table(ctx: &Ctx, all: &[Kabar], filter: &Filter, next: Option<Id>) -> Table {
    let zona = ctx.instance().zona;
    let rows = all.iter().map(|kabar| {
        let state = match kabar.derajat {
            Derajat::Biasa => badge(kind_tone(kabar.jenis), kabar.jenis.label()),
            urgent => badge(Tone::Warn, urgent.label()),
        };
        Row::new(vec![
            Cell::new(words(kabar)),
            state.into(),
            kabar.oleh.as_str().into(),
            Cell::date(tanggal_pendek(zona.date(kabar.dibuat)), frame::time(zona, kabar.dibuat).0),
        ])
        .href(format!("/kabar/{}", kabar.id))
        .unread(kabar.status == Status::Baru)
        .pick(kabar.id, &kabar.judul)
    });
    let bulk =
        Bulk::new("/kabar/pilihan", ctx.csrf(), ctx.form_id().to_string(), "kabar").act("Tandai sudah dibaca", READ, Icon::Check);
    let bulk = if filter.baru { bulk } else { bulk.act("Tandai belum dibaca", UNREAD, Icon::Bell) };
    let here = |baru: bool, jenis: Option<MessageKind>| {
        let mut address = format!("/kabar?lihat={}", if baru { "baru" } else { "semua" });
        if let Some(jenis) = jenis {
            address.push_str(&format!("&jenis={}", encode(jenis.as_str())));
        }
        address
    };
    let mut table = Table::new("Kabar")
        .column(Column::text("Kabar"))
        .column(Column::text("Jenis").corner())
        .column(Column::text("Dari"))
        .column(Column::date("Tanggal"))
        .rows(rows)
        .bulk(bulk)
        .chip("Belum dibaca", here(true, filter.jenis), filter.baru)
        .chip("Semua", here(false, filter.jenis), !filter.baru);
    for jenis in MessageKind::ALL {
        let set = filter.jenis == Some(*jenis);
        table = table.chip(jenis.label(), here(filter.baru, (!set).then_some(*jenis)), set);
    }
    let start = here(filter.baru, filter.jenis);
    table.pager(filter.sebelum.map(|_| start.clone()), next.map(|id| format!("{start}&sebelum={id}"))).empty(empty(filter))
}

/// The line, and the text under it. What concerns the account says its subject only: its text may hold a code.
fn words(kabar: &Kabar) -> Markup {
    html! {
        (kabar.judul)
        @if kabar.jenis != MessageKind::Keamanan && !kabar.isi.is_empty() { span.redup.baris-dua { (kabar.isi) } }
    }
}

fn kind_tone(jenis: MessageKind) -> Tone {
    match jenis {
        MessageKind::Tugas => Tone::Info,
        MessageKind::Pengingat | MessageKind::Keamanan => Tone::Warn,
        MessageKind::Kabar => Tone::Neutral,
    }
}

fn empty(filter: &Filter) -> EmptyState {
    if filter.baru {
        EmptyState::new(
            Icon::Bell,
            "Tidak ada kabar baru",
            "Kabar tampil di sini begitu sesuatu terjadi pada surat atau permintaan Anda.",
        )
        .action(praja_web::Link::new("Lihat semua kabar", "/kabar?lihat=semua"))
    } else {
        EmptyState::new(Icon::Bell, "Belum ada kabar", "Kabar yang pernah Anda terima tersimpan di sini.")
    }
}

/// GET /kabar/{id}: leads to what it tells about and marks it read. Reading twice changes nothing, so a link may do it.
pub(crate) fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kabar = get(tx, ctx.scope()?, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if kabar.status == Status::Baru {
        let (scope, id) = (ctx.scope()?.clone(), kabar.id);
        ctx.write(Keys::unaudited(), move |tx| read(tx, &scope, &[id]))?;
    }
    let to = if kabar.jenis == MessageKind::Keamanan && !super::is_own_page(&kabar.tautan) {
        ctx.who().map_or(super::OWN_PAGE, SignedIn::home)
    } else {
        &kabar.tautan
    };
    Ok(Response::redirect(to))
}

/// POST /kabar/dibaca: marks everything up to the newest one shown.
pub(crate) fn mark(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, latest) = (ctx.scope()?.clone(), input.text("sampai").parse::<Id>().map_err(|_| Problem::NotFound)?);
    // What was unread on the page that was seen can be taken back; older ones were not looked at and stay read.
    let shown = Filter { baru: true, jenis: None, sebelum: None };
    let ids: Vec<Id> = ctx.read(|tx| list(tx, &scope, &shown, PAGE))?.0.into_iter().map(|kabar| kabar.id).collect();
    ctx.write(Keys::unaudited(), move |tx| read_all(tx, &scope, latest))?;
    let response = Response::redirect("/kabar");
    let said = "Semua kabar sudah ditandai dibaca.";
    Ok(if ids.is_empty() { response.with_notice(said) } else { response.with_undo(ctx, said, &back(UNREAD, &ids)) })
}

/// The way back from an act on notices: the other act on the same ones.
fn back(act: &str, ids: &[Id]) -> Undo {
    Undo::new("Urungkan", "/kabar/pilihan").value(praja_web::ACT, act).value(CHOSEN, joined(ids))
}

/// POST /kabar/pilihan: marks the chosen notices as read, or as not yet read.
pub(crate) fn mark_chosen(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, ids) = (ctx.scope()?.clone(), chosen(input, CHOSEN));
    if ids.is_empty() {
        return Ok(Response::redirect("/kabar").with_notice("Belum ada kabar yang dipilih."));
    }
    let (other, said) = match input.text(praja_web::ACT) {
        READ => (UNREAD, format!("{} kabar ditandai sudah dibaca.", ids.len())),
        UNREAD => (READ, format!("{} kabar ditandai belum dibaca.", ids.len())),
        _ => return Err(Problem::Unreadable("tindakan pada kabar ini tidak dikenal")),
    };
    let undo = back(other, &ids);
    let response = ctx.submit(input, Keys::unaudited(), move |tx| {
        if other == UNREAD {
            read(tx, &scope, &ids)?
        } else {
            unread(tx, &scope, &ids)?
        };
        Ok::<_, Problem>(if other == UNREAD { "/kabar" } else { "/kabar?lihat=semua" }.to_owned())
    })?;
    Ok(response.with_undo(ctx, &said, &undo))
}
