use std::collections::BTreeSet;

use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Facts, Markup, frame, html, section};
use similar::{ChangeTag, TextDiff};

use super::{below, kind, load, whole};
use crate::naskah::{Versi, jenis::Jenis, store};

/// GET /eoffice/naskah/{id}/versi/{versi}: what changed against the version before.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    whole(tx, &naskah)?;
    let number: i64 = ctx.param("versi")?;
    let keys = ctx.instance().keys();
    let after = store::versi(tx, keys, naskah.id, number)?.ok_or(Problem::NotFound)?;
    let before = store::versi(tx, keys, naskah.id, number - 1)?.ok_or(Problem::NotFound)?;
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let when = frame::time(ctx.instance().zona, after.pada).0;
    let facts = Facts::new().add("Diubah oleh", format!("{}, {}", after.oleh_nama, after.oleh_jabatan)).add("Pada", when);
    let header = below(&naskah, &kind, &format!("Versi {} dibandingkan versi {}", after.versi, before.versi));
    Ok(frame::respond(ctx, &header, html! { (facts) (changes(asks, &before, &after)) }))
}

fn changes(asks: &'static Jenis, before: &Versi, after: &Versi) -> Markup {
    let empty = String::new();
    let names: BTreeSet<&String> = before.bidang.keys().chain(after.bidang.keys()).collect();
    let label =
        |nama: &str| asks.bidang.iter().find(|one| one.nama == nama).map_or_else(|| nama.to_owned(), |one| one.label.clone());
    html! {
        link rel="stylesheet" href=(praja_web::assets::url("naskah.css"));
        @if before.hal != after.hal { (section(&asks.hal, words(&before.hal, &after.hal))) }
        @for nama in names {
            @let (old, new) = (before.bidang.get(nama).unwrap_or(&empty), after.bidang.get(nama).unwrap_or(&empty));
            @if old != new { (section(&label(nama), words(old, new))) }
        }
    }
}

/// The new text with what was taken out struck through and what was added marked, word by word.
fn words(before: &str, after: &str) -> Markup {
    let diff = TextDiff::from_words(before, after);
    html! {
        p.beda { @for change in diff.iter_all_changes() { @match change.tag() {
            ChangeTag::Delete => del { (change.value()) },
            ChangeTag::Insert => ins { (change.value()) },
            ChangeTag::Equal => (change.value()),
        } } }
    }
}

#[test]
fn what_was_taken_out_and_what_was_added_is_marked() {
    let drawn = words("Rapat hari Senin pukul 09.00", "Rapat hari Selasa pukul 09.00").into_string();
    assert!(drawn.contains("<del>Senin</del>") && drawn.contains("<ins>Selasa</ins>") && drawn.contains("Rapat"), "{drawn}");
}
