//! The form of a visit.

use praja_desk::attachments::{self, Rule};
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Upload};
use praja_store::{Keys, Tx};
use praja_web::{
    Field, Form, FormValues, PageHeader,
    form::Width,
    frame,
    picker::{self, Choice, MOST, Picked},
};

use super::{LIST, here};
use crate::bantuan::{
    Keadaan, Keperluan, Kunjungan, catat, channels, kbli,
    rules::{Isian, check},
    store, ubah,
};
use crate::nik::samar;

const FILES: &str = "berkas";

fn new_header() -> PageHeader {
    PageHeader::new("Catat kunjungan")
        .purpose("Siapa yang dibantu, pada sistem apa, dan bagaimana keadaannya.")
        .crumb("Layanan berbantuan", LIST)
}

fn edit_header(one: &Kunjungan) -> PageHeader {
    PageHeader::new("Perbarui kunjungan")
        .purpose("Salin keadaan terbaru dari sistem nasional.")
        .crumb("Layanan berbantuan", LIST)
        .crumb(&one.isi.nama, format!("{LIST}/{}", one.id))
}

/// GET /perizinan/izin/bantuan/baru
pub(super) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, format!("{LIST}/baru")).values(FormValues::new().with("kanal", "OSS"));
    Ok(frame::respond(ctx, &new_header(), fields(form, "Simpan kunjungan", LIST, &Picked::Nothing, "")))
}

/// GET /perizinan/izin/bantuan/{id}/ubah
pub(super) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    here(ctx)?;
    let one = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let isi = &one.isi;
    let mut values = FormValues::new()
        .with("kanal", isi.kanal.as_str())
        .with("keperluan", isi.keperluan.as_str())
        .with("keadaan", isi.keadaan.as_str())
        .with("keadaan_luar", &isi.keadaan_luar)
        .with("nama", &isi.nama)
        .with("telepon", &isi.telepon)
        .with("badan", &isi.badan)
        .with("nib", &isi.nib)
        .with("nomor_luar", &isi.nomor_luar)
        .with("catatan", &isi.catatan);
    if let Some(kind) = kbli::get(&isi.kbli) {
        values = values.with_pick("kbli", kind.key(), kind.label());
    }
    let here = format!("{LIST}/{}", one.id);
    let form = frame::form(ctx, format!("{here}/ubah")).hidden("versi", one.versi.to_string()).values(values);
    Ok(frame::respond(ctx, &edit_header(&one), fields(form, "Simpan perubahan", &here, &Picked::Nothing, &isi.nik)))
}

/// POST /perizinan/izin/bantuan/baru
pub(super) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let today = ctx.today();
    let picked = picked(input);
    let saved = typed(ctx, input, &picked).and_then(|(isi, files)| {
        ctx.submit(input, Keys::none(), move |tx| Ok::<_, Problem>(format!("{LIST}/{}", catat(tx, today, &isi, &files)?)))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Kunjungan sudah dicatat.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, format!("{LIST}/baru"), input);
            Ok(again(ctx, &new_header(), fields(with(form, &*refusal), "Simpan kunjungan", LIST, &picked, "")))
        }
        Err(other) => Err(other),
    }
}

/// POST /perizinan/izin/bantuan/{id}/ubah
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    here(ctx)?;
    let id: Id = ctx.param("id")?;
    let before = ctx.read(|tx| store::get(tx, id).map_err(Problem::from))?.ok_or(Problem::NotFound)?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let (at, picked, kept) = (format!("{LIST}/{id}"), picked(input), before.clone());
    let to = at.clone();
    let saved = typed(ctx, input, &picked).and_then(|(mut isi, files)| {
        if isi.nik.is_empty() {
            isi.nik.clone_from(&kept.isi.nik);
        }
        ctx.submit(input, Keys::none(), move |tx| {
            ubah(tx, &kept, versi, &isi, &files)?;
            Ok::<_, Problem>(to.clone())
        })
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Perubahan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, format!("{at}/ubah"), input).hidden("versi", versi.to_string());
            Ok(again(
                ctx,
                &edit_header(&before),
                fields(with(form, &*refusal), "Simpan perubahan", &at, &picked, &before.isi.nik),
            ))
        }
        Err(other) => Err(other),
    }
}

fn picked(input: &Input) -> Picked {
    let find = |typed: &str| -> Result<Vec<Choice>, std::convert::Infallible> {
        Ok(kbli::search(typed, MOST).into_iter().map(|one| Choice::new(one.key(), one.label())).collect())
    };
    picker::resolve(input, "kbli", find).unwrap_or(Picked::Nothing)
}

fn typed(ctx: &Ctx, input: &Input, picked: &Picked) -> Result<(Isian, Vec<Upload>), Problem> {
    let kind = match picked.problem("kbli", "KBLI") {
        Some(problem) => Err(problem),
        None => Ok(picked.value().unwrap_or_default().to_owned()),
    };
    let isi = check(|name| input.raw(name).to_owned(), kind).map_err(Problem::refused)?;
    Ok((isi, attachments::received(ctx, input, FILES, &Rule::ANY)?))
}

fn with(form: Form, refusal: &dyn Refuse) -> Form {
    let problems: Vec<FieldProblem> = refusal.fields();
    form.refusal(refusal.message(), refusal.next_step()).problems(&problems)
}

fn again(ctx: &Ctx, header: &PageHeader, form: Form) -> Response {
    Response::form_again(praja_web::page(&frame::shell(ctx), header, form))
}

/// `known` is the NIK that is kept already: it is not shown whole here, where nobody writes down who looked.
fn fields(form: Form, button: &str, back: &str, picked: &Picked, known: &str) -> Form {
    let nik_hint = match known {
        "" => "Bila diperlukan saja.".to_owned(),
        known => format!("Tercatat {}. Kosongkan bila tidak berubah.", samar(known)),
    };
    let channels: Vec<(&str, &str)> = channels().map(|kanal| (kanal.as_str(), kanal.label())).collect();
    let purposes: Vec<(&str, &str)> = Keperluan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let states: Vec<(&str, &str)> = Keadaan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.guard()
        .multipart()
        .group(
            "Yang datang",
            "",
            vec![
                Field::text("nama", "Nama").required().max_length(120),
                Field::text("nik", "NIK")
                    .max_length(20)
                    .width(Width::Short)
                    .inputmode("numeric")
                    .autocomplete("off")
                    .hint(nik_hint),
                Field::phone("telepon", "Telepon").max_length(20).width(Width::Short).autocomplete("off"),
                Field::text("badan", "Usaha atau badan").max_length(160),
            ],
        )
        .group(
            "Pada sistem nasional",
            "",
            vec![
                Field::select("kanal", "Sistem", &channels).required(),
                Field::select("keperluan", "Keperluan", &purposes).required(),
                Field::text("nib", "NIB").max_length(20).width(Width::Short).inputmode("numeric").hint("13 angka."),
                Field::picker("kbli", "KBLI", "/perizinan/izin/pilih/kbli")
                    .candidates(picked.candidates())
                    .hint("Kode atau kata dari judulnya, KBLI 2020."),
                Field::text("nomor_luar", "Nomor di sistem itu").max_length(60).hint("Nomor proyek, permohonan, atau izin."),
                Field::select("keadaan", "Keadaan sekarang", &states).required(),
                Field::text("keadaan_luar", "Bunyi keadaan di sistem itu").max_length(160).hint("Disalin seperti yang tampil."),
            ],
        )
        .field(Field::textarea("catatan", "Yang dibantu").rows(4).max_length(2000))
        .field(attachments::field_for(FILES, "Lampiran", &Rule::ANY))
        .submit(button)
        .cancel("Kembali tanpa menyimpan", back)
}
