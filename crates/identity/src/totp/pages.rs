use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Act, Facts, Field, Form, Markup, Notice, PageHeader, Tone, act_bar, form::Width, frame, html, section};

use super::{RECOVERY_CODES, Refusal, address, check, draw_recovery_codes, draw_seed, purpose, store, typed_form};
use crate::{
    accounts::store::{self as accounts, Akun},
    kirim::Ways,
    profil::{own, pages::own_page},
    sessions,
};

const PAGE: &str = "/profil/dua-langkah";

/// GET /profil/dua-langkah.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let actor = ctx.scope()?.actor.clone();
    let akun = accounts::of_actor(tx, &actor)?.ok_or(Problem::NotFound)?;
    Ok(Response::page(whole(ctx, tx, &akun, frame::form(ctx, format!("{PAGE}/aktifkan")))?))
}

fn whole(ctx: &Ctx, tx: &mut Tx<'_>, akun: &Akun, form: Form) -> Result<String, Problem> {
    let content = match store::get(tx, ctx.instance().keys(), akun.id)? {
        Some(dua) if dua.aktif.is_some() => {
            let since = dua.aktif.map(|at| frame::time(ctx.instance().zona, at).0);
            active(ctx, since, store::recovery_left(tx, akun.id)?)
        }
        Some(dua) => setting_up(ctx, akun, &dua.rahasia, form),
        None => begin_page(ctx),
    };
    let header = PageHeader::new("Langkah kedua saat masuk")
        .purpose("Selain sandi, diminta kode dari ponsel Anda. Sandi yang bocor saja tidak cukup.");
    Ok(own_page(ctx, &header, content))
}

fn begin_page(ctx: &Ctx) -> Markup {
    let act = Act::post("Siapkan langkah kedua", format!("{PAGE}/mulai"), ctx.csrf(), ctx.form_id().to_string());
    html! {
        p {
            "Anda memerlukan aplikasi autentikator pada ponsel, misalnya Aegis, FreeOTP, atau Google Authenticator. "
            "Aplikasi itu bekerja tanpa internet dan tanpa pulsa."
        }
        (act_bar(&[act.main()]))
    }
}

fn setting_up(ctx: &Ctx, akun: &Akun, seed: &[u8], form: Form) -> Markup {
    let issuer = format!("Praja {}", ctx.instance().wilayah.nama);
    let code = praja_web::qr::svg(&address(seed, &issuer, &akun.nama), "Kode QR untuk aplikasi autentikator");
    let field = Field::text("kode", "Kode").hint("Enam angka yang tampil pada aplikasi setelah kode QR dipindai.");
    let field = field.required().autocomplete("one-time-code").inputmode("numeric").max_length(12).width(Width::Short);
    let form = form.field(field).submit("Aktifkan langkah kedua").cancel("Batalkan", akun.home());
    let scan = html! {
        @if let Ok(code) = code { (code) }
        p { "Tidak dapat memindai? Ketik kunci ini pada aplikasi:" }
        p.kode { code { (typed_form(seed)) } }
    };
    html! { (section("1. Pindai dengan aplikasi", scan)) (section("2. Buktikan bahwa aplikasi bekerja", form)) }
}

fn active(ctx: &Ctx, since: Option<String>, left: i64) -> Markup {
    let act = |label: &str, path: &str| Act::post(label, format!("{PAGE}/{path}"), ctx.csrf(), ctx.form_id().to_string());
    let facts =
        Facts::new().add_maybe("Aktif sejak", since).add("Kode pemulihan yang tersisa", format!("{left} dari {RECOVERY_CODES}"));
    html! {
        (Notice::new(Tone::Good, "Langkah kedua aktif."))
        (facts)
        @if left < 3 {
            (Notice::new(Tone::Warn, "Kode pemulihan hampir habis.").text("Buat kode baru, lalu simpan di tempat yang aman."))
        }
        (act_bar(&[act("Buat kode pemulihan baru", "kode"), act("Matikan langkah kedua", "matikan").danger()]))
    }
}

/// POST /profil/dua-langkah/mulai: a fresh seed, not yet asked for.
pub(crate) fn begin(ctx: &Ctx, _input: &Input) -> Outcome {
    let akun = own(ctx)?;
    let sealed = ctx.instance().keys().seal(&purpose(akun.id), &draw_seed())?;
    ctx.write(Keys::unaudited(), move |tx| store::set_up(tx, akun.id, sealed.clone()))?;
    Ok(Response::redirect(PAGE))
}

/// POST /profil/dua-langkah/aktifkan.
pub(crate) fn activate(ctx: &Ctx, input: &Input) -> Outcome {
    let akun = own(ctx)?;
    let (keys, now) = (ctx.instance().keys().clone(), ctx.now());
    let Some(dua) = ctx.read(|tx| store::get(tx, &keys, akun.id))?.filter(|dua| dua.aktif.is_none()) else {
        return Ok(Response::redirect(PAGE));
    };
    let step = match check(&dua.rahasia, input.text("kode"), dua.langkah, now) {
        Ok(step) => step,
        Err(refusal) => return again(ctx, input, &akun, &refusal),
    };
    let keep = ctx.who().ok_or(Problem::SignInFirst)?.session;
    let (id, codes, ways, owner) = (akun.id, draw_recovery_codes(), Ways::of(ctx), akun.clone());
    let kept = codes.clone();
    let done = ctx.write(Keys::none(), move |tx| {
        if !store::activate(tx, id, step)? {
            return Ok(false);
        }
        store::set_recovery(tx, id, &kept)?;
        // Whoever came in by the password alone comes in anew.
        sessions::store::revoke_others(tx, id, keep)?;
        tx.audit(&Entry::new("identity.activate-second-step", "identity_akun", id).with("akun", &owner.nama))?;
        ways.warn(tx, &owner, "Langkah kedua diaktifkan", "Langkah kedua saat masuk kini aktif pada akun Anda.")?;
        Ok::<_, StoreError>(true)
    })?;
    if !done {
        return Ok(Response::redirect(PAGE));
    }
    Ok(Response::page(codes_page(ctx, &akun, &codes, "Langkah kedua aktif. Sesi Anda di perangkat lain sudah diakhiri.")))
}

fn again(ctx: &Ctx, input: &Input, akun: &Akun, refusal: &Refusal) -> Outcome {
    let form =
        frame::form_again(ctx, format!("{PAGE}/aktifkan"), input).problems(&[FieldProblem::new("kode", refusal.message())]);
    Ok(Response::form_again(ctx.read(|tx| whole(ctx, tx, akun, form.clone()))?))
}

/// POST /profil/dua-langkah/kode: fresh recovery codes; the old ones open nothing any more.
pub(crate) fn new_codes(ctx: &Ctx, _input: &Input) -> Outcome {
    let akun = own(ctx)?;
    let (id, codes) = (akun.id, draw_recovery_codes());
    let kept = codes.clone();
    let done = ctx.write(Keys::none(), move |tx| {
        if store::active_since(tx, id)?.is_none() {
            return Ok(false);
        }
        store::set_recovery(tx, id, &kept)?;
        tx.audit(&Entry::new("identity.create-recovery-codes", "identity_akun", id))?;
        Ok::<_, StoreError>(true)
    })?;
    if !done {
        return Ok(Response::redirect(PAGE));
    }
    Ok(Response::page(codes_page(ctx, &akun, &codes, "Kode pemulihan baru dibuat. Kode yang lama tidak berlaku lagi.")))
}

fn codes_page(ctx: &Ctx, akun: &Akun, codes: &[String], done: &str) -> String {
    let header = PageHeader::new("Kode pemulihan").purpose("Untuk masuk bila ponsel Anda hilang. Setiap kode berlaku satu kali.");
    let content = html! {
        (Notice::new(Tone::Good, done))
        p {
            "Cetak atau salin kode ini sekarang; setelah halaman ini ditutup, kode tidak dapat dilihat lagi. "
            "Simpan terpisah dari ponsel Anda."
        }
        ul.kode-pemulihan { @for code in codes { li { code { (code) } } } }
        p { "Akun: " (akun.nama) }
        p.tanpa-cetak { a.tombol href=(akun.home()) { "Selesai, kembali ke halaman saya" } }
    };
    own_page(ctx, &header, content)
}

/// POST /profil/dua-langkah/matikan.
pub(crate) fn deactivate(ctx: &Ctx, _input: &Input) -> Outcome {
    let akun = own(ctx)?;
    let (ways, home) = (Ways::of(ctx), akun.home());
    ctx.write(Keys::none(), move |tx| {
        if store::remove(tx, akun.id)? {
            tx.audit(&Entry::new("identity.deactivate-second-step", "identity_akun", akun.id).with("akun", &akun.nama))?;
            let text = "Akun Anda kini dibuka dengan sandi saja. Jika bukan Anda yang mematikannya, hubungi admin OPD.";
            ways.warn(tx, &akun, "Langkah kedua dimatikan", text)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(Response::redirect(home).with_notice("Langkah kedua dimatikan. Akun Anda kini dibuka dengan sandi saja."))
}
