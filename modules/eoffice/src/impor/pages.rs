//! The screens of imports: the list, bringing a file, choosing its sheet, mapping its columns, what was found, taking it over and back.

pub(crate) mod act;
pub(crate) mod files;
pub(crate) mod kolom;
pub(crate) mod lembar;
pub(crate) mod list;
pub(crate) mod show;
pub(crate) mod upload;

use praja_kernel::Id;
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Icon, Markup, PageHeader, Station, Tone, badge, html, icon, stations};

use super::{Impor, Status, store};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/eoffice/impor";
/// Rows of one page.
const PAGE: usize = 50;

/// An import of the own OPD, or of one it absorbed; of others not even that they exist.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Impor, Problem> {
    let id: Id = ctx.param("id")?;
    let own = &ctx.scope()?.opd_set;
    store::get(tx, id)?.filter(|impor| own.contains(&impor.opd)).ok_or(Problem::NotFound)
}

/// The steps of the way, with the present one.
fn way(present: usize) -> Markup {
    let steps = ["Unggah berkas", "Lembar dan judul", "Kolom", "Hasil pemeriksaan", "Diterapkan"];
    stations(&steps.map(|name| Station::new(name, "")), present)
}

/// Where on the way an import stands.
fn place(status: Status) -> usize {
    match status {
        Status::Membaca | Status::Tertolak => 0,
        Status::Memetakan => 1,
        Status::Memeriksa | Status::Diperiksa | Status::Dibatalkan => 3,
        Status::Menerapkan | Status::Mengurungkan | Status::Diurungkan => 4,
        Status::Selesai => 5,
    }
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Membaca | Status::Memeriksa | Status::Menerapkan | Status::Mengurungkan => Tone::Info,
        Status::Tertolak => Tone::Bad,
        Status::Memetakan | Status::Diperiksa => Tone::Warn,
        Status::Selesai => Tone::Good,
        Status::Diurungkan | Status::Dibatalkan => Tone::Neutral,
    };
    badge(tone, status.label())
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Impor agenda", LIST)
}

fn address(id: Id) -> String {
    format!("{LIST}/{id}")
}

fn more(href: String, label: &str) -> Markup {
    html! { p.aksi { a.tombol href=(href) rel="next" { span { (label) } (icon(Icon::Right)) } } }
}

/// "1.203".
fn grouped(count: i64) -> String {
    praja_kernel::ribuan(u64::try_from(count).unwrap_or(0))
}

/// "A", "B", … "AA", as spreadsheets name their columns.
fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match column / 26 {
        0 => letter(column).to_string(),
        front => format!("{}{}", letter(front - 1), letter(column)),
    }
}
