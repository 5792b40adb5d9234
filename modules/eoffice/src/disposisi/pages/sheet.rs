use praja_identity::opd;
use praja_kernel::{tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Icon, Link, Markup, PageHeader, frame, html};

use crate::{
    disposisi::{Disposisi, Tujuan, instruksi, store},
    surat_masuk::{self, SuratMasuk, nomor_agenda, pages::LIST, write::may_open},
};

/// GET /eoffice/surat-masuk/{id}/lembar: the sheet of orders, for printing: filled in with what was ordered, with boxes to tick by
/// hand where nothing was yet.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let scope = ctx.scope()?;
    let surat = surat_masuk::store::find(tx, scope, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let words = may_open(tx, scope, &surat)?;
    let orders: Vec<Disposisi> = store::of_surat(tx, surat.id)?;
    let recipients = store::tujuan_of_surat(tx, surat.id)?;
    let office = opd::name(tx, surat.opd)?.unwrap_or_default();
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    let header = PageHeader::new("Lembar disposisi")
        .purpose("Cetak halaman ini dari peramban untuk disertakan pada surat aslinya.")
        .crumb("Surat masuk", LIST)
        .crumb(format!("Agenda {nomor}"), format!("{LIST}/{}", surat.id))
        .action(Link::new("Kembali ke surat", format!("{LIST}/{}", surat.id)).icon(Icon::Left));
    let mine = scope.acting.as_ref().map(|acting| acting.jabatan);
    let party = |one: &Disposisi| {
        let got = |tujuan: &Tujuan| tujuan.disposisi == one.id && Some(tujuan.kepada) == mine;
        Some(one.dari) == mine || recipients.iter().any(got)
    };
    let reads = |one: &Disposisi| if one.is_raised(surat.isi.sifat) { party(one) } else { words };
    let content = html! {
        div.cetakan {
            p { strong { (office) } }
            (facts(ctx, &surat, &nomor))
            @if orders.is_empty() { (empty_sheet()) }
            @for one in &orders { (order(one, &recipients, reads(one))) }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn facts(ctx: &Ctx, surat: &SuratMasuk, nomor: &str) -> Markup {
    let isi = &surat.isi;
    let batas = tanggal_panjang(ctx.instance().zona.date(surat.tenggat));
    html! {
        table {
            tbody {
                tr { th scope="row" { "Nomor agenda" } td { (nomor) } th scope="row" { "Diterima" } td { (tanggal_panjang(isi.tanggal_terima)) } }
                tr { th scope="row" { "Surat dari" } td { (isi.asal) } th scope="row" { "Tanggal surat" } td { (tanggal_panjang(isi.tanggal_surat)) } }
                tr { th scope="row" { "Nomor surat" } td { (isi.nomor_surat.as_deref().unwrap_or("Tanpa nomor")) } th scope="row" { "Sifat" } td { (isi.sifat.label()) } }
                tr { th scope="row" { "Derajat" } td { (isi.derajat.label()) } th scope="row" { "Batas surat" } td { (batas) } }
                tr { th scope="row" { "Hal" } td colspan="3" { (isi.hal) } }
            }
        }
    }
}

fn order(one: &Disposisi, recipients: &[Tujuan], words: bool) -> Markup {
    let to: Vec<&Tujuan> = recipients.iter().filter(|tujuan| tujuan.disposisi == one.id).collect();
    html! {
        table {
            tbody {
                tr { th scope="row" { "Dari" } td { (one.dari_jabatan) @if !one.dari_nama.is_empty() { br; (one.dari_nama) } } }
                @if let Some((nama, jabatan)) = &one.dicatat {
                    tr { th scope="row" { "Dicatatkan oleh" } td { (nama) " (" (jabatan) ") atas arahan " (one.dari_jabatan) ". " (one.konfirmasi.label()) "." } }
                }
                tr { th scope="row" { "Diteruskan kepada" } td { ol { @for tujuan in &to { li { (tujuan.kepada_jabatan) ", " (tujuan.peran.label().to_lowercase()) ": " (tujuan.status.label()) } } } } }
                tr { th scope="row" { "Isi disposisi" } td { (instruksi::texts(&one.instruksi).join("; ")) } }
                @if !one.catatan.is_empty() {
                    tr { th scope="row" { "Catatan" } td.kutipan { @if words { (one.catatan) } @else { "Hanya bagi yang berhak membuka surat ini." } } }
                }
                tr { th scope="row" { "Batas waktu" } td { @match one.batas { Some(batas) => (tanggal_pendek(batas)), None => "Tanpa batas waktu" } } }
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
