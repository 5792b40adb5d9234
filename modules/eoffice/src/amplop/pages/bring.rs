//! An envelope, or the receipt for one of ours, brought as a file.

use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, PageHeader, frame};

use super::IN;
use crate::{
    amplop::{
        MAX_BYTES, Refusal, is_receipt,
        refusal::FILE,
        signer_of,
        write::{receive, take_receipt},
    },
    kerja::Kerja,
    simpul,
    surat_masuk::pages::form::acting,
};

fn header() -> PageHeader {
    PageHeader::new("Masukkan berkas amplop")
        .purpose("Untuk surat atau tanda terima yang dibawa sebagai berkas. Tanda tangan pengirimnya diperiksa lebih dahulu.")
        .crumb("Surat dari daerah lain", IN)
}

fn fields(form: Form) -> Form {
    form.multipart()
        .field(
            Field::file(FILE, "Berkas amplop atau tanda terima", ".amplop,.terima,application/json")
                .required()
                .max_mib(MAX_BYTES >> 20)
                .hint("Berakhiran .amplop atau .terima, dari Praja daerah lain."),
        )
        .submit("Periksa dan masukkan")
        .cancel("Kembali ke daftar", IN)
}

/// GET /eoffice/amplop/masukkan
pub(crate) fn ask(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    acting(ctx).map_err(Problem::refused)?;
    Ok(frame::respond(ctx, &header(), fields(frame::form(ctx, format!("{IN}/masukkan")))))
}

/// POST /eoffice/amplop/masukkan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    match bring(ctx, input) {
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &*refusal)),
        other => other,
    }
}

fn bring(ctx: &Ctx, input: &Input) -> Outcome {
    let own = acting(ctx).map_err(Problem::refused)?.opd;
    if !input.unkept.is_empty() {
        return Err(Problem::refused(Refusal::File(format!("Berkas itu melebihi {} MiB.", MAX_BYTES >> 20))));
    }
    let file = input.files(FILE).next().ok_or_else(|| Problem::refused(Refusal::NoFile))?;
    let mut bytes = Vec::new();
    ctx.instance().blobs.get(&file.blob, &mut bytes)?;
    if is_receipt(&bytes) {
        let kunci = signer_of(&bytes).map_err(Problem::refused)?;
        let simpul = ctx.read(|tx| simpul::store::by_key(tx, &kunci))?;
        let simpul = simpul.ok_or_else(|| Problem::refused(Refusal::Unknown(kunci.chars().take(16).collect())))?;
        let kerja = Kerja::of(ctx);
        let saved = ctx.submit(input, Keys::none(), move |tx| {
            take_receipt(tx, &kerja, &simpul, &bytes)?;
            Ok::<_, Problem>(IN.to_owned())
        })?;
        return Ok(saved.with_notice("Tanda terima cocok dan sudah tersimpan pada naskahnya."));
    }
    let row = receive(ctx.instance(), &bytes)?;
    if row.opd == own {
        return Ok(Response::redirect(format!("{IN}/{}", row.id)).with_notice("Amplop sah dan sudah tersimpan."));
    }
    let office = ctx.read(|tx| praja_identity::opd::name(tx, row.opd))?.unwrap_or_default();
    Ok(Response::redirect(IN).with_notice(&format!("Amplop sah dan sudah diteruskan kepada {office}.")))
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, format!("{IN}/masukkan"), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(), fields(form)))
}
