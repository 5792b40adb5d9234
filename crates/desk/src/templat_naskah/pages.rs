//! The page where a template is read, tried with data, and changed.

use praja_kernel::{Date, FieldProblem};
use praja_module::{
    Body, Ctx, Input, Outcome, Problem, Response,
    documents::{DrawError, Drawing},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, Markup, Notice, PageHeader, Tone, frame, html, page};
use serde_json::Value;

use super::{file, key, own};
use crate::{registers::naskah, templates::store};

/// The field of the template, and that of the data it is tried with.
const TEMPLATE: &str = "templat";
const DATA: &str = "data";
/// What the pressed button asks for.
const STEP: &str = "langkah";

/// GET /desk/jenis-naskah/{kode}/templat
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (kode, nama) = kind(ctx)?;
    let Some(documents) = ctx.instance().ports.documents.clone() else {
        let notice = Notice::new(Tone::Warn, "Templat belum dapat dicoba.").text(DrawError::absent().to_string());
        return Ok(frame::respond(ctx, &header(&kode, &nama), html! { (notice) }));
    };
    let kept = store::get(tx, &key(&kode))?;
    let versi = kept.as_ref().map_or(0, |own| own.versi);
    let own = own(tx, &kode)?;
    let text = own.as_ref().map(|own| own.isi.clone()).or_else(|| documents.template(&file(&kode))).ok_or(Problem::NotFound)?;
    let sample = documents.sample(&kode).map(|data| format!("{data:#}")).unwrap_or_default();
    let form = fields(frame::form(ctx, address(&kode)).hidden("versi", versi.to_string()), own.is_some(), &text, &sample);
    let state = match &own {
        Some(own) => Notice::new(Tone::Info, "Jenis ini memakai templat daerah.").text(format!("Disimpan oleh {}.", own.oleh)),
        None => Notice::new(Tone::Info, "Jenis ini memakai templat bawaan.")
            .text("Ubah di bawah, lihat hasilnya, lalu simpan. Templat yang rusak tidak dapat disimpan."),
    };
    Ok(frame::respond(ctx, &header(&kode, &nama), html! { (state) (form) (help()) }))
}

/// POST /desk/jenis-naskah/{kode}/templat: shows, keeps, or goes back to the release's.
pub(crate) fn act(ctx: &Ctx, input: &Input) -> Outcome {
    let (kode, nama) = kind(ctx)?;
    if input.text(STEP) == "bawaan" {
        return put(ctx, input, kode, String::new(), "Templat bawaan dipakai kembali.");
    }
    let template = input.raw(TEMPLATE).replace("\r\n", "\n");
    match tried(ctx, &kode, &template, input.raw(DATA)) {
        Ok(pdf) if input.text(STEP) == "lihat" => {
            Ok(Response::of(Body::Bytes { bytes: pdf, mime: "application/pdf", name: format!("contoh-{kode}.pdf") }))
        }
        Ok(_) => put(ctx, input, kode, template, "Templat disimpan dan dipakai untuk naskah berikutnya."),
        Err(problems) => {
            let form = frame::form_again(ctx, address(&kode), input).hidden("versi", input.text("versi")).problems(&problems);
            let form = fields(form, input.text("punya") == "ya", &template, input.raw(DATA));
            Ok(Response::form_again(page(&frame::shell(ctx), &header(&kode, &nama), html! { (form) (help()) })))
        }
    }
}

fn kind(ctx: &Ctx) -> Result<(String, String), Problem> {
    let kode: String = ctx.param("kode")?;
    let known = naskah::shipped()?.into_iter().find(|kind| kind.kode == kode).ok_or(Problem::NotFound)?;
    Ok((known.kode, known.nama))
}

/// The document that this template makes of this data, or what is wrong with either, at its field.
fn tried(ctx: &Ctx, kode: &str, template: &str, data: &str) -> Result<Vec<u8>, Vec<FieldProblem>> {
    let one = |field: &'static str, words: String| vec![FieldProblem::new(field, words)];
    if template.trim().is_empty() {
        return Err(one(TEMPLATE, "Templat masih kosong. Tempel isinya, atau kembali ke templat bawaan.".into()));
    }
    let data: Value = serde_json::from_str(data).map_err(|error| {
        one(
            DATA,
            format!(
                "Data bukan JSON yang utuh, baris {} kolom {}. Periksa kurung, koma, dan tanda petik.",
                error.line(),
                error.column()
            ),
        )
    })?;
    let date =
        data.get("tanggal").and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok()).unwrap_or_else(|| ctx.today());
    let Some(documents) = &ctx.instance().ports.documents else { return Err(one(TEMPLATE, DrawError::absent().to_string())) };
    let drawing = Drawing::new(kode, data, date).file(file(kode), template.as_bytes().to_vec());
    match documents.draw(&drawing) {
        Ok(done) => Ok(done.pdf),
        Err(DrawError::Template(troubles)) => Err(troubles
            .iter()
            .map(|trouble| FieldProblem::new(if trouble.file == "data.json" { DATA } else { TEMPLATE }, trouble.to_string()))
            .collect()),
        Err(other) => Err(one(TEMPLATE, other.to_string())),
    }
}

fn put(ctx: &Ctx, input: &Input, kode: String, text: String, notice: &str) -> Outcome {
    let versi = input.text("versi").parse().unwrap_or(0);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::put(tx, &key(&kode), &text, versi)? {
            return Err(Problem::Conflict);
        }
        let size = if text.is_empty() { "bawaan".to_owned() } else { format!("{} huruf", text.chars().count()) };
        tx.audit(&Entry::new("desk.edit-templat-naskah", "desk_jenis_naskah", &kode).with("templat", size))?;
        Ok(address(&kode))
    })?;
    Ok(response.with_notice(notice))
}

fn address(kode: &str) -> String {
    format!("/desk/jenis-naskah/{kode}/templat")
}

fn header(kode: &str, nama: &str) -> PageHeader {
    PageHeader::new(format!("Templat {nama}"))
        .purpose("Bagaimana naskah jenis ini digambar. Coba dengan contoh atau data Anda sendiri sebelum menyimpannya.")
        .crumb("Register nomor", "/desk/register")
        .crumb("Jenis naskah dinas", "/desk/jenis-naskah")
        .crumb(nama.to_owned(), format!("/desk/jenis-naskah/{kode}"))
}

fn fields(form: Form, has_own: bool, template: &str, data: &str) -> Form {
    let form = form
        .hidden("punya", if has_own { "ya" } else { "" })
        .field(
            Field::textarea(TEMPLATE, "Templat")
                .rows(22)
                .value(template)
                .hint("Bahasa Typst. Templat hanya melihat data di bawah dan berkas bersama seperti umum.typ.")
                .required(),
        )
        .field(
            Field::textarea(DATA, "Data percobaan")
                .rows(12)
                .value(data)
                .hint("JSON. Yang tampil mula-mula adalah contoh bawaan.")
                .required(),
        )
        .submit_as("Lihat hasil PDF", STEP, "lihat")
        .submit_as("Simpan templat", STEP, "simpan");
    let form = if has_own { form.submit_as("Pakai templat bawaan", STEP, "bawaan") } else { form };
    form.cancel("Batal", "/desk/jenis-naskah")
}

fn help() -> Markup {
    html! {
        p.sidik { "Lambang, kop, dan huruf untuk semua jenis diatur pada paket daerah: folder naskah dan fonts di sampingnya." }
    }
}
