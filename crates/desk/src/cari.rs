use praja_kernel::{fold, tanggal_pendek};
use praja_module::{Ctx, Outcome};
use praja_store::{
    Tx,
    search::{COUNT_CAP, Found, Hit, Narrow},
};
use praja_web::{Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, PageHeader, Row, Table, frame, html};

use crate::{
    views,
    words::{encode, first_upper},
};

/// Results of one page.
const PAGE: i64 = 30;
/// Longer questions are cut: nobody types more, and a pasted letter would only find itself.
const LONGEST: usize = 200;

/// GET /cari?q=…&modul=…&jenis=…&sebelum=seq
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(LONGEST).collect();
    let kinds = kinds(ctx);
    let narrow = narrowed(ctx, &kinds);
    let before = ctx.query("sebelum").and_then(|text| text.parse().ok());
    let found = tx.find_within(&ctx.scope()?.subjects(), &asked, narrow, before, PAGE)?;
    let mut form = Form::get("/cari");
    for (name, value) in [("modul", narrow.modul), ("jenis", narrow.jenis)] {
        if let Some(value) = value {
            form = form.hidden(name, value);
        }
    }
    let form = form
        .field(
            Field::search("q", "Kata atau nomor")
                .value(&asked)
                .hint("Misalnya nama pengirim, perihal, atau sebagian nomor surat."),
        )
        .submit("Cari naskah");
    let results = if asked.is_empty() {
        html! { (EmptyState::new(
            Icon::Search,
            "Tulis apa yang Anda cari",
            "Pencarian mencakup semua layanan yang boleh Anda lihat; naskah rahasia tidak termasuk.",
        )) }
    } else {
        html! { (table(ctx, &asked, narrow, &kinds, &found, before.is_some())) }
    };
    let header = PageHeader::new("Cari").purpose("Mencari di semua layanan sekaligus, yang terbaru lebih dahulu.");
    Ok(frame::respond(ctx, &header, html! { (views::bar(ctx, tx)?) (form) (results) }))
}

/// What there is to find: a module and the kinds of things it puts into the index.
type Kinds = Vec<(&'static str, &'static str, &'static [&'static str])>;

fn kinds(ctx: &Ctx) -> Kinds {
    let on = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id) && !module.search.is_empty());
    on.map(|module| (module.id, module.title, module.search)).collect()
}

/// What the address asks for, as far as it exists.
fn narrowed(ctx: &Ctx, kinds: &Kinds) -> Narrow<'static> {
    let Some(module) = ctx.query("modul").and_then(|id| kinds.iter().find(|(known, ..)| *known == id)) else {
        return Narrow::default();
    };
    let jenis = ctx.query("jenis").and_then(|word| module.2.iter().find(|known| **known == word).copied());
    Narrow { modul: Some(module.0), jenis }
}

fn address(asked: &str, narrow: Narrow<'_>) -> String {
    let mut address = format!("/cari?q={}", encode(asked));
    for (name, value) in [("modul", narrow.modul), ("jenis", narrow.jenis)] {
        if let Some(value) = value {
            address.push_str(&format!("&{name}={}", encode(value)));
        }
    }
    address
}

fn table(ctx: &Ctx, asked: &str, narrow: Narrow<'_>, kinds: &Kinds, found: &Found, later_page: bool) -> Table {
    let zona = ctx.instance().zona;
    let here = address(asked, narrow);
    let older = found.hits.last().filter(|_| found.more).map(|last| format!("{here}&sebelum={}", last.seq));
    let row = |hit: &Hit| {
        Row::new(vec![
            Cell::new(html! { (marked(&hit.judul, asked)) @if hit.dalam_lampiran { br; span.redup { "Kata itu ada dalam lampirannya" } } }),
            first_upper(&hit.jenis).into(),
            module_title(ctx, &hit.modul).into(),
            Cell::date(tanggal_pendek(zona.date(hit.pada)), frame::time(zona, hit.pada).0),
        ])
        .href(&hit.tautan)
    };
    let mut table = Table::new(format!("Hasil pencarian \"{asked}\""))
        .column(Column::text("Naskah"))
        .column(Column::text("Jenis"))
        .column(Column::text("Layanan").wide_only())
        .column(Column::date("Tanggal").corner())
        .rows(found.hits.iter().map(row))
        .pager(later_page.then(|| here.clone()), older)
        .empty(nothing(asked, narrow));
    // One kind of thing needs no filter.
    if kinds.iter().map(|(_, _, all)| all.len()).sum::<usize>() > 1 || narrow.modul.is_some() {
        table = table.chip("Semua layanan", address(asked, Narrow::default()), narrow.modul.is_none());
        for (id, title, all) in kinds {
            let whole = Narrow { modul: Some(id), jenis: None };
            table = table.chip(*title, address(asked, whole), narrow == whole);
            for jenis in all.iter().filter(|_| all.len() > 1) {
                let one = Narrow { modul: Some(id), jenis: Some(jenis) };
                table = table.chip(first_upper(jenis), address(asked, one), narrow == one);
            }
        }
    }
    if found.count == 0 { table } else { table.count(count(found.count)) }
}

fn nothing(asked: &str, narrow: Narrow<'_>) -> EmptyState {
    let title = format!("Tidak ada hasil untuk \"{asked}\"");
    if narrow.modul.is_none() {
        return EmptyState::new(Icon::Search, title, "Periksa ejaannya, pakai lebih sedikit kata, atau tulis sebagian nomornya.");
    }
    EmptyState::new(Icon::Search, title, "Kata itu mungkin ada pada layanan lain.")
        .action(Link::new("Cari di semua layanan", address(asked, Narrow::default())))
}

/// A title with the words that were asked for marked in it.
fn marked(title: &str, asked: &str) -> Markup {
    html! { @for (hit, piece) in pieces(title, asked) { @if hit { mark { (piece) } } @else { (piece) } } }
}

/// A title cut into pieces, those that begin with a word that was asked for apart: accents and capitals do not matter, as in the index.
fn pieces<'a>(title: &'a str, asked: &str) -> Vec<(bool, &'a str)> {
    let asked = fold(asked);
    let words: Vec<&str> = asked.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut out: Vec<(bool, &str)> = Vec::new();
    let mut start = 0;
    while start < title.len() {
        let rest = &title[start..];
        let is_word = rest.starts_with(|c: char| c.is_alphanumeric());
        let end = rest.find(|c: char| c.is_alphanumeric() != is_word).unwrap_or(rest.len());
        let piece = &rest[..end];
        let folded = fold(piece);
        let hit = is_word && words.iter().any(|word| folded.starts_with(word));
        match out.last_mut() {
            Some((last, text)) if *last == hit && !hit => {
                let from = start - text.len();
                *text = &title[from..start + end];
            }
            _ => out.push((hit, piece)),
        }
        start += end;
    }
    out
}

/// "12 hasil", "1.000+ hasil".
fn count(count: i64) -> String {
    if count > COUNT_CAP { "1.000+ hasil".to_owned() } else { format!("{count} hasil") }
}

fn module_title(ctx: &Ctx, id: &str) -> String {
    ctx.parts().modules.iter().find(|module| module.id == id).map_or_else(|| id.to_owned(), |module| module.title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{count, pieces};

    #[test]
    fn a_count_stops_at_a_thousand() {
        assert_eq!(count(1), "1 hasil");
        assert_eq!(count(1000), "1000 hasil");
        assert_eq!(count(1001), "1.000+ hasil");
    }

    #[test]
    fn the_words_that_were_asked_for_are_marked_however_they_are_written() {
        let cases = [
            (
                "Undangan rapat koordinasi",
                "RAPAT und",
                vec![(true, "Undangan"), (false, " "), (true, "rapat"), (false, " koordinasi")],
            ),
            ("Surat Édaran 005/12", "edaran 12", vec![(false, "Surat "), (true, "Édaran"), (false, " 005/"), (true, "12")]),
            ("Rapat", "apat", vec![(false, "Rapat")]),
            ("Rapat <b>", "<b>", vec![(false, "Rapat <"), (true, "b"), (false, ">")]),
            ("Rapat", "", vec![(false, "Rapat")]),
            ("", "x", vec![]),
        ];
        for (title, asked, expected) in cases {
            assert_eq!(pieces(title, asked), expected, "{title} / {asked}");
        }
    }
}
