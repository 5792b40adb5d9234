//! What becomes of a form that is being filled in: the naskah as PDF, or a page of it as a picture beside the form. Nothing is kept.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use praja_identity::jabatan;
use praja_kernel::Refuse;
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, documents::DrawError};
use praja_store::Tx;
use serde_json::json;

use super::{
    form::{Typed, typed, writer},
    load, meja,
    pdf::drawing,
};
use crate::naskah::{Isi, Naskah, Refusal, Status, giliran::Giliran};

/// Says that the script beside the form asks, for a picture.
const PICTURE: &str = "_gambar";
const PAGE: &str = "_halaman";
const WIDE: &str = "_lebar";
/// A picture is at least and at most as wide, in pixels.
const WIDTHS: (u32, u32) = (300, 1400);

/// POST /eoffice/naskah/baru/{jenis}/pratinjau
pub(crate) fn show_new(ctx: &Ctx, input: &Input) -> Outcome {
    answer(ctx, input, |tx| {
        let meja = meja(ctx)?;
        let kode: String = ctx.param("jenis")?;
        let typed = typed(ctx, tx, &kode, input)?;
        if !typed.kind.aktif {
            return Err(Problem::refused(Refusal::KindOff));
        }
        let isi = read(&typed)?;
        let signer = jabatan::get(tx, isi.penandatangan)?.ok_or(Problem::NotFound)?;
        Ok(Naskah {
            id: ctx.form_id(),
            opd: signer.opd,
            jenis: kode,
            status: Status::Konsep,
            isi,
            pembuat: meja.acting.jabatan,
            pembuat_jabatan: meja.acting.nama.clone(),
            pembuat_nama: String::new(),
            versi_isi: 1,
            surat_masuk: None,
            nomor: None,
            pemegang: meja.acting.nama,
            pemegang_sejak: ctx.now(),
            penandatangan_jabatan: signer.nama,
            penandatangan_nama: String::new(),
            ditandatangani_pada: None,
            dikirim_pada: None,
            letak: None,
            berkas: None,
            token: None,
            penutup: None,
            created_at: ctx.now(),
            versi: 1,
        })
    })
}

/// POST /eoffice/naskah/{id}/pratinjau
pub(crate) fn show_edit(ctx: &Ctx, input: &Input) -> Outcome {
    answer(ctx, input, |tx| {
        let naskah = load(ctx, tx)?;
        writer(ctx, &naskah)?;
        let isi = read(&typed(ctx, tx, &naskah.jenis, input)?)?;
        let signer = jabatan::get(tx, isi.penandatangan)?.ok_or(Problem::NotFound)?;
        Ok(Naskah { opd: signer.opd, isi, ..naskah })
    })
}

/// The naskah as far as it is typed; what is missing yet is named.
fn read(typed: &Typed) -> Result<Isi, Problem> {
    typed.isi(false).map_err(|refusal| Problem::refused(Refusal::Pdf(words(&refusal))))
}

/// What is lacking field by field, where the refusal knows fields.
fn words(refusal: &dyn Refuse) -> String {
    let lacking: Vec<String> = refusal.fields().into_iter().map(|one| one.message).collect();
    if lacking.is_empty() { refusal.message() } else { lacking.join(" ") }
}

fn answer(ctx: &Ctx, input: &Input, naskah: impl Fn(&mut Tx<'_>) -> Result<Naskah, Problem>) -> Outcome {
    let by_script = input.text(PICTURE) == "ya";
    let person = ctx.scope()?.actor.id().unwrap_or(ctx.instance().id);
    let Some(_turn) = Giliran::take(ctx.instance(), person) else {
        let wait = "Pratinjau Anda sebelumnya masih dibuat. Coba lagi sebentar.";
        return if by_script { Ok(busy()) } else { Err(Problem::refused(Refusal::Pdf(wait.into()))) };
    };
    let drawn = ctx.read(|tx| {
        let naskah = naskah(tx)?;
        let pdf = drawing(ctx, tx, &naskah, "basah")?.pdf(ctx, tx, &naskah)?;
        Ok::<_, Problem>((pdf, format!("pratinjau-{}.pdf", naskah.jenis)))
    });
    match drawn {
        Ok((pdf, _)) if by_script => picture(ctx, input, &pdf),
        Ok((bytes, name)) => Ok(Response::of(Body::Pdf { bytes, name })),
        Err(Problem::Refused(refusal)) if by_script => Ok(told(&words(&*refusal))),
        Err(problem) => Err(problem),
    }
}

fn picture(ctx: &Ctx, input: &Input, pdf: &[u8]) -> Outcome {
    let number = |name: &str| input.text(name).parse::<u32>().ok();
    let wide = number(WIDE).unwrap_or(800).clamp(WIDTHS.0, WIDTHS.1);
    let page = usize::try_from(number(PAGE).unwrap_or(1).max(1)).unwrap_or(1);
    let Some(documents) = ctx.instance().ports.documents.as_ref() else { return Ok(told(&DrawError::absent().to_string())) };
    // The text may have become shorter than the page that was looked at.
    let pages = documents.pages(pdf).map_or(1, |all| all.len()).max(1);
    let page = page.min(pages);
    match documents.picture(pdf, page, wide) {
        Ok(found) => {
            let gambar = format!("data:image/png;base64,{}", STANDARD.encode(&found.png));
            Ok(Response::json(json!({"halaman": page, "dari": pages, "gambar": gambar}).to_string()))
        }
        Err(why) => Ok(told(&why.to_string())),
    }
}

fn told(words: &str) -> Response {
    Response::json(json!({"pesan": words}).to_string())
}

fn busy() -> Response {
    Response::json(json!({"sibuk": true}).to_string())
}
