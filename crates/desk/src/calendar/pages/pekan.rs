//! How many days a week are worked, on the page of the calendar.

use praja_kernel::{Date, Pekan, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Cell, Column, Field, Form, Row, Table, frame};

use super::{Formulir, LIST, Refused, act::again, content, header, typed_date};
use crate::calendar::{keys, of, pekan, store};

const ACTION: &str = "/desk/kalender/pekan";

/// What holds, and what was decreed.
pub(super) fn table(tx: &mut Tx<'_>, today: Date) -> Result<Table, Problem> {
    let now = of(tx, today)?.week(today);
    let mut rows = vec![Row::new(vec![Cell::empty(), Pekan::Lima.label().into(), "Bawaan, sebelum ada ketetapan".into()])];
    rows.extend(
        store::weeks(tx)?
            .into_iter()
            .map(|one| Row::new(vec![tanggal_pendek(one.berlaku_dari).into(), one.pekan.label().into(), one.dasar.into()])),
    );
    Ok(Table::new("Pekan kerja")
        .column(Column::date("Sejak"))
        .column(Column::text("Hari kerja"))
        .column(Column::text("Dasar"))
        .rows(rows)
        .count(format!("Sekarang: {}", pekan::words(now))))
}

pub(super) fn form(ctx: &Ctx, refused: Option<&Refused<'_>>) -> Form {
    let form = match refused {
        Some(refused) => frame::form_again(ctx, ACTION, refused.input)
            .refusal(refused.refusal.message(), refused.refusal.next_step())
            .problems(&refused.refusal.fields()),
        None => frame::form(ctx, ACTION),
    };
    let words: Vec<(&str, &str)> = Pekan::ALL.iter().map(|pekan| (pekan.as_str(), pekan.label())).collect();
    form.field(Field::radio("pekan", "Pekan kerja", &words).required())
        .field(Field::date("mulai", "Berlaku sejak").required().hint("Hari ini atau sesudahnya."))
        .field(Field::text("dasar_pekan", "Nomor keputusan").required().max_length(160))
        .submit("Tetapkan pekan kerja")
}

/// POST /desk/kalender/pekan
pub(crate) fn set(ctx: &Ctx, input: &Input) -> Outcome {
    let (mine, today) = (ctx.clone(), ctx.today());
    let (words, dasar) = (input.text("pekan").to_owned(), input.text("dasar_pekan").to_owned());
    let mulai = typed_date(input.text("mulai"));
    let saved = ctx.submit(input, keys(), move |tx| {
        let known = store::weeks(tx)?;
        let one = pekan::check(&known, mulai.clone(), &words, &dasar, today).map_err(Problem::refused)?;
        let oleh = mine.scope()?.actor.nama().to_owned();
        pekan::set(tx, &one, today, &oleh)?;
        Ok::<_, Problem>(format!("{LIST}?tahun={}", one.berlaku_dari.year()))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Pekan kerja sudah ditetapkan. Batas waktu yang terdampak dihitung ulang.")),
        Err(Problem::Refused(refusal)) => {
            let tahun = today.year();
            let refused = Refused { form: Formulir::Pekan, input, refusal: &*refusal };
            let content = ctx.read(|tx| content(ctx, tx, tahun, Some(&refused)))?;
            Ok::<Response, Problem>(again(ctx, &header(tahun), content))
        }
        Err(other) => Err(other),
    }
}
