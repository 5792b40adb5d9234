use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame};

use super::{LIST, with};
use crate::instansi::{Draft, Instansi, Jenis, Refusal, add, change, check, get};

/// GET /desk/instansi/baru
pub(crate) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let values = FormValues::new().with("jenis", Jenis::Lainnya.as_str());
    let form = frame::form(ctx, format!("{LIST}/baru")).values(values);
    Ok(frame::respond(ctx, &new_header(), fields(form, "Tambahkan instansi", LIST)))
}

/// POST /desk/instansi/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let saved = draft(input)
        .map_err(Problem::refused)
        .and_then(|draft| ctx.submit(input, Keys::none(), move |tx| Ok::<_, Problem>(format!("{LIST}/{}", add(tx, &draft)?))));
    match saved {
        Ok(response) => Ok(response.with_notice("Instansi sudah ditambahkan.")),
        Err(Problem::Refused(refusal)) => {
            let form = with(frame::form_again(ctx, format!("{LIST}/baru"), input), Some(&*refusal));
            Ok(again(ctx, &new_header(), fields(form, "Tambahkan instansi", LIST)))
        }
        Err(other) => Err(other),
    }
}

/// GET /desk/instansi/{id}/ubah
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if row.digabung.is_some() {
        return Err(Problem::refused(Refusal::Merged { nama: row.nama }));
    }
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let values = FormValues::new()
        .with("nama", &row.nama)
        .with("jenis", row.jenis.as_str())
        .with("alamat", optional(&row.alamat))
        .with("email", optional(&row.email))
        .with("telepon", optional(&row.telepon));
    let here = format!("{LIST}/{}", row.id);
    let form = frame::form(ctx, format!("{here}/ubah")).hidden("versi", row.versi.to_string()).values(values);
    Ok(frame::respond(ctx, &edit_header(&row), fields(form, "Simpan perubahan", &here)))
}

/// POST /desk/instansi/{id}/ubah
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let here = format!("{LIST}/{id}");
    let versi = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let to = here.clone();
    let saved = draft(input).map_err(Problem::refused).and_then(|draft| {
        ctx.submit(input, Keys::none(), move |tx| {
            change(tx, id, versi, &draft)?;
            Ok::<_, Problem>(to.clone())
        })
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => {
            let row = ctx.read(|tx| get(tx, id))?.ok_or(Problem::NotFound)?;
            let form = frame::form_again(ctx, format!("{here}/ubah"), input).hidden("versi", versi.to_string());
            Ok(again(ctx, &edit_header(&row), fields(with(form, Some(&*refusal)), "Simpan perubahan", &here)))
        }
        Err(other) => Err(other),
    }
}

fn draft(input: &Input) -> Result<Draft, Refusal> {
    let text = |name| input.text(name);
    check(text("nama"), text("jenis"), text("alamat"), text("email"), text("telepon"))
}

fn fields(form: Form, button: &str, back: &str) -> Form {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|jenis| (jenis.as_str(), jenis.label())).collect();
    form.guard()
        .field(Field::text("nama", "Nama").required().max_length(160).hint("Nama lengkap seperti pada kop surat."))
        .field(Field::select("jenis", "Jenis", &kinds).required())
        .field(Field::textarea("alamat", "Alamat").rows(2).max_length(300))
        .field(Field::email("email", "Surel").max_length(120).autocomplete("off"))
        .field(Field::phone("telepon", "Telepon").max_length(120).width(Width::Short).autocomplete("off"))
        .submit(button)
        .cancel("Kembali tanpa menyimpan", back)
}

fn new_header() -> PageHeader {
    PageHeader::new("Tambah instansi")
        .purpose("Instansi atau orang luar yang bersurat dengan kita.")
        .crumb("Direktori instansi", LIST)
}

fn edit_header(row: &Instansi) -> PageHeader {
    PageHeader::new("Ubah instansi")
        .purpose("Nama lama tetap mengarah ke sini.")
        .crumb("Direktori instansi", LIST)
        .crumb(&row.nama, format!("{LIST}/{}", row.id))
}

fn again(ctx: &Ctx, header: &PageHeader, form: Form) -> Response {
    Response::form_again(praja_web::page(&frame::shell(ctx), header, form))
}
