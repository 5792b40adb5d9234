//! Acts on an address and on what it is told.

use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, audit::Entry};

use super::{LIST, TABLE, load};
use crate::kait::{Kiriman, Refusal, Status, kerja, store};

fn versi(input: &Input) -> Result<i64, Problem> {
    input.text("versi").parse().map_err(|_| Problem::StaleForm)
}

/// POST /identity/webhook/{id}/ganti: stops it, or uses it again.
pub(crate) fn switch(ctx: &Ctx, input: &Input) -> Outcome {
    let (kait, versi) = (ctx.read(|tx| load(ctx, tx))?, versi(input)?);
    let aktif = !kait.aktif;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::switch(tx, kait.id, aktif, versi)? {
            return Err(Problem::Conflict);
        }
        let act = if aktif { "identity.resume-webhook" } else { "identity.stop-webhook" };
        tx.audit(&Entry::new(act, TABLE, kait.id).with("nama", &kait.isi.nama))?;
        Ok(format!("{LIST}/{}", kait.id))
    })?;
    Ok(response.with_notice(if aktif { "Webhook dipakai lagi." } else { "Webhook dihentikan. Yang menunggu tidak dikirim." }))
}

/// POST /identity/webhook/{id}/uji: one delivery that tells of nothing.
pub(crate) fn trial(ctx: &Ctx, input: &Input) -> Outcome {
    let kait = ctx.read(|tx| load(ctx, tx))?;
    if !kait.aktif {
        return Err(Problem::refused(Refusal::Stopped));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        kerja::tell(tx, &kait, &kerja::trial(&kait))?;
        tx.audit(&Entry::new("identity.try-webhook", TABLE, kait.id).with("nama", &kait.isi.nama))?;
        Ok::<_, Problem>(format!("{LIST}/{}", kait.id))
    })?;
    Ok(response.with_notice("Percobaan dikirim. Muat ulang halaman ini untuk melihat hasilnya."))
}

/// POST /identity/webhook/{id}/kiriman/{kiriman}/ulang: one more row of tries, under the same name.
pub(crate) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    let (kait, id) = (ctx.read(|tx| load(ctx, tx))?, ctx.param::<Id>("kiriman")?);
    if !kait.aktif {
        return Err(Problem::refused(Refusal::Stopped));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let one = store::delivery(tx, id)?.filter(|one| one.kait == kait.id).ok_or(Problem::NotFound)?;
        if matches!(one.status, Status::Gagal | Status::Ditahan | Status::Batal) {
            let now = tx.now()?;
            let nomor = one.nomor.clone();
            let one = Kiriman { status: Status::Menunggu, percobaan: 0, coba_pada: now, sebab: None, selesai_pada: None, ..one };
            store::save(tx, &one)?;
            kerja::enqueue(tx, id, now)?;
            tx.audit(&Entry::new("identity.resend-webhook", TABLE, kait.id).with("nomor", nomor))?;
        }
        Ok::<_, Problem>(format!("{LIST}/{}", kait.id))
    })?;
    Ok(response.with_notice("Kiriman itu dicoba lagi sekarang."))
}
