//! Log-in of citizens and bodies by a code instead of the password. Officers always type theirs. Whether an account exists is told to
//! nobody: the code simply does not come.

use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, frame, html, plain_page};

use super::{destination, digest_key, inside, open_session, throttled};
use crate::{
    accounts::{Jenis as Pemilik, lookup_name, store as accounts, store::Akun},
    bukti,
    kirim::{Alamat, Ways},
    langkah::{self, Jenis, draw_code},
    lupa::{
        check_code, gone,
        pages::{code_field, send_again as again_button},
        reachable, sent,
    },
    percobaan::{self, PER_SENDER, PER_TARGET, account_key, store as attempts, try_again_at},
    sessions::{self, Origin},
    totp,
};

const UNTUK: &str = "masuk";
const ASK: &str = "/masuk/otp";
const CODE: &str = "/masuk/otp/kode";

/// GET /masuk/otp?ke=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let ke = destination(ctx, ctx.query("ke").unwrap_or_default());
    if ctx.who().is_some() {
        return Ok(Response::redirect(ke));
    }
    let open = Ways::of(ctx).kinds(tx)? != (false, false);
    Ok(Response::page(ask_page(ctx, open.then(|| frame::form(ctx, ASK)), &ke)))
}

fn ask_page(ctx: &Ctx, form: Option<Form>, ke: &str) -> String {
    let header = PageHeader::new("Masuk dengan kode")
        .purpose("Untuk warga dan badan: kode enam angka dikirim ke alamat yang tercatat pada akun.")
        .crumb("Masuk", "/masuk");
    let field = Field::text("akun", "Akun").hint("NIK, NIB atau NPWP badan, alamat surel, atau nomor ponsel.").required();
    let content = html! {
        @if let Some(form) = form {
            (form.hidden("ke", ke).field(field.autocomplete("username").max_length(200).autofocus()).submit("Kirim kode").cancel("Masuk dengan sandi", "/masuk"))
        } @else {
            p { "Kode belum dapat dikirim di daerah ini. Masuklah dengan sandi." }
            p { a href="/masuk" { "Masuk dengan sandi" } }
        }
        p.redup { "Pegawai masuk dengan sandi." }
    };
    plain_page(&frame::shell(ctx), &header, content)
}

/// POST /masuk/otp
pub(crate) fn ask(ctx: &Ctx, input: &Input) -> Outcome {
    let (typed, ke) = (input.text("akun").to_owned(), destination(ctx, input.text("ke")));
    let again = |text: String| {
        let form = frame::form_again(ctx, ASK, input).problems(&[FieldProblem::new("akun", text)]);
        Ok(Response::form_again(ask_page(ctx, Some(form), &ke)))
    };
    if typed.is_empty() {
        return again("Isi NIK, nomor badan, alamat surel, atau nomor ponsel Anda.".into());
    }
    let (ways, now) = (Ways::of(ctx), ctx.now());
    let (sender, target) = (percobaan::sender_key(&ctx.incoming().address), format!("otp:{}", digest_key(&lookup_name(&typed))));
    let (akun, to, locked) = ctx.read(|tx| {
        let locked = attempts::get(tx, &sender)?.locked_until(now).max(attempts::get(tx, &target)?.locked_until(now));
        let akun = accounts::find(tx, &typed)?.filter(may_enter);
        let to = match &akun {
            Some(akun) => reachable(tx, &ways, akun)?,
            None => None,
        };
        Ok::<_, StoreError>((akun, to, locked))
    })?;
    if let Some(until) = locked {
        let when = try_again_at(until, now, ctx.instance().zona);
        return again(format!("Kode sudah terlalu sering diminta. Coba lagi {when}."));
    }
    let code = draw_code();
    let akun = akun.filter(|_| to.is_some()).map(|akun| akun.id);
    let (step, cookie) = langkah::begin(ctx, Jenis::Otp, akun, ke.clone());
    let step = sent(ctx, step, to.is_some().then_some(code.as_str()));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        attempts::add_failure(tx, &sender, PER_SENDER)?;
        attempts::add_failure(tx, &target, PER_TARGET)?;
        langkah::store::save(tx, &step)?;
        deliver(tx, &ways_out, to.as_ref(), &code)
    })?;
    Ok(ways.show(ctx, Response::redirect(CODE).with_cookie(cookie), &shown))
}

/// Citizens and bodies whose account is open.
fn may_enter(akun: &Akun) -> bool {
    akun.jenis != Pemilik::Pegawai && !akun.nonaktif
}

fn deliver(tx: &mut Tx<'_>, ways: &Ways, to: Option<&Alamat>, code: &str) -> Result<(), StoreError> {
    match to {
        Some(to) => ways.send_code(tx, to, code, UNTUK),
        None => Ok(()),
    }
}

/// GET /masuk/otp/kode
pub(crate) fn show_code(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if langkah::current(ctx, tx, Jenis::Otp)?.is_none() {
        return Ok(gone(ctx, ASK));
    }
    Ok(Response::page(code_page(ctx, frame::form(ctx, CODE))))
}

fn code_page(ctx: &Ctx, form: Form) -> String {
    let header =
        PageHeader::new("Ketik kode").purpose("Kode dikirim ke alamat yang tercatat pada akun.").crumb("Masuk dengan kode", ASK);
    let field: Field = code_field().autofocus();
    let form = form.field(field).submit("Masuk ke Praja").cancel("Masuk dengan sandi", "/masuk");
    let told = html! {
        p { "Jika akun itu ada dan mempunyai alamat surel atau nomor ponsel, kode sudah dikirim ke sana. Kode berlaku 5 menit." }
    };
    plain_page(
        &frame::shell(ctx),
        &header,
        html! { (Ways::of(ctx).rehearsed(ctx)) (told) (form) (again_button(ctx, "/masuk/otp/kirim-ulang")) },
    )
}

fn again_code(ctx: &Ctx, input: &Input, text: String) -> Response {
    let form = frame::form_again(ctx, CODE, input).problems(&[FieldProblem::new("kode", text)]);
    Response::form_again(code_page(ctx, form))
}

/// POST /masuk/otp/kirim-ulang
pub(crate) fn send_again(ctx: &Ctx, input: &Input) -> Outcome {
    let ways = Ways::of(ctx);
    let found = ctx.read(|tx| {
        let Some(step) = langkah::current(ctx, tx, Jenis::Otp)? else { return Ok(None) };
        let akun = open_account(tx, step.akun)?;
        let to = match &akun {
            Some(akun) => reachable(tx, &ways, akun)?,
            None => None,
        };
        Ok::<_, StoreError>(Some((step, to)))
    })?;
    let Some((step, to)) = found else { return Ok(gone(ctx, ASK)) };
    if let Err(refusal) = step.may_send_again(ctx.now()) {
        return Ok(again_code(ctx, input, refusal.to_string()));
    }
    let code = draw_code();
    let step = sent(ctx, step, to.is_some().then_some(code.as_str()));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        langkah::store::save(tx, &step)?;
        deliver(tx, &ways_out, to.as_ref(), &code)
    })?;
    Ok(ways.show(ctx, Response::redirect(CODE), &shown))
}

fn open_account(tx: &mut Tx<'_>, id: Option<Id>) -> Result<Option<Akun>, StoreError> {
    match id {
        Some(id) => Ok(accounts::get(tx, id)?.filter(may_enter)),
        None => Ok(None),
    }
}

/// What became of a right code.
enum Entered {
    Inside { cookie: String, must_change: Option<&'static str> },
    Halfway(String),
    Gone,
    Locked(String),
}

/// POST /masuk/otp/kode
pub(crate) fn enter(ctx: &Ctx, input: &Input) -> Outcome {
    let found = ctx.read(|tx| {
        let Some(step) = langkah::current(ctx, tx, Jenis::Otp)? else { return Ok(None) };
        let akun = open_account(tx, step.akun)?;
        Ok::<_, StoreError>(Some((step, akun)))
    })?;
    let Some((step, akun)) = found else { return Ok(gone(ctx, ASK)) };
    if let Some(problem) = check_code(ctx, &step, input.text("kode"))? {
        return Ok(again_code(ctx, input, problem.message));
    }
    // A step without an account has no code, so nobody comes this far without one; one that was blocked meanwhile is gone.
    let Some(akun) = akun else { return Ok(gone(ctx, ASK)) };
    let ke = destination(ctx, &step.tujuan);
    let (by, zona) = (bukti::by(ctx.instance(), &akun), ctx.instance().zona);
    let (before, origin) = (ctx.session_key(), Origin::of(ctx));
    let (second, second_cookie) = langkah::begin(ctx, Jenis::Masuk, Some(akun.id), ke.clone());
    let entered = ctx.instance().db.write(&by, Keys::none(), move |tx| {
        let now = tx.now()?;
        if let Some(until) = attempts::get(tx, &account_key(akun.id))?.locked_until(now) {
            return Ok(Entered::Locked(throttled(until, now, zona).to_string()));
        }
        if !langkah::store::forget(tx, &step.kunci)? {
            return Ok(Entered::Gone);
        }
        if totp::store::active_since(tx, akun.id)?.is_some() {
            langkah::store::save(tx, &second)?;
            return Ok(Entered::Halfway(second_cookie.clone()));
        }
        let cookie = open_session(tx, akun.id, before.as_deref(), &origin)?;
        // The code proves the address, not the password: what asks for the password still does.
        if let Some(sesi) = sessions::store::find(tx, &praja_module::session_key(&cookie))? {
            sessions::store::set_unproven(tx, sesi.id, None)?;
        }
        let entry = Entry::new("identity.log-in", "identity_akun", akun.id).with("akun", &akun.nama);
        tx.audit(&entry.with("alamat", &origin.alamat).with("cara", "kode"))?;
        Ok::<_, StoreError>(Entered::Inside { cookie, must_change: akun.wajib_ganti.then(|| akun.home()) })
    })?;
    Ok(match entered {
        Entered::Inside { cookie, must_change } => inside(ctx, &cookie, must_change, ke).with_cookie(langkah::forget_cookie(ctx)),
        Entered::Halfway(cookie) => Response::redirect("/masuk/kode").with_cookie(cookie),
        Entered::Locked(text) => again_code(ctx, input, text),
        Entered::Gone => gone(ctx, ASK),
    })
}
