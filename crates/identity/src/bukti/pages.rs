use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::Tx;
use praja_web::{Field, Form, PageHeader, frame, html, page, plain_page};

use crate::masuk::destination;

/// GET /buktikan: the password again, then on to the page that was wanted.
pub(crate) fn show(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    let ke = destination(ctx, ctx.query("ke").unwrap_or_default());
    Ok(Response::page(whole(ctx, frame::form(ctx, "/buktikan"), &ke)))
}

pub(super) fn again(ctx: &Ctx, input: &Input, ke: &str, wrong: &str) -> Response {
    let form = frame::form_again(ctx, "/buktikan", input).problems(&[FieldProblem::new("sandi", wrong)]);
    Response::form_again(whole(ctx, form, ke))
}

fn whole(ctx: &Ctx, form: Form, ke: &str) -> String {
    let header = PageHeader::new("Ketik sandi Anda sekali lagi")
        .purpose("Halaman ini penting. Sandi diminta lagi bila terakhir diketik lebih dari 10 menit yang lalu.");
    let shell = frame::shell(ctx);
    let form = form
        .hidden("ke", ke)
        .field(
            Field::password("sandi", "Sandi", "current-password")
                .hint("Sandi akun yang sedang Anda pakai.")
                .required()
                .autofocus(),
        )
        .submit("Lanjutkan dengan sandi ini")
        .cancel("Batalkan", shell.addresses.beranda.clone());
    if shell.citizen { plain_page(&shell, &header, html! { (form) }) } else { page(&shell, &header, html! { (form) }) }
}
