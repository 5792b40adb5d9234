use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, Markup, form::Width, frame, html, page};

use super::{address, below, load};
use crate::skrd::{Refusal, Skrd, Status, store, write};

fn action(skrd: &Skrd) -> String {
    format!("{}/qris", address(skrd.id))
}

fn content(skrd: &Skrd, form: Form) -> Markup {
    let form = form
        .hidden("versi", skrd.versi.to_string())
        .field(Field::textarea("qris", "Teks QRIS dari bank").rows(4).width(Width::Full).value(skrd.qris.clone()).hint(format!(
            "Salin seluruhnya dari kanal bank. QRIS harus dinamis dan berjumlah {}. Kosongkan untuk menghapus.",
            skrd.jumlah
        )))
        .submit("Simpan QRIS")
        .cancel("Kembali ke SKRD", address(skrd.id));
    html! {
        p { "Kode QR yang tercetak pada SKRD hanya yang dibuat bank atau kanal kas daerah. Praja memeriksa jumlah dan angka periksanya, dan tidak pernah membuat QRIS sendiri." }
        (form)
    }
}

/// GET /perizinan/izin/retribusi/skrd/{id}/qris
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let skrd = load(ctx, tx)?;
    if skrd.status != Status::Terbit {
        let keadaan = skrd.status.label().to_lowercase();
        return Err(Problem::refused(Refusal::Closed { nomor: skrd.nomor, keadaan }));
    }
    Ok(frame::respond(ctx, &below(&skrd, "QRIS dari bank"), content(&skrd, frame::form(ctx, action(&skrd)))))
}

/// POST /perizinan/izin/retribusi/skrd/{id}/qris
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let skrd = ctx.read(|tx| load(ctx, tx))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let qris: String = input.raw("qris").split_whitespace().collect();
    let (id, opd) = (skrd.id, skrd.opd);
    let saved = ctx.submit(input, write::keys(opd, ctx.today()), move |tx| {
        let skrd = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        if skrd.versi != versi {
            return Err(Problem::Conflict);
        }
        write::set_qris(tx, skrd, &qris)?;
        Ok(address(id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("QRIS sudah disimpan.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &skrd, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, skrd: &Skrd, refusal: &dyn Refuse) -> Response {
    let form =
        frame::form_again(ctx, action(skrd), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    Response::form_again(page(&frame::shell(ctx), &below(skrd, "QRIS dari bank"), content(skrd, form)))
}
