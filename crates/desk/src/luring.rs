//! Working without a line: the list of what waits on the device, the page that stands in for those that were not kept, and what the device
//! is told when it has a line.

use praja_module::{Ctx, Offline, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Markup, Notice, PageHeader, Tone, assets, frame, html, luring::drawings, section};
use serde_json::json;

use crate::tasks::{Filter, View, find};

/// So many tasks of the inbox are kept with their pages: the most urgent ones, and as many of the newest.
const TASKS: usize = 18;
/// So many tasks are looked at for it.
const LOOKED_AT: usize = 200;
/// So many pages at most, whatever the modules add.
const PAGES: usize = 60;

/// GET /belum-terkirim
pub(crate) fn waiting(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    let header = PageHeader::new("Belum terkirim")
        .purpose("Isian yang ditulis saat sambungan terputus. Praja mengirimnya sendiri, berurutan, begitu sambungan kembali.");
    let content = html! {
        (list())
        (section("Simpanan di perangkat ini", html! {
            div data-luring="simpanan" {
                p.redup { "Memeriksa perangkat ini." }
            }
        }))
    };
    Ok(frame::respond(ctx, &header, content).kept(true))
}

/// Where the script draws what waits. Without it nothing is kept on the device, so nothing waits.
fn list() -> Markup {
    html! {
        div.antrean data-luring="antrean" aria-live="polite" {
            noscript { (Notice::new(Tone::Info, "Tidak ada yang disimpan di perangkat ini.")
                .text("Bekerja tanpa sambungan memerlukan JavaScript. Semua pekerjaan lain tetap berjalan selama ada sambungan.")) }
        }
    }
}

/// GET /tanpa-sambungan: kept on every device of an officer, so it holds nothing of anybody. The worker puts what cannot be done into it.
pub(crate) fn without(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    let header = PageHeader::new("Tanpa sambungan").purpose("Halaman ini memerlukan sambungan ke Praja.");
    let content = html! {
        div data-luring="sebab" {
            (Notice::new(Tone::Info, "Halaman yang Anda tuju tidak tersimpan di perangkat ini.")
                .text("Sambungkan kembali perangkat ini, lalu muat ulang halamannya."))
        }
        (section("Yang dapat dibaca tanpa sambungan", html! {
            div data-luring="tersimpan" { p { a href="/kotak-masuk" { "Kotak masuk" } } }
        }))
        (section("Belum terkirim", list()))
        @if ctx.holder().is_none() { (drawings()) link rel="stylesheet" href=(assets::url("luring.css")); script src=(assets::url("luring.js")) defer {} }
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

/// GET /desk/perangkat: for whom the device keeps pages, the key that shuts what waits there, a fresh proof for forms, and which pages
/// are worth keeping.
pub(crate) fn device(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (holder, person, key) = (ctx.holder(), ctx.person_mark(), ctx.holder_key());
    let mut pages = vec!["/belum-terkirim".to_owned(), "/kotak-masuk".to_owned()];
    let mut tasks = find(tx, ctx.scope()?, &Filter::from(View::Terbuka), ctx.today(), None, LOOKED_AT)?.tasks;
    pages.extend(tasks.iter().take(TASKS).map(|task| task.tautan.clone()));
    tasks.sort_by_key(|task| std::cmp::Reverse(task.id));
    pages.extend(tasks.into_iter().take(TASKS).map(|task| task.tautan));
    for more in &ctx.instance().ports.offline {
        pages.extend(more(ctx, tx)?);
    }
    let mut seen = std::collections::HashSet::new();
    pages.retain(|page| may_be_kept(ctx, page) && seen.insert(page.clone()));
    pages.truncate(PAGES);
    let told = json!({ "pemegang": holder, "orang": person, "kunci": key, "csrf": ctx.csrf(), "halaman": pages });
    Ok::<_, Problem>(Response::json(told.to_string()))
}

/// Does a route say so? A task may lead anywhere; what may not be kept need not be fetched.
fn may_be_kept(ctx: &Ctx, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let routes =
        ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id)).flat_map(|module| module.routes);
    routes.filter(|route| route.offline == Offline::Read).any(|route| fits(route.path, path))
}

/// Does an address fit a route's pattern?
fn fits(pattern: &str, path: &str) -> bool {
    let (mut ours, mut theirs) = (pattern.split('/'), path.split('/'));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return true,
            (Some(part), Some(word)) if part == word || (part.starts_with('{') && !word.is_empty()) => {}
            _ => return false,
        }
    }
}

#[test]
fn an_address_fits_the_pattern_of_its_route_alone() {
    for (pattern, path, expected) in [
        ("/kotak-masuk", "/kotak-masuk", true),
        ("/a/{id}", "/a/7", true),
        ("/a/{id}", "/a/", false),
        ("/a/{id}", "/a/7/b", false),
    ] {
        assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
    }
}
