use praja_desk::impor as shared;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::export::{Col, Format, Sheet, narrow, respond};

use super::find;
use crate::impor::{MAX_PROBLEMS, store};

/// Rows taken along at most.
const MOST: usize = 50_000;
/// Rows read in one step.
const STEP: usize = 500;

/// GET /eoffice/impor/{id}/masalah?format=…: what is wrong, to be handed to whoever mends it.
pub(crate) fn problems(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    let list = store::problems(tx, impor.id, -1, MAX_PROBLEMS)?;
    let sheet = shared::problem_sheet("Masalah impor agenda", &impor.berkas, list);
    respond(ctx, sheet, Format::asked(ctx), "masalah-impor-agenda")
}

/// GET /eoffice/impor/{id}/unduh?format=…: what becomes of each letter.
pub(crate) fn rows(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    let (act, words) = super::show::narrowed(ctx)?;
    let mut sheet = Sheet::new("Hasil impor agenda")
        .column(Col::text("Hal"))
        .column(Col::text("Tindakan"))
        .column(Col::text("Pengirim"))
        .column(Col::text("Agenda"))
        .column(Col::text("Keterangan"))
        .column(Col::int("Baris"))
        .about("Berkas", &impor.berkas);
    let mut after = 0;
    sheet.gather(MOST, narrow, |sheet| {
        let some = store::shown(tx, impor.id, act, words, after, STEP)?;
        for one in &some {
            after = one.urut;
            sheet.push(vec![
                (&one.judul).into(),
                one.tindakan.label().into(),
                (&one.asal).into(),
                (&one.agenda).into(),
                (&one.keterangan).into(),
                one.baris.into(),
            ]);
        }
        Ok::<_, Problem>(some.len() == STEP)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "hasil-impor-agenda")
}

/// GET /eoffice/impor/{id}/berkas: the file as it was brought.
pub(crate) fn original(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    shared::original(tx, &impor.alamat, impor.berkas)
}
