//! What whoever works on an application should know beforehand: what is odd about its NIK, and what the applicant was asked to mend.

use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Markup, Notice, Tone, badge, html, section};

use crate::{
    nik,
    permohonan::{Asal, Permohonan, store},
};

/// What is odd about the NIK of an application that nobody took over the counter, where the officer reads the same beside the KTP. It may
/// name other applicants, so it is for the PTSP alone, and only until there is nothing left to compare.
pub(super) fn warnings(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let unseen = matches!(one.asal, Asal::Daring | Asal::Antarmuka);
    if !unseen || one.status.is_final() || !ctx.scope()?.covers_opd(one.opd) {
        return Ok(html! {});
    }
    let all = nik::peringatan(tx, &ctx.instance().paket, &one.pemohon.nik, &one.pemohon.nama)?;
    Ok(html! { @for warning in &all { (Notice::new(Tone::Warn, warning.untuk_petugas())) } })
}

/// What the applicant was asked to mend, return by return.
pub(super) fn defects(tx: &mut Tx<'_>, one: &Permohonan) -> Result<Markup, Problem> {
    let all = store::defects(tx, one.id)?;
    if all.is_empty() {
        return Ok(html! {});
    }
    Ok(section(
        "Kekurangan yang diminta",
        html! {
            @for round in all.chunk_by(|a, b| a.putaran == b.putaran) {
                h3 { "Pengembalian ke-" (round[0].putaran) }
                ul {
                    @for defect in round {
                        li {
                            (defect.pesan) " "
                            @if defect.selesai { (badge(Tone::Good, "Sudah dikirim ulang")) } @else { (badge(Tone::Warn, "Belum diperbaiki")) }
                        }
                    }
                }
            }
        },
    ))
}
