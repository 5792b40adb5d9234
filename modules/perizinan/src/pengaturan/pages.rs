//! The page of settings.

use praja_identity::opd;
use praja_kernel::{FieldProblem, Id};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Route};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame};

use super::{CALO_HARI, CALO_ORANG, JAM, KEBERATAN, KEBERATAN_HARI, OPD, UPG, store};
use crate::{hak::CONFIGURE, statistik::calo};

/// Where the settings are.
const PAGE: &str = "/perizinan/izin/pengaturan";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, CONFIGURE, "Pengaturan perizinan", show),
    Route::post(PAGE, CONFIGURE, "Menyimpan pengaturan perizinan", save).with_reauth(),
];

fn header() -> PageHeader {
    PageHeader::new("Pengaturan perizinan").purpose(
        "Perangkat daerah penerbit, jam batas pengajuan, keberatan, gratifikasi, dan tanda perantara. Permohonan yang sudah masuk tidak berubah.",
    )
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
        .field(
            Field::number("keberatan", "Hari kerja mengajukan keberatan atas penolakan")
                .required()
                .min(KEBERATAN_HARI.start().to_string())
                .max(KEBERATAN_HARI.end().to_string())
                .width(Width::Short)
                .hint("Tertulis pada halaman penolakan. Bawaannya dari UU 30/2014 dan belum dicocokkan dengan naskahnya."),
        )
        .field(
            Field::text("upg", "Tempat melaporkan gratifikasi")
                .max_length(200)
                .hint("Alamat web, surel, atau kontak Unit Pengendalian Gratifikasi. Tampil pada halaman petugas dan halaman masuk."),
        )
        .field(
            Field::number("calo_orang", "Tanda perantara: pemohon berbeda")
                .required()
                .min(calo::ORANG.start().to_string())
                .max(calo::ORANG.end().to_string())
                .width(Width::Short)
                .hint("Telepon, surel, akun, atau penerima kuasa yang sama pada sebanyak ini pemohon masuk daftar tinjauan pengawas."),
        )
        .field(
            Field::number("calo_hari", "Tanda perantara: dalam hari")
                .required()
                .min(calo::HARI.start().to_string())
                .max(calo::HARI.end().to_string())
                .width(Width::Short),
        )
        .submit("Simpan pengaturan"))
}

/// GET /perizinan/izin/pengaturan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = super::ptsp(tx)?.map(|id| id.to_string()).unwrap_or_default();
    let hour = super::aturan(tx)?.batas_jam.hour().to_string();
    let batas = super::batas_calo(tx)?;
    let values = FormValues::new()
        .with("opd", opd)
        .with("jam", hour)
        .with("keberatan", super::keberatan(tx)?.to_string())
        .with("upg", super::upg(tx)?)
        .with("calo_orang", batas.orang.to_string())
        .with("calo_hari", batas.hari.to_string());
    let form = frame::form(ctx, PAGE).values(values);
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
    let mut number = |field: &'static str, range: std::ops::RangeInclusive<i64>, example: i64| {
        let read = input.text(field).parse::<i64>().ok().filter(|number| range.contains(number));
        if read.is_none() {
            let words = format!("Tulis angka antara {} dan {}, misalnya {example}.", range.start(), range.end());
            problems.push(FieldProblem::new(field, words));
        }
        read
    };
    let objection = number("keberatan", KEBERATAN_HARI, super::KEBERATAN_BAWAAN);
    let people = number("calo_orang", calo::ORANG, calo::Batas::default().orang);
    let days = number("calo_hari", calo::HARI, calo::Batas::default().hari);
    let upg = input.text("upg").trim().to_owned();
    if upg.chars().count() > 200 {
        problems.push(FieldProblem::new("upg", "Paling panjang 200 huruf."));
    }
    let complete = office.zip(hour).zip(objection).zip(people).zip(days).filter(|_| problems.is_empty());
    let Some(((((office, hour), objection), people), days)) = complete else {
        let form = frame::form_again(ctx, PAGE, input)
            .refusal("Pengaturan belum disimpan karena ada isian yang perlu diperbaiki.", "Perbaiki isian yang ditandai.")
            .problems(&problems);
        let form = ctx.read(|tx| fields(tx, form.clone()))?;
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form)));
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        store::set(tx, OPD, &office.id.to_string())?;
        store::set(tx, JAM, &hour.to_string())?;
        store::set(tx, KEBERATAN, &objection.to_string())?;
        store::set(tx, UPG, &upg)?;
        store::set(tx, CALO_ORANG, &people.to_string())?;
        store::set(tx, CALO_HARI, &days.to_string())?;
        let entry = Entry::new("perizinan.change-pengaturan", "perizinan_pengaturan", OPD)
            .with("nama", &office.nama)
            .with("jam", hour)
            .with("keberatan", objection)
            .with("upg", &upg)
            .with("calo-orang", people)
            .with("calo-hari", days);
        tx.audit(&entry)?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(response.with_notice("Pengaturan disimpan."))
}
