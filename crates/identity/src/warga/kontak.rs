//! A new e-mail address or telephone number of a citizen or body: proved by a code before it counts.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, frame, html, plain_page};

use super::{daftar::contact_field, draft, store};
use crate::{
    kirim::{Alamat, Ways},
    langkah::{self, Jenis, Langkah, draw_code},
    lupa::{check_code, gone, pages::code_field, sent},
    percobaan::{self, PER_SENDER, store as attempts, try_again_at},
    profil::own,
};

/// GET /warga/kontak.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let reached = Ways::of(ctx).kinds(tx)?;
    Ok(Response::page(whole(ctx, reached, frame::form(ctx, "/warga/kontak"))))
}

fn whole(ctx: &Ctx, reached: (bool, bool), form: Form) -> String {
    let header = PageHeader::new("Ganti alamat surel atau nomor ponsel")
        .purpose("Kode dikirim ke alamat yang baru; alamat lama diganti setelah kodenya cocok.")
        .crumb("Akun saya", "/warga");
    let form = form.field(contact_field(reached)).submit("Kirim kode").cancel("Batalkan", "/warga");
    plain_page(&frame::shell(ctx), &header, html! { (form) })
}

/// POST /warga/kontak.
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let (akun, ways, now) = (own(ctx)?, Ways::of(ctx), ctx.now());
    let sender = percobaan::sender_key(&ctx.incoming().address);
    let (reached, locked) =
        ctx.read(|tx| Ok::<_, StoreError>((ways.kinds(tx)?, attempts::get(tx, &sender)?.locked_until(now))))?;
    let mut wrong = Vec::new();
    let to = draft::address(input, reached, &mut wrong);
    if let Some(until) = locked {
        let when = try_again_at(until, now, ctx.instance().zona);
        wrong.push(FieldProblem::new("kontak", format!("Kode sudah terlalu sering diminta. Coba lagi {when}.")));
    }
    let (Some(to), true) = (to, wrong.is_empty()) else {
        let form = frame::form_again(ctx, "/warga/kontak", input).problems(&wrong);
        return Ok(Response::form_again(whole(ctx, reached, form)));
    };
    let code = draw_code();
    let (mut step, cookie) = langkah::begin(ctx, Jenis::Kontak, Some(akun.id), to.masked());
    let plain = match &to {
        Alamat::Surel(text) | Alamat::Telepon(text) => text.clone(),
    };
    step.muatan = Some(langkah::seal(ctx.instance().keys(), &step.kunci, &plain)?);
    let step = sent(ctx, step, Some(&code));
    let (ways_out, shown) = (ways.clone(), code.clone());
    ctx.write(Keys::unaudited(), move |tx| {
        attempts::add_failure(tx, &sender, PER_SENDER)?;
        langkah::store::save(tx, &step)?;
        ways_out.send_code(tx, &to, &code, "mengganti alamat akun")
    })?;
    Ok(ways.show(ctx, Response::redirect("/warga/kontak/kode").with_cookie(cookie), &shown))
}

/// GET /warga/kontak/kode.
pub(crate) fn show_code(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let Some(step) = langkah::current(ctx, tx, Jenis::Kontak)? else { return Ok(gone(ctx, "/warga/kontak")) };
    Ok(Response::page(code_page(ctx, &step, frame::form(ctx, "/warga/kontak/kode"))))
}

fn code_page(ctx: &Ctx, step: &Langkah, form: Form) -> String {
    let header = PageHeader::new("Buktikan alamat baru")
        .purpose("Ketik kode yang dikirim ke alamat baru.")
        .crumb("Akun saya", "/warga")
        .crumb("Ganti alamat", "/warga/kontak");
    let field: Field = code_field().autofocus();
    let form = form.field(field).submit("Pakai alamat ini").cancel("Batalkan", "/warga");
    plain_page(
        &frame::shell(ctx),
        &header,
        html! { (Ways::of(ctx).rehearsed(ctx)) p { "Kode dikirim ke " strong { (step.tujuan) } ". Kode berlaku 5 menit." } (form) },
    )
}

/// POST /warga/kontak/kode.
pub(crate) fn finish(ctx: &Ctx, input: &Input) -> Outcome {
    let (akun, ways) = (own(ctx)?, Ways::of(ctx));
    let step = ctx.read(|tx| langkah::current(ctx, tx, Jenis::Kontak))?.filter(|step| step.akun == Some(akun.id));
    let Some(step) = step else { return Ok(gone(ctx, "/warga/kontak")) };
    if let Some(problem) = check_code(ctx, &step, input.text("kode"))? {
        let form = frame::form_again(ctx, "/warga/kontak/kode", input).problems(&[problem]);
        return Ok(Response::form_again(code_page(ctx, &step, form)));
    }
    let typed = step.load::<String>(ctx.instance().keys())?.ok_or(Problem::NotFound)?;
    let to = if typed.contains('@') { Alamat::Surel(typed) } else { Alamat::Telepon(typed) };
    ctx.write(Keys::none(), move |tx| {
        if !langkah::store::forget(tx, &step.kunci)? {
            return Ok(());
        }
        // The old address is told, too: its owner may be the only one who notices a theft.
        for old in Alamat::of(&akun) {
            let text =
                format!("Alamat akun Praja Anda diganti menjadi {}. Jika bukan Anda, hubungi petugas layanan.", to.masked());
            ways.tell(tx, &old, "Alamat akun Praja Anda diganti", text)?;
        }
        store::set_address(tx, akun.id, &to)?;
        tx.audit(&Entry::new("identity.change-address", "identity_akun", akun.id).with("alamat", to.masked()))
    })?;
    let response = Response::redirect("/warga").with_cookie(langkah::forget_cookie(ctx));
    Ok(response.with_notice("Alamat akun Anda sudah diganti."))
}
