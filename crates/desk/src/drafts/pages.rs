//! Saving and dropping drafts: by the script while somebody types, by a button where it does not run.

use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Act, Markup, html};

use super::{Refusal, forget, is_form, save, saved_at, store};

/// The field that carries the address of the form's page.
pub(crate) const FORM: &str = "_formulir";
/// Says that the script sent it and wants JSON.
pub(crate) const BY_SCRIPT: &str = "_skrip";

/// POST /desk/draf: keeps what was typed. The script gets `{"tersimpan":"10.32"}`, a browser without it goes back to the form.
pub(crate) fn keep(ctx: &Ctx, input: &Input) -> Outcome {
    let formulir = form_of(input)?;
    save(ctx, formulir, &input.fields)?;
    let at = saved_at(ctx, ctx.now());
    if input.text(BY_SCRIPT) == "ya" {
        return Ok(Response::json(format!("{{\"tersimpan\":\"{at}\"}}")));
    }
    Ok(Response::redirect(formulir).with_notice(&format!("Isian Anda tersimpan {at}. Anda dapat melanjutkannya kapan saja.")))
}

/// POST /desk/draf/buang: drops it and begins anew.
pub(crate) fn throw_away(ctx: &Ctx, input: &Input) -> Outcome {
    let formulir = form_of(input)?.to_owned();
    let back = formulir.clone();
    ctx.write(Keys::unaudited(), move |tx| forget(tx, &formulir))?;
    Ok(Response::redirect(back).with_notice("Isian yang tersimpan sudah dibuang."))
}

fn form_of(input: &Input) -> Result<&str, Problem> {
    let formulir = input.text(FORM);
    if is_form(formulir) { Ok(formulir) } else { Err(Problem::refused(Refusal::NoForm)) }
}

pub(super) fn drop_act(ctx: &Ctx, formulir: &str) -> Markup {
    let act = Act::post("Buang isian tersimpan", "/desk/draf/buang", ctx.csrf(), ctx.form_id().to_string());
    html! { div.aksi { (act.value(FORM, formulir)) } }
}

/// The forms somebody has not finished, for the start page: (address, saved when).
pub(crate) fn unfinished(ctx: &Ctx, tx: &mut Tx<'_>, limit: i64) -> Result<Vec<(String, String)>, Problem> {
    let all = store::list(tx, &ctx.scope()?.actor.key(), limit)?;
    Ok(all.into_iter().map(|(formulir, pada)| (formulir, saved_at(ctx, pada))).collect())
}
