use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::Tx;
use praja_web::{Act, Field, Form, Markup, PageHeader, form::Width, frame, html, plain_page, section};

use crate::{
    kirim::Ways,
    langkah::{self, Jenis},
    sandi::MIN_LENGTH,
};

/// GET /lupa-sandi.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (surel, telepon) = Ways::of(ctx).kinds(tx)?;
    let form = (surel || telepon).then(|| frame::form(ctx, "/lupa-sandi"));
    Ok(Response::page(whole(ctx, form)))
}

pub(super) fn again(ctx: &Ctx, input: &Input, problems: &[FieldProblem]) -> Response {
    Response::form_again(whole(ctx, Some(frame::form_again(ctx, "/lupa-sandi", input).problems(problems))))
}

fn whole(ctx: &Ctx, form: Option<Form>) -> String {
    let header = PageHeader::new("Lupa sandi").purpose("Sandi lama tidak dapat dilihat siapa pun. Anda memilih sandi baru.");
    let field =
        Field::text("akun", "Akun").hint("NIP, NIK, alamat surel, atau nama akun Anda.").required().autocomplete("username");
    let by_code = |form: Form| {
        let form =
            form.field(field.max_length(200).autofocus()).submit("Kirim kode").cancel("Kembali ke halaman masuk", "/masuk");
        section(
            "Dengan kode",
            html! {
                p { "Kode enam angka dikirim ke alamat surel atau nomor ponsel yang tercatat pada akun Anda." }
                (form)
            },
        )
    };
    let by_slip = html! {
        p { "Pegawai: datanglah ke admin OPD Anda. Setelah memastikan bahwa Anda orangnya, admin mencetak slip masuk yang berlaku 15 menit." }
        p { "Ketik kode pada slip itu sebagai sandi di halaman masuk, lalu pilih sandi baru." }
    };
    let content = html! {
        @if let Some(form) = form { (by_code(form)) }
        (section("Dengan slip masuk", by_slip))
    };
    plain_page(&frame::shell(ctx), &header, content)
}

/// GET /lupa-sandi/kode.
pub(crate) fn show_code(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if langkah::current(ctx, tx, Jenis::Sandi)?.is_none() {
        return Ok(super::gone(ctx, "/lupa-sandi"));
    }
    Ok(Response::page(code_page(ctx, frame::form(ctx, "/lupa-sandi/kode"))))
}

pub(super) fn code_again(ctx: &Ctx, input: &Input, problems: &[FieldProblem]) -> Response {
    Response::form_again(code_page(ctx, frame::form_again(ctx, "/lupa-sandi/kode", input).problems(problems)))
}

fn code_page(ctx: &Ctx, form: Form) -> String {
    let header = PageHeader::new("Pilih sandi baru")
        .purpose("Ketik kode yang dikirim kepada Anda, lalu sandi baru.")
        .crumb("Lupa sandi", "/lupa-sandi");
    let told = html! {
        p { "Jika akun itu ada dan mempunyai alamat surel atau nomor ponsel, kode sudah dikirim ke sana. Kode berlaku 5 menit." }
    };
    let form = new_password(form.field(code_field())).submit("Ganti sandi").cancel("Batalkan", "/masuk");
    plain_page(
        &frame::shell(ctx),
        &header,
        html! { (Ways::of(ctx).rehearsed(ctx)) (told) (form) (send_again(ctx, "/lupa-sandi/kirim-ulang")) },
    )
}

/// The field for a code that was sent.
pub(crate) fn code_field() -> Field {
    Field::text("kode", "Kode")
        .hint("Enam angka.")
        .required()
        .autocomplete("one-time-code")
        .inputmode("numeric")
        .max_length(12)
        .width(Width::Short)
}

/// A new password, typed twice.
pub(crate) fn new_password(form: Form) -> Form {
    let hint =
        format!("Paling sedikit {MIN_LENGTH} karakter. Beberapa kata yang tidak berhubungan mudah diingat dan sulit ditebak.");
    form.field(Field::password("sandi_baru", "Sandi baru", "new-password").hint(hint).required())
        .field(Field::password("sandi_ulang", "Ketik ulang sandi baru", "new-password").required())
}

/// For those whose code did not come.
pub(crate) fn send_again(ctx: &Ctx, action: &str) -> Markup {
    html! {
        p.redup { "Kode belum datang? Periksa kotak spam, atau minta lagi setelah satu menit." }
        p { (Act::post("Kirim kode lagi", action, ctx.csrf(), ctx.form_id().to_string())) }
    }
}
