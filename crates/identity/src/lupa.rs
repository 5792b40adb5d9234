//! A forgotten password: a code goes to the address of the account, and a new password is chosen with it. Whether an account exists is
//! told to nobody but its owner.

pub(crate) mod pages;

use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{By, Keys, StoreError, Tx, audit::Entry};

use crate::{
    accounts::{lookup_name, store as accounts, store::Akun},
    bukti,
    kirim::{Alamat, Ways},
    langkah::{self, Jenis, Langkah, draw_code},
    masuk::digest_key,
    percobaan::{self, PER_SENDER, PER_TARGET, account_key, store as attempts, try_again_at},
    sandi, sessions,
};

pub(crate) use pages::{show, show_code};

/// What the code is for, as the message says it.
const UNTUK: &str = "mengganti sandi";

/// POST /lupa-sandi.
pub(crate) fn ask(ctx: &Ctx, input: &Input) -> Outcome {
    let typed = input.text("akun").to_owned();
    if typed.is_empty() {
        return Ok(pages::again(ctx, input, &[FieldProblem::new("akun", "Isi NIP, NIK, alamat surel, atau nama akun Anda.")]));
    }
    let ways = Ways::of(ctx);
    let (sender, target) = (percobaan::sender_key(&ctx.incoming().address), format!("lupa:{}", digest_key(&lookup_name(&typed))));
    let now = ctx.now();
    let (akun, to, locked) = ctx.read(|tx| {
        let locked = attempts::get(tx, &sender)?.locked_until(now).max(attempts::get(tx, &target)?.locked_until(now));
        let akun = accounts::find(tx, &typed)?.filter(|akun| !akun.nonaktif);
        let to = match &akun {
            Some(akun) => reachable(tx, &ways, akun)?,
            None => None,
        };
        Ok::<_, StoreError>((akun, to, locked))
    })?;
    if let Some(until) = locked {
        let when = try_again_at(until, now, ctx.instance().zona);
        let text = format!("Kode sudah terlalu sering diminta. Coba lagi {when}.");
        return Ok(pages::again(ctx, input, &[FieldProblem::new("akun", text)]));
    }
    let code = draw_code();
    let akun = akun.filter(|_| to.is_some());
    let (step, cookie) = langkah::begin(ctx, Jenis::Sandi, akun.as_ref().map(|akun| akun.id), String::new());
    let step = sent(ctx, step, to.is_some().then_some(code.as_str()));
    let (by, ways_out, shown) = (ctx.by(), ways.clone(), code.clone());
    ctx.instance().db.write(&by, Keys::unaudited(), move |tx| {
        attempts::add_failure(tx, &sender, PER_SENDER)?;
        attempts::add_failure(tx, &target, PER_TARGET)?;
        langkah::store::save(tx, &step)?;
        match &to {
            Some(to) => ways_out.send_code(tx, to, &code, UNTUK),
            None => Ok(()),
        }
    })?;
    Ok(ways.show(ctx, Response::redirect("/lupa-sandi/kode").with_cookie(cookie), &shown))
}

/// POST /lupa-sandi/kirim-ulang.
pub(crate) fn send_again(ctx: &Ctx, input: &Input) -> Outcome {
    let ways = Ways::of(ctx);
    let now = ctx.now();
    let found = ctx.read(|tx| {
        let Some(step) = langkah::current(ctx, tx, Jenis::Sandi)? else { return Ok(None) };
        let to = match step.akun {
            Some(id) => match accounts::get(tx, id)? {
                Some(akun) => reachable(tx, &ways, &akun)?,
                None => None,
            },
            None => None,
        };
        Ok::<_, StoreError>(Some((step, to)))
    })?;
    let Some((step, to)) = found else { return Ok(gone(ctx, "/lupa-sandi")) };
    if let Err(refusal) = step.may_send_again(now) {
        return Ok(pages::code_again(ctx, input, &[FieldProblem::new("kode", refusal.to_string())]));
    }
    let code = draw_code();
    let step = sent(ctx, step, to.is_some().then_some(code.as_str()));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        langkah::store::save(tx, &step)?;
        match &to {
            Some(to) => ways_out.send_code(tx, to, &code, UNTUK),
            None => Ok(()),
        }
    })?;
    Ok(ways.show(ctx, Response::redirect("/lupa-sandi/kode"), &shown))
}

/// POST /lupa-sandi/kode.
pub(crate) fn finish(ctx: &Ctx, input: &Input) -> Outcome {
    let found = ctx.read(|tx| {
        let Some(step) = langkah::current(ctx, tx, Jenis::Sandi)? else { return Ok(None) };
        let akun = match step.akun {
            Some(id) => accounts::get(tx, id)?.filter(|akun| !akun.nonaktif),
            None => None,
        };
        Ok::<_, StoreError>(Some((step, akun)))
    })?;
    let Some((step, akun)) = found else { return Ok(gone(ctx, "/lupa-sandi")) };
    if let Some(problem) = check_code(ctx, &step, input.text("kode"))? {
        return Ok(pages::code_again(ctx, input, &[problem]));
    }
    // A step without an account has no code, so nobody comes this far without one.
    let akun = akun.ok_or(Problem::NotFound)?;
    if let Some(problem) = new_password_problem(input, &akun.personal_words()) {
        return Ok(pages::code_again(ctx, input, &[problem]));
    }
    let hash = sandi::hash(input.raw("sandi_baru"))?;
    let (by, ways, id): (By, Ways, Id) = (bukti::by(ctx.instance(), &akun), Ways::of(ctx), akun.id);
    let done = ctx.instance().db.write(&by, Keys::none(), move |tx| {
        if !langkah::store::forget(tx, &step.kunci)? {
            return Ok(false);
        }
        accounts::set_password(tx, id, akun.versi, &hash, false)?;
        attempts::forget(tx, &account_key(id))?;
        let ended = sessions::store::revoke_all(tx, id)?;
        tx.audit(
            &Entry::new("identity.reset-password", "identity_akun", id).with("akun", &akun.nama).with("sesi_diakhiri", ended),
        )?;
        let text =
            "Sandi akun Anda baru saja diganti dengan kode yang dikirim ke alamat Anda. Jika bukan Anda, hubungi admin OPD.";
        ways.warn(tx, &akun, "Sandi akun Anda diganti", text)?;
        Ok::<_, StoreError>(true)
    })?;
    if !done {
        return Ok(gone(ctx, "/lupa-sandi"));
    }
    let notice = "Sandi diganti, dan semua sesi lama berakhir. Masuklah dengan sandi baru Anda.";
    Ok(Response::redirect("/masuk").with_cookie(langkah::forget_cookie(ctx)).with_notice(notice))
}

/// The first address of an account to which a code finds its way.
pub(crate) fn reachable(tx: &mut Tx<'_>, ways: &Ways, akun: &Akun) -> Result<Option<Alamat>, StoreError> {
    for to in Alamat::of(akun) {
        if ways.reach(tx, &to)? {
            return Ok(Some(to));
        }
    }
    Ok(None)
}

/// The step after a code was sent; without one it only looks as if.
pub(crate) fn sent(ctx: &Ctx, step: Langkah, code: Option<&str>) -> Langkah {
    let kode = code.map(|code| langkah::digest(ctx.instance().keys(), &step.kunci, code));
    Langkah { kode, gagal: 0, kiriman: step.kiriman + 1, dikirim: ctx.now(), ..step }
}

/// What is wrong with the code; a wrong one is counted.
pub(crate) fn check_code(ctx: &Ctx, step: &Langkah, typed: &str) -> Result<Option<FieldProblem>, StoreError> {
    if typed.is_empty() {
        return Ok(Some(FieldProblem::new("kode", "Isi enam angka yang dikirim kepada Anda.")));
    }
    let Err(refusal) = step.judge(ctx.instance().keys(), typed, ctx.now()) else { return Ok(None) };
    if matches!(refusal, langkah::Refusal::Wrong { .. } | langkah::Refusal::UsedUp) {
        let kunci = step.kunci.clone();
        ctx.write(Keys::unaudited(), move |tx| langkah::store::add_failure(tx, &kunci))?;
    }
    Ok(Some(FieldProblem::new("kode", refusal.message())))
}

/// What is wrong with a new password that was typed twice.
pub(crate) fn new_password_problem(input: &Input, personal: &[&str]) -> Option<FieldProblem> {
    let new = input.raw("sandi_baru");
    let refusal = match sandi::check_new(new, personal) {
        Err(refusal) => refusal,
        Ok(()) if new != input.raw("sandi_ulang") => sandi::Refusal::Different,
        Ok(()) => return None,
    };
    refusal.fields().into_iter().next()
}

/// The step is over: back to its beginning.
pub(crate) fn gone(ctx: &Ctx, to: &str) -> Response {
    Response::redirect(to).with_cookie(langkah::forget_cookie(ctx)).with_notice(&langkah::Refusal::Gone.to_string())
}
