//! What was imported, by whom, and what came of it; below it how the OPD reads its books.

use praja_desk::impor::status_badge;
use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Icon, Link, Markup, PageHeader, Row, Table,
    export::{self, Col, Format, Sheet, narrow, respond},
    frame, html, section,
};

use super::{LIST, PAGE, address, grouped};
use crate::{
    impor::{Impor, Profil, store},
    surat_masuk::pages::form::acting,
};

/// Rows taken along at most.
const MOST: usize = 10_000;

/// GET /eoffice/impor?sebelum=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let before = ctx.query("sebelum").map(|text| cursor(text).ok_or(Problem::NotFound)).transpose()?;
    let mut all = store::page(tx, &ctx.scope()?.opd_set, before, PAGE + 1)?;
    let further = all.len() > PAGE;
    all.truncate(PAGE);
    let older = all.last().filter(|_| further).map(|last| format!("{LIST}?sebelum={}.{}", last.dibuat.ms(), last.id));
    let profiles = match acting(ctx) {
        Ok(acting) => store::profiles(tx, acting.opd)?,
        Err(_) => Vec::new(),
    };
    let zona = ctx.instance().zona;
    let table = Table::new("Impor buku agenda")
        .column(Column::text("Berkas"))
        .column(Column::text("Status").corner())
        .column(Column::number("Surat baru"))
        .column(Column::number("Sudah tercatat"))
        .column(Column::number("Masalah"))
        .column(Column::text("Diunggah oleh"))
        .column(Column::date("Waktu"))
        .rows(all.iter().map(|one| {
            let (when, _) = frame::time(zona, one.dibuat);
            Row::new(vec![
                one.berkas.as_str().into(),
                status_badge(one.status).into(),
                grouped(one.hitungan.baru).into(),
                grouped(one.hitungan.sama).into(),
                grouped(one.hitungan.masalah).into(),
                one.oleh.as_str().into(),
                Cell::date(when.clone(), when),
            ])
            .href(address(one.id))
        }))
        .downloads(&Address::new(format!("{LIST}/unduh")))
        .pager(None, older)
        .empty(EmptyState::new(
            Icon::Upload,
            "Belum ada buku agenda yang diimpor",
            "Unggah buku agenda lama dalam Excel atau CSV; bentuk kolomnya bebas.",
        ));
    let header = PageHeader::new("Impor agenda")
        .purpose("Memindahkan buku agenda surat masuk yang lama ke Praja, beserta nomor agendanya.")
        .crumb("Buku agenda", crate::surat_masuk::pages::book::BOOK)
        .action(Link::new("Impor buku agenda", format!("{LIST}/baru")).icon(Icon::Upload));
    let content = html! {
        (table)
        @if !profiles.is_empty() { (section("Profil pemetaan", readings(ctx, &profiles))) }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// How the OPD reads its books.
fn readings(ctx: &Ctx, profiles: &[Profil]) -> Markup {
    let zona = ctx.instance().zona;
    html! {
        p.redup { "Profil dipilih pada langkah pemetaan kolom. Menghapus profil tidak mengubah surat yang sudah diimpor." }
        ul.lampiran {
            @for one in profiles {
                @let (when, machine) = frame::time(zona, one.dibuat);
                li {
                    span { (one.nama) }
                    span.redup { " · " (one.pemetaan.sumber.len()) " isian · disimpan " time datetime=(machine) { (when) } " oleh " (one.oleh) }
                    (Act::post(format!("Hapus profil {}", one.nama), format!("{LIST}/profil/{}/hapus", one.id), ctx.csrf(), ctx.form_id().to_string()))
                }
            }
        }
    }
}

/// POST /eoffice/impor/profil/{id}/hapus
pub(crate) fn remove_profile(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, opd): (Id, Id) = (ctx.param("id")?, acting(ctx).map_err(Problem::refused)?.opd);
    let done = ctx.submit(input, Keys::none(), move |tx| {
        let nama = store::remove_profile(tx, opd, id)?.ok_or(Problem::NotFound)?;
        tx.audit(&Entry::new("eoffice.remove-profil-impor", "eoffice_impor_profil", id).with("nama", nama))?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(done.with_notice("Profil pemetaan sudah dihapus."))
}

/// GET /eoffice/impor/unduh?format=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opds = ctx.scope()?.opd_set.clone();
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Impor buku agenda")
        .column(Col::text("Berkas"))
        .column(Col::text("Status"))
        .column(Col::int("Surat baru"))
        .column(Col::int("Sudah tercatat"))
        .column(Col::int("Masalah"))
        .column(Col::text("Diunggah oleh"))
        .column(Col::moment("Waktu"))
        .column(Col::text("Sidik berkas"));
    let mut before = None;
    sheet.gather(MOST, narrow, |sheet| {
        let some = store::page(tx, &opds, before, PAGE)?;
        for one in &some {
            sheet.push(row(one, zona));
        }
        before = some.last().map(|last| (last.dibuat.ms(), last.id));
        Ok::<_, Problem>(some.len() == PAGE)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "impor-agenda")
}

fn row(one: &Impor, zona: praja_kernel::Zona) -> Vec<export::Cell> {
    vec![
        (&one.berkas).into(),
        one.status.label().into(),
        one.hitungan.baru.into(),
        one.hitungan.sama.into(),
        one.hitungan.masalah.into(),
        (&one.oleh).into(),
        export::Cell::moment(zona, one.dibuat),
        (&one.sidik).into(),
    ]
}

fn cursor(text: &str) -> Option<(i64, Id)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}
