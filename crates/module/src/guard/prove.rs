//! Before a dangerous act the password is asked for again; what was typed travels along and is not lost.

use crate::{Ctx, Input, Problem, Proof, Route};

/// The field in which the password is typed again; no handler sees it.
const PASSWORD_FIELD: &str = "_sandi";

/// A dangerous page opens only soon after the password was typed.
pub(super) fn page(ctx: &Ctx, route: Route) -> Result<(), Problem> {
    if needs_proof(ctx, route) { Err(Problem::ProveFirst) } else { Ok(()) }
}

/// A dangerous act is done only soon after the password was typed, or when it comes along now.
pub(super) fn act(ctx: &Ctx, route: Route, mut input: Input) -> Result<Input, Problem> {
    let password = input.take(PASSWORD_FIELD);
    if !needs_proof(ctx, route) {
        return Ok(input);
    }
    let ask = |input: Input, wrong| Problem::ProveAgain { purpose: route.purpose, fields: input.fields, wrong };
    let Some(password) = password else { return Err(ask(input, None)) };
    let (Some(sign_in), Some(key)) = (&ctx.instance().ports.sign_in, ctx.session_key()) else {
        return Err(Problem::SignInFirst);
    };
    match sign_in.prove(ctx.instance(), &key, &password)? {
        Proof::Right => Ok(input),
        Proof::Wrong => Err(ask(input, Some("Sandi tidak cocok. Periksa huruf besar dan kecilnya.".into()))),
        Proof::Locked(until) => {
            Err(ask(input, Some(format!("Terlalu banyak percobaan dengan sandi yang tidak cocok. Coba lagi {until}."))))
        }
    }
}

fn needs_proof(ctx: &Ctx, route: Route) -> bool {
    route.reauth && ctx.who().is_some_and(|who| !who.is_proven_at(ctx.now()))
}
