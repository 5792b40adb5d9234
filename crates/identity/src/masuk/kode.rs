//! The second step of a log-in.

use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::{By, Keys, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, frame, html, plain_page};

use super::{destination, inside, open_session, throttled};
use crate::{
    accounts::store as accounts,
    bukti,
    langkah::{self, Jenis, Langkah},
    percobaan::{PER_ACCOUNT, PER_ADDRESS, account_key, address_key, store as attempts},
    sessions::Origin,
    totp,
};

/// What became of a code.
enum Failure {
    Gone,
    Refused(Box<dyn Refuse>),
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// GET /masuk/kode.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if langkah::current(ctx, tx, Jenis::Masuk)?.is_none() {
        return Ok(Response::redirect("/masuk"));
    }
    Ok(Response::page(whole(ctx, frame::form(ctx, "/masuk/kode"))))
}

/// POST /masuk/kode.
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let Some(step) = ctx.read(|tx| langkah::current(ctx, tx, Jenis::Masuk))? else { return Ok(gone(ctx)) };
    match enter(ctx, &step, input.text("kode")) {
        Ok((cookie, must_change, notice)) => {
            let ke = destination(ctx, &step.tujuan);
            let response = inside(ctx, &cookie, must_change, ke).with_cookie(langkah::forget_cookie(ctx));
            Ok(if must_change.is_some() {
                response
            } else {
                notice.iter().fold(response, |response, text| response.with_notice(text))
            })
        }
        Err(Failure::Gone) => Ok(gone(ctx)),
        Err(Failure::Refused(refusal)) => {
            let form = frame::form_again(ctx, "/masuk/kode", input).problems(&[FieldProblem::new("kode", refusal.message())]);
            Ok(Response::form_again(whole(ctx, form)))
        }
        Err(Failure::Store(e)) => Err(e.into()),
    }
}

/// Gives the cookie of the session, whether the password must be changed, and what should be said.
fn enter(ctx: &Ctx, step: &Langkah, typed: &str) -> Result<(String, Option<&'static str>, Option<String>), Failure> {
    let Some(id) = step.akun else { return Err(Failure::Gone) };
    let found = ctx.read(|tx| accounts::get(tx, id))?.filter(|akun| !akun.nonaktif);
    let Some(akun) = found else { return Err(Failure::Gone) };
    let (by, zona): (By, _) = (bukti::by(ctx.instance(), &akun), ctx.instance().zona);
    let (keys, kunci, typed) = (ctx.instance().keys().clone(), step.kunci.clone(), typed.to_owned());
    let (before, origin) = (ctx.session_key(), Origin::of(ctx));
    ctx.instance().db.write(&by, Keys::none(), move |tx| {
        let (now, counter, address) = (tx.now()?, account_key(id), address_key(&origin.alamat));
        let locked = attempts::get(tx, &counter)?.locked_until(now).max(attempts::get(tx, &address)?.locked_until(now));
        if let Some(until) = locked {
            return Err(Failure::Refused(Box::new(throttled(until, now, zona))));
        }
        let recovery = match totp::accept(tx, &keys, id, &typed)? {
            Ok(recovery) => recovery,
            Err(refusal) => {
                attempts::add_failure(tx, &counter, PER_ACCOUNT)?;
                attempts::add_failure(tx, &address, PER_ADDRESS)?;
                let entry = Entry::new("identity.fail-second-step", "identity_akun", id);
                tx.audit(&entry.with("akun", &akun.nama).with("alamat", &origin.alamat))?;
                return tx.commit_and_refuse(Failure::Refused(Box::new(refusal)));
            }
        };
        if !langkah::store::forget(tx, &kunci)? {
            return Err(Failure::Gone);
        }
        attempts::forget(tx, &counter)?;
        let cookie = open_session(tx, id, before.as_deref(), &origin)?;
        let by_what = if recovery { "kode pemulihan" } else { "aplikasi" };
        let entry = Entry::new("identity.log-in", "identity_akun", id).with("akun", &akun.nama).with("alamat", &origin.alamat);
        tx.audit(&entry.with("langkah_kedua", by_what))?;
        let notice = if recovery { Some(left_over(totp::store::recovery_left(tx, id)?)) } else { None };
        Ok((cookie, akun.wajib_ganti.then(|| akun.home()), notice))
    })
}

fn left_over(left: i64) -> String {
    match left {
        0 => "Kode pemulihan terakhir sudah dipakai. Buat kode pemulihan baru pada halaman Profil sekarang juga.".into(),
        left => format!("Anda masuk dengan kode pemulihan. Sisa {left} kode."),
    }
}

fn gone(ctx: &Ctx) -> Response {
    let notice = langkah::Refusal::Gone.to_string();
    Response::redirect("/masuk").with_cookie(langkah::forget_cookie(ctx)).with_notice(&notice)
}

fn whole(ctx: &Ctx, form: Form) -> String {
    let header = PageHeader::new("Masukkan kode").purpose("Sandi Anda cocok. Akun ini dijaga dengan langkah kedua.");
    let hint = "Enam angka yang sedang tampil pada aplikasi di ponsel Anda, atau salah satu kode pemulihan.";
    let field = Field::text("kode", "Kode").hint(hint).required().autocomplete("one-time-code").max_length(20).autofocus();
    let form = form
        .field(field.width(praja_web::form::Width::Medium))
        .submit("Masuk ke Praja")
        .cancel("Kembali ke halaman masuk", "/masuk");
    let lost = html! {
        p.redup { "Ponsel dan kode pemulihan hilang? Admin OPD Anda dapat mematikan langkah kedua setelah memastikan bahwa Anda orangnya." }
    };
    plain_page(&frame::shell(ctx), &header, html! { (form) (lost) })
}
