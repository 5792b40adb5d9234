//! The page about oneself: posts, sessions, password.

mod pages;

use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, audit::Entry};

use crate::{
    accounts::{store as accounts, store::Akun},
    percobaan::{PER_ACCOUNT, store as attempts, try_again_at},
    sandi::{self, Refusal},
    sessions,
};

pub(crate) use pages::show;

/// POST /profil/sandi.
pub(crate) fn change_password(ctx: &Ctx, input: &Input) -> Outcome {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let orang = who.scope.actor.id().ok_or(Problem::SignInFirst)?;
    let akun = ctx.read(|tx| accounts::of_person(tx, orang))?.ok_or(Problem::NotFound)?;
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
    Ok(Response::redirect("/profil").with_notice("Sandi diganti. Sesi Anda di perangkat lain sudah diakhiri."))
}

/// Why the password stays as it is. Wrong old passwords are counted like wrong log-ins: a borrowed session must not be able to guess.
fn refusal(ctx: &Ctx, input: &Input, akun: &Akun) -> Result<Option<Refusal>, Problem> {
    let (now, zona, key) = (ctx.now(), ctx.instance().zona, format!("akun:{}", akun.id));
    if let Some(until) = ctx.read(|tx| attempts::get(tx, &key))?.locked_until(now) {
        return Ok(Some(Refusal::Throttled { kapan: try_again_at(until, now, zona) }));
    }
    let (old, new) = (input.raw("sandi_lama"), input.raw("sandi_baru"));
    if old.len() > 4 * sandi::MAX_LENGTH || !sandi::verify(old, Some(&akun.sandi)) {
        let id = akun.id;
        ctx.write(Keys::none(), move |tx| {
            attempts::add_failure(tx, &key, PER_ACCOUNT)?;
            tx.audit(&Entry::new("identity.fail-change-password", "identity_akun", id))
        })?;
        return Ok(Some(Refusal::WrongOld));
    }
    let personal = [akun.nama.as_str(), akun.orang_nama.as_str(), akun.nip.as_deref().unwrap_or_default()];
    if let Err(refusal) = sandi::check_new(new, &personal) {
        return Ok(Some(refusal));
    }
    Ok(match () {
        () if new == old => Some(Refusal::Same),
        () if new != input.raw("sandi_ulang") => Some(Refusal::Different),
        () => None,
    })
}

/// POST /profil/sesi/{id}/cabut.
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let orang = ctx.scope()?.actor.id().ok_or(Problem::SignInFirst)?;
    let sesi: Id = ctx.param("id")?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !sessions::store::revoke_own(tx, sesi, orang)? {
            return Err(Problem::NotFound);
        }
        tx.audit(&Entry::new("identity.revoke-session", "identity_sesi", sesi))?;
        Ok("/profil".to_owned())
    })?;
    Ok(response.with_notice("Sesi itu sudah diakhiri."))
}
