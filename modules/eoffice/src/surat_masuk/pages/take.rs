//! The list taken along: the columns of the agenda book, as a spreadsheet or as CSV.

use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::export::{self, Col, Format, Sheet, respond};

use super::{
    narrow::{self, Asked, Sumber},
    others,
};
use crate::surat_masuk::{
    nomor_agenda,
    store::{Baris, Place},
};

/// At most so many rows are taken along at once.
pub(super) const MOST: usize = 10_000;

/// GET /eoffice/surat-masuk/unduh?…&format=csv|xlsx: the shown list, filtered and sorted as it is.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = Asked::of(ctx)?;
    let mut sheet = sheet("Surat masuk");
    for name in ["status", "pengirim", "sifat", "derajat", "sumber", "dari", "sampai"] {
        if let Some(word) = ctx.query(name) {
            sheet = sheet.about(format!("Saringan {name}"), word);
        }
    }
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = narrow::walk(ctx, tx, &asked, Place::Top, MOST + 1, usize::MAX)?.page.rows;
        let others = others(ctx, tx, &rows)?;
        for row in &rows {
            push(sheet, row, others.get(&row.opd).map(String::as_str));
        }
        Ok::<_, Problem>(false)
    })?;
    respond(ctx, sheet, format(ctx), "surat-masuk")
}

/// CSV unless a spreadsheet is asked for: addresses that were noted before spreadsheets existed stay true.
pub(super) fn format(ctx: &Ctx) -> Format {
    match ctx.query("format") {
        Some("xlsx") => Format::Xlsx,
        Some("pdf") => Format::Pdf,
        _ => Format::Csv,
    }
}

/// An empty sheet with the columns of the agenda book.
pub(super) fn sheet(title: &str) -> Sheet {
    Sheet::new(title)
        .column(Col::text("Nomor agenda"))
        .column(Col::date("Tanggal terima"))
        .column(Col::text("Pengirim"))
        .column(Col::text("Nomor surat"))
        .column(Col::date("Tanggal surat"))
        .column(Col::text("Hal"))
        .column(Col::text("Klasifikasi"))
        .column(Col::text("Sifat"))
        .column(Col::text("Derajat"))
        .column(Col::text("Ditujukan kepada"))
        .column(Col::text("Disposisi terakhir"))
        .column(Col::text("Status"))
        .column(Col::text("Sumber"))
}

/// `other`: the OPD in whose book the number stands, where that is not the reader's own.
pub(super) fn push(sheet: &mut Sheet, row: &Baris, other: Option<&str>) {
    let nomor = nomor_agenda(row.agenda, row.tahun);
    sheet.push(vec![
        other.map_or_else(|| nomor.clone(), |opd| format!("{nomor} {opd}")).into(),
        row.tanggal_terima.into(),
        (&row.asal).into(),
        row.nomor_surat.clone().into(),
        row.tanggal_surat.into(),
        (&row.hal).into(),
        row.klasifikasi.clone().into(),
        row.sifat.label().into(),
        row.derajat.label().into(),
        row.tujuan.clone().into(),
        (&row.disposisi_terakhir).into(),
        row.status.label().into(),
        (if row.impor { Sumber::Impor } else { Sumber::Praja }).label().into(),
    ]);
}
