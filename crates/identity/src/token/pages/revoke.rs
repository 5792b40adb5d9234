//! Taking a token back, with the reason.

use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, PageHeader, Tone, decision, frame, page};

use super::{LIST, TABLE, load, used};
use crate::token::{Keadaan, Refusal, Token, store};

/// Fewest letters of a reason.
const REASON: usize = 10;

fn whole(ctx: &Ctx, token: &Token, form: Form) -> String {
    let facts = Facts::new().add("Aplikasi", &token.isi.nama).add("Terakhir dipakai", used(ctx, token));
    let form = form
        .field(Field::textarea("alasan", "Alasan").required().rows(2).max_length(300).hint("Tercatat dalam jejak audit."))
        .submit_danger("Cabut token ini")
        .cancel("Kembali", format!("{LIST}/{}", token.id));
    let lines = [
        "Aplikasi ini ditolak sejak saat itu juga.",
        "Token yang dicabut tidak dapat dihidupkan lagi; yang baru dapat dibuat kapan saja.",
    ];
    let header = PageHeader::new(format!("Cabut token {}", token.isi.nama))
        .crumb("Aplikasi terhubung", LIST)
        .crumb(token.isi.nama.as_str(), format!("{LIST}/{}", token.id));
    page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang terjadi", &lines, &facts, &form))
}

/// GET /identity/token/{id}/cabut
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let token = load(ctx, tx)?;
    if token.keadaan(ctx.now()) == Keadaan::Dicabut {
        return Err(Problem::refused(Refusal::Revoked));
    }
    let form = frame::form(ctx, format!("{LIST}/{}/cabut", token.id));
    Ok(Response::page(whole(ctx, &token, form)))
}

/// POST /identity/token/{id}/cabut
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let token = ctx.read(|tx| load(ctx, tx))?;
    let alasan = input.text("alasan").split_whitespace().collect::<Vec<_>>().join(" ");
    if alasan.chars().count() < REASON {
        let problem = FieldProblem::new("alasan", format!("Tulis alasannya, sedikitnya {REASON} huruf."));
        let refusal = Refusal::Fields(vec![problem]);
        let form = frame::form_again(ctx, format!("{LIST}/{}/cabut", token.id), input).problems(&refusal.fields());
        return Ok(Response::form_again(whole(ctx, &token, form)));
    }
    let (id, nama) = (token.id, token.isi.nama);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::revoke(tx, id, &alasan)? {
            return Err(Problem::refused(Refusal::Revoked));
        }
        tx.audit(&Entry::new("identity.revoke-token", TABLE, id).with("nama", &nama).because(alasan.as_str()))?;
        Ok(format!("{LIST}/{id}"))
    })?;
    Ok(response.with_notice("Token dicabut. Aplikasinya tidak dapat masuk lagi."))
}
