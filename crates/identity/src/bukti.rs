//! Proof that whoever sits there is still the holder of the session: the password, typed once more.

mod pages;

use praja_module::{Ctx, Input, Instance, Outcome, Problem, Proof, Response};
use praja_store::{By, Keys, Result, audit::Entry};

use crate::{
    accounts::{store as accounts, store::Akun},
    masuk::destination,
    percobaan::{PER_ACCOUNT, account_key, store as attempts, try_again_at},
    sandi, sessions,
};

pub(crate) use pages::show;

/// Who writes: the holder of an account, outside any post.
pub(crate) fn by(instance: &Instance, akun: &Akun) -> By {
    By { actor: akun.actor(), jabatan: None, opd: None, at: instance.now(), ids: instance.ids.clone() }
}

/// Checks the password of a session's holder. Right: the session notes the moment. Wrong: it counts like a failed log-in, because a
/// borrowed session must not be able to guess.
pub(crate) fn prove(instance: &Instance, session_key: &str, password: &str) -> Result<Proof> {
    let now = instance.now();
    let found = instance.db.read(|tx| {
        let Some(sesi) = sessions::store::find(tx, session_key)? else { return Ok(None) };
        let Some(akun) = accounts::get(tx, sesi.akun)? else { return Ok(None) };
        let locked = attempts::get(tx, &account_key(akun.id))?.locked_until(now);
        Ok::<_, praja_store::StoreError>(Some((sesi.id, akun, locked)))
    })?;
    let Some((sesi, akun, locked)) = found else { return Ok(Proof::Wrong) };
    if let Some(until) = locked {
        return Ok(Proof::Locked(try_again_at(until, now, instance.zona)));
    }
    let right = sandi::is_plausible(password) && sandi::verify(password, Some(&akun.sandi));
    let id = akun.id;
    instance.db.write(&by(instance, &akun), Keys::none(), move |tx| {
        if right {
            sessions::store::prove(tx, sesi)?;
            return tx.audit(&Entry::new("identity.confirm-password", "identity_akun", id));
        }
        attempts::add_failure(tx, &account_key(id), PER_ACCOUNT)?;
        tx.audit(&Entry::new("identity.fail-confirm-password", "identity_akun", id))
    })?;
    Ok(if right { Proof::Right } else { Proof::Wrong })
}

/// POST /buktikan.
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let ke = destination(ctx, input.text("ke"));
    let (Some(sign_in), Some(key)) = (&ctx.instance().ports.sign_in, ctx.session_key()) else {
        return Err(Problem::SignInFirst);
    };
    match sign_in.prove(ctx.instance(), &key, input.raw("sandi"))? {
        Proof::Right => Ok(Response::redirect(ke)),
        Proof::Wrong => Ok(pages::again(ctx, input, &ke, "Sandi tidak cocok. Periksa huruf besar dan kecilnya.")),
        Proof::Locked(until) => Ok(pages::again(
            ctx,
            input,
            &ke,
            &format!("Terlalu banyak percobaan dengan sandi yang tidak cocok. Coba lagi {until}."),
        )),
    }
}
