use praja_module::{Body, Ctx, Jenis as Kind, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::export::{Cell, Col, Format, Sheet, respond};

use super::{find, jenis, noun};
use crate::{
    impor::{MAX_PROBLEMS, store, templat},
    opd::reach,
};

/// GET /identity/impor/templat/{jenis}?format=…: an empty file with one example.
pub(crate) fn template(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let (jenis, format) = (jenis(ctx)?, to_fill_in(ctx));
    let bytes = templat::file(jenis, &templat::example(jenis), format, false).map_err(Problem::Fault)?;
    Ok(file(bytes, format, format!("templat-{}.{}", noun(jenis).to_lowercase(), format.ending())))
}

/// GET /identity/ekspor/{jenis}?format=…: what is recorded, in the columns of the template.
pub(crate) fn export(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (jenis, format) = (jenis(ctx)?, to_fill_in(ctx));
    let reach = reach(ctx, tx)?;
    let rows = templat::recorded(tx, jenis, &reach, ctx.today())?;
    let latihan = ctx.instance().jenis == Kind::Contoh;
    let bytes = templat::file(jenis, &rows, format, latihan).map_err(Problem::Fault)?;
    let mark = if latihan { "LATIHAN-" } else { "" };
    Ok(file(bytes, format, format!("{mark}{}-{}.{}", noun(jenis).to_lowercase(), ctx.today(), format.ending())))
}

/// GET /identity/impor/{id}/masalah?format=…: what is wrong, to be handed to whoever mends it.
pub(crate) fn problems(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    let mut sheet = Sheet::new("Masalah impor")
        .column(Col::int("Baris"))
        .column(Col::text("Kolom"))
        .column(Col::text("Isi"))
        .column(Col::text("Masalah"))
        .column(Col::text("Cara memperbaiki"))
        .about("Berkas", &impor.berkas);
    for (_, one) in store::problems(tx, impor.id, -1, MAX_PROBLEMS as i64)? {
        sheet.push(vec![Cell::Int(i64::from(one.baris)), one.kolom.into(), one.isi.into(), one.pesan.into(), one.saran.into()]);
    }
    respond(ctx, sheet, Format::asked(ctx), "masalah-impor")
}

/// GET /identity/impor/{id}/berkas: the file as it was brought.
pub(crate) fn original(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    let blob = tx.blob(&impor.alamat)?.ok_or(Problem::NotFound)?;
    Ok(Response::of(Body::File { blob, mime: "application/octet-stream".into(), name: impor.berkas, inline: false }))
}

/// There is nothing to fill in on paper.
fn to_fill_in(ctx: &Ctx) -> Format {
    match Format::asked(ctx) {
        Format::Csv => Format::Csv,
        Format::Xlsx | Format::Pdf => Format::Xlsx,
    }
}

fn file(bytes: Vec<u8>, format: Format, name: String) -> Response {
    let mime = match format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx | Format::Pdf => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    Response::of(Body::Bytes { bytes, mime, name })
}
