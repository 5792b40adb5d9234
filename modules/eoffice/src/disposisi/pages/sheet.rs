use praja_desk::templat_naskah;
use praja_module::{Body, Ctx, Instance, Jenis as Kotak, Outcome, Problem, Response, documents::DrawError};
use praja_store::Tx;
use praja_web::{Icon, Link, Markup, frame, html};

use super::{back_to, below};
use crate::{
    disposisi::{
        instruksi,
        lembar::{Lembar, Perintah, data, gather, pokok},
        pokok::{Jenis, Pokok},
    },
    naskah::{
        self,
        pages::pdf::{kop, tempat},
    },
    susut,
};

/// GET /eoffice/surat-masuk/{id}/lembar: the sheet of orders, for printing: filled in with what was ordered, with boxes to tick by
/// hand where nothing was yet.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    page(ctx, tx, Jenis::Surat)
}

/// GET /eoffice/naskah/{id}/lembar-disposisi: the same on a naskah.
pub(crate) fn show_naskah(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    page(ctx, tx, Jenis::Naskah)
}

/// GET /eoffice/surat-masuk/{id}/lembar/pdf
pub(crate) fn pdf(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    draw(ctx, tx, Jenis::Surat)
}

/// GET /eoffice/naskah/{id}/lembar-disposisi/pdf
pub(crate) fn pdf_naskah(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    draw(ctx, tx, Jenis::Naskah)
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, jenis: Jenis) -> Outcome {
    let pokok = pokok(ctx, tx, jenis)?;
    let lembar = gather(ctx, tx, &pokok)?;
    let with = if jenis == Jenis::Surat { "surat" } else { "naskah" };
    let mut header = below(&pokok, "Lembar disposisi")
        .purpose(format!("Cetak halaman ini dari peramban untuk disertakan pada {with} aslinya."))
        .action(Link::new(back_to(&pokok), pokok.tautan()).icon(Icon::Left));
    if ctx.instance().ports.documents.is_some() {
        header = header.action(Link::new("Unduh PDF", format!("{}/pdf", pokok.lembar())).icon(Icon::Document));
    }
    let content = html! {
        div.cetakan {
            p { strong { (lembar.kantor) } }
            (facts(&lembar, &pokok))
            @if lembar.perintah.is_empty() { (empty_sheet()) }
            @for one in &lembar.perintah { (order(one)) }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn draw(ctx: &Ctx, tx: &mut Tx<'_>, jenis: Jenis) -> Outcome {
    let pokok = pokok(ctx, tx, jenis)?;
    // What was destroyed is drawn no more, not even its sheet.
    if let Some(proof) = susut::store::destroyed(tx, pokok.id())? {
        let (nomor, tanggal) = (proof.nomor, praja_kernel::tanggal_panjang(proof.tanggal));
        return Err(Problem::refused(naskah::Refusal::Destroyed { nomor, tanggal }));
    }
    let lembar = gather(ctx, tx, &pokok)?;
    let cannot = |e: DrawError| Problem::refused(naskah::Refusal::Pdf(e.to_string()));
    let instance: &Instance = ctx.instance();
    let documents = instance.ports.documents.as_ref().ok_or_else(|| cannot(DrawError::absent()))?;
    let head = kop(instance, "perangkat-daerah", lembar.kantor.clone());
    let values = data(&lembar, &head, &tempat(instance), instance.jenis == Kotak::Contoh, ctx.today());
    let day = lembar.perintah.last().map_or_else(|| ctx.today(), |last| last.tanggal);
    let drawn = documents.draw(&templat_naskah::drawing(tx, "disposisi", values, day)?).map_err(cannot)?;
    let word = pokok.sebutan().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-").to_lowercase();
    let name = format!("lembar-disposisi-{word}.pdf");
    Ok(Response::of(Body::Bytes { bytes: drawn.pdf, mime: "application/pdf", name }))
}

fn facts(lembar: &Lembar, pokok: &Pokok) -> Markup {
    let letter = pokok.jenis() == Jenis::Surat;
    let (agenda, nomor) = &lembar.agenda;
    html! {
        table {
            tbody {
                tr { th scope="row" { (agenda) } td { (nomor) } th scope="row" { "Diterima" } td { (lembar.diterima) } }
                tr { th scope="row" { @if letter { "Surat dari" } @else { "Naskah dari" } } td { (lembar.dari) } th scope="row" { @if letter { "Tanggal surat" } @else { "Tanggal naskah" } } td { (lembar.tanggal) } }
                tr { th scope="row" { @if letter { "Nomor surat" } @else { "Nomor naskah" } } td { (lembar.nomor) } th scope="row" { "Sifat" } td { (lembar.sifat) } }
                tr { th scope="row" { "Derajat" } td { (lembar.derajat) } th scope="row" { @if letter { "Batas surat" } @else { "Batas naskah" } } td { (lembar.batas) } }
                tr { th scope="row" { "Hal" } td colspan="3" { (lembar.hal) } }
            }
        }
    }
}

fn order(one: &Perintah) -> Markup {
    html! {
        table {
            tbody {
                tr { th scope="row" { "Dari" } td { (one.dari_jabatan) @if !one.dari_nama.is_empty() { br; (one.dari_nama) } } }
                @if let Some(dicatat) = &one.dicatat { tr { th scope="row" { "Dicatatkan oleh" } td { (dicatat) } } }
                tr { th scope="row" { "Diteruskan kepada" } td { ol { @for to in &one.penerima { li { (to.nama) ", " (to.peran.label().to_lowercase()) ": " (to.status.label()) } } } } }
                tr { th scope="row" { "Isi disposisi" } td { (one.instruksi.join("; ")) } }
                @if let Some(catatan) = &one.catatan { tr { th scope="row" { "Catatan" } td.kutipan { (catatan) } } }
                tr { th scope="row" { "Batas waktu" } td { (one.batas) } }
            }
        }
    }
}

fn empty_sheet() -> Markup {
    html! {
        table {
            tbody {
                tr { th scope="row" { "Diteruskan kepada" } td { div.isian-kosong {} } }
                tr { th scope="row" { "Isi disposisi" } td { ul.kotak { @for one in instruksi::all() { li { "☐ " (one.teks) } } } } }
                tr { th scope="row" { "Catatan" } td { div.isian-kosong {} } }
                tr { th scope="row" { "Batas waktu" } td { " " } }
                tr { th scope="row" { "Tanda tangan pimpinan" } td { div.isian-kosong {} } }
            }
        }
    }
}
