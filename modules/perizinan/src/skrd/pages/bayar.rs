//! What an applicant sees of the bill: how much, by which code, until when; and its paper.

use praja_kernel::tanggal_panjang;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Act, Facts, Icon, Markup, Tone, act_bar, html, next_step, section};

use super::paper;
use crate::{
    permohonan::Permohonan,
    portal,
    skrd::{Status, store},
};

/// How an application that waits for its payment is paid.
pub(crate) fn how(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let Some(skrd) = store::of_permohonan(tx, one.id)?.filter(|skrd| skrd.status == Status::Terbit) else { return Ok(html! {}) };
    let owed = skrd.owed(ctx.today()).map_err(Problem::refused)?;
    let denda = skrd.late(ctx.today()).map_err(Problem::refused)?;
    let tone = if skrd.is_late(ctx.today()) { Tone::Bad } else { Tone::Warn };
    let words = if denda.bulan > 0 {
        format!(
            "Bayar {owed}. Jatuh tempo {} sudah lewat; bunga {} termasuk di dalamnya.",
            tanggal_panjang(skrd.jatuh_tempo),
            denda.jumlah
        )
    } else {
        format!("Bayar {owed} paling lambat {}.", tanggal_panjang(skrd.jatuh_tempo))
    };
    let facts = Facts::new()
        .add("Kode bayar", html! { strong { (skrd.kode) } })
        .add("Jumlah hari ini", html! { strong { (owed) } })
        .add("Jatuh tempo", tanggal_panjang(skrd.jatuh_tempo))
        .add("Nomor SKRD", &skrd.nomor)
        .add("Dasar", &skrd.dasar);
    let qr = (!skrd.qris.is_empty()).then(|| praja_web::qr::svg(&skrd.qris, "QRIS dari bank untuk tagihan ini").ok()).flatten();
    Ok(html! {
        (next_step(tone, words))
        (section("Cara membayar", html! {
            p { "Bayar di bank atau kanal kas daerah dengan kode bayar di bawah ini. Petugas tidak menerima uang tunai dan tidak meminta uang lain." }
            (facts)
            @if let Some(qr) = qr { (qr) }
            @if paper::offered(ctx) {
                (act_bar(&[Act::link("Unduh SKRD (PDF)", format!("/perizinan/permohonan/{}/skrd", one.resi)).icon(Icon::Download)]))
            }
        }))
    })
}

/// GET /perizinan/permohonan/{resi}/skrd
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = portal::opened_application(ctx, tx)?;
    let skrd = store::of_permohonan(tx, one.id)?.filter(|skrd| skrd.status != Status::Batal).ok_or(Problem::NotFound)?;
    paper::respond(ctx, tx, &skrd)
}
