//! The document of an application at the desks: what it will say, and what was signed.

use praja_desk::attachments;
use praja_kernel::tanggal_panjang;
use praja_module::{Body, Ctx, Outcome, Problem, Response, Route};
use praja_store::Tx;
use praja_web::{Act, Facts, Markup, act_bar, html, section};

use super::{dokumen, objek, store};
use crate::{
    alur::Status,
    hak::{READ, SIGN},
    jenis::Jenis,
    meja::{href, seen},
    permohonan::Permohonan,
};

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("/perizinan/izin/tanda-tangan", SIGN, "Dokumen yang menunggu tanda tangan", super::tanda_tangan::form),
    Route::post("/perizinan/izin/tanda-tangan", SIGN, "Menandatangani dokumen", super::tanda_tangan::sign),
    Route::get("/perizinan/izin/{id}/dokumen", READ, "Dokumen permohonan: pratinjau atau yang sudah ditandatangani", serve),
];

/// The section of the page.
pub(crate) fn of(_: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, _: &Jenis) -> Result<Markup, Problem> {
    let izin = store::of_application(tx, one.id)?;
    let drafted = matches!(one.status, Status::DrafSk | Status::Paraf | Status::Tte | Status::Terbit | Status::Diserahkan);
    if !drafted {
        return Ok(html! {});
    }
    let signed = izin.as_ref().is_some_and(|izin| izin.lampiran.is_some());
    let facts = izin.map(|izin| {
        Facts::new()
            .add("Nomor", &izin.nomor)
            .add("Tanggal", tanggal_panjang(izin.tanggal))
            .add("Keadaan", izin.keadaan.label())
            .add("Berlaku sampai", izin.berlaku_sampai.map_or_else(|| "tanpa batas waktu".into(), tanggal_panjang))
    });
    Ok(section(
        "Dokumen",
        html! {
            @if let Some(facts) = facts { (facts) }
            (act_bar(&[Act::link(if signed { "Buka dokumen bertanda tangan" } else { "Pratinjau dokumen" }, href(one, "dokumen"))]))
        },
    ))
}

/// GET /perizinan/izin/{id}/dokumen
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = seen(ctx, tx)?;
    let izin = store::of_application(tx, one.id)?;
    if let Some(izin) = izin.as_ref().filter(|izin| izin.lampiran.is_some())
        && let Some(lampiran) = izin.lampiran
    {
        return attachments::of_thing(ctx, tx, &objek(izin.id), lampiran, ctx.query("unduh").is_some());
    }
    if !matches!(one.status, Status::DrafSk | Status::Paraf | Status::Tte) {
        return Err(Problem::NotFound);
    }
    let drawing = dokumen::drawing(ctx, tx, &one, &jenis, izin.as_ref(), "basah")?;
    let bytes = dokumen::pdf(ctx, &drawing)?;
    Ok(Response::of(Body::Pdf { bytes, name: format!("pratinjau-{}.pdf", one.sebutan()) }))
}
