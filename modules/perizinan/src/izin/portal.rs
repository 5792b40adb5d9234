//! What was issued, for its applicant: how it stands, and the file.

use praja_desk::attachments;
use praja_kernel::tanggal_panjang;
use praja_module::{Access, Ctx, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{Act, Facts, Markup, Notice, Tone, act_bar, html, section};

use super::{objek, store};
use crate::{permohonan::Permohonan, portal};

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[Route::get_as(
    "/perizinan/permohonan/{resi}/dokumen",
    Access::Public,
    "Mengunduh dokumen yang terbit bagi pemohonnya",
    download,
)];

/// What is shown on the page of the application.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Option<Markup>, Problem> {
    let Some(izin) = store::of_application(tx, one.id)?.filter(|izin| izin.lampiran.is_some()) else { return Ok(None) };
    let facts = Facts::new()
        .add("Nomor", &izin.nomor)
        .add("Tanggal", tanggal_panjang(izin.tanggal))
        .add("Keadaan", izin.keadaan.label())
        .add("Berlaku sampai", izin.berlaku_sampai.map_or_else(|| "tanpa batas waktu".into(), tanggal_panjang))
        .add("Ditandatangani", format!("{}, {}", izin.penandatangan, izin.jabatan));
    let _ = ctx;
    Ok(Some(section(
        "Dokumen yang terbit",
        html! {
            (Notice::new(Tone::Good, "Dokumen Anda sudah terbit."))
            (facts)
            (act_bar(&[Act::link("Unduh dokumen", format!("{}/{}/dokumen", portal::SATU, one.resi)).main()]))
            @if let Some(token) = &izin.token { p { "Siapa pun dapat memeriksa keasliannya: " a href={ "/v/" (token) } { "halaman pemeriksaan" } "." } }
        },
    )))
}

/// GET /perizinan/permohonan/{resi}/dokumen
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = portal::opened_application(ctx, tx)?;
    let izin = store::of_application(tx, one.id)?.ok_or(Problem::NotFound)?;
    let lampiran = izin.lampiran.ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &objek(izin.id), lampiran, true)
}
