use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Jenis, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, Markup, Notice, PageHeader, PreEscaped, Tone, frame, html, plain_page};

use super::{Refusal, destination};

/// GET /masuk.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let ke = destination(ctx, ctx.query("ke").unwrap_or_default());
    if ctx.who().is_some() {
        return Ok(Response::redirect(ke));
    }
    let notes = notes(ctx, tx)?;
    Ok(Response::page(whole(ctx, fields(frame::form(ctx, "/masuk"), &ke), &notes)))
}

/// The page again after a refusal; what was typed as the account stays, the password does not.
pub(super) fn again(ctx: &Ctx, input: &Input, ke: &str, refusal: &Refusal) -> Result<Response, Problem> {
    let form = frame::form_again(ctx, "/masuk", input).refusal(refusal.message(), refusal.next_step());
    let notes = ctx.read(|tx| notes(ctx, tx))?;
    Ok(Response::form_again(whole(ctx, fields(form, ke), &notes)))
}

/// What the modules have to say here.
fn notes(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    for note in &ctx.instance().ports.sign_in_notes {
        all.extend(note(tx)?);
    }
    Ok(all)
}

fn fields(form: Form, ke: &str) -> Form {
    form.hidden("ke", ke)
        .field(
            Field::text("akun", "Akun")
                .hint("NIP, NIK, alamat surel, atau nama akun Anda.")
                .required()
                .autocomplete("username")
                .max_length(200)
                .autofocus(),
        )
        .field(Field::password("sandi", "Sandi", "current-password").required())
        .submit("Masuk ke Praja")
        .cancel("Lupa sandi", "/lupa-sandi")
}

fn whole(ctx: &Ctx, form: Form, notes: &[String]) -> String {
    let header = PageHeader::new("Masuk")
        .purpose("Pegawai memakai akun dari admin OPD. Warga dan badan memakai akun yang didaftarkan sendiri.");
    let content = html! {
        (rehearsal(ctx))
        (form)
        p { "Punya slip masuk? Ketik kodenya sebagai sandi." }
        p { "Warga atau badan dapat " a href="/masuk/otp" { "masuk dengan kode" } " tanpa sandi." }
        p { "Warga atau badan yang belum punya akun? " a href="/daftar" { "Daftarkan akun" } "." }
        @for note in notes { (PreEscaped(note)) }
    };
    plain_page(&frame::shell(ctx), &header, content)
}

/// In a contoh Instance: that this is a rehearsal, and where its accounts are written down.
fn rehearsal(ctx: &Ctx) -> Markup {
    let notice = Notice::new(Tone::Info, "LATIHAN: ini Praja contoh untuk mencoba dan berlatih.")
        .text("Akun dan sandinya tertulis dalam berkas akun-demo.csv pada folder tempat Praja dipasang.");
    html! { @if ctx.instance().jenis == Jenis::Contoh { (notice) } }
}
