use praja_kernel::{Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Tone, decision, frame};

use super::{at, begin::told, found, show, versi};
use crate::{
    isian::Problems,
    penugasan::{
        Refusal,
        acts::{self, Asker},
        display_name,
        midnight::key,
        rules::day_before,
    },
};

/// GET /identity/penugasan/{id}/akhiri
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, action(ctx.param("id")?));
    Ok(Response::page(page(ctx, tx, form)?))
}

/// POST /identity/penugasan/{id}/akhiri
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, versi, today) = (ctx.param::<Id>("id")?, versi(input)?, ctx.today());
    let one = ctx.read(|tx| found(ctx, tx, id))?;
    let mut problems = Problems::default();
    // What has not begun is called off: there is no day to choose.
    let called_off = one.held.mulai > today;
    let sampai = if called_off {
        Some(day_before(one.held.mulai))
    } else {
        problems.needed_date("sampai", "Hari terakhir", input.text("sampai"))
    };
    let alasan = problems.needed("alasan", "Alasan", input.text("alasan"), 300);
    let Some(sampai) = sampai.filter(|_| problems.0.is_empty()) else {
        return again(ctx, input, &Refusal::Fields(problems.0));
    };
    let (asker, jabatan) = (Asker::of(ctx)?, one.held.jabatan);
    let saved = ctx.submit(input, Keys::of([key(jabatan)]), move |tx| {
        acts::end(tx, &asker, id, versi, sampai, &alasan)?;
        Ok::<_, Problem>(format!("/identity/jabatan/{jabatan}"))
    });
    match saved {
        Ok(response) if called_off => Ok(response.with_notice("Penugasan sudah dibatalkan.")),
        Ok(response) => Ok(response.with_notice(&format!("Penugasan berakhir {}.", tanggal_panjang(sampai)))),
        Err(Problem::Refused(refusal)) => again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let form = told(frame::form_again(ctx, action(ctx.param("id")?), input), refusal);
    Ok(Response::form_again(ctx.read(|tx| page(ctx, tx, form.clone()))?))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let (one, today) = (found(ctx, tx, ctx.param("id")?)?, ctx.today());
    if let Some(last) = one.held.sampai
        && last < today
    {
        return Err(Problem::refused(Refusal::Over { sampai: last }));
    }
    let called_off = one.held.mulai > today;
    let facts = Facts::new()
        .add("Pegawai", &one.held.orang_nama)
        .add("Jabatan", display_name(one.held.jenis, &one.held.jabatan_nama))
        .add("Sejak", tanggal_panjang(one.held.mulai));
    let lines: &[&str] = if called_off {
        &["Penugasan ini tidak jadi dimulai."]
    } else {
        &[
            "Sesudah hari terakhir, pegawai itu tidak lagi bertindak untuk jabatan ini.",
            "Kotak masuk dan tugas jabatan beralih kepada penggantinya; bila belum ada, menunggu pada jabatan.",
            "Riwayat tetap memuat namanya.",
        ]
    };
    let mut form = form.hidden("versi", one.versi.to_string());
    if !called_off {
        form = form.field(Field::date("sampai", "Hari terakhir").required().value(today.to_string()));
    }
    let label = if called_off { "Batalkan penugasan" } else { "Akhiri penugasan" };
    let form = form
        .field(
            Field::text("alasan", "Alasan")
                .required()
                .max_length(300)
                .hint("Misalnya: pensiun, pejabat kembali bertugas, nomor keputusan."),
        )
        .submit_danger(label)
        .cancel("Kembali ke penugasan", at(one.held.id));
    let header = show::header(tx, &one, label, "Periksa pegawai, jabatan, dan tanggalnya.")?;
    Ok(praja_web::page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang akan terjadi", lines, &facts, &form)))
}

fn action(id: Id) -> String {
    format!("{}/akhiri", at(id))
}
