use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Markup, PageHeader, Tone, decision, frame, picker};

use super::{LIST, with};
use crate::{
    instansi::{Instansi, Refusal, get, merge, suggest},
    pilih,
};

/// GET /desk/instansi/{id}/gabung
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let form = frame::form(ctx, address(row.id));
    Ok(frame::respond(ctx, &header(&row), page(&row, form, Vec::new())))
}

/// POST /desk/instansi/{id}/gabung
pub(crate) fn go(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let find = |typed: &str| {
        let found = ctx.read(|tx| suggest(tx, typed, picker::MOST))?;
        Ok::<_, Problem>(found.iter().filter(|one| one.id != id).map(pilih::choice).collect())
    };
    let picked = picker::resolve(input, "ke", find)?;
    let chosen = picked.value().and_then(|value| value.parse::<Id>().ok());
    let merged = match (chosen, picked.problem("ke", "instansi")) {
        (Some(into), _) => ctx.submit(input, Keys::none(), move |tx| {
            merge(tx, id, into)?;
            Ok::<_, Problem>(format!("{LIST}/{into}"))
        }),
        (None, Some(problem)) => Err(Problem::refused(Refusal::Fields(vec![problem]))),
        (None, None) => Err(Problem::refused(Refusal::NoTarget)),
    };
    match merged {
        Ok(response) => Ok(response.with_notice("Kedua instansi sudah digabung.")),
        Err(Problem::Refused(refusal)) => {
            let row = ctx.read(|tx| get(tx, id))?.ok_or(Problem::NotFound)?;
            let form = with(frame::form_again(ctx, address(id), input), Some(&*refusal));
            let content = page(&row, form, picked.candidates());
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&row), content)))
        }
        Err(other) => Err(other),
    }
}

fn page(row: &Instansi, form: Form, candidates: Vec<picker::Choice>) -> Markup {
    let facts = Facts::new()
        .add("Yang digabung", &row.nama)
        .add("Jenis", row.jenis.label())
        .add("Disebut dalam surat", format!("{} kali", row.dipakai));
    let form = form
        .field(
            Field::picker("ke", "Digabung ke", "/desk/pilih/instansi")
                .candidates(candidates)
                .required()
                .hint("Instansi yang tetap berlaku. Ketik beberapa huruf dari namanya."),
        )
        .submit_danger("Gabungkan instansi")
        .cancel("Kembali tanpa menggabung", format!("{LIST}/{}", row.id));
    let what = [
        "Semua ejaan nama ini mengarah ke instansi tujuan, juga saat surat berikutnya dicatat.",
        "Surat yang sudah tercatat tidak berubah; barisnya tetap disimpan dan menyebut tujuannya.",
        "Penggabungan tidak dapat dibatalkan.",
    ];
    decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form)
}

fn header(row: &Instansi) -> PageHeader {
    PageHeader::new("Gabungkan instansi")
        .purpose("Untuk satu instansi yang tercatat dua kali dengan ejaan berbeda.")
        .crumb("Direktori instansi", LIST)
        .crumb(&row.nama, format!("{LIST}/{}", row.id))
}

fn address(id: Id) -> String {
    format!("{LIST}/{id}/gabung")
}
