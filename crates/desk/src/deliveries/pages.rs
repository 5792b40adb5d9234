//! What became of messages: for the administrator all of them, for a sender the own ones.

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html,
};

use super::{Isi, Kiriman, SEND, Status, store};
use crate::{
    channels::{self, pages::training_notice},
    notices,
};

/// Rows of one page.
const PAGE: i64 = 50;
/// Rows read in one step when the list is taken along, and how many are taken along at most.
const STEP: i64 = 500;
const MOST: usize = 20_000;

/// How a state is shown.
fn tone(status: Status) -> Tone {
    match status {
        Status::Terkirim | Status::Diringkas => Tone::Good,
        Status::Gagal => Tone::Bad,
        Status::Menunggu => Tone::Warn,
        Status::Ringkasan => Tone::Info,
        Status::Ditahan | Status::Batal => Tone::Neutral,
    }
}

/// GET /desk/kiriman?status=…&saluran=…&sebelum=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let filter = store::Filter {
        status: ctx.query("status").and_then(|word| Status::parse(word).ok()),
        saluran: ctx.query("saluran").and_then(|id| id.parse().ok()),
        sebelum: ctx.query("sebelum").and_then(|id| id.parse().ok()),
    };
    let ways = channels::store::list(tx)?;
    let mut all = store::list(tx, &filter, PAGE + 1)?;
    let more = all.len() > PAGE as usize;
    all.truncate(PAGE as usize);
    let name = |id: Id| ways.iter().find(|way| way.id == id).map_or("Saluran lama", |way| way.nama.as_str());
    let rows: Vec<Row> = all.iter().map(|one| row(ctx, one, name(one.saluran))).collect();
    let here = |status: Option<Status>, saluran: Option<Id>| {
        let parts = [status.map(|status| format!("status={}", status.as_str())), saluran.map(|id| format!("saluran={id}"))];
        format!("/desk/kiriman?{}", parts.into_iter().flatten().collect::<Vec<_>>().join("&"))
    };
    let mut table = Table::new("Kiriman")
        .column(Column::text("Kiriman"))
        .column(Column::text("Kepada"))
        .column(Column::text("Saluran"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Dibuat"))
        .column(Column::text("Tindakan"))
        .rows(rows)
        .chip("Semua", here(None, filter.saluran), filter.status.is_none());
    for status in Status::ALL {
        let set = filter.status == Some(*status);
        table = table.chip(status.label(), here((!set).then_some(*status), filter.saluran), set);
    }
    for way in &ways {
        let set = filter.saluran == Some(way.id);
        table = table.chip(way.nama.as_str(), here(filter.status, (!set).then_some(way.id)), set);
    }
    let start = here(filter.status, filter.saluran);
    if !all.is_empty() {
        let take = start.replacen("/desk/kiriman?", "/desk/kiriman/unduh?", 1);
        for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
            table = table.export(Link::new(label, format!("{take}&format={format}")));
        }
    }
    let older = all.last().filter(|_| more).map(|last| format!("{start}&sebelum={}", last.id));
    let table = table.pager(filter.sebelum.map(|_| start.clone()), older).empty(EmptyState::new(
        Icon::Send,
        "Tidak ada kiriman di sini",
        "Setiap kabar yang keluar dari Praja tercatat di sini dengan hasilnya.",
    ));
    let header = PageHeader::new("Kiriman")
        .purpose("Kabar yang keluar dari Praja: yang sampai, yang menunggu, dan yang gagal beserta sebabnya.")
        .crumb("Saluran kabar", "/desk/saluran");
    Ok(frame::respond(ctx, &header, html! { (training_notice(ctx)) (table) }))
}

/// GET /desk/kiriman/unduh?status=…&saluran=…: what the list shows, all its pages, addresses masked as there.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut filter = store::Filter {
        status: ctx.query("status").and_then(|word| Status::parse(word).ok()),
        saluran: ctx.query("saluran").and_then(|id| id.parse().ok()),
        sebelum: None,
    };
    let ways = channels::store::list(tx)?;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Kiriman")
        .column(Col::text("Kiriman"))
        .column(Col::text("Jenis"))
        .column(Col::text("Kepada"))
        .column(Col::text("Alamat"))
        .column(Col::text("Saluran"))
        .column(Col::text("Keadaan"))
        .column(Col::int("Percobaan"))
        .column(Col::text("Sebab"))
        .column(Col::moment("Dibuat"))
        .column(Col::moment("Selesai"));
    sheet.gather(MOST, export::narrow, |sheet| {
        let page = store::list(tx, &filter, STEP)?;
        for one in &page {
            let way = ways.iter().find(|way| way.id == one.saluran).map_or("Saluran lama", |way| way.nama.as_str());
            sheet.push(vec![
                one.judul.as_str().into(),
                one.jenis.label().into(),
                one.penerima_nama.as_str().into(),
                masked(&one.alamat).into(),
                way.into(),
                one.status.label().into(),
                one.percobaan.into(),
                one.sebab.clone().into(),
                export::Cell::moment(zona, one.dibuat),
                one.selesai_pada.map_or(export::Cell::Empty, |at| export::Cell::moment(zona, at)),
            ]);
        }
        filter.sebelum = page.last().map(|last| last.id);
        Ok::<_, Problem>(page.len() == STEP as usize)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "kiriman")
}

fn row(ctx: &Ctx, one: &Kiriman, way: &str) -> Row {
    let zona = ctx.instance().zona;
    let act: Cell = if one.status == Status::Gagal && one.jenis != Isi::Keamanan {
        let act = Act::post("Kirim ulang", format!("/desk/kiriman/{}/ulang", one.id), ctx.csrf(), ctx.form_id().to_string());
        Cell::new(act)
    } else {
        Cell::empty()
    };
    let whom = if one.penerima_nama.is_empty() { "Belum berakun" } else { &one.penerima_nama };
    Row::new(vec![
        Cell::new(html! { (one.judul) span.redup.baris-dua { (one.jenis.label()) } }),
        Cell::new(html! { (whom) span.redup.baris-dua { (masked(&one.alamat)) } }),
        way.into(),
        Cell::new(state(ctx, one)),
        Cell::date(tanggal_pendek(zona.date(one.dibuat)), frame::time(zona, one.dibuat).0),
        act,
    ])
}

fn state(ctx: &Ctx, one: &Kiriman) -> Markup {
    let zona = ctx.instance().zona;
    let waits = one.status == Status::Menunggu && one.percobaan > 0;
    html! {
        (badge(tone(one.status), one.status.label()))
        @if waits { span.redup.baris-dua { "Dicoba lagi " (praja_kernel::tanggal_jam(zona.local(one.coba_pada))) } }
        @if let Some(why) = &one.sebab { span.redup.baris-dua { (why) } }
    }
}

/// An address whose owner recognises it.
fn masked(alamat: &str) -> String {
    if let Some((user, domain)) = alamat.split_once('@') {
        let first: String = user.chars().take(2).collect();
        return format!("{first}•••@{domain}");
    }
    praja_identity::telepon::masked(alamat)
}

/// POST /desk/kiriman/{id}/ulang: one more try, as if it were new.
pub(crate) fn retry(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let found = ctx.read(|tx| store::get(tx, id))?.ok_or(Problem::NotFound)?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let again = store::get(tx, id)?.is_some_and(|one| one.status == Status::Gagal && one.jenis != Isi::Keamanan);
        if again {
            let now = tx.now()?;
            store::postpone(tx, id, now, None, 0)?;
            tx.enqueue(SEND, &id, now, Some(&format!("{SEND}:{id}:{}", now.ms())))?;
            tx.audit(&Entry::new("desk.send-kiriman", "desk_kiriman", id).with("saluran", found.saluran))?;
        }
        Ok::<_, StoreError>("/desk/kiriman?status=menunggu".to_owned())
    })?;
    Ok(response.with_notice("Kiriman itu dicoba lagi sekarang."))
}

/// GET /kabar/terkirim?sebelum=…: the notices that whoever asks has caused, who read them, and how they left.
pub(crate) fn sent(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let before = ctx.query("sebelum").and_then(|id| id.parse().ok());
    let (all, next) = notices::sent_by(tx, &ctx.scope()?.actor.key(), before, PAGE as usize)?;
    let ways = channels::store::list(tx)?;
    let mut rows = Vec::new();
    for kabar in &all {
        let messages = store::of_notice(tx, kabar.id)?;
        let zona = ctx.instance().zona;
        let read: Markup = match &kabar.dibaca {
            Some((nama, at)) => {
                html! { (badge(Tone::Good, "Dibaca")) span.redup.baris-dua { (nama) ", " (frame::time(zona, *at).0) } }
            }
            None => badge(Tone::Neutral, "Belum dibaca"),
        };
        rows.push(Row::new(vec![
            kabar.judul.as_str().into(),
            Cell::new(notices::untuk_label(tx, &kabar.untuk, ctx.today())?),
            Cell::new(read),
            Cell::new(outside(&messages, &ways)),
            Cell::date(tanggal_pendek(zona.date(kabar.dibuat)), frame::time(zona, kabar.dibuat).0),
        ]));
    }
    let table = Table::new("Kabar yang Anda kirim")
        .column(Column::text("Kabar"))
        .column(Column::text("Kepada"))
        .column(Column::text("Di Praja").corner())
        .column(Column::text("Ke luar"))
        .column(Column::date("Dikirim"))
        .rows(rows)
        .pager(before.map(|_| "/kabar/terkirim".to_owned()), next.map(|id| format!("/kabar/terkirim?sebelum={id}")))
        .empty(EmptyState::new(
            Icon::Send,
            "Belum ada kabar dari Anda",
            "Kabar yang timbul dari tindakan Anda, misalnya disposisi, tampil di sini.",
        ));
    let header = PageHeader::new("Kabar yang Anda kirim")
        .purpose("Apakah kabar dari tindakan Anda sudah dibaca, dan apakah sampai lewat saluran di luar Praja.")
        .crumb("Kabar", "/kabar");
    Ok(frame::respond(ctx, &header, table))
}

/// The messages of one notice: a badge for each way, with the cause of what failed.
fn outside(messages: &[Kiriman], ways: &[channels::Saluran]) -> Markup {
    let name = |id: Id| ways.iter().find(|way| way.id == id).map_or("Saluran lama", |way| way.nama.as_str());
    html! {
        @if messages.is_empty() { span.redup { "Tidak dikirim ke luar" } }
        @for one in messages {
            p { (badge(tone(one.status), &format!("{}: {}", name(one.saluran), one.status.label().to_lowercase())))
                @if let Some(why) = one.sebab.as_ref().filter(|_| one.status == Status::Gagal) { span.redup.baris-dua { (why) } } }
        }
    }
}
