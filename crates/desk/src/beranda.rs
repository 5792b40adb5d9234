use praja_kernel::hari_tanggal;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{EmptyState, Icon, Link, Markup, PageHeader, Stat, Tone, frame, html, section, stats};

use crate::{
    USE_DESK, calendar, drafts,
    tasks::{self, View},
};

/// So many of the most pressing tasks stand on the start page.
const FIRST: usize = 10;
/// So many unfinished forms are named.
const UNFINISHED: i64 = 5;
/// A count of late tasks stops here.
const LATE_CAP: i64 = 100;

/// GET /: who one is here, what waits, and the figures of the services that are on.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = html! {
        (figures(ctx, tx)?)
        @if ctx.may(USE_DESK) { (section("Perlu Anda selesaikan", waiting(ctx, tx)?)) }
        (unfinished(ctx, tx)?)
    };
    let header = PageHeader::new(greeting(ctx)?).purpose(standing(ctx)?);
    Ok(frame::respond(ctx, &header, content))
}

/// "Selamat pagi, Maria Goreti Tefa".
fn greeting(ctx: &Ctx) -> Result<String, Problem> {
    let hour = ctx.instance().zona.local(ctx.now()).hour();
    Ok(format!("Selamat {}, {}", part_of_day(hour), ctx.scope()?.actor.nama()))
}

/// As people say it in Indonesia: siang from 11, sore from 15, malam from 18.
fn part_of_day(hour: i8) -> &'static str {
    match hour {
        4..=10 => "pagi",
        11..=14 => "siang",
        15..=17 => "sore",
        _ => "malam",
    }
}

fn standing(ctx: &Ctx) -> Result<String, Problem> {
    let today = hari_tanggal(ctx.today());
    Ok(match &ctx.scope()?.acting {
        Some(acting) => format!("{today}. Anda bertindak sebagai {}, {}.", acting.nama, acting.opd_nama),
        None => format!("{today}. Akun Anda belum memiliki jabatan. Hubungi admin OPD Anda."),
    })
}

fn figures(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let mut all = if ctx.may(USE_DESK) { own_figures(ctx, tx)? } else { Vec::new() };
    let modules = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    for tile in modules.flat_map(|module| module.tiles).filter(|tile| ctx.allows(tile.access)) {
        let shown = (tile.value)(ctx, tx)?;
        let href = (!shown.href.is_empty()).then_some(shown.href);
        all.push(Stat { label: tile.title.into(), value: shown.value, note: shown.note, tone: Tone::Neutral, href });
    }
    Ok(html! { @if !all.is_empty() { (stats(&all)) } })
}

fn own_figures(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Stat>, Problem> {
    let waiting = match ctx.waiting.map(|waiting| waiting.tugas) {
        Some(count) => count,
        None => tasks::open_count(tx, ctx.scope()?)?,
    };
    let late = tasks::late_count(tx, ctx.scope()?, ctx.today(), LATE_CAP)?;
    let (tone, note) = if late == 0 { (Tone::Good, "Semua dalam batas waktu") } else { (Tone::Bad, "Lewat jatuh tempo") };
    let stat = |label: &str, value, note: &str, tone, view: View| Stat {
        label: label.into(),
        value,
        note: note.into(),
        tone,
        href: Some(format!("/kotak-masuk?lihat={}", view.as_str())),
    };
    let capped = if late == LATE_CAP { format!("{}+", LATE_CAP - 1) } else { late.to_string() };
    Ok(vec![
        stat("Tugas terbuka", waiting.to_string(), "Di kotak masuk Anda", Tone::Neutral, View::Terbuka),
        stat("Terlambat", capped, note, tone, View::Terlambat),
    ])
}

fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let page = tasks::list(tx, ctx.scope()?, View::Terbuka, ctx.today(), None, FIRST)?;
    if page.tasks.is_empty() {
        let empty = EmptyState::new(
            Icon::Good,
            "Tidak ada yang menunggu Anda",
            "Tugas baru tampil di sini begitu seseorang mengirim surat atau permintaan kepada Anda.",
        );
        return Ok(html! { (empty.action(Link::new("Buka kotak masuk", "/kotak-masuk").icon(Icon::Inbox))) });
    }
    let calendar = calendar::of(tx, ctx.today())?;
    let table = tasks::pages::table(ctx, "Tugas yang paling mendesak", &page.tasks, View::Terbuka, &calendar, true);
    Ok(html! {
        (table)
        @if page.next.is_some() { p { a href="/kotak-masuk" { "Lihat semua tugas di kotak masuk" } } }
    })
}

/// Forms that were begun and not sent.
fn unfinished(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let drafts = drafts::pages::unfinished(ctx, tx, UNFINISHED)?;
    let name = |formulir: &str| {
        let mut routes = ctx.parts().modules.iter().flat_map(|module| module.routes);
        let path = formulir.split('?').next().unwrap_or(formulir);
        routes.find(|route| route.path == path).map_or_else(|| formulir.to_owned(), |route| route.purpose.to_owned())
    };
    Ok(html! {
        @if !drafts.is_empty() {
            (section("Isian yang belum dikirim", html! {
                ul { @for (formulir, saved) in &drafts {
                    li { a href=(formulir) { (name(formulir)) } span.redup { ", tersimpan " (saved) } }
                } }
            }))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::part_of_day;

    #[test]
    fn the_greeting_follows_the_local_hour() {
        let cases =
            [(3, "malam"), (4, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "malam"), (23, "malam")];
        for (hour, word) in cases {
            assert_eq!(part_of_day(hour), word, "at {hour}");
        }
    }
}
