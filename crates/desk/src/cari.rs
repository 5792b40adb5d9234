use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome};
use praja_store::{
    Tx,
    search::{COUNT_CAP, Found, Hit},
};
use praja_web::{Cell, Column, EmptyState, Field, Form, Icon, PageHeader, Row, Table, frame, html};

use crate::words::{encode, first_upper};

/// Results of one page.
const PAGE: i64 = 30;
/// Longer questions are cut: nobody types more, and a pasted letter would only find itself.
const LONGEST: usize = 200;

/// GET /cari?q=…&sebelum=seq
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(LONGEST).collect();
    let before = ctx.query("sebelum").and_then(|text| text.parse().ok());
    let found = tx.find(&ctx.scope()?.subjects(), &asked, before, PAGE)?;
    let form = Form::get("/cari")
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
        html! { (table(ctx, &asked, &found, before.is_some())) }
    };
    let header = PageHeader::new("Cari").purpose("Mencari di semua layanan sekaligus, yang terbaru lebih dahulu.");
    Ok(frame::respond(ctx, &header, html! { (form) (results) }))
}

fn table(ctx: &Ctx, asked: &str, found: &Found, later_page: bool) -> Table {
    let zona = ctx.instance().zona;
    let here = format!("/cari?q={}", encode(asked));
    let older = found.hits.last().filter(|_| found.more).map(|last| format!("{here}&sebelum={}", last.seq));
    let row = |hit: &Hit| {
        Row::new(vec![
            hit.judul.as_str().into(),
            first_upper(&hit.jenis).into(),
            module_title(ctx, &hit.modul).into(),
            Cell::date(tanggal_pendek(zona.date(hit.pada)), frame::time(zona, hit.pada).0),
        ])
        .href(&hit.tautan)
    };
    let table = Table::new(format!("Hasil pencarian \"{asked}\""))
        .column(Column::text("Naskah"))
        .column(Column::text("Jenis"))
        .column(Column::text("Layanan").wide_only())
        .column(Column::date("Tanggal").corner())
        .rows(found.hits.iter().map(row))
        .pager(later_page.then(|| here.clone()), older)
        .empty(EmptyState::new(
            Icon::Search,
            format!("Tidak ada hasil untuk \"{asked}\""),
            "Periksa ejaannya, pakai lebih sedikit kata, atau tulis sebagian nomornya.",
        ));
    if found.count == 0 { table } else { table.count(count(found.count)) }
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
    use super::count;

    #[test]
    fn a_count_stops_at_a_thousand() {
        assert_eq!(count(1), "1 hasil");
        assert_eq!(count(1000), "1000 hasil");
        assert_eq!(count(1001), "1.000+ hasil");
    }
}
