//! Addresses that are told, on screen: the list, one with what it was told, a form for a new one, and the acts on them.

mod act;
mod form;

use praja_kernel::{tanggal_jam, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, frame, html,
    section,
};

use super::{Kait, Kiriman, Status, meaning, store};
use crate::{opd, riwayat, token::pages as tokens};

pub(crate) use act::{again, switch, trial};
pub(crate) use form::{create, new};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/identity/webhook";
/// What audit calls one.
pub(crate) const TABLE: &str = "identity_kait";
/// Deliveries of one page.
const PAGE: usize = 50;

fn tone(status: Status) -> Tone {
    match status {
        Status::Terkirim => Tone::Good,
        Status::Menunggu => Tone::Warn,
        Status::Gagal => Tone::Bad,
        Status::Ditahan | Status::Batal => Tone::Neutral,
    }
}

fn state(ctx: &Ctx, kait: &Kait) -> Markup {
    match kait.istirahat_sampai.filter(|until| *until > ctx.now()) {
        _ if !kait.aktif => badge(Tone::Neutral, "Dihentikan"),
        Some(_) => badge(Tone::Bad, "Tidak menjawab"),
        None if kait.gagal > 0 => badge(Tone::Warn, "Pernah gagal"),
        None => badge(Tone::Good, "Dipakai"),
    }
}

fn events_of(kait: &Kait) -> String {
    kait.isi.peristiwa.iter().map(|one| meaning(one)).collect::<Vec<_>>().join("; ")
}

/// What a training says about what leaves the house.
fn training(ctx: &Ctx) -> Option<Notice> {
    let text = "Ruang latihan tidak mengirim apa pun ke luar; kirimannya hanya dicatat di sini.";
    (ctx.instance().jenis == praja_module::Jenis::Contoh).then(|| Notice::new(Tone::Info, "Kiriman ditahan").text(text))
}

/// GET /identity/webhook
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut all = Vec::new();
    for opd in &ctx.scope()?.opd_set {
        all.extend(store::of_opd(tx, *opd)?);
    }
    let rows = all.iter().map(|kait| {
        Row::new(vec![
            kait.isi.nama.as_str().into(),
            Cell::new(state(ctx, kait)),
            kait.isi.alamat.as_str().into(),
            events_of(kait).into(),
        ])
        .href(format!("{LIST}/{}", kait.id))
    });
    let table = Table::new("Webhook")
        .column(Column::text("Nama"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Alamat"))
        .column(Column::text("Peristiwa"))
        .rows(rows)
        .empty(EmptyState::new(
            Icon::Send,
            "Belum ada webhook",
            "Aplikasi yang terdaftar di sini diberi tahu seketika bila surat OPD Anda dicatat, didisposisi, selesai, ditandatangani, atau dikirim.",
        ));
    let header = PageHeader::new("Webhook")
        .purpose("Aplikasi lain yang diberi tahu bila terjadi sesuatu pada surat OPD Anda: nomor dan keadaannya, tanpa isinya.")
        .crumb("Aplikasi terhubung", tokens::LIST)
        .action(Link::new("Daftarkan webhook", format!("{LIST}/baru")).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { @if let Some(notice) = training(ctx) { (notice) } (table) }))
}

/// The address of the request, when it is of the own OPD.
fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Kait, Problem> {
    let kait = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if ctx.scope()?.covers_opd(kait.opd) { Ok(kait) } else { Err(Problem::NotFound) }
}

/// GET /identity/webhook/{id}?status=…&sebelum=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kait = load(ctx, tx)?;
    let status = ctx.query("status").map(Status::parse).transpose().map_err(|_| Problem::NotFound)?;
    let sebelum = ctx.query("sebelum").map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
    let mut all = store::deliveries(tx, kait.id, status, sebelum, PAGE as i64 + 1)?;
    let more = all.len() > PAGE;
    all.truncate(PAGE);
    let here = format!("{LIST}/{}", kait.id);
    let narrowed = |status: Option<Status>| status.map_or_else(|| here.clone(), |one| format!("{here}?status={}", one.as_str()));
    let mut table = Table::new("Kiriman")
        .column(Column::text("Kiriman"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Dibuat"))
        .column(Column::text("Tindakan"))
        .rows(all.iter().map(|one| row(ctx, one)))
        .chip("Semua", narrowed(None), status.is_none());
    for one in Status::ALL {
        table = table.chip(one.label(), narrowed(Some(*one)), status == Some(*one));
    }
    let older = all.last().filter(|_| more).map(|last| {
        let start = narrowed(status);
        format!("{start}{}sebelum={}", if start.contains('?') { '&' } else { '?' }, last.id)
    });
    let table = table.pager(sebelum.map(|_: praja_kernel::Id| narrowed(status)), older).empty(EmptyState::new(
        Icon::Send,
        "Tidak ada kiriman di sini",
        "Setiap kabar kepada aplikasi ini tercatat dengan hasilnya, dan disimpan sembilan puluh hari.",
    ));
    let header = PageHeader::new(kait.isi.nama.as_str())
        .purpose("Apa yang diberitahukan kepada aplikasi ini, yang sampai, yang menunggu, dan yang gagal.")
        .crumb("Aplikasi terhubung", tokens::LIST)
        .crumb("Webhook", LIST);
    let history = riwayat::of(ctx, tx, &[format!("{TABLE}:{}", kait.id)])?;
    let content = html! {
        @if let Some(notice) = training(ctx) { (notice) }
        (facts(ctx, tx, &kait)?)
        (acts(ctx, &kait))
        (section("Kiriman", table))
        (history)
    };
    Ok(frame::respond(ctx, &header, content))
}

fn facts(ctx: &Ctx, tx: &mut Tx<'_>, kait: &Kait) -> Result<Facts, Problem> {
    let zona = ctx.instance().zona;
    let rest = kait.istirahat_sampai.filter(|until| kait.aktif && *until > ctx.now());
    let mut facts = Facts::new().add("Keadaan", state(ctx, kait));
    if let Some(until) = rest {
        facts = facts.add("Dicoba lagi", tanggal_jam(zona.local(until)));
    }
    Ok(facts
        .add("Alamat", &kait.isi.alamat)
        .add("OPD", opd::name(tx, kait.opd)?.unwrap_or_default())
        .add("Peristiwa", html! { ul { @for one in &kait.isi.peristiwa { li { (meaning(one)) } } } })
        .add("Didaftarkan", format!("{} oleh {}", frame::time(zona, kait.dibuat).0, kait.oleh_nama)))
}

fn acts(ctx: &Ctx, kait: &Kait) -> Markup {
    let act = |label: &str, path: &str| {
        Act::post(label, format!("{LIST}/{}/{path}", kait.id), ctx.csrf(), ctx.form_id().to_string())
            .value("versi", kait.versi.to_string())
    };
    if kait.aktif {
        act_bar(&[act("Kirim percobaan", "uji"), act("Hentikan pemakaian", "ganti").danger()])
    } else {
        act_bar(&[act("Pakai lagi", "ganti")])
    }
}

fn row(ctx: &Ctx, one: &Kiriman) -> Row {
    let zona = ctx.instance().zona;
    let act = match one.status {
        Status::Gagal | Status::Ditahan | Status::Batal => {
            let to = format!("{LIST}/{}/kiriman/{}/ulang", one.kait, one.id);
            Cell::new(Act::post("Kirim ulang", to, ctx.csrf(), ctx.form_id().to_string()))
        }
        Status::Menunggu | Status::Terkirim => Cell::empty(),
    };
    let waits = one.status == Status::Menunggu && one.percobaan > 0;
    let state = html! {
        (badge(tone(one.status), one.status.label()))
        @if waits { span.redup.baris-dua { "Dicoba lagi " (tanggal_jam(zona.local(one.coba_pada))) } }
        @if let Some(why) = &one.sebab { span.redup.baris-dua { (why) } }
    };
    let nomor = if one.nomor.is_empty() { "tanpa nomor" } else { &one.nomor };
    Row::new(vec![
        Cell::new(html! { (meaning(&one.jenis)) span.redup.baris-dua { (nomor) } }),
        Cell::new(state),
        Cell::date(tanggal_pendek(zona.date(one.dibuat)), frame::time(zona, one.dibuat).0),
        act,
    ])
}
