//! The screens of imports: the list, bringing a file, what was found, applying it, templates and exports.

mod files;
mod show;
mod upload;

use praja_kernel::{Id, Permission};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table, Tone, badge, frame, html, icon};

use super::{Impor, Jenis, Status, store};
use crate::opd::reach;

pub(crate) use files::{export, original, problems, template};
pub(crate) use show::{apply, cancel, show};
pub(crate) use upload::{form, upload};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/identity/impor";
/// Rows of one page.
const PAGE: usize = 50;

/// GET /identity/impor?jenis=…&sesudah=…: what can be imported, and what was.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let jenis = match ctx.query("jenis") {
        None => None,
        Some(word) => Some(Jenis::parse(word).map_err(|_| Problem::NotFound)?),
    };
    let before = ctx.query("sebelum").map(|text| cursor(text).ok_or(Problem::NotFound)).transpose()?;
    let reach = reach(ctx, tx)?;
    let mut all = store::page(tx, &reach, jenis, before, PAGE as i64)?;
    let more = all.len() > PAGE;
    all.truncate(PAGE);
    let chosen = jenis.map(|one| format!("jenis={}&", one.as_str())).unwrap_or_default();
    let older = all.last().filter(|_| more).map(|last| format!("{LIST}?{chosen}sebelum={}.{}", last.dibuat.ms(), last.id));
    let zona = ctx.instance().zona;
    let rows = all.iter().map(|one| {
        let (when, _) = frame::time(zona, one.dibuat);
        Row::new(vec![
            one.berkas.as_str().into(),
            status_badge(one).into(),
            one.jenis.label().into(),
            one.baris.to_string().into(),
            one.oleh.as_str().into(),
            Cell::date(when.clone(), when),
        ])
        .href(format!("{LIST}/{}", one.id))
    });
    let mut table = Table::new("Riwayat impor")
        .column(Column::text("Berkas"))
        .column(Column::text("Status").corner())
        .column(Column::text("Isi"))
        .column(Column::number("Baris"))
        .column(Column::text("Diunggah oleh"))
        .column(Column::date("Waktu"))
        .rows(rows)
        .chip("Semua", LIST, jenis.is_none());
    for one in Jenis::ALL {
        table = table.chip(one.label(), format!("{LIST}?jenis={}", one.as_str()), jenis == Some(*one));
    }
    let empty =
        EmptyState::new(Icon::Upload, "Belum ada impor", "Berkas yang Anda unggah tampil di sini bersama hasil pemeriksaannya.");
    let header = PageHeader::new("Impor dan ekspor")
        .purpose("Mengisi OPD, jabatan, dan pegawai dari lembar kerja, dan mengunduh yang sudah tercatat.");
    let content = html! {
        (kinds(ctx))
        section.bagian { h2 { "Riwayat impor" } (table.pager(None, older).empty(empty)) }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// One card per kind, in the order in which they are filled.
fn kinds(ctx: &Ctx) -> Markup {
    html! {
        ol.kartu-impor {
            @for jenis in Jenis::ALL.iter().filter(|jenis| ctx.may(jenis.permission())) {
                li {
                    h2 { (jenis.label()) }
                    p.redup { (purpose(*jenis)) }
                    p.aksi {
                        a.tombol href={ (LIST) "/baru/" (jenis.as_str()) } { (icon(Icon::Upload)) span { "Impor " (noun(*jenis)) } }
                    }
                    ul.tautan {
                        li { a href=(template_of(*jenis, "xlsx")) { (icon(Icon::Download)) span { "Templat " (noun(*jenis)) " (Excel)" } } }
                        li { a href=(template_of(*jenis, "csv")) { (icon(Icon::Download)) span { "Templat " (noun(*jenis)) " (CSV)" } } }
                        li { a href=(export_of(*jenis, "xlsx")) { (icon(Icon::Download)) span { "Ekspor " (noun(*jenis)) " (Excel)" } } }
                        li { a href=(export_of(*jenis, "csv")) { (icon(Icon::Download)) span { "Ekspor " (noun(*jenis)) " (CSV)" } } }
                    }
                }
            }
        }
    }
}

fn template_of(jenis: Jenis, format: &str) -> String {
    format!("{LIST}/templat/{}?format={format}", jenis.as_str())
}

fn export_of(jenis: Jenis, format: &str) -> String {
    format!("/identity/ekspor/{}?format={format}", jenis.as_str())
}

/// The word inside a sentence.
fn noun(jenis: Jenis) -> &'static str {
    match jenis {
        Jenis::Opd => "OPD",
        Jenis::Jabatan => "jabatan",
        Jenis::Pegawai => "pegawai",
    }
}

fn purpose(jenis: Jenis) -> &'static str {
    match jenis {
        Jenis::Opd => "Perangkat daerah dan unit di bawahnya. Diisi pertama, karena jabatan menyebut kode OPD.",
        Jenis::Jabatan => "Jabatan pada setiap OPD beserta atasannya. Diisi kedua, karena pegawai menyebut nama jabatan.",
        Jenis::Pegawai => "Pegawai dan pejabat beserta jabatan yang dipegang. Diisi terakhir.",
    }
}

/// An import that whoever asks may see; of others not even that they exist.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Impor, Problem> {
    let id: Id = ctx.param("id")?;
    let reach = reach(ctx, tx)?;
    let seen = |one: &Impor| match &reach {
        crate::opd::Reach::All => true,
        // A file of the whole regency holds people of every OPD.
        only => !one.semua && only.has(one.opd),
    };
    store::get(tx, id)?.filter(seen).ok_or(Problem::NotFound)
}

/// The kind of the address, when whoever asks may import it.
fn jenis(ctx: &Ctx) -> Result<Jenis, Problem> {
    let jenis: Jenis = ctx.param("jenis")?;
    let needed: Permission = jenis.permission();
    if ctx.may(needed) { Ok(jenis) } else { Err(Problem::Forbidden(needed)) }
}

fn status_badge(impor: &Impor) -> Markup {
    let (added, changed, _) = impor.hitungan;
    if impor.status == Status::Siap && added + changed == 0 {
        return badge(Tone::Good, "Tidak ada yang perlu diterapkan");
    }
    let tone = match impor.status {
        Status::Menunggu | Status::Memeriksa | Status::Menerapkan => Tone::Info,
        Status::Bermasalah => Tone::Bad,
        Status::Siap => Tone::Warn,
        Status::Selesai => Tone::Good,
        Status::Dibatalkan => Tone::Neutral,
    };
    badge(tone, impor.status.label())
}

fn cursor(text: &str) -> Option<(i64, Id)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Impor dan ekspor", LIST)
}

fn more(href: String, label: &str) -> Markup {
    html! { p.aksi { a.tombol href=(href) rel="next" { span { (label) } (icon(Icon::Right)) } } }
}

fn exports(path: &str) -> [Link; 2] {
    [Link::new("Unduh Excel", format!("{path}?format=xlsx")), Link::new("Unduh CSV", format!("{path}?format=csv"))]
}
