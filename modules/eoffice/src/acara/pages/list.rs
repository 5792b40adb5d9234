//! What is on, by day.

use std::collections::BTreeSet;

use praja_desk::views;
use praja_kernel::{Date, FieldProblem, days_between, hari, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, Notice, PageHeader, Row, Table, Tone,
    export::{Cell as Value, Col, Format, Sheet, respond},
    frame, html,
};

use super::{LIST, hours, me, status_badge, title};
use crate::{
    acara::{
        Acara, Pandangan, Status,
        hak::{self, Pimpinan},
        store::{self, MOST, Milik},
    },
    periode::day,
};

/// Longest period shown at once, in days.
const LONGEST: i32 = 92;

/// What the list is narrowed to.
struct Saringan {
    dari: Date,
    sampai: Date,
    /// Whose agenda; nothing: what whoever asks attends for others.
    pimpinan: Option<Pimpinan>,
    status: Option<Status>,
    /// Everybody whose agenda may be read.
    semua: Vec<Pimpinan>,
    mengisi: bool,
}

/// How the address asks for what the asker attends for others.
const FOR_OTHERS: &str = "mewakili";

fn asked(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Saringan, Vec<FieldProblem>), Problem> {
    let (acting, today) = (me(ctx)?, ctx.today());
    let kept = hak::of(ctx, tx)?;
    let semua = hak::read(tx, acting.opd, &kept, today)?;
    let mut wrong = Vec::new();
    let dari = day(ctx.query("dari"), "dari", monday(today), &mut wrong);
    let mut sampai = day(ctx.query("sampai"), "sampai", plus(dari, 6), &mut wrong);
    if dari > sampai {
        wrong.push(FieldProblem::new("sampai", "Tanggal akhir sebelum tanggal awal. Tukar keduanya."));
        sampai = plus(dari, 6);
    }
    if days_between(dari, sampai) > LONGEST {
        wrong.push(FieldProblem::new("sampai", format!("Paling lama {LONGEST} hari sekaligus. Daftar ini berhenti di situ.")));
        sampai = plus(dari, LONGEST);
    }
    let named = ctx.query("pimpinan").unwrap_or_default();
    let pimpinan = match named {
        FOR_OTHERS => None,
        "" => semua.first().cloned(),
        id => Some(semua.iter().find(|one| one.jabatan.to_string() == id).cloned().ok_or(Problem::NotFound)?),
    };
    let status = ctx.query("status").and_then(|word| Status::parse(word).ok());
    Ok((Saringan { dari, sampai, pimpinan, status, semua, mengisi: !kept.is_empty() }, wrong))
}

/// The Monday of a day's week.
pub(super) fn monday(day: Date) -> Date {
    plus(day, -i32::from(day.weekday().to_monday_zero_offset()))
}

fn plus(day: Date, days: i32) -> Date {
    praja_kernel::days_after(day, days).unwrap_or(day)
}

/// The events of a period, as far as whoever asks may see them.
pub(super) fn events(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    milik: Milik,
    (dari, sampai): (Date, Date),
    semua: &[Pimpinan],
) -> Result<Vec<(Acara, Pandangan)>, Problem> {
    let zona = ctx.instance().zona;
    let (from, until) = (zona.start_of(dari), zona.start_of(plus(sampai, 1)));
    let acting = me(ctx)?;
    let rows = store::list(tx, milik, from, until, MOST + 1)?;
    Ok(rows.into_iter().filter_map(|acara| hak::sees(&acara, acting.jabatan, semua).map(|sees| (acara, sees))).collect())
}

fn found(ctx: &Ctx, tx: &mut Tx<'_>, saringan: &Saringan) -> Result<(Vec<(Acara, Pandangan)>, bool), Problem> {
    let milik = match &saringan.pimpinan {
        Some(pimpinan) => Milik::Pimpinan(pimpinan.jabatan),
        None => Milik::Wakil(me(ctx)?.jabatan),
    };
    let mut rows = events(ctx, tx, milik, (saringan.dari, saringan.sampai), &saringan.semua)?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    rows.retain(|(acara, _)| saringan.status.is_none_or(|status| status == acara.status));
    Ok((rows, more))
}

/// GET /eoffice/agenda?pimpinan=…&dari=…&sampai=…&status=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (saringan, wrong) = asked(ctx, tx)?;
    let (rows, more) = found(ctx, tx, &saringan)?;
    let whose = saringan.pimpinan.as_ref().map_or("Acara yang Anda wakili", |one| one.label.as_str());
    let period = format!("{} sampai {}", tanggal_panjang(saringan.dari), tanggal_panjang(saringan.sampai));
    let mut header = PageHeader::new("Agenda pimpinan").purpose(format!("{whose}, {period}."));
    if saringan.mengisi {
        header = header.action(Link::new("Tambah acara", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let content = html! {
        (views::bar(ctx, tx)?)
        @if more { (Notice::new(Tone::Warn, format!("Hanya {MOST} acara pertama yang tampil")).text("Persempit periodenya.")) }
        (table(ctx, &saringan, &rows).above(filters(ctx, &saringan, &wrong)))
        p { a href={ (LIST) "/kalender" } { "Ikuti agenda ini dari kalender ponsel" } }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

fn filters(ctx: &Ctx, saringan: &Saringan, wrong: &[FieldProblem]) -> Filters {
    let mut whose: Vec<(String, String)> =
        saringan.semua.iter().map(|one| (one.jabatan.to_string(), one.label.clone())).collect();
    whose.push((FOR_OTHERS.to_owned(), "Acara yang Anda wakili".to_owned()));
    let chosen = saringan.pimpinan.as_ref().map_or_else(|| FOR_OTHERS.to_owned(), |one| one.jabatan.to_string());
    let status: Vec<(&str, &str)> =
        std::iter::once(("", "Semua status")).chain(Status::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    Filters::new(&here(ctx))
        .field(Field::select("pimpinan", "Agenda", &whose).value(chosen))
        .field(Field::date("dari", "Dari").value(saringan.dari.to_string()))
        .field(Field::date("sampai", "Sampai").value(saringan.sampai.to_string()))
        .field(Field::select("status", "Status", &status).value(""))
        .problems(wrong)
}

fn table(ctx: &Ctx, saringan: &Saringan, rows: &[(Acara, Pandangan)]) -> Table {
    let (here, zona, today) = (here(ctx), ctx.instance().zona, ctx.today());
    let mut table = Table::new("Agenda")
        .column(Column::text("Hari"))
        .column(Column::text("Waktu"))
        .column(Column::text("Acara"))
        .column(Column::text("Tempat"))
        .column(Column::text("Status").corner());
    let week = saringan.dari;
    let span =
        |from: Date, days: i32| here.clone().set("dari", from.to_string()).set("sampai", plus(from, days).to_string()).href();
    for (label, from, days) in [
        ("Hari ini", today, 0),
        ("Besok", plus(today, 1), 0),
        ("Pekan ini", monday(today), 6),
        ("Pekan depan", plus(monday(today), 7), 6),
    ] {
        let active = saringan.dari == from && saringan.sampai == plus(from, days);
        table = table.chip(label, span(from, days), active);
    }
    if !rows.is_empty() {
        if let Some(pimpinan) = &saringan.pimpinan {
            let paper = format!("{LIST}/lembar?pimpinan={}&tanggal={}", pimpinan.jabatan, saringan.dari);
            table = table.export(Link::new("Cetak lembar harian", paper).icon(Icon::Print));
        }
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let mut seen = BTreeSet::new();
    let lines: Vec<Row> = rows
        .iter()
        .map(|(acara, sees)| {
            let day = zona.date(acara.isi.mulai);
            // The day stands before its first event; on a phone each card names it.
            let first = seen.insert(day);
            let words = format!("{}, {}", hari(day), tanggal_pendek(day));
            let row = Row::new(vec![
                if first { html! { strong { (words) } }.into() } else { html! { span.redup { (words) } }.into() },
                hours(acara, zona).into(),
                what(acara, *sees).into(),
                if *sees == Pandangan::Waktu { Cell::empty() } else { acara.isi.tempat.clone().into() },
                Cell::new(status_badge(acara.status)),
            ]);
            row.href(format!("{LIST}/{}", acara.id))
        })
        .collect();
    let days = days_between(saringan.dari, saringan.sampai);
    let (back, on) = (span(plus(week, -days - 1), days), span(plus(week, days + 1), days));
    let empty = EmptyState::new(
        Icon::Calendar,
        "Tidak ada acara dalam periode ini",
        "Pilih pekan lain, atau tambahkan acara dari undangan yang diterima.",
    );
    // Neighbouring periods are other lists, not pages of this one.
    table.chip("Sebelumnya", back, false).chip("Berikutnya", on, false).rows(lines).empty(empty)
}

fn what(acara: &Acara, sees: Pandangan) -> praja_web::Markup {
    html! {
        (title(acara, sees))
        @if sees == Pandangan::Utuh && acara.isi.tertutup { " " (praja_web::badge_with(Tone::Neutral, Icon::Lock, "Tertutup")) }
        @if let Some((_, wakil)) = &acara.wakil { br; span.redup { "diwakili " (wakil) } }
    }
}

/// GET /eoffice/agenda/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saringan, _) = asked(ctx, tx)?;
    let (rows, more) = found(ctx, tx, &saringan)?;
    let zona = ctx.instance().zona;
    let whose = saringan.pimpinan.as_ref().map_or("Acara yang diwakili", |one| one.label.as_str());
    let mut sheet = Sheet::new("Agenda pimpinan")
        .about("Agenda", whose)
        .about("Periode", format!("{} sampai {}", tanggal_pendek(saringan.dari), tanggal_pendek(saringan.sampai)))
        .column(Col::text("Hari"))
        .column(Col::text("Waktu"))
        .column(Col::text("Acara"))
        .column(Col::text("Tempat"))
        .column(Col::text("Penyelenggara"))
        .column(Col::text("Pakaian"))
        .column(Col::text("Pendamping"))
        .column(Col::text("Diwakili"))
        .column(Col::text("Status"));
    if more {
        sheet = sheet.about("Catatan", format!("Hanya {MOST} acara pertama"));
    }
    for (acara, sees) in &rows {
        let day = zona.date(acara.isi.mulai);
        let open = *sees == Pandangan::Utuh;
        let only = |text: &Option<String>| -> Value { text.clone().filter(|_| open).into() };
        sheet.push(vec![
            format!("{}, {}", hari(day), tanggal_pendek(day)).into(),
            hours(acara, zona).into(),
            title(acara, *sees).into(),
            only(&Some(acara.isi.tempat.clone())),
            only(&acara.isi.penyelenggara),
            only(&acara.isi.pakaian),
            only(&acara.isi.pendamping),
            acara.wakil.as_ref().map(|(_, nama)| nama.clone()).into(),
            acara.status.label().into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "agenda-pimpinan")
}

/// Tile: what is on today.
pub(crate) fn tile(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let none = TileValue { value: "0".into(), note: "tidak ada agenda yang Anda isi".into(), href: LIST.into() };
    let Ok(acting) = me(ctx) else { return Ok(none) };
    let kept = hak::of(ctx, tx)?;
    let semua = hak::read(tx, acting.opd, &kept, ctx.today())?;
    let Some(first) = semua.first() else { return Ok(none) };
    let today = ctx.today();
    let rows = match events(ctx, tx, Milik::Pimpinan(first.jabatan), (today, today), &semua) {
        Ok(rows) => rows,
        Err(Problem::Store(e)) => return Err(e),
        Err(_) => return Ok(none),
    };
    let open: Vec<&(Acara, Pandangan)> = rows.iter().filter(|(one, _)| one.status != Status::Batal).collect();
    let note = match open.iter().find(|(one, _)| one.isi.selesai > ctx.now()) {
        Some((next, sees)) => format!("{} {}", hours(next, ctx.instance().zona), title(next, *sees)),
        None => "tidak ada lagi hari ini".into(),
    };
    let href = format!("{LIST}?dari={today}&sampai={today}");
    Ok(TileValue { value: open.len().to_string(), note, href })
}
