use praja_kernel::{Date, hari_tanggal, parse_tanggal};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Act, Icon, Link, Markup, PageHeader, act_bar, frame, html};

use super::{LIST, hours, list::events, me, title};
use crate::acara::{Acara, Pandangan, Status, hak, store::Milik};

/// GET /eoffice/agenda/lembar?pimpinan=…&tanggal=…: one day on paper, for the leader's folder and the driver.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = me(ctx)?;
    let kept = hak::of(ctx, tx)?;
    let semua = hak::read(tx, acting.opd, &kept, ctx.today())?;
    let day: Date = ctx.query("tanggal").and_then(|text| parse_tanggal(text).ok()).unwrap_or_else(|| ctx.today());
    let asked = ctx.query("pimpinan").unwrap_or_default();
    let leader = semua.iter().find(|one| asked.is_empty() || one.jabatan.to_string() == asked).ok_or(Problem::NotFound)?;
    let rows = events(ctx, tx, Milik::Pimpinan(leader.jabatan), (day, day), &semua)?;
    let next = |days: i32| {
        let at = praja_kernel::days_after(day, days).unwrap_or(day);
        format!("{LIST}/lembar?pimpinan={}&tanggal={at}", leader.jabatan)
    };
    let header = PageHeader::new(format!("Agenda {}", hari_tanggal(day)))
        .purpose(format!("{}. Cetak halaman ini dari peramban.", leader.label))
        .crumb("Agenda pimpinan", LIST)
        .action(Link::new("Kembali ke agenda", format!("{LIST}?pimpinan={}", leader.jabatan)).icon(Icon::Left));
    let days = [Act::link("Hari sebelumnya", next(-1)).icon(Icon::Left), Act::link("Hari berikutnya", next(1)).icon(Icon::Right)];
    Ok(frame::respond(ctx, &header, html! { div.cetakan { (day_table(ctx, &rows)) } (act_bar(&days)) }))
}

fn day_table(ctx: &Ctx, rows: &[(Acara, Pandangan)]) -> Markup {
    let zona = ctx.instance().zona;
    let on: Vec<&(Acara, Pandangan)> = rows.iter().filter(|(one, _)| one.status != Status::Batal).collect();
    html! {
        @if on.is_empty() { p { "Tidak ada acara pada hari ini." } }
        @else {
            table {
                thead { tr { th scope="col" { "Waktu" } th scope="col" { "Acara" } th scope="col" { "Tempat" } th scope="col" { "Keterangan" } } }
                tbody { @for (acara, sees) in on { tr {
                    td { (hours(acara, zona)) " " (zona) }
                    td {
                        strong { (title(acara, *sees)) }
                        @if *sees == Pandangan::Utuh { @if let Some(host) = &acara.isi.penyelenggara { br; (host) } }
                        @if let Some((_, wakil)) = &acara.wakil { br; "Diwakili " (wakil) }
                    }
                    td { @if *sees == Pandangan::Utuh { (acara.isi.tempat) } }
                    td { @if *sees == Pandangan::Utuh { (remarks(acara)) } }
                } } }
            }
        }
    }
}

fn remarks(acara: &Acara) -> Markup {
    let isi = &acara.isi;
    let lines = [("Pakaian", &isi.pakaian), ("Pendamping", &isi.pendamping)];
    html! {
        @for (name, text) in lines { @if let Some(text) = text { (name) ": " (text) br; } }
        @if let Some(text) = &isi.keterangan { span.catatan { (text) } }
    }
}
