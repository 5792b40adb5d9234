//! The page about oneself: posts, sessions, password.

pub(crate) mod pages;

use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Response, SignedIn};
use praja_store::{Keys, StoreError, audit::Entry};

use crate::{
    accounts::{store as accounts, store::Akun},
    percobaan::{PER_ACCOUNT, account_key, store as attempts, try_again_at},
    sandi::{self, Refusal},
    sessions,
};

pub(crate) use pages::show;

/// The account of whoever is signed in.
pub(crate) fn own(ctx: &Ctx) -> Result<Akun, Problem> {
    let actor = ctx.scope()?.actor.clone();
    ctx.read(|tx| accounts::of_actor(tx, &actor))?.ok_or(Problem::NotFound)
}

/// POST /profil/sandi.
pub(crate) fn change_password(ctx: &Ctx, input: &Input) -> Outcome {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let akun = own(ctx)?;
    if let Some(refusal) = refusal(ctx, input, &akun)? {
        return pages::again(ctx, input, &refusal);
    }
    let hash = sandi::hash(input.raw("sandi_baru"))?;
    let (id, versi, keep, nama) = (akun.id, akun.versi, who.session, akun.nama);
    ctx.write(Keys::none(), move |tx| {
        accounts::set_password(tx, id, versi, &hash, false)?;
        let ended = sessions::store::revoke_others(tx, id, keep)?;
        let entry = Entry::new("identity.change-password", "identity_akun", id);
        tx.audit(&entry.with("akun", &nama).with("sesi_lain_diakhiri", ended))
    })
    .map_err(|e| if matches!(e, StoreError::Busy) { Problem::Conflict } else { e.into() })?;
    Ok(Response::redirect(who.home()).with_notice("Sandi diganti. Sesi Anda di perangkat lain sudah diakhiri."))
}

/// Why the password stays as it is. Wrong old passwords are counted like wrong log-ins: a borrowed session must not be able to guess.
fn refusal(ctx: &Ctx, input: &Input, akun: &Akun) -> Result<Option<Refusal>, Problem> {
    let (now, zona, key) = (ctx.now(), ctx.instance().zona, account_key(akun.id));
    if let Some(until) = ctx.read(|tx| attempts::get(tx, &key))?.locked_until(now) {
        return Ok(Some(Refusal::Throttled { kapan: try_again_at(until, now, zona) }));
    }
    let (old, new) = (input.raw("sandi_lama"), input.raw("sandi_baru"));
    // Who must change it came in by a slip a moment ago and can do nothing else: there is no old password to ask for.
    let asks_old = !ctx.who().is_some_and(|who| who.must_change_password);
    if asks_old && (!sandi::is_plausible(old) || !sandi::verify(old, Some(&akun.sandi))) {
        let id = akun.id;
        ctx.write(Keys::none(), move |tx| {
            attempts::add_failure(tx, &key, PER_ACCOUNT)?;
            tx.audit(&Entry::new("identity.fail-change-password", "identity_akun", id))
        })?;
        return Ok(Some(Refusal::WrongOld));
    }
    if let Err(refusal) = sandi::check_new(new, &akun.personal_words()) {
        return Ok(Some(refusal));
    }
    Ok(match () {
        () if asks_old && new == old => Some(Refusal::Same),
        () if !asks_old && sandi::verify(new, Some(&akun.sandi)) => Some(Refusal::Same),
        () if new != input.raw("sandi_ulang") => Some(Refusal::Different),
        () => None,
    })
}

/// POST /profil/sesi/cabut-lain.
pub(crate) fn revoke_others(ctx: &Ctx, input: &Input) -> Outcome {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let (akun, keep, home) = (own(ctx)?.id, who.session, who.home());
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let ended = sessions::store::revoke_others(tx, akun, keep)?;
        tx.audit(&Entry::new("identity.revoke-sessions", "identity_akun", akun).with("sesi_diakhiri", ended))?;
        Ok::<_, Problem>(home.to_owned())
    })?;
    Ok(response.with_notice("Semua sesi Anda di perangkat lain sudah diakhiri."))
}

/// POST /profil/sesi/{id}/cabut.
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let (akun, home) = (own(ctx)?.id, ctx.who().map_or("/", SignedIn::home));
    let sesi: Id = ctx.param("id")?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !sessions::store::revoke_own(tx, sesi, akun)? {
            return Err(Problem::NotFound);
        }
        tx.audit(&Entry::new("identity.revoke-session", "identity_sesi", sesi))?;
        Ok(home.to_owned())
    })?;
    Ok(response.with_notice("Sesi itu sudah diakhiri."))
}
