use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, Notice, PageHeader, Tone, form::Width, frame, html, plain_page};

use super::Refusal;
use crate::{
    lupa::pages::new_password,
    percobaan::{address_key, store as attempts},
    slip::{self, Jenis},
};

/// GET /pengelola-pertama/{kode}.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kode: String = ctx.param("kode")?;
    let shut = attempts::get(tx, &address_key(&ctx.incoming().address))?.locked_until(ctx.now()).is_some();
    let link = slip::store::find(tx, &slip::digest(&kode), ctx.now())?.filter(|one| one.jenis == Jenis::Pengelola);
    if link.is_none() || shut {
        return Err(Problem::refused(Refusal::Dead));
    }
    Ok(Response::page(whole(ctx, frame::form(ctx, format!("/pengelola-pertama/{kode}")))))
}

pub(super) fn again(ctx: &Ctx, input: &Input, kode: &str, problems: &[FieldProblem]) -> Response {
    let form = frame::form_again(ctx, format!("/pengelola-pertama/{kode}"), input).problems(problems);
    Response::form_again(whole(ctx, form))
}

fn whole(ctx: &Ctx, form: Form) -> String {
    let header =
        PageHeader::new("Administrator pertama").purpose("Anda mengelola OPD, jabatan, pegawai, dan akun seluruh daerah ini.");
    let nip = Field::text("nip", "NIP").hint("18 angka. Kosongkan bila Anda tidak ber-NIP.").inputmode("numeric").max_length(24);
    let form = form
        .field(Field::text("nama", "Nama lengkap").required().autocomplete("name").max_length(120).autofocus())
        .field(nip.width(Width::Medium))
        .field(
            Field::email("email", "Alamat surel").hint("Dipakai untuk masuk bila Anda tidak ber-NIP.").required().max_length(200),
        );
    let form = new_password(form).submit("Jadikan saya administrator");
    let content = html! {
        (Notice::new(Tone::Info, "Tautan ini berlaku satu kali.").text("Setelah formulir dikirim, tautan tidak dapat dibuka lagi."))
        (form)
    };
    plain_page(&frame::shell(ctx), &header, content)
}
