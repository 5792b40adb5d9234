use praja_kernel::{Date, hari_tanggal, relatif};
use praja_module::{Access, Ctx, Method, Outcome, Problem};
use praja_store::Tx;
use praja_web::{EmptyState, Icon, Link, Markup, PageHeader, Stat, Tone, frame, html, icon, section, stats};

use crate::{
    USE_DESK, calendar, drafts, latihan,
    tasks::{self, View},
    views,
};

/// So many of the most pressing tasks stand on the start page.
const FIRST: usize = 10;
/// So many unfinished forms are named.
const UNFINISHED: i64 = 5;
/// A count of late tasks stops here.
const LATE_CAP: i64 = 100;

/// So many deadlines of the coming week are named.
const SOON: usize = 30;
/// What is told of each release, to show what is new.
const CHANGES: &str = include_str!("../../../docs/changelog.md");

/// GET /: who one is here, what waits, the figures of the services that are on, and the ways that are gone most often.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = html! {
        (figures(ctx, tx)?)
        @if ctx.may(USE_DESK) { (section("Perlu Anda selesaikan", waiting(ctx, tx)?)) }
        (training(ctx, tx)?)
        (unfinished(ctx, tx)?)
        @if ctx.may(USE_DESK) { (deadlines(ctx, tx)?) }
        (shortcuts(ctx, tx)?)
        (news())
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

/// In a regency for trying: the way to the exercises.
fn training(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let Some(words) = latihan::invitation(ctx, tx)? else { return Ok(html! {}) };
    Ok(html! { (section("Latihan", html! { p { (words) } p { a href=(latihan::LIST) { "Buka latihan" } } })) })
}

/// The coming week, a day at a time.
fn deadlines(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let page = tasks::list(tx, ctx.scope()?, View::Pekan, ctx.today(), None, SOON)?;
    let days: Vec<(Date, &[tasks::Task])> = page
        .tasks
        .chunk_by(|a, b| a.jatuh_tempo == b.jatuh_tempo)
        .filter_map(|day| day.first().and_then(|task| task.jatuh_tempo).map(|date| (date, day)))
        .collect();
    Ok(html! {
        @if !days.is_empty() {
            (section("Batas waktu tujuh hari ke depan", html! {
                dl.tenggat { @for (day, tasks) in &days {
                    dt { (hari_tanggal(*day)) span.redup { " (" (relatif(*day, ctx.today())) ")" } }
                    @for task in *tasks { dd { a href=(task.tautan) { (task.judul) } } }
                } }
                @if page.next.is_some() { p { a href="/kotak-masuk?lihat=pekan" { "Lihat semua batas waktu pekan ini" } } }
            }))
        }
    })
}

/// The forms that whoever asks may begin, and their saved views.
fn shortcuts(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let on = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    let forms = on.flat_map(|module| module.routes.iter()).filter(|route| {
        route.method == Method::Get && route.path.ends_with("/baru") && !route.path.contains('{') && ctx.allows(route.access)
    });
    let forms: Vec<_> = forms.filter(|route| route.access != Access::Public && route.path != "/desk/saluran/baru").collect();
    let views = views::all(tx, ctx)?;
    Ok(html! {
        @if !forms.is_empty() || !views.is_empty() {
            (section("Pintasan", html! {
                ul.saring {
                    @for route in &forms { li { a.cip href=(route.path) { (icon(Icon::Add)) span { (route.purpose) } } } }
                    @for view in &views { li { a.cip href=(view.href()) { (icon(Icon::Bookmark)) span { (view.nama) } } } }
                }
            }))
        }
    })
}

/// What the release in use has brought.
fn news() -> Markup {
    let Some((release, titles)) = newest(CHANGES) else { return html! {} };
    html! {
        details.bantuan {
            summary { "Yang baru" @if release.starts_with(|first: char| first.is_ascii_digit()) { " di Praja " (release) } }
            ul { @for title in titles { li { (title) } } }
        }
    }
}

/// The newest release of the change notes, and the bold beginning of each of its news.
fn newest(changes: &str) -> Option<(&str, Vec<&str>)> {
    let (_, part) = changes.split_once("\n## ")?;
    let part = part.split("\n## ").next()?;
    let release = part.lines().next()?.trim();
    let news = part.split_once("**Baru**")?.1;
    let news = news.split("\n**").next()?;
    let titles = news.split("\n- **").skip(1).filter_map(|line| line.split("**").next());
    Some((release, titles.map(|title| title.trim_end_matches('.')).collect()))
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
    use super::{CHANGES, newest, part_of_day};

    #[test]
    fn what_is_new_is_read_from_the_newest_release() {
        let notes = "# Catatan\n\n## 0.2.0\n\n**Baru**\n\n- **Satu.** Isi\n  lanjut.\n- **Dua** lagi.\n\n**Belum ada**\n\n- **Tiga.**\n\n## 0.1.0\n";
        assert_eq!(newest(notes), Some(("0.2.0", vec!["Satu", "Dua"])));
        let (release, titles) = newest(CHANGES).expect("the shipped notes name a release");
        assert!(!release.is_empty() && titles.len() > 1, "{titles:?}");
        assert_eq!(newest("# Kosong"), None);
    }

    #[test]
    fn the_greeting_follows_the_local_hour() {
        let cases =
            [(3, "malam"), (4, "pagi"), (10, "pagi"), (11, "siang"), (14, "siang"), (15, "sore"), (18, "malam"), (23, "malam")];
        for (hour, word) in cases {
            assert_eq!(part_of_day(hour), word, "at {hour}");
        }
    }
}
