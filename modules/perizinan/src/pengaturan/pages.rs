//! The page of settings.

use praja_identity::opd;
use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Route};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame};

use super::{JAM, OPD, store};
use crate::hak::CONFIGURE;

/// Where the settings are.
const PAGE: &str = "/perizinan/izin/pengaturan";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, CONFIGURE, "Pengaturan perizinan", show),
    Route::post(PAGE, CONFIGURE, "Menyimpan pengaturan perizinan", save).with_reauth(),
];

fn header() -> PageHeader {
    PageHeader::new("Pengaturan perizinan")
        .purpose("Perangkat daerah penerbit dan jam batas pengajuan. Permohonan yang sudah masuk tidak berubah.")
}

fn fields(tx: &mut Tx<'_>, form: Form) -> Result<Form, Problem> {
    let offices: Vec<(String, String)> = opd::list_active(tx)?.into_iter().map(|one| (one.id.to_string(), one.nama)).collect();
    Ok(form
        .field(Field::select("opd", "Penyelenggara pelayanan terpadu satu pintu", &offices).required())
        .field(
            Field::number("jam", "Jam batas pengajuan")
                .required()
                .min("1")
                .max("23")
                .width(Width::Short)
                .hint("Yang dikirim setelah jam ini dihitung pada hari kerja berikutnya; tercetak pada bukti permohonan."),
        )
        .submit("Simpan pengaturan"))
}

/// GET /perizinan/izin/pengaturan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = super::ptsp(tx)?.map(|id| id.to_string()).unwrap_or_default();
    let hour = super::aturan(tx)?.batas_jam.hour().to_string();
    let form = frame::form(ctx, PAGE).values(FormValues::new().with("opd", opd).with("jam", hour));
    let form = fields(tx, form)?;
    Ok(frame::respond(ctx, &header(), form))
}

/// POST /perizinan/izin/pengaturan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let mut problems = Vec::new();
    let chosen: Option<Id> = input.text("opd").parse().ok();
    let office = match chosen {
        Some(id) => ctx.read(|tx| opd::get(tx, id))?,
        None => None,
    };
    if office.is_none() {
        problems.push(FieldProblem::new("opd", "Pilih perangkat daerah yang menerbitkan izin."));
    }
    let hour = input.text("jam").parse::<i8>().ok().filter(|hour| (1..=23).contains(hour));
    if hour.is_none() {
        problems.push(FieldProblem::new("jam", "Tulis jam antara 1 dan 23, misalnya 15."));
    }
    let (Some(office), Some(hour)) = (office, hour) else {
        let form = frame::form_again(ctx, PAGE, input)
            .refusal("Pengaturan belum disimpan karena ada isian yang perlu diperbaiki.", "Perbaiki isian yang ditandai.")
            .problems(&problems);
        let form = ctx.read(|tx| fields(tx, form.clone()))?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form)));
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        store::set(tx, OPD, &office.id.to_string())?;
        store::set(tx, JAM, &hour.to_string())?;
        let entry =
            Entry::new("perizinan.change-pengaturan", "perizinan_pengaturan", OPD).with("nama", &office.nama).with("jam", hour);
        tx.audit(&entry)?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(response.with_notice("Pengaturan disimpan."))
}
