//! Taking a checked file over, giving it up, taking it back.

use praja_desk::impor::{Payload, Who, ask};
use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, audit::Entry};
use praja_web::frame;

use super::{LIST, address, find, show};
use crate::impor::{Act, Refusal, TABLE, kerja, store};

/// POST /perizinan/izin/impor/{id}/terapkan
pub(super) fn apply(ctx: &Ctx, input: &Input) -> Outcome {
    let impor = ctx.read(|tx| find(ctx, tx))?;
    let to = impor.status.after(Act::Apply, impor.writes()).map_err(Problem::refused)?;
    let payload = Payload { impor: impor.id, oleh: Some(Who::of(ctx.scope()?)), alasan: String::new() };
    ctx.submit(input, Keys::none(), move |tx| {
        if !store::move_on(tx, impor.id, impor.status, to, None)? {
            return Err(Problem::Conflict);
        }
        store::progress(tx, impor.id, 0, impor.writes())?;
        ask(tx, kerja::APPLY, &payload)?;
        Ok(address(impor.id))
    })
}

/// POST /perizinan/izin/impor/{id}/batal
pub(super) fn cancel(ctx: &Ctx, input: &Input) -> Outcome {
    let impor = ctx.read(|tx| find(ctx, tx))?;
    let to = impor.status.after(Act::Cancel, 0).map_err(Problem::refused)?;
    let done = ctx.submit(input, Keys::none(), move |tx| {
        if !store::move_on(tx, impor.id, impor.status, to, None)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("perizinan.cancel-impor", TABLE, impor.id).with("berkas", &impor.berkas))?;
        Ok(LIST.to_owned())
    })?;
    Ok(done.with_notice("Impor dibatalkan; tidak ada izin yang berubah."))
}

/// POST /perizinan/izin/impor/{id}/urungkan
pub(super) fn undo(ctx: &Ctx, input: &Input) -> Outcome {
    let impor = ctx.read(|tx| find(ctx, tx))?;
    let to = impor.status.after(Act::Undo, 0).map_err(Problem::refused)?;
    let alasan: String = input.text("alasan").split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
    let touched = ctx.read(|tx| Ok::<_, Problem>(kerja::touched(tx, impor.id)?.len()))?;
    let refusal = if !alasan.chars().any(char::is_alphanumeric) {
        Some(Refusal::NoReason)
    } else if touched > 0 {
        Some(Refusal::ActedOn { jumlah: touched })
    } else {
        None
    };
    if let Some(refusal) = refusal {
        let form = frame::form_again(ctx, format!("{}/urungkan", address(impor.id)), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        return ctx.read(|tx| Ok(Response::form_again(show::whole(ctx, tx, &impor, Some(form.clone()))?)));
    }
    let payload = Payload { impor: impor.id, oleh: Some(Who::of(ctx.scope()?)), alasan };
    ctx.submit(input, Keys::none(), move |tx| {
        if !store::move_on(tx, impor.id, impor.status, to, None)? {
            return Err(Problem::Conflict);
        }
        store::progress(tx, impor.id, 0, impor.writes())?;
        ask(tx, kerja::UNDO, &payload)?;
        Ok(address(impor.id))
    })
}
