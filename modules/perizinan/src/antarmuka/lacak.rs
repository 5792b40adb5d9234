//! Tracking for the regency's portal, as on the page: resi and the last four digits of the NIK, and guesses are counted.

use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response, api::json};
use praja_store::Keys;
use serde_json::json as value;

use super::{Refusal, baca};
use crate::permohonan::{Permohonan, read_resi, store};

/// So many wrong guesses of one resi within [`WINDOW_MS`].
const OF_RESI: i64 = 10;
/// So many wrong guesses through one token: a portal serves everybody, and somebody always mistypes.
const OF_TOKEN: i64 = 100;
/// Fifteen minutes.
const WINDOW_MS: i64 = 15 * 60 * 1000;

/// POST /api/v1/perizinan/lacak
pub(super) fn track(ctx: &Ctx, input: &Input) -> Outcome {
    let caller = ctx.caller()?.clone();
    let typed = read_resi(input.text("resi"));
    let keys =
        [(format!("resi:{}", typed.as_deref().unwrap_or_default()), OF_RESI), (format!("token:{}", caller.token), OF_TOKEN)];
    let since = ctx.now().plus_ms(-WINDOW_MS);
    let hasty = ctx.read(|tx| {
        for (key, most) in &keys {
            if store::guesses(tx, key, since, *most)? >= *most {
                return Ok(true);
            }
        }
        Ok::<_, Problem>(false)
    })?;
    if hasty {
        return Ok(told(429, &Refusal::TooManyTries));
    }
    let digits = input.text("nik4").to_owned();
    let found = match &typed {
        Some(resi) => ctx.read(|tx| store::by_resi(tx, resi))?,
        None => None,
    };
    let fits = |one: &Permohonan| one.pemohon.nik.last_four() == digits && caller.scope.covers_opd(one.opd);
    let Some(one) = found.filter(fits) else {
        ctx.write(Keys::unaudited(), move |tx| {
            for (key, _) in &keys {
                store::add_guess(tx, key)?;
            }
            Ok::<_, Problem>(())
        })?;
        return Err(Problem::refused(Refusal::NoMatch));
    };
    ctx.read(|tx| {
        let keadaan = baca::told(ctx, tx, &one)?;
        let open = store::defects(tx, one.id)?.into_iter().filter(|defect| !defect.selesai);
        let kekurangan: Vec<String> = open.map(|defect| defect.pesan).collect();
        let tautan = format!("{}/perizinan/lacak?resi={}", ctx.instance().url_publik, one.resi);
        Ok(json(200, &value!({ "keadaan": keadaan, "kekurangan": kekurangan, "tautan": tautan })))
    })
}

/// What is refused with a status of its own.
fn told(status: u16, refusal: &Refusal) -> Response {
    let body = value!({
        "kode": refusal.code(), "pesan": refusal.message(), "saran": refusal.next_step(), "isian": [], "insiden": null,
    });
    json(status, &body)
}
